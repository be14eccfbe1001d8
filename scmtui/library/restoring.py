"""Making a backup when it is asked for, and going back to one as a whole or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from scmtui.disk import fill, private_folder, put_copy, scratch
from scmtui.library import backups
from scmtui.library.backups import APPLICATION
from scmtui.library.sqlite import (
    FINAL,
    FOREIGN,
    READ_ONLY,
    READ_WRITE,
    UnusableError,
    check,
    connect,
    fault_in,
    inode,
    look_over,
    said,
    transaction,
)
from scmtui.model import LibraryError

if TYPE_CHECKING:
    from pathlib import Path

    from scmtui.library.file import LibraryFile


def back_up(file: LibraryFile, target: Path | None = None) -> Path:
    """Leave a copy at `target`, usually among the backups; where. Raises LibraryError."""
    if target and target.exists():
        raise LibraryError(
            "“{file}” is there already.",
            kept="Nothing was changed.",
            todo="Choose another name.",
            file=target,
        )
    file.check()
    if not inode(file.path):  # nothing is made where there is nothing to copy
        return file.copied(lambda _: file.path)
    try:
        where = target or backups.make_folder(file.folder) / backups.named(backups.BY_HAND)
        made = file.use(lambda library: backups.back_up(library, where))
    except (sqlite3.DatabaseError, OSError) as error:
        raise said(error, target or file.path) from error
    return made or file.copied(lambda _: file.path)


def restore(file: LibraryFile, backup: Path) -> Path | None:
    """Make everything as it is in a backup, or nothing; where the present library is kept."""
    try:
        private_folder(file.folder)
        with scratch(file.folder / "restore") as path:
            _copy(backup, path)
            with closing(connect(path, READ_WRITE)) as copy:
                _bring_up_to_date(file, copy, path, backup)
                return _take_up(file, copy, path)
    except (sqlite3.DatabaseError, OSError) as error:
        fault = fault_in(error) if isinstance(error, sqlite3.DatabaseError) else ""
        if fault:
            raise LibraryError(fault, kept="Nothing was changed.", file=backup) from error
        raise said(error, backup) from error


def _copy(backup: Path, path: Path) -> None:
    """Copy a backup, or a library in use, a part of which may still stand in its log."""
    if backup.with_name(f"{backup.name}-wal").exists():
        with closing(connect(backup, READ_ONLY, FINAL)) as source:
            backups.copy(source, path)
    else:
        fill(path, backup)


def _bring_up_to_date(
    file: LibraryFile, copy: sqlite3.Connection, path: Path, backup: Path
) -> None:
    look_over(copy, path, APPLICATION)
    check(copy)
    (version,) = copy.execute("PRAGMA user_version").fetchone()
    if not version:
        raise UnusableError(FOREIGN)
    if version > file.version:
        raise LibraryError(
            "The library “{file}” was written by a newer version of this program.",
            kept="Nothing was changed.",
            file=backup,
        )
    transaction(copy, file.bring_up_to_date, durable=True)


def _take_up(file: LibraryFile, copy: sqlite3.Connection, path: Path) -> Path | None:
    try:
        file.use(lambda _: None)  # one that is damaged is set aside
    except OSError as error:
        raise said(error, file.path) from error
    if file.frozen:
        raise file.frozen
    folder = backups.make_folder(file.folder)
    if not inode(file.path):
        copy.close()
        put_copy(path, file.path)
        return None
    aside = folder / backups.named(backups.BEFORE_RESTORE)
    kept = file.use(lambda present: backups.put_in_place(copy, present, aside))
    backups.keep_some(folder, backups.BEFORE_RESTORE)
    file.openings += 1
    return kept
