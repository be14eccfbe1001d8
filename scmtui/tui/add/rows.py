"""The rows of what is being added: each file with its progress, below it each of its documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message
from textual.reactive import reactive, var

from scmtui.language import _, ngettext
from scmtui.text import cut, width
from scmtui.tui.add.intake import Draft, Incoming, State
from scmtui.tui.bars import two_ends
from scmtui.tui.rows import RowList
from scmtui.tui.shown import Drawn, line
from scmtui.wrap import wrap

if TYPE_CHECKING:
    from textual.strip import Strip

    from scmtui.tui.rows import Piece

BAR = 10
"""Cells of the bar that shows how far a reading has come."""

GLYPHS = {
    State.WAITING: "·",
    State.READING: "»",
    State.LOCKED: "?",
    State.FAILED: "!",
    State.STOPPED: "–",
    State.READ: " ",
}


class Row(NamedTuple):
    """A file, or a document that was read from it."""

    file: Incoming
    place: int | None = None

    @property
    def draft(self) -> Draft | None:
        """The document of the row; of a file that holds one, that one."""
        if self.place is not None:
            return self.file.drafts[self.place]
        return self.file.drafts[0] if len(self.file.drafts) == 1 else None

    @property
    def at(self) -> int:
        """Which of the documents of its file the row is about."""
        return self.place or 0


class AddBar(Drawn):
    """How many files there are, and what has become of them."""

    said: reactive[str] = reactive("")
    busy: reactive[str] = reactive("")

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        """The one line of the bar."""
        pieces = [(f" {_('Add')} ", self.look("title")), (self.said, self.look("quiet"))]
        end = (f" {self.busy} " if self.busy else "", self.look("strong"))
        return two_ends(pieces, end, self.size.width, self.plain)


class IntakeList(RowList):
    """The files that are being added, and their documents."""

    @dataclass
    class Chosen(Message):
        """The reader wants to go on with a row."""

        row: Row

    files: var[tuple[Incoming, ...]] = var((), init=False)

    def __init__(self) -> None:
        super().__init__(id="intake-list")
        self._rows: list[Row] = []

    @property
    def count(self) -> int:
        """Rows now listed."""
        return len(self._rows)

    @property
    def under(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self.cursor] if self._rows else None

    def watch_files(self) -> None:
        """Show the files as they are now; the cursor stays on its row."""
        before = self.under
        self._rows = [row for file in self.files for row in _rows(file)]
        if before:
            keys = [(row.file.number, row.place) for row in self._rows]
            here = (before.file.number, before.place)
            nearest = here if here in keys else (before.file.number, None)
            if nearest in keys:
                self.set_reactive(RowList.cursor, keys.index(nearest))
        self.rows_changed()

    def pieces(self, index: int) -> list[Piece]:
        """The name and how far it has come, or the document and what becomes of it."""
        row = self._rows[index]
        draft = row.draft
        if row.place is not None and draft:
            left = f"   {draft.document.id}  {draft.document.facts.title}"
            return self._columns(glyph_of(draft), left, in_words(draft), draft)
        if draft:
            left = f" {row.file.name}"
            return self._columns(glyph_of(draft), left, in_words(draft), draft)
        file = row.file
        if file.problem and file.name in file.problem:
            glyph = (GLYPHS[file.state], self.look("mark"))
            problem = cut(f" {file.problem}", self.size.width - 3)
            return [glyph, (problem, self.look("warning"))]
        return self._columns(GLYPHS[file.state], f" {file.name}", progress(file), None)

    def _columns(self, glyph: str, left: str, right: str, draft: Draft | None) -> list[Piece]:
        room = self.size.width - 3
        end = cut(right, max(room // 2, room - width(left) - 2))
        left = cut(left, room - width(end) - 2)
        gap = " " * max(1, room - width(left) - width(end))
        quiet = draft is not None and not draft.open
        return [
            (glyph, self.look("mark")),
            (left, self.look("quiet") if quiet else self.plain),
            (gap, self.plain),
            (end, self.look("warning" if glyph in "!?" else "quiet")),
        ]

    def choose(self, index: int) -> None:
        """Do what comes next with a row."""
        self.post_message(self.Chosen(self._rows[index]))


def _rows(file: Incoming) -> list[Row]:
    several = len(file.drafts) > 1
    return [Row(file), *(Row(file, n) for n in range(len(file.drafts)) if several)]


def glyph_of(draft: Draft) -> str:
    """One character for what becomes of a document."""
    if draft.kept:
        return "=" if draft.there else "✓"
    if draft.dropped:
        return "–"
    return "•" if draft.document.doubts else "○"


def progress(file: Incoming) -> str:
    """How far the reading of a file has come, in words."""
    if file.state is State.READ:
        count = len(file.drafts)
        return ngettext("{count} document", "{count} documents", count).format(count=count)
    if file.state is State.READING and file.total:
        full = BAR * min(file.done, file.total) // file.total
        told = _("{done} of {total}").format(done=file.done, total=file.total)
        return f"{'█' * full}{'░' * (BAR - full)} {told}"
    if file.state is State.READING and file.done:
        return _("{done} done").format(done=file.done)
    words = {
        State.WAITING: _("waiting"),
        State.READING: _("reading"),
        State.LOCKED: _("needs a password"),
        State.STOPPED: _("stopped"),
    }
    return words.get(file.state) or file.problem


def in_words(draft: Draft) -> str:
    """What becomes of a document, in a few words."""
    if draft.there:
        return _("is there already: {id}").format(id=draft.kept)
    if draft.kept:
        return _("added: {id}").format(id=draft.kept)
    if draft.dropped:
        return _("left out")
    doubts = len(draft.document.doubts)
    said = ngettext("{count} doubt", "{count} doubts", doubts).format(count=doubts)
    return said if doubts else _("read, no doubts")


class Detail(Drawn):
    """What is to be said of the row under the cursor, in whole sentences."""

    lines: reactive[tuple[tuple[str, str], ...]] = reactive(())
    """Each line with the name of its look."""

    def render_line(self, y: int) -> Strip:
        """One line, broken from what is said."""
        rows = [
            (text[a:b], look)
            for text, look in self.lines
            for a, b in (wrap(text, max(8, self.size.width - 2)) if text else [(0, 0)])
        ]
        text, look = rows[y] if y < len(rows) else ("", "")
        return line([(f" {text}", self.look(look))], self.size.width, self.plain)
