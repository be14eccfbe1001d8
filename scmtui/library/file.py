"""The SQLite file under the library: private, looked over, never overwritten, shared by sessions.

It is opened when it is first asked for and made when there is something to keep. A file that cannot
be used is kept under another name, and the newest backup takes its place.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from errno import EDQUOT, ENOSPC
from functools import partial
from pathlib import Path
from shutil import disk_usage
from typing import TYPE_CHECKING, Any, TypeVar

from scmtui.disk import draft, free_name, newest, on_network, private_folder, put_copy
from scmtui.language import N_
from scmtui.model import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")

NAME = "library.db"
BACKUPS = "backups"
BACKUP_NAMES = "library-*.db"
KEPT_BACKUPS = 7
APPLICATION = int.from_bytes(b"SCMT")
WAIT = 5.0
"""Seconds that a session waits for another one to finish writing."""
SMALL = 1 << 20
"""Bytes up to which every page is looked at when the library is opened (1 ms)."""

FOREIGN = N_("“{file}” is not a library of this program.")
DAMAGED = N_("The library “{file}” is damaged.")

READ_WRITE, READ_ONLY = "mode=rw", "mode=ro"
FINAL = "mode=ro&immutable=1"
"""For a file that nobody writes: without this, WAL wants to write beside what it only reads."""


class LibraryFile:
    """The file in `folder`, at the version of the schema that the last of `migrations` makes.

    A migration is a row of SQL statements.
    """

    def __init__(self, folder: Path, migrations: Sequence[Sequence[str]]) -> None:
        self.folder = folder
        self.path = folder / NAME
        self.problem: LibraryError | None = None
        self.frozen: LibraryError | None = None
        """Why nothing can be written, when that is so."""
        self._migrations = migrations
        self._connection: sqlite3.Connection | None = None
        self._inode = 0
        self._given_up = 0
        """The inode of a file that can neither be used nor set aside."""
        self._data_version: int | None = None
        self._wrote = False

    def read(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        """The rows that a query finds; none, and a problem, where the file cannot be read."""
        try:
            return self._use(lambda library: library.execute(query, values).fetchall()) or []
        except (sqlite3.DatabaseError, OSError) as error:
            self._tell(self.frozen or self._said(error))  # a newer file may lack the table
            return []

    def write(self, action: Callable[[sqlite3.Connection], T], *, durable: bool = True) -> T:
        """What `action` returns, done as a whole or not at all.

        `durable` waits until the disk has it. LibraryError says why nothing was written.
        """

        def whole(library: sqlite3.Connection) -> tuple[T]:
            if self.frozen:
                raise self.frozen
            return (_transaction(library, action, durable=durable),)

        try:
            while not (result := self._use(whole)):
                self._make()
        except (sqlite3.DatabaseError, OSError) as error:
            raise self._said(error) from error
        self._wrote = True
        return result[0]

    def writable(self) -> bool:
        """Whether there is, or could be, a file that may be written."""
        self.read("PRAGMA user_version")
        return self.frozen is None

    def changed_elsewhere(self) -> bool:
        """Whether another session has written since this was last asked."""
        rows = self.read("PRAGMA data_version")
        before, self._data_version = self._data_version, rows[0][0] if rows else 0
        return before not in (None, self._data_version)

    def close(self) -> None:
        """Close the file; the first session of a day that wrote leaves a backup."""
        name = f"library-{time.strftime('%Y-%m-%d')}.db"
        if self._connection and self._wrote and not (self.folder / BACKUPS / name).exists():
            with suppress(sqlite3.Error, OSError):  # the next session tries again
                self._back_up(self._connection, name)
        self._shut()

    def _tell(self, problem: LibraryError) -> None:
        self.problem = self.problem or problem  # the first one is the cause of the others

    def _shut(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _use(self, action: Callable[[sqlite3.Connection], T]) -> T | None:
        """What `action` returns, None when there is no file; a damaged one is set aside."""
        try:
            connection = self._open()
            return action(connection) if connection else None
        except sqlite3.DatabaseError as error:
            if not (fault := _fault_in(error)):
                raise
            self._set_aside(fault)
            connection = self._open()
            return action(connection) if connection else None

    def _make(self) -> None:
        if self.frozen:
            raise self.frozen
        private_folder(self.folder)
        # Made elsewhere and put in its place when it is whole: sessions that begin at once would
        # meet half a library otherwise, and SQLite turns a file to WAL for one of them only.
        with (
            suppress(FileExistsError),
            draft(self.path) as path,
            closing(_connect(path, READ_WRITE)) as connection,
        ):
            self._prepare(connection)

    def _open(self) -> sqlite3.Connection | None:
        """The open file, looked over, or None when there is none that can be used."""
        inode = _inode(self.path)
        if self._connection and inode == self._inode:
            return self._connection
        self._shut()  # the file was deleted or replaced under this session
        if not inode or inode == self._given_up:
            return None
        self._inode = inode
        writable = self._may_write()
        connection = _connect(self.path, *((READ_WRITE,) if writable else (READ_ONLY, FINAL)))
        try:
            _look_over(connection, self.path)
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _may_write(self) -> bool:
        there = os.access(self.path, os.W_OK) or not self.path.exists()
        return there and os.access(self.folder, os.W_OK)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Bring the file up to date; one that must not be written is frozen, and says why."""
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        self.frozen = None
        if version > len(self._migrations):
            connection.execute("PRAGMA query_only = ON")
            self.frozen = LibraryError(
                "The library “{file}” was written by a newer version of this program.",
                kept="It is open for reading only.",
                todo="Install the newer version to add to it.",
                file=self.path,
            )
        elif not self._may_write():
            self.frozen = LibraryError(
                "The library “{file}” is write-protected.",
                kept="It is open for reading only; what you mark now is not kept.",
                file=self.path,
            )
        else:
            self._choose_journal(connection)
            if version < len(self._migrations):
                self._migrate(connection, version)
        if self.frozen:
            self._tell(self.frozen)

    def _choose_journal(self, connection: sqlite3.Connection) -> None:
        """WAL needs memory that sessions share: only on a disk known to be of this machine."""
        shared = on_network(self.path)
        wanted = "wal" if shared is False else "delete"
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        if mode != wanted:
            with suppress(sqlite3.OperationalError):  # the next session that is alone does it
                connection.execute(f"PRAGMA journal_mode = {wanted}")
        if shared and (mode != wanted or not pages):
            self._tell(
                LibraryError(
                    "The library “{file}” is on a network drive.",
                    kept="It is kept there in a slower and safer way.",
                    todo="Open it on one machine at a time.",
                    file=self.path,
                )
            )

    def _migrate(self, connection: sqlite3.Connection, version: int) -> None:
        if version:
            self._back_up(connection, f"library-{time.strftime('%Y-%m-%d')}-version-{version}.db")

        def steps(library: sqlite3.Connection) -> None:
            (current,) = library.execute("PRAGMA user_version").fetchone()
            for statements in self._migrations[current:]:
                for statement in statements:
                    library.execute(statement)
            library.execute(f"PRAGMA application_id = {APPLICATION}")
            library.execute(f"PRAGMA user_version = {len(self._migrations)}")

        _transaction(connection, steps, durable=True)

    def _set_aside(self, fault: str) -> None:
        """Keep a file that cannot be used under another name; the newest backup takes its place."""
        self._shut()
        if not self._may_write():
            self._given_up = self._inode
            self.frozen = LibraryError(
                fault, kept="Nothing in it was changed; it is not used.", file=self.path
            )
            self._tell(self.frozen)
            return
        if _inode(self.path) != self._inode:
            return  # another session has done it
        kept = free_name(self.path.with_stem(f"library-damaged-{time.strftime('%Y%m%d-%H%M%S')}"))
        for suffix in ("-wal", "-journal", "-shm", ""):
            with suppress(FileNotFoundError):
                Path(f"{self.path}{suffix}").rename(f"{kept}{suffix}")
        backup = self._take_backup()
        self._tell(
            LibraryError(
                fault,
                kept="It was kept as “{kept_as}”, and the backup “{backup}” took its place."
                if backup
                else "It was kept as “{kept_as}”, and a new library was begun.",
                file=self.path,
                kept_as=kept.name,
                backup=backup,
            )
        )

    def _take_backup(self) -> str:
        """Put the newest backup that is whole in the place of the file; "" if there is none."""
        for backup in newest(self.folder / BACKUPS, BACKUP_NAMES):
            with suppress(sqlite3.DatabaseError, OSError):
                with closing(_connect(backup, FINAL)) as copy:
                    _look_over(copy, backup)
                put_copy(backup, self.path)
                return backup.name
        return ""

    def _back_up(self, connection: sqlite3.Connection, name: str) -> None:
        """Leave a copy that has been opened again and counted under `name`."""
        folder = self.folder / BACKUPS
        private_folder(folder)
        with draft(free_name(folder / name)) as path:
            counts = _copy(connection, path)
            with closing(_connect(path, FINAL)) as copy:
                _look_over(copy, path)
                if _counts(copy) != counts:
                    raise _Unusable(DAMAGED)
        for old in newest(folder, BACKUP_NAMES)[KEPT_BACKUPS:]:
            old.unlink()

    def _said(self, error: sqlite3.DatabaseError | OSError) -> LibraryError:
        """The sentence for what SQLite or the system reports."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_BUSY:
            return LibraryError(
                "Another session has been writing into the library for {seconds:g} seconds.",
                kept="Nothing was changed.",
                todo="Try again.",
                seconds=WAIT,
            )
        if code == sqlite3.SQLITE_FULL or getattr(error, "errno", 0) in (ENOSPC, EDQUOT):
            return LibraryError(
                "The disk is full: {free} bytes are free in “{folder}”.",
                kept="Nothing was changed.",
                todo="Make room and try again.",
                free=f"{disk_usage(self.folder).free:,}",
                folder=self.folder,
            )
        return LibraryError(
            "The library “{file}” cannot be used: {reason}.",
            kept="Nothing was changed.",
            file=self.path,
            reason=getattr(error, "strerror", None) or error,
        )


class _Unusable(sqlite3.DatabaseError):
    """A file that SQLite would open and that is not a whole library; the text says which."""


def _connect(path: Path, *modes: str) -> sqlite3.Connection:
    """A connection in the first of `modes` that works."""
    for mode in modes:
        connection = sqlite3.connect(
            f"{path.as_uri()}?{mode}", uri=True, timeout=WAIT, isolation_level=None
        )
        connection.text_factory = partial(str, encoding="utf-8", errors="replace")
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA user_version").fetchone()
        except sqlite3.DatabaseError as error:
            connection.close()
            if mode == modes[-1] or not isinstance(error, sqlite3.OperationalError):
                raise
        else:
            break
    return connection


def _transaction(
    connection: sqlite3.Connection, action: Callable[[sqlite3.Connection], T], *, durable: bool
) -> T:
    """What `action` returns, its writing done as a whole; other sessions wait for their turn."""
    connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = action(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has already rolled back
            connection.execute("ROLLBACK")
        raise
    return result


def _look_over(connection: sqlite3.Connection, path: Path) -> None:
    """Raise DatabaseError unless the file is a library, and whole as far as can be told at once."""
    with _snapshot(connection):
        application, tables, pages, page_size = (
            connection.execute(query).fetchone()[0]
            for query in (
                "PRAGMA application_id",
                "SELECT count(*) FROM sqlite_master",
                "PRAGMA page_count",
                "PRAGMA page_size",
            )
        )
        if application != APPLICATION and (application or tables):
            raise _Unusable(FOREIGN)
        log = Path(f"{path}-wal")
        in_log = log.exists() and log.stat().st_size  # pages may stand there for now
        if pages * page_size > path.stat().st_size and not in_log:
            raise _Unusable(DAMAGED)  # SQLite's own check passes a last page that is cut
        if pages * page_size <= SMALL:
            ((verdict,),) = connection.execute("PRAGMA quick_check(1)").fetchall()
            if verdict != "ok":
                raise _Unusable(DAMAGED)


@contextmanager
def _snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Several questions about one state, whatever other sessions write in between."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _copy(connection: sqlite3.Connection, path: Path) -> dict[str, int]:
    """Copy the library into an empty file; the number of entries in each table."""
    with _snapshot(connection), closing(sqlite3.connect(path)) as copy:
        counts = _counts(connection)
        connection.backup(copy)
    return counts


def _fault_in(error: sqlite3.DatabaseError) -> str:
    """The sentence for a file that is damaged; empty for every other trouble."""
    if isinstance(error, _Unusable):
        return str(error)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return {sqlite3.SQLITE_NOTADB: FOREIGN, sqlite3.SQLITE_CORRUPT: DAMAGED}.get(code, "")


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    counts = {}
    for (table,) in tables:
        count = f'SELECT count(*) FROM "{table}"'  # noqa: S608 - a name that SQLite itself gave
        (counts[table],) = connection.execute(count).fetchone()
    return counts


def _inode(path: Path) -> int:
    """What tells one file at `path` from another; 0 if there is none."""
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return 0
