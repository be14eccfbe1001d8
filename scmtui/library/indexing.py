"""How documents come into the index and go out of it, a few at a time, beside everything else."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from scmtui.library.index import PARAGRAPHS, IndexFile
from scmtui.library.pieces import as_places, as_trigrams, as_words, runs_in
from scmtui.library.sqlite import transaction
from scmtui.model import LibraryError, NotFoundError
from scmtui.search.names import pairs
from scmtui.search.passages import BREAK, Passage
from scmtui.search.streams import Vocabulary

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator

    from scmtui.model import Paragraph
    from scmtui.shelf import Shelf, Volume

SLICE = 1000
"""Paragraphs that are written at once, about; another session that writes waits so long."""
MOST_WORDS = 20_000
"""Words whose streams are remembered from one slice to the next."""
REST = 8
"""Paragraphs after which there is a rest; it takes about 1 ms to come to so many."""

Key = tuple[int, str, str]
"""What the index knows a document by: its place, its id and its version."""


class Progress(NamedTuple):
    """How many paragraphs of the shelf can be searched, and by their themes, too."""

    done: int
    total: int
    themed: int = 0

    @property
    def filled(self) -> bool:
        """Whether all can be searched, if not by their themes."""
        return self.done == self.total

    @property
    def complete(self) -> bool:
        """Whether all can be searched in every way."""
        return self.done == self.themed == self.total


class _Batch:
    """What is to be written for some documents."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.passages: list[tuple[int, int, str, str, str]] = []
        self.words: list[tuple[int, str]] = []
        self.trigrams: list[tuple[int, str]] = []
        self.runs: Counter[str] = Counter()
        self.alphabet: set[str] = set()
        self.names: set[tuple[int, str, str]] = set()

    def take(self, place: int, order: int, passage: Passage) -> None:
        """Take the passage that is number `order` in the document at `place`."""
        key = place << PARAGRAPHS | order
        letters, initials = passage.spaced("letters"), passage.spaced("initials")
        trigrams = as_trigrams(letters, initials)
        self.passages.append((key, passage.number, letters, initials, passage.shown))
        self.words.append((key, as_words(letters)))
        self.trigrams.append((key, trigrams))
        self.runs.update(runs_in(passage.texts, self._vocabulary))
        self.alphabet.update(trigrams)
        self.names.update((place, *pair) for pair in chain.from_iterable(map(pairs, passage.texts)))

    def write(self, connection: sqlite3.Connection) -> None:
        """Write what was taken."""
        many = connection.executemany
        many("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", self.passages)
        many("INSERT INTO words (rowid, text) VALUES (?, ?)", self.words)
        many("INSERT INTO trigrams (rowid, text) VALUES (?, ?)", self.trigrams)
        ((known,),) = connection.execute("SELECT coalesce(max(number), 0) FROM runs")
        many(
            """INSERT INTO runs (run, passages) VALUES (?, ?)
                ON CONFLICT DO UPDATE SET passages = passages + excluded.passages""",
            self.runs.items(),
        )
        new = connection.execute("SELECT number, run FROM runs WHERE number > ?", (known,))
        _write_runs(connection, new.fetchall())
        many("INSERT OR IGNORE INTO alphabet VALUES (?)", self.alphabet)
        many("INSERT INTO names VALUES (?, ?, ?)", self.names)


def _write_runs(connection: sqlite3.Connection, runs: list[tuple[int, str]]) -> None:
    connection.executemany("INSERT INTO run_trigrams (rowid, text) VALUES (?, ?)", runs)
    connection.executemany(
        "INSERT INTO run_places (rowid, text) VALUES (?, ?)",
        [(number, as_places(run)) for number, run in runs],
    )


def _forget_runs(connection: sqlite3.Connection) -> None:
    """Take out the runs that no passage has any more."""
    gone = connection.execute("SELECT number, run FROM runs WHERE passages <= 0").fetchall()
    connection.executemany(
        "INSERT INTO run_trigrams (run_trigrams, rowid, text) VALUES ('delete', ?, ?)", gone
    )
    connection.executemany(
        "INSERT INTO run_places (run_places, rowid, text) VALUES ('delete', ?, ?)",
        [(number, as_places(run)) for number, run in gone],
    )
    connection.executemany("DELETE FROM runs WHERE number = ?", [(number,) for number, _ in gone])


