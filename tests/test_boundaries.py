"""The walls of the house: what starts without what, proved in processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

NEVER_WITHOUT_SCREENS = ("textual", "rich")
ONLY_WHEN_USED = ("sqlite3", "rapidfuzz", "pdfplumber", "pdfminer", "pypdfium2", "asyncio", "ssl")

RUN = """
import json, sys
blocked, arguments = json.loads(sys.argv[1])
for name in blocked:
    sys.modules[name] = None
before = set(sys.modules)
sys.argv = ["scmtui", *arguments]
status = 0
try:
    from scmtui.__main__ import main
    status = main() or 0
except SystemExit as end:
    status = end.code or 0
new = sorted(set(sys.modules) - before)
sys.stdout.flush()
print("\\n" + json.dumps([status, new]))
"""


def run(*arguments: str, blocked: tuple[str, ...] = ()) -> tuple[str, int, set[str]]:
    """What the program prints, its exit status, and the modules that it brought in."""
    command = [sys.executable, "-c", RUN, json.dumps([blocked, arguments])]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    printed, _, last = done.stdout.rstrip("\n").rpartition("\n")
    status, modules = json.loads(last)
    return printed, status, set(modules)


@pytest.mark.parametrize(
    ("arguments", "shows"),
    [
        (["--version"], "scmtui 0"),
        (["--help"], "show"),
        (["list"], "57-article"),
        (["list", "--json"], '"schema"'),
        (["show", "52"], "한미안보협의회의"),
        (["show", "52:12", "--json"], '"52:12"'),
        (["show", "57:1"], "57-article"),
        (["show", "52", "--exact"], "( SCM )"),
        (["themes"], "전작권"),
        (["themes", "52", "--json"], '"opcon"'),
        (["search", "전작권"], "57-article:2"),
        (["search", "wjswkrrnjs", "--json"], '"english-keys"'),
        (["compare", "52", "57"], "57-article:2"),
        (["compare", "52:11", "57:2", "--json"], '"redline"'),
    ],
)
def test_the_command_line_works_where_textual_cannot_be_imported(
    arguments: list[str], shows: str
) -> None:
    printed, status, _ = run(*arguments, blocked=NEVER_WITHOUT_SCREENS)
    assert status == 0
    assert shows in printed


@pytest.mark.parametrize("arguments", [["list"], ["show", "52"], ["show", "57:1"], ["themes"]])
def test_reading_brings_in_nothing_heavy(arguments: list[str]) -> None:
    _, _, modules = run(*arguments)
    assert not modules & {*NEVER_WITHOUT_SCREENS, *ONLY_WHEN_USED}


def test_the_version_is_told_without_importing_anything_else() -> None:
    printed, _, modules = run("--version")
    assert printed.startswith("scmtui ")
    assert modules == {"scmtui", "scmtui.__main__"}


def test_the_whole_core_can_be_imported_without_the_screens() -> None:
    script = """
import importlib, pkgutil, sys
sys.modules["textual"] = sys.modules["rich"] = None
import scmtui
for module in pkgutil.walk_packages(scmtui.__path__, "scmtui."):
    if not module.name.startswith("scmtui.tui") and module.name != "scmtui.__main__":
        importlib.import_module(module.name)
        print(module.name)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert {"scmtui.model", "scmtui.readers", "scmtui.text"} <= set(done.stdout.split())
