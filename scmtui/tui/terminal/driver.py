"""The terminal that the screens are drawn on: what it shows is known, and only changes are sent.

The framework draws frames, whole regions at a time. The driver reads them into a picture of the
screen and sends what brings the terminal from the last picture to this one. Nothing that stood in
a text reaches the terminal but as the text of a cell.
"""

from __future__ import annotations

import os
import re
import select
import signal
import sys
from threading import Thread, current_thread, main_thread
from typing import TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver
from textual.events import InputEvent, Resize
from textual.message import Message

from scmtui.frame import ENTER, HOW_WIDE, RESET, Frame
from scmtui.tui.terminal.cells import LARGEST_ALPHABET, Alphabet, Picture
from scmtui.tui.terminal.outlet import Outlet, open_again
from scmtui.tui.terminal.painting import Painter, Terminal

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Mapping

    from textual.app import App

    from scmtui.frame import Shown

SYNCHRONIZED = "\x1b[?2026h"
SYNCHRONIZED_END = "\x1b[?2026l"

CONTROL = re.compile(
    r"(?:\x07"  # the bell
    r"|\x1b\[[<=>?][\d;]*[ -/]*[@-~]"  # modes and questions
    r"|\x1b\]\d+;[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\))+"  # the clipboard, the pointer's shape
)
"""What the framework writes beside frames. A frame begins with a move, so it is never one."""
CLIPBOARD = "\x1b]52;"
WITHOUT_COLOURED_BLANKS = ("screen", "vt", "ansi")
"""Families of TERM whose erased cells may not take the background colour."""
SCREEN_STRING = 700
"""Characters that GNU screen takes in one string for the terminal around it."""
FURNISHED = 0.3
"""Seconds from the first frame until the screens have all that they show at the start."""
NO_FRAME_COMES = 0.15
"""Seconds after which a window that has changed is drawn again without anything new to show."""


