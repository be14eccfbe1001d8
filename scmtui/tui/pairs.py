"""Aligned rows of two documents as items of a page, in each of the ways to look at them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from scmtui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scmtui.compare import Comparison, Run
    from scmtui.compare import Row as Aligned
    from scmtui.model import Address

Span = tuple[int, int]

NUMBER = 5
"""Cells for the number of a paragraph beside its text."""
BETWEEN = 3
"""Cells between the two columns."""
LEFT, RIGHT = 0, 1
MARKS = {"-": ("[-", "-]"), "+": ("{+", "+}"), "<": ("[<", "<]"), ">": ("{>", ">}")}
"""What stands around a change where colours cannot show it, by the sign of the run."""
SIDES = (LEFT, RIGHT)


class Side(NamedTuple):
    """What one document has in a row: its paragraphs' texts, joined by line breaks."""

    text: str
    numbers: dict[int, str]
    """The number of each paragraph, by where its text begins."""
    starts: dict[Address, int]
    """Where each part begins, and under its paragraph's own address each heading."""


@dataclass(frozen=True, eq=False)
class Pair:
    """One aligned row, ready to be shown; its redline is made when it comes into sight."""

    comparison: Comparison
    row: Aligned
    number: int
    """Its place among the rows of the comparison, from 0."""

    @cached_property
    def sides(self) -> tuple[Side, Side]:
        """What stands on the left and on the right."""
        return side_of(self.comparison, self.row.left), side_of(self.comparison, self.row.right)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The redline of the two sides; none where they cannot be compared word by word."""
        if not (self.row.left and self.row.right and self.comparison.one_language):
            return ()
        return self.comparison.runs(self.row, across=self.comparison.moves_known)

    def forget(self) -> None:
        """Make the redline anew when it is asked for again: what has moved is known now."""
        for made in ("runs", "merged", "marked", "rewritten"):
            self.__dict__.pop(made, None)

    @cached_property
    def rewritten(self) -> bool:
        """Whether so little stays that a redline tells nothing."""
        from scmtui.compare import is_telling

        return bool(self.row.left and self.row.right and self.runs) and not is_telling(self.runs)

    @property
    def is_apart(self) -> bool:
        """Whether two texts stay two where they are shown as one: a redline tells nothing."""
        return bool(self.row.left and self.row.right) and (self.rewritten or not self.runs)

    @property
    def entries(self) -> list[tuple[int, str]]:
        """The side and the number of each numbered paragraph, the left ones first."""
        every = ((side, it) for side in SIDES for it in self.sides[side].numbers.values())
        return [(side, number) for side, number in every if number != "0"]

    @cached_property
    def changed(self) -> bool:
        """Whether anything differs but blanks and marks."""
        return not self.comparison.alike(self.row)

    def spans(self, side: int) -> dict[str, list[Span]]:
        """What of a side is gone, new or moved: spans of its text by the sign of the run."""
        found: dict[str, list[Span]] = {}
        at = 0
        for run in self.runs:
            text = run.right if side else run.left
            if text and run.op not in "=~":
                found.setdefault(run.op, []).append((at, at + len(text)))
            at += len(text)
        return found

    @cached_property
    def merged(self) -> tuple[str, dict[str, list[Span]]]:
        """One text with what is gone and what is new, and the spans of each sign in it."""
        return self._merged({})

    @cached_property
    def marked(self) -> tuple[str, dict[str, list[Span]]]:
        """The same with marks around what is gone, new or moved, for a screen without colours."""
        return self._merged(MARKS)

    def _merged(self, marks: Mapping[str, tuple[str, str]]) -> tuple[str, dict[str, list[Span]]]:
        if not self.runs:
            return "\n".join(side.text for side in self.sides if side.numbers), {}
        text = ""
        found: dict[str, list[Span]] = {}
        for run in self.runs:
            before, after = marks.get(run.op, ("", ""))
            piece = before + (run.left if run.op in "-<" else run.right) + after
            found.setdefault(run.op, []).append((len(text), len(text) + len(piece)))
            text += piece
        return text, found


@dataclass(frozen=True, slots=True)
class Fold:
    """Rows that are alike, folded into one line."""

    pairs: Sequence[Pair] = field(default=())


Item = Pair | Fold


class Row(NamedTuple):
    """One row of the screen: its kind, and the spans of the left, the right or the merged text.

    Kinds: "head", "columns", "left", "right", "merged", "gap", "fold", "blank". A merged row may
    have no text, only a number beside it.
    """

    kind: str
    left: Span | None = None
    right: Span | None = None


def side_of(comparison: Comparison, addresses: Iterable[Address]) -> Side:
    """What a document has at some addresses."""
    text = ""
    numbers: dict[int, str] = {}
    starts: dict[Address, int] = {}
    for address in addresses:
        paragraph = comparison.paragraph(address)
        text += "\n" if text else ""
        numbers[len(text)] = str(paragraph.number)
        for at, line in enumerate((paragraph.heading, *(part.text for part in paragraph.parts))):
            if line:
                text += "\n" if len(text) not in numbers else ""
                starts[replace(address, part=at or None)] = len(text)
                text += line
    return Side(text, numbers, starts)


def fold_alike(pairs: Sequence[Pair]) -> list[Item]:
    """The pairs that differ, and the others folded where they follow one another."""
    items: list[Item] = []
    alike: list[Pair] = []
    for pair in pairs:
        if not pair.changed:
            alike.append(pair)
            continue
        if alike:
            items.append(Fold(tuple(alike)))
            alike = []
        items.append(pair)
    return [*items, Fold(tuple(alike))] if alike else items


def gutter(sign: str, number: str, mark: str) -> tuple[str, str, str]:
    """The cells beside a line: before the mark, the mark, and after it; a long number needs all."""
    if len(number) < NUMBER - 2:
        return sign, mark or " ", f"{number:>{NUMBER - 3}} "
    if len(number) < NUMBER - 1:
        return sign + number, mark or " ", ""
    return (sign + number)[-NUMBER:], "", ""


def column_cells(cells: int) -> int:
    """Cells of the text in each of two columns."""
    return max(8, (cells - BETWEEN) // 2 - NUMBER)


def lay(item: Item, cells: int, mode: str) -> list[Row]:
    """The rows of an item in a mode ("columns", "interleaved", "redline" or "marked")."""
    if isinstance(item, Fold):
        return [Row("fold"), Row("blank")]
    if mode == "columns":
        body = _columns(item, column_cells(cells))
    elif mode in {"redline", "marked"} and not item.is_apart:
        text = (item.merged if mode == "redline" else item.marked)[0]
        body = [Row("merged", line) for line in wrap(text, cells - NUMBER)]
        body += [Row("merged")] * (len(item.entries) - len(body))
    else:
        body = list(_interleaved(item, cells - NUMBER))
    return [Row("head"), *body, Row("blank")]


def _columns(pair: Pair, cells: int) -> list[Row]:
    left, right = (wrap(side.text, cells) if side.numbers else [] for side in pair.sides)
    height = max(len(left), len(right))
    return [
        Row("columns", *(lines[y] if y < len(lines) else None for lines in (left, right)))
        for y in range(height)
    ]


def _interleaved(pair: Pair, cells: int) -> Iterator[Row]:
    for kind, side in zip(("left", "right"), pair.sides, strict=True):
        if not side.numbers:
            yield Row("gap")
        for span in wrap(side.text, cells) if side.numbers else ():
            yield Row(kind, span) if kind == "left" else Row(kind, None, span)
