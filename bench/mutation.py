"""Do the tests notice when the rules change? Mutants of the domain and of the statistics, killed or alive, by module.

    python -m bench.mutation [FILE …] [--tests TEST …] [--children 1] [--folder FOLDER]

mutmut is no dependency of ours: run this with an interpreter that has it beside
requirements-dev.txt (CONTRIBUTING.md says how). Works on a copy of the tree in
FOLDER, a new one under the system's temporary files if none is named; named
again, it goes on where it stopped. Without files: all of debrief/domain and
debrief/insights, which takes hours. Prints a Markdown table and names the
folder, where `mutmut results` lists the survivors and `mutmut show NAME` shows
one. A mutant that no test reaches counts as alive.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("debrief/domain", "debrief/insights")
TESTS = ("tests/unit/domain", "tests/unit/insights", "tests/unit/usecases/test_lessons.py",
         "tests/unit/exchange/test_due.py", "tests/unit/exchange/test_due_against_reading.py",
         "tests/unit/content/test_questionnaire_file.py", "tests/unit/content/test_house_rules.py")  # fmt: skip
"""What knows the two packages best. Every mutant is held against each test that reaches its function."""
COPIED = ("app.py", "bench", "conftest.py", "content", "data", "docs", "pages", "ui", "README.md", ".streamlit")
KILLED = {"killed", "timeout", "suspicious"}
ALIVE = {"survived", "no tests"}


def set_up(folder: Path, files: Sequence[str], tests: Sequence[str]) -> None:
    """A copy of the tree, told what to mutate and what to run."""
    if not (folder / "setup.cfg").exists():
        left_out = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", "mutants")
        shutil.copytree(ROOT, folder, ignore=left_out, dirs_exist_ok=True)
    lists = {
        "source_paths": ["debrief"],
        "only_mutate": files,
        "also_copy": COPIED,
        "pytest_add_cli_args": ["-p", "no:cacheprovider"],
        "pytest_add_cli_args_test_selection": tests,
    }
    lines = [line for name, values in lists.items() for line in (f"{name}=", *(f"    {value}" for value in values))]
    settings = ["[mutmut]", *lines, "track_dependencies=false", "use_git_change_detection=false"]
    (folder / "setup.cfg").write_text("\n".join(settings) + "\n", encoding="utf-8")


def mutmut(folder: Path, *arguments: str, **options: int) -> subprocess.CompletedProcess[str]:
    """Runs mutmut there."""
    command = [str(Path(sys.executable).with_name("mutmut")), *arguments]
    return subprocess.run(command, cwd=folder, env=os.environ, text=True, check=False, **options)


def counted(results: str) -> Mapping[str, Counter[str]]:
    """What became of the mutants, by module, from what `mutmut results` prints."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for module, outcome in re.findall(r"^\s*(debrief\.\w+(?:\.\w+)*?)\.x\S*: (.+?)\s*$", results, re.MULTILINE):
        found[module][outcome] += 1
    return found


def table(found: Mapping[str, Counter[str]]) -> str:
    """The Markdown table; mutants that were not tried are left out and counted below it."""
    lines = ["| module | mutants | killed | alive | share killed |", "|---|---|---|---|---|"]
    tried = {module: outcomes for module, outcomes in sorted(found.items()) if _tried(outcomes)}
    lines += [_row(module.removeprefix("debrief."), outcomes) for module, outcomes in tried.items()]
    lines.append(_row("**all**", sum(tried.values(), Counter())))
    untried = sum(outcomes.total() - _tried(outcomes) for outcomes in found.values())
    return "\n".join([*lines, f"\nNot tried: {untried:,}."])


def _row(name: str, outcomes: Counter[str]) -> str:
    killed = sum(outcomes[one] for one in KILLED)
    tried = _tried(outcomes)
    return f"| {name} | {tried:,} | {killed:,} | {tried - killed:,} | {killed / max(tried, 1):.0%} |"


def _tried(outcomes: Counter[str]) -> int:
    return sum(outcomes[one] for one in KILLED | ALIVE)


def main() -> None:
    """Reads the command line, mutates, and tells."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", default=[f"{package}/*.py" for package in PACKAGES])
    parser.add_argument("--tests", nargs="+", default=TESTS)
    parser.add_argument("--children", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="debrief-mutants-"))
    set_up(folder, asked.files, asked.tests)
    done = mutmut(folder, "run", "--max-children", str(asked.children), stdout=subprocess.PIPE)
    if done.returncode:
        print(f"mutmut stopped: the tests fail without any mutant, or it was interrupted.\n{done.stdout[-2000:]}")
    print(table(counted(mutmut(folder, "results", "--all", "true", stdout=subprocess.PIPE).stdout)))
    print(f"In {folder}: mutmut results, mutmut show NAME")


if __name__ == "__main__":
    main()
