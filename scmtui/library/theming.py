"""The themes of the paragraphs of a large library, found beforehand and kept in its index."""

from __future__ import annotations

import sqlite3
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from scmtui.library.indexing import paragraphs
from scmtui.library.sqlite import transaction
from scmtui.model import Document
from scmtui.search.filters import Paragraphs
from scmtui.themes import touched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from scmtui.library.index import IndexFile
    from scmtui.library.indexing import Key
    from scmtui.model import Facts, Theme
    from scmtui.shelf import Shelf
    from scmtui.themes import Taxonomy

    Found = Mapping[Key, set[tuple[str, int]]]

SLICE = 200
"""Paragraphs whose themes are written at once, about."""

_MISSING = """SELECT place, id, version FROM documents
    WHERE place NOT IN (SELECT place FROM themed) ORDER BY place"""


def steps(
    file: IndexFile, shelf: Shelf, taxonomy: Taxonomy, rest: Callable[[], None]
) -> Iterator[int]:
    """Find the themes of every document in the index; before each slice, the paragraphs left.

    `rest` is called between paragraphs. Raises DatabaseError and OSError.
    """
    transaction(file.connection(), partial(_begin, _fingerprint(taxonomy)), durable=False)
    while missing := file.connection().execute(_MISSING).fetchall():
        known = {facts.id: facts for facts in shelf.facts()}
        yield sum(known[id_].paragraphs for _, id_, _ in missing if id_ in known)
        found: dict[Key, set[tuple[str, int]]] = {}
        size = 0
        for key in missing:
            facts = known.get(key[1])  # None when it was taken off the shelf just now
            found[key] = set(_touched(shelf, facts, taxonomy, rest)) if facts else set()
            size += facts.paragraphs if facts else 0
            if size >= SLICE:
                break
        transaction(file.connection(), partial(_write, found), durable=False)


def _touched(
    shelf: Shelf, facts: Facts, taxonomy: Taxonomy, rest: Callable[[], None]
) -> Iterator[tuple[str, int]]:
    for paragraph in paragraphs(shelf, facts.id):
        for touch in touched(Document(facts, (paragraph,), ""), taxonomy):
            yield touch.theme, touch.paragraph
        rest()


def _fingerprint(taxonomy: Taxonomy) -> str:
    return sha256(repr((taxonomy.themes, taxonomy.heads)).encode()).hexdigest()


def _begin(taxonomy: str, connection: sqlite3.Connection) -> None:
    """Forget the themes that were found by another taxonomy."""
    known = connection.execute("SELECT value FROM about WHERE name = 'taxonomy'").fetchone()
    if known != (taxonomy,):
        connection.execute("DELETE FROM touches")
        connection.execute("DELETE FROM themed")
        connection.execute("INSERT OR REPLACE INTO about VALUES ('taxonomy', ?)", (taxonomy,))


def _write(found: Found, connection: sqlite3.Connection) -> None:
    missing = set(connection.execute(_MISSING))
    for key, touches in found.items():
        if key in missing:  # another session may have been quicker
            rows = [(theme, key[0], number) for theme, number in touches]
            connection.executemany("INSERT OR IGNORE INTO touches VALUES (?, ?, ?)", rows)
            connection.execute("INSERT INTO themed VALUES (?)", (key[0],))


class IndexedThemes:
    """The themes in an index, as far as they were found."""

    def __init__(self, file: IndexFile, taxonomy: Taxonomy) -> None:
        self._file = file
        self._taxonomy = taxonomy
        self._state: tuple[int, int] | None = None
        self._asked: dict[str, Paragraphs] = {}

    @property
    def themes(self) -> Sequence[Theme]:
        """The themes of the taxonomy."""
        return self._taxonomy.themes

    def touching(self, theme: str) -> Paragraphs:
        """The paragraphs that touch the theme with this id."""
        try:
            if self._state != self._file.state:
                self._asked.clear()
                self._state = self._file.state
            if theme not in self._asked:
                rows = self._file.connection().execute(
                    "SELECT id, number FROM touches JOIN documents USING (place) WHERE theme = ?",
                    (theme,),
                )
                self._asked[theme] = Paragraphs(rows)
            return self._asked[theme]
        except (sqlite3.DatabaseError, OSError) as error:
            self._file.failed(error)
            return Paragraphs()
