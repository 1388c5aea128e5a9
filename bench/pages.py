#!/usr/bin/env python3
"""The main text of 181 news pages beside Trafilatura's, by the metric of the article-extraction benchmark, and the speed of both in one run.

    python3 bench/pages.py [--binary target/release/examples/pages] [--shared ../shared] [--passes 3] [--write]

The metric is that of scrapinghub/article-extraction-benchmark: words in runs of four, each page's shares of hits, false and missed runs, precision and
recall as means over pages, F1 of the two means. Trafilatura is installed from the Python package index into bench/peers/work. Pages and answers cannot be
shipped: without ../shared nothing is measured (exit code 2). Standard library only; one
process at a time, by CPU time, on one core where `taskset` is there.
"""

import argparse
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import sheet  # noqa: E402

WORK = HERE / "peers" / "work" / "pages-venv"
# The last is what lxml has left to a package of its own.
PEER = ["trafilatura==2.3.1", "lxml_html_clean"]
RUN = 4
WORD = re.compile(r"\w+")
DRAWS = 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--binary", type=Path, default=sheet.ROOT / "target/release/examples/pages")
    parser.add_argument("--shared", type=Path, default=sheet.ROOT.parent / "shared")
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--texts", type=Path, help="score this {id: text} and nothing else")
    parser.add_argument("--worst", type=int, default=0, help="name the pages that come off worst")
    parser.add_argument("--write", action="store_true", help="put the table into docs/measurements.md")
    args = parser.parse_args()
    gold = args.shared / "gold/pages"
    if not (gold / "ground-truth.json").is_file():
        print(f"nothing measured: {args.shared} has no gold/pages")
        sys.exit(2)
    truth = json.loads((gold / "ground-truth.json").read_text(encoding="utf-8"))
    if args.texts:
        return report(truth, json.loads(args.texts.read_text(encoding="utf-8")), args.worst)
    if not args.binary.is_file():
        sys.exit(f"{args.binary} is not there: cargo build --release -p onrecord-ingest --example pages")
    rows = [("onrecord", *ours(args, gold)), ("Trafilatura 2.3.1", *peer(args, gold))]
    section = table(truth, rows)
    print(section)
    if args.write:
        sheet.write_section("pages", section)
    return None


def ours(args, gold):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "texts.json"
        done = subprocess.run(
            [*one_core(), args.binary, gold / "html", out, str(args.passes)], check=True, capture_output=True, text=True
        )
        speed = float(re.search(r"([\d.]+) pages/s", done.stderr).group(1))
        return json.loads(out.read_text(encoding="utf-8")), speed


PEER_PROGRAM = """
import json, sys, time
from pathlib import Path
import gzip, trafilatura
folder, out, passes = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
pages = {path.name.removesuffix(".html.gz"): gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.html.gz"))}
read = lambda page: trafilatura.extract(page, include_comments=False) or ""
texts = {name: read(page) for name, page in pages.items()}
speeds = []
for _ in range(passes):
    start = time.process_time()
    for page in pages.values():
        read(page)
    speeds.append(len(pages) / (time.process_time() - start))
out.write_text(json.dumps(texts), encoding="utf-8")
print(sorted(speeds)[len(speeds) // 2])
"""


def peer(args, gold):
    python = WORK / "bin" / "python"
    if not (WORK / "lib").is_dir():
        venv.create(WORK, with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PEER], check=True)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "texts.json"
        command = [*one_core(), python, "-c", PEER_PROGRAM, gold / "html", out, str(args.passes)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return json.loads(out.read_text(encoding="utf-8")), float(done.stdout)


def one_core():
    return ["taskset", "-c", "0"] if shutil.which("taskset") else []


def report(truth, texts, worst):
    shares = {key: share(truth[key]["articleBody"], texts.get(key, "")) for key in truth}
    precision, recall, f1 = figures(list(shares.values()))
    print(f"F1 {f1:.4f}  precision {precision:.4f}  recall {recall:.4f}  ± {spread(list(shares.values())):.4f}")
    for key in sorted(shares, key=lambda key: shares[key][0])[:worst]:
        hit, false, missed = shares[key]
        print(f"{key[:12]}  hit {hit:.2f}  false {false:.2f}  missed {missed:.2f}  {truth[key]['url'][:90]}")


def table(truth, rows):
    lines = ["| | F1 | ± | precision | recall | pages/s, one core |", "|---|---|---|---|---|---|"]
    for name, texts, speed in rows:
        shares = [share(truth[key]["articleBody"], texts.get(key, "")) for key in truth]
        precision, recall, f1 = figures(shares)
        lines.append(f"| {name} | {f1:.3f} | {spread(shares):.3f} | {precision:.3f} | {recall:.3f} | {speed:.0f} |")
    lines += ["", f"{rows[0][2] / rows[1][2]:.1f} times as fast as Trafilatura, in the same run."]
    return "\n".join(lines)


def share(true, found):
    """The shares of hit, false and missed runs of one page; they add up to one."""
    true, found = runs(true), runs(found)
    keys = true.keys() | found.keys()
    hit = sum(min(true[key], found[key]) for key in keys)
    false = sum(max(0, found[key] - true[key]) for key in keys)
    missed = sum(max(0, true[key] - found[key]) for key in keys)
    total = hit + false + missed
    return (hit / total, false / total, missed / total) if total else (0.0, 0.0, 0.0)


def runs(text):
    words = WORD.findall(text)
    found = (tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)))
    return Counter(run for run in found if run)


def figures(shares):
    """Precision, recall and F1 as the benchmark has them."""
    precision = statistics.mean(part(hit, false, missed) for hit, false, missed in shares if hit + false > 0)
    recall = statistics.mean(part(hit, missed, false) for hit, false, missed in shares if hit + missed > 0)
    return precision, recall, 2 * precision * recall / (precision + recall)


def part(hit, wrong, other):
    if wrong == other == 0:
        return 1.0
    if hit == wrong == 0:
        return 0.0
    return hit / (hit + wrong)


def spread(shares):
    """The bootstrap standard deviation of F1."""
    draw = random.Random(7)
    return statistics.stdev(figures(draw.choices(shares, k=len(shares)))[2] for _ in range(DRAWS))


if __name__ == "__main__":
    main()
