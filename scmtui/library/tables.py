"""The tables whose entries are changed one by one, so that every change can be taken back."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from scmtui.model import Address, AddressError
from scmtui.positions import Position

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence

    Value = str | int | None
    Row = tuple[Value, ...]

BEFORE = "'"
"""The letter of the mark that every jump sets: the place before it."""
ONE_END = ("address", "quote", "before", "after")
OTHER_END = ("other", "other_quote", "other_before", "other_after")
BOTH_ENDS = (*ONE_END, *OTHER_END)


class Table:
    """A table and its columns; `row` is what an entry holds beside its key.

    `place` gives the key that an entry with this row has, where the key says where it stands.
    """

    def __init__(
        self, name: str, key: str, *columns: str, place: Callable[[Row], str] | None = None
    ) -> None:
        self.name = name
        self.key = key
        self.columns = columns
        self.ends = tuple(columns.index(end) for end in ("address", "other") if end in columns)
        """Where in a row the addresses stand; quote, before and after follow each of them."""
        self.lost = columns.index("lost") if self.ends else -1
        """Where in a row it stands which ends need a look: 1 the first, 2 the second, 3 both."""
        self._place = place
        names = ", ".join(columns)
        values = ", ".join("?" * (len(columns) + 1))
        self.every = f"SELECT {key}, {names} FROM {name}"  # noqa: S608 - names from this file
        """The statement that asks for every entry, its key first."""
        self._read = f"SELECT {names} FROM {name} WHERE {key} = ?"  # noqa: S608
        self._write = f"INSERT OR REPLACE INTO {name} ({key}, {names}) VALUES ({values})"  # noqa: S608
        self._delete = f"DELETE FROM {name} WHERE {key} = ?"  # noqa: S608

    def row(self, connection: sqlite3.Connection, key: str) -> Row | None:
        """The entry with this key, if there is one."""
        found: Row | None = connection.execute(self._read, (key,)).fetchone()
        return found

    def put(self, connection: sqlite3.Connection, key: str, row: Row | None) -> bool:
        """Make `row` the entry with this key, None: have none; says whether anything changed."""
        if row is None:
            return connection.execute(self._delete, (key,)).rowcount > 0
        return connection.execute(self._write, (key, *row)).rowcount > 0

    def insert(self, connection: sqlite3.Connection, row: Row) -> str:
        """Make `row` a new entry, and say with which key."""
        return str(connection.execute(self._write, (None, *row)).lastrowid)

    def entries(self, connection: sqlite3.Connection) -> Iterator[tuple[str, Row]]:
        """Every entry by its key, as the table stands now."""
        for key, *row in connection.execute(self.every).fetchall():
            yield str(key), tuple(row)

    def key_of(self, key: str, row: Row) -> str:
        """The key under which the entry `row`, now under `key`, is to stand."""
        return self._place(row) if self._place else key


class DocumentTable(Table):
    """The documents: an entry is the number of the one that has the id; it outlives its removal."""

    def __init__(self) -> None:
        super().__init__("documents", "id", "number")

    def put(self, connection: sqlite3.Connection, key: str, row: Row | None) -> bool:
        """Give the id `key` to the document with the number in `row`, None: to none."""
        gone = connection.execute(
            """UPDATE documents SET id = NULL, was = id, removed = datetime('now')
                WHERE id = ?""",
            (key,),
        )
        if row is None:
            return gone.rowcount > 0
        there = connection.execute(
            "UPDATE documents SET id = ?, was = NULL, removed = NULL WHERE number = ?", (key, *row)
        )
        return there.rowcount > 0


TABLES = {
    table.name: table
    for table in (
        Table(
            "places", "document", *ONE_END, "row", "kept", "lost",
            place=lambda row: Address.parse(str(row[0])).document,
        ),
        Table("marks", "letter", *ONE_END, "made", "lost"),
        Table(
            "pins", "pair", *BOTH_ENDS, "together", "made", "lost",
            place=lambda row: f"{row[0]} {row[4]}",
        ),
        Table("notes", "number", *ONE_END, "text", "made", "changed", "lost"),
        Table("tags", "number", *ONE_END, "tag", "made", "lost"),
        Table("links", "number", *BOTH_ENDS, "text", "made", "lost"),
        Table("trays", "number", "name", "made"),
        Table("items", "number", "tray", "rank", "kind", *BOTH_ENDS, "text", "made", "lost"),
        DocumentTable(),
    )
}  # fmt: skip


def as_row(position: Position | None) -> tuple[str, str, str, str]:
    """A position as its four columns; None leaves them empty."""
    if position is None:
        return "", "", "", ""
    return str(position.address), position.quote, position.before, position.after


def as_position(row: Sequence[Value]) -> Position | None:
    """The position in four columns, None if its address is none: one bad entry hides no other."""
    address, quote, before, after = map(str, row)
    try:
        return Position(Address.parse(address), quote, before, after)
    except AddressError:
        return None


def now() -> str:
    """This moment, as it is kept."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
