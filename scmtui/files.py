"""Files to choose from: what a folder holds, and the paths in what was typed, pasted or dropped.

Names are kept as the disk has them, to open them by, and are shown cleaned: a name may hold
anything but `/` and NUL.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Literal

from scmtui.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIXES = frozenset(
    ("txt", "text", "md", "markdown", "pdf", "docx", "hwp", "hwpx", "htm", "html", "xhtml")
)
"""What the names of files end in that are likely to be read; the content decides when they are."""

FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")

MOST_ENTRIES = 20_000
"""Entries of a folder that are listed at most."""
MOST_BELOW = 5_000
"""Files in the folders of a folder that are looked through for a name at most."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or folder in a folder."""

    path: Path
    name: str
    """The name as it is shown; `path` has it as it is."""
    folder: bool = False
    size: int = 0
    """Bytes."""
    changed: datetime | None = None

    @property
    def hidden(self) -> bool:
        """Whether its name begins with a dot."""
        return self.path.name.startswith(".")

    @property
    def likely(self) -> bool:
        """Whether its name promises a format that can be read."""
        return self.path.suffix.lower().removeprefix(".") in SUFFIXES


def entries(folder: Path) -> list[Entry]:
    """What a folder holds: folders first, then files, each by name. Raises OSError."""
    with os.scandir(folder) as found:
        listed = [entry for one in islice(found, MOST_ENTRIES) if (entry := _entry(one))]
    return sorted(listed, key=lambda one: (not one.folder, one.name.casefold(), one.path.name))


def _entry(found: os.DirEntry[str]) -> Entry | None:
    """The entry, unless it is neither a file nor a folder; nothing is opened and waited for."""
    try:
        status = found.stat()
    except (OSError, ValueError):  # a link that leads nowhere
        return None
    folder = stat.S_ISDIR(status.st_mode)
    if not folder and not stat.S_ISREG(status.st_mode):
        return None
    try:
        changed = datetime.fromtimestamp(status.st_mtime).astimezone()
    except (OSError, OverflowError, ValueError):  # a date that no calendar has
        changed = None
    return Entry(Path(found.path), safe(found.name) or "?", folder, status.st_size, changed)


def files_in(folder: Path) -> list[Path]:
    """The files in a folder itself that are likely to be read, by name. Raises OSError."""
    return [one.path for one in entries(folder) if not one.folder and one.likely and not one.hidden]


def below(folder: Path, seconds: float = 2.0) -> list[Entry]:
    """The files in the folders of a folder that are likely to be read, the nearest first.

    Their names are their paths from there. Hidden folders and links are not walked; a tree without
    end is left after so many `seconds` or MOST_BELOW files.
    """
    found: list[Entry] = []
    until = monotonic() + seconds
    waiting = deque([folder])
    while waiting and len(found) < MOST_BELOW and monotonic() < until:
        here = waiting.popleft()
        try:
            listed = entries(here)
        except OSError:
            continue
        for one in listed:
            if one.hidden:
                continue
            if one.folder and not one.path.is_symlink():
                waiting.append(one.path)
            elif one.likely and not one.folder and here != folder:
                found.append(replace(one, name=safe(str(one.path.relative_to(folder)))))
    return found[:MOST_BELOW]


_UNITS = ("B", "KB", "MB", "GB", "TB")


def size_in_words(size: int) -> str:
    """A size as people read it: 940 B, 12 KB, 1.4 MB."""
    number, unit = float(size), 0
    while number >= 1000 and unit < len(_UNITS) - 1:
        number, unit = number / 1000, unit + 1
    digits = 1 if unit > 1 and number < 100 else 0
    return f"{number:.{digits}f} {_UNITS[unit]}"


def looks_like_path(typed: str) -> bool:
    """Whether what was typed is a path and not part of a name."""
    start = typed.lstrip(" '\"")
    return start.startswith(("/", "~", "./", "../", "file:")) or start in {".", ".."}


def paths_in(typed: str, beside: Path | None = None) -> list[Path]:
    """The paths in what was typed, pasted or dropped on the terminal, in order, each once.

    Lines, quoted words, escaped blanks, `~` and file:// are all understood; what is not absolute
    stands in the folder `beside`. The paths need not exist.
    """
    found: dict[Path, None] = {}
    for line in typed.replace("\r", "\n").split("\n"):
        if stripped := line.strip().strip("\0"):
            found |= dict.fromkeys(_on_line(stripped, beside or Path.cwd()))
    return list(found)


def _on_line(line: str, beside: Path) -> Iterator[Path]:
    """The paths on one line: it as a whole where that is there, else its words."""
    whole = _path(line, beside)
    if exists(whole):
        yield whole
        return
    import shlex  # only what is typed or pasted needs it

    try:
        words = shlex.split(line)
    except ValueError:  # an apostrophe that is part of a name
        words = []
    quoted = any(mark in line for mark in "'\"\\")
    several = [_path(word, beside) for word in words]
    if quoted or (several and all(map(exists, several))) or line.count("file://") > 1:
        yield from several or [whole]
    else:
        yield whole


def _path(word: str, beside: Path) -> Path:
    if word.startswith("file:"):
        from urllib.parse import unquote, urlsplit

        word = unquote(urlsplit(word).path, errors="surrogateescape")
    word = word.replace("\0", "")
    try:
        path = beside / Path(word).expanduser()
    except RuntimeError:  # ~ of somebody who is not there
        path = beside / word
    return _as_on_disk(Path(os.path.normpath(path)))


def _as_on_disk(path: Path) -> Path:
    """The path with the letters of a name as the disk has them: macOS takes Hangul apart."""
    if exists(path):
        return path
    for form in FORMS:
        other = Path(unicodedata.normalize(form, str(path)))
        if exists(other):
            return other
    return path


def exists(path: Path) -> bool:
    """Whether a path leads anywhere; one that cannot be a path does not."""
    try:
        return path.exists()
    except (OSError, ValueError):  # too long a name, or one that no disk can have
        return False
