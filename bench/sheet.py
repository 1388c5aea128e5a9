"""Figures → a section of docs/measurements.md, with the machine, day and commit they were measured on.

A section lies between `<!-- NAME:begin -->` and `<!-- NAME:end -->`; the rest of the file is written by hand. Standard library only.
"""

import datetime
import os
import platform
import statistics
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MEASUREMENTS = ROOT / "docs" / "measurements.md"
RELIABILITY = ROOT / "docs" / "reliability.svg"


def write_section(name, body, path=MEASUREMENTS):
    """Puts `body` where the section was. A file without the two markers is refused: it would be the wrong file."""
    page = path.read_text(encoding="utf-8")
    path.write_text(replaced(page, name, body), encoding="utf-8")


def replaced(page, name, body):
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    before, found, rest = page.partition(begin)
    _, found_end, after = rest.partition(end)
    if not (found and found_end):
        raise ValueError(f"the page has no {begin} … {end}")
    return f"{before}{begin}\n{body.strip()}\n{end}{after}"


def table(header, rows):
    """A Markdown table; cells are written as they are."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def spread(values, digits=1, unit=""):
    """`12.3 (11.9–12.8)`: the median, and the lowest and highest where there are several."""
    middle = f"{statistics.median(values):.{digits}f}{unit}"
    return middle if len(values) < 2 else f"{middle} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def provenance():
    """What a figure has to be read with: day, commit, machine and how busy it was."""
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).date().isoformat(),
        "commit": commit(),
        "machine": machine(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def provenance_line(facts):
    load = "" if facts["load"] is None else f"; load average {facts['load']} at the start"
    return f"{facts['date']}, commit {facts['commit']}, {facts['machine']}{load}."


def commit():
    """The short hash, with a plus where tracked files differ from it."""
    def git(*arguments):
        return subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=True).stdout.strip()
    try:
        return git("rev-parse", "--short", "HEAD") + ("+" if git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def machine():
    return f"{processor()}, {cores()} cores, {memory_gib()} GiB, {platform.system()} {platform.machine()}"


def cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def processor():
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def memory_gib():
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
    except (OSError, ValueError):
        return "?"
