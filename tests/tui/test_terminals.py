"""On real terminals: the same screen with the driver as without it, and an orderly end."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scmtui.frame import LEAVE
from tests.bench.probe import ESCAPES, Program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
"""Seconds; far more than anything here takes on a machine that is not busy."""
FRAME = re.compile(r"\x1b\[(?:[\d;]*[mHGCKXrST]|2J|\?2026[hl])|[^\x00-\x1f\x7f-\x9f]+")
CONTROL = re.compile(
    r"\x07|\x1b\[[<>?][\d;]*\$?[hlpu]|\x1b\[6n|\x1b\](?:22;[a-z]+|52;c;[\w=+/]*)\x07"
)


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., list[str]]:
    """`command("plain")`: what runs the sample app; it writes `saved` when it is told to leave."""
    script = Path(__file__).with_name("sample_app.py")
    return lambda *words: [sys.executable, str(script), str(tmp_path / "saved"), *words]


@pytest.fixture
def start(command: Callable[..., list[str]]) -> Iterator[Callable[..., Program]]:
    """`start("ignoring")`: the sample app on a terminal, drawn and quiet."""
    programs: list[Program] = []

    def start(*words: str) -> Program:
        programs.append(Program(command(*words), environment={"PYTHONPATH": str(ROOT)}))
        programs[-1].wait_for("034 확장억제", PATIENCE)
        programs[-1].settle(0.6)
        return programs[-1]

    yield start
    for program in programs:
        program.end()


class Tmux:
    """A tmux server of this test's own, whose panes are terminals to compare."""

    def __init__(self, name: str) -> None:
        self.command = ["tmux", "-u", "-L", name, "-f", os.devnull]

    def run(self, *words: str) -> str:
        # The environment that Python knows: a library may have put a size into the real one.
        environment = dict(os.environ)
        done = subprocess.run(
            [*self.command, *words], capture_output=True, text=True, check=True, env=environment
        )
        return done.stdout

    def open(self, name: str, command: list[str]) -> None:
        environment = ("-e", f"PYTHONPATH={ROOT}", "-e", "COLORTERM=truecolor")
        self.run("new-session", "-d", "-s", name, "-x", "100", "-y", "30", *environment, *command)

    def end(self) -> None:
        """End the server and what ran in its panes: the plain app survives its terminal."""
        panes = self.run("list-panes", "-a", "-F", "#{pane_pid}").split()
        self.run("kill-server")
        for pid in panes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)

    def cells(self, name: str) -> list[list[tuple[str, frozenset[tuple[str, str]]]]]:
        """Each cell of a pane with what can be seen of its style."""
        return list(_cells(self.run("capture-pane", "-p", "-e", "-N", "-t", name)))

    def text(self, name: str) -> str:
        return self.run("capture-pane", "-p", "-t", name)


def _cells(capture: str) -> Iterator[list[tuple[str, frozenset[tuple[str, str]]]]]:
    """Rows of characters with their styles; of a blank, what shows.

    Blanks at the end of a row are left out: tmux does not tell of those that were erased.
    """
    pen: dict[str, str] = {}
    for line in capture.splitlines():
        row = []
        for codes, character in re.findall(r"\x1b\[([\d;]*)m|([^\x1b])", line):
            if character:
                unseen = character == " " and not pen.keys() & {"4", "7", "9"}
                style = pen.items() if not unseen else pen.items() & {("back", pen.get("back", ""))}
                row.append((character, frozenset(style)))
            else:
                for code in re.findall(r"[34]8;2;\d+;\d+;\d+|[34]8;5;\d+|\d+|^$", codes):
                    _wear(pen, code)
        while row and row[-1][0] == " " and not dict(row[-1][1]).keys() & {"4", "7", "9"}:
            row.pop()
        yield row


def _wear(pen: dict[str, str], code: str) -> None:
    if code in ("", "0"):
        pen.clear()
    elif re.match(r"3\d|9[0-7]", code):
        pen["fore"] = code
    elif re.match(r"4\d|10[0-7]", code):
        pen["back"] = code
    else:
        pen[code] = ""
    if code in ("39", "49"):
        pen.pop("fore" if code == "39" else "back")


@pytest.fixture
def tmux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tmux]:
    if not shutil.which("tmux"):
        pytest.skip("tmux is not installed")
    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.setenv("TMUX_TMPDIR", str(tmp_path))
    server = Tmux(f"scmtui-{os.getpid()}")
    yield server
    server.end()


