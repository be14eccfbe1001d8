"""What this session changed in the library, and how that is taken back and made again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scmtui.library.tables import TABLES
from scmtui.model import LibraryError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from scmtui.library.file import LibraryFile
    from scmtui.library.tables import Row

MOST_UNDO = 1000


class OvertakenError(LibraryError):
    """What was to be taken back, or made again, is not as this session left it."""


class Change(NamedTuple):
    """One entry of a table as it was and as it became; None where there was or is none."""

    table: str
    key: str
    before: Row | None
    after: Row | None
    others: tuple[Change, ...] = ()
    """What was changed together with it, in order: positions that follow their words."""

    @property
    def reversed(self) -> Change:
        """The change that takes this one back."""
        others = tuple(other.reversed for other in self.others[::-1])
        return Change(self.table, self.key, self.after, self.before, others)

    @property
    def parts(self) -> tuple[Change, ...]:
        """Every single change, this one first."""
        return self, *(part for other in self.others for part in other.parts)


class Changes:
    """The changes of one session, in order."""

    def __init__(self, file: LibraryFile) -> None:
        self._file = file
        self._done: list[Change] = []
        self._undone: list[Change] = []

    def make(self, table: str, key: str, row: Row | None) -> Change:
        """Make `row` the entry with this key, or have none."""
        return self.do(lambda connection: put(connection, table, key, row))

    def do(self, write: Callable[[sqlite3.Connection], Change]) -> Change:
        """Do what `write` does, as a whole or not at all, and remember it."""
        change = self._file.write(write)
        self.record(change)
        return change

    def record(self, change: Change) -> None:
        """Remember a change that was made, if it is one."""
        if change.before != change.after or change.others:
            self._done = [*self._done, change][-MOST_UNDO:]
            self._undone.clear()

    def forget(self) -> None:
        """Let nothing be taken back any more: everything is another one now."""
        self._done, self._undone = [], []

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
        try:
            self._file.write(lambda connection: _turn(connection, change))
        except OvertakenError:
            source.pop()
            raise
        source.pop()
        target.append(change)
        return change


def put(connection: sqlite3.Connection, table: str, key: str, row: Row | None) -> Change:
    """Make `row` the entry with this key, or have none; the change that this is."""
    before = TABLES[table].row(connection, key)
    TABLES[table].put(connection, key, row)
    return Change(table, key, before, row)


def insert(connection: sqlite3.Connection, table: str, row: Row) -> Change:
    """Make `row` a new entry; the change that this is."""
    return Change(table, TABLES[table].insert(connection, row), None, row)


def _turn(connection: sqlite3.Connection, change: Change) -> None:
    """Make a change where everything is as it was left.

    Of what was changed together, only documents must be so: a mark that another session has moved
    since stays where it was put.
    """
    for part in change.parts:
        table = TABLES[part.table]
        as_left = table.row(connection, part.key) == part.before
        if as_left and (part.before == part.after or table.put(connection, part.key, part.after)):
            continue
        if part is change or part.table == "documents":
            raise OvertakenError(
                "Another session has changed this since.", kept="What it wrote stands."
            )
