"""A program on a pseudo-terminal, timed from the other side: what a person at an SSH line notices.

The probe plays the terminal: it answers what programs ask when they start, presses keys, and
stamps every piece of output the moment it arrives. Times are in seconds.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIZE = (120, 40)
QUIET = 0.1
"""A key is answered when this many seconds have passed without output."""
RESTING = 0.05
"""Seconds of a processor in half a second below which a program is at rest."""
PATIENCE = 2.0
"""Seconds after which a key is taken to have no answer."""

ESCAPES = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\].*?(?:\x07|\x1b\\)|[ -/]*[0-Z\\^-~])", re.DOTALL
)
FRAME_END = b"\x1b[?2026l"
ANSWERS = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",  # frames are shown whole
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",  # sizes are told by signal alone
    b"\x1b[6n": b"\x1b[2;2R",
}
QUESTION = re.compile(b"|".join(map(re.escape, ANSWERS)))
LONGEST_QUESTION = max(map(len, ANSWERS)) - 1


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for one key. `paint` is None when nothing did."""

    paint: float | None
    quiet: float
    """When the last byte came."""
    bytes: int
    zlib: int
    """Bytes as `ssh -C` would carry them, one stream flushed after each piece."""


class Program:
    """A command that runs on a terminal of its own and is ended when the `with` block is left."""

    def __init__(
        self,
        command: Sequence[str],
        size: tuple[int, int] = SIZE,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        variables = {
            **os.environ,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            **(environment or {}),
        }
        for name in ("LINES", "COLUMNS", "TERM_PROGRAM", "NO_COLOR", "TMUX", "STY"):
            variables.pop(name, None)
        self.output = bytearray()
        self.ended = False
        self._compressor = zlib.compressobj()
        self._asked = 0
        self._status: int | None = None
        self.started = time.perf_counter()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            _become(command, size, variables)
        self.resize(size)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def resize(self, size: tuple[int, int]) -> None:
        """Change the size of the window (columns, rows)."""
        _set_size(self.terminal, size)

    def send(self, keys: bytes) -> None:
        """Press keys, given as the bytes that a terminal sends for them."""
        os.write(self.terminal, keys)

    def read(self, seconds: float) -> bytes:
        """The next piece of output; empty when none came in time or the program is gone."""
        if self.ended or not select.select([self.terminal], [], [], max(seconds, 0))[0]:
            return b""
        try:
            piece = os.read(self.terminal, 65536)
        except OSError:  # the last user of the terminal has left
            piece = b""
        self.ended = not piece
        self.output += piece
        self._answer()
        return piece

    def text(self) -> str:
        """Everything that was written so far, without the escape sequences."""
        return ESCAPES.sub(b"", bytes(self.output)).decode(errors="replace")

    def wait_for(self, words: str, seconds: float = 30) -> float:
        """How long after the start the words had been written."""
        deadline = time.perf_counter() + seconds
        while words not in self.text():
            if self.ended or time.perf_counter() > deadline:
                raise TimeoutError(f"{words!r} did not appear:\n{self.text()[-2000:]}")
            self.read(0.5)
        return time.perf_counter() - self.started

    def settle(self, quiet: float = 0.3) -> None:
        """Wait until nothing has been written for a while."""
        while self.read(quiet):
            pass

    def rest(self) -> None:
        """Wait until nothing is written any more and next to nothing is computed."""
        while True:
            before = self._computed()
            self.settle(0.5)
            if self.ended or self._computed() - before < RESTING:
                return

    def press(self, keys: bytes, quiet: float = QUIET) -> Reply:
        """Press keys and read until the program falls silent."""
        start = time.perf_counter()
        self.send(keys)
        return self._reply(start, quiet)

    def reshape(self, size: tuple[int, int], quiet: float = QUIET) -> Reply:
        """Resize the window and read until the program falls silent."""
        start = time.perf_counter()
        self.resize(size)
        return self._reply(start, quiet)

    def idle(self, seconds: float) -> tuple[int, float]:
        """Bytes written while nothing is pressed, and how often a second the program woke up."""
        before, end, count = self._wakes(), time.perf_counter() + seconds, 0
        while (left := end - time.perf_counter()) > 0 and not self.ended:
            count += len(self.read(left))
        return count, (self._wakes() - before) / seconds

    def peak(self) -> float:
        """The most memory the program has held so far, in MiB; 0 where the system does not tell."""
        found = re.search(r"VmHWM:\s+(\d+)", _read(Path(f"/proc/{self.pid}/status")))
        return int(found[1]) / 1024 if found else 0.0

    def state(self) -> str:
        """The letter that the system gives the process: S asleep, T stopped, Z ended."""
        if stat := _read(Path(f"/proc/{self.pid}/stat")):
            return stat.rpartition(") ")[2][0]
        listed = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(self.pid)], capture_output=True, text=True, check=False
        )
        return listed.stdout[:1]

    def hang_up(self) -> None:
        """Close the terminal, as when a window is closed or a connection is lost."""
        self.ended = True
        os.close(self.terminal)

    def status(self) -> int:
        """Wait for the end; the exit status, or minus the signal that ended the program."""
        if self._status is None:
            self._status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self._status

    def end(self) -> None:
        """End the program, if it has not ended itself, and reap it."""
        if self._status is None:
            os.killpg(self.pid, signal.SIGKILL)
            self.status()
        with contextlib.suppress(OSError):  # it may have been hung up
            os.close(self.terminal)

    def _reply(self, start: float, quiet: float) -> Reply:
        paint: float | None = None
        last, count, packed = start, 0, 0
        while piece := self.read(quiet if count else PATIENCE):
            last = time.perf_counter()
            count += len(piece)
            packed += len(self._compressor.compress(piece))
            packed += len(self._compressor.flush(zlib.Z_SYNC_FLUSH))
            if paint is None and (FRAME_END in piece or b"\x1b[?2026h" not in piece):
                paint = last - start
        return Reply(paint, last - start, count, packed)

    def _answer(self) -> None:
        for question in QUESTION.finditer(self.output, self._asked):
            self.send(ANSWERS[question[0]])
            self._asked = question.end()
        self._asked = max(self._asked, len(self.output) - LONGEST_QUESTION)

    def _computed(self) -> float:
        """Seconds of a processor that the program has used; 0 where the system does not tell."""
        fields = _read(Path(f"/proc/{self.pid}/stat")).rpartition(") ")[2].split()
        return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")

    def _wakes(self) -> int:
        switches = re.compile(r"^voluntary_ctxt_switches:\s+(\d+)", re.MULTILINE)
        threads = Path(f"/proc/{self.pid}/task").glob("*/status")
        return sum(int(found[1]) for path in threads if (found := switches.search(_read(path))))


def _become(command: Sequence[str], size: tuple[int, int], variables: Mapping[str, str]) -> None:
    """Turn the forked child into the program; never returns."""
    try:
        _set_size(0, size)
        for number in (signal.SIGHUP, signal.SIGINT, signal.SIGPIPE, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        os.execvpe(command[0], list(command), dict(variables))
    finally:
        os._exit(127)


def _set_size(terminal: int, size: tuple[int, int]) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))


def _read(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_text()
    return ""
