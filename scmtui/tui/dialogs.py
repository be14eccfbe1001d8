"""Small screens that come over the reading and give back an answer."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding
from textual.containers import Vertical
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widgets import Input

from scmtui.language import N_, _
from scmtui.text import pad, safe
from scmtui.tui.rows import RowList
from scmtui.tui.shown import LOOKS
from scmtui.wording import day, kind
from scmtui.wrap import wrap

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Paste

    from scmtui.model import Document
    from scmtui.tui.rows import Piece


class TextField(Input):
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


class CommandLine(ModalScreen[str | None]):
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


class FactRows(RowList):
    """What is known of a document, one fact a row."""

    def __init__(self, rows: list[tuple[str, str]]) -> None:
        super().__init__(title=_("About this document"))
        self._rows = rows

    @property
    def count(self) -> int:
        """Rows of facts."""
        return len(self._rows)

    def pieces(self, index: int) -> list[Piece]:
        """A label and what it says."""
        label, text = self._rows[index]
        return [(pad(label, 16), self.look("quiet")), (text, self.plain)]


def facts_in_rows(document: Document, cells: int) -> list[tuple[str, str]]:
    """What is known of a document: its facts, its provenance, its doubts, what was left out."""
    facts, source = document.facts, document.facts.provenance
    known = [
        (_("Title"), facts.title),
        (_("Address"), facts.id),
        (_("Kind"), kind(facts)),
        (_("Held"), f"{day(facts.held)} {facts.place}".strip()),
        (_("Published"), day(facts.published)),
        (_("File"), f"{source.file} ({source.format})"),
        ("SHA-256", source.sha256),
        (_("Origin"), _(source.origin) if source.origin else ""),
        (_("Rights"), _(source.rights) if source.rights else ""),
        *((_("Doubt"), f"{one.address or ''} {_(one.text)}".strip()) for one in document.doubts),
        *((_("Left out"), _(one.text)) for one in document.dropped),
    ]
    rows: list[tuple[str, str]] = []
    for label, text in known:
        for number, (a, b) in enumerate(wrap(text or "–", cells)):
            rows.append(("" if number else label, text[a:b] or "–"))
    return rows


class FactsScreen(ModalScreen[None]):
    """What is known of the open document, and where it came from."""

    COMPONENT_CLASSES = LOOKS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,i", "dismiss(None)", N_("Close"), id="facts.close"),
    ]
    box = getters.query_one("#box", Vertical)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document

    def compose(self) -> ComposeResult:
        """The facts as rows in a box."""
        cells = max(20, min(self.app.size.width * 9 // 10, 100) - 22)
        with Vertical(id="box"):
            yield FactRows(facts_in_rows(self._document, cells))
