"""The pages of a file as one text: columns, paragraphs set apart, words broken by a hyphen."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from scmtui.model import Remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scmtui.readers.pdf.furniture import Leaf, Row

_APART = 1.3
"""How much farther apart than usual two lines are when a paragraph ends between them."""
_INDENTED = 0.8, 6.0
"""Ems by which the first line of a paragraph is indented: at least, and at most."""
_HYPHEN = re.compile(r"(?P<before>[A-Za-z]{2,})(?P<hyphen>[-‐\u00ad])\s*$")
_REST = re.compile(r"\s*([a-z]+)(\S* ?)(.*)$")


def written(leaves: Sequence[Leaf]) -> str:
    """The text of the pages, line by line: an empty line where a paragraph is set apart."""
    korean = _korean_side(leaves)
    if korean is None:
        return "\n".join(line for leaf in leaves for line in _lines(leaf.rows))
    stretches = []
    for side in (korean, 1 - korean):
        theirs = ([row for row in leaf.rows if _belongs(row, side, korean)] for leaf in leaves)
        stretches.append("\n".join(line for rows in theirs for line in _lines(rows)))
    return "\n\n".join(stretches)


def _korean_side(leaves: Sequence[Leaf]) -> int | None:
    """The column that is Korean where the other one is English throughout."""
    for side in (0, 1):
        ours = _korean(row for leaf in leaves for row in leaf.rows if row.side == side)
        others = _korean(row for leaf in leaves for row in leaf.rows if row.side == 1 - side)
        if ours > 0.5 and 0 <= others < 0.1:
            return side
    return None


def _korean(rows: Iterable[Row]) -> float:
    """The share of Hangul among the letters of some lines; -1 when there are few."""
    text = "".join(row.text for row in rows)
    hangul, latin = len(re.findall("[가-힣]", text)), len(re.findall("[A-Za-z]", text))
    return hangul / (hangul + latin) if hangul + latin > 100 else -1.0


def _belongs(row: Row, side: int, korean: int) -> bool:
    hangul, latin = len(re.findall("[가-힣]", row.text)), len(re.findall("[A-Za-z]", row.text))
    if row.side is not None and hangul <= latin:
        return row.side == side
    return bool(hangul) == (side == korean)


def _lines(rows: Sequence[Row]) -> Iterator[str]:
    leading = _leading(rows)
    margins = {side: _margin(rows, side) for side in (0, 1, None)}
    before: Row | None = None
    for row in rows:
        if before and before.side == row.side and row.base - before.base > leading * _APART:
            yield ""
        indent = (row.x0 - margins[row.side]) / row.size
        least, most = _INDENTED
        yield " " * round(indent * 2 if least <= indent <= most else 0) + row.text
        before = row


def _leading(rows: Sequence[Row]) -> float:
    """Points from one line to the next, as most of them are apart."""
    steps = Counter(
        round(after.base - before.base, 0)
        for before, after in pairwise(rows)
        if before.side == after.side and after.base > before.base
    )
    return steps.most_common(1)[0][0] if steps else 1000.0


def _margin(rows: Sequence[Row], side: int | None) -> float:
    """Where most of the lines of a column begin."""
    starts = Counter(round(row.x0 / 2) * 2.0 for row in rows if row.side == side)
    return max(starts, key=lambda start: (starts[start], -start), default=0.0)


def unhyphened(text: str) -> tuple[str, tuple[Remark, ...]]:
    """The text without the hyphens that break English words, and what is doubtful of that."""
    words = Counter(re.findall(r"[A-Za-z]+(?:[-‐][A-Za-z]+)*", text.lower()))
    lines = text.split("\n")
    doubts: list[Remark] = []
    for at in range(len(lines) - 1):
        broken, rest = _HYPHEN.search(lines[at]), _REST.match(lines[at + 1])
        if not broken or not rest:
            continue
        whole, kept = broken["before"] + rest[1], f"{broken['before']}-{rest[1]}"
        if broken["hyphen"] == "-" and words[kept.lower()] > words[whole.lower()]:
            whole = kept
        elif broken["hyphen"] == "-" and not words[whole.lower()]:
            doubts.append(Remark("hyphen", f"{broken['before']}|{rest[1]}"))
        lines[at] = lines[at][: broken.start()] + whole + rest[2]
        lines[at + 1] = rest[3]
    return "\n".join(lines), tuple(doubts)
