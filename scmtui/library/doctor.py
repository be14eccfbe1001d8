"""Looks the file of the library over, mends what can be mended, and says what it did."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from scmtui.disk import free_bytes, on_network
from scmtui.language import _, ngettext, say
from scmtui.library import backups
from scmtui.library.backups import APPLICATION
from scmtui.library.index import APPLICATION as INDEX
from scmtui.library.index import IndexFile
from scmtui.library.sqlite import (
    DAMAGED,
    DOCTOR,
    FINAL,
    READ_ONLY,
    check,
    connect,
    inode,
    look_over,
)
from scmtui.library.upkeep import LOOK, MENDED, OK, WRONG, Finding, Upkeep
from scmtui.model import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scmtui.library import Library
    from scmtui.library.documents import Documents
    from scmtui.library.file import LibraryFile

OWN, OTHERS = 0o700, 0o077


class Doctor:
    """The checks of one library, in the order in which one may need the one before."""

    def __init__(self, library: Library, file: LibraryFile, documents: Documents) -> None:
        self._library = library
        self._file = file
        self._upkeep = Upkeep(file, documents)

    def findings(self, cache: Path) -> Iterator[Finding]:
        """What every check finds, as it is made; the indexes of the search are in `cache`."""
        if self._absent():
            yield from self._lost()
            return
        folders = (self._file.folder, self._file.folder / backups.FOLDER)
        mended = sum(map(_owned, folders))  # they can hide everything
        yield from self._leftovers()
        yield from self._permissions(mended)
        yield from self._disk()
        yield from self._pages()
        if self._readable():
            yield from self._kept()
        yield from self._damaged()
        yield from self._backups()
        yield from _indexes(cache)

    def _lost(self) -> Iterator[Finding]:
        """Why there is no library: nothing was ever kept, or a damaged one was put aside."""
        told = _(
            "There is no library now; what can still be read comes back with: scmtui load '{file}'"
        )
        for path in self._library.damaged():
            yield Finding("file", LOOK, told.format(file=path))
        if not self._library.damaged():
            yield Finding("file", OK, _("There is no library yet: nothing was added or marked."))

    def _absent(self) -> bool:
        try:
            return not inode(self._file.path)
        except OSError:  # it cannot be told
            return False

    def _readable(self) -> bool:
        try:
            self._file.check()
        except LibraryError:
            return False
        return True

    def _kept(self) -> Iterator[Finding]:
        """What stands in the library, as far as it can be looked over without writing."""
        if self._file.writable():
            self._file.ask(lambda it: it.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall(), [])
            yield from self._upkeep.findings()
        else:
            told = _("The texts and files in it were not looked over: nothing could be mended.")
            yield Finding("texts", LOOK, told)
        yield from self._upkeep.strays(self._library.strays())

    def _permissions(self, mended: int) -> Iterator[Finding]:
        files = (*self._file.files(), *backups.every(self._file.folder))
        mended += sum(map(_owned, files))
        if mended:
            told = ngettext(
                "{count} file or folder had other permissions; now you alone can read it.",
                "{count} files or folders had other permissions; now you alone can read them.",
                mended,
            )
            yield Finding("permissions", MENDED, told.format(count=mended))
        else:
            yield Finding("permissions", OK, _("Only you can read the library."))

    def _leftovers(self) -> Iterator[Finding]:
        if count := backups.clear(self._file.folder):
            told = ngettext(
                "{count} unfinished file of a session that was killed was thrown away.",
                "{count} unfinished files of sessions that were killed were thrown away.",
                count,
            )
            yield Finding("leftovers", MENDED, told.format(count=count))

    def _disk(self) -> Iterator[Finding]:
        if on_network(self._file.path):
            told = _("The library is on a network drive. Open it on one machine at a time.")
            yield Finding("disk", LOOK, told)
        try:
            free, size = free_bytes(self._file.folder), self._file.path.stat().st_size
        except OSError:  # the check of the pages says so
            return
        state = OK if free > 3 * size else LOOK
        told = _("{free} MB are free on its disk; the library takes {size} MB.")
        shown = (f"{count / 10**6:,.1f}" for count in (free, size))
        yield Finding("disk", state, told.format(**dict(zip(("free", "size"), shown, strict=True))))

    def _pages(self) -> Iterator[Finding]:
        """Every page, and whether what SQLite keeps twice agrees."""
        problems = self._file.ask(_integrity, None)
        if problems and self._file.writable() and self._reindexed(problems):
            yield Finding("pages", MENDED, _("What the file keeps twice was made anew."))
            return
        if problems and self._file.writable():
            self._file.set_aside(DAMAGED)
        elif problems:
            yield Finding("pages", WRONG, _("The file is damaged."))
        yield from self._opening()
        if problems == []:
            yield Finding("pages", OK, _("Every page of the file is whole."))

    def _damaged(self) -> Iterator[Finding]:
        """What was put aside, today or long ago."""
        for path in self._library.damaged():
            told = _("A damaged library is kept here; when you need it no more, delete it: {file}")
            yield Finding("damaged", LOOK, told.format(file=path))

    def _reindexed(self, problems: list[str]) -> bool:
        if any("index" not in it for it in problems):
            return False
        self._file.write(lambda library: library.execute("REINDEX"))
        return not self._file.ask(_integrity, problems)

    def _opening(self) -> Iterator[Finding]:
        """What was found when the file was opened, and what a damaged one still has."""
        told = _told(self._file.problem) if self._file.problem else ""
        if self._file.aside:
            yield Finding("file", MENDED, told)
            yield self._salvage(self._file.aside)
        elif told and not on_network(self._file.path):
            yield Finding("file", LOOK if self._readable() else WRONG, told)

    def _salvage(self, kept: Path) -> Finding:
        """Take into the library what a damaged one still has."""
        try:
            loaded = self._library.load(kept)
        except LibraryError:
            told = _("Nothing in the damaged file can be read any more.")
            return Finding("salvage", LOOK, told)
        told = _("From the damaged file came {count} more entries; {lost} could not be read.")
        count, lost = sum(loaded.added.values()), sum(loaded.unread.values())
        return Finding("salvage", MENDED, told.format(count=count, lost=lost))

    def _backups(self) -> Iterator[Finding]:
        made = self._library.backups()
        for backup in made:
            try:
                with closing(connect(backup.path, FINAL)) as copy:
                    look_over(copy, backup.path, APPLICATION)
                    check(copy)
            except (sqlite3.DatabaseError, OSError):
                told = _("The backup “{file}” is damaged.")
                yield Finding("backups", WRONG, told.format(file=backup.path.name))
        if made:
            told = ngettext(
                "There is {count} backup, the last one of {day}.",
                "There are {count} backups, the last one of {day}.",
                len(made),
            )
            day = made[0].when[:10]
            yield Finding("backups", OK, told.format(count=len(made), day=day))
        else:
            yield Finding("backups", LOOK, _("There is no backup yet: scmtui backup"))


def _owned(path: Path) -> bool:
    """Let the reader alone read a file or a folder; whether it was otherwise."""
    with suppress(OSError):  # another user's, or gone by now
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & OTHERS or not mode & OWN:
            path.chmod(mode & OWN or (0o700 if path.is_dir() else 0o600))
            return True
    return False


def _told(problem: LibraryError) -> str:
    """What the problem is, without the advice to ask for what is being done."""
    shown = LibraryError("")
    shown.values = problem.values
    shown.sentences = tuple(it for it in problem.sentences if it != DOCTOR)
    return say(shown)


def _integrity(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the file, in the words of SQLite."""
    try:
        found = [str(it) for (it,) in connection.execute("PRAGMA integrity_check(20)")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [] if found == ["ok"] else found


def _indexes(cache: Path) -> Iterator[Finding]:
    """The indexes of the search, which can be made again."""
    for path in sorted(cache.glob("search*.db")):
        file = IndexFile(path)
        try:
            if _is_database(path) and file.check():
                yield Finding("index", OK, _("The index of the search is whole."))
            else:
                file.close()
                for suffix in ("-wal", "-shm", "-journal", ""):
                    path.with_name(path.name + suffix).unlink(missing_ok=True)
                told = _("The index of the search was damaged; it is made again when it is needed.")
                yield Finding("index", MENDED, told)
        except (sqlite3.DatabaseError, OSError) as error:
            file.failed(error)
            yield Finding("index", LOOK, say(file.problem) if file.problem else "")
        finally:
            file.close()


def _is_database(path: Path) -> bool:
    """Whether there is anything to check: an index that is none is replaced when it is opened."""
    try:
        with closing(connect(path, READ_ONLY)) as connection:
            look_over(connection, path, INDEX)
    except sqlite3.DatabaseError:
        return False
    return True
