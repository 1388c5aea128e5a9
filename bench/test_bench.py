"""Tests of the measuring scripts on small made-up inputs, with a stand-in for the program: python3 -m unittest discover -s bench."""

import io
import json
import subprocess
import sys
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

import event_news
import marks
import reliability
import run
import sheet

MAKE = Path(__file__).parent / "corpus" / "make.py"
# Answers as onrecord does: a record a line, without statements.
STAND_IN = f"""#!{sys.executable}
import json, sys
if sys.argv[1] == "--version":
    print("onrecord 0.0.0")
for line in open(sys.argv[-1], encoding="utf-8") if sys.argv[1] == "read" else []:
    article = json.loads(line)
    record = {{"onrecord": 1, "model": "none", "document": {{"id": article["id"], "text": article["text"]}}, "statements": []}}
    print(json.dumps(record), flush=True)
"""


def make(*arguments):
    out = subprocess.run([sys.executable, str(MAKE), *arguments], stdout=subprocess.PIPE, check=True).stdout.decode()
    return [json.loads(line) for line in out.split("\n") if line]


class EventNews(unittest.TestCase):
    PASSAGE = {"article": "a", "span": [10, 90], "events": [
        {"trigger": [20, 25], "actors": [[12, 15]], "recipients": [], "label": "ACCUSE disapprove | past certain positive | -"},
        {"trigger": [60, 66], "actors": [], "recipients": [], "label": "AID - | past certain positive | -"}]}

    def event(self, start, type, confidence, actors=()):
        return {"trigger": {"spans": [[start, start + 5]]}, "type": type, "confidence": confidence,
                "actors": [{"span": list(span)} for span in actors], "recipients": []}

    def test_events_count_where_they_lie_in_the_passage_and_reach_the_bar(self):
        events = [self.event(21, "ACCUSE", 0.9, [(13, 15)]), self.event(60, "REJECT", 0.5), self.event(70, "ASSAULT", 0.3), self.event(95, "ASSAULT", 0.9)]
        records = {"a": {"events": events}}
        self.assertEqual(event_news.score([self.PASSAGE], records, 0.4), {"found": 2, "labelled": 2, "trigger": 2, "type": 1, "core": 1})
        self.assertEqual(event_news.score([self.PASSAGE], records, 0.2)["found"], 3)
        self.assertEqual([verdict["right"] for verdict in event_news.verdicts([self.PASSAGE], records)], [True, False, False])

    def test_a_label_goes_to_one_event(self):
        events = [self.event(20, "ACCUSE", 0.9), self.event(22, "ACCUSE", 0.8)]
        self.assertEqual([label is not None for _, label in event_news.matched(self.PASSAGE, events)], [True, False])


class Corpus(unittest.TestCase):
    def test_an_article_is_the_same_in_a_corpus_of_any_size(self):
        self.assertEqual(make("--articles", "3", "--seed", "7")[:2], make("--articles", "2", "--seed", "7"))
        self.assertNotEqual(make("--articles", "1", "--seed", "7"), make("--articles", "1", "--seed", "8"))

    def test_articles_have_about_the_length_asked_for(self):
        for article in make("--articles", "20", "--words", "300"):
            self.assertTrue(230 <= len(article["text"].split()) <= 400, article["id"])

    def test_a_single_article_has_at_least_the_size_asked_for(self):
        (article,) = make("--single-bytes", "20000")
        self.assertTrue(20_000 <= len(article["text"].encode()) < 23_000)


