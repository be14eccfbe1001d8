"""Plain text, in the encodings that Korean text comes in."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from scmtui.model import ReadError
from scmtui.readers.extracted import Extracted

if TYPE_CHECKING:
    from scmtui.readers.extracted import Task

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = r"[\x00-\x06\x0e-\x1a\x1c-\x1f]"
"""Controls that no text holds; escape sequences are another matter and are cleaned away."""


def extract(data: bytes, task: Task) -> Extracted:
    """The text in the bytes of a file: UTF-8, UTF-16 or UTF-32 with a mark, UTF-8 or cp949 without.

    Raises ReadError when they are none of these.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Extracted(_decoded(data[len(mark) :], (encoding,), task.file))
    return Extracted(_decoded(data, ("utf-8", "cp949"), task.file))


def _decoded(data: bytes, encodings: tuple[str, ...], file: str) -> str:
    for encoding in encodings:
        try:
            decoded = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(re.findall(_BINARY, decoded)) * 100 > len(decoded):
            break
        return decoded
    raise ReadError(
        "“{file}” is not a text that can be read.",
        kept="Nothing was changed.",
        todo="Save it as plain text in UTF-8.",
        file=file,
    )
