"""An app with many widgets, run by the tests of the driver on terminals of their own.

    python sample_app.py FILE [plain] [unfiltered]

It counts the keys it has answered in its first row, and writes FILE when it is told to leave.
`plain` runs it on the framework's own driver, `unfiltered` without the filter for control
characters.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding
from textual.containers import Horizontal
from textual.events import Key, Resize
from textual.screen import ModalScreen
from textual.widgets import DataTable, Footer, Input, OptionList, RichLog, Static

from scmtui.tui.terminal.cells import PlainText
from scmtui.tui.terminal.driver import ScreenDriver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import CursorPosition, Event
    from textual.filter import LineFilter

WORDS = set(sys.argv[2:])
HOSTILE = (
    "a\x1b]52;c;aGk=\x07b\x1b[5;5Hc\x9b2Jd\x1b[?1049le\x1b]0;fake\x07f\x1bPtmux;g\x85h\x1b[31mi\x1b"
)


class Box(ModalScreen[None]):
    """A box over the screen below, which shows through dimmed."""

    CSS = "Box { align: center middle; } Static { width: 31; height: 7; border: round red; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("o", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        yield Static("전작권 전환\n‘한·미’ 협의", markup=False)


class SampleApp(App[None]):
    """Lists, a table, a log that scrolls between them, and a field."""

    CSS = """
    #count { height: 1; background: blue; text-style: bold; }
    OptionList { width: 23; } DataTable { width: 33; } RichLog { width: 1fr; }
    Horizontal { height: 1fr; }
    Input.-away { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "open", "Box"),
        Binding("a", "field", "Field"),
        Binding("c", "copy", "Copy"),
        Binding("g", "bell", "Ring"),
        Binding("l", "redraw", "Redraw"),
        Binding("z", "suspend_process", "Suspend"),
        Binding("x", "hostile", "Strange text"),
        Binding("u", "visit", "Visit"),
        Binding("q", "quit", "Quit"),
    ]

    def __init__(self) -> None:
        super().__init__(driver_class=None if "plain" in WORDS else ScreenDriver)
        self.animation_level = "none"
        self._count = 0
        self._words = ""
        self._key: Key | None = None

    def get_line_filters(self) -> Sequence[LineFilter]:
        net = [] if "unfiltered" in WORDS else [PlainText()]
        return [*super().get_line_filters(), *net]

    def compose(self) -> ComposeResult:
        yield Static("keys 0.", id="count")
        with Horizontal():
            yield OptionList(*[f"{n}차 회의 {n * 37 % 101}" for n in range(60)])
            yield RichLog(markup=False, auto_scroll=False)
            yield DataTable[str]()
        yield Input("각", select_on_focus=False)
        yield Footer()

    def on_mount(self) -> None:
        table, log = self.query_one(DataTable), self.query_one(RichLog)
        table.add_columns("주제", "n", "x")
        table.add_rows([(f"주제 {n}", str(n * n), "확장") for n in range(40)])
        for n in range(300):
            words = " ".join(f"확장억제 {n * k % 97} ‘조건’에 기초한" for k in range(1, n % 9 + 1))
            log.write(f"{n:03} {words}")
        log.focus()
        for number in (signal.SIGHUP, signal.SIGTERM):
            if signal.getsignal(number) is not signal.SIG_IGN:
                asyncio.get_running_loop().add_signal_handler(number, self.leave, 128 + number)

    async def on_event(self, event: Event) -> None:
        await super().on_event(event)
        if isinstance(event, Key | Resize):
            if (
                isinstance(event, Key) and event is not self._key
            ):  # one that nobody took comes again
                self._count += 1
                self._key = event
            words = f"keys {self._count}. {self.size.width}×{self.size.height}"
            if words != self._words:
                self.call_after_refresh(self.query_one("#count", Static).update, words)
            self._words = words

    def on_cursor_position(self, event: CursorPosition) -> None:
        Path(sys.argv[1]).write_text(f"width {event.x}")

    def on_screen_driver_gone(self) -> None:
        self.leave(128 + signal.SIGHUP)

    def leave(self, status: int) -> None:
        Path(sys.argv[1]).write_text(f"saved {status}")
        self.exit(return_code=status)

    def action_open(self) -> None:
        self.push_screen(Box())

    def action_field(self) -> None:
        self.query_one(Input).toggle_class("-away")

    def action_copy(self) -> None:
        self.copy_to_clipboard("한미")

    def action_redraw(self) -> None:
        assert isinstance(self._driver, ScreenDriver)
        self._driver.redraw()

    def action_visit(self) -> None:
        self.open_url("https://example.org")

    def action_hostile(self) -> None:
        log = self.query_one(RichLog)
        log.clear()
        log.write(f"{HOSTILE} is all")
        self.query_one(Input).value = HOSTILE


if __name__ == "__main__":
    app = SampleApp()
    app.run()
    sys.exit(app.return_code)
