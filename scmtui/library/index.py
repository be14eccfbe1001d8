"""The file in which a large library is searched. It holds nothing that cannot be made again.

For every paragraph it has the text as shown and its streams, and over these the tables in which
`pieces` looks (FTS5); for all of them together the different runs of letters, the names that are
explained, and the themes. It is not in the library's own file: that one is backed up, looked over
and never thrown away; this one is larger than all texts and is thrown away at the first doubt.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock

from scmtui.disk import draft, private_folder
from scmtui.library.pieces import as_places, as_trigrams, as_words, runs_in
from scmtui.library.sqlite import (
    READ_WRITE,
    UnusableError,
    connect,
    inode,
    look_over,
    share,
    transaction,
    why,
)
from scmtui.model import Facts, Kind, LibraryError, Paragraph, Part, Provenance
from scmtui.search.names import pairs
from scmtui.search.passages import Passage
from scmtui.search.streams import Vocabulary

APPLICATION = int.from_bytes(b"SCMI")
FORMAT = 1
"""Counted up when the tables change; what is in another format is made again."""
CACHE = 8_000
"""KiB of the file that a connection keeps in memory."""
MOST_LOG = 32 << 20
"""Bytes of the write-ahead log that are kept between two writers."""
PARAGRAPHS = 24
"""Bits of a passage's key for its place in the document; the rest is the document's place."""

_TRIGRAMS = """CREATE VIRTUAL TABLE {} USING fts5(text, content = '', columnsize = 0,
    detail = none, tokenize = 'trigram case_sensitive 1')"""
_TABLES = (
    "CREATE TABLE about (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID",
    "CREATE TABLE documents (place INTEGER PRIMARY KEY, id TEXT NOT NULL, version TEXT NOT NULL)",
    """CREATE TABLE passages (
        key INTEGER PRIMARY KEY, number INTEGER NOT NULL,
        letters TEXT NOT NULL, initials TEXT NOT NULL, text TEXT NOT NULL
    )""",
    """CREATE VIRTUAL TABLE words USING fts5(text, content = '', columnsize = 0,
        prefix = '1 2 3', tokenize = "ascii tokenchars '%.'")""",
    _TRIGRAMS.format("trigrams"),
    "CREATE TABLE alphabet (character TEXT PRIMARY KEY) WITHOUT ROWID",
    """CREATE TABLE runs (
        number INTEGER PRIMARY KEY, run TEXT UNIQUE NOT NULL, passages INTEGER NOT NULL
    )""",
    "CREATE INDEX runs_gone ON runs (passages) WHERE passages <= 0",
    _TRIGRAMS.format("run_trigrams"),
    """CREATE VIRTUAL TABLE run_places USING fts5(text, content = '', columnsize = 0,
        detail = none, tokenize = "ascii tokenchars '%.'")""",
    "CREATE TABLE themed (place INTEGER PRIMARY KEY)",
    """CREATE TABLE touches (
        theme TEXT NOT NULL, place INTEGER NOT NULL, number INTEGER NOT NULL,
        PRIMARY KEY (theme, place, number)
    ) WITHOUT ROWID""",
    "CREATE INDEX touches_of ON touches (place)",
    "CREATE TABLE names (place INTEGER NOT NULL, name TEXT NOT NULL, short TEXT NOT NULL)",
    "CREATE INDEX names_of ON names (place)",
)
FULL_TEXT = ("words", "trigrams", "run_trigrams", "run_places")
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}

_making = Lock()
"""Two threads that make the index at once would use the same draft."""
_PROBE = "제52차 한·미 SCM에서 9·19, 3.5% 1,234명을 對美 Ünïon ㄱㄴ ㅏㅋㅋ 꿟 「전시작전통제권(전작권)」 Full Operational Capability (FOC)"  # noqa: E501


@cache
def supported() -> bool:
    """Whether the SQLite at hand can look for trigrams (FTS5, from 3.34 on)."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            for statement in _TABLES:
                connection.execute(statement)
            connection.execute("SELECT value FROM json_each('[1]')")
        except sqlite3.OperationalError:
            return False
    return True


@cache
def fingerprint() -> str:
    """What tells whether an index was made from the same streams as are made now."""
    facts = Facts("x-probe", None, Kind.OTHER, "ko", "", Provenance("", "", ""))
    paragraph = Paragraph(1, _PROBE, (Part(_PROBE, 0, 0), Part("가", 0, 0)), 0, 0)
    vocabulary = Vocabulary()
    passage = Passage(facts, paragraph, vocabulary)
    letters, initials = passage.spaced("letters"), passage.spaced("initials")
    runs = sorted(runs_in(passage.texts, vocabulary))
    tables = as_trigrams(letters, initials), as_words(letters), as_places(letters)
    made = (letters, initials, tables, runs, sorted(pairs(_PROBE)))
    return sha256(repr(made).encode()).hexdigest()


