"""Notes that are being written, kept on the disk so that no more than two seconds can be lost.

Each is a private file of its own in the state folder, written whole or not at all, and gone when
the note is in the library. A session that writes holds a lock beside it; one that nobody holds was
left by a session that ended in the middle of a sentence.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from scmtui.disk import private_file, private_folder, scratch
from scmtui.model import Address, AddressError
from scmtui.positions import Position
from scmtui.text import clean

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 20_000_000
"""A longer file is not a note that somebody typed."""


class Begun(NamedTuple):
    """A note that is being changed, and its text before that."""

    number: int
    text: str


class Left(NamedTuple):
    """A note that was still being written when its session ended."""

    file: Path
    position: Position
    begun: Begun | None
    """The note that was being changed; None for a new one."""
    text: str


class Draft:
    """The file of one note that is being written; there is none before the first `keep`.

    Its methods may be called in another thread, one at a time. `keep` raises OSError.
    """

    def __init__(self, folder: Path, position: Position, begun: Begun | None = None) -> None:
        self._folder = folder
        self._told: dict[str, object] = {
            "address": str(position.address),
            "quote": position.quote,
            "before": position.before,
            "after": position.after,
            "begun": begun,
        }
        self._file: Path | None = None
        self._lock = -1

    @classmethod
    def going_on(cls, left: Left) -> Draft:
        """Go on with one that was left, in its file; in another if a session has that by now."""
        draft = cls(left.file.parent, left.position, left.begun)
        with suppress(OSError):
            draft._take(left.file)
        return draft

    def keep(self, text: str) -> None:
        """Have this text on the disk, in the place of what was kept before."""
        if self._file is None:
            private_folder(self._folder)
            self._take(self._folder / f"note-{os.getpid()}-{time.time_ns()}.json")
        assert self._file
        kept = {**self._told, "text": text}
        with scratch(self._file) as path:
            with path.open("w", encoding="utf-8") as stream:
                json.dump(kept, stream, ensure_ascii=False)
                stream.flush()
                os.fsync(stream.fileno())
            path.replace(self._file)

    def forget(self) -> None:
        """Let there be no draft any more."""
        if self._file:
            for path in (self._file, _lock_of(self._file)):
                with suppress(OSError):
                    path.unlink(missing_ok=True)
        self.leave()

    def leave(self) -> None:
        """Leave what is kept for another session, or for later in this one."""
        if self._lock >= 0:
            os.close(self._lock)
        self._lock, self._file = -1, None

    def _take(self, file: Path) -> None:
        lock = _lock_of(file)
        with suppress(FileExistsError):
            private_file(lock)
        descriptor = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise
        except OSError:
            pass  # a disk that knows no locks
        self._file, self._lock = file, descriptor


def left(folder: Path) -> tuple[Left, ...]:
    """The notes that sessions left in `folder` while they were being written, the latest first.

    A file that cannot be read as one stays where it is.
    """
    found = (_read(file) for file in sorted(folder.glob("note-*.json")) if not _held(file))
    return tuple(sorted((it for it in found if it), key=lambda it: it.file.name, reverse=True))


def _read(file: Path) -> Left | None:
    try:
        if file.stat().st_size > MOST_BYTES:
            return None
        told = json.loads(file.read_text(encoding="utf-8"))
        address = Address.parse(str(told["address"]))
        quoted = [clean(str(told[name])).text for name in ("quote", "before", "after")]
        text = clean(str(told["text"])).text
        begun = Begun(int(told["begun"][0]), str(told["begun"][1])) if told["begun"] else None
    except (OSError, ValueError, TypeError, LookupError, AddressError):
        return None
    if not text.strip() and begun is None:
        return None
    return Left(file, Position(address, *quoted), begun, text)


def _lock_of(file: Path) -> Path:
    return file.with_suffix(".lock")


def _held(file: Path) -> bool:
    """Whether a session is writing this one now."""
    try:
        descriptor = os.open(_lock_of(file), os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False
