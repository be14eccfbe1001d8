"""Pipes, terminals and what is in their place: bytes, statuses, refusals."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TextIO, cast

import pytest

from scmtui import __main__, __version__, cli
from scmtui.cli import terminal
from scmtui.model import TerminalError
from scmtui.text import width

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Run = Callable[..., Any]

PROGRAM = (sys.executable, "-m", "scmtui")
FULL = Path("/dev/full")


def started(
    *arguments: str,
    stdout: int = subprocess.PIPE,
    environ: Mapping[str, str] = MappingProxyType({}),
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, **environ},
        check=False,
    )


@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LANG": "C", "PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp949"},
    ],
)
def test_a_pipe_gets_utf_8_whatever_the_locale(environ: dict[str, str]) -> None:
    done = started("show", "52:1", environ=environ)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "대한민국 국방부장관".encode() in done.stdout


def test_a_reader_that_goes_away_is_no_error() -> None:
    for arguments in (["show", "52"], ["--version"]):
        out, away = os.pipe()
        os.close(out)
        done = started(*arguments, stdout=away)
        os.close(away)
        assert (done.returncode, done.stderr) == (terminal.BROKEN_PIPE, b"")


@pytest.mark.skipif(not FULL.exists(), reason="there is no such device here")
@pytest.mark.parametrize("arguments", [["show", "52"], ["--version"], ["--help"]])
def test_output_that_is_lost_is_reported(arguments: list[str]) -> None:
    with FULL.open("wb") as full:
        done = started(*arguments, stdout=full.fileno())
    assert done.returncode == 3
    assert done.stderr == b"scmtui: The output could not be written: the disk is full.\n"


@pytest.mark.parametrize("arguments", ["list", "--version", ""])
def test_closed_streams_are_no_reason_for_a_traceback(arguments: str) -> None:
    def shell(redirections: str) -> subprocess.CompletedProcess[str]:
        line = f'"$0" -m scmtui {arguments} {redirections}'
        return subprocess.run(
            ["/bin/sh", "-c", line, sys.executable], capture_output=True, text=True, check=False
        )

    done = shell(">&-")
    assert done.returncode == (3 if arguments else 2)
    assert done.stderr.count("\n") == 1
    assert shell("2>&-").returncode == (0 if arguments else 2)
    assert shell(">&- 2>&-").returncode == (3 if arguments else 2)
    assert shell("<&-").returncode == (0 if arguments else 2)


def in_terminal(*arguments: str, environ: dict[str, str] | None = None) -> tuple[int, str]:
    """The exit status and the output of the program in a pseudo-terminal."""
    child, descriptor = pty.fork()
    if not child:
        os.execve(sys.executable, [*PROGRAM, *arguments], {**os.environ, **(environ or {})})
    out = b""
    try:
        while piece := os.read(descriptor, 65536):
            out += piece
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(descriptor)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), out.decode("utf-8", "replace")


def test_on_a_real_terminal_text_is_wrapped_and_styled() -> None:
    status, out = in_terminal("show", "52:11", environ={"TERM": "xterm", "COLUMNS": "50"})
    assert status == 0
    assert out.startswith("\x1b[1m제52차")
    assert max(width(re.sub(r"\x1b\[\d*m", "", line)) for line in out.splitlines()) <= 50
    for environ in ({"TERM": "dumb"}, {"TERM": "xterm", "NO_COLOR": "1"}):
        assert "\x1b" not in in_terminal("show", "52:11", environ=environ)[1]


def test_a_terminal_in_another_encoding_gets_what_it_can_show() -> None:
    _, out = in_terminal("list", environ={"TERM": "dumb", "PYTHONIOENCODING": "ascii"})
    assert "한미안보협의회의" in out


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"TERM": "dumb"}, "TERM is “dumb”"),
        ({"TERM": ""}, "TERM is “”"),
        ({"TERM": "xterm", "LC_ALL": "ja_JP.eucJP"}, "this one is in eucJP"),
        ({"TERM": "xterm", "LC_ALL": "en_US.ISO-8859-1"}, "this one is in ISO-8859-1"),
        ({"TERM": "xterm", "LC_ALL": "en_US.nonsense@x"}, "this one is in nonsense"),
        ({"TERM": "xterm", "PYTHONIOENCODING": "latin-1"}, "this one is in iso8859-1"),
    ],
)
def test_a_terminal_that_cannot_show_the_screens_is_refused(
    environ: dict[str, str], says: str
) -> None:
    status, out = in_terminal("52", environ=environ)
    assert status == 2
    assert says in out
    assert out.startswith("scmtui: The screens need a terminal")
    assert len(out.splitlines()) == 1


class Stream:
    """A standard stream, in so far as it is asked what it is."""

    def __init__(self, *, tty: bool | None = True, encoding: str = "utf-8") -> None:
        self.tty = tty
        self.encoding = encoding

    def isatty(self) -> bool:
        if self.tty is None:
            raise ValueError("I/O operation on closed file")
        return self.tty


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`checked(stdin=False)`: the check, where that stream is no terminal (None: is closed)."""

    def check(encoding: str = "utf-8", term: str = "xterm-256color", **ttys: bool | None) -> None:
        with monkeypatch.context() as streams:
            for name in ("stdin", "stdout", "stderr"):
                stream = Stream(tty=ttys.get(name, True), encoding=encoding)
                streams.setattr(sys, name, stream)
            streams.setenv("TERM", term)
            streams.delenv("LC_CTYPE", raising=False)
            terminal.check()

    return check


