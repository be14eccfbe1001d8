"""A question with one line for the answer; files and plain text on the way out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import SuspendNotSupported
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from scmtui.briefing.file import write
from scmtui.language import N_, _, say
from scmtui.model import ExportError
from scmtui.text import safe
from scmtui.tui.dialogs import TextField
from scmtui.tui.shown import LOOKS, content

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from scmtui.tui.keys import KeyedApp

YES = frozenset(("y", "yes", "예", "네", "ㅛ"))  # ㅛ: y, typed on the Korean layout


class AskScreen(ModalScreen[str | None]):
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
        """Give back what was typed."""
        self.dismiss(event.value.strip() or None)


def save(app: KeyedApp, typed: str, data: bytes) -> None:
    """Write a file under a typed name; over one that is there only when the reader says so."""
    target = Path(typed).expanduser()

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

    if target.is_file():
        question = _("“{file}” is there already. Replace it? (y/n)").format(file=target)
        app.push_screen(AskScreen(question), answered)
    else:
        write_it(replace=False)


def show_plain(app: KeyedApp, text: str) -> None:
    """Leave the screens for a while: the text alone, which the mouse can select, until Enter."""
    try:
        with app.suspend():
            sys.stdout.write(f"{safe(text)}\n\n{_('Enter: back to scmtui')}\n")
            sys.stdout.flush()
            sys.stdin.readline()
    except (SuspendNotSupported, OSError, ValueError, UnicodeError):
        app.say(_("This terminal cannot leave the screens and come back."))
