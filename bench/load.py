#!/usr/bin/env python3
"""What a request to `onrecord serve` costs, how long it takes, and what becomes of it under load; Datasette on the same store beside it.

    cargo build --release -p onrecord-cli
    cargo run --release -p onrecord-store --example measure -- make 300000 /tmp/large.db
    python3 bench/load.py --binary target/release/onrecord --store /tmp/large.db [--datasette] [--soak 600 --ingest] [--seconds 10]

Each case runs twice: as fast as the server answers (requests follow each other on kept connections without waiting: requests/s, CPU of the server for each
request from /proc), and at a fixed pace (latencies from the moment a request was due, so that a server that falls behind is not spared). Then: the same
while 2,000 connections idle and 50 clients send a byte a second; and a soak of mixed requests, with articles being added meanwhile (--ingest). Prints rows of
Markdown. Datasette is installed into a virtual environment under target/, once. Standard library only; Linux.
"""

import argparse
import json
import multiprocessing
import os
import random
import resource
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import quote_plus, urlsplit

from contract import ROOT, installed, served

DATASETTE = "datasette>=0.65,<0.66"
TICK = os.sysconf("SC_CLK_TCK")
SEARCH = "select said.id, said.speaker, said.content from statements_fts join said on said.number = statements_fts.rowid where statements_fts match '{}' order by {} limit 20"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", required=True, type=Path)
    parser.add_argument("--store", required=True, type=Path, help="made by the example measure; it is copied")
    parser.add_argument("--seconds", type=float, default=10, help="of each case [default: 10]")
    parser.add_argument("--processes", type=int, default=2, help="that ask [default: 2]")
    parser.add_argument("--datasette", action="store_true", help="the same of Datasette")
    parser.add_argument("--idle", type=int, default=2000, help="connections that idle [default: 2000]")
    parser.add_argument("--soak", type=float, default=30, help="seconds of mixed requests [default: 30]")
    parser.add_argument("--pace", type=float, default=200, help="requests a second of the soak [default: 200]")
    parser.add_argument("--ingest", action="store_true", help="add articles during the soak")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    random.seed(args.seed)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with tempfile.TemporaryDirectory(prefix="onrecord-load-") as folder:
        store = Path(folder) / "store.db"
        with sqlite3.connect(args.store) as source, sqlite3.connect(store) as copy:
            source.backup(copy)
        known = samples(store)
        binary = args.binary.resolve()
        process, address = served(binary, store)
        server = Server("onrecord", process, address)
        print(HEADER)
        try:
            for case in cases(known):
                measure(server, case, args)
            crowd(server, known, args)
            soak(server, known, args, binary, store, Path(folder))
        finally:
            server.end()
        if args.datasette:
            beside(store, known, args)


HEADER = "| what | server | requests/s | CPU ms a request | paced at /s | p50 ms | p99 ms | worst ms | errors |\n| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"


class Case:
    """Paths to ask for, by turns, and the pace at which latencies are taken."""

    def __init__(self, name, paths, pace):
        self.name, self.paths, self.pace = name, paths, pace


def samples(store):
    """Permalinks and numbers of the store, the same for the same seed."""
    with sqlite3.connect(store) as connection:
        documents = [id for (id,) in connection.execute("SELECT id FROM documents ORDER BY id")]
        last, first = connection.execute("SELECT max(number), min(number) FROM statements").fetchone()
        sql = "SELECT documents.id || mark, statements.number FROM statements JOIN documents ON documents.number = document WHERE statements.number >= ? ORDER BY statements.number LIMIT 1"
        statements = [connection.execute(sql, (random.randint(first, last),)).fetchone() for _ in range(2000)]
        connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab ('main', 'statements_fts', 'row')")
        sql = "SELECT term FROM words WHERE doc BETWEEN 2 AND (SELECT count(*) / 5000 FROM statements) ORDER BY term"
        rare = [word for (word,) in connection.execute(sql) if word.isalpha()]
        rare = random.sample(rare, min(400, len(rare)))
    return {"statements": statements, "documents": random.sample(documents, min(2000, len(documents))), "rare": rare}


