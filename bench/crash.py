#!/usr/bin/env python3
"""Kills `onrecord add`, `watch`, `reread` and `correct` and looks at what is left: nothing that was told as kept may be lost, doubled or broken.

    cargo build -p onrecord-cli --features onrecord-cli/failpoints
    python3 bench/crash.py --binary target/debug/onrecord [--kills 30] [--long]

Three ways to die: SIGKILL at a random moment; an abort, an error of the disk or a full disk at each named place of the program; a limit of the
system on the size of files, which SQLite meets as a disk that is full. After each: SQLite's integrity check and that of its full-text indexes, the
counts of the job against the rows and against what the program had told, and, once the same command has gone on to its end, every record of the store,
byte for byte those of a run that nobody disturbed. --long: 300 kills and each place at several moments. The reader model is replaced by a quick stand-in
(a build with `failpoints` has it); everything else is the program as it is. Standard library only; Linux.
"""

import argparse
import http.server
import json
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAMES = ["Ada Holm", "Jon Reed", "Mira Castell", "Per Lund", "Ines Varga", "Tom Okoro"]
WORDS = "quay ferry harbour council budget storm bridge school market hospital union strike vote court water".split()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", required=True, type=Path, help="a build with the feature failpoints")
    parser.add_argument("--kills", type=int, help="how many kills [default: 30; 300 with --long]")
    parser.add_argument("--long", action="store_true", help="300 kills, and each place at several moments")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    random.seed(args.seed)
    began = time.time()
    with tempfile.TemporaryDirectory(prefix="onrecord-crash-") as folder:
        desk = Desk(args.binary.resolve(), Path(folder))
        kills = args.kills or (300 if args.long else 30)
        killed, halfway = kill_at_random(desk, kills)
        places, died = fail_at_places(desk, 3 if args.long else 1)
        limited = fill_the_disk(desk, 30 if args.long else 4)
    print(f"{killed} kills ({halfway} with a part kept), {died} failures at {places} places, {limited} full disks: nothing lost, nothing doubled, nothing broken; {time.time() - began:.0f} s")