@pytest.mark.parametrize("term", ["", "dumb", "unknown"])
def test_a_terminal_without_a_cursor_is_refused(checked: Callable[..., None], term: str) -> None:
    with pytest.raises(TerminalError, match=f"TERM is “{term}”"):
        checked(term=term)


@pytest.mark.parametrize("encoding", ["latin-1", "euc-kr", "nonsense"])
@pytest.mark.parametrize("named", [True, False])
def test_a_terminal_in_another_encoding_is_refused(
    checked: Callable[..., None], monkeypatch: pytest.MonkeyPatch, encoding: str, named: bool
) -> None:
    monkeypatch.setenv("LANG", f"ko_KR.{encoding}@x" if named else "ko_KR")
    with pytest.raises(TerminalError, match=f"this one is in {encoding}"):
        checked(encoding="utf-8" if named else encoding)


@pytest.mark.parametrize(
    ("stream", "encoding"),
    [
        (Stream(encoding="utf-8"), "utf-8"),
        (Stream(encoding="cp949"), "cp949"),
        (Stream(encoding="latin-1"), "utf-8"),
        (Stream(encoding="nonsense"), "utf-8"),
        (Stream(tty=False, encoding="cp949"), "utf-8"),
    ],
)
def test_a_terminal_keeps_its_encoding_when_that_can_show_hangul(
    stream: Stream, encoding: str
) -> None:
    assert terminal._encoding(cast("TextIO", stream)) == encoding


def test_a_terminal_says_how_wide_it_is_and_whether_it_has_styles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert terminal.columns() is None
    assert not terminal.coloured()
    monkeypatch.setattr(sys, "stdout", Stream())
    monkeypatch.setenv("COLUMNS", "77")
    assert terminal.columns() == 77
    assert terminal.coloured()


def test_a_program_that_puts_streams_of_its_own_in_the_place_gets_the_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out, err = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    assert cli.main(["show", "57:1"]) == 0
    assert out.getvalue().startswith("[제57차")
    assert err.getvalue().startswith("scmtui: 57:1 is taken as")


def test_without_any_stream_nothing_is_printed_and_nothing_raised(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["scmtui", "--version"])
    with monkeypatch.context() as streams:
        streams.setattr(sys, "stdout", None)
        for status in (run("list").status, __main__.main()):
            assert status == 3
        assert capsys.readouterr().err.endswith("written: there is no standard output.\n")
        streams.setattr(sys, "stderr", None)
        assert run("list").status == 3
    assert __main__.main() == 0
    assert capsys.readouterr().out == f"scmtui {__version__}\n"


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "ko_KR.utf8", "ko_KR", ""])
def test_a_terminal_in_utf_8_is_taken(
    checked: Callable[..., None], monkeypatch: pytest.MonkeyPatch, locale: str
) -> None:
    monkeypatch.setenv("LANG", locale)
    checked()


@pytest.mark.parametrize(
    ("name", "side"), [("stdin", "input"), ("stdout", "output"), ("stderr", "output")]
)
@pytest.mark.parametrize("tty", [False, None])
def test_a_stream_that_is_no_terminal_is_refused(
    checked: Callable[..., None], name: str, side: str, tty: bool | None
) -> None:
    with pytest.raises(TerminalError, match=f"the {side} is none"):
        checked(**{name: tty})
