#!/usr/bin/env python3
"""Invented news articles for benchmarks, as JSON lines on standard output.

    python3 bench/corpus/make.py --articles 1000 --words 600 --seed 1 > corpus.jsonl
    python3 bench/corpus/make.py --single-bytes 5000000 --seed 1 > huge.jsonl

Reads sentences.tsv beside it; writes one object a line: {"id", "text", "published_at"}. The text has the length, the sentence lengths,
the share of quotations and the density of statements of real news (about 20 in 600 words), and none of its meaning: good for speed and
memory, useless for measuring how well statements are found. Article i of a seed is the same in a corpus of any size. No clock, no
network, Python 3.9 or later, standard library only.
"""

import argparse
import datetime
import json
import random
import re
import sys
from pathlib import Path

SENTENCES = Path(__file__).with_name("sentences.tsv")
FIRST_DAY = datetime.date(2026, 1, 1)
HALF_PARAGRAPH = 20  # words: an article ends with a whole paragraph, as often above the wanted length as below it

# (regions, places, first names women, first names men, last names): people are put together at random and are nobody.
WORLD = [
    ("northern Portugal|the Douro valley", "Porto|Braga|Vila Real|Bragança", "Inês|Beatriz|Lúcia", "Tomé|Duarte|Álvaro",
     "Carvalhais|Mesquita|Tavorela|Brandoso|Quintanilho"),
    ("western Kenya|the Rift Valley", "Kisumu|Nakuru|Eldoret|Kericho", "Achieng|Wanjiru|Naliaka", "Otieno|Kiprono|Barasa",
     "Okumbe|Ndirangi|Chelimor|Wafukho|Muthamia"),
    ("central Ohio|the Ohio valley", "Columbus|Dayton|Marietta|Zanesville", "Darlene|Keisha|Marguerite", "Curtis|Leonard|Travis",
     "Hollenbeck|Pruittson|Abernathy-Cole|Vasquez|Stottlemyer"),
    ("southern Poland|Lower Silesia", "Wrocław|Katowice|Opole|Nysa", "Małgorzata|Zuzanna|Halina", "Paweł|Grzegorz|Łukasz",
     "Wielgoszak|Brzezina|Kołodko|Zalewiak|Szczypior"),
    ("the north of England|West Yorkshire", "Leeds|Bradford|Halifax|Hull", "Shabnam|Philippa|Dilys", "Alastair|Gareth|Imran",
     "Ackersley|Thwaitely|Mirpuri|Oldroyd-Penn|Castlemain"),
    ("eastern Turkey|the upper Euphrates", "Erzincan|Malatya|Elazığ|Tunceli", "Ayşegül|Nurcan|Zeliha", "Cemal|Tarık|Özgür",
     "Karadağlı|Yıldızhan|Demirkol|Akbulutlu|Soylugil"),
    ("southern Chile|the Lake District of Chile", "Temuco|Valdivia|Osorno|Puerto Montt", "Ximena|Rocío|Pilar", "Fermín|Joaquín|Ramiro",
     "Huenchullán|Barrientoz|Arancibio|Riquelmez|Ñancupe"),
    ("southern Vietnam|the Mekong delta", "Can Tho|Long Xuyen|My Tho|Soc Trang", "Thi Huong|Thi Mai|Thi Lan", "Van Duc|Quoc Bao|Minh Tri",
     "Nguyen|Tran|Pham|Huynh|Vo"),
]
ROLES = {
    "strike": "union leader|transport minister|head of operations|passengers’ advocate|mediator",
    "flood": "provincial governor|fire chief|hydrologist|shopkeeper|deputy interior minister",
    "budget": "finance minister|opposition lawmaker|economist|hospital director|budget committee chair",
    "election": "opposition candidate|election commissioner|party official|observer|retired teacher",
    "trial": "prosecutor|defence lawyer|former cashier|presiding judge|chief investigator",
    "border": "army spokesman|foreign minister|Western diplomat|farmer|retired general",
    "merger": "chief executive|finance chief|union official|fund manager|analyst",
    "outbreak": "chief medical officer|ward nurse|epidemiologist|health minister|factory manager",
}
UNNAMED = ("an official briefed on the matter|two people familiar with the talks|a senior aide, who asked not to be named,|residents|"
           "local media|a person close to the ministry|officials|a government spokeswoman|witnesses|critics")
