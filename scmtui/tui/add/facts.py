"""What is known of a document, a row for each fact: what says so, and what the catalogue says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from scmtui.add import FACTS, LABELS, Stated, stated, value_in_words
from scmtui.evidence import DOUBT, questioned, settled
from scmtui.language import N_, _
from scmtui.model import Kind
from scmtui.text import cut, pad, width
from scmtui.tui.dialogs import TextField
from scmtui.tui.rows import RowList
from scmtui.tui.shown import Drawn, line
from scmtui.wording import day
from scmtui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.binding import BindingType
    from textual.strip import Strip

    from scmtui.model import Document, Remark
    from scmtui.tui.rows import Piece

LABEL = 14
"""Cells for the name of a fact."""


class FactRow(NamedTuple):
    """A row: a fact that can be corrected, a doubt to look at, or something else that is known."""

    label: str
    value: str
    stated: Stated | None = None
    doubt: Remark | None = None
    why: str = ""
    """Why it is so, in a sentence, where its words alone do not tell."""


def fact_rows(document: Document, why: str = "") -> Iterator[FactRow]:
    """The facts, where the document came from, its doubts, and what was left out.

    A text that nobody has called official yet stands as not official; `why` tells more of that.
    """
    for one in stated(settled(document)):
        said = why if one.fact == "official" else ""
        yield FactRow(_(LABELS[one.fact]), value_in_words(one.fact, one.value), one, why=said)
    yield FactRow(_("Address"), document.id)
    yield from (FactRow(_("Doubt"), _remark(it), doubt=it) for it in document.doubts)
    yield from (FactRow(_("Left out"), _(it.text)) for it in document.dropped)
    source = document.facts.provenance
    for label, value in (
        (_("File"), f"{source.file} ({source.format})"),
        ("SHA-256", source.sha256),
        (_("Origin"), _(source.origin) if source.origin else ""),
        (_("Rights"), _(source.rights) if source.rights else ""),
        (_("Added"), day(source.added) if source.added else ""),
    ):
        if value:
            yield FactRow(label, value)


def _remark(doubt: Remark) -> str:
    where = str(doubt.address or "").partition(":")[2]
    return f"{where} {_(doubt.text)}".strip()


class FactList(RowList):
    """What is known of a document, one fact a row."""

    @dataclass
    class Wanted(Message):
        """The reader wants to correct a fact."""

        stated: Stated

    @dataclass
    class TakenBack(Message):
        """The reader wants a fact to be as it was found."""

        stated: Stated

    @dataclass
    class Pointed(Message):
        """The reader wants to look at a doubt in the text."""

        doubt: Remark

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "choose", N_("Correct this fact"), id="facts.edit", tooltip=N_("correct")),
        Binding(
            "backspace", "take_back", N_("Take the correction back"), id="facts.back", show=False
        ),
    ]

    def __init__(self) -> None:
        super().__init__(id="facts", title=_("About this document"))
        self._rows: list[FactRow] = []
        self._asked = False
        """Whether the reader is still to say that the text is official."""

    def show(self, document: Document, why: str = "") -> None:
        """Show what is known of a document and `why` it is official or not.

        The cursor stays in its row.
        """
        self._rows = list(fact_rows(document, why))
        self._asked = questioned(document)
        self.rows_changed()

    @property
    def count(self) -> int:
        """Rows of facts."""
        return len(self._rows)

    @property
    def under(self) -> FactRow | None:
        """The row under the cursor."""
        return self._rows[self.cursor] if self._rows else None

    def pieces(self, index: int) -> list[Piece]:
        """The name, the value, what the catalogue says of it, and the words that say so."""
        row = self._rows[index]
        room = max(8, self.size.width - LABEL - 4)
        value = cut(row.value or "–", room)
        found = row.stated.found if row.stated and not row.stated.corrected else None
        quote = found.quote if found else ""
        left = room - max(width(value), 22) - 2
        said = cut(row.why, left) if row.why else f"“{cut(' '.join(quote.split()), left - 2)}”"
        told = said if (row.why or quote) and left > 12 else ""
        doubtful = row.doubt is not None
        return [
            (pad(row.label, LABEL), self.look("warning" if doubtful else "quiet")),
            (f"{self._sign(row)} ", self.look("mark")),
            (pad(value, max(width(value), 22)) if told else value, self.plain),
            (f"  {told}" if told else "", self.look("quiet")),
        ]

    def _sign(self, row: FactRow) -> str:
        """One character for how sure a row is."""
        if row.doubt or (self._asked and row.stated and row.stated.fact == "official"):
            return "?"
        return sign(row.stated) if row.stated else " "

    def choose(self, index: int) -> None:
        """Correct a fact, or look at a doubt."""
        row = self._rows[index]
        if row.stated and row.stated.fact in FACTS:
            self.post_message(self.Wanted(row.stated))
        elif row.doubt and row.doubt.kind == DOUBT:
            asked = (it.stated for it in self._rows if it.stated and it.stated.fact == "official")
            self.post_message(self.Wanted(next(asked)))
        elif row.doubt:
            self.post_message(self.Pointed(row.doubt))

    def action_take_back(self) -> None:
        """Let a fact be as it was found in the text."""
        row = self.under
        if row and row.stated and row.stated.found and row.stated.corrected:
            self.post_message(self.TakenBack(row.stated))
        else:
            self.app.say(_("You have not corrected this."))


def sign(one: Stated) -> str:
    """One character for how sure a fact is."""
    if one.corrected:
        return "✎"
    if one.agrees is not None:
        return "✓" if one.agrees else "≠"
    return " "


class About(Drawn):
    """What is to be said of the fact under the cursor, in whole sentences."""

    row: reactive[FactRow | None] = reactive(None)

    def _said(self) -> Iterator[tuple[str, str]]:
        row = self.row
        if row is None:
            return
        yield (f"{row.label}: {row.value or '–'}", "title")
        if row.stated is None:
            if row.doubt:
                asked = row.doubt.kind == DOUBT
                told = _("Enter says it.") if asked else _("Enter shows it in the text.")
                yield (told, "strong")
            return
        yield from _about(row.stated, row.why)

    def render_line(self, y: int) -> Strip:
        """One line, broken from what is said."""
        cells = max(8, self.size.width - 2)
        rows = [(text[a:b], look) for text, look in self._said() for a, b in wrap(text, cells)]
        text, look = rows[y] if y < len(rows) else ("", "")
        return line([(f" {text}", self.look(look))], self.size.width, self.plain)


def _about(one: Stated, why: str) -> Iterator[tuple[str, str]]:
    found = one.found
    if told := one.correction_in_words:
        yield (told, "")
    elif found and found.quote:
        yield (f"“{' '.join(found.quote.split())}”", "")
    elif one.value and one.fact != "title" and not why:
        yield (_("The text has no line that says so; it is supposed."), "quiet")
    if why:
        yield (why, "")
    if told := one.catalogue_in_words:
        yield (told, "warning" if one.agrees is False else "quiet")
    if one.fact in FACTS:
        yield (_("Enter corrects it."), "strong")


class FactField(TextField):
    """The field in which a fact is corrected."""

    def __init__(self, one: Stated) -> None:
        hints = {
            "kind": " · ".join(kind.value for kind in Kind),
            "language": "ko · en",
            "held": "2020-10-14",
            "published": "2020-10-14",
            "official": _("yes or no"),
        }
        super().__init__(
            one.value,
            placeholder=hints.get(one.fact, _(LABELS[one.fact])),
            select_on_focus=one.fact not in {"title", "place"},
            compact=True,
        )
        self.fact = one.fact

    def on_mount(self) -> None:
        """Take the keys."""
        self.focus()
