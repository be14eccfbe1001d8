"""A file becomes a document.

Every format is one module here with one function, `extract(data, file) -> str`, which gives the
text in the file's bytes line by line, and one line in `READERS`. What follows, from cleaning to
numbered paragraphs, is the same for all.
"""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from scmtui import text
from scmtui.language import N_, _
from scmtui.model import Provenance, ReadError, Remark
from scmtui.readers import facts, txt
from scmtui.readers.document import compose, recompose

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from scmtui.model import Document

READERS = {"txt": txt}
"""The modules that read a format, by its name."""

LARGEST = 5_000_000
"""Bytes of a text file that are read at most: a hundred times a communiqué and more."""

MOST_LINES = 200_000
"""Lines that are read at most; a file with more of them was not written by a person."""

_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE"),
    (b"HWP Document File", "HWP 3"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "gzip"),
)
_REMOVED = {
    "escape": N_("escape sequences: {count}"),
    "control": N_("control characters: {count}"),
    "bidi": N_("characters that turn the direction of writing: {count}"),
    "invisible": N_("invisible characters: {count}"),
    "tag": N_("tag characters: {count}"),
    "variation": N_("variation selectors: {count}"),
    "noncharacter": N_("codes that are no characters: {count}"),
    "surrogate": N_("halves of characters: {count}"),
}


def read(path: str | os.PathLike[str], rules: AbstractSet[str] = text.RULES) -> Document:
    """The document in the file at `path`, tidied by the `rules` that are on.

    Raises ReadError, with what is wrong, when there is none.
    """
    path = Path(path)
    file = text.safe(path.name)
    data = _contents(path, file)
    kind = _format(data, file)
    source, removed = text.clean(READERS[kind].extract(data, file))
    if not source.strip():
        raise _unread(N_("“{file}” holds no text."), file)
    if source.count("\n") > MOST_LINES:
        lines = str(MOST_LINES)
        raise _unread(N_("“{file}” has more than {lines} lines."), file, lines=lines)
    provenance = Provenance(
        file=text.clean(path.name).text,
        format=kind,
        sha256=sha256(data).hexdigest(),
        origin=facts.origin(source),
        rights=facts.NO_RIGHTS,
    )
    document = compose(source, provenance, rules)
    told = (Remark("cleaned", _(_REMOVED[it]).format(count=removed[it])) for it in sorted(removed))
    return replace(document, dropped=(*document.dropped, *told))


def reread(document: Document, rules: AbstractSet[str]) -> Document:
    """The same document tidied by other rules; its facts stay."""
    return recompose(document, rules)


def _unread(what: str, file: str, **values: str) -> ReadError:
    return ReadError(what, kept=N_("Nothing was changed."), file=file, **values)


def _contents(path: Path, file: str) -> bytes:
    """The bytes of a regular file, opened once; nothing else is waited for or read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
        with open(descriptor, "rb") as stream:  # noqa: PTH123 - it is open already
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise _unread(N_("“{file}” is not a file with text in it."), file)
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise _unread(N_("There is no file “{file}”."), file) from None
    except IsADirectoryError:
        raise _unread(N_("“{file}” is a folder."), file) from None
    except PermissionError:
        raise _unread(N_("You may not read “{file}”."), file) from None
    except (OSError, ValueError) as error:
        reason = str(getattr(error, "strerror", None) or error)
        raise _unread(N_("“{file}” cannot be read: {reason}."), file, reason=reason) from error
    if len(data) > LARGEST:
        size = str(LARGEST // 1_000_000)
        raise _unread(N_("“{file}” is larger than {size} MB."), file, size=size)
    if not data:
        raise _unread(N_("“{file}” is empty."), file)
    return data


def _format(data: bytes, file: str) -> str:
    """The format of a file, by its content."""
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise _unread(
                N_("“{file}” is a {format} file, which cannot be read here."), file, format=name
            )
    return "txt"