COMPANY = ("Harrowgate|Belmonde|Kestrel|Norvale|Tideway|Ostrava Line|Candela|Meridian Cross", "Rail|Holdings|Foods|Works|Partners|Group")
# "said" as often as in news: a word stands once for each time it is to come up.
DIRECT = "said|said|said|said|said|said|added|replied|told reporters|warned|recalled|wrote|insisted|joked"
INDIRECT = "said|said|said|said|said|said|told reporters|claimed|argued|insisted|acknowledged|denied|warned|added|noted|conceded|believed"
NESTING = "said|said|said|claimed|told reporters|acknowledged"
NESTED = "said|had said|had told parliament|warned|had assured the council|believed|had denied"
PLAN = "promised|pledged|vowed|declined|refused|offered|agreed|threatened not"
STYLES = [("straight", 3), ("curly", 5), ("single", 2)]
# What a paragraph is made of, and how often: quotations, clauses, plans, nested statements, facts, a fragment quoted in a clause.
PARAGRAPHS = [("quote more", 6), ("quote", 4), ("quote more more", 1), ("said", 7), ("said quote", 6), ("fact", 3), ("said fact", 5),
              ("fact said", 5), ("mixed", 5), ("mixed fact", 2), ("nested", 5), ("plan fact", 2), ("plan", 3), ("fact fact", 1)]


def main():
    args = arguments()
    sentences = read_sentences(SENTENCES)
    try:
        if args.single_bytes:
            write(Article(args.seed, 0, sentences).until(args.single_bytes, bytes_of))
            return
        for index in range(args.articles):
            write(Article(args.seed, index, sentences).until(args.words - HALF_PARAGRAPH, words_of))
    except BrokenPipeError:
        sys.stderr.close()


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=int, default=1000, metavar="N", help="how many articles (default 1000)")
    parser.add_argument("--words", type=int, default=600, metavar="N", help="words in an article, about (default 600)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed, another corpus (default 1)")
    parser.add_argument("--single-bytes", type=int, metavar="N",
                        help="one article of at least N bytes of UTF-8 text, up to the end of its paragraph")
    return parser.parse_args()


def words_of(paragraph):
    return len(paragraph.split())


def bytes_of(paragraph):
    return len(paragraph.encode()) + len("\n\n")


def write(article):
    sys.stdout.buffer.write(json.dumps(article, ensure_ascii=False).encode() + b"\n")


