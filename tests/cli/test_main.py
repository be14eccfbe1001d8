"""The way through the command line: settings, help, mistakes, and into the screens."""

from __future__ import annotations

import gc
import os
import re
import shlex
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from scmtui import __main__, __version__, cli, language
from scmtui.cli import commands, manual, terminal
from scmtui.library import Library
from scmtui.model import Address
from scmtui.settings import Settings, paths
from scmtui.text import width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scmtui.model import Document, SettingsError

    Run = Callable[..., Any]

PROGRAM = (sys.executable, "-m", "scmtui")


def test_a_rule_that_is_switched_off_is_not_followed(run: Run, config: Callable[..., Path]) -> None:
    config('tidy_off = ["particle-after-bracket", "blanks-in-brackets", "bracket-after-word"]')
    assert "( SCM ) 가" in run("show", "52:1").out


def test_settings_that_cannot_be_used_are_reported_and_the_rest_counts(
    run: Run, config: Callable[..., Path]
) -> None:
    file = config('language = "ko"\nwidth = 3\ntidy_off = ["brackets", "end-mark"]\n')
    printed = run("show", "52:1")
    assert printed.status == 0
    assert "공식" in printed.out
    first, second = printed.err.splitlines()
    assert first.startswith(f"scmtui: {file}:2: ")
    assert second.startswith(f"scmtui: {file}:3: ")
    assert "brackets" in second


def test_themes_of_the_reader_that_cannot_be_used_are_reported(
    run: Run, config: Callable[..., Path]
) -> None:
    file = config("[[theme]\n", "themes.toml")
    printed = run("themes", "52:12")
    assert printed.status == 0
    assert "opcon" in printed.out
    assert printed.err.startswith(f"scmtui: {file}:1: ")


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["help"], ["52", "--help"]])
def test_the_help_names_every_command(run: Run, arguments: list[str]) -> None:
    printed = run(*arguments)
    assert (printed.status, printed.err) == (0, "")
    for name, entry in manual.COMMANDS.items():
        assert f"  {entry.short(name)}  " in printed.out


@pytest.mark.parametrize("tongue", ["en", "ko"])
def test_the_help_is_in_columns_and_fits_a_terminal(
    run: Run, tongue: str, config: Callable[..., Path]
) -> None:
    config(f'language = "{tongue}"')
    pages = [run("--help"), *(run("help", name) for name in manual.COMMANDS)]
    assert all(page.status == 0 for page in pages)
    for page in pages:
        assert [line for line in page.out.splitlines() if width(line) > 80] == []
        told, _, _ = page.out.partition(
            f"\n{language._('Queries')}\n"
        )  # a text with columns of its own
        for block in told.split("\n\n"):
            rows = [row for row in block.splitlines()[1:] if "   " in row or "  " in row.strip()]
            indents = [len(row) - len(row.lstrip()) for row in rows]  # a second line has a deep one
            starts = [
                indent
                if indent > 2
                else width(row) - width(re.split(r"(?<=\S) {2,}(?=\S)", row, maxsplit=1)[-1])
                for row, indent in zip(rows, indents, strict=True)
            ]
            assert len(set(starts)) <= 1, block


@pytest.mark.parametrize("name", manual.COMMANDS)
def test_every_command_explains_itself(run: Run, name: str) -> None:
    printed = run("help", name)
    assert run(name, "--help") == printed
    assert printed.out.startswith(f"scmtui {name}")
    for option in manual.COMMANDS[name].options:
        assert f"[{manual.written(option)}]" in printed.out
        assert manual.OPTIONS[option].says in printed.out


def test_what_is_explained_can_be_done() -> None:
    assert set(manual.COMMANDS) == set(commands.COMMANDS)


