"""Trays: named collections of passages for a briefing, in the order that the reader gave them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scmtui.library.changes import Change, insert, put
from scmtui.library.notes import there
from scmtui.library.tables import TABLES, as_position, as_row, now
from scmtui.model import LibraryError

if TYPE_CHECKING:
    import sqlite3

    from scmtui.library.changes import Changes
    from scmtui.library.file import LibraryFile
    from scmtui.library.tables import Row
    from scmtui.positions import Position

KINDS = ("passage", "pair", "heading", "line")
"""What can lie in a tray: a passage, two that are compared, a heading, a line of the reader's."""

_TRAYS = """SELECT number, name, made, (SELECT count(*) FROM items WHERE tray = trays.number)
    FROM trays ORDER BY number"""
_NAMED = "SELECT number FROM trays WHERE name = ?"
_ITEMS = f"{TABLES['items'].every} WHERE tray = ? ORDER BY rank, number"
_ORDER = "SELECT number FROM items WHERE tray = ? ORDER BY rank, number"


class Tray(NamedTuple):
    """A tray, and how many things lie in it."""

    number: int
    name: str
    made: str
    size: int = 0


class Item(NamedTuple):
    """One thing in a tray."""

    number: int
    kind: str
    """One of KINDS."""
    one: Position | None
    """The passage, or the left one of a pair."""
    other: Position | None
    """The right one of a pair."""
    text: str
    """The heading, the line, or what the reader says to the passage."""
    made: str
    lost: bool
    """Whether it needs a look: its words were not found again."""


class Trays:
    """The reader's trays."""

    def __init__(self, file: LibraryFile, changes: Changes) -> None:
        self._file = file
        self._changes = changes

    def all(self) -> tuple[Tray, ...]:
        """Every tray, in the order in which they were begun."""
        return tuple(Tray(*row) for row in self._file.read(_TRAYS))

    def items(self, tray: int) -> tuple[Item, ...]:
        """What lies in the tray with this number, in order."""
        return tuple(
            Item(number, kind, as_position(at[:4]), as_position(at[4:]), text, made, bool(lost))
            for number, _tray, _rank, kind, *at, text, made, lost in self._file.read(_ITEMS, tray)
        )

    def add(self, name: str) -> Tray:
        """Begin a tray. Raises LibraryError when there is one of this name."""
        made = now()

        def write(library: sqlite3.Connection) -> Change:
            _free(library, name)
            return insert(library, "trays", (name, made))

        return Tray(int(self._changes.do(write).key), name, made)

    def rename(self, tray: int, name: str) -> None:
        """Give a tray another name. Raises NotFoundError, LibraryError when it is taken."""

        def write(library: sqlite3.Connection) -> Change:
            before, made = there(library, "trays", tray)
            if name != before:
                _free(library, name)
            return put(library, "trays", str(tray), (name, made))

        self._changes.do(write)

    def remove(self, tray: int) -> None:
        """Take a tray away, with all that lies in it, if it is there."""

        def write(library: sqlite3.Connection) -> Change:
            numbers = [str(number) for (number,) in library.execute(_ORDER, (tray,))]
            items = tuple(put(library, "items", number, None) for number in numbers)
            return put(library, "trays", str(tray), None)._replace(others=items)

        self._changes.do(write)

    def put(
        self,
        tray: int,
        kind: str,
        one: Position | None = None,
        other: Position | None = None,
        text: str = "",
        *,
        at: int | None = None,
    ) -> Item:
        """Put something into a tray, at its end or so that it is number `at` from 0.

        Raises NotFoundError when there is no such tray.
        """
        if kind not in KINDS:
            raise ValueError(kind)
        made = now()

        def write(library: sqlite3.Connection) -> Change:
            there(library, "trays", tray)
            order = [number for (number,) in library.execute(_ORDER, (tray,))]
            rank = len(order) if at is None else max(0, min(at, len(order)))
            row: Row = (tray, rank, kind, *as_row(one), *as_row(other), text, made, 0)
            change = insert(library, "items", row)
            order.insert(rank, int(change.key))
            return change._replace(others=_ranked(library, order))

        change = self._changes.do(write)
        return Item(int(change.key), kind, one, other, text, made, lost=False)

    def change(self, item: int, text: str) -> None:
        """Give a heading, a line or a passage another text. Raises NotFoundError."""

        def write(library: sqlite3.Connection) -> Change:
            *before, _text, made, lost = there(library, "items", item)
            return put(library, "items", str(item), (*before, text, made, lost))

        self._changes.do(write)

    def move(self, item: int, at: int) -> None:
        """Put something where it is number `at` from 0 in its tray. Raises NotFoundError."""

        def write(library: sqlite3.Connection) -> Change:
            row = there(library, "items", item)
            order = [number for (number,) in library.execute(_ORDER, (row[0],))]
            wanted = [number for number in order if number != item]
            wanted.insert(max(0, at), item)
            moved = _ranked(library, wanted) if wanted != order else ()
            now_at = TABLES["items"].row(library, str(item))
            others = tuple(change for change in moved if change.key != str(item))
            return Change("items", str(item), row, now_at, others)

        self._changes.do(write)

    def take(self, item: int) -> None:
        """Take something out of its tray, if it is there."""
        self._changes.make("items", str(item), None)


def _free(library: sqlite3.Connection, name: str) -> None:
    if library.execute(_NAMED, (name,)).fetchone():
        raise LibraryError(
            "There is a tray “{name}” already.", kept="Nothing was changed.", name=name
        )


def _ranked(library: sqlite3.Connection, order: list[int]) -> tuple[Change, ...]:
    """Give the items of a tray their places in this order; what that changed."""
    changes = []
    for rank, number in enumerate(order):
        tray, before, *row = there(library, "items", number)
        if before != rank:
            changes.append(put(library, "items", str(number), (tray, rank, *row)))
    return tuple(changes)