def cases(known):
    rare = [f"/statements.json?q={quote_plus(word)}&limit=20" for word in known["rare"]]
    broad = ["/statements.json?q=government&limit=20"]
    return [
        Case("permalink as JSON", [f"/s/{id}.json" for id, _ in known["statements"]], 1000),
        Case("selective search (2 to 60 of 300,000 rows) as JSON", [f"{path}&facets=false" for path in rare], 200),
        Case("the same with facets", rare, 200),
        Case("broad search (24 % of rows) as JSON, with facets", broad, 20),
        Case("the same as a page", ["/statements?q=government"], 20),
        Case("article as a page", [f"/articles/{id}" for id in known["documents"]], 50),
        Case("mixed", mixed(known), 200),
    ]


def mixed(known):
    permalinks, rare, broad, article = (
        [f"/s/{id}.json" for id, _ in known["statements"]],
        [f"/statements.json?q={quote_plus(word)}&limit=20" for word in known["rare"]],
        ["/statements.json?q=government&limit=20"],
        [f"/articles/{id}" for id in known["documents"]],
    )
    kinds = random.choices([permalinks, rare, article, broad], [60, 20, 15, 5], k=2000)
    return [random.choice(kind) for kind in kinds]


class Server:
    """A running server, and what the system tells of its process."""

    def __init__(self, name, process, address):
        self.name, self.process = name, process
        parts = urlsplit(address)
        self.at = (parts.hostname, parts.port)

    def cpu(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self, kind="RssAnon"):
        """In MB, its own: pages of the store that are mapped belong to the system, which takes them back when it needs them; with them, `VmRSS`."""
        with open(f"/proc/{self.process.pid}/status") as file:
            return next(int(line.split()[1]) / 1024 for line in file if line.startswith(kind))

    def files(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=30)


class Connection:
    """A kept connection; requests go out several at a time, answers are read as they come."""

    def __init__(self, at):
        self.at, self.socket, self.rest = at, None, b""

    def ask(self, paths):
        """The statuses of the answers, in their order."""
        if self.socket is None:
            self.socket, self.rest = socket.create_connection(self.at, timeout=30), b""
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(b"".join(b"GET %s HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: identity\r\n\r\n" % path for path in paths))
        try:
            return [self.answer() for _ in paths]
        except (OSError, ValueError):
            self.close()
            raise

    def answer(self):
        while (end := self.rest.find(b"\r\n\r\n")) < 0:
            self.more()
        head, self.rest = self.rest[:end].lower(), self.rest[end + 4 :]
        status = int(head[9:12])
        at = head.find(b"content-length: ")
        if at < 0:
            self.chunks()
        else:
            length = int(head[at + 16 :].split(b"\r\n", 1)[0])
            while len(self.rest) < length:
                self.more()
            self.rest = self.rest[length:]
        if b"connection: close" in head:
            self.close()
        return status

    def chunks(self):
        while True:
            while (end := self.rest.find(b"\r\n")) < 0:
                self.more()
            length = int(self.rest[:end], 16)
            while len(self.rest) < end + length + 4:
                self.more()
            self.rest = self.rest[end + length + 4 :]
            if length == 0:
                return

    def more(self):
        data = self.socket.recv(1 << 18)
        if not data:
            raise ValueError("the connection was closed")
        self.rest += data

    def close(self):
        if self.socket is not None:
            self.socket.close()
        self.socket = None


def rush(at, paths, seconds, depth, number, results):
    """Asks as fast as the server answers, `depth` requests at a time."""
    connection, asked, bad, turn = Connection(at), 0, 0, number * 997
    encoded = [path.encode() for path in paths]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        batch = [encoded[(turn + i) % len(encoded)] for i in range(depth)]
        turn += depth
        try:
            statuses = connection.ask(batch)
        except (OSError, ValueError):
            statuses = [0] * depth
        asked += depth
        bad += sum(status != 200 for status in statuses)
    results.put((asked, bad))


