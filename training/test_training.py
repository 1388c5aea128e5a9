"""Tests of the labelled texts and of what reads them, without torch or tokenizers: python3 -m unittest discover -s training."""

import json
import pathlib
import random
import re
import tempfile
import unittest

import events
import marks
import mentions
import sentences
from marks import CLOSING, INSIDE, OPENING, OUTSIDE


def words(text, spans):
    return [text[start:end] for start, end in spans]


CONLLU = """# newdoc id = made_up
# newpar
1	The	the	DET	DT	_	2	det	_	Entity=(1-person-new-nnnnn-cf1-2-coref
2	clerk	clerk	NOUN	NN	_	7	nsubj	_	_
3	of	of	ADP	IN	_	4	case	_	_
4	Lorne	Lorne	PROPN	NNP	_	2	nmod	_	Entity=(2-place-new-nnnnn-cf2-1-sgl)1)
5	said	say	VERB	VBD	_	0	root	_	_
6	she	she	PRON	PRP	_	7	nsubj	_	Entity=(1-person-giv:act-nnnnn-cf1-1-ana)
7	slept	sleep	VERB	VBD	_	5	ccomp	_	SpaceAfter=No
8	.	.	PUNCT	.	_	5	punct	_	_

"""


class Events(unittest.TestCase):
    BLOCK = "{A1,2 The {R1 Kenyan} guard} {E1 freed} {R1 two} and {E2 fled}.\n1 RETREAT release | past certain positive | -\n2 RETREAT - | past possible negative | migration"

    def test_a_block_has_a_text_and_its_events(self):
        text, found = events.parse(self.BLOCK)
        self.assertEqual(text, "The Kenyan guard freed two and fled.")
        self.assertEqual([words(text, [e["trigger"]]) for e in found], [["freed"], ["fled"]])
        self.assertEqual([(words(text, e["actors"]), words(text, e["recipients"])) for e in found], [(["The Kenyan guard"], ["Kenyan", "two"]), (["The Kenyan guard"], [])])
        self.assertEqual([events.KINDS[e["kind"]] for e in found], [("RETREAT", "release"), ("RETREAT", "-")])

    def test_every_block_of_the_project_parses(self):
        for block in events.blocks():
            events.parse(block)

    def test_a_passage_of_news_comes_with_the_lines_around_it(self):
        text = "Head\nBefore it.\nGuards freed two. They fled.\nAfter it.\n" + "x" * 400
        start = text.index("Guards")
        passage = {"article": "a", "span": [start, start + 17], "events": [
            {"trigger": [start + 7, start + 12], "actors": [[start, start + 6]], "recipients": [], "label": "RETREAT release | past certain positive | -"}]}
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "news-made-up.jsonl").write_text(json.dumps(passage) + "\n", encoding="utf-8")
            (row,) = events.news({"a": text}, pathlib.Path(folder))
        self.assertEqual(row["text"], text[:text.index("x")].rstrip("\n"))
        self.assertEqual(words(row["text"], [row["labelled"], row["events"][0]["trigger"], *row["events"][0]["actors"]]), ["Guards freed two.", "freed", "Guards"])

    def test_every_label_of_news_is_one_that_the_heads_know(self):
        files = sorted(events.FOLDER.glob("*.jsonl"))
        self.assertEqual(len(files), 5)
        for path in files:
            for passage in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
                first, last = passage["span"]
                for label in passage["events"]:
                    # A fault where they do not know it.
                    events.event(f"1 {label['label']}", {("E", "1"): [label["trigger"]]}, path.name)
                    self.assertTrue(all(first <= a < b <= last for a, b in [label["trigger"], *label["actors"], *label["recipients"]]))

    def test_faults_are_named(self):
        for block in ("{E1 fled\n1 RETREAT - | past certain positive | -", "fled}", "{E1 fled}\n1 FLEE - | past certain positive | -"):
            with self.assertRaises(events.Fault):
                events.parse(block)

    def test_other_states_stand_in_place_of_those_named(self):
        text, *labels = events.widened(self.BLOCK, random.Random(1), [("Kenya", "Nairobi", "Kenyan"), ("Peru", "Lima", "Peruvian")]).split("\n")
        self.assertIn(text.split("{R1 ")[1].split("}")[0], ("Kenyan", "Peruvian"))
        self.assertEqual(labels, self.BLOCK.split("\n")[1:])


