#!/usr/bin/env python3
"""Runs Martlet's benchmarks and the peers' in turn on the same data, and prints how long each takes beside the fastest peer.
usage: compare.py DATA_DIR --martlet PROGRAM --peers SCRIPT [--peers SCRIPT ...] [--rounds N] [family ...]
Below 1 Martlet is faster. Each time is the best over all rounds; the ratio is the median of the rounds', each of which runs both within
seconds of one another: on a shared machine single times mean little. The column cpu is the ratio of the least
processor times on all cores, beside the most frugal peer: other programs hardly move it. Scores are those of the last round.
Compare only figures of one run."""
import argparse
import json
import os
import statistics
import subprocess
import sys

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("data")
parser.add_argument("families", nargs="*")
parser.add_argument("--martlet", required=True, help="the built martlet-benchmarks")
parser.add_argument("--peers", action="append", required=True, help="a script that prints the peers' lines")
parser.add_argument("--rounds", type=int, default=3)
options = parser.parse_intermixed_args()

times, scores, rates, order, ratios, processor = {}, {}, {}, [], {}, {}
for _ in range(options.rounds):
    found = {}
    commands = [[sys.executable, script] for script in options.peers] + [[options.martlet]]
    for command in commands:
        run = subprocess.run(command + [options.data] + options.families, stdout=subprocess.PIPE, text=True, check=True)
        for line in run.stdout.splitlines():
            entry = json.loads(line)
            task, peer = entry["task"], entry["peer"]
            if task not in order:
                order.append(task)
            found.setdefault(task, {})[peer] = entry["s"]
            times.setdefault(task, {})[peer] = min(entry["s"], times.get(task, {}).get(peer, float("inf")))
            scores.setdefault(task, {})[peer] = entry["score"]
            if "cpu" in entry:
                known = processor.setdefault(task, {})
                known[peer] = min(entry["cpu"], known.get(peer, float("inf")))
            rates[task] = max(entry.get("GB/s", 0), rates.get(task, 0))
    for task, of in found.items():
        peers = [time for peer, time in of.items() if peer != "martlet"]
        if peers and "martlet" in of:
            ratios.setdefault(task, []).append(of["martlet"] / min(peers))

print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {options.rounds} rounds")
print(f"{'task':34} {'martlet':>10} {'peer':>10} {'ratio':>7} {'cpu':>7} {'GB/s':>7}  {'fastest peer':13} score: martlet, peer")
for task in order:
    rate = f"{rates[task]:7.1f}" if rates.get(task) else f"{'':7}"
    found = dict(times[task])
    own = found.pop("martlet", None)
    if not found:
        print(f"{task:34} {own:10.5f} {'':>10} {'':>7} {'':>7} {rate}  none")
        continue
    peer = min(found, key=found.get)
    ratio = f"{statistics.median(ratios[task]):7.2f}" if own is not None else "      –"
    used = dict(processor.get(task, {}))
    own_used = used.pop("martlet", None)
    share = f"{own_used / min(used.values()):7.2f}" if own_used is not None and min(used.values(), default=0) > 0 else "      –"
    of = scores[task]
    score = f"{of['martlet']}, {of[peer]}" if of.get("martlet") is not None and of.get(peer) is not None else ""
    print(f"{task:34} {own if own is not None else float('nan'):10.5f} {found[peer]:10.5f} {ratio} {share} {rate}  {peer:13} {score}".rstrip())
