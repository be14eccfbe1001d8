"""A page as a file: named after its title, written whole or not at all, for its owner alone."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from scmtui.disk import draft, reason, scratch
from scmtui.language import N_
from scmtui.model import ExportError
from scmtui.text import safe

if TYPE_CHECKING:
    from pathlib import Path

LONGEST = 200
"""Bytes of a name that is made from a title: file systems take 255, with an ending and more."""
_KEPT = N_("Nothing was written.")


def name_for(title: str, suffix: str) -> str:
    """A file name from a title: no path, no hidden file, at most LONGEST bytes."""
    slug = re.sub(r"[^\w.\-()가-힣]+", "-", safe(title)).strip("-._") or "briefing"
    room = LONGEST - len(suffix.encode())
    return slug.encode()[:room].decode(errors="ignore").rstrip("-._") + suffix


def write(target: Path, data: bytes, *, replace: bool = False) -> None:
    """Make `target` a file with these bytes; another one there is replaced only if that is said.

    What is there stays whole until the new one is. Links are not followed. Raises ExportError.
    """
    try:
        found = target.lstat()
    except FileNotFoundError:
        found = None
    except (OSError, ValueError) as error:
        raise _failed(target, error) from error
    if found and not stat.S_ISREG(found.st_mode):
        raise ExportError("“{file}” is not a file that can be written.", kept=_KEPT, file=target)
    if found and not replace:
        raise _there(target)
    try:
        with scratch(target) if replace else draft(target) as path:
            with path.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            if replace:
                path.replace(target)
        _settle(target.parent)
    except FileExistsError as error:
        raise _there(target) from error
    except (OSError, ValueError) as error:
        raise _failed(target, error) from error


def _settle(folder: Path) -> None:
    """Have the disk know the new name too, where a folder can be asked for that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _there(target: Path) -> ExportError:
    return ExportError(
        "There is a file “{file}” already.",
        kept=_KEPT,
        todo=N_("Choose another name, or say that it may be replaced (--yes)."),
        file=target,
    )


def _failed(target: Path, error: Exception) -> ExportError:
    why = reason(error) if isinstance(error, OSError) else str(error)
    return ExportError("“{file}” cannot be written: {reason}.", kept=_KEPT, file=target, reason=why)
