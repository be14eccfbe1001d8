"""What a page is made of, whatever it is written as: headings, items, quotes, tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scmtui.compare import Run

Look = Literal["", "gone", "new", "away", "here", "shared", "only", "strong", "quiet"]
"""How a stretch looks: struck (gone, moved away), underlined (new, moved here, only in this
document), bold (shared by both sides), or as a label."""

SIGNS: dict[Look, tuple[str, str]] = {
    "gone": ("[-", "-]"),
    "new": ("{+", "+}"),
    "away": ("[<", "<]"),
    "here": ("{>", ">}"),
    "shared": ("*", "*"),
    "only": ("_", "_"),
}
"""What stands for struck, underlined and bold words where there is nothing but characters."""

_LOOKS: dict[str, Look] = {"-": "gone", "+": "new", "<": "away", ">": "here"}


class Span(NamedTuple):
    """A stretch of a text in one look."""

    text: str
    look: Look = ""


Line = tuple[Span, ...]
"""A line, or a paragraph that the page wraps."""


class Title(NamedTuple):
    """The title of the page."""

    text: str


class Box(NamedTuple):
    """The summary, in a frame."""

    lines: tuple[Line, ...]


class Item(NamedTuple):
    """A line of the outline, as officials write it: level 0 is □, 1 ㅇ, 2 -, 3 ※."""

    line: Line
    level: int = 0


class Quote(NamedTuple):
    """Words of a document, and where they stand."""

    lines: tuple[Line, ...]
    citation: str


class Table(NamedTuple):
    """Columns with their heads, as wide as `shares` say of the whole; cells of lines."""

    heads: tuple[str, ...]
    shares: tuple[int, ...]
    rows: tuple[tuple[tuple[Line, ...], ...], ...]


class End(NamedTuple):
    """The mark that nothing follows."""

    text: str


Block = Title | Box | Item | Quote | Table | End


def said(text: str, look: Look = "") -> Line:
    """A line in one look."""
    return (Span(text, look),)


def lines(text: str, look: Look = "") -> tuple[Line, ...]:
    """Each line of a text."""
    return tuple(said(line, look) for line in text.split("\n"))


def redlined(runs: Iterable[Run], side: Literal["left", "right", "both"]) -> tuple[Line, ...]:
    """A side of a redline, or both as one text, line by line."""
    found: list[list[Span]] = [[]]
    for run in runs:
        left = side == "left" or (side == "both" and run.op in "-<")
        first, *others = (run.left if left else run.right).split("\n")
        look = _LOOKS.get(run.op, "")
        found[-1].append(Span(first, look))
        found.extend([Span(other, look)] for other in others)
    return tuple(tuple(span for span in line if span.text) for line in found)


def plain(line: Line) -> str:
    """A line in nothing but characters, signs where words are struck or underlined."""
    return "".join(_signed(span) for span in line)


def _signed(span: Span) -> str:
    body = span.text.strip()
    if span.look not in SIGNS or not body:
        return span.text
    before, after = span.text.split(body, 1)
    opener, closer = SIGNS[span.look]
    return f"{before}{opener}{body}{closer}{after}"
