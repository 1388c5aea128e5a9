"""Tests of bench/peers without the peers: how their answers become records."""

import datetime
import io
import sys
import unittest
from contextlib import redirect_stdout
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

sys.path.insert(0, str(Path(__file__).parent / "peers"))

import compare
import libraries

THURSDAY = datetime.datetime(2024, 5, 2)


class HeidelTime(unittest.TestCase):
    def test_offsets_count_the_text_without_its_tags(self):
        text = "It rained on Friday,\nthen for two days."
        timeml = ('<?xml version="1.0"?>\n<TimeML>\nIt rained on <TIMEX3 tid="t1" type="DATE" value="2024-04-26">Friday</TIMEX3>,\nthen for '
                  '<TIMEX3 tid="t2" type="DURATION" value="P2D" mod="APPROX">two days</TIMEX3>.\n</TimeML>\n')
        found = compare.timexes(timeml, text)
        self.assertEqual([text[slice(*item["span"])] for item in found], ["Friday", "two days"])
        self.assertEqual([(item["type"], item["value"], item["mod"]) for item in found], [("DATE", "2024-04-26", None), ("DURATION", "P2D", "APPROX")])


class RecognizersText(unittest.TestCase):
    def timex(self, kind, timex, *values):
        values = [{"timex": timex, "type": kind, **({"value": value} if isinstance(value, str) else {"start": value[0], "end": value[1]})} for value in values]
        return libraries.timex(SimpleNamespace(start=3, end=8, resolution={"values": values}), THURSDAY)

    def test_the_latest_past_reading_is_taken(self):
        friday = self.timex("date", "XXXX-WXX-5", "2024-04-26", "2024-05-03")
        self.assertEqual(friday, {"span": [3, 9], "type": "DATE", "value": "2024-04-26"})

    def test_values_have_the_grain_of_the_words(self):
        for kind, timex, value, expected in [
            ("daterange", "2003-05", ("2003-05-01", "2003-06-01"), "2003-05"),
            ("daterange", "(2024-01-01,2024-04-01,P3M)", ("2024-01-01", "2024-04-01"), "2024-Q1"),
            ("daterange", "2024-W17", ("2024-04-22", "2024-04-29"), "2024-W17"),
            ("duration", "P3D", "259200", "P3D"),
            ("datetime", "2024-05-01T14", "2024-05-01 14:00:00", "2024-05-01T14:00"),
            ("time", "T09:30", "09:30:00", "2024-05-02T09:30"),
        ]:
            self.assertEqual(self.timex(kind, timex, value)["value"], expected, timex)


class Compare(unittest.TestCase):
    def test_without_the_corpora_it_says_so(self):
        out = io.StringIO()
        arguments = ["compare.py", "times", "--binary", "none", "--shared", "/nowhere"]
        with mock.patch.object(sys, "argv", arguments), redirect_stdout(out), self.assertRaises(SystemExit) as end:
            compare.main()
        self.assertEqual(end.exception.code, 2)
        self.assertIn("/nowhere", out.getvalue())


if __name__ == "__main__":
    unittest.main()
