"""The last frame of a session, which the next one shows while its screens are being loaded.

That takes a quarter of a second, and the reader wants to see the text where they left it. The
frame goes with what it depends on, and is shown only when all of that is as it was; the screens
then send what differs. Keys pressed in between wait for them.
"""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import stat
import sys
import termios
from contextlib import suppress
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, NamedTuple

from scmtui import __version__
from scmtui.disk import private_folder, scratch
from scmtui.language import current

if TYPE_CHECKING:
    from pathlib import Path

    from scmtui.settings import Paths, Settings

NAME = "frame.json"
LARGEST = 1 << 18
"""Bytes of a file that is still taken for a frame."""
DRAWING = re.compile(r"(?:\x1b\[[\d;]*[mHGCKX]|[^\x00-\x1f\x7f-\x9f])*")
"""Text in styles, moves of the cursor and erasures: all that a frame can be drawn with."""
WRITTEN_FOR = ("TERM", "COLORTERM", "COLORFGBG", "NO_COLOR", "TMUX", "STY")
"""What of the environment decides how a frame is drawn."""

ENTER = "\x1b[?1049h"
LEAVE = "\x1b[?2004;1000;1003;1006;1004;1049l\x1b[?7;25h"
"""To the other screen of the terminal; and back to the first, with nothing on that was turned on
for the screens."""
HOW_WIDE = "\x1b[2;1H‘\x1b[6n"
"""Asks how many cells a character of ambiguous width takes. It stands in the second row because
the answer from the first is also the code of a function key."""
RESET = "\x1b[r\x1b[m\x1b[2J"
"""The whole screen scrolls, nothing is set, all is blank."""


class Frame(NamedTuple):
    """What a terminal shows: as rows of letters that stand for cells, and as what draws it."""

    size: tuple[int, int]
    """Columns and rows."""
    cells: list[list[Any]]
    """What the letters stand for, in the order of their code points."""
    rows: list[str]
    cursor: tuple[int, int]
    """Row and column, from 0."""
    drawing: str
    """For a terminal that was just reset."""


def depends(settings: Settings, where: Paths, opened: str = "") -> str:
    """What a frame depends on: the program, its settings and language, the terminal, the library.

    Where the reader is in each document is in the library too, so that a frame of another place
    never fits. `opened` is the document that was asked for; without one the session goes on.
    """
    terminal = [os.environ.get(name) for name in WRITTEN_FOR]
    files = []
    for path in sorted((*where.data.glob("library.db*"), *where.config.glob("*.toml"))):
        if not path.name.endswith("-shm"):
            with suppress(OSError):
                found = path.stat()
                files.append((path.name, found.st_ino, found.st_size, found.st_mtime_ns))
    return repr((__version__, opened, settings, current(), terminal, files))


def keep(folder: Path, frame: Frame | None, *on: str) -> None:
    """Keep a frame, and what it depends `on` (one of these), in the place of the one before.

    Without a frame, or a disk that takes it, there is none at the next start.
    """
    with suppress(OSError):
        (folder / NAME).unlink(missing_ok=True)
        if frame is None:
            return
        private_folder(folder)
        with scratch(folder / NAME) as path:
            path.write_text(json.dumps([*on, frame], ensure_ascii=False), "utf-8")
            path.replace(folder / NAME)


def kept(folder: Path, on: str) -> Frame | None:
    """The frame that was kept, if what it depends `on` is as it was then."""
    try:
        written = _regular(folder / NAME)
        *was_on, fields = json.loads(written)
        size, cells, rows, cursor, drawing = fields
        frame = Frame(tuple(size), cells, rows, tuple(cursor), drawing)
        fits = on in was_on and frame.size == tuple(get_terminal_size())
        drawing.encode()
        return frame if fits and DRAWING.fullmatch(drawing) else None
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None


def _regular(path: Path) -> str:
    """What is in a file. Raises OSError for anything else, which might never be read to its end."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with open(descriptor, encoding="utf-8") as file:  # noqa: PTH123 - it is open already
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "")
        return file.read(LARGEST)


class Shown:
    """A frame on the terminal, which answers no keys yet and shows none."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._terminal = sys.stdin.fileno()
        self._attributes = termios.tcgetattr(self._terminal)
        self._out = True

    def put_up(self) -> None:
        """Take the terminal and draw. Raises OSError or termios.error when it is gone."""
        for number in (signal.SIGHUP, signal.SIGTERM):
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, lambda number, _: sys.exit(128 + number))
        quiet = termios.tcgetattr(self._terminal)
        quiet[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON)
        quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        termios.tcsetattr(self._terminal, termios.TCSANOW, quiet)
        _send(f"{ENTER}\x1b[?25l{HOW_WIDE}{RESET}{self.frame.drawing}")

    def hand_over(self) -> list[Any] | None:
        """Leave the terminal to the screens. Returns how it was set; None if they have it."""
        attributes = self._attributes if self._out else None
        self._out = False
        return attributes

    def take_down(self) -> None:
        """Put the terminal back as it was: the screens did not come up, or not to their end."""
        with suppress(OSError, termios.error):
            termios.tcsetattr(self._terminal, termios.TCSANOW, self._attributes)
            _send(LEAVE)


def show(folder: Path, on: str) -> Shown | None:
    """Show the frame that was kept, if it fits."""
    frame = kept(folder, on)
    if frame is None or not frame.rows:
        return None
    try:
        shown = Shown(frame)
    except (OSError, termios.error):
        return None
    try:
        shown.put_up()
    except BaseException as error:
        shown.take_down()
        if isinstance(error, OSError | termios.error):
            return None
        raise
    return shown


def _send(codes: str) -> None:
    left = codes.encode()
    while left:
        left = left[os.write(sys.stderr.fileno(), left) :]
