"""Small screens that come over the reading and give back an answer."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widgets import Input

from scmtui.language import N_, _
from scmtui.text import safe
from scmtui.tui.shown import LOOKS
from scmtui.tui.telling import Telling

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Paste


class TextField(Telling, Input):
    """An input for Korean: composed syllables, and the terminal's cursor where the text ends."""

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal draws what the input method is composing."""
        offset = super().cursor_screen_offset
        return offset - Offset(1, 0) if self.cursor_at_end else offset

    def insert_text_at_cursor(self, text: str) -> None:
        """Insert text clean and composed, so that backspace removes a syllable, not a letter."""
        super().insert_text_at_cursor(unicodedata.normalize("NFC", safe(text)))

    def on_paste(self, event: Paste) -> None:
        """Take the first line of what is pasted, if there is one."""
        if not event.text.strip():
            event.prevent_default()
            event.stop()


class CommandLine(Telling, ModalScreen[str | None]):
    """`:`, a paragraph's number, an address or a command, typed."""

    COMPONENT_CLASSES = LOOKS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", N_("Close"), id="line.close"),
    ]

    def compose(self) -> ComposeResult:
        """One field at the foot of the screen."""
        yield TextField(placeholder=_("7 · 52:12 · 57 · q"), compact=True, id="line")

    @on(Input.Submitted)
    def answer(self, event: Input.Submitted) -> None:
        """Give back what was typed."""
        self.dismiss(event.value.strip() or None)
