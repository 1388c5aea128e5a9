#!/usr/bin/env python3
"""Measures what `onrecord read` costs: speed, start, memory, and whether cost grows in step with the input.

    python3 bench/run.py --binary target/release/onrecord [--write] [--quick]

Reads articles that bench/corpus/make.py makes up; prints a Markdown table, then JSON; --write puts the table into docs/measurements.md.
Everything is measured end to end, as a user runs it: start, reading, JSON out. Run it on an idle machine. Standard library only; Linux.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import sheet

CORPUS = sheet.ROOT / "bench" / "corpus" / "make.py"
MB = 1_000_000
SHORT_WORDS = 60  # the article whose first record tells the start

# What is measured, at full length and with --quick (which is for trying the script out, not for publishing).
FULL = {"articles": 60, "repeats": 3, "starts": 15, "single_mb": [0.1, 0.2, 0.4, 0.8], "streams": [40, 120, 360], "long_repeats": 1}
QUICK = {"articles": 12, "repeats": 1, "starts": 3, "single_mb": [0.02, 0.04], "streams": [5, 10], "long_repeats": 1}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", required=True, type=Path, help="the release build of onrecord")
    parser.add_argument("--folder", type=Path, default=sheet.ROOT / "target" / "bench", help="where the corpora and results.json go")
    parser.add_argument("--write", action="store_true", help="put the table into docs/measurements.md")
    parser.add_argument("--quick", action="store_true", help="a few articles once: tries the script out")
    args = parser.parse_args()
    binary = args.binary.resolve()
    if not binary.is_file():
        sys.exit(f"{args.binary} is not there: cargo build --release -p onrecord-cli makes it")
    args.folder.mkdir(parents=True, exist_ok=True)
    plan = QUICK if args.quick else FULL
    results = {"provenance": sheet.provenance(), "binary": str(args.binary), "version": version(binary), "plan": plan} | measure(binary, args.folder, plan)
    (args.folder / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    report = markdown(results)
    print(report, json.dumps(results), sep="\n\n")
    if args.write:
        if args.quick:
            sys.exit("not written: figures of --quick are none")
        sheet.write_section("bench", report)


def measure(binary, folder, plan):
    news = corpus(folder, articles=plan["articles"])
    results = {"articles": plan["articles"], "words": words(news)} | throughput(binary, news, plan)
    results["start_millis"] = starts(binary, corpus(folder, articles=1, words=SHORT_WORDS), plan["starts"])
    results["single"] = [single(binary, folder, mb, plan["long_repeats"]) for mb in plan["single_mb"]]
    results["streams"] = [stream(binary, folder, articles, plan["long_repeats"]) for articles in plan["streams"]]
    return results


def throughput(binary, news, plan):
    """Articles a second on one core and on two. The two are measured in turn, so that a slow minute of the machine slows both."""
    one, two, peaks = [], [], []
    for _ in range(plan["repeats"]):
        seconds, peak = read(binary, news, 1)
        one.append(plan["articles"] / seconds)
        peaks.append(peak)
        if sheet.cores() >= 2:
            seconds, peak = read(binary, news, 2)
            two.append(plan["articles"] / seconds)
            peaks.append(peak)
        say(f"{plan['articles']} articles: {one[-1]:.1f} a second on one core" + (f", {two[-1]:.1f} on two" if two else ""))
    return {"one_core": one, "two_cores": two, "pinned": pinning(1) != [], "peak_mb": peaks}


def starts(binary, short, runs):
    """Milliseconds from starting the program to the end of its first record."""
    out = []
    for _ in range(runs):
        began = time.perf_counter()
        with subprocess.Popen(command(binary, short, 1), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            line = process.stdout.readline()
            out.append(1000 * (time.perf_counter() - began))
            process.stdout.read()
        if process.returncode != 0 or not line.endswith(b"\n"):
            sys.exit(f"onrecord read {short} ended with {process.returncode}")
    say(f"first record after {min(out):.0f} to {max(out):.0f} ms")
    return out


def single(binary, folder, mb, repeats):
    """Seconds for one article of `mb` megabytes, and the memory it takes."""
    path = corpus(folder, single_bytes=round(mb * MB))
    size = len(json.loads(path.read_text(encoding="utf-8"))["text"].encode()) / MB
    runs = [read(binary, path, 1) for _ in range(repeats)]
    say(f"one article of {size:.2f} MB: {runs[0][0]:.1f} s")
    return {"mb": size, "seconds": [seconds for seconds, _ in runs], "peak_mb": [peak for _, peak in runs]}


def stream(binary, folder, articles, repeats):
    """Peak memory over a JSONL file of `articles` articles, on two threads."""
    path = corpus(folder, articles=articles)
    peaks = [read(binary, path, 2)[1] for _ in range(repeats)]
    say(f"{articles} articles in a stream: {max(peaks):.0f} MB")
    return {"articles": articles, "input_mb": path.stat().st_size / MB, "peak_mb": peaks}


def read(binary, path, threads):
    """Reads a corpus to nowhere: (seconds, peak resident memory in MB)."""
    began = time.perf_counter()
    process = subprocess.Popen(command(binary, path, threads), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"onrecord read {path} ended with {process.returncode}")
    # KiB on Linux; taskset replaces itself by the program. It is at least the size of this script, some 20 MB, from which the child came.
    return seconds, usage.ru_maxrss * 1024 / MB


def command(binary, path, threads):
    return [*pinning(threads), str(binary), "read", "--from", "jsonl", "--to", "jsonl", "--threads", str(threads), str(path)]


def pinning(threads):
    """Keeps the program on `threads` cores where taskset is there; without it the scheduler decides."""
    if not shutil.which("taskset") or not hasattr(os, "sched_getaffinity"):
        return []
    return ["taskset", "-c", ",".join(map(str, sorted(os.sched_getaffinity(0))[-threads:]))]


def corpus(folder, **options):
    """The path of a corpus; made where it is not there yet. The same options give the same corpus."""
    name = "-".join(f"{key}-{value}" for key, value in sorted(options.items()))
    path = folder / f"{name}.jsonl"
    if not path.exists():
        arguments = [word for key, value in options.items() for word in (f"--{key.replace('_', '-')}", str(value))]
        made = subprocess.run([sys.executable, str(CORPUS), *arguments], stdout=subprocess.PIPE, check=True).stdout
        path.write_bytes(made)
    return path


def words(path):
    with path.open(encoding="utf-8") as lines:
        return sum(len(json.loads(line)["text"].split()) for line in lines)


def version(binary):
    return subprocess.run([str(binary), "--version"], capture_output=True, text=True, check=True).stdout.strip()


def say(line):
    print(line, file=sys.stderr, flush=True)


# The report


def markdown(results):
    command_line = f"`python3 bench/run.py --binary {results['binary']}`"
    pinned = "pinned with `taskset`" if results["pinned"] else "not pinned: no `taskset` here"
    plan = results["plan"]
    intro = (f"Measured with {command_line} on {sheet.provenance_line(results['provenance'])} {results['version']}; {results['articles']} invented "
             f"articles of {results['words'] // results['articles']} words on average; median of {plan['repeats']} runs (lowest–highest), of "
             f"{plan['starts']} for the start; {pinned}.")
    costs = sheet.table(["what", "measured", "mark", "aim"], cost_rows(results))
    growth = sheet.table(["one article of", "seconds", "seconds a MB", "peak memory"], [
        [f"{row['mb']:.2f} MB", sheet.spread(row["seconds"]), sheet.spread([s / row["mb"] for s in row["seconds"]], 2), sheet.spread(row["peak_mb"], 0, " MB")]
        for row in results["single"]])
    streams = sheet.table(["a JSONL stream of", "input", "peak memory"], [
        [f"{row['articles']} articles", f"{row['input_mb']:.1f} MB", sheet.spread(row["peak_mb"], 0, " MB")] for row in results["streams"]])
    return "\n\n".join([intro, costs, growth, streams])


def cost_rows(results):
    one, two = results["one_core"], results["two_cores"]
    words_each = results["words"] / results["articles"]
    rows = [["articles a second, one core", sheet.spread(one), "8", "15"],
            ["words a second, one core", sheet.spread([rate * words_each for rate in one], 0), "", ""]]
    if two:
        rows += [["articles a second, two cores", sheet.spread(two), "", ""],
                 ["two cores against one", sheet.spread([b / a for a, b in zip(one, two)], 2, " ×"), "1.8 ×", "1.95 ×"]]
    rates = [seconds / row["mb"] for row in results["single"] for seconds in row["seconds"]]
    return rows + [
        ["start to first record", sheet.spread(results["start_millis"], 0, " ms"), "150 ms", "60 ms"],
        ["peak memory, streaming", sheet.spread([peak for row in results["streams"] for peak in row["peak_mb"]], 0, " MB"), "250 MB", "120 MB"],
        ["dearest MB against the cheapest, one article", f"{max(rates) / min(rates):.2f} ×", "linear", "linear"],
    ]


if __name__ == "__main__":
    main()