def until(holds: Callable[[], object]) -> bool:
    """Whether something comes to hold."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.02)
    return False


STEPS = [
    *["j"] * 3,
    *["Down"] * 5,
    *["PageDown"] * 2,
    *["Up"] * 3,
    "End",
    "Home",
    "o",
    "o",
    "Tab",
    *["Down"] * 3,
    "Tab",
    "한",
    "글",
    "BSpace",
    "Left",
    "가",
    "100x24",
    "BTab",
    "PageDown",
    "61x17",
    "End",
    "BTab",
    *["Down"] * 4,
    "a",
    "120x35",
    "a",
    "x",
    "PageDown",
]


def test_tmux_shows_the_same_with_and_without(
    tmux: Tmux, command: Callable[..., list[str]]
) -> None:
    tmux.open("plain", command("plain"))
    tmux.open("spare", command())
    presses, size = 0, "100x30"
    for step in ["", *STEPS]:
        presses += bool(step) and "x" not in step[1:]
        size = step if "x" in step[1:] else size
        wanted = f"keys {presses}. {size.replace('x', '×')}"
        for name in ("plain", "spare"):
            if "x" in step[1:]:
                columns, rows = step.split("x")
                tmux.run("resize-window", "-t", name, "-x", columns, "-y", rows)
            elif step:
                tmux.run("send-keys", "-t", name, step)
        assert until(lambda: wanted in tmux.text("plain") and wanted in tmux.text("spare")), (  # noqa: B023
            f"after {step!r}:\n{tmux.text('plain')}\n{tmux.text('spare')}"
        )
        assert until(lambda: tmux.cells("plain") == tmux.cells("spare")), [
            (step, y, *(set(enumerate(ours)) ^ set(enumerate(theirs))))
            for y, (ours, theirs) in enumerate(
                zip(tmux.cells("spare"), tmux.cells("plain"), strict=True)
            )
            if ours != theirs
        ]


def test_only_changes_are_sent(start: Callable[..., Program]) -> None:
    program, plain = start(), start("plain")
    assert len(program.output) < len(plain.output) / 3
    assert program.idle(1)[0] == 0
    assert program.press(b"\x1b[B").bytes < plain.press(b"\x1b[B").bytes / 8


def test_a_frame_is_shown_whole(start: Callable[..., Program]) -> None:
    program = start()
    before = len(program.output)
    program.press(b"\x1b[B")
    sent = bytes(program.output[before:])
    assert sent.startswith(b"\x1b[?2026h")
    assert sent.endswith(b"\x1b[?2026l")


@pytest.mark.parametrize("words", [(), ("unfiltered",)])
def test_strange_text_reaches_no_terminal(start: Callable[..., Program], words: tuple[str]) -> None:
    """With the filter the text stands where it belongs; without it, it still commands nothing."""
    program = start(*words)
    before = len(program.output)
    program.send(b"x")
    if not words:
        program.wait_for("is all", PATIENCE)
    program.settle(1)
    sent = program.output[before:].decode()
    assert re.sub(FRAME, "", sent) == ""
    assert words or "]52;c;aGk=b[5;5Hc2Jd[?1049le]0;fakefPtmux;gh[31mi is all" in program.text()


def test_what_is_sent_beside_frames_is_known(start: Callable[..., Program]) -> None:
    program = start()
    program.press(b"c")
    program.press(b"g")
    assert b"\x1b]52;c;7ZWc66+4\x07" in program.output
    program.send(b"q")
    program.settle(PATIENCE)
    assert program.ended
    sent = program.output.decode()
    assert re.sub(f"{CONTROL.pattern}|{FRAME.pattern}", "", sent) == ""
    assert sent.rindex("\x1b[?1049l") > sent.rindex("\x1b[?2026l")
    assert program.status() == 0


def test_no_program_is_started_for_a_link(
    start: Callable[..., Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visited = tmp_path / "visited"
    monkeypatch.setenv("BROWSER", f"touch {visited} %s")
    program = start()
    program.press(b"u", quiet=0.5)
    assert not visited.exists()


def test_the_terminal_is_asked_how_wide_it_draws(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    start()
    assert (tmp_path / "saved").read_text() == "width 1"


def test_redraw_sends_everything(start: Callable[..., Program]) -> None:
    program = start()
    before = len(program.output)
    program.press(b"l")
    again = program.output[before:].decode()
    assert "\x1b[2J" in again
    assert "30차 회의" in again
    assert len(again) > 3000


@pytest.mark.parametrize("told_by", ["signal", "report"])
def test_a_window_that_changed_and_changed_back_is_drawn_again(
    start: Callable[..., Program], told_by: str
) -> None:
    program = start()
    before = len(program.output)
    if told_by == "signal":
        os.kill(program.pid, signal.SIGWINCH)
    else:
        program.send(b"\x1b[48;40;120;800;960t")
    program.settle(1)
    assert "30차 회의" in program.output[before:].decode()


def test_resizes_settle(start: Callable[..., Program]) -> None:
    program = start()
    for n in range(200):
        program.resize((1 + n * 7 % 130, 1 + n * 3 % 41))
        program.read(0.002)
    program.resize((90, 20))
    program.settle(1)
    before = len(program.output)
    program.press(b"l")
    sent = program.output[before:].decode()
    assert "30차 회의" not in sent
    assert "10차 회의" in sent
    assert max(int(row) for row in re.findall(r"\x1b\[(\d+);\d+H", sent)) <= 20


def test_suspended_and_resumed(start: Callable[..., Program]) -> None:
    program = start()
    program.send(b"z")
    assert until(lambda: program.read(0.05) == b"" and program.state() == "T")
    assert program.output.endswith(b"\x1b[?1049l\x1b[?25h\x1b[?1004l")
    before = len(program.output)
    os.kill(program.pid, signal.SIGCONT)
    program.settle(1)
    again = program.output[before:].decode()
    assert again.index("\x1b[?1049h") < again.index("\x1b[2J") < again.index("30차 회의")
    assert program.press(b"\x1b[B").bytes < 1500


def test_stopped_from_outside_and_continued(start: Callable[..., Program]) -> None:
    """It is drawn again, and still has one pair of ears: every key counts once."""
    program = start()
    os.kill(program.pid, signal.SIGSTOP)
    assert until(lambda: program.state() == "T")
    before = len(program.output)
    os.kill(program.pid, signal.SIGCONT)
    program.settle(1)
    assert "30차 회의" in program.output[before:].decode()
    assert b"\x1b[?1049h" not in program.output[before:]
    for _ in range(9):
        program.press(b"j")
    program.press(b"l")
    program.press(b"l")
    assert "keys 10." in program.output[before:].decode()


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_told_to_leave(
    start: Callable[..., Program], tmp_path: Path, number: signal.Signals, status: int
) -> None:
    program = start()
    os.kill(program.pid, number)
    program.settle(2)
    assert program.status() == status
    assert (tmp_path / "saved").read_text() == f"saved {status}"
    assert program.output.rstrip().endswith(b"\x1b[?1006l")
    assert b"\x1b[?1049l" in program.output


@pytest.mark.parametrize("deaf", [False, True])
def test_the_terminal_is_closed(
    command: Callable[..., list[str]], tmp_path: Path, deaf: bool
) -> None:
    """With the signal that comes with it or without any, the program saves and ends."""
    words = ["sh", "-c", 'trap "" HUP; "$@"; exit $?', "sh", *command()] if deaf else command()
    with Program(words, environment={"PYTHONPATH": str(ROOT)}) as program:
        program.wait_for("034 확장억제", PATIENCE)
        program.settle()
        program.hang_up()
        assert until(lambda: program.state() == "Z")
        assert program.status() == 129
        assert (tmp_path / "saved").read_text() == "saved 129"


@pytest.fixture
def scmtui() -> Iterator[Callable[..., Program]]:
    """`scmtui("52:3")`: the program itself on a terminal, with the home of this test."""
    programs: list[Program] = []

    def scmtui(*words: str) -> Program:
        command = [sys.executable, "-P", "-m", "scmtui", *words]
        programs.append(Program(command, environment={**os.environ, "PYTHONPATH": str(ROOT)}))
        return programs[-1]

    yield scmtui
    for program in programs:
        program.end()


def leave(program: Program) -> None:
    """Quit when everything is there."""
    program.wait_for("52:3.1", PATIENCE)
    program.settle(1)
    program.send(b"q")
    program.settle(PATIENCE)
    assert program.status() == 0


def before_the_screens(program: Program) -> str:
    """What was written before the screens asked the terminal what it can do."""
    return ESCAPES.sub(b"", bytes(program.output).partition(b"\x1b[?2026$p")[0]).decode(
        errors="replace"
    )


def test_the_text_is_there_before_the_screens(scmtui: Callable[..., Program]) -> None:
    """What was left is shown first, and the screens have nothing to add; keys wait for them."""
    leave(scmtui("52:3"))
    leave(scmtui())
    again = scmtui()
    again.wait_for("52:3.1", PATIENCE)
    assert "52:3.1" in before_the_screens(again)
    again.send(b"}")
    again.settle(1)
    assert again.output.count(b"\x1b[?1049h") == again.output.count(b"\x1b[2J") == 1
    assert re.sub(f"{CONTROL.pattern}|{FRAME.pattern}", "", again.output.decode()) == ""
    again.send(b"q")
    again.settle(PATIENCE)
    for words in ((), ("52",)):
        once_more = scmtui(*words)
        once_more.wait_for("52:4.1", PATIENCE)
        assert "52:4.1" in before_the_screens(once_more)
        once_more.send(b"q")
        once_more.settle(PATIENCE)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_leave_before_the_screens_are_there(
    scmtui: Callable[..., Program], number: signal.Signals
) -> None:
    leave(scmtui("52:3"))
    leave(scmtui())
    again = scmtui()
    again.wait_for("52:3.1", PATIENCE)
    assert not termios.tcgetattr(again.terminal)[3] & termios.ECHO
    os.kill(again.pid, number)
    again.settle(PATIENCE)
    assert again.status() == 128 + number
    assert again.output.rstrip().endswith((LEAVE.encode(), b"\x1b[?1006l"))


def test_a_frame_of_another_place_is_not_shown(scmtui: Callable[..., Program]) -> None:
    leave(scmtui("52:3"))
    elsewhere = scmtui("52:5")
    elsewhere.wait_for("52:5.1", PATIENCE)
    elsewhere.settle(3)  # the place is kept
    os.kill(elsewhere.pid, signal.SIGKILL)
    elsewhere.status()
    again = scmtui()
    again.wait_for("52:5.1", PATIENCE)
    assert "52:3.1" not in again.text()
