"""A file becomes one or more documents.

Every format is one module here with one function, `extract(data, task) -> Extracted`, which gives
the text in the file's bytes line by line, and one line in `READERS`. What follows, from cleaning
to numbered paragraphs, is the same for all.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scmtui import disk, text
from scmtui.language import N_
from scmtui.readers.contents import unread
from scmtui.readers.document import recompose
from scmtui.readers.extracted import Task
from scmtui.readers.formats import LARGEST, READERS, detect

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from scmtui.model import Document

__all__ = ["READERS", "Reading", "detect", "read", "reread"]


class Reading(NamedTuple):
    """What was read from a file: its documents, and the bytes that they were read from."""

    documents: tuple[Document, ...]
    data: bytes


def read(
    path: str | os.PathLike[str],
    rules: AbstractSet[str] = text.RULES,
    *,
    password: str = "",
    told: Callable[[int, int], None] | None = None,
    stop: threading.Event | None = None,
) -> Reading:
    """The documents in the file at `path`, at least one, tidied by the `rules` that are on.

    `told` hears, in this thread, how many pages are done and of how many (0: not known); setting
    `stop` ends the reading at once. Raises ReadError, with what is wrong, when there is nothing,
    and PasswordError when the file wants a password or another one.
    """
    from scmtui.readers import process  # what starts a process is not needed in the one it starts

    path = Path(path)
    file = text.safe(path.name)
    data = _contents(path, file)
    task = Task(file, password, told) if told else Task(file, password)
    return Reading(process.documents(data, task, rules, stop), data)


def reread(document: Document, rules: AbstractSet[str]) -> Document:
    """The same document tidied by other rules; its facts stay."""
    return recompose(document, rules)


def _contents(path: Path, file: str) -> bytes:
    """The bytes of a regular file, opened once; nothing else is waited for or read."""
    largest = max(LARGEST.values())
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
        with open(descriptor, "rb") as stream:  # noqa: PTH123 - it is open already
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise unread(N_("“{file}” is not a file with text in it."), file)
            data = stream.read(largest + 1)
    except FileNotFoundError:
        raise unread(N_("There is no file “{file}”."), file) from None
    except IsADirectoryError:
        raise unread(N_("“{file}” is a folder."), file) from None
    except PermissionError:
        raise unread(N_("You may not read “{file}”."), file) from None
    except (OSError, ValueError) as error:
        reason = disk.reason(error) if isinstance(error, OSError) else str(error)
        raise unread(N_("“{file}” cannot be read: {reason}."), file, reason=reason) from error
    if len(data) > largest:
        size = str(largest // 1_000_000)
        raise unread(N_("“{file}” is larger than {size} MB."), file, size=size)
    if not data:
        raise unread(N_("“{file}” is empty."), file)
    return data