def pace(at, paths, seconds, rate, number, results, threads=8):
    """Asks at a fixed pace on several connections; a latency counts from when the request was due."""
    encoded, latencies, statuses, lock = [path.encode() for path in paths], [], {}, threading.Lock()
    start = time.monotonic() + 0.1

    def one(thread):
        connection, turn, mine, counted = Connection(at), number * 997 + thread * 61, [], {}
        due = start + thread / rate
        while due < start + seconds:
            time.sleep(max(0, due - time.monotonic()))
            try:
                (status,) = connection.ask([encoded[turn % len(encoded)]])
            except (OSError, ValueError):
                status = 0
            mine.append(time.monotonic() - due)
            counted[status] = counted.get(status, 0) + 1
            turn += threads
            due += threads / rate
        with lock:
            latencies.extend(mine)
            for status, count in counted.items():
                statuses[status] = statuses.get(status, 0) + count

    workers = [threading.Thread(target=one, args=(thread,)) for thread in range(threads)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    results.put((latencies, statuses))


def spread(work, processes, *arguments):
    """Runs `work` in several processes and gives what each puts into the queue."""
    results = multiprocessing.Queue()
    workers = [multiprocessing.Process(target=work, args=(*arguments, number, results)) for number in range(processes)]
    [worker.start() for worker in workers]
    found = [results.get() for _ in workers]
    [worker.join() for worker in workers]
    return found


def paced(server, paths, seconds, rate, processes):
    """Latencies in their order, and how often each status came."""
    found = spread(pace, processes, server.at, paths, seconds, rate / processes)
    latencies = sorted(latency for part, _ in found for latency in part)
    statuses = {}
    for _, part in found:
        for status, count in part.items():
            statuses[status] = statuses.get(status, 0) + count
    return latencies, statuses


def share(latencies, part):
    return 1000 * latencies[min(len(latencies) - 1, int(part * len(latencies)))] if latencies else float("nan")


def measure(server, case, args, depth=16):
    statuses = Connection(server.at).ask([case.paths[0].encode()])
    if statuses != [200]:
        print(f"| {case.name} | {server.name} | nothing measured: {case.paths[0]} answers {statuses[0]} |||||||")
        return
    before, start = server.cpu(), time.monotonic()
    found = spread(rush, args.processes, server.at, case.paths, args.seconds, depth)
    spent, took = server.cpu() - before, time.monotonic() - start
    asked, bad = sum(asked for asked, _ in found), sum(bad for _, bad in found)
    latencies, statuses = paced(server, case.paths, args.seconds, case.pace, args.processes)
    bad += sum(count for status, count in statuses.items() if status != 200)
    print(
        f"| {case.name} | {server.name} | {asked / min(took, args.seconds + 1):,.0f} | {1000 * spent / asked:.3f} | {case.pace} |"
        f" {share(latencies, 0.5):.1f} | {share(latencies, 0.99):.1f} | {share(latencies, 1):.1f} | {bad} |",
        flush=True,
    )


def crowd(server, known, args):
    """Permalinks, while many connections idle and some clients are slow."""
    path = [f"/s/{id}.json" for id, _ in known["statements"]]
    if Connection(server.at).ask([path[0].encode()]) != [200]:
        path = ["/healthz"]
    idle = [socket.create_connection(server.at, timeout=30) for _ in range(args.idle)]
    slow = [socket.create_connection(server.at, timeout=30) for _ in range(50)]
    ended = threading.Event()

    def drip():
        request = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"a" * 10000
        for at in range(len(request)):
            for one in slow:
                try:
                    one.send(request[at : at + 1])
                except OSError:
                    pass
            if ended.wait(1):
                return

    dripping = threading.Thread(target=drip)
    dripping.start()
    held = server.files()
    latencies, statuses = paced(server, path, args.seconds, 200, args.processes)
    ended.set()
    dripping.join()
    bad = sum(count for status, count in statuses.items() if status != 200)
    print(
        f"| {args.idle} connections idle, 50 slow ({held} files open, {server.memory():.0f} MB) | {server.name} | | | 200 |"
        f" {share(latencies, 0.5):.1f} | {share(latencies, 0.99):.1f} | {share(latencies, 1):.1f} | {bad} |",
        flush=True,
    )
    [one.close() for one in idle + slow]


def soak(server, known, args, binary, store, folder):
    """Mixed requests for long: errors, latencies, memory over the first and the last fifth, files at the start and at the end."""
    paths = [path for path in mixed(known) if Connection(server.at).ask([path.encode()]) == [200]]
    adding = subprocess.Popen([binary, "add", "--store", store, articles(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) if args.ingest else None
    try:
        # What is kept by design, such as pages of the store by each connection, is there before the first look.
        paced(server, paths, min(60, args.soak), args.pace, args.processes)
        files, before, start = server.files(), server.cpu(), time.monotonic()
        ended, own, resident = threading.Event(), [], []

        def watch():
            while not ended.wait(min(5, args.soak / 20)):
                own.append(server.memory())
                resident.append(server.memory("VmRSS"))

        watching = threading.Thread(target=watch)
        watching.start()
        latencies, statuses = paced(server, paths, args.soak, args.pace, args.processes)
        ended.set()
        watching.join()
        was_adding = adding is not None and adding.poll() is None
    finally:
        if adding is not None:
            adding.terminate()
            adding.wait(timeout=60)
    bad = sum(count for status, count in statuses.items() if status != 200)
    failed = {status or "cut off": count for status, count in statuses.items() if status >= 500 or status == 0}
    spent, took = server.cpu() - before, time.monotonic() - start
    print(
        f"| {args.soak:.0f} s of mixed requests{' while articles are added' if adding else ''}: {failed or 'none'} of them 5xx or cut off;"
        f" memory {growth(resident)}, its own part {growth(own)}, at most {max(own):.1f}; files {files} → {server.files()} | {server.name} |"
        f" {len(latencies) / took:,.0f} | {1000 * spent / max(1, len(latencies)):.3f} | {args.pace:.0f} |"
        f" {share(latencies, 0.5):.1f} | {share(latencies, 0.99):.1f} | {share(latencies, 1):.1f} | {bad} |",
        flush=True,
    )
    if adding and not was_adding:
        print("\nThe articles were all added before the soak ended: the last part of it had no ingest beside it.")


def growth(samples):
    """The mean of the first fifth and of the last: one answer more or less in the making is no growth."""
    fifth = max(1, len(samples) // 5)
    first, last = sum(samples[:fifth]) / fifth, sum(samples[-fifth:]) / fifth
    return f"{first:.1f} → {last:.1f} MB ({100 * (last / first - 1):+.1f} %)"


def articles(folder):
    """A file of more articles than are read in any soak, none of which is in the store."""
    path = folder / "more.jsonl"
    texts = [text.read_text(encoding="utf-8") for text in sorted((ROOT / "examples").glob("*/article.txt"))]
    with open(path, "w", encoding="utf-8") as file:
        for number in range(20000):
            text = f"{texts[number % len(texts)]}\n\nEdition {number}.\n"
            file.write(json.dumps({"id": f"soak-{number}", "text": text, "outlet": f"Paper {number % 9}", "published_at": "2026-03-11"}) + "\n")
    return path


def beside(store, known, args):
    """Datasette over a copy of the store: the row of a statement, the same searches as SQL, the page of a search."""
    copy = store.with_name("datasette.db")
    shutil.copy(store, copy)
    with sqlite3.connect(copy) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    program = installed(ROOT / "target" / "datasette", DATASETTE) / "datasette"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [program, "serve", "--immutable", copy, "--port", str(port), "--setting", "suggest_facets", "off"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = Server("Datasette", process, f"http://127.0.0.1:{port}/")
    for _ in range(200):
        try:
            Connection(server.at).ask([b"/-/versions.json"])
            break
        except OSError:
            time.sleep(0.1)
    sql = lambda word, order: "/datasette.json?_shape=array&sql=" + quote_plus(SEARCH.format(word, order))
    try:
        for case in [
            Case("row as JSON", [f"/datasette/statements/{number}.json" for _, number in known["statements"]], 100),
            Case("selective search as SQL, JSON, without facets", [sql(word, "rank") for word in known["rare"]], 20),
            Case("broad search as SQL, JSON, ranked, without facets", [sql("government", "rank")], 2),
            Case("search of articles as JSON", [f"/datasette/documents.json?_search={word}&_size=20" for word in known["rare"]], 10),
            Case("search of articles as a page", ["/datasette/documents?_search=government&_size=20"], 2),
            Case("article as a page", [f"/datasette/documents/{number}" for number in numbers(copy)], 10),
        ]:
            # It answers requests on one connection one after the other all the same.
            measure(server, case, args, depth=1)
    finally:
        server.end()


def numbers(store):
    with sqlite3.connect(store) as connection:
        found = [number for (number,) in connection.execute("SELECT number FROM documents ORDER BY number")]
    return random.sample(found, min(500, len(found)))


if __name__ == "__main__":
    main()
