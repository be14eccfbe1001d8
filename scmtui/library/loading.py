"""What was dumped, or another library, is put into this one: nothing that is there is changed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from scmtui import stored
from scmtui.library.changes import Change, insert, put
from scmtui.library.contents import KEPT, Kept, Record
from scmtui.library.shelving import like, take_in
from scmtui.library.tables import TABLES
from scmtui.model import Address, AddressError
from scmtui.text import clean

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from scmtui.library.contents import Contents
    from scmtui.library.tables import Row, Value
    from scmtui.model import Document

MOST_ENTRY = 1 << 20
"""Characters of one line of a dump."""

_TIMES = frozenset({"made", "changed", "lost", "kept", "row", "rank"})
"""Columns that do not make one entry another than a like one."""


class Loaded(NamedTuple):
    """What became of the contents that were to be taken in."""

    added: Counter[str]
    there: Counter[str]
    """How many entries of each table were there already."""
    taken: tuple[tuple[str, str], ...]
    """Table and key of those whose place another entry has, which was left as it is."""
    unread: Counter[str]
    """How many could not be read."""
    renamed: dict[str, str]
    """The ids of documents that have another one here."""
    change: Change | None = None
    """All of it together, so that it can be taken back."""


class Loading:
    """Takes contents into a library, within one transaction."""

    def __init__(self, library: sqlite3.Connection, contents: Contents) -> None:
        self._library = library
        self._contents = contents
        self._changes: list[Change] = []
        self._trays: dict[object, str] = {}
        self._ranks: dict[int, int] = {}
        self.added: Counter[str] = Counter()
        self.there: Counter[str] = Counter()
        self.taken: list[tuple[str, str]] = []
        self.unread: Counter[str] = Counter()
        self.renamed: dict[str, str] = {}

    def load(self) -> Loaded:
        """Take everything in, and say what became of it."""
        for kept in self._contents.documents():
            self._document(kept)
        for table in sorted(KEPT, key=lambda name: name != "trays"):  # items lie in trays
            there = self._there(table)
            for record in self._contents.entries(table):
                self._entry(table, record, there)
        self._session()
        change = None
        if self._changes:
            first, *others = self._changes
            change = first._replace(others=tuple(others))
        unread = self.unread + self._contents.unread
        return Loaded(self.added, self.there, tuple(self.taken), unread, self.renamed, change)

    def _document(self, kept: Kept) -> None:
        document = _whole(kept)
        if document is None:
            self.unread["documents"] += 1
            return
        id_ = like(self._library, document)
        if id_ is None:
            original = kept.original
            if original is not None and sha256(original).hexdigest() != kept.sha256:
                original = None  # the text is what counts
                self.unread["originals"] += 1
            change = take_in(self._library, kept.asked, document, original)
            self._changes.append(change)
            id_ = change.key
            self.added["documents"] += 1
        else:
            self.there["documents"] += 1
        if id_ != kept.id:
            self.renamed[kept.id] = id_

    def _there(self, table: str) -> dict[object, list[str]]:
        """The keys of the entries of a table, by what tells one from another."""
        there: dict[object, list[str]] = {}
        for key, row in TABLES[table].entries(self._library):
            there.setdefault(_identity(table, key, row), []).append(key)
        return there

    def _entry(self, table: str, record: Record, there: dict[object, list[str]]) -> None:
        try:
            key, row = self._row(table, record)
        except (LookupError, ValueError, TypeError, AddressError):
            self.unread[table] += 1
            return
        like = there.get(_identity(table, key, row))
        if like:
            key = like.pop()  # of two like ones that are to come in, the second finds no other
            self.there[table] += 1
        else:
            key = self._write(table, key, row)
        if table == "trays":
            self._trays[record["number"]] = key

    def _write(self, table: str, key: str, row: Row) -> str:
        """Write an entry unless another has its place; its key."""
        known = TABLES[table]
        if known.key == "number":
            self._changes.append(insert(self._library, table, row))
        elif known.row(self._library, key) is None:
            self._changes.append(put(self._library, table, key, row))
        else:
            if table != "places":
                self.taken.append((table, key))
            return key
        self.added[table] += 1
        return self._changes[-1].key

    def _row(self, table: str, record: Record) -> tuple[str, Row]:
        """The key and the row in a record, with the ids that the documents have here."""
        known = TABLES[table]
        values = {name: _value(record.get(name, 0 if name == "lost" else None)) for name in (
            known.key, *known.columns
        )}  # fmt: skip
        for column in known.ends:
            name = known.columns[column]
            values[name] = self._address(str(values[name]), may_be_none=table == "items")
        if table == "items":
            tray = int(self._trays[record["tray"]])
            rank = int(values["rank"] or 0) + self._behind(tray)
            values |= {"tray": tray, "rank": rank}
        row = tuple(values[name] for name in known.columns)
        return known.key_of(str(values[known.key]), row), row

    def _behind(self, tray: int) -> int:
        """What the rank of an item begins with, so that it lies behind those that are there."""
        if tray not in self._ranks:
            query = "SELECT coalesce(max(rank) + 1, 0) FROM items WHERE tray = ?"
            (self._ranks[tray],) = self._library.execute(query, (tray,)).fetchone()
        return self._ranks[tray]

    def _address(self, written: str, *, may_be_none: bool) -> str:
        if not written and may_be_none:
            return ""
        address = Address.parse(written)
        return str(replace(address, document=self.renamed.get(address.document, address.document)))

    def _session(self) -> None:
        if not self._library.execute("SELECT 1 FROM session").fetchone():
            view = {str(_value(name)): _value(it) for name, it in self._contents.session().items()}
            if view.get("") in self.renamed:
                view[""] = self.renamed[str(view[""])]
            self._library.executemany("INSERT INTO session VALUES (?, ?)", view.items())


def _identity(table: str, key: str, row: Row) -> object:
    """What tells an entry from every other one: two like ones are one."""
    known = TABLES[table]
    said = tuple(
        value for name, value in zip(known.columns, row, strict=True) if name not in _TIMES
    )
    return said if known.key == "number" else (key, *said)


def _value(value: object) -> Value:
    """A value from outside. Raises ValueError and TypeError."""
    if isinstance(value, str):
        if len(value) > MOST_ENTRY:
            raise ValueError(value[:20])
        return clean(value).text
    if not isinstance(value, int) or not -(2**63) <= value < 2**63:
        raise TypeError(value)
    return int(value)


def _whole(kept: Kept) -> Document | None:
    """The document in a record; None when it is not as it was kept."""
    try:
        document = stored.loads(kept.text)
        Address.parse(kept.id)
        added = date.fromisoformat(kept.added) if kept.added else None
        asked = Address.parse(kept.asked)
        if any(clean(text).text != text for text in _texts(json.loads(kept.text))):
            return None
    except stored.DAMAGE:
        return None
    if str(asked) != asked.document:
        return None
    provenance = replace(document.facts.provenance, sha256=kept.sha256, added=added)
    return replace(document, facts=replace(document.facts, id=kept.id, provenance=provenance))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for it in value:
            yield from _texts(it)
    elif isinstance(value, dict):
        yield from _texts([*value, *value.values()])
