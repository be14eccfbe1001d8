"""The meeting list: the documents at hand, newest meeting first, or every meeting known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message
from textual.reactive import var

from scmtui.language import N_, _, current
from scmtui.model import Facts, Kind, Meeting
from scmtui.text import pad
from scmtui.tui.rows import RowList

if TYPE_CHECKING:
    from textual.binding import BindingType

    from scmtui.tui.rows import Piece


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
        self._rows = rows
        self.rows_changed()

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
        place = row.meeting.place.in_language(current()) if row.meeting else ""
        place = place or (row.facts.place if row.facts else "")
        before = self._rows[index - 1] if index else None
        again = before is not None and number > 0 and _number(before) == number
        plain, quiet = self.plain, self.look("quiet")
        if row.facts is None:
            plain = quiet
        strong = self.look("strong") if row.facts and row.facts.id == self.open else plain
        where = "" if again else (held.isoformat() if held else "—")
        town = "" if again else place.split(",")[0].split(" ")[0]
        return [
            (f"{'' if again else number or '·':>2} ", strong),
            (f"{where:<11}", plain),
            (f"{pad(town, 11 if current() == 'en' else 7)}", plain),
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


def _number(row: Row) -> int:
    if row.facts and row.facts.meeting:
        return row.facts.meeting
    return row.meeting.number if row.meeting else 0
