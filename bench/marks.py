#!/usr/bin/env python3
"""Measures how well statements, speakers, names, times, places, quantities and events are found, against the corpora in ../shared, and whether every anchor holds.

    python3 bench/marks.py --binary target/release/onrecord [--write]     the table, and into docs/measurements.md
    python3 bench/marks.py --binary target/debug/onrecord --check         fails if an anchor is broken or a score is under its mark

The corpora cannot be shipped. Where they are not there, it says so: --check then passes (exit code 0), a measurement does not (2).
A mark is the least that counts as done; the aim stands beside it. Standard library only.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import reliability
import sheet

SCORER, GENERAL = "tools/score_statements.py", "tools/score.py"
ATTRIBUTION, WORLD, ACCEPTANCE = "gold/attribution/dev.jsonl", "gold/world/dev.jsonl", "gold/acceptance/gold.jsonl"
SPEAKERS, ENTITIES = "gold/speakers/dev.jsonl", "gold/entities/worldwide_dev.jsonl"
ROLES = ("source", "cue", "content")
# (what, path into the score, best known elsewhere, mark, aim); F1 and recall in %.
ATTRIBUTION_MARKS = [
    ("linked, relaxed F1", ("linked_relaxed", 2), "Citron 54.7, people with each other 72.3", 69, "over 72.3"),
    ("linked, exact F1", ("linked_exact", 2), "Citron 35.0, people 60.8", 54, 60),
    ("token F1, source", ("token_source", 2), "Citron 68, people 81", 83, "over 85"),
    ("token F1, cue", ("token_cue", 2), "Citron 51, people 70", 72, "over 72"),
    ("token F1, content", ("token_content", 2), "Citron 74, people 92", 90, "over 92"),
    ("recall, direct", ("recall_by_form", "direct"), "people 99 (content only)", 88, 97),
    ("recall, mixed", ("recall_by_form", "mixed"), "people 94 (content only)", 80, 92),
]
WORLD_MARKS = [("linked, relaxed F1", ("linked_relaxed", 2), "none published", 64, 80)]
# The same for tools/score.py, by its kind.
SPEAKER_MARKS = [
    ("speaker of pronouns and nouns, right of all", ("pronoun_and_nominal", "right_of_all"), "CoreNLP's dcoref 41.0", 75, 90),
    ("… right of those found", ("pronoun_and_nominal", "right_of_found"), "", "", ""),
    ("speaker of names, right of all", ("name", "right_of_all"), "", 92, 97),
    ("… right of those found", ("name", "right_of_found"), "", "", ""),
]
ENTITY_MARKS = [
    ("names, exact F1", ("all", 2), "compromise 37.7", 85, 90),
    ("… persons / organizations / places", None, "", "", ""),
]
WORLD_ITEM_MARKS = [
    ("speaker, of the statements found", ("statement_speaker",), "none published", 85, 95),
    ("act", ("statement_act",), "none published", 80, ""),
    ("form", ("statement_form",), "none published", 90, ""),
    ("polarity", ("statement_pol",), "none published", 95, ""),
]
# Sets of their own: (set, gold, kind of tools/score.py, marks).
ITEM_MARKS = [
    ("TimeBank", "gold/times/timebank.jsonl", "times", [("times, value F1", ("value", 2), "HeidelTime 2.2 75.9", 74, 85), ("… exact span F1", ("strict", 2), "HeidelTime 80.9", "", "")]),
    ("AQUAINT", "gold/times/aquaint.jsonl", "times", [("times, value F1", ("value", 2), "HeidelTime 2.2 65.8", 72, 85), ("… exact span F1", ("strict", 2), "HeidelTime 76.6", "", "")]),
    ("MEANTIME", "gold/times/meantime.jsonl", "times", [("times, value F1", ("value", 2), "HeidelTime 2.2 78.3", 80, 85), ("… exact span F1", ("strict", 2), "HeidelTime 81.6", "", "")]),
    ("TR-News", "gold/places/trnews.jsonl", "places", [("places, found F1", ("tag", 2), "Edinburgh 80.3", 82, 92), ("… within 161 km, of those found", ("acc161_found",), "Mordecai3 87.3", 88, 92)]),
    ("GeoVirus", "gold/places/geovirus.jsonl", "places", [("places, found F1", ("tag", 2), "91.5", 90, 92), ("… within 161 km, of those found", ("acc161_found",), "Edinburgh 80.7", 85, 92)]),
    ("NewsQuant", "gold/quantities/newsquant.jsonl", "quantities", [("quantities, value F1", ("value", 2), "CQE 92.0", 90, "over 92"),
     ("… with bound", ("value_bound", 2), "CQE 88.1", 86, "over 88.1"), ("… with unit", ("value_unit", 2), "CQE 85.6", 72, "over 85.6")]),
    ("PLV", "gold/events/plv_train.jsonl", "pairs", [("event type, parties given, accuracy", ("accuracy_given",), "zero-shot RoBERTa-large 76.0", 80, 88),
     ("… macro F1", ("macro_f1_given",), "", 77, ""), ("type, actor and recipient, accuracy", ("accuracy_linked",), "none published", 60, 80),
     ("events in a sentence", ("events_per_sentence",), "", "at most 1.6", "")]),
]
# Of gold/world/dev and of the first article, beside statements.
WHOLE_MARKS = [
    ("times, value F1", ("times", "value", 2), "none published", 80, ""),
    ("places, within 161 km, of those found", ("places", "acc161_found"), "none published", 90, ""),
    ("quantities, value F1", ("quantity_value", 2), "none published", 85, 95),
]
EVENT_MARKS = [
    ("event type F1", ("event_type", 2), "none published", 55, ""),
    ("event type, actor and recipient F1", ("event_core", 2), "none published", 45, 70),
    ("who asserts it, of those with their type", "event_by", "none published", 90, ""),
    ("polarity, certainty and tense, likewise", "event_status", "none published", 85, ""),
]
CALIBRATION_MARK, CALIBRATION_AIM = 5, 2  # points
# Below these, --check fails.
FLOORS = {("linked_relaxed", 2): 69, ("linked_exact", 2): 54}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", required=True, type=Path)
    parser.add_argument("--shared", type=Path, default=sheet.ROOT.parent / "shared")
    parser.add_argument("--write", action="store_true", help="put the table into docs/measurements.md")
    parser.add_argument("--check", action="store_true", help="only the development set, against the floors")
    args = parser.parse_args()
    missing = [name for name in needed(args.check) if not (args.shared / name).is_file()]
    if missing:
        print(f"{'skipped' if args.check else 'nothing measured'}: statements against the corpora; {args.shared} has no {', '.join(missing)}")
        sys.exit(0 if args.check else 2)
    if not args.binary.is_file():
        sys.exit(f"{args.binary} is not there")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(args.binary.resolve(), args.shared, Path(folder))
        sys.exit(check(bench) if args.check else report(bench, args.binary, args.write))


def needed(is_check):
    sets = [gold for _, gold, _, _ in ITEM_MARKS]
    return [SCORER, ATTRIBUTION] if is_check else [SCORER, GENERAL, ATTRIBUTION, WORLD, ACCEPTANCE, SPEAKERS, ENTITIES, *sets]


def check(bench):
    """The exit code of --check: 0 if all is well."""
    score, anchors = bench.measured(ATTRIBUTION)
    print(f"run: {ATTRIBUTION}: relaxed F1 {score['linked_relaxed'][2]}, exact {score['linked_exact'][2]}; {anchors}")
    faults = [f"{at[0]} is {value(score, at)}, under the floor of {floor}" for at, floor in FLOORS.items() if value(score, at) < floor]
    faults += [f"{name} is {score[name]}" for name in ("missing", "text_changed") if score[name]]
    faults += [] if anchors.endswith(" 0 faults") else ["anchors are broken"]
    for fault in faults:
        print(f"failed: {fault}")
    return 1 if faults else 0


def report(bench, binary, write):
    facts = sheet.provenance()
    attribution, anchors = bench.measured(ATTRIBUTION)
    world, world_anchors = bench.measured(WORLD)
    first, first_anchors = bench.measured(ACCEPTANCE)
    rows = [["PolNeAR dev", what, value(attribution, at), known, mark, aim] for what, at, known, mark, aim in ATTRIBUTION_MARKS]
    low, high = attribution["linked_relaxed_95"]
    rows[0][2] = f"{rows[0][2]} (95%: {low}–{high})"
    rows.append(["PolNeAR dev", "calibration error, points", f"{100 * bench.calibration_error(ATTRIBUTION):.1f}", "none published",
                 f"under {CALIBRATION_MARK}", f"under {CALIBRATION_AIM}"])
    speakers = bench.scored("speakers", SPEAKERS, ATTRIBUTION)
    rows += [["PolNeAR dev", what, value(speakers, at), known, mark, aim] for what, at, known, mark, aim in SPEAKER_MARKS]
    bench.measured(ENTITIES, is_statements=False)
    entities = bench.scored("entities", ENTITIES, ENTITIES)
    kinds = " / ".join(str(entities[kind][2]) for kind in ("person", "organization", "place"))
    rows += [["world newswire", what, value(entities, at) if at else kinds, known, mark, aim] for what, at, known, mark, aim in ENTITY_MARKS]
    rows += [["world news", what, value(world, at), known, mark, aim] for what, at, known, mark, aim in WORLD_MARKS]
    items = bench.scored("world", WORLD, WORLD)
    rows += [["world news", what, value(items, at), known, mark, aim] for what, at, known, mark, aim in WORLD_ITEM_MARKS]
    rows += [["world news", what, value(items, at), known, mark, aim] for what, at, known, mark, aim in WHOLE_MARKS]
    of_matched = lambda at: value(items, at) if isinstance(at, tuple) else f"{100 * items[at][1] / max(0.1, items['event_type'][1]):.1f}"
    rows += [["world news", what, of_matched(at), known, mark, aim] for what, at, known, mark, aim in EVENT_MARKS]
    for name, gold, kind, marks in ITEM_MARKS:
        bench.measured(gold, is_statements=False)
        score = bench.scored(kind, gold, gold)
        rows += [[name, what, value(score, at), known, mark, aim] for what, at, known, mark, aim in marks]
    # Counted from rounded recall; sixteen statements leave no room for error.
    right = round(first["linked_relaxed"][1] * first["gold"] / 100)
    rows.append(["the first article", "statements found, relaxed", f"{right} of {first['gold']}", "", f"{first['gold']}", f"{first['gold']}"])
    items = bench.scored("world", ACCEPTANCE, ACCEPTANCE)
    for what, name, mark in (("speakers", "statement_speaker", 16), ("acts", "statement_act", 14)):
        rows.append(["the first article", what, f"{round(items[name] * first['gold'] / 100)} of {first['gold']}", "", mark, 16])
    # Recall: the record finds more places than the gold's list of places, which leaves repetitions out.
    for what, share, all_of_it in (("dates", items["times"]["value"][1], items["times"]["gold"]), ("places, within 161 km", items["places"]["acc161_all"], items["places"]["gold_with_coordinates"]),
                                   ("quantities with bounds", items["quantity_bound"][1], 3), ("events with their type and who asserts them", items["event_by"][1], 12)):
        mark = 10 if what.startswith("events") else all_of_it
        rows.append(["the first article", what, f"{round(share * all_of_it / 100)} of {all_of_it}", "", mark, all_of_it])
    intro = (f"Measured with `python3 bench/marks.py --binary {binary}` on {sheet.provenance_line(facts)} Model {bench.model}. "
             f"Scored by `{SCORER}` and `{GENERAL}` on {attribution['files']} annotators' files of PolNeAR dev and {world['files']} articles of world news.")
    notes = ["The calibration curve was fitted on PolNeAR dev; `training/calibrate.py` prints the error with the curve fitted on the other half of the "
             "articles.",
             f"Anchors, by `onrecord check`: PolNeAR dev {anchors}; world news {world_anchors}; the first article {first_anchors}."]
    section = "\n\n".join([intro, sheet.table(["set", "what", "measured", "best known elsewhere", "mark", "aim"], rows), *notes])
    print(section)
    if write:
        sheet.write_section("marks", section)
        sheet.RELIABILITY.write_text(reliability.svg(bench.said(ATTRIBUTION)), encoding="utf-8")
    return 0


def value(score, path):
    for step in path:
        score = score[step]
    return score


class Bench:
    """Gold sets, the records of each, and what was measured on them."""

    def __init__(self, binary, shared, folder):
        self.binary, self.shared, self.folder = binary, shared, folder
        self.model = None

    def scored(self, kind, gold, read):
        """What tools/score.py says of the records of the gold set `read`, held against `gold`."""
        command = [sys.executable, str(self.shared / GENERAL), kind, str(self.shared / gold), str(self.paths(read)[1]), "--json"]
        return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)

    def measured(self, name, is_statements=True):
        """The scorer's figures for a gold set of statements, and the summary line of `onrecord check`."""
        gold, records = self.paths(name)
        gold.write_text("".join(articles_of((self.shared / name).read_text(encoding="utf-8"))), encoding="utf-8")
        with records.open("wb") as out:
            subprocess.run([str(self.binary), "read", "--from", "jsonl", "--to", "jsonl", str(gold)], stdout=out, check=True)
        with records.open(encoding="utf-8") as lines:
            self.model = json.loads(next(lines))["model"]
        if not is_statements:
            return None
        scorer = [sys.executable, str(self.shared / SCORER), str(gold), str(records), "--json"]
        score = json.loads(subprocess.run(scorer, stdout=subprocess.PIPE, check=True).stdout)
        checked = subprocess.run([str(self.binary), "check", str(records), str(gold)], stdout=subprocess.PIPE, text=True)
        return score, (checked.stdout.strip().splitlines() or ["no answer"])[-1]

    def paths(self, name):
        stem = name.replace("/", "-")
        return self.folder / stem, self.folder / f"records-{stem}"

    def calibration_error(self, name):
        return calibration_error(self.said(name))

    def said(self, name):
        """(confidence, right) of every statement of the records of a gold set."""
        gold_path, records_path = self.paths(name)
        records = {record["document"]["id"]: record for record in map(json.loads, records_path.open(encoding="utf-8"))}
        tool = scorer_module(self.shared / SCORER)
        said = []
        for gold in map(json.loads, gold_path.open(encoding="utf-8")):
            words = tool["word_index"](gold["text"])
            # The gold marks no statement inside another, and the scorer leaves out those without a word.
            outer = [s for s in records[gold["id"]]["statements"] if not s["parent"] and tool["statement_sets"]([s], words)]
            said += zip((s["confidence"] for s in outer), rights(tool, gold, outer))
        return said