class Sheet(unittest.TestCase):
    PAGE = "Above.\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nBelow.\n"

    def test_a_section_is_replaced_and_the_rest_left_alone(self):
        expected = "Above.\n<!-- bench:begin -->\nnew\n<!-- bench:end -->\nBelow.\n"
        self.assertEqual(sheet.replaced(self.PAGE, "bench", "new\n"), expected)
        self.assertEqual(sheet.replaced(expected, "bench", "new"), expected)

    def test_a_page_without_the_section_is_refused(self):
        with self.assertRaisesRegex(ValueError, "marks:begin"):
            sheet.replaced(self.PAGE, "marks", "new")

    def test_the_page_of_the_project_has_both_sections(self):
        page = sheet.MEASUREMENTS.read_text(encoding="utf-8")
        for name in ("bench", "marks"):
            sheet.replaced(page, name, "")

    def test_spread_is_the_median_and_the_ends(self):
        self.assertEqual(sheet.spread([3.0, 1.0, 2.04], 1, " s"), "2.0 s (1.0–3.0)")
        self.assertEqual(sheet.spread([3.0], 0), "3")


class Run(unittest.TestCase):
    def test_everything_is_measured_and_reported(self):
        with tempfile.TemporaryDirectory() as folder, redirect_stderr(io.StringIO()):
            binary = Path(folder) / "onrecord"
            binary.write_text(STAND_IN, encoding="utf-8")
            binary.chmod(0o755)
            results = run.measure(binary, Path(folder), {"articles": 3, "repeats": 2, "starts": 3, "single_mb": [0.01, 0.02], "streams": [1, 2], "long_repeats": 1})
            results |= {"provenance": sheet.provenance(), "binary": "stand-in", "version": run.version(binary), "plan": {"repeats": 2, "starts": 3}}
        report = run.markdown(results)
        for words in ("onrecord 0.0.0", "| start to first record |", "| 0.02 MB |", "| 2 articles |"):
            self.assertIn(words, report)
        self.assertEqual((len(results["one_core"]), len(results["start_millis"])), (2, 3))
        self.assertTrue(all(peak > 1 for peak in results["peak_mb"]), results["peak_mb"])


class Marks(unittest.TestCase):
    def test_lines_without_an_article_are_left_out(self):
        lines = '{"id": "a", "text": "One\u2028line."}\n{"story": "b"}\n\n'
        self.assertEqual(marks.articles_of(lines), ['{"id": "a", "text": "One\u2028line."}\n'])

    def test_reliability_is_drawn_bin_by_bin(self):
        said = [(0.2, False)] * 5 + [(0.9, True)] * 5
        self.assertEqual(reliability.points(said, bins=2), [(0.2, 0.0, 5), (0.9, 1.0, 5)])
        self.assertEqual(reliability.svg(said, bins=2).count("<circle"), 2)

    def test_calibration_error(self):
        self.assertEqual(marks.calibration_error([]), 0.0)
        honest = [(0.5, right) for right in (True, False) * 10]
        self.assertAlmostEqual(marks.calibration_error(honest, bins=1), 0.0)
        self.assertAlmostEqual(marks.calibration_error([(0.9, False)] * 20), 0.9)

    def test_each_gold_statement_is_found_once(self):
        overlap = lambda a, b: 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0
        tool = {"word_index": lambda text: [], "statement_sets": lambda statements, words: statements, "f1": overlap}
        statement = {"source": {1}, "cue": {2}, "content": {3, 4}}
        wrong_source = statement | {"source": {9}}
        gold = {"text": "", "statements": [statement]}
        self.assertEqual(marks.rights(tool, gold, [wrong_source, statement, statement]), [False, True, False])

    def test_without_the_corpora_it_says_so(self):
        for options, code, words in (["--check"], 0, "skipped"), ([], 2, "nothing measured"):
            out = io.StringIO()
            arguments = ["marks.py", "--binary", "none", "--shared", "/nowhere", *options]
            with mock.patch.object(sys, "argv", arguments), redirect_stdout(out), self.assertRaises(SystemExit) as end:
                marks.main()
            self.assertEqual(end.exception.code, code)
            self.assertTrue(out.getvalue().startswith(words) and "/nowhere" in out.getvalue(), out.getvalue())


if __name__ == "__main__":
    unittest.main()
