"""Zip archives that hold a document, opened so that a crafted one can do no harm.

Nothing is ever unpacked to a folder: parts are asked for by name, and read into memory within caps.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from scmtui.model import ReadError

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

    from scmtui.readers.extracted import Task

ENTRIES = 5_000
"""Entries that an archive may have; a document with a thousand pictures has about as many."""
PART = 48 << 20
"""Bytes of one part, unpacked."""
TOTAL = 128 << 20
"""Bytes of all parts that are read, unpacked."""
RATIO = 200
"""How many times a part may grow; the XML of documents grows 5 to 100 times."""
SMALL = 1 << 20
"""Bytes below which a part may grow as it likes: repeated blanks do."""


def unsafe(task: Task) -> ReadError:
    """A file that would take more room than a document can need."""
    return ReadError(
        "“{file}” unpacks to far more than a document needs, and was not unpacked.",
        kept="Nothing was changed.",
        todo="Save it again with its own program.",
        file=task.file,
    )


def damaged(task: Task) -> ReadError:
    """A file that breaks the rules of its own format."""
    return ReadError(
        "“{file}” is damaged and cannot be read.",
        kept="Nothing was changed.",
        todo="Save it again with its own program.",
        file=task.file,
    )


def locked(task: Task) -> ReadError:
    """A file whose text is encrypted in a way that is not known here."""
    return ReadError(
        "“{file}” is locked with a password or by rights management.",
        kept="Nothing was changed.",
        todo="Save a copy of it without protection.",
        file=task.file,
    )


class Package:
    """The parts of a zip archive by their names, in which case does not matter."""

    def __init__(self, data: bytes, task: Task) -> None:
        """Open the archive in `data`. Raises ReadError when it is none, or not a safe one."""
        from zipfile import BadZipFile, ZipFile

        self._task = task
        self._left = TOTAL
        # Counted before the archive is opened: its table of contents may itself be the bomb.
        if data.count(b"PK\x01\x02") > ENTRIES:
            raise unsafe(task)
        try:
            self._zip: ZipFile = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, NotImplementedError, struct.error, OSError) as error:
            raise damaged(task) from error
        self._entries: dict[str, ZipInfo] = {
            entry.filename.lower(): entry for entry in self._zip.infolist()
        }

    @property
    def names(self) -> list[str]:
        """The names of all parts, in lower case."""
        return list(self._entries)

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, or None when there is no such part. Raises ReadError."""
        entry = self._entries.get(name.lower())
        if entry is None:
            return None
        if entry.flag_bits & 1:
            raise locked(self._task)
        room = min(PART, self._left)
        grown = entry.file_size > max(SMALL, entry.compress_size * RATIO)
        if entry.file_size > room or grown:
            raise unsafe(self._task)
        data = self._unpacked(entry, room)
        if len(data) > room:
            raise unsafe(self._task)
        self._left -= len(data)
        return data

    def _unpacked(self, entry: ZipInfo, room: int) -> bytes:
        from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile

        if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise damaged(self._task)
        try:
            with self._zip.open(entry) as part:
                return part.read(room + 1)
        except (BadZipFile, zlib.error, RuntimeError, EOFError, ValueError, OSError) as error:
            raise damaged(self._task) from error
