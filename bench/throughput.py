"""How fast `add` fills a store beside what `read` alone does with the same articles: invented briefs of some eighty words, in rounds, the two in turn.

    python3 bench/throughput.py --binary target/release/onrecord [--articles 10000] [--rounds 5] [--threads 2]

Short articles are the harder case for `add`: what a document costs beside its reading weighs more the shorter the reading is.
"""

import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

from archive import sentence


def briefs(rng, numbers):
    for number in numbers:
        text = f"Brief {number}. " + " ".join(sentence(rng) for _ in range(3)) + "\n\n" + " ".join(sentence(rng) for _ in range(3))
        yield json.dumps({"id": str(number), "text": text, "outlet": "The Courier", "published_at": f"2026-03-{number % 28 + 1:02d}"})


def seconds(command):
    started = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    binary, threads = os.path.abspath(arguments.binary), str(arguments.threads)
    rng = random.Random(7)
    read = added = 0.0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        store, each = folder / "store.db", arguments.articles // arguments.rounds
        for number in range(arguments.rounds):
            articles = folder / f"{number}.jsonl"
            articles.write_text("\n".join(briefs(rng, range(number * each, (number + 1) * each))) + "\n")
            read += seconds([binary, "read", "--threads", threads, "--to", "jsonl", articles])
            added += seconds([binary, "add", "--threads", threads, "--progress", "none", "--store", store, articles])
            done = (number + 1) * each
            print(f"{done} articles: read {done / read:.1f}/s, add {done / added:.1f}/s, {100 * read / added:.1f} % of it", file=sys.stderr)
    print(f"read {done / read:.1f} articles/s, add {done / added:.1f} articles/s: add has {100 * read / added:.1f} % of the throughput of read")


if __name__ == "__main__":
    main()
