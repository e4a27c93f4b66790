"""What the scripts of this folder share: processes run one after another in the order rival, Lathe, rival, and how they compare.

Every measurement is a process of its own, so that its peak memory (VmHWM) is its own. The rival's two figures show how steady the
machine was; where they drift by more than a tenth the ratio means nothing, and the script says so and ends with status 1.
"""
import json
import statistics
import subprocess
import sys
import time

DRIFT = 0.10


def peak_gb():
    """Peak resident memory of this process, in 10^9 bytes."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) * 1024 / 1e9 for line in status if line.startswith("VmHWM"))


def train(model, optimizer, ids, steps):
    """The rival's steps on one batch: median seconds after the first two, tokens/s, losses, peak memory."""
    times, losses = [], []
    for _ in range(steps):
        began = time.perf_counter()
        loss = model(input_ids=ids, labels=ids).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        times.append(time.perf_counter() - began)
        losses.append(loss.item())
    step_s = statistics.median(times[2:])
    return {"step_s": step_s, "tokens_per_s": ids.numel() / step_s, "losses": losses, "peak_rss_gb": peak_gb()}


def run(label, command, env=None):
    """Runs a command that prints one JSON document last; shows it and returns it."""
    finished = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=env, check=False)
    if finished.returncode != 0:
        raise SystemExit(f"{label}: {' '.join(command)} ended with status {finished.returncode}")
    row = json.loads(finished.stdout.strip().splitlines()[-1])
    print(f"{label:14}", json.dumps(row), flush=True)
    return row


def rival_lathe_rival(rival, lathe, env=None):
    """Three rows in the order of their measurement."""
    return run("rival", rival, env), run("Lathe", lathe), run("rival", rival, env)


def compare(what, before, ours, after, higher_is_better=True):
    """Prints the ratio of our figure to the mean of the rival's two. False where those drift."""
    theirs = (before + after) / 2
    ratio = ours / theirs if higher_is_better else theirs / ours
    drift = abs(after - before) / theirs
    print(f"{what:14} {ratio:.2f} x   rival {before:.4g} and {after:.4g}, Lathe {ours:.4g}, drift {100 * drift:.0f} %")
    return drift <= DRIFT


def end(steady):
    """Ends the script: status 1 where the machine was not steady."""
    if not all(steady):
        sys.exit("the rival's two figures drift by more than 10 %: run again on a quiet machine")
