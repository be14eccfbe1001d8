"""What an HWP document says of its paragraphs: numberings, bullets, shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.readers.hwp.records import BULLET, NUMBERING, PARA_SHAPE
from scmtui.readers.paraheads import BY_CODE, Head, Level, ParaHeads

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scmtui.readers.hwp.records import Record

_KINDS = ("", "outline", "number", "bullet")
_INFO = 12
"""Bytes of what is told of a number before its text."""


class Shapes:
    """The shapes of the paragraphs of one document."""

    def __init__(self, records: Sequence[Record]) -> None:
        """Take them from the records of DocInfo; their ids count from 1, shapes from 0."""
        found = list(_all(records))
        numberings = [it for it in found if it.tag == NUMBERING]
        bullets = [it for it in found if it.tag == BULLET]
        self.heads = ParaHeads(
            {str(key): _levels(it) for key, it in enumerate(numberings, 1)},
            {str(key): _bullet(it) for key, it in enumerate(bullets, 1)},
        )
        self._heads = [_head(it) for it in found if it.tag == PARA_SHAPE]

    def head(self, paragraph: Record) -> Head:
        """What stands before a paragraph."""
        shape = paragraph.number("H", 8)
        return self._heads[shape] if shape < len(self._heads) else Head()


def _all(records: Sequence[Record]) -> Iterator[Record]:
    for record in records:
        yield record
        yield from _all(record.below)


def _levels(record: Record) -> list[Level]:
    """The levels of a numbering: seven, and in newer files three more after the first starts."""
    levels, at = _texts(record, 0, 7)
    first = record.number("H", at) or 1
    at += 2
    starts = [record.number("I", at + 4 * level, 1 if level else first) for level in range(7)]
    more, at = _texts(record, at + 28, 3)
    starts += [record.number("I", at + 4 * level, 1) for level in range(3)]
    return [
        level._replace(start=start) for level, start in zip(levels + more, starts, strict=False)
    ]


def _texts(record: Record, at: int, count: int) -> tuple[list[Level], int]:
    levels = []
    for _ in range(count):
        if at + _INFO + 2 > len(record.data):
            break
        code = record.number("I", at) >> 5 & 0x1F
        form, at = record.string(at + _INFO)
        levels.append(Level(form, BY_CODE[code] if code < len(BY_CODE) else "decimal"))
    return levels, at


def _bullet(record: Record) -> str:
    return record.data[_INFO : _INFO + 2].decode("utf-16-le", "replace").strip("\0")


def _head(record: Record) -> Head:
    told = record.number("I", 0)
    # The first numbers hold the levels up to 7 only; newer files have all of them at their end.
    level = max(told >> 25 & 7, record.number("I", 54))
    return Head(_KINDS[told >> 23 & 3], str(record.number("H", 30)), level)
