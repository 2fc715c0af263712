#!/usr/bin/env python3
"""NumPy on the tasks of the families `gemm` and `arrays`. usage: array_peers.py DATA_DIR [family ...]
Prints {"task", "peer", "s", "score"} lines; also how fast memory itself is, as "copy" (peer "memory")."""
import json
import sys
import time

import numpy as np

wanted = set(sys.argv[2:])


processor = 0  # of the last task


def best(work, repetitions=7):
    global processor
    shortest, processor, result = 1e18, 1e18, None
    for _ in range(repetitions):
        start, used = time.perf_counter(), time.process_time()
        result = work()
        shortest = min(shortest, time.perf_counter() - start)
        processor = min(processor, time.process_time() - used)
    return shortest, result


def say(task, seconds, score=None, peer="numpy"):
    line = {"task": task, "peer": peer, "s": round(seconds, 6), "cpu": round(processor, 6), "score": score}
    print(json.dumps(line), flush=True)


def gemm():
    r = np.random.default_rng(1)
    single = r.random((2048, 2048)).astype(np.float32)
    say("gemm_f32_2048", best(lambda: single @ single, 6)[0])
    double = r.random((1024, 1024))
    say("gemm_f64_1024", best(lambda: double @ double, 6)[0])


def arrays():
    n = 20_000_000
    r = np.random.default_rng(2)
    a = r.random(n) + 0.5
    b = a[::-1].copy()
    total = a.copy()
    say("copy", best(lambda: np.copyto(total, b))[0], peer="memory")

    def add_into():
        np.add(total, b, out=total)

    say("add_into_f64_2e7", best(add_into)[0])
    say("add_f64_2e7", best(lambda: a + b)[0])
    say("multiply_f64_2e7", best(lambda: a * b)[0])
    say("scale_f64_2e7", best(lambda: a * 2.5)[0])

    def add_scaled():
        np.add(total, 2.5 * b, out=total)

    say("add_scaled_f64_2e7", best(add_scaled)[0])
    say("compare_f64_2e7", best(lambda: a > b)[0])
    say("sum_f64_2e7", best(lambda: a.sum())[0], float(a.sum()) / n)
    say("max_f64_2e7", best(lambda: a.max())[0])
    say("argmax_f64_2e7", best(lambda: a.argmax())[0])
    say("variance_f64_2e7", best(lambda: a.var())[0])
    say("exp_f64_2e7", best(lambda: np.exp(a), 5)[0])
    say("log_f64_2e7", best(lambda: np.log(a), 5)[0])
    table = a.reshape(-1, 100)
    say("sum_axis0_f64_2e5x100", best(lambda: table.sum(axis=0))[0])
    say("sum_axis1_f64_2e5x100", best(lambda: table.sum(axis=1))[0])
    row = table[0]
    say("add_row_f64_2e5x100", best(lambda: table + row)[0])
    singles = a.astype(np.float32)
    say("sum_f32_2e7", best(lambda: singles.sum())[0])
    say("add_f32_2e7", best(lambda: singles + singles)[0])
    say("max_f32_2e7", best(lambda: singles.max())[0])
    say("argmax_f32_2e7", best(lambda: singles.argmax())[0])
    short = a[:1_000_000].copy()
    say("sort_f64_1e6", best(lambda: np.sort(short), 5)[0])
    say("argsort_f64_1e6", best(lambda: np.argsort(short, kind="stable"), 5)[0])
    say("normal_1e7", best(lambda: r.standard_normal(10_000_000), 3)[0])


for family in (gemm, arrays):
    if not wanted or family.__name__ in wanted:
        family()
