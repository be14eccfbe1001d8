"""The passages of a large library, found through its index as the search asks for them."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from contextlib import contextmanager
from functools import reduce
from heapq import merge
from itertools import groupby
from json import dumps
from math import inf
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakValueDictionary

from scmtui.library.index import PARAGRAPHS
from scmtui.library.indexing import Progress, held_in
from scmtui.library.pieces import Queries, all_of, queries, test
from scmtui.library.runs import IndexedRuns
from scmtui.model import Paragraph, QueryError
from scmtui.search.passages import BREAK, Passage
from scmtui.search.streams import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from scmtui.library.index import IndexFile
    from scmtui.model import Facts, LibraryError
    from scmtui.search.passages import Piece
    from scmtui.shelf import Volume

    Row = tuple[int, int, str, str, str]

MOST_KEPT = 1000
"""Passages that are kept ready: the next letter typed mostly asks for the same ones."""
MOST_COST = 8_000.0
"""What a query may cost while the reader types (about 100 ms): a row that is looked at costs 1."""
OF_PASSAGE, OF_KEY = 3.0, 0.25
"""What a row that becomes a passage costs beside that, and a key that is merged with others."""
MOST_ASKED = 4
"""Sets of documents of which it is remembered where they stand: a query asks for one or two."""

_NO_WORDS = Vocabulary()
_NOTHING = Paragraph(0, "", (), 0, 0)
_ROW = "SELECT key, number, letters, initials, passages.text FROM passages"
_FOUND = """SELECT key, number, letters, initials, passages.text
    FROM {0} CROSS JOIN passages ON key = {0}.rowid
    WHERE {0} MATCH ? AND {0}.rowid BETWEEN ? AND ? {1} ORDER BY {0}.rowid"""
_KEYS = """SELECT rowid AS key FROM {0}
    WHERE {0} MATCH ? AND rowid BETWEEN ? AND ? {1} ORDER BY rowid"""
_OF_THESE = f"AND key >> {PARAGRAPHS} IN (SELECT value FROM json_each(?))"  # noqa: S608 - a number


class _Stored(Passage):
    """A passage whose streams are known."""

    def __init__(self, facts: Facts, row: Row) -> None:
        _, number, letters, initials, text = row
        super().__init__(facts, _NOTHING, _NO_WORDS)
        self.number, self.texts = number, tuple(text.split(BREAK))
        self._letters, self._initials = letters, initials


class _Where(NamedTuple):
    """Where some documents stand, as a condition on the keys of their passages."""

    condition: str
    values: tuple[int | str, ...]


class Indexed:
    """The passages of documents, those that are in the index so far.

    It is for one thread at a time. What is missing is written by `indexing`. When the index turns
    out to be damaged it is thrown away, nothing is found, and everything is missing.
    """

    def __init__(self, volumes: Iterable[Volume], file: IndexFile) -> None:
        self.file = self._file = file
        self._runs = IndexedRuns(file)
        self._wanted = {(it.place, it.facts.id, it.version): it.facts for it in volumes}
        self._left = inf
        self._forget()

    def _forget(self) -> None:
        self._state: tuple[int, int] | None = None
        self._by_place: dict[int, Facts] = {}
        self._ids: frozenset[str] = frozenset()
        self._progress = Progress(0, sum(it.paragraphs for it in self._wanted.values()))
        self._only_these = True
        self._documents: tuple[Facts, ...] = ()
        self._asked: list[tuple[Container[str], _Where | None]] = []
        self._runs.forget()
        self._alive: WeakValueDictionary[int, Passage] = WeakValueDictionary()
        self._kept: OrderedDict[int, Passage] = OrderedDict()

    @property
    def problem(self) -> LibraryError | None:
        """What the reader should know of the index."""
        return self._file.problem

    @property
    def progress(self) -> Progress:
        """How many paragraphs can be searched as of now, and by their themes."""
        _ = self.documents
        return self._progress

    def allow(self, cost: float) -> None:
        """Let the next query cost so much; beyond that a QueryError is raised."""
        self._left = cost

    def _spend(self, cost: float) -> None:
        self._left -= cost
        if self._left < 0:
            raise QueryError(
                "There is too much to look through for this query.",
                todo="Write more of it, or name meetings with scm:.",
                at=0,
            )

    def close(self) -> None:
        """Close the index."""
        self._file.close()

    @property
    def documents(self) -> Sequence[Facts]:
        """The facts of the documents that can be searched, in reading order, as of now."""
        with self._careful():
            if self._file.state != self._state:
                held = held_in(self._file.connection())
                found = {key[0]: self._wanted[key] for key in sorted(self._wanted) if key in held}
                self._forget()
                self._by_place, self._only_these = found, len(held) == len(found)
                self._documents = tuple(found.values())
                self._ids = frozenset(facts.id for facts in self._documents)
                self._progress = self._counted()
                self._state = self._file.state
        return self._documents

    def _counted(self) -> Progress:
        themed = self._file.connection().execute("SELECT place FROM themed").fetchall()
        found = (self._by_place[place] for (place,) in themed if place in self._by_place)
        everything = self._documents, found, self._wanted.values()
        done, by_theme, total = (sum(it.paragraphs for it in some) for some in everything)
        return Progress(done, total, by_theme)

    def passages(
        self, pieces: Sequence[Sequence[Piece]], documents: Container[str]
    ) -> Iterator[Passage]:
        """The paragraphs of these documents that contain, of each row of pieces, at least one."""
        with self._careful():
            if self._state is None:
                _ = self.documents
            asked = [it for row in pieces if (it := queries(row, self._runs))]
            where = self._where(documents)
            if where and all(map(any, asked)):
                contains = test(pieces)
                for row in self._rows(asked, where):
                    self._spend(1)
                    if contains(row[2], row[3]) and (passage := self._passage(row)):
                        self._spend(OF_PASSAGE)
                        yield passage

    def runs(self) -> IndexedRuns:
        """The different runs of letters in all texts."""
        return self._runs

    def names(self) -> Iterable[tuple[str, str]]:
        """The pairs of a name and its abbreviation in all documents."""
        with self._careful():
            return set(self._file.connection().execute("SELECT name, short FROM names"))
        return ()

    def _rows(self, asked: Sequence[Queries], where: _Where) -> Iterator[Row]:
        """The rows of what may answer all that is asked, in reading order."""
        run = self._file.connection().execute
        words = all_of(it.words for it in asked if not it.trigrams)
        trigrams = all_of(it.trigrams for it in asked if not it.words)
        mixed = [it for it in asked if it.words and it.trigrams]
        if not asked:
            statement = f"{_ROW} WHERE key BETWEEN ? AND ? {where.condition} ORDER BY key"
            yield from run(statement, where.values)
        elif mixed or (words and trigrams):
            parts = [it for it in (Queries(words), Queries("", trigrams), *mixed) if any(it)]
            for key in reduce(_in_both, [self._keys(it, where) for it in parts]):
                yield from run(f"{_ROW} WHERE key = ?", (key,))
        else:
            statement = _FOUND.format("words" if words else "trigrams", where.condition)
            yield from run(statement, (words or trigrams, *where.values))

    def _keys(self, asked: Queries, where: _Where) -> Iterator[int]:
        """The keys of what is found in either table, in order."""
        run = self._file.connection().execute
        found = [
            run(_KEYS.format(table, where.condition), (text, *where.values))
            for table, text in zip(Queries._fields, asked, strict=True)
            if text
        ]
        for key, _ in groupby(key for (key,) in merge(*found)):
            self._spend(OF_KEY)
            yield key

    def _passage(self, row: Row) -> Passage | None:
        """The one passage that stands in this row; None when it was written just now."""
        key = row[0]
        passage = self._alive.get(key)
        if passage is None:
            if not (facts := self._by_place.get(key >> PARAGRAPHS)):
                return None
            passage = self._alive[key] = _Stored(facts, row)
        self._kept[key] = passage
        self._kept.move_to_end(key)
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return passage

    def _where(self, documents: Container[str]) -> _Where | None:
        for asked, where in self._asked:
            if asked is documents:
                return where
        where = self._place_of(documents)
        self._asked = [(documents, where), *self._asked[: MOST_ASKED - 1]]
        return where

    def _place_of(self, documents: Container[str]) -> _Where | None:
        every = places = list(self._by_place)
        if documents != self._ids:
            places = [place for place, facts in self._by_place.items() if facts.id in documents]
        if not places:
            return None
        ends = places[0] << PARAGRAPHS, (places[-1] + 1 << PARAGRAPHS) - 1
        first = every.index(places[0])
        if self._only_these and places == every[first : first + len(places)]:
            return _Where("", ends)
        return _Where(_OF_THESE, (*ends, dumps(places)))

    @contextmanager
    def _careful(self) -> Iterator[None]:
        """Let nothing be found where the index cannot be read."""
        try:
            yield
        except (sqlite3.DatabaseError, OSError) as error:
            self._file.failed(error)
            self._forget()


def _in_both(one: Iterator[int], other: Iterator[int]) -> Iterator[int]:
    """What is in both of two rising rows of numbers."""
    last = next(other, None)
    for number in one:
        while last is not None and last < number:
            last = next(other, None)
        if last is None:
            return
        if last == number:
            yield number
