"""SQLite files: how one is opened, shared, written as a whole, and looked over."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import contextmanager, suppress
from errno import EDQUOT, EISDIR, ENOSPC
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from scmtui.disk import free_bytes, on_network, reason
from scmtui.language import N_, _
from scmtui.model import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

WAIT = 5.0
"""Seconds that a session waits for another one to finish writing."""
SMALL = 1 << 20
"""Bytes up to which every page is looked at when a file is opened (1 ms)."""
ROOM = 1 << 16
"""Bytes that SQLite needs beside a file before it can even be read by sessions that share it."""

FOREIGN = N_("“{file}” is not a library of this program.")
DAMAGED = N_("The library “{file}” is damaged.")

READ_WRITE, READ_ONLY = "mode=rw", "mode=ro"
FINAL = "mode=ro&immutable=1"
"""For a file that nobody writes: without this, WAL wants to write beside what it only reads."""


class UnusableError(sqlite3.DatabaseError):
    """A file that SQLite would open and that is not a whole one of ours; the text says which."""


def connect(path: Path, *modes: str, threads: bool = False) -> sqlite3.Connection:
    """A connection in the first of `modes` that works; for `threads` that take turns, if so."""
    for mode in modes:
        connection = sqlite3.connect(
            f"{path.as_uri()}?{mode}",
            uri=True,
            timeout=WAIT,
            isolation_level=None,
            check_same_thread=not threads,
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


def in_log(path: Path) -> bool:
    """Whether something stands in the log beside the file at `path`."""
    log = Path(f"{path}-wal")
    return log.exists() and log.stat().st_size > 0


def regular(path: Path) -> None:
    """Raise OSError when what is at `path` is there and no file that could be a library."""
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        raise OSError(EISDIR, os.strerror(EISDIR))
    if not stat.S_ISREG(kind):
        raise OSError(0, _("it is a device or a pipe"))


def transaction(
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


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Several questions about one state, whatever other sessions write in between."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def share(connection: sqlite3.Connection, path: Path) -> bool:
    """Let sessions share the file as its disk allows; whether one should be told it is slow.

    WAL needs memory that sessions share: only on a disk known to be of this machine.
    """
    shared = on_network(path)
    wanted = "wal" if shared is False else "delete"
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    if mode != wanted:
        with suppress(sqlite3.OperationalError):  # the next session that is alone does it
            connection.execute(f"PRAGMA journal_mode = {wanted}")
    return bool(shared) and (mode != wanted or not pages)


def look_over(connection: sqlite3.Connection, path: Path, application: int) -> None:
    """Raise DatabaseError unless the file is ours, and whole as far as can be told at once."""
    with snapshot(connection):
        owner, tables, pages, page_size = (
            connection.execute(query).fetchone()[0]
            for query in (
                "PRAGMA application_id",
                "SELECT count(*) FROM sqlite_master",
                "PRAGMA page_count",
                "PRAGMA page_size",
            )
        )
        if owner != application and (owner or tables):
            raise UnusableError(FOREIGN)
        if pages * page_size > path.stat().st_size and not in_log(path):  # some may stand there
            raise UnusableError(DAMAGED)  # SQLite's own check passes a last page that is cut
        if pages * page_size <= SMALL:
            check(connection)


def check(connection: sqlite3.Connection) -> None:
    """Raise DatabaseError unless every page is whole; 1 ms for each 1 MB."""
    ((verdict,),) = connection.execute("PRAGMA quick_check(1)").fetchall()
    if verdict != "ok":
        raise UnusableError(DAMAGED)


def fault_in(error: sqlite3.DatabaseError) -> str:
    """The sentence for a file that is damaged; empty for every other trouble."""
    if isinstance(error, UnusableError):
        return str(error)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return {sqlite3.SQLITE_NOTADB: FOREIGN, sqlite3.SQLITE_CORRUPT: DAMAGED}.get(code, "")


def said(error: sqlite3.DatabaseError | OSError, path: Path) -> LibraryError:
    """The sentence for what SQLite or the system reports of the file at `path`."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_BUSY:
        return LibraryError(
            "Another session has been writing into the library for {seconds:g} seconds.",
            kept="Nothing was changed.",
            todo="Try again.",
            seconds=WAIT,
        )
    if no_room(error, path):
        return full(path)
    strange = isinstance(error, OSError) and (not error.errno or error.errno == EISDIR)
    return LibraryError(
        "The library “{file}” cannot be used: {reason}.",
        kept="Nothing was changed.",
        todo=ELSEWHERE if strange else DOCTOR,
        file=path,
        reason=_barred(error, path) or why(error),
    )


ELSEWHERE = N_("Move it away; to go back to a backup then: scmtui restore")
DOCTOR = N_("To look it over: scmtui doctor")


def full(path: Path, kept: str = N_("Nothing was changed.")) -> LibraryError:
    """The sentence for a disk without room for the library at `path`."""
    return LibraryError(
        "The disk is full: {free} bytes are free in “{folder}”.",
        kept=kept,
        todo="Make room and try again.",
        free=f"{free(path):,}",
        folder=path.parent,
    )


def free(path: Path) -> int:
    """The bytes that are free beside the file at `path`; 0 where the system does not say."""
    try:
        return free_bytes(path.parent)
    except OSError:
        return 0


def no_room(error: sqlite3.DatabaseError | OSError, path: Path) -> bool:
    """Whether an error comes from a full disk; SQLite often says no more than that it is one."""
    if isinstance(error, OSError):
        return error.errno in (ENOSPC, EDQUOT)
    code = getattr(error, "sqlite_errorcode", 0)
    if code & 0xFF == sqlite3.SQLITE_FULL or code == sqlite3.SQLITE_IOERR_SHMSIZE:
        return True
    vague = code & 0xFF in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
    return vague and os.access(path, os.R_OK) and free(path) < ROOM


def _barred(error: sqlite3.DatabaseError | OSError, path: Path) -> str:
    """Why a file cannot be opened, where it is that the reader may not read it."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    barred = code == sqlite3.SQLITE_CANTOPEN and not os.access(path, os.R_OK)
    return _("permission is denied") if barred else ""


_REASONS = {
    sqlite3.SQLITE_READONLY: N_("it is write-protected"),
    sqlite3.SQLITE_CANTOPEN: N_("it cannot be opened; perhaps you have no permission"),
    sqlite3.SQLITE_IOERR: N_("the disk reports an error"),
    sqlite3.SQLITE_LOCKED: N_("it is in use"),
    sqlite3.SQLITE_PERM: N_("permission is denied"),
    sqlite3.SQLITE_AUTH: N_("permission is denied"),
    sqlite3.SQLITE_NOMEM: N_("there is too little memory"),
    sqlite3.SQLITE_TOOBIG: N_("an entry is too large"),
    sqlite3.SQLITE_NOTADB: N_("it is no database"),
    sqlite3.SQLITE_CORRUPT: N_("it is damaged"),
}
"""What SQLite reports, as half a sentence."""


def why(error: sqlite3.DatabaseError | OSError) -> str:
    """What SQLite or the system reports, as half a sentence in the reader's language."""
    if isinstance(error, OSError):
        return reason(error)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return _(_REASONS[code]) if code in _REASONS else str(error)


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """The number of entries in each table."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    found = {}
    for (table,) in tables:
        count = f'SELECT count(*) FROM "{table}"'  # noqa: S608 - a name that SQLite itself gave
        (found[table],) = connection.execute(count).fetchone()
    return found


def inode(path: Path) -> int:
    """What tells one file at `path` from another; 0 if there is none."""
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return 0