def is_damage(error: Exception) -> bool:
    """Whether an error says that the index cannot be used as it is."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return isinstance(error, UnusableError) or code in _DAMAGE


class IndexFile:
    """The index at `path`, for one thread at a time; it is made when it is not there.

    One that is damaged, or was made by another version of the program, is thrown away. Sessions
    that have it open notice that another file stands in its place.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problem: LibraryError | None = None
        """What the reader should know, once the index was used."""
        self._connection: sqlite3.Connection | None = None
        self._inode = 0
        self._openings = 0

    def connection(self) -> sqlite3.Connection:
        """The open index. Raises DatabaseError or OSError when there can be none."""
        current = inode(self.path)
        if self._connection and current == self._inode:
            return self._connection
        self.close()
        for last in (False, True):
            if not inode(self.path):
                self._make()
            self._inode = inode(self.path)
            try:
                self._connection = self._open()
                break
            except sqlite3.DatabaseError as error:
                if last or not is_damage(error):
                    raise
                self.discard()
        assert self._connection
        self._openings += 1
        return self._connection

    @property
    def state(self) -> tuple[int, int]:
        """What changes when the index is another one, or another connection wrote into it."""
        (version,) = self.connection().execute("PRAGMA data_version").fetchone()
        return self._openings, version

    def discard(self) -> None:
        """Throw the index away, unless another one has taken its place."""
        in_place = self._inode and inode(self.path) == self._inode
        self.close()  # only now: no other file can have the number of one that is open
        if in_place:
            for suffix in ("-wal", "-shm", "-journal", ""):
                Path(f"{self.path}{suffix}").unlink(missing_ok=True)

    def failed(self, error: sqlite3.DatabaseError | OSError) -> None:
        """Deal with an error: what is damaged is thrown away, other trouble is told."""
        if is_damage(error):
            with suppress(OSError):
                self.discard()
        elif self.problem is None:
            self.problem = LibraryError(
                "The index of the search, “{file}”, cannot be used: {reason}.",
                kept="Your library is not touched by this.",
                file=self.path,
                reason=why(error),
            )

    def check(self) -> bool:
        """Whether the index is whole; this takes seconds where there are 100,000 paragraphs."""
        try:
            run = self.connection().execute
            for table in FULL_TEXT:
                run(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")  # noqa: S608 - ours
            return run("PRAGMA quick_check(1)").fetchall() == [("ok",)]
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                return False
            raise

    def interrupt(self) -> None:
        """Have another thread leave what it is doing in the index."""
        if connection := self._connection:
            with suppress(sqlite3.ProgrammingError):  # it was closed just now
                connection.interrupt()

    def close(self) -> None:
        """Close the file."""
        self._inode = 0
        if self._connection:
            self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        connection = connect(self.path, READ_WRITE, threads=True)
        try:
            look_over(connection, self.path, APPLICATION)
            _compare(connection)
            connection.text_factory = str
            connection.execute(f"PRAGMA cache_size = -{CACHE}")
            connection.execute(f"PRAGMA journal_size_limit = {MOST_LOG}")
            share(connection, self.path)
        except BaseException:
            connection.close()
            raise
        return connection

    def _make(self) -> None:
        private_folder(self.path.parent)
        with (
            _making,
            suppress(FileExistsError),  # another session was quicker
            draft(self.path) as path,
            closing(connect(path, READ_WRITE)) as connection,
        ):
            connection.execute("PRAGMA page_size = 8192")
            share(connection, path)
            transaction(connection, _tables, durable=False)


def _tables(connection: sqlite3.Connection) -> None:
    for statement in _TABLES:
        connection.execute(statement)
    connection.execute("INSERT INTO about VALUES ('streams', ?)", (fingerprint(),))
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")


def _compare(connection: sqlite3.Connection) -> None:
    """Raise UnusableError unless the index is one as this program makes it."""
    (form,) = connection.execute("PRAGMA user_version").fetchone()
    if form != FORMAT:
        raise UnusableError("another format")
    try:
        streams = connection.execute("SELECT value FROM about WHERE name = 'streams'").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:
            raise UnusableError("no tables") from error
        raise
    if streams != (fingerprint(),):
        raise UnusableError("other streams")
