"""Plain text, in the encodings that Korean text comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.readers.encoding import forgiving
from scmtui.readers.extracted import Extracted

if TYPE_CHECKING:
    from scmtui.readers.extracted import Task


def extract(data: bytes, task: Task) -> Extracted:
    """The text in the bytes of a file: Unicode with a mark or without, or cp949.

    Raises ReadError when they are none of these.
    """
    text, doubts = forgiving(data, task.file)
    return Extracted(text, doubts=doubts)