def articles_of(lines):
    """The lines of a gold set that hold an article; others link articles of a story."""
    return [line + "\n" for line in lines.split("\n") if line.strip() and "text" in json.loads(line)]


def scorer_module(path):
    """The scorer's functions, without running it."""
    functions = {"__name__": "score_statements", "__doc__": ""}
    exec(compile(path.read_text(encoding="utf-8").rsplit("\nmain()", 1)[0], path.name, "exec"), functions)
    return functions


def rights(tool, gold, statements):
    """For each statement whether it is linked relaxed, by the scorer's own matching."""
    words, f1 = tool["word_index"](gold["text"]), tool["f1"]
    wanted, found = tool["statement_sets"](gold["statements"], words), tool["statement_sets"](statements, words)
    pairs = []
    for i, a in enumerate(found):
        for j, b in enumerate(wanted):
            base = f1(a["content"], b["content"]) + (f1(a["cue"], b["cue"]) if a["cue"] or b["cue"] else 0)
            if base > 0:
                pairs.append((-base - 0.1 * f1(a["source"], b["source"]), i, j))
    out, taken = [False] * len(found), set()
    for _, i, j in sorted(pairs):
        if ("found", i) not in taken and ("wanted", j) not in taken:
            taken |= {("found", i), ("wanted", j)}
            out[i] = all(f1(found[i][role], wanted[j][role]) >= 0.5 for role in ROLES)
    return out


def calibration_error(said, bins=10):
    """Expected calibration error, 0 to 1, of (confidence, right) pairs, in bins of equal size."""
    parts = reliability.parts(said, bins)
    gaps = (abs(sum(confidence for confidence, _ in part) - sum(right for _, right in part)) for part in parts)
    return sum(gaps) / len(said) if said else 0.0


if __name__ == "__main__":
    main()
