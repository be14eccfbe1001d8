"""The records of an HWP stream, each with those that belong to it."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scmtui.model import ReadError
from scmtui.readers.package import unsafe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scmtui.readers.extracted import Task

DEPTH = 120
"""Levels of records within one another; thirty tables in one another take half as many."""
RECORDS = 1_500_000
"""Records of one stream; a book of a thousand pages has fewer."""

NUMBERING, BULLET, PARA_SHAPE = 23, 24, 25
DISTRIBUTED = 28
PARAGRAPH, TEXT, CONTROL, LIST, SHAPE, TABLE = 66, 67, 71, 72, 76, 77
EQUATION, ART, MEMOS = 88, 90, 93
_KEPT = frozenset(
    {
        *(NUMBERING, BULLET, PARA_SHAPE, PARAGRAPH, TEXT, CONTROL, LIST, SHAPE, TABLE),
        *(EQUATION, ART, MEMOS),
    }
)


@dataclass(slots=True)
class Record:
    """One record: what it is, its bytes, and the records below it."""

    tag: int
    data: bytes
    below: list[Record] = field(default_factory=list)

    def number(self, form: str, at: int, otherwise: int = 0) -> int:
        """A number in the bytes, by its form for `struct`; `otherwise` when they end before."""
        try:
            return int(struct.unpack_from(f"<{form}", self.data, at)[0])
        except struct.error:
            return otherwise

    def string(self, at: int) -> tuple[str, int]:
        """A text with its length before it, and where it ends."""
        end = at + 2 + 2 * self.number("H", at)
        return self.data[at + 2 : end].decode("utf-16-le", "replace"), end


def tree(data: bytes, task: Task) -> tuple[list[Record], bool]:
    """The records of a stream that belong to none, and whether the stream is whole.

    Raises ReadError when they are too many or too deep in one another.
    """
    top = Record(0, b"")
    # For each level the record that those of the next level belong to.
    above = [top]
    end = 0
    for count, (tag, level, start, stop) in enumerate(_headers(data)):
        end = stop
        if count > RECORDS:
            raise unsafe(task)
        if level > DEPTH:
            raise ReadError(
                "“{file}” is nested too deeply to be read.",
                kept="Nothing was changed.",
                file=task.file,
            )
        if tag in _KEPT:
            record = Record(tag, data[start:stop])
            del above[level + 1 :]
            above[-1].below.append(record)
            above.append(record)
    return top.below, end == len(data)


def _headers(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Tag, level, start and end of each record, as far as they go; the last may be cut off."""
    at = 0
    while at + 4 <= len(data):
        (header,) = struct.unpack_from("<I", data, at)
        at += 4
        size = header >> 20
        if size == 0xFFF:
            if at + 4 > len(data):
                return
            (size,) = struct.unpack_from("<I", data, at)
            at += 4
        yield header & 0x3FF, header >> 10 & 0x3FF, at, at + size
        at += size
