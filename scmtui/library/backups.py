"""Copies of the library: made whole, opened again and counted, and taken up when it is lost."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple

from scmtui.disk import (
    draft,
    drafts,
    free_name,
    is_there,
    newest,
    private_folder,
    put_copy,
)
from scmtui.library.sqlite import (
    DAMAGED,
    FINAL,
    WAIT,
    UnusableError,
    check,
    connect,
    counts,
    look_over,
    snapshot,
)

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "backups"
KEPT = 7
"""Backups of each kind that the program makes by itself and keeps."""
APPLICATION = int.from_bytes(b"SCMT")

DAILY, BY_HAND, BEFORE_RESTORE = "library", "by-hand", "before-restore"
"""How the names of backups begin: those of a day or before an update; the reader's; the library
that another one took the place of. Only the reader's are never thrown away."""


class Backup(NamedTuple):
    """A backup, as far as it can be told without opening it."""

    path: Path
    size: int
    """Bytes."""
    when: str
    """The moment it was made, as 2025-11-04T09:30:00Z."""


def back_up(connection: sqlite3.Connection, target: Path) -> Path:
    """Leave a copy of the library that has been opened again and counted at `target`, or beside it.

    Raises DatabaseError and OSError; then nothing is left.
    """
    target = free_name(target)
    with draft(target) as path:
        counted = copy(connection, path)
        with closing(connect(path, FINAL)) as made:
            look_over(made, path, APPLICATION)
            if counts(made) != counted:
                raise UnusableError(DAMAGED)
        with path.open("rb") as written:
            os.fsync(written.fileno())
    return target


def copy(connection: sqlite3.Connection, path: Path) -> dict[str, int]:
    """Copy the library into an empty file; the number of entries in each table."""
    with snapshot(connection), closing(sqlite3.connect(path)) as other:
        counted = counts(connection)
        connection.backup(other)
    return counted


def put_in_place(source: sqlite3.Connection, present: sqlite3.Connection, aside: Path) -> Path:
    """Make the present library what `source` is, in one step, once a copy of it is at `aside`."""
    kept = back_up(present, aside)
    (version,) = present.execute("SELECT version FROM shelf").fetchone()
    # No number of the shelf comes twice: other sessions ask by it whether there is anything new.
    source.execute("UPDATE shelf SET version = max(version, ?) + 1000", (version,))
    began = time.monotonic()

    def patience(_status: int, remaining: int, total: int) -> None:
        if remaining == total and time.monotonic() - began > WAIT:
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error

    source.backup(present, progress=patience, sleep=0.05)
    return kept


def named(kind: str, *, moment: bool = True) -> str:
    """A name for a backup that is made now; those of a day have no moment."""
    return f"{kind}-{time.strftime('%Y-%m-%d-%H%M%S' if moment else '%Y-%m-%d')}.db"


def keep_some(folder: Path, kind: str) -> None:
    """Throw away all but the newest backups of a kind."""
    for old in newest(folder, f"{kind}-*.db")[KEPT:]:
        with suppress(FileNotFoundError):  # another session was quicker
            old.unlink()


def listed(folder: Path) -> tuple[Backup, ...]:
    """The backups in a folder, the newest first."""
    found = []
    for path in newest(folder, "*.db"):
        with suppress(FileNotFoundError):
            about = path.stat()
            when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(about.st_mtime))
            found.append(Backup(path, about.st_size, when))
    return tuple(found)


def clear(folder: Path) -> int:
    """Throw away what killed sessions left unfinished in the folder of the library; how much."""
    places = (folder, folder / FOLDER)
    left = [path for place in places for path in drafts(place) if path.is_file()]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def every(folder: Path) -> list[Path]:
    """The files in the folder of the backups of the library in `folder`."""
    there = folder / FOLDER
    if not is_there(there, folder=True):
        return []
    return [path for path in there.iterdir() if path.is_file()]


def take_newest(folder: Path, target: Path) -> str:
    """Put the newest backup that is whole at `target`; its name, or "" if there is none.

    What the reader left for an earlier state is only taken when there is nothing else.
    """
    for backup in sorted(newest(folder, "*.db"), key=lambda it: it.name.startswith(BEFORE_RESTORE)):
        with suppress(sqlite3.DatabaseError, OSError):
            with closing(connect(backup, FINAL)) as found:
                look_over(found, backup, APPLICATION)
                check(found)
            put_copy(backup, target)
            return backup.name
    return ""


def make_folder(folder: Path) -> Path:
    """The folder for the backups of the library in `folder`; both tidy."""
    private_folder(folder / FOLDER)
    clear(folder)
    return folder / FOLDER
