#!/usr/bin/env python3
"""Holds `onrecord serve` to its own description: schemathesis makes requests from /openapi.json and checks every answer against it.

    cargo build -p onrecord-cli --features onrecord-cli/failpoints
    python3 bench/contract.py --binary target/debug/onrecord [--examples 50] [--seed 1]

The store has the articles of examples/, read by the quick stand-in where the build has it (`failpoints`), else by the model. Schemathesis is installed into
a virtual environment under target/, once; afterwards no network is needed. Exit code: 0 without a finding, else that of schemathesis.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
# What is too large is refused as such (413), which the tester does not take for a refusal of its own accord.
SETTINGS = """[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 406, 413, 415, 429, "5xx"]
"""
TESTER = "schemathesis>=4.32,<5"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", required=True, type=Path)
    parser.add_argument("--examples", type=int, default=50, help="requests of each kind for each address [default: 50]")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("more", nargs="*", help="handed to schemathesis")
    args = parser.parse_args()
    binary = args.binary.resolve()
    tester = installed(ROOT / "target" / "contract", TESTER) / "schemathesis"
    with tempfile.TemporaryDirectory(prefix="onrecord-contract-") as folder:
        store = Path(folder) / "examples.db"
        stand_in = os.environ | {"ONRECORD_QUICK_READER": "1"}
        articles = sorted((ROOT / "examples").glob("*/article.txt"))
        subprocess.run([binary, "add", "--store", store, "--date", "2026-03-11", *articles], env=stand_in, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        server, address = served(binary, store, env=stand_in)
        try:
            (Path(folder) / "schemathesis.toml").write_text(SETTINGS + permalinks(address), encoding="utf-8")
            command = [tester, "run", f"{address}openapi.json", "--checks", "all", "--max-examples", str(args.examples), "--seed", str(args.seed)]
            command += ["--exclude-path", "/ingest/events", "--phases", "examples,coverage,fuzzing", "--generation-database", "none", *args.more]
            code = subprocess.run(command, cwd=folder).returncode
        finally:
            server.terminate()
            server.wait(timeout=20)
    sys.exit(code)


def permalinks(address):
    """Settings by which the tester asks for items that are there."""
    hit = json.load(urlopen(f"{address}statements.json?limit=1", timeout=30))["rows"][0]
    subject = json.load(urlopen(f"{address}speakers.json?limit=1", timeout=30))["rows"][0]["id"]
    there = {"/s/": hit["id"], "/d/": hit["document"]["id"], "/articles/": hit["document"]["id"], "/e/": subject, "/speakers/": subject}
    return "".join(f'\n[[operations]]\ninclude-path-regex = "^{path}"\nparameters = {{ id = "{id}" }}\n' for path, id in there.items())


def installed(venv, package):
    """The folder of programs of a virtual environment with `package` in it."""
    programs = venv / "bin"
    stamp = venv / "installed"
    if not stamp.exists() or stamp.read_text() != package:
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([programs / "python", "-m", "pip", "install", "--quiet", package], check=True)
        stamp.write_text(package)
    return programs


def served(binary, store, *more, env=None):
    """A server over a store, and its address."""
    server = subprocess.Popen([binary, "serve", store, "--port", "0", *more], stdout=subprocess.PIPE, text=True, env=env)
    line = server.stdout.readline().strip()
    if not re.fullmatch(r"http://[^ ]+/", line):
        sys.exit(f"the server did not start: {line!r}")
    return server, line


if __name__ == "__main__":
    main()
