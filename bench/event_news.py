#!/usr/bin/env python3
"""Measures the events of real news against passages that were labelled and never trained on (training/events/held-out-*.jsonl), at several bars of confidence.

    python3 bench/event_news.py --binary target/release/onrecord [--write] [--verdicts FILE --records FILE]

--write puts the table into docs/events.md; --verdicts writes which of the events found are right, and --records the records, for training/event_curve.py.
The articles lie in ../shared, which cannot be shipped; where they are not there, it says so and exits with 2. Standard library only.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import sheet

LABELS = sheet.ROOT / "training" / "events"
TEXTS = ("train/attribution/train.jsonl", "train/entities/worldwide_train.jsonl")
SETS = ("campaign", "world")
BARS = (0.2, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.85)


def lines(path):
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def kind(label):
    """The PLOVER type of a label, "COERCE arrest | past certain positive | -"."""
    return label["label"].split()[0]


def found_in(passage, record):
    """The events of a record whose trigger begins in the passage, the surest first."""
    first, last = passage["span"]
    inside = [e for e in record["events"] if first <= e["trigger"]["spans"][0][0] < last]
    return sorted(inside, key=lambda event: -event["confidence"])


def matched(passage, events):
    """Each event found with the label whose trigger it shares, of its own type if there is one, or None; a label goes to one event."""
    left, out = list(passage["events"]), []
    for event in events:
        near = [label for label in left if overlap(label["trigger"], event["trigger"]["spans"][0])]
        label = next((label for label in near if kind(label) == event["type"]), near[0] if near else None)
        if label:
            left.remove(label)
        out.append((event, label))
    return out


def same_parties(event, label):
    """Whether actors and recipients share words with those of the label, or neither has any."""
    def same(role):
        spans = [party["span"] for party in event[role] if party.get("span")]
        return not spans and not label[role] or any(overlap(a, b) for a in spans for b in label[role])

    return same("actors") and same("recipients")


def score(passages, records, bar):
    """Counts over the passages at a bar: events found and labelled, found with their trigger, with its type, with that and the parties."""
    counts = dict.fromkeys(("found", "labelled", "trigger", "type", "core"), 0)
    for passage in passages:
        events = [e for e in found_in(passage, records[passage["article"]]) if e["confidence"] >= bar]
        counts["found"] += len(events)
        counts["labelled"] += len(passage["events"])
        for event, label in matched(passage, events):
            right = label is not None and kind(label) == event["type"]
            counts["trigger"] += label is not None
            counts["type"] += right
            counts["core"] += right and same_parties(event, label)
    return counts


def read(binary, passages, shared):
    """The records of the articles that the passages are of, however doubtful what is in them."""
    wanted = {passage["article"] for passage in passages}
    texts = {row["id"]: row["text"] for part in TEXTS for row in lines(shared / part) if row["id"] in wanted}
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles.jsonl"
        articles.write_text("".join(json.dumps({"id": i, "text": text}) + "\n" for i, text in texts.items()), encoding="utf-8")
        out = subprocess.run([binary, "read", "--least-confidence", "0", "--to", "jsonl", articles], stdout=subprocess.PIPE, check=True).stdout
    return {record["document"]["id"]: record for record in map(json.loads, out.decode().splitlines())}


def percent(part, whole):
    return f"{100 * part / whole:.1f}" if whole else "-"


def row(name, bar, c):
    f1 = lambda part: percent(2 * part, c["found"] + c["labelled"])
    return (name, f"{bar:.2f}", c["found"], percent(c["trigger"], c["found"]), percent(c["trigger"], c["labelled"]), percent(c["type"], c["found"]),
            percent(c["type"], c["labelled"]), f1(c["type"]), f1(c["core"]))


def verdicts(passages, records):
    for passage in passages:
        for event, label in matched(passage, found_in(passage, records[passage["article"]])):
            yield {"id": passage["article"], "span": event["trigger"]["spans"][0], "right": label is not None and kind(label) == event["type"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--shared", type=Path, default=sheet.ROOT.parent / "shared")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--verdicts", type=Path)
    parser.add_argument("--records", type=Path)
    options = parser.parse_args()
    if not all((options.shared / part).is_file() for part in TEXTS):
        print(f"not measured: the articles are not in {options.shared}")
        return 2
    sets = {name: lines(LABELS / f"held-out-{name}.jsonl") for name in SETS}
    records = read(options.binary, [passage for passages in sets.values() for passage in passages], options.shared)
    header = ["news", "bar", "found", "trigger, precision", "recall", "with type, precision", "recall", "F1", "type, actor and recipient, F1"]
    rows = [row(name, bar, score(passages, records, bar)) for name, passages in sets.items() for bar in BARS]
    body = (f"Measured with `python3 bench/event_news.py` on {sheet.provenance_line(sheet.provenance())} In %; "
            + ", ".join(f"{name}: {len(passages)} passages with {sum(len(p['events']) for p in passages)} events" for name, passages in sets.items())
            + ".\n\n" + sheet.table(header, rows))
    print(body)
    if options.write:
        sheet.write_section("event-news", body, sheet.ROOT / "docs" / "events.md")
    for path, kept in ((options.verdicts, (v for passages in sets.values() for v in verdicts(passages, records))), (options.records, records.values())):
        if path:
            path.write_text("".join(json.dumps(one) + "\n" for one in kept), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
