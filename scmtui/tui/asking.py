"""A question with one line for the answer; files and plain text on the way out."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import SuspendNotSupported
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from scmtui.briefing.file import write
from scmtui.disk import is_there
from scmtui.language import N_, _, say
from scmtui.model import ExportError
from scmtui.text import safe, width
from scmtui.tui.dialogs import TextField
from scmtui.tui.shown import LOOKS, content
from scmtui.tui.telling import Telling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from scmtui.tui.keys import KeyedApp

YES = frozenset(("y", "yes", "예", "네", "ㅛ"))  # ㅛ: y, typed on the Korean layout


class AskScreen(Telling, ModalScreen[str | None]):
    """Asks for one line, with something to begin from; nothing comes back when it is closed."""

    COMPONENT_CLASSES = LOOKS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", N_("Close"), id="ask.close"),
    ]

    def __init__(self, question: str, begun: str = "") -> None:
        super().__init__()
        self._question = question
        self._begun = begun

    def compose(self) -> ComposeResult:
        """The question over the field, at the foot of the screen."""
        with Vertical(id="ask"):
            yield Static(content(f" {self._question}"), id="question")
            yield TextField(self._begun, compact=True, select_on_focus=False)

    @on(Input.Submitted)
    def answer(self, event: Input.Submitted) -> None:
        """Give back what was typed, which may be nothing."""
        self.dismiss(event.value.strip())


def save(app: KeyedApp, typed: str, data: bytes) -> None:
    """Write a file under a typed name; over one that is there only when the reader says so."""
    try:
        target = Path(typed).expanduser()
    except RuntimeError:  # nobody has that name
        target = Path(typed)

    def write_it(*, replace: bool) -> None:
        try:
            write(target, data, replace=replace)
        except ExportError as error:
            app.say(say(error))
        else:
            app.say(_("Written: {file}").format(file=target))

    def answered(answer: str | None) -> None:
        if (answer or "").casefold() in YES:
            write_it(replace=True)
        else:
            app.say(_("Nothing was written."))

    if is_there(target):
        question = _("“{file}” is there already. Replace it? (y/n)").format(file=target)
        app.push_screen(AskScreen(question), answered)
    else:
        write_it(replace=False)


def show_plain(app: KeyedApp, lines: Sequence[str]) -> None:
    """Leave the screens for a while: the lines alone, which the mouse can select, page by page.

    Each line is left to the terminal to fold, so that what is copied has no breaks in it.
    """
    try:
        with app.suspend():
            before = signal.signal(signal.SIGINT, signal.SIG_IGN)
            try:
                _page_through([safe(line) for line in lines])
            finally:
                signal.signal(signal.SIGINT, before)
    except (SuspendNotSupported, OSError, ValueError, UnicodeError):
        app.say(_("This terminal cannot leave the screens and come back."))


def _page_through(lines: Sequence[str]) -> None:
    columns, rows = get_terminal_size()
    left = rows - 2
    for line in lines:
        needs = max(1, -(-width(line) // columns))
        if needs > left and left < rows - 2:
            if _answer(_("Enter: on; q and Enter: back to scmtui")).startswith(("q", "ㅂ")):
                return
            left = rows - 2
        sys.stdout.write(f"{line}\n")
        left -= needs
    _answer(_("Enter: back to scmtui"))


def _answer(question: str) -> str:
    sys.stdout.write(f"\n[{question}] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().casefold()
