"""What pages carry beside their text: running heads and feet, page numbers, footnotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import dropwhile, pairwise, takewhile
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from scmtui.model import Remark
from scmtui.readers.pdf.spaces import MARK, MARKED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_EDGE = 3
"""Lines at the top and at the bottom of a page that may be a head or a foot."""
_SHARE = 0.4
"""The share of the pages that a running head stands on: one side of a sheet, and not all."""
_MARGIN = 0.15
"""The share of its height, at the top and at the bottom, where a page has heads and feet."""
_LEVEL = 14
"""Points by which a running head may stand higher or lower."""
_FAR = 1.35
"""How much farther than usual the next line is from a head or a foot."""
_SHOWN = 20
"""Page numbers that a remark repeats."""
_NUMBER = re.compile(
    r"(?i)[\s\-–—·~<\[(|]*(?:page|p\.|쪽|페이지)?\s*(?P<number>\d{1,4})"
    r"\s*(?:(?:/|of)\s*\d{1,4})?\s*(?:쪽|페이지|pages?)?[\s\-–—·~>\])|]*"
)
_NOTE = re.compile(r"[^\w*†‡※]?(?:\d{1,3}(?!\d)[).\]]?|[*†‡]{1,3}|※|주\s?\d*\s?[):])\s*(?=\S)")
_SMALLER = 0.94
"""The size of a footnote beside that of the text, at most."""


class Row(NamedTuple):
    """A line of a page as text, and where it stands, in points."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    side: int | None = None
    """0 for the left column, 1 for the right one, None for the width of the page."""


class Leaf(NamedTuple):
    """A page: its lines in the order they are read, and its height in points."""

    rows: Sequence[Row]
    height: float


class Cleared(NamedTuple):
    """Pages without what stands on them beside the text, and that as remarks."""

    leaves: list[Leaf]
    dropped: tuple[Remark, ...]


def without_heads(leaves: Sequence[Leaf]) -> Cleared:
    """The pages without running heads and feet and without page numbers."""
    step = _step(leaves)
    edges_of = [_edges(leaf, step) for leaf in leaves]
    repeated = _repeated(edges_of)
    heads: dict[str, str] = {}
    numbers: list[str] = []
    cleared = []
    for at, (leaf, edges) in enumerate(zip(leaves, edges_of, strict=True), 1):
        gone = set()
        for row in edges:
            masked = _masked(row.text)
            if _is_number(row, edges, at, len(leaves)) or (
                _NUMBER.fullmatch(row.text) and _is_level(row, repeated.get(masked))
            ):
                numbers.append(row.text.strip())
            elif _is_level(row, repeated.get(masked)):
                heads.setdefault(masked, row.text.strip())
            else:
                continue
            gone.add(row)
        cleared.append(leaf._replace(rows=[row for row in leaf.rows if row not in gone]))
    told = [Remark("running-head", head) for head in heads.values()]
    if numbers:
        shown = [*numbers[:_SHOWN], *(["…"] if len(numbers) > _SHOWN else [])]
        told.append(Remark("page-number", ", ".join(shown)))
    return Cleared(cleared, tuple(told))


def _edges(leaf: Leaf, step: float) -> list[Row]:
    """The lines that stand where a head or a foot may, from above, apart from the text."""
    down = sorted(leaf.rows, key=lambda row: row.base)
    margin = leaf.height * _MARGIN
    high = [row for row in down[:_EDGE] if row.base <= margin]
    low = [row for row in down[-_EDGE:] if row.base >= leaf.height - margin and row not in high]
    return [
        *_apart(high, down[len(high) :], step),
        *_apart(low[::-1], down[::-1][len(low) :], step)[::-1],
    ]


def _apart(edge: list[Row], text: Sequence[Row], step: float) -> list[Row]:
    """Those of the outer lines, outermost first, that a space or their size sets off."""
    inward = [*edge, *text[:1]]
    for count in range(len(edge), 0, -1):
        if count == len(inward):
            return edge
        outer, inner = inward[count - 1], inward[count]
        far = abs(outer.base - inner.base) > min(step, inner.size * 2.2) * _FAR
        if far or abs(outer.size - inner.size) > inner.size * 0.04:
            return edge[:count]
    return []