@pytest.mark.parametrize(
    "line", [line for entry in manual.COMMANDS.values() for line in entry.examples]
)
def test_every_example_of_the_help_works(
    run: Run, communique: Path, library: Library, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.chdir(communique.parent)
    for before in EARLIER.get(line, ()):
        assert run(*words(before)).status == 0
    assert run(*words(line)).status == 0


EARLIER = {
    "remove --undo 54": ["remove 54 --yes"],
    "load ~/scm-library": ["dump ~/scm-library"],
    "note 52": ["note 52:12 메모"],
    "search tag:중점": ["tag 52:12 중점"],
    "export 브리핑 -o briefing.docx": ["tray 브리핑 52:11"],
    "export 브리핑 --layout table -o table.hwpx": ["tray 브리핑 52:11"],
}
"""What was done before some of the examples."""


@pytest.fixture
def library(make_document: Callable[..., Document]) -> Iterator[Library]:
    """A library with the document 54, and a backup of it."""
    with closing(Library(paths().data)) as library:
        library.add(make_document(3, id="54"), b"54")
        made = library.back_up()
        made.rename(made.with_name("library-2026-01-31.db"))
        yield library


def words(line: str) -> list[str]:
    """The words of a line, as a shell gives them to the program."""
    return [str(Path(word).expanduser()) if word[0] == "~" else word for word in shlex.split(line)]


def test_the_version_is_told(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version").out == f"scmtui {__version__}\n"
    done = subprocess.run([*PROGRAM, "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"scmtui {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["show", "52:9999999"], 1, "There is no paragraph 9999999 in 52."),
        (["show", "52:0.0"], 2, "“52:0.0” is not an address. Write 52, 52:12,"),
        (["show", "어디"], 2, "“어디” is not an address."),
        (["show", "99"], 1, "There is no document on the 99th meeting."),
        (["show", "52-en"], 1, "There is no document “52-en”."),
        (["show", "52:21"], 1, "There is no paragraph 21 in 52."),
        (["show", "52:1.9"], 1, "There is no part 9 in 52:1."),
        (["show", "52:1.1.99"], 1, "There is no sentence 99 in 52:1.1."),
        (["show", "52:21", "--json"], 1, "There is no paragraph 21 in 52."),
        (["themes", "99"], 1, "There is no document on the 99th meeting."),
        (["show"], 2, "It is written like this: scmtui show ADDRESS [--exact] [--json]"),
        (["show", "52", "57"], 2, "It is written like this: scmtui show ADDRESS"),
        (["list", "52"], 2, "It is written like this: scmtui list [--all] [--json]"),
        (["show", "52", "--exakt"], 2, "“--exakt” cannot be used here. See: scmtui show --help"),
        (["list", "-x"], 2, "“-x” cannot be used here. See: scmtui list --help"),
        (["list", "--json=yes"], 2, "“--json” cannot be used here."),
        (["search"], 2, "It is written like this: scmtui search QUERY… [--limit N] [--context N]"),
        (["search", "x", "--limit"], 2, "“--limit” needs a value: --limit N"),
        (["search", "x", "--lim=0"], 2, "“--limit” takes a number from 1 to 1000000, not “0”."),
        (["search", "x", "--limit", "-1"], 2, "“--limit” takes a number from 1 to"),
        (["search", "x", "--limit", "٣"], 2, "“--limit” takes a number from 1 to"),
        (["search", "x", "--limit", "9" * 5000], 2, "“--limit” takes a number from 1 to"),
        (["search", "x", "--context", "a"], 2, "“--context” takes a number from 0 to 99, not"),
        (["search", "-사드"], 2, "“-사” cannot be used here. Before words that begin with a dash,"),
        (["search", "x", "--what"], 2, "“--what” cannot be used here. See: scmtui search --help"),
        (["--jsn"], 2, "“--jsn” cannot be used here. See: scmtui --help"),
        (["lst"], 2, "“lst” is neither a command nor an address. Did you mean list?"),
        (["qqqqqq"], 2, "“qqqqqq” is neither a command nor an address. See: scmtui --help"),
        (["52:"], 2, "“52:” is not an address."),
        (["99"], 1, "There is no document on the 99th meeting."),
        (["57:9"], 1, "There is no paragraph 9 in 57-article."),
        (["help", "fly"], 2, "There is no command “fly”. The commands are list, show,"),
        (["read", "none.txt"], 3, "There is no file “none.txt”."),
        (["show", "\x1b[2J52:\udcff"], 2, "“52:” is not an address."),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    run: Run, arguments: list[str], status: int, says: str
) -> None:
    printed = run(*arguments)
    assert printed.status == status
    assert printed.out == ""
    assert printed.err.startswith(f"scmtui: {says}")
    assert printed.err.count("\n") == 1
    assert "\x1b" not in printed.err


def test_what_is_wrong_is_said_in_the_language_of_the_interface(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert run("show", "어디").err.startswith("scmtui: “어디”")
    assert "십시오" in run("show", "어디").err


def test_an_address_may_be_typed_in_any_form_of_the_letters(run: Run) -> None:
    assert run("show", " 52:1 ").status == 0
    assert run("show", "５２:1").status == 2


def test_ctrl_c_ends_quietly(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(commands.COMMANDS, "list", stop)
    assert run("list") == (130, "", "")
    monkeypatch.setattr(cli, "main", stop)
    monkeypatch.setattr(sys, "argv", ["scmtui", "list"])
    assert __main__.main() == 130


@pytest.fixture
def screens(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[Any, ...]]]:
    """What the screens are asked to open, in their place; with a terminal that they can use."""
    opened: list[tuple[Any, ...]] = []

    def run(
        addresses: tuple[Address, ...],
        settings: Settings,
        problems: tuple[SettingsError, ...],
        shown: object,
    ) -> int:
        assert shown is None  # there was no session before
        steering = {name: os.environ[name] for name in os.environ if name.startswith("TEXTUAL")}
        opened.append((addresses, settings, problems, steering, gc.isenabled()))
        return 7

    module = ModuleType("scmtui.tui.app")
    module.__dict__["run"] = run
    monkeypatch.setitem(sys.modules, "scmtui.tui.app", module)
    monkeypatch.setattr(terminal, "check", lambda: None)
    for name in ("TEXTUAL_DRIVER", "TEXTUAL_PRESS", "TEXTUAL_LOG", "TEXTUAL_DEBUG"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("TEXTUAL_DISABLE_KITTY_KEY", "0")
    yield opened
    gc.enable()


def test_addresses_open_the_screens_there(run: Run, screens: list[tuple[Any, ...]]) -> None:
    assert run("52:3", "57:2", "57-article").status == 7
    ((addresses, settings, problems, steering, collecting),) = screens
    assert addresses == (Address("52", 3), Address("57-article", 2), Address("57-article"))
    assert (settings, problems) == (Settings(), ())
    assert steering == {"TEXTUAL_DISABLE_KITTY_KEY": "1"}
    assert not collecting


def test_nothing_at_all_opens_the_screens_where_the_reader_was(
    run: Run, screens: list[tuple[Any, ...]], config: Callable[..., Path]
) -> None:
    config("kitty_keyboard = true\nwidth = 2\n")
    assert run() == (7, "", "")
    ((addresses, settings, (problem,), steering, _),) = screens
    assert addresses == ()
    assert settings == Settings(kitty_keyboard=True)
    assert "“width” must be" in str(problem)
    assert steering == {}


def test_a_wrong_address_opens_nothing(run: Run, screens: list[tuple[Any, ...]]) -> None:
    assert run("52", "99").status == 1
    assert run("52", "nowhere").status == 2
    assert screens == []


def test_a_running_program_can_be_interrupted() -> None:
    code = """
import sys, time
from scmtui import __main__, cli
cli.main = lambda _: print("on", flush=True) or time.sleep(30)
sys.exit(__main__.main())
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (130, b"")