class Desk:
    """The program, articles to read, and what a run that nobody disturbs makes of them."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        self.long, self.short = folder / "long", folder / "short"
        write_articles(self.long, 400)
        write_articles(self.short, 100)
        self.log = folder / "corrections.jsonl"
        self.web = serve_feed(12)
        self.expected, self.passes = {}, {}
        for name, source in (("long", self.long), ("short", self.short)):
            store = folder / f"{name}-expected.db"
            self.must(self.run(self.add(store, source)))
            self.passes[name] = self.passed()
            self.expected[name] = self.records(store)
            if name == "short":
                self.write_log(store)
                self.expected["corrected"] = self.records(store)
                again = copied(self, "short-plain.db")
                self.passed()
                self.must(self.run(self.replay(again)))
                self.passes["corrected"] = self.passed()
                self.must(self.run(self.reread(store), reader="2"))
                self.passes["reread"] = self.passed()
                self.expected["reread"] = self.records(store)
            self.sound(store)
        store = folder / "watched-expected.db"
        self.must(self.run(self.watch(store)))
        self.passes["watched"] = self.passed()
        self.expected["watched"] = self.records(store)

    def passed(self):
        """The places that were passed since this was last asked."""
        log = self.folder / "passed"
        names = set(log.read_text().split()) if log.exists() else set()
        log.unlink(missing_ok=True)
        return names

    def add(self, store, source):
        return ["add", "--store", store, "--progress", "json", source]

    def watch(self, store):
        return ["watch", "--store", store, "--once", "--progress", "json", f"http://{self.web}/feed"]

    def reread(self, store):
        return ["reread", "--store", store, "--progress", "json"]

    def replay(self, store):
        return ["correct", "--store", store, "replay", self.log]

    def environment(self, reader="1", fail=None):
        log = self.folder / "passed"
        more = {"ONRECORD_QUICK_READER": reader, "ONRECORD_FAIL_LOG": str(log), "ONRECORD_FETCH_ALLOW": self.web, "ONRECORD_FETCH_PAUSE_SECONDS": "0"} | ({"ONRECORD_FAIL": fail} if fail else {})
        return os.environ | more

    def start(self, command, reader="1", fail=None, **more):
        return subprocess.Popen([self.binary, *command], env=self.environment(reader, fail), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)

    def run(self, command, reader="1", fail=None, **more):
        program = self.start(command, reader, fail, **more)
        out, told = program.communicate(timeout=300)
        return program.returncode, out, told

    def must(self, result):
        # Some lines of the articles cannot be read, so a run that did its work ends with 1.
        if result[0] not in (0, 1):
            sys.exit(f"a run that nobody disturbed failed ({result[0]}): {result[2][-500:]}")

    def records(self, store):
        code, out, told = self.run(["records", "--store", store])
        if code != 0:
            sys.exit(f"the records cannot be read ({code}): {told[-500:]}")
        return out

    def write_log(self, store):
        """Corrections of every kind, made one by one by the program itself."""
        with sqlite3.connect(store) as connection:
            items = [row[0] for row in connection.execute("SELECT id FROM said ORDER BY number LIMIT 24")]
            subjects = [row[0] for row in connection.execute("SELECT id FROM subjects ORDER BY id LIMIT 2")]
        made = []
        for at, item in enumerate(items):
            what = [["accept", item], ["reject", item], ["attribute", item, "--to", "Nell Farrow"], ["edit", item, "--content", "0-9"]][at % 4]
            made.append(self.correct(store, what))
        self.correct(store, ["merge", subjects[0], subjects[1]])
        self.correct(store, ["undo", made[0]])
        self.correct(store, ["split", subjects[1]])
        code, out, told = self.run(["correct", "--store", store, "log"])
        self.log.write_text(out, encoding="utf-8")

    def correct(self, store, what):
        code, out, told = self.run(["correct", "--store", store, "--who", "desk", *what])
        if code != 0:
            sys.exit(f"{what}: {told}")
        return out.strip()

    def sound(self, store):
        """SQLite's own checks, and the job's counts against the rows."""
        connection = sqlite3.connect(store)
        try:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok":
                sys.exit(f"{store}: {found}")
            for table in ("documents", "statements", "events"):
                connection.execute(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)")
            connection.rollback()
            rows = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
            added = connection.execute("SELECT coalesce(sum(added), 0) FROM jobs WHERE kind = 'add'").fetchone()[0]
            documents = connection.execute("SELECT coalesce(sum(documents), 0) FROM jobs WHERE kind = 'add'").fetchone()[0]
            # A job that was finished begins to count anew when its command is given again.
            if documents and rows != added:
                sys.exit(f"{store}: {rows} documents, but the job counts {added}")
            return documents, rows
        finally:
            connection.close()


def write_articles(folder, count):
    """Text files, JSON lines with some that are broken, the same text twice, pages: what a folder of news holds."""
    (folder / "pages").mkdir(parents=True)
    chance = random.Random(count)
    lines = []
    for number in range(count):
        who, day = chance.choice(NAMES), f"2026-03-{1 + number % 28:02}"
        paragraphs = [f"{who if at == 0 else chance.choice(NAMES)} said the {' '.join(chance.choices(WORDS, k=9))} is {number}." for at in range(5)]
        text = "\n".join(paragraphs)
        if number % 10 == 0:
            (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")
        elif number % 25 == 1:
            body = "".join(f"<p>{paragraph} {' '.join(chance.choices(WORDS, k=30))}.</p>" for paragraph in paragraphs)
            page = f"<!DOCTYPE html><html lang=en><head><title>{who} speaks</title></head><body><article><h1>{who} speaks</h1>{body}</article></body></html>"
            (folder / "pages" / f"{number:04}.html").write_text(page, encoding="utf-8")
        else:
            lines.append(json.dumps({"id": f"n{number}", "text": text, "published_at": day, "url": f"https://harbour.example/{number}", "outlet": "Harbour Post"}))
        if number % 40 == 7:
            lines += ["{broken", lines[-1].replace("harbour.example", "gazette.example")]
    half = len(lines) // 2
    (folder / "first.jsonl").write_text("\n".join(lines[:half]) + "\n", encoding="utf-8")
    (folder / "second.jsonl").write_text("\n".join(lines[half:]) + "\n", encoding="utf-8")
    elsewhere = [line.replace("harbour.example", "again.example") for line in lines[:10]]
    (folder / "third.jsonl").write_text("\n".join(elsewhere) + "\n", encoding="utf-8")


def serve_feed(count):
    """A feed with links to so many pages, on a port of 127.0.0.1; gives the address."""
    pages = {}

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = pages.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "application/rss+xml" if self.path == "/feed" else "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    address = f"127.0.0.1:{server.server_address[1]}"
    for number in range(count):
        body = "".join(f"<p>{who} said that the {' '.join(WORDS[at:at + 9])} of quay {number} would be looked at.</p>" for at, who in enumerate(NAMES))
        pages[f"/{number}"] = f"<html lang=en><head><title>Quay {number}</title></head><body><article><h1>Quay {number}</h1>{body}</article></body></html>"
    entries = "".join(f"<item><guid>{number}</guid><link>http://{address}/{number}</link></item>" for number in range(count))
    pages["/feed"] = f"<rss><channel><title>Harbour Post</title>{entries}</channel></rss>"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return address


def told_as_kept(told):
    """What the last whole line of progress promised."""
    kept = 0
    for line in told.split("\n")[:-1]:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if event.get("type") in ("progress", "end"):
            kept = event["documents"]
    return kept


def kill_at_random(desk, kills):
    """Kills runs at random moments, up to three in a row on the same store, and lets the last go on to its end."""
    began = time.time()
    store = desk.folder / "kill.db"
    desk.must(desk.run(desk.add(store, desk.long)))
    whole = time.time() - began
    done = halfway = 0
    while done < kills:
        remove(store)
        kept = 0
        for _ in range(min(3, kills - done)):
            program = desk.start(desk.add(store, desk.long))
            time.sleep(random.uniform(0, whole))
            program.send_signal(signal.SIGKILL)
            _, told = program.communicate()
            done += 1
            if '"state":"finished"' in told:
                break  # too late: the next run would begin anew
            kept = max(kept, told_as_kept(told))
            halfway += kept > 0
            if store.exists():
                counted, _ = desk.sound(store)
                if counted < kept:
                    sys.exit(f"{kept} documents were told as kept, {counted} are there")
        finish(desk, store, desk.add(store, desk.long), "long")
    corrections, some = kill_corrections(desk, max(3, kills // 5))
    return done + corrections, halfway + some


def kill_corrections(desk, kills):
    whole, halfway = None, 0
    for _ in range(kills):
        store = copied(desk, "short-plain.db")
        if whole is None:
            began = time.time()
            desk.must(desk.run(desk.replay(store)))
            whole, store = time.time() - began, copied(desk, "short-plain.db")
        program = desk.start(desk.replay(store))
        time.sleep(random.uniform(0, whole))
        program.send_signal(signal.SIGKILL)
        out, _ = program.communicate()
        desk.sound(store)
        with sqlite3.connect(store) as connection:
            there = {row[0] for row in connection.execute("SELECT id FROM corrections")}
        halfway += 0 < len(there) < len(desk.log.read_text(encoding="utf-8").splitlines())
        lost = [entry for entry in out.split("\n")[:-1] if entry not in there]
        if lost:
            sys.exit(f"corrections were told as kept and are not there: {lost}")
        finish(desk, store, desk.replay(store), "corrected")
    return kills, halfway


def fail_at_places(desk, moments):
    """Each named place × abort, error of the disk, full disk, in a command that passes it."""
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("crates/*/src/**/*.rs")))
    places = sorted(set(re.findall(r'\bfault\("([a-z_/]+)"\)', sources)))
    died, missed = 0, []
    for place in places:
        scene = next((scene for scene in ("short", "corrected", "reread", "watched") if place in desk.passes[scene]), None)
        for how in ("abort", "eio", "enospc"):
            hits = [scene and (fail_once(desk, scene, place, how, moment) or fail_once(desk, scene, place, how, 1)) for moment in random.sample(range(1, 12), moments)]
            died += len(hits)
            if not all(hits):
                missed.append(f"{place}={how}")
    if missed:
        sys.exit(f"no run failed at {', '.join(missed)}")
    return len(places), died


def fail_once(desk, scene, place, how, moment):
    """Fails a command at a place, lets it go on, looks at all records; False where it does not pass the place as often."""
    reader = "2" if scene == "reread" else "1"
    if scene in ("short", "watched"):
        store = desk.folder / "fail.db"
        remove(store)
        command = desk.add(store, desk.short) if scene == "short" else desk.watch(store)
    else:
        store = copied(desk, "short-plain.db" if scene == "corrected" else "short-corrected.db")
        command = desk.replay(store) if scene == "corrected" else desk.reread(store)
    code, out, told = desk.run(command, reader, f"{place}={how}@{moment}")
    if not (code < 0 if how == "abort" else code in (1, 2) and "sqlite" in told):
        return False
    if store.exists():
        desk.sound(store)
    finish(desk, store, command, scene, reader)
    return True


def fill_the_disk(desk, times):
    """A limit on the size of files: the store cannot grow past it."""
    size = (desk.folder / "long-expected.db").stat().st_size
    for _ in range(times):
        store = desk.folder / "full.db"
        remove(store)
        limit = random.randrange(100_000, size)

        def limited():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        code, out, told = desk.run(desk.add(store, desk.long), preexec_fn=limited)
        if code not in (0, 1, 2):
            sys.exit(f"a full disk ended the program with {code}: {told[-500:]}")
        if store.exists():
            counted, _ = desk.sound(store)
            if counted < told_as_kept(told):
                sys.exit(f"{told_as_kept(told)} documents were told as kept on a full disk, {counted} are there")
        finish(desk, store, desk.add(store, desk.long), "long")
    return times


def finish(desk, store, command, name, reader="1"):
    """Lets the same command go on to its end; all records must be those of a run that nobody disturbed."""
    desk.must(desk.run(command, reader))
    desk.sound(store)
    if desk.records(store) != desk.expected[name]:
        keep = Path(tempfile.gettempdir()) / "onrecord-crash-failed.db"
        shutil.copy(store, keep)
        sys.exit(f"{name}: after going on, the records are not those of an undisturbed run; the store is kept as {keep}")


def copied(desk, name):
    """A copy of a store that is made once: of the short folder, plain or with its corrections."""
    plain = desk.folder / name
    if not plain.exists():
        desk.must(desk.run(desk.add(plain, desk.short)))
        if "corrected" in name:
            desk.must(desk.run(desk.replay(plain)))
    copy = desk.folder / "copy.db"
    remove(copy)
    with sqlite3.connect(plain) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    return copy


def remove(store):
    for end in ("", "-wal", "-shm", "-journal"):
        Path(f"{store}{end}").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
