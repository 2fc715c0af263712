"""How the peers' scripts time a task and print its line."""
import json
import time


def say(task, peer, work, repetitions=5, score=lambda result: None):
    """Prints {"task", "peer", "s", "cpu", "score"}: seconds, and seconds of processor time on all cores, each the least of the
    repetitions, and the score of the last one's result."""
    shortest = processor = float("inf")
    for _ in range(repetitions):
        start, used = time.perf_counter(), time.process_time()
        result = work()
        shortest = min(shortest, time.perf_counter() - start)
        processor = min(processor, time.process_time() - used)
    value = score(result)
    print(json.dumps({
        "task": task, "peer": peer, "s": round(shortest, 6), "cpu": round(processor, 6),
        "score": None if value is None else round(float(value), 5)}), flush=True)
