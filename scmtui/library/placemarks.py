"""Where the reader was, and what the reader marked or paired."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from scmtui.library.changes import put
from scmtui.library.tables import BEFORE, TABLES, as_position, as_row, now
from scmtui.positions import Position, find_again

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from scmtui.compare.rows import Pin
    from scmtui.library.changes import Change, Changes
    from scmtui.library.file import LibraryFile
    from scmtui.model import Document, LibraryError

_PLACES = "SELECT document, address, quote, before, after, row FROM places"
_MARKS = "SELECT letter, address, quote, before, after FROM marks"
_PINS = """SELECT address, quote, before, after,
    other, other_quote, other_before, other_after, together FROM pins ORDER BY made"""


class Place(NamedTuple):
    """Where the reader was in a document: the part under the eyes, and where it stood."""

    position: Position
    row: int = 0
    """Rows from the top of the pane down to the first line of the part; above the top if < 0."""


class Session(NamedTuple):
    """What a session leaves for the next one: its place, and how the screen was set up."""

    place: Place
    view: Mapping[str, str | int] = MappingProxyType({})
    """The state of the screen by name (theme, panes); the library only keeps it."""


class Placemarks:
    """The reader's places, marks and pairs in the library."""

    BEFORE = BEFORE
    """The letter of the mark that every jump sets: the place before it."""

    def __init__(self, file: LibraryFile, changes: Changes) -> None:
        self._file = file
        self._changes = changes

    @property
    def problem(self) -> LibraryError | None:
        """What the reader should know about the library, once it has been used."""
        return self._file.problem

    @property
    def writable(self) -> bool:
        """Whether what is written now would be kept."""
        return self._file.writable()

    def last_session(self) -> Session | None:
        """What the last session left, if there was one."""
        view = dict(self._file.read("SELECT name, value FROM session"))
        place = self.place(str(view.pop("", "")))
        return Session(place, view) if place else None

    def place(self, document: str) -> Place | None:
        """Where the reader was in the document with this id."""
        rows = self._file.read(f"{_PLACES} WHERE document = ?", document)
        return _places(rows).get(document)

    def places(self) -> dict[str, Place]:
        """Where the reader was in each document that has been read, by id, latest first."""
        return _places(self._file.read(f"{_PLACES} ORDER BY kept DESC"))

    def keep(self, session: Session) -> None:
        """Leave `session` for the next one; a library that is read-only stays as it is."""

        def write(connection: sqlite3.Connection) -> None:
            position, row = session.place
            document = position.address.document
            TABLES["places"].put(connection, document, (*as_row(position), row, now(), 0))
            connection.execute("DELETE FROM session")
            view = {"": document, **session.view}
            connection.executemany("INSERT INTO session VALUES (?, ?)", view.items())

        self._write_in_passing(write)

    def marks(self) -> dict[str, Position]:
        """Every mark by its letter."""
        rows = self._file.read(_MARKS)
        found = {letter: as_position(quoted) for letter, *quoted in rows}
        return {letter: position for letter, position in sorted(found.items()) if position}

    def set_mark(self, letter: str, position: Position) -> None:
        """Put the mark `letter` at `position`; BEFORE is set in passing and cannot be undone."""
        row = (*as_row(position), now(), 0)
        if letter == self.BEFORE:
            table = TABLES["marks"]
            self._write_in_passing(lambda library: table.put(library, letter, row))
        else:
            self._changes.make("marks", letter, row)

    def remove_mark(self, letter: str) -> None:
        """Take the mark `letter` away, if it is there."""
        self._changes.make("marks", letter, None)

    def pins(self) -> list[tuple[Position, Position, bool]]:
        """Pairs of paragraphs that the reader has put together (True) or parted (False)."""
        found = [
            (as_position(row[:4]), as_position(row[4:8]), bool(row[8]))
            for row in self._file.read(_PINS)
        ]
        return [(one, other, together) for one, other, together in found if one and other]

    def pins_between(self, left: Document, right: Document) -> Iterator[Pin]:
        """What the reader said of paragraphs of two documents, as far as they are found again."""
        from scmtui.compare.rows import Pin

        both = {document.id: document for document in (left, right)}
        for one, other, together in self.pins():
            if {one.address.document, other.address.document} == both.keys():
                ends = [find_again(it, both[it.address.document]) for it in (one, other)]
                if ends[0] and ends[1]:
                    yield Pin(ends[0], ends[1], together)

    def set_pin(self, one: Position, other: Position, *, together: bool) -> None:
        """Put two paragraphs together, or part them, whenever their documents are compared."""
        self.set_pins([(one, other)], together=together)

    def set_pins(self, pairs: Sequence[tuple[Position, Position]], *, together: bool) -> None:
        """Put several paragraphs together, or part them, as one change."""

        def write(library: sqlite3.Connection) -> Change:
            first, *others = (
                put(
                    library,
                    "pins",
                    f"{one.address} {other.address}",
                    (*as_row(one), *as_row(other), int(together), now(), 0),
                )
                for one, other in pairs
            )
            return first._replace(others=tuple(others))

        if pairs:
            self._changes.do(write)

    def _write_in_passing(self, write: Callable[[sqlite3.Connection], object]) -> None:
        """Write what the reader did not ask for: never an error in a library that is read-only.

        Nobody waits until the disk has it. A power cut may take the last place, no more.
        """
        if self.writable:
            self._file.write(write, durable=False)


def _places(rows: list[tuple[Any, ...]]) -> dict[str, Place]:
    return {
        document: Place(position, row)
        for document, *quoted, row in rows
        if (position := as_position(quoted))
    }