def read_sentences(path):
    """Returns {(topic, kind): [sentence]}, "any" under every topic, in the order of the file; clauses with «» have the kind "mixed"."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")][1:]
    table = {}
    for topic in ROLES:
        for row_topic, kind, sentence in rows:
            if row_topic in (topic, "any"):
                kind = "mixed" if kind == "said" and "«" in sentence else kind
                table.setdefault((topic, kind), []).append(sentence)
    return table


class Article:
    """One article in the making: a topic, a place, five people and a way of printing quotation marks."""

    def __init__(self, seed, index, sentences):
        # A string seeds the generator the same way on every platform and in every version since 3.2.
        self.random = random.Random(f"onrecord {seed} {index}")
        self.id = f"bench-{seed}-{index:06}"
        self.topic = self.random.choice(sorted(ROLES))
        self.style = self.weighted(STYLES)
        self.date = FIRST_DAY + datetime.timedelta(days=self.random.randrange(365))
        regions, self.places, women, men, last = self.random.choice(WORLD)
        self.region = self.pick(regions)
        self.company = f"{self.pick(COMPANY[0])} {self.pick(COMPANY[1])}"
        self.people = self.cast(women.split("|"), men.split("|"), last.split("|"))
        self.speaker = None
        self.sentences = sentences
        self.stock = {}

    def until(self, size, measure):
        """Adds paragraphs until `measure` of them comes to `size`."""
        paragraphs = [self.print_marks(self.fill(self.take("lead")))]
        done = measure(paragraphs[0])
        while done < size:
            paragraphs.append(self.print_marks(self.paragraph(self.weighted(PARAGRAPHS))))
            done += measure(paragraphs[-1])
        return {"id": self.id, "text": "\n\n".join(paragraphs) + "\n", "published_at": self.date.isoformat()}

    def paragraph(self, parts):
        text = " ".join(getattr(self, part)() for part in parts.split())
        return text.replace(".» «", ". ")  # a quotation that goes on keeps its marks open

    def quote(self):
        head, _, tail = self.fill(self.take("quote")).partition("|")
        source, verb = self.source(), self.pick(DIRECT)
        if tail and self.random.random() < 0.7:
            return tidy(f"«{head},» {source} {verb}{self.where(0.3)}, «{tail}.»")
        whole = f"{head}, {tail}" if tail else head
        form = self.random.random()
        if form < 0.15:
            return tidy(f"{self.opening(0.5)}{source} {verb}: «{whole}.»")
        if form < 0.3 and verb == "said" and source not in ("he", "she"):
            return tidy(f"«{whole},» said {source}.")
        return tidy(f"«{whole},» {source} {verb}{self.where(0.5)}.")

    def more(self):
        return f"«{self.fill(self.take('quote')).replace('|', ', ')}.»"

    def said(self, kind="said"):
        clause = self.fill(self.take(kind))
        source, form = self.source(), self.random.random()
        if form < 0.1:
            return tidy(f"According to {objective(source)}, {clause}.")
        if form < 0.2:
            return tidy(f"{clause}, {source} said{self.where(0.7)}.")
        if self.random.random() < 0.5:
            clause += f" and that {self.fill(self.take('said'))}"
        opening = self.opening(0.25)
        where = "" if opening else self.where(0.3)
        return tidy(f"{opening}{source} {self.pick(INDIRECT)}{where} that {clause}.")

    def mixed(self):
        return self.said("mixed")

    def nested(self):
        outer, inner = self.source(), self.someone_else()
        self.speaker = None
        clause = self.fill(self.take("said"))
        return tidy(f"{self.opening(0.2)}{outer} {self.pick(NESTING)} that {inner} {self.pick(NESTED)} that {clause}.")

    def plan(self):
        return tidy(f"{self.opening(0.4)}{self.source()} {self.pick(PLAN)} to {self.fill(self.take('plan'))}.")

    def fact(self):
        self.speaker = None
        return self.fill(self.take("fact"))

    def where(self, chance):
        return " " + self.fill(self.take("where")) if self.random.random() < chance else ""

    def opening(self, chance):
        return self.fill(self.take("opening")) + ", " if self.random.random() < chance else ""

    # People

    def cast(self, women, men, last):
        people = []
        surnames = self.random.sample(last, len(last))
        for role, surname in zip(ROLES[self.topic].split("|"), surnames):
            woman = self.random.random() < 0.45
            first = self.random.choice(women if woman else men)
            people.append({"full": f"{first} {surname}", "last": surname, "role": role, "pronoun": "she" if woman else "he", "seen": False})
        return people

    def source(self):
        """Names who speaks: in full with the role at first, then by surname, by pronoun where the same person goes on; or no name."""
        if self.speaker and self.random.random() < 0.6:
            return self.speaker["pronoun"]
        if self.random.random() < 0.2:
            self.speaker = None
            return self.pick(UNNAMED)
        self.speaker = self.random.choice(self.people)
        return self.name(self.speaker)

    def someone_else(self):
        return self.name(self.random.choice([person for person in self.people if person is not self.speaker]))

    def name(self, person):
        """The name, with a comma after an apposition: `tidy` takes it away where the sentence goes on with another mark."""
        if person["seen"] and self.random.random() < 0.93:
            return person["last"]
        person["seen"] = True
        form = self.random.random()
        if form < 0.4:
            return f"{person['full']}, the {person['role']}, {self.fill(self.take('who'))},"
        if form < 0.7:
            return f"the {person['role']}, {person['full']},"
        return f"{person['full']}, {self.random.randrange(24, 80)}, {article(person['role'])},"

    # Words and numbers

    def take(self, kind):
        """Deals the sentences of a kind like cards: each once, in random order, before any comes again."""
        if not self.stock.get(kind):
            sentences = self.sentences[self.topic, kind]
            self.stock[kind] = self.random.sample(sentences, len(sentences))
        return self.stock[kind].pop()

    def fill(self, sentence):
        return re.sub(r"\{(\w+)\}", lambda slot: self.value(slot[1]), sentence)

    def value(self, slot):
        number = self.random.randrange
        if slot == "day":
            return (self.date - datetime.timedelta(days=number(6))).strftime("%A")
        if slot == "month":
            return datetime.date(2026, number(12) + 1, 1).strftime("%B")
        return {
            "place": lambda: self.pick(self.places),
            "region": lambda: self.region,
            "org": lambda: self.company,
            "year": lambda: str(number(1978, 2024)),
            "year2": lambda: str(number(2027, 2035)),
            "n": lambda: str(number(11, 420)),
            "few": lambda: self.pick("two|three|four|five|six|seven|eight|nine"),
            "big": lambda: f"{number(11, 900) * 100:,}",
            "pct": lambda: f"{number(3, 240) / 10} percent",
            "money": lambda: f"${number(11, 99) / 10} {self.pick('million|million|billion')}",
        }[slot]()

    def pick(self, choices):
        return self.random.choice(choices.split("|"))

    def weighted(self, pairs):
        return self.random.choices([item for item, _ in pairs], [weight for _, weight in pairs])[0]

    def print_marks(self, text):
        """Puts this article's quotation marks and apostrophes for «, » and ’."""
        if self.style == "single":
            text = re.sub(r"(?<=\w)»([.,])", r"’\1", text)
            return text.replace("«", "‘").replace("»", "’")
        text = re.sub(r"(?<=\w)»([.,])", r"\1»", text)
        if self.style == "straight":
            return text.replace("«", '"').replace("»", '"').replace("’", "'")
        return text.replace("«", "“").replace("»", "”")


def tidy(sentence):
    sentence = re.sub(",+([,.:])", r"\1", sentence)
    return sentence[:1].upper() + sentence[1:]


def objective(source):
    return {"he": "him", "she": "her"}.get(source, source)


def article(role):
    return ("an " if role[0] in "aeiou" else "a ") + role


if __name__ == "__main__":
    main()
