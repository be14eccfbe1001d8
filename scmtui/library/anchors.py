"""What the reader attached to texts, and how it follows its words when a text is another one.

It is found again by the words that it quotes. What cannot be found stays where it was and needs a
look; it is never moved by a guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scmtui.library.changes import Change
from scmtui.library.tables import BEFORE, TABLES, as_position
from scmtui.positions import Finder

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Container, Iterator

    from scmtui.library.tables import Row, Table
    from scmtui.model import Document
    from scmtui.positions import Position

ANCHORED = tuple(table for table in TABLES.values() if table.ends)
FIRST, SECOND = 1, 2


class Stray(NamedTuple):
    """Something that needs a look: the words that it was attached to are not there."""

    table: str
    """marks, pins, notes, tags, links or items."""
    key: str
    position: Position
    """Where it was attached, and to which words."""
    told: str
    """What it is by: the letter of a mark, the text of a note, the tag."""
    gone: bool
    """Whether the whole document is not there; otherwise it has not these words."""


class Followed(NamedTuple):
    """What became of everything that is attached to a document."""

    changes: tuple[Change, ...]
    strays: tuple[Stray, ...]

    @property
    def moved(self) -> int:
        """How many have another address now, and are not astray."""
        lost = {(stray.table, stray.key) for stray in self.strays}
        return sum(
            1
            for change in self.changes
            if change.after and (change.table, change.key) not in lost and change.table != "places"
        )


def follow(library: sqlite3.Connection, id_: str, document: Document) -> Followed:
    """Let everything that is attached to the document `id_` find its words in `document`."""
    changes: list[Change] = []
    strays: list[Stray] = []
    finder = Finder(document)
    for table in ANCHORED:
        moving = []
        for key, row in table.entries(library):
            new = _found(table, row, id_, finder)
            if new is None:
                continue
            where = table.key_of(key, new)
            if (where, new) != (key, row):
                moving.append((key, row, where, new))
            if new[table.lost]:
                here = {id_, document.id}
                found = _strays(table, where, new, here)
                strays += (it for it in found if it.position.address.document in here)
        changes += _move(library, table, moving)
    return Followed(tuple(changes), tuple(strays))


def attached(library: sqlite3.Connection) -> set[str]:
    """The ids of the documents to which something is attached."""
    return {
        position.address.document
        for table in ANCHORED
        for _key, row in table.entries(library)
        for _end, _column, position in _ends(table, row)
    }


def strays(library: sqlite3.Connection, there: Container[str]) -> tuple[Stray, ...]:
    """What needs a look, where only the documents with the ids `there` are there."""
    found: list[Stray] = []
    for table in ANCHORED:
        if table.name != "places":
            for key, row in table.entries(library):
                found += _strays(table, key, row, there)
    return tuple(found)


def _found(table: Table, row: Row, id_: str, finder: Finder) -> Row | None:
    """The row with its new addresses, None if it is not attached to the document `id_`."""
    new, attached = row, False
    for end, column, position in _ends(table, row):
        if position.address.document != id_:
            continue
        attached = True
        found = finder.find(position)
        lost = int(str(new[table.lost])) & ~end | (0 if found else end)
        new = _with(new, table.lost, lost)
        if found:
            new = _with(new, column, str(found))
    return new if attached else None


def _ends(table: Table, row: Row) -> Iterator[tuple[int, int, Position]]:
    """The positions in a row, each after its bit among those that need a look, and its column."""
    for end, column in zip((FIRST, SECOND), table.ends, strict=False):
        if row[column] and (position := as_position(row[column : column + 4])):
            yield end, column, position


def _strays(table: Table, key: str, row: Row, there: Container[str]) -> Iterator[Stray]:
    if (table.name, key) == ("marks", BEFORE):  # nobody misses it
        return
    for end, _column, position in _ends(table, row):
        gone = position.address.document not in there
        if gone or int(str(row[table.lost])) & end:
            yield Stray(table.name, key, position, _told(table, key, row), gone)


def _told(table: Table, key: str, row: Row) -> str:
    for name in ("text", "tag"):
        if name in table.columns:
            return str(row[table.columns.index(name)])
    return key


def _move(
    library: sqlite3.Connection, table: Table, moving: list[tuple[str, Row, str, Row]]
) -> Iterator[Change]:
    """Write the new rows; those that leave their key go first, since another may need it."""
    for key, row, where, _new in moving:
        if where != key:
            table.put(library, key, None)
            yield Change(table.name, key, row, None)
    for _key, _row, where, new in moving:
        before = table.row(library, where)
        table.put(library, where, new)
        yield Change(table.name, where, before, new)


def _with(row: Row, column: int, value: str | int) -> Row:
    return *row[:column], value, *row[column + 1 :]
