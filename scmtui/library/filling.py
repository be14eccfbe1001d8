"""Bringing an index up to date in the background, beside the reader and other sessions."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

from scmtui.library import theming
from scmtui.library.index import IndexFile
from scmtui.library.indexing import Progress, Writer
from scmtui.library.sqlite import transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scmtui.model import LibraryError
    from scmtui.shelf import Shelf
    from scmtui.themes import Taxonomy

CHECKED = 7 * 24 * 3600.0
"""Seconds after which the index is looked over as a whole."""
ATTEMPTS = 10
"""How often the work is taken up again when the index is damaged, or another session has it."""
WAIT = 1.0
"""Seconds until then."""
PATIENCE = 3.0
"""Seconds that are waited for the background to stop."""


class Stopped(Exception):  # noqa: N818 - it is no error
    """The work is to be left as it is; what was written stays."""


def fill(
    file: IndexFile,
    shelf: Shelf,
    taxonomy: Callable[[], Taxonomy],
    rest: Callable[[], None] = lambda: None,
) -> Iterator[Progress]:
    """Make the index one of the documents on the shelf; before each slice, how far it is.

    Other sessions may write between two slices. `rest` is called every millisecond or so. Raises
    DatabaseError and OSError.
    """
    _check_now_and_then(file)
    progress = Progress(0, 0, 0)
    for progress in Writer(file, rest).steps(shelf):
        yield progress
    for left in theming.steps(file, shelf, taxonomy(), rest):
        yield progress._replace(themed=progress.total - left)
    yield progress._replace(themed=progress.total)


def _check_now_and_then(file: IndexFile) -> None:
    """Look the whole index over when that was long ago; a damaged one is thrown away."""
    now = time.time()
    query = "SELECT 1 FROM about WHERE name = 'checked' AND value BETWEEN ? AND ?"
    if file.connection().execute(query, (now - CHECKED, now)).fetchone():
        return
    if not file.check():
        file.discard()
    keep = "INSERT OR REPLACE INTO about VALUES ('checked', ?)"
    transaction(file.connection(), lambda it: it.execute(keep, (now,)), durable=False)


class Filling(Thread):
    """Fills an index in a thread of its own, with connections of its own."""

    def __init__(self, shelf: Shelf, path: Path, taxonomy: Callable[[], Taxonomy]) -> None:
        super().__init__(name="index", daemon=True)
        self._shelf = shelf
        self._file = IndexFile(path)
        self._taxonomy = taxonomy
        self._stop_now = Event()
        self._go_on = Event()
        self._go_on.set()

    @property
    def problem(self) -> LibraryError | None:
        """Why the index could not be filled."""
        return self._file.problem

    @property
    def may_go_on(self) -> bool:
        """Whether this one has ended, and another one may do what is still missing."""
        return not (self.is_alive() or self.problem)

    def run(self) -> None:
        """Fill the index, until there is no more to do or it cannot be done."""
        with self._shelf.apart() as shelf:
            for _ in range(ATTEMPTS):
                if self._filled(shelf) or self._stop_now.wait(WAIT):
                    break
        self._file.close()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let another thread go first: two at once hinder each other more than they should."""
        self._go_on.clear()
        try:
            yield
        finally:
            self._go_on.set()

    def stop(self) -> None:
        """Leave the work as it is."""
        self._stop_now.set()
        self._file.interrupt()
        self.join(PATIENCE)

    def _filled(self, shelf: Shelf) -> bool:
        """Whether there is no more to do, or nothing that can be done."""
        try:
            for _ in fill(self._file, shelf, self._taxonomy, self._rest):
                pass
        except Stopped:
            return True
        except (sqlite3.DatabaseError, OSError) as error:
            if not _is_busy(error) and not self._stop_now.is_set():
                self._file.failed(error)
            return bool(self.problem)
        return True

    def _rest(self) -> None:
        time.sleep(0)  # the screen goes first
        self._go_on.wait()
        if self._stop_now.is_set():
            raise Stopped


def _is_busy(error: sqlite3.DatabaseError | OSError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