class ScreenDriver(LinuxDriver):
    """Draws on the terminal, sparingly. For `App(driver_class=ScreenDriver)`."""

    class Gone(Message):
        """The terminal has been closed: nothing can be shown or typed any more."""

    def __init__(self, app: App[Any], **options: Any) -> None:  # noqa: ANN401 - the framework's
        super().__init__(app, **options)
        self._drawn_app = app
        self._terminal = terminal_of(os.environ)
        self._outlet: Outlet | None = None
        self._watch: Thread | None = None
        self._want = Picture(Alphabet(coloured=not app.no_color), 0, 0)
        self._have = list(self._want.rows)
        self._cursor = (-1, -1)
        self._forgotten = True
        self._waits = False
        self._furnished: asyncio.TimerHandle | None = None
        self._synchronizes = False
        self._lost = False

    def forget(self) -> None:
        """Assume nothing of what the terminal shows: the next frame clears it and is sent whole."""
        self._forgotten, self._waits = True, False

    def frame(self) -> Frame:
        """What the terminal shows, to be kept for the next start."""
        picture = self._want.resized(*self._want.size)
        blank = [picture.alphabet.blank * picture.size[0]] * picture.size[1]
        terminal = self._terminal._replace(scrolls=False)
        drawing = Painter(picture.alphabet, terminal).paint(blank, picture.rows)
        return Frame(picture.size, picture.cells(), picture.rows, self._want.cursor, drawing)

    def redraw(self) -> None:
        """Clear the terminal and draw everything again, now."""
        self.forget()
        self._show()

    def write(self, data: str) -> None:
        """Show a frame, or pass on what the framework has to say to the terminal beside frames.

        Anything else is taken for a frame: control characters in it do not reach the terminal.
        """
        if current_thread() is not main_thread():
            self._loop.call_soon_threadsafe(self.write, data)
        elif data in (SYNCHRONIZED, SYNCHRONIZED_END):
            self._synchronizes = True  # the framework has asked the terminal
        elif self._waits and data == ENTER:
            pass  # where the last frame is shown
        elif CONTROL.fullmatch(data):
            self._send(for_multiplexer(data, os.environ) if CLIPBOARD in data else data)
        else:
            self._show(data)

    def start_application_mode(self) -> None:
        """Take the terminal: at the start, and again after the program was suspended."""
        assert sys.__stderr__, "the screens are drawn on stderr"
        descriptor = open_again(sys.__stderr__.fileno())
        self._outlet = Outlet(descriptor, caught_up=self._show, lost=self._lose)
        self.forget()
        before = self._take_over(getattr(self._drawn_app, "shown", None))
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if before:
            self.attrs_before = before
        else:
            self._send(HOW_WIDE)
        resized = signal.getsignal(signal.SIGWINCH)
        if callable(resized):
            signal.signal(
                signal.SIGWINCH, lambda number, frame: self._resized(resized, number, frame)
            )
        if self._watch is None:
            self._watch = Thread(target=self._watch_terminal, name="terminal-watch", daemon=True)
            self._watch.start()

    def _take_over(self, shown: Shown | None) -> list[Any] | None:
        """Go on from the frame that is shown, if one is. Returns how the terminal was set."""
        if shown is None or not (before := shown.hand_over()):
            return None
        try:
            self._want = Picture.of(shown.frame, coloured=not self._drawn_app.no_color)
        except (ValueError, TypeError, IndexError):  # all is drawn again
            return before
        self._have, self._cursor = list(self._want.rows), self._want.cursor
        self._forgotten, self._waits = False, True
        return before

    def resume_application_mode(self) -> None:
        """Take the terminal again. A program that was stopped from outside never let go of it."""
        if self._outlet is None:
            super().resume_application_mode()
        else:
            self._draw_again()

    def close(self) -> None:
        """Let go of the terminal."""
        super().close()
        if self._outlet is not None:
            self._outlet.close()
            self._outlet = None

    def run_input_thread(self) -> None:
        """Read keys until the end, or until there is no terminal to read from."""
        try:
            super().run_input_thread()
        except OSError:
            self._lose()

    def process_message(self, message: Message) -> None:
        """Pass on what was typed; a new size makes what the terminal shows unknown."""
        if isinstance(message, Resize):
            self._draw_again()
        elif self._waits and isinstance(message, InputEvent):
            self._loop.call_soon_threadsafe(self._go_on)
        super().process_message(message)

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Start no program, whatever a text asks for."""

    def _send(self, data: str) -> None:
        if self._outlet is not None:
            self._outlet.write(data)

    def _show(self, frame: str = "") -> None:
        """Take in a frame and send what is new; a line that is behind gets the last frame alone."""
        size = self._drawn_app.size
        if size != self._want.size or len(self._want.alphabet) > LARGEST_ALPHABET:
            self._want = self._want.resized(*size)
            self.forget()
        self._want.draw(frame)
        if self._waits:
            self._furnished = self._furnished or self._loop.call_later(FURNISHED, self._go_on)
            return
        if self._outlet is not None and self._outlet.behind:
            return
        if update := self._update():
            around = (SYNCHRONIZED, SYNCHRONIZED_END) if self._synchronizes else ("", "")
            self._send(update.join(around))

    def _go_on(self) -> None:
        """Show the screens as they are by now, in the place of the frame before them."""
        if self._waits:
            self._waits = False
            self._show()

    def _update(self) -> str:
        """What brings the terminal to the picture; nothing when it shows that already."""
        want, start = self._want, ""
        if self._forgotten:
            self._forgotten = False
            self._have = [want.alphabet.blank * want.size[0]] * want.size[1]
            start = RESET
        update = start + Painter(want.alphabet, self._terminal).paint(self._have, want.rows)
        self._have = list(want.rows)
        if not update and self._cursor == want.cursor:
            return ""
        self._cursor = want.cursor
        return f"{update}\x1b[{want.cursor[0] + 1};{want.cursor[1] + 1}H"

    def _resized(self, handler: Callable[..., Any], *signal_received: object) -> None:
        self._draw_again()
        handler(*signal_received)

    def _draw_again(self) -> None:
        """Send everything with the next frame, or soon without one. From any thread or signal.

        A window may change and change back: then nothing is new to the framework.
        """
        self.forget()
        self._loop.call_soon_threadsafe(self._loop.call_later, NO_FRAME_COMES, self._settle)

    def _settle(self) -> None:
        if self._forgotten and self._want.rows:
            self._show()

    def _watch_terminal(self) -> None:
        """Wait for the hang-up, which a poll for nothing reports: reading would spin on it."""
        poll = select.poll()
        poll.register(self.fileno, 0)
        if any(event & select.POLLHUP for _, event in poll.poll()):
            self._lose()

    def _lose(self) -> None:
        """End reading, and tell the app once. From any thread."""
        if not self._lost:
            self._lost = True
            self.exit_event.set()
            self.send_message(self.Gone())


def terminal_of(environment: Mapping[str, str]) -> Terminal:
    """What can be relied on in the terminal that the environment names."""
    name = environment.get("TERM", "")
    coloured = "TMUX" in environment or not name.startswith(WITHOUT_COLOURED_BLANKS)
    return Terminal(erases_in_colour=coloured, scrolls=name != "linux")


def for_multiplexer(sequence: str, environment: Mapping[str, str]) -> str:
    """A sequence for the terminal, and again wrapped for the one around tmux or GNU screen."""
    if "TMUX" in environment:
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        return f"{sequence}\x1bPtmux;{doubled}\x1b\\"
    if "STY" in environment or environment.get("TERM", "").startswith("screen"):
        pieces = (
            sequence[at : at + SCREEN_STRING] for at in range(0, len(sequence), SCREEN_STRING)
        )
        return sequence + "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return sequence
