"""Where the contents of a library can come from: a folder that was dumped, or another library."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from scmtui.disk import is_there
from scmtui.library.backups import APPLICATION
from scmtui.library.contents import InDatabase, Kept, Record
from scmtui.library.sqlite import (
    DAMAGED,
    FINAL,
    FOREIGN,
    READ_ONLY,
    UnusableError,
    connect,
    fault_in,
)
from scmtui.model import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scmtui.library.contents import Contents


class InFolder:
    """The contents of a folder that was dumped."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.unread: Counter[str] = Counter()
        try:
            form = json.loads((folder / "format.json").read_bytes())["format"]
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise LibraryError(
                "“{folder}” was not written by scmtui dump.",
                kept="Nothing was changed.",
                folder=folder,
            ) from error
        if form != 1:
            raise LibraryError(
                "“{folder}” was written by a newer version of this program.",
                kept="Nothing was changed.",
                folder=folder,
            )

    def documents(self) -> Iterator[Kept]:
        """Every document, in order."""
        for record in self._lines("documents"):
            try:
                text = self._bytes(record["json"]).decode()
                original = self._bytes(record["original"]) if record["original"] else None
                named = (str(record[name] or "") for name in ("id", "asked", "sha256", "added"))
                id_, asked, sha, added = named
            except (OSError, ValueError, LookupError, TypeError):
                self.unread["documents"] += 1
            else:
                yield Kept(id_, asked, sha, added, text, original)

    def entries(self, table: str) -> Iterator[Record]:
        """Every entry of a table."""
        yield from self._lines(table)

    def session(self) -> dict[str, str | int]:
        """How the last session left the screen."""
        view = next(self._lines("session"), {})
        return {name: value for name, value in view.items() if isinstance(value, str | int)}

    def _bytes(self, name: str) -> bytes:
        path = (self._folder / name).resolve(strict=True)
        if not path.is_relative_to(self._folder.resolve()) or not path.is_file():
            raise ValueError(name)
        return path.read_bytes()

    def _lines(self, table: str) -> Iterator[Record]:
        try:
            lines = self._bytes(f"{table}.jsonl").decode().split("\n")
        except FileNotFoundError:
            return
        except (OSError, ValueError):
            self.unread[table] += 1
            return
        for line in filter(None, lines):  # splitlines would part a line at marks within its texts
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                record = None
            if isinstance(record, dict):
                yield record
            else:
                self.unread[table] += 1


@contextmanager
def opened(source: Path) -> Iterator[Contents]:
    """The contents of a folder that was dumped, or of the file of a library, only read.

    Raises LibraryError when it is neither.
    """
    if is_there(source, folder=True):
        yield InFolder(source)
        return
    if not is_there(source):
        raise LibraryError(
            "There is no folder or library “{file}”.", kept="Nothing was changed.", file=source
        )
    log = source.with_name(source.name + "-wal")
    modes = (READ_ONLY, FINAL) if log.exists() else (FINAL,)
    try:
        with closing(connect(source, *modes)) as connection:
            (owner,) = connection.execute("PRAGMA application_id").fetchone()
            if owner != APPLICATION:
                raise UnusableError(FOREIGN)
            yield InDatabase(connection)
    except sqlite3.DatabaseError as error:
        raise LibraryError(
            fault_in(error) or DAMAGED,
            kept="Nothing in it can be read any more.",
            file=source,
        ) from error
