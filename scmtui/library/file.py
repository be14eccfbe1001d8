"""The SQLite file under the library: private, looked over, never overwritten, shared by sessions.

It is opened when it is first asked for and made when there is something to keep. A file that cannot
be used is kept under another name, and the newest backup takes its place.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from scmtui.disk import draft, free_name, is_there, private_folder
from scmtui.language import N_
from scmtui.library import backups, troubles
from scmtui.library.backups import APPLICATION
from scmtui.library.protected import alone, in_memory, unwritten
from scmtui.library.sqlite import (
    READ_WRITE,
    ROOM,
    connect,
    fault_in,
    free,
    full,
    inode,
    look_over,
    no_room,
    regular,
    said,
    share,
    snapshot,
    transaction,
)
from scmtui.model import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")

NAME = "library.db"


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
        self.version = len(migrations)
        """The version of the schema that the program knows."""
        self._connection: sqlite3.Connection | None = None
        self._inode = 0
        self.openings = 0
        """How often the file was opened; another number may mean that it is another file."""
        self._given_up = 0
        """The inode of a file that can neither be used nor set aside."""
        self.aside: Path | None = None
        """Where a damaged file was put by this session."""
        self._free: int | None = None
        """The bytes that were free when the disk was too full to share the file."""
        self._data_version: tuple[int, int] | None = None
        self.wrote = False
        """Whether this session has written."""

    def read(self, query: str, *values: str | int) -> list[tuple[Any, ...]]:
        """The rows that a query finds; none, and a problem, where the file cannot be read."""
        return self.ask(lambda library: library.execute(query, values).fetchall(), [])

    def ask(self, question: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """What `question` finds; `otherwise`, and a problem, where the file cannot be read."""
        try:
            found = self.use(question)
        except (sqlite3.DatabaseError, OSError) as error:
            self.tell(self.frozen or said(error, self.path))  # a newer file may lack the table
            return otherwise
        return otherwise if found is None else found

    def write(self, action: Callable[[sqlite3.Connection], T], *, durable: bool = True) -> T:
        """What `action` returns, done as a whole or not at all.

        `durable` waits until the disk has it. LibraryError says why nothing was written.
        """

        def whole(library: sqlite3.Connection) -> tuple[T]:
            if self.frozen:
                raise self.frozen
            return (transaction(library, action, durable=durable),)

        try:
            while not (result := self.use(whole)):
                self._make()
        except (sqlite3.DatabaseError, OSError) as error:
            raise said(error, self.path) from error
        self.wrote = True
        return result[0]

    def check(self) -> None:
        """Raise LibraryError when there is a library, or was until now, and it cannot be read."""
        try:
            found = self.use(lambda library: library.execute("PRAGMA schema_version").fetchone())
            given_up = self._given_up == inode(self.path)
        except (sqlite3.DatabaseError, OSError) as error:
            raise said(error, self.path) from error
        lost = (given_up and self.frozen) or (self.aside and self.problem)
        if not found and lost:
            raise lost

    def writable(self) -> bool:
        """Whether there is, or could be, a file that may be written."""
        self.read("PRAGMA user_version")
        return self.frozen is None

    def changed_elsewhere(self) -> bool:
        """Whether another session has written since this was last asked."""
        rows = self.read("PRAGMA data_version")
        now = (self.openings, rows[0][0] if rows else 0)
        before, self._data_version = self._data_version, now
        return before not in (None, self._data_version)

    def close(self) -> None:
        """Close the file; the first session of a day that wrote leaves a backup."""
        backup = self.folder / backups.FOLDER / backups.named(backups.DAILY, moment=False)
        if self._connection and self.wrote and not backup.exists():
            with suppress(sqlite3.Error, OSError):  # the next session tries again
                self._back_up(self._connection, backup.name)
        self.wrote = False
        self._shut()

    def files(self) -> list[Path]:
        """The file, and what SQLite keeps beside it, as far as it is there."""
        every = (Path(f"{self.path}{suffix}") for suffix in ("", "-wal", "-shm", "-journal"))
        return [path for path in every if is_there(path)]

    def copied(self, write: Callable[[sqlite3.Connection], T]) -> T:
        """What `write` makes of one state of the library. Raises LibraryError."""

        def whole(library: sqlite3.Connection) -> T:
            with snapshot(library):
                return write(library)

        try:
            made = self.use(whole)
        except (sqlite3.DatabaseError, OSError) as error:
            raise said(error, self.path) from error
        if made is None:
            raise self.frozen or LibraryError(
                "There is no library yet.", kept="Nothing was changed."
            )
        return made

    def tell(self, problem: LibraryError) -> None:
        """Let the reader know of a problem."""
        self.problem = self.problem or problem  # the first one is the cause of the others

    def _shut(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def use(self, action: Callable[[sqlite3.Connection], T]) -> T | None:
        """What `action` returns, None when there is no file; a damaged one is set aside."""
        try:
            connection = self._open()
            return action(connection) if connection else None
        except sqlite3.DatabaseError as error:
            if not (fault := fault_in(error)):
                raise
            self.set_aside(fault)
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
            closing(connect(path, READ_WRITE)) as connection,
        ):
            self._prepare(connection)

    def _open(self) -> sqlite3.Connection | None:
        """The open file, looked over, or None when there is none that can be used."""
        current = inode(self.path)
        if self._connection and current == self._inode and not self._room_again():
            return self._connection
        self._shut()  # the file was deleted or replaced under this session
        if not current or current == self._given_up:
            return None
        regular(self.path)
        self._inode = current
        connection = self._connected()
        try:
            look_over(connection, self.path, APPLICATION)
            self._prepare(connection)
            self._connection = self._as_known(connection)
        except BaseException:
            connection.close()
            raise
        self.openings += 1
        return self._connection

    def _as_known(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        """The same library with the tables of this version; one that is frozen, in memory."""
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if not 0 < version < self.version or not self.frozen:
            return connection
        memory = in_memory(connection)
        connection.close()
        transaction(memory, self.bring_up_to_date, durable=False)
        memory.execute("PRAGMA query_only = ON")
        return memory

    def _connected(self) -> sqlite3.Connection:
        """A connection to the file, or to a copy in memory where nothing can be put beside it."""
        self._free = None
        if not self._may_write():
            return unwritten(self.path)
        try:
            return connect(self.path, READ_WRITE)
        except sqlite3.OperationalError as error:
            if not no_room(error, self.path):
                raise
            self._free = free(self.path)
            return alone(self.path)

    def _room_again(self) -> bool:
        return self._free is not None and free(self.path) >= self._free + ROOM

    def _may_write(self) -> bool:
        there = os.access(self.path, os.W_OK) or not self.path.exists()
        return there and os.access(self.folder, os.W_OK)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Bring the file up to date; one that must not be written is frozen, and says why."""
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        self.frozen = self._barred(version)
        if self.frozen:
            connection.execute("PRAGMA query_only = ON")
        else:
            if share(connection, self.path):
                self.tell(troubles.on_network(self.path))
            if version < self.version:
                try:
                    self._migrate(connection, version)
                except (sqlite3.OperationalError, OSError) as error:
                    if not version:
                        raise
                    self.frozen = said(error, self.path)  # it is read as it is
        if self.frozen:
            self.tell(self.frozen)

    def _barred(self, version: int) -> LibraryError | None:
        """Why a library of a version must not be written."""
        if version > self.version:
            return troubles.newer(self.path)
        if not self._may_write():
            return troubles.protected(self.path)
        if self._free is not None:
            kept = N_("The library is open for reading only.")
            return full(self.path, kept) if self._free < ROOM else troubles.used_up(self.path, kept)
        return None

    def _migrate(self, connection: sqlite3.Connection, version: int) -> None:
        if version:
            day = Path(backups.named(backups.DAILY, moment=False)).stem
            self._back_up(connection, f"{day}-version-{version}.db")

        transaction(connection, self.bring_up_to_date, durable=True)

    def bring_up_to_date(self, library: sqlite3.Connection) -> None:
        """Take the steps of the schema that a library has still to take."""
        (current,) = library.execute("PRAGMA user_version").fetchone()
        for statements in self._migrations[current:]:
            for statement in statements:
                library.execute(statement)
        library.execute(f"PRAGMA application_id = {APPLICATION}")
        library.execute(f"PRAGMA user_version = {self.version}")

    def set_aside(self, fault: str) -> Path | None:
        """Keep a file that cannot be used under another name; the newest backup takes its place.

        The name under which it was kept, None if it could not be moved or was moved already.
        """
        self._shut()
        if not self._may_write():
            self._given_up = self._inode
            self.frozen = troubles.left_alone(fault, self.path)
            self.tell(self.frozen)
            return None
        if inode(self.path) != self._inode:
            return None  # another session has done it
        self.aside = kept = _renamed(self.path)
        backup = backups.take_newest(self.folder / backups.FOLDER, self.path)
        self.tell(troubles.put_aside(fault, self.path, kept, backup))
        return kept

    def _back_up(self, connection: sqlite3.Connection, name: str) -> None:
        folder = backups.make_folder(self.folder)
        backups.back_up(connection, folder / name)
        backups.keep_some(folder, backups.DAILY)


def _renamed(path: Path) -> Path:
    """Give a damaged library, and what SQLite keeps beside it, another name; which."""
    kept = free_name(path.with_stem(f"library-damaged-{time.strftime('%Y%m%d-%H%M%S')}"))
    for suffix in ("-wal", "-journal", "-shm", ""):
        with suppress(FileNotFoundError):
            Path(f"{path}{suffix}").rename(f"{kept}{suffix}")
    return kept