class Mentions(unittest.TestCase):
    def test_a_noun_phrase_ends_with_its_head(self):
        with tempfile.NamedTemporaryFile("w", suffix=".conllu", encoding="utf-8") as file:
            file.write(CONLLU)
            file.flush()
            (row,) = mentions.nominal(file.name)
            (document,) = mentions.documents(file.name)
        self.assertEqual(row["text"], "The clerk of Lorne said she slept.")
        self.assertEqual([(row["text"][a:b], mentions.NOMINAL[kind]) for a, b, kind in row["nominal"]], [("The clerk", "person")])
        forms = [(document["text"][slice(*m["span"])], m["form"], m["entity"]) for m in document["mentions"]]
        self.assertEqual(sorted(forms), [("Lorne", "name", "2"), ("The clerk of Lorne", "nominal", "1"), ("she", "pronoun", "1")])

    def test_a_phrase_that_starts_with_another_keeps_the_rest(self):
        text = "the party's leader"
        self.assertEqual([text[a:b] for a, b, _ in mentions.innermost([[0, 9, 1], [0, 18, 0]], text)], ["the party", "leader"])


class Markup(unittest.TestCase):
    def test_roles_and_split_contents(self):
        text, (statement,) = sentences.parse("{Q1 “Go,”} {S1 Ito} {C1 said}. {Q1 “Now.”}")
        self.assertEqual(text, "“Go,” Ito said. “Now.”")
        self.assertEqual(words(text, statement["source"]), ["Ito"])
        self.assertEqual(words(text, statement["cue"]), ["said"])
        self.assertEqual(words(text, statement["content"]), ["“Go,”", "“Now.”"])

    def test_one_source_of_two_statements(self):
        text, (first, second) = sentences.parse("{S1,2 Ito} {C1 denied} {Q1 it} and {C2 blamed} {Q2 the rain}.")
        self.assertEqual(text, "Ito denied it and blamed the rain.")
        self.assertEqual(first["source"], second["source"])
        self.assertEqual(words(text, second["content"]), ["the rain"])

    def test_braces_must_match(self):
        for marked in ("{S1 Ito said.", "Ito} said."):
            with self.assertRaises(ValueError, msg=marked):
                sentences.parse(marked)

    def test_a_statement_inside_another_is_nested_in_the_smallest(self):
        marked = "{S1 Ada} {C1 says} {Q1 {S2 Bo} {C2 said} {Q2 {S3 Cy} {C3 saw} {Q3 rain}}}. {S4 Di} {C4 agreed}{Q4 .}"
        _, statements = sentences.parse(marked)
        outer, nested = sentences.outer_and_nested(statements)
        self.assertEqual(outer, [statements[0], statements[3]])
        self.assertEqual(nested, {0: [statements[1]], 1: [statements[2]]})


class Texts(unittest.TestCase):
    """Every file of training/sentences."""

    def test_every_document_parses_and_no_brace_is_left_in_it(self):
        for path, number, marked in documents():
            with self.subTest(file=path.name, document=number):
                text, statements = sentences.parse(marked)
                self.assertNotRegex(text, r"[{}]")
                self.assertTrue(statements)

    def test_every_statement_has_a_content(self):
        for path, number, marked in documents():
            with self.subTest(file=path.name, document=number):
                text, statements = sentences.parse(marked)
                for statement in statements:
                    shown = {role: words(text, spans) for role, spans in statement.items()}
                    self.assertTrue(statement["content"], shown)
                    self.assertTrue(all(span.strip() for spans in shown.values() for span in spans), shown)

    def test_cues_do_not_share_words(self):
        for path, number, marked in documents():
            with self.subTest(file=path.name, document=number):
                text, statements = sentences.parse(marked)
                cues = sorted(span for statement in statements for span in statement["cue"])
                for before, after in zip(cues, cues[1:]):
                    self.assertLessEqual(before[1], after[0], words(text, [before, after]))


def documents():
    for path in sorted(sentences.FOLDER.glob("*.txt")):
        for number, marked in enumerate(re.split(r"^---\s*$", path.read_text(encoding="utf-8"), flags=re.M), 1):
            if marked.strip():
                yield path, number, marked.strip() + "\n"


class QuotationMarks(unittest.TestCase):
    def check(self, text, expected):
        """`expected` draws the state of each character: . outside, i inside, < opening, > closing."""
        drawn = "".join({OUTSIDE: ".", INSIDE: "i", OPENING: "<", CLOSING: ">"}[state] for state in marks.quote_states(text))
        self.assertEqual(drawn, expected, text)

    def test_marks_of_every_style(self):
        self.check('“Go,” he said', '<iii>........')
        self.check('He said "go"', '........<ii>')
        self.check("``Go'' now", "<<ii>>....")
        self.check("«Go» now", "<ii>....")
        self.check("He said ‘go’", "........<ii>")

    def test_apostrophes_are_no_marks(self):
        self.check("The boss’s plan doesn't", "." * 23)
        self.check("‘It isn’t’ now", "<iiiiiiii>....")

    def test_a_paragraph_starts_outside(self):
        self.check("“Go\nNow.", "<ii.....")

    def test_inches_are_no_marks(self):
        self.check('a 6" pipe', "." * 9)


if __name__ == "__main__":
    unittest.main()
