"""The meeting list: the documents at hand, newest meeting first, or every meeting known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message
from textual.reactive import var

from scmtui.language import N_, _, current
from scmtui.model import Facts, Kind, Meeting, Name
from scmtui.text import cut, fold, pad
from scmtui.tui.rows import RowList

if TYPE_CHECKING:
    from textual.binding import BindingType

    from scmtui.tui.rows import Piece


DATED = 11
"""Cells for a day and the blank after it."""


def mark_of(facts: Facts) -> str:
    """One word for what a document is: official or not, an article; its language if not Korean."""
    if facts.kind is Kind.ARTICLE:
        word = _("article")
    elif facts.kind is Kind.PRESS:
        word = _("press")
    elif facts.kind is Kind.OTHER:
        word = _("other")
    else:
        word = _("official") if facts.official else _("unofficial")
    return word if facts.language == "ko" else f"{word} {facts.language.upper()}"


@dataclass(frozen=True, slots=True)
class Row:
    """A document, or a meeting that has none."""

    meeting: Meeting | None
    facts: Facts | None


class MeetingList(RowList):
    """Meetings and their documents: number, date, place, and what is there."""

    @dataclass
    class Chosen(Message):
        """The reader wants this document open."""

        document: str

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "toggle_all", N_("All meetings"), id="meetings.all"),
    ]

    documents: var[tuple[Facts, ...]] = var(())
    meetings: var[tuple[Meeting, ...]] = var(())
    """The catalogue, once it is read."""
    everything: var[bool] = var(False)
    """Whether meetings without a document are listed too."""
    open: var[str] = var("")
    """The id of the document that is open."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, title=_("Meetings"))
        self._meetings: dict[int, Meeting] = {}
        self._rows: list[Row] = []

    @property
    def count(self) -> int:
        """Rows now listed."""
        return len(self._rows)

    def _list(self) -> None:
        rows = [Row(self._meetings.get(facts.meeting or 0), facts) for facts in self.documents]
        if self.everything:
            there = {facts.meeting for facts in self.documents}
            rows += [Row(one, None) for one in self._meetings.values() if one.number not in there]
            rows.sort(key=lambda row: -_number(row))
        under = self._rows[self.cursor] if self.cursor < len(self._rows) else None
        self._rows = rows
        self.rows_changed()
        places = {_key(row): index for index, row in enumerate(rows)}
        kept = places.get(_key(under)) if under else None
        if (place := places.get(self.open) if kept is None else kept) is not None:
            self.cursor = place

    def watch_documents(self) -> None:
        self._list()

    def watch_meetings(self) -> None:
        self._meetings = {meeting.number: meeting for meeting in self.meetings}
        self._list()

    def watch_everything(self) -> None:
        self._list()

    def watch_open(self, document: str) -> None:
        """Put the cursor on the document that was opened."""
        for index, row in enumerate(self._rows):
            if row.facts and row.facts.id == document:
                self.cursor = index
        self.refresh()

    def pieces(self, index: int) -> list[Piece]:
        """Number, date, place and mark of a row."""
        row = self._rows[index]
        number = _number(row)
        held = (row.facts and row.facts.held) or (row.meeting and row.meeting.held)
        before = self._rows[index - 1] if index else None
        again = before is not None and number > 0 and _number(before) == number
        plain, quiet = self.plain, self.look("quiet")
        if row.facts is None:
            plain = quiet
        strong = self.look("strong") if row.facts and row.facts.id == self.open else plain
        cells = 11 if current() == "en" else 7
        if row.facts and (again or not number):  # what tells it from its neighbours
            name = row.facts.id if number else row.facts.title
            told = f"{pad(cut(name, DATED + cells - 1), DATED + cells)}"
        else:
            told = f"{held.isoformat() if held else '—':<{DATED}}{pad(_town(row), cells)}"
        return [
            (f"{'' if again else number or '·':>2} ", strong),
            (told, plain),
            (mark_of(row.facts) if row.facts else "", strong if strong != plain else quiet),
        ]

    def choose(self, index: int) -> None:
        """Open the document of a row, or say that the meeting has none."""
        row = self._rows[index]
        if row.facts:
            self.post_message(self.Chosen(row.facts.id))
        elif row.meeting:
            said = _("There is no document on meeting {number} yet.")
            self.app.say(said.format(number=row.meeting.number))

    def action_toggle_all(self) -> None:
        """List every meeting known, or only those with a document."""
        self.everything = not self.everything

    def beside(self, step: int) -> str | None:
        """The id of the document `step` rows below the open one, past meetings without one."""
        ids = [row.facts.id for row in self._rows if row.facts]
        index = ids.index(self.open) + step if self.open in ids else 0
        return ids[index] if 0 <= index < len(ids) else None


def _key(row: Row) -> str | int:
    """What tells a row from every other: its document, else its meeting."""
    return row.facts.id if row.facts else _number(row)


def _town(row: Row) -> str:
    """Where a meeting was held: as its document says, in the reader's language if it is known."""
    said = row.facts.place if row.facts else ""
    known = row.meeting.place if row.meeting else Name()
    names = [fold(name) for name in (known.ko, known.en) if name]
    same = any(fold(said) in name or name in fold(said) for name in names)
    place = known.in_language(current()) if same or not said else said
    return place.split(",")[0].split(" ")[0]


def _number(row: Row) -> int:
    if row.facts and row.facts.meeting:
        return row.facts.meeting
    return row.meeting.number if row.meeting else 0
