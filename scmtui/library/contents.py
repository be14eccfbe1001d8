"""What is in a library as plain records: to write it elsewhere, and to take it from elsewhere.

A source gives documents and entries one by one; what cannot be read in it is counted, not guessed.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from scmtui.library.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = tuple(name for name in TABLES if name != "documents")
"""The tables whose entries are records; documents are more than that."""

_DOCUMENTS = """SELECT number, id, asked, sha256, added FROM documents
    WHERE id IS NOT NULL ORDER BY {}"""
_TEXT = "SELECT json FROM texts WHERE number = ?"
_ORIGINAL = "SELECT bytes FROM originals WHERE sha256 = ?"
_DAMAGE = (sqlite3.DatabaseError, MemoryError)


class Kept(NamedTuple):
    """A document as it is kept: `text` is what `stored.dumps` makes of it."""

    id: str
    asked: str
    sha256: str
    added: str
    """The day, as 2025-11-04; empty when it is not known."""
    text: str
    original: bytes | None


Record = dict[str, Any]
"""An entry of a table by its columns."""


class Contents(Protocol):
    """Where the contents of a library come from."""

    unread: Counter[str]
    """How many entries of each table are there and could not be read, as far as can be told."""

    def documents(self) -> Iterator[Kept]:
        """Every document, in order."""
        ...

    def entries(self, table: str) -> Iterator[Record]:
        """Every entry of a table."""
        ...

    def session(self) -> dict[str, str | int]:
        """How the last session left the screen."""
        ...


class InDatabase:
    """The contents of a database, also of one that is damaged: what can be read of it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.unread: Counter[str] = Counter()

    def documents(self) -> Iterator[Kept]:
        """Every document whose text can be read."""
        ranked = "rank" in self._columns("documents")  # not in those of earlier versions
        query = _DOCUMENTS.format("coalesce(rank, number)" if ranked else "number")
        for number, id_, asked, sha, added in self._rows("documents", query):
            text = self._one("texts", _TEXT, number)
            if isinstance(text, str):
                original = self._one("originals", _ORIGINAL, sha)
                as_bytes = original if isinstance(original, bytes) else None
                yield Kept(str(id_), str(asked), str(sha), str(added or ""), text, as_bytes)

    def entries(self, table: str) -> Iterator[Record]:
        """Every entry of a table that can be read."""
        names = TABLES[table].key, *TABLES[table].columns
        there = self._columns(table)
        columns = [name for name in names if name in there]
        if TABLES[table].key in there:
            chosen, key = ", ".join(columns), TABLES[table].key
            query = f"SELECT {chosen} FROM {table} ORDER BY {key}"  # noqa: S608 - names of ours
            for row in self._rows(table, query):
                yield dict(zip(columns, row, strict=True))

    def session(self) -> dict[str, str | int]:
        """How the last session left the screen."""
        return dict(self._rows("session", "SELECT name, value FROM session"))

    def _columns(self, table: str) -> set[str]:
        return {row[1] for row in self._rows(table, f"PRAGMA table_info({table})")}

    def _rows(self, table: str, query: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query: from the front as far as it goes, then from the back."""
        seen = set()
        try:
            for row in self._connection.execute(query):
                seen.add(row[0])
                yield row
        except _DAMAGE:
            self.unread[table] += 1
        else:
            return
        with suppress(*_DAMAGE):
            for row in self._connection.execute(f"{query} DESC"):
                if row[0] in seen:
                    break
                yield row

    def _one(self, table: str, query: str, value: object) -> object:
        try:
            for (found,) in self._connection.execute(query, (value,)):
                return found
        except _DAMAGE:
            self.unread[table] += 1
        return None