class Writer:
    """Puts documents into an index and takes them out, each as a whole or not at all."""

    def __init__(self, file: IndexFile, rest: Callable[[], None] = lambda: None) -> None:
        self._file = file
        self._rest = rest
        self._vocabulary = Vocabulary()

    def steps(self, shelf: Shelf) -> Iterator[Progress]:
        """Make the index one of the documents on the shelf; before each slice, how far it is.

        Other sessions may write between two slices, also the same documents: what one has written
        the others leave out. Raises DatabaseError and OSError.
        """
        while True:
            wanted = {(it.place, it.facts.id, it.version): it for it in shelf.volumes()}
            total = sum(it.facts.paragraphs for it in wanted.values())
            held = held_in(self._file.connection())
            missing = [it for key, it in wanted.items() if key not in held]
            yield Progress(total - sum(it.facts.paragraphs for it in missing), total)
            gone = [key for key in held if key not in wanted]
            if gone:
                self._write(partial(drop, gone[0][0]))
            elif missing:
                self._write(partial(self._put, shelf, _some(missing)))
            else:
                return

    def _write(self, action: Callable[[sqlite3.Connection], None]) -> None:
        if len(self._vocabulary.letters) > MOST_WORDS:
            self._vocabulary = Vocabulary()
        transaction(self._file.connection(), action, durable=False)

    def _put(self, shelf: Shelf, some: Iterable[Volume], connection: sqlite3.Connection) -> None:
        held = held_in(connection)
        batch = _Batch(self._vocabulary)
        for place, facts, version in some:
            if (place, facts.id, version) in held:
                continue
            connection.execute("INSERT INTO documents VALUES (?, ?, ?)", (place, facts.id, version))
            for order, paragraph in enumerate(paragraphs(shelf, facts.id)):
                batch.take(place, order, Passage(facts, paragraph, self._vocabulary))
                if not order % REST:
                    self._rest()
        batch.write(connection)


def paragraphs(shelf: Shelf, id_: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a document; none of one that cannot be read, as the library says."""
    try:
        return shelf.document(id_).paragraphs
    except (LibraryError, NotFoundError):
        return ()


def held_in(connection: sqlite3.Connection) -> set[Key]:
    """The documents in an index."""
    return set(connection.execute("SELECT place, id, version FROM documents"))


def _some(volumes: Iterable[Volume]) -> list[Volume]:
    """The first of the documents, of about a slice in all."""
    found: list[Volume] = []
    size = 0
    for volume in volumes:
        found.append(volume)
        size += volume.facts.paragraphs
        if size >= SLICE:
            break
    return found


def drop(place: int, connection: sqlite3.Connection) -> None:
    """Take the document at a place out of an index."""
    keys = (place << PARAGRAPHS, (place + 1 << PARAGRAPHS) - 1)
    vocabulary = Vocabulary()
    runs: Counter[str] = Counter()
    words: list[tuple[int, str]] = []
    trigrams: list[tuple[int, str]] = []
    query = "SELECT key, letters, initials, text FROM passages WHERE key BETWEEN ? AND ?"
    for key, letters, initials, text in connection.execute(query, keys):
        words.append((key, as_words(letters)))
        trigrams.append((key, as_trigrams(letters, initials)))
        runs.update(runs_in(text.split(BREAK), vocabulary))
    many = connection.executemany
    many("INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)", words)
    many("INSERT INTO trigrams (trigrams, rowid, text) VALUES ('delete', ?, ?)", trigrams)
    many("UPDATE runs SET passages = passages - ?2 WHERE run = ?1", runs.items())
    _forget_runs(connection)
    connection.execute("DELETE FROM passages WHERE key BETWEEN ? AND ?", keys)
    for table in ("names", "touches", "themed", "documents"):
        connection.execute(f"DELETE FROM {table} WHERE place = ?", (place,))  # noqa: S608 - ours
