"""What this session changed in the library, and how that is taken back and made again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scmtui.model import LibraryError

if TYPE_CHECKING:
    import sqlite3

    from scmtui.library.file import LibraryFile

    Row = tuple[str | int, ...]

MOST_UNDO = 1000


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


class Table(NamedTuple):
    """The statements that read, write and delete the entry with a key."""

    read: str
    write: str
    delete: str

    def row(self, connection: sqlite3.Connection, key: str) -> Row | None:
        """The entry with this key, if there is one."""
        found: Row | None = connection.execute(self.read, (key,)).fetchone()
        return found

    def put(self, connection: sqlite3.Connection, key: str, row: Row | None) -> bool:
        """Make `row` the entry with this key, None: have none; says whether anything changed."""
        if row is None:
            return connection.execute(self.delete, (key,)).rowcount > 0
        return connection.execute(self.write, (key, *row)).rowcount > 0


TABLES = {
    "marks": Table(
        "SELECT address, quote, before, after, made FROM marks WHERE letter = ?",
        "INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?, ?, ?)",
        "DELETE FROM marks WHERE letter = ?",
    ),
    "pins": Table(
        """SELECT address, quote, before, after,
            other, other_quote, other_before, other_after, together, made
            FROM pins WHERE pair = ?""",
        "INSERT OR REPLACE INTO pins VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "DELETE FROM pins WHERE pair = ?",
    ),
    # The entry is the number of the document that has the id: it outlives its removal.
    "documents": Table(
        "SELECT number FROM documents WHERE id = ?",
        "UPDATE documents SET id = ?, removed = NULL WHERE number = ?",
        "UPDATE documents SET id = NULL, removed = datetime('now') WHERE id = ?",
    ),
}


class Changes:
    """The changes of one session, in order."""

    def __init__(self, file: LibraryFile) -> None:
        self._file = file
        self._done: list[Change] = []
        self._undone: list[Change] = []

    def rows(self, table: str) -> set[Row]:
        """Every row of a table that was changed, as it was before or became."""
        changes = (change for change in (*self._done, *self._undone) if change.table == table)
        return {row for change in changes for row in (change.before, change.after) if row}

    def make(self, table: str, key: str, row: Row | None) -> Change:
        """Make `row` the entry with this key, or have none."""

        def write(connection: sqlite3.Connection) -> Change:
            before = TABLES[table].row(connection, key)
            TABLES[table].put(connection, key, row)
            return Change(table, key, before, row)

        change = self._file.write(write)
        self.record(change)
        return change

    def record(self, change: Change) -> None:
        """Remember a change that was made, if it is one."""
        if change.before != change.after:
            self._done = [*self._done, change][-MOST_UNDO:]
            self._undone.clear()

    def undo(self) -> Change | None:
        """Take back the last change, and say which; None if there is none."""
        return self._turn(self._done, self._undone)

    def redo(self) -> Change | None:
        """Make the change again that was last undone, and say which; None if there is none."""
        return self._turn(self._undone, self._done)

    def _turn(self, source: list[Change], target: list[Change]) -> Change | None:
        if not source:
            return None
        change = source[-1].reversed

        def write(connection: sqlite3.Connection) -> bool:
            table = TABLES[change.table]
            as_left = table.row(connection, change.key) == change.before
            return as_left and table.put(connection, change.key, change.after)

        made = self._file.write(write)
        source.pop()
        if not made:
            raise LibraryError(
                "Another session has changed this since.", kept="What it wrote stands."
            )
        target.append(change)
        return change