def _step(leaves: Sequence[Leaf]) -> float:
    """Points from one line to the next in most of a file."""
    steps = (
        after.base - before.base
        for leaf in leaves
        for before, after in pairwise(sorted(leaf.rows, key=lambda row: row.base))
    )
    return median([step for step in steps if step > 3] or [0.0])


def _repeated(edges_of: Sequence[Sequence[Row]]) -> dict[str, float]:
    """The texts, digits masked, that stand at one height on many pages, and that height."""
    heights: dict[str, list[float]] = defaultdict(list)
    for edges in edges_of:
        for masked, row in {_masked(row.text): row for row in edges}.items():
            heights[masked].append(row.base)
    least = max(2, len(edges_of) * _SHARE)
    usual = {masked: median(those) for masked, those in heights.items() if len(those) >= least}
    return {
        masked: height
        for masked, height in usual.items()
        if sum(abs(it - height) < _LEVEL for it in heights[masked]) >= least
    }


def _masked(text: str) -> str:
    return re.sub(r"\d+", "0", " ".join(text.split()))


def _is_level(row: Row, height: float | None) -> bool:
    return height is not None and abs(row.base - height) < _LEVEL


def _is_number(row: Row, edges: Sequence[Row], page: int, pages: int) -> bool:
    """Whether the first or the last line of a page is its number, by itself."""
    found = _NUMBER.fullmatch(row.text)
    if not found or row not in {edges[0], edges[-1]} or int(found["number"]) != page:
        return False
    return pages > 1 or row.text.strip() != found["number"] or row is edges[-1]


def without_notes(leaves: Sequence[Leaf]) -> Cleared:
    """The pages without their footnotes, and the marks of those that are left in the text."""
    sizes: Counter[float] = Counter()
    for leaf in leaves:
        for row in leaf.rows:
            sizes[row.size] += len(row.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    told: list[Remark] = []
    cleared = []
    for leaf in leaves:
        notes = set(_notes(leaf, usual * _SMALLER))
        below = [row for row in leaf.rows if row in notes]
        told += (Remark("footnote", note) for note in _divided(below))
        cleared.append(leaf._replace(rows=[row for row in leaf.rows if row not in notes]))
    marks = {match[0] for it in told if (match := re.match(r"\d+|[*†‡]+", _plain(it.text)))}
    return Cleared([_unmarked(leaf, marks) for leaf in cleared], tuple(told))


def _notes(leaf: Leaf, largest: float) -> Iterator[Row]:
    """The small lines at the bottom of each column, if the first of them has a mark."""
    for side in (0, 1, None):
        down = sorted((row for row in leaf.rows if row.side == side), key=lambda row: row.base)
        small = list(takewhile(lambda row: row.size <= largest, reversed(down)))[::-1]
        if len(small) == len(down):
            continue
        yield from dropwhile(lambda row: not _NOTE.match(_plain(row.text)), small)


def _divided(rows: Sequence[Row]) -> list[str]:
    """The footnotes that some lines are: each begins with its mark."""
    notes: list[str] = []
    for row in rows:
        text = _plain(row.text).strip()
        if notes and not _NOTE.match(text):
            notes[-1] += f" {text}"
        else:
            notes.append(text)
    return notes


def _plain(text: str) -> str:
    return text.replace(MARK, "").replace(MARKED, "")


def _unmarked(leaf: Leaf, marks: set[str]) -> Leaf:
    """The page without the marks of these footnotes; other small figures stay."""

    def resolve(raised: re.Match[str]) -> str:
        return "" if raised[1].strip("()[] ") in marks else raised[1]

    pattern = f"{MARK}([^{MARK}]*){MARKED}"
    rows = [row._replace(text=re.sub(pattern, resolve, row.text)) for row in leaf.rows]
    return leaf._replace(rows=rows)
