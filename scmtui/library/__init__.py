"""What the reader made: places and marks, and how the last change of them is undone.

Several sessions may write at once. Nothing is ever overwritten unread: a library that cannot be
used is kept under another name, and `Library.problem` says so.
"""

from __future__ import annotations

import time
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from scmtui.library.file import LibraryFile
from scmtui.model import Address, AddressError, LibraryError
from scmtui.positions import Position

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    Row = tuple[str | int, ...]

MOST_UNDO = 1000

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE places (
            document TEXT PRIMARY KEY,
            address TEXT NOT NULL, quote TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
            row INTEGER NOT NULL,
            kept TEXT NOT NULL
        ) WITHOUT ROWID""",
        "CREATE TABLE session (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID",
        """CREATE TABLE marks (
            letter TEXT PRIMARY KEY,
            address TEXT NOT NULL, quote TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
            made TEXT NOT NULL
        ) WITHOUT ROWID""",
        """CREATE TABLE pins (
            pair TEXT PRIMARY KEY,
            address TEXT NOT NULL, quote TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
            other TEXT NOT NULL, other_quote TEXT NOT NULL,
            other_before TEXT NOT NULL, other_after TEXT NOT NULL,
            together INTEGER NOT NULL,
            made TEXT NOT NULL
        ) WITHOUT ROWID""",
    ),
)
"""The steps from each version of the schema to the next; a step is never changed once released."""


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


class Change(NamedTuple):
    """One entry of a table as it was and as it became; None where there was or is none."""

    table: str
    key: str
    before: Row | None
    after: Row | None

    @property
    def reversed(self) -> Change:
        """The change that takes this one back."""
        return Change(self.table, self.key, self.after, self.before)


class _Table(NamedTuple):
    """The statements that read, write and delete the entry with a key."""

    read: str
    write: str
    delete: str

    def put(self, connection: sqlite3.Connection, key: str, row: Row | None) -> None:
        if row is None:
            connection.execute(self.delete, (key,))
        else:
            connection.execute(self.write, (key, *row))


_PLACES = "SELECT document, address, quote, before, after, row FROM places"
_PLACE = "INSERT OR REPLACE INTO places VALUES (?, ?, ?, ?, ?, ?, ?)"
_PINS = """SELECT address, quote, before, after,
    other, other_quote, other_before, other_after, together, made FROM pins"""
_TABLES = {
    "marks": _Table(
        "SELECT address, quote, before, after, made FROM marks WHERE letter = ?",
        "INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?, ?, ?)",
        "DELETE FROM marks WHERE letter = ?",
    ),
    "pins": _Table(
        f"{_PINS} WHERE pair = ?",
        "INSERT OR REPLACE INTO pins VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "DELETE FROM pins WHERE pair = ?",
    ),
}


class Library:
    """The reader's places and marks, kept in `folder`.

    Reading never fails: what cannot be read is not there, and `problem` says why. Writing raises
    LibraryError.
    """

    BEFORE = "'"
    """The letter of the mark that every jump sets: the place before it."""

    def __init__(self, folder: Path) -> None:
        self._file = LibraryFile(folder, MIGRATIONS)
        self._done: list[Change] = []
        self._undone: list[Change] = []

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
            connection.execute(_PLACE, (document, *_row(position), row, _now()))
            connection.execute("DELETE FROM session")
            view = {"": document, **session.view}
            connection.executemany("INSERT INTO session VALUES (?, ?)", view.items())

        self._write_in_passing(write)

    def marks(self) -> dict[str, Position]:
        """Every mark by its letter."""
        rows = self._file.read("SELECT letter, address, quote, before, after FROM marks")
        found = {letter: _position(quoted) for letter, *quoted in rows}
        return {letter: position for letter, position in sorted(found.items()) if position}

    def set_mark(self, letter: str, position: Position) -> None:
        """Put the mark `letter` at `position`; BEFORE is set in passing and cannot be undone."""
        row = (*_row(position), _now())
        if letter == self.BEFORE:
            table = _TABLES["marks"]
            self._write_in_passing(lambda library: table.put(library, letter, row))
        else:
            self._change("marks", letter, row)

    def remove_mark(self, letter: str) -> None:
        """Take the mark `letter` away, if it is there."""
        self._change("marks", letter, None)

    def pins(self) -> list[tuple[Position, Position, bool]]:
        """Pairs of paragraphs that the reader has put together (True) or parted (False)."""
        found = [
            (_position(row[:4]), _position(row[4:8]), bool(row[8]))
            for row in self._file.read(f"{_PINS} ORDER BY made")
        ]
        return [(one, other, together) for one, other, together in found if one and other]

    def set_pin(self, one: Position, other: Position, *, together: bool) -> None:
        """Put two paragraphs together, or part them, whenever their documents are compared."""
        row = (*_row(one), *_row(other), int(together), _now())
        self._change("pins", f"{one.address} {other.address}", row)

    def undo(self) -> Change | None:
        """Take back the last change of this session, and say which; None if there is none."""
        return self._turn(self._done, self._undone)

    def redo(self) -> Change | None:
        """Make the change again that was last undone, and say which; None if there is none."""
        return self._turn(self._undone, self._done)

    def changed_elsewhere(self) -> bool:
        """Whether another session has written since this was last asked."""
        return self._file.changed_elsewhere()

    def close(self) -> None:
        """Leave the file tidy; the first session of a day that wrote leaves a backup."""
        self._file.close()

    def _write_in_passing(self, write: Callable[[sqlite3.Connection], None]) -> None:
        """Write what the reader did not ask for: never an error in a library that is read-only.

        Nobody waits until the disk has it. A power cut may take the last place, no more.
        """
        if self.writable:
            self._file.write(write, durable=False)

    def _change(self, table: str, key: str, row: Row | None) -> None:
        def write(connection: sqlite3.Connection) -> Change:
            before = connection.execute(_TABLES[table].read, (key,)).fetchone()
            _TABLES[table].put(connection, key, row)
            return Change(table, key, before, row)

        change = self._file.write(write)
        if change.before != change.after:
            self._done = [*self._done, change][-MOST_UNDO:]
            self._undone.clear()

    def _turn(self, source: list[Change], target: list[Change]) -> Change | None:
        if not source:
            return None
        change = source[-1].reversed

        def write(connection: sqlite3.Connection) -> bool:
            table = _TABLES[change.table]
            if connection.execute(table.read, (change.key,)).fetchone() != change.before:
                return False
            table.put(connection, change.key, change.after)
            return True

        made = self._file.write(write)
        source.pop()
        if not made:
            raise LibraryError(
                "Another session has changed this since.", kept="What it wrote stands."
            )
        target.append(change)
        return change


def _places(rows: list[tuple[Any, ...]]) -> dict[str, Place]:
    return {
        document: Place(position, row)
        for document, *quoted, row in rows
        if (position := _position(quoted))
    }


def _row(position: Position) -> Row:
    return str(position.address), position.quote, position.before, position.after


def _position(row: Sequence[str]) -> Position | None:
    """The position in a row, None if its address is none: one bad entry must not hide the rest."""
    address, quote, before, after = row
    try:
        return Position(Address.parse(address), quote, before, after)
    except AddressError:
        return None


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
