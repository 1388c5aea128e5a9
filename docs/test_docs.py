"""Tests that what the documentation says is there, and that its commands run: python3 -m unittest discover -s docs.

ONRECORD names the program; without it the commands are not tried, which is said.
"""

import contextlib
import os
import re
import sqlite3
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(page for pattern in ("*.md", "*/*.md", "crates/*/*.md", "crates/*/*/*.md") for page in ROOT.glob(pattern))


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), flags=re.M | re.S)


class Documentation(unittest.TestCase):
    def test_links_lead_somewhere(self):
        for page in PAGES:
            for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
                with self.subTest(page=page.name, target=target):
                    self.assertTrue((page.parent / target).exists())

    def test_every_target_of_make_that_is_named_exists(self):
        targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M))
        for page in PAGES:
            text = page.read_text(encoding="utf-8")
            for target in re.findall(r"(?:^|`)make ([a-z-]+)", text, flags=re.M):
                with self.subTest(page=page.name, target=target):
                    self.assertIn(target, targets)

    def test_the_tree_of_the_architecture_is_that_of_the_disk(self):
        (tree,) = blocks(ROOT / "ARCHITECTURE.md", "tree")
        folders, entries = [], set()
        for line in filter(str.strip, tree.splitlines()):
            depth, name = (len(line) - len(line.lstrip())) // 2, line.split()[0]
            folders = folders[:depth] + [name]
            entries.add("".join(folders))
        for entry in entries:
            with self.subTest(entry=entry):
                self.assertTrue((ROOT / entry).exists())
        engine = "crates/onrecord/src/"
        stages = {f"{engine}{path.name}/" for path in (ROOT / engine).iterdir() if path.is_dir()}
        self.assertLessEqual(stages, entries)

    def test_the_tables_of_the_store_are_documented(self):
        schema = max((ROOT / "crates/onrecord-store/src/schema").glob("v*.sql")).read_text(encoding="utf-8")
        made = dict(re.findall(r"^CREATE (?:TABLE|VIEW) (\w+)(.*?);$", schema, flags=re.M | re.S))
        made = {name: words for name, words in made.items() if not name.endswith("_facets") and name != "statement_words"}
        section = (ROOT / "docs/store.md").read_text(encoding="utf-8").split("## Tables")[1].split("##")[0]
        rows = [line.split("|")[1:4] for line in section.splitlines() if line.startswith("| `")]
        named = [(re.findall(r"`(\w+)`", names), re.findall(r"`(\w+)`", columns)) for names, _, columns in rows]
        self.assertEqual(sorted(name for names, _ in named for name in names), sorted(made))
        for names, columns in named:
            words = " ".join(made[name] for name in names)
            for column in columns:
                with self.subTest(table=names, column=column):
                    self.assertRegex(words, rf"\b{column}\b")

    @unittest.skipUnless(os.environ.get("ONRECORD"), "ONRECORD is not set: the commands of the documentation are not tried")
    def test_commands_of_the_documentation_run(self):
        program = (ROOT / os.environ["ONRECORD"]).resolve()
        self.assertTrue(program.is_file(), program)
        environment = os.environ | {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}
        environment = {name: value for name, value in environment.items() if not name.startswith("ONRECORD_")}
        for page in (ROOT / "README.md", ROOT / "docs/exports.md", ROOT / "docs/store.md"):
            self.run_commands(page, environment)

    def run_commands(self, page, environment):
        with tempfile.TemporaryDirectory() as desk:
            for folder in ("bench", "examples"):
                (Path(desk) / folder).symlink_to(ROOT / folder)
            for line in "".join(blocks(page, "console")).splitlines():
                with self.subTest(page=page.name, command=line):
                    command = ["bash", "-o", "pipefail", "-c", line.removeprefix("$ ")]
                    run = subprocess.run(command, cwd=desk, env=environment, capture_output=True, text=True)
                    self.assertEqual((run.returncode, run.stderr), (0, ""), run.stdout[-500:])
            # Elsewhere SQL is for other programs: DuckDB, Spark.
            for query in blocks(page, "sql") if page.name == "store.md" else []:
                with self.subTest(page=page.name, query=query), contextlib.closing(sqlite3.connect(Path(desk) / "onrecord.db")) as store:
                    self.assertNotEqual(store.execute(query).fetchall(), [])


if __name__ == "__main__":
    unittest.main()
