"""The concordance (KWIC): every hit on a line of its own, with what stands on either side."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, get_args

from scmtui.model import UsageError
from scmtui.text import cut, fold, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from scmtui.model import Address, Document, Facts
    from scmtui.themes import Touch

    Span = tuple[int, int]

Key = Literal["left", "right", "meeting", "theme"]
KEYS: tuple[Key, ...] = get_args(Key)
"""By what lines can be sorted: the words (어절) on either side, the meeting, the theme."""
MOST_KEYS = 3
NEIGHBOURS = 3
"""Words on a side by which lines are sorted: the nearest one first."""
CONTEXT = 200
"""Characters on either side that a line keeps."""
_BRIDGE = re.compile(r"[\s·)\]’”」』'\"-]{0,3}")
"""What may stand between two hits that are taken as one: 전작권 전환."""
_EXPLAINED = re.compile(r"\s?\(")
"""What stands between a name and another one in brackets, which are one: 전시작전통제권(전작권)."""


class Quotation(Protocol):
    """A text and what was found in it: a hit of the search, or a place of a phrase."""

    @property
    def address(self) -> Address:
        """Where the text stands."""
        ...

    @property
    def facts(self) -> Facts:
        """What is known of its document."""
        ...

    @property
    def text(self) -> str:
        """The text as shown."""
        ...

    @property
    def spans(self) -> tuple[Span, ...]:
        """What was found, as [start, end) in characters of the text."""
        ...


class Line(NamedTuple):
    """One hit with what stands on either side of it in its part; line ends are blanks."""

    address: Address
    facts: Facts
    left: str
    hit: str
    right: str
    start: int
    """Where the hit begins in the text of the part, in characters; `end` is one past it."""
    end: int
    theme: str = ""
    """The theme that the paragraph is most about, by its id; empty when it is about none."""


class Cells(NamedTuple):
    """A line cut to a width; the three together are what is shown, with the hits aligned."""

    left: str
    hit: str
    right: str


def concordance(
    found: Iterable[Quotation],
    sort: Sequence[str] = (),
    themes: Mapping[tuple[str, int], str] | None = None,
) -> tuple[Line, ...]:
    """A line for each hit, sorted by up to three of KEYS; without any, in the order given.

    What is equal by these stands in the order of the text.

    `themes` has the theme of a paragraph by document and number (see `leading`). Raises UsageError
    for what cannot be sorted by.
    """
    keys = _keys(sort)
    lines = [line for it in found for line in _lines(it, themes or {})]
    if keys:
        lines.sort(key=_in_reading_order)
    for key in reversed(keys):
        lines.sort(key=_SORTED[key])
    return tuple(lines)


def leading(document: str, touches: Iterable[Touch]) -> dict[tuple[str, int], str]:
    """The theme that each paragraph of a document is most about, where it is about one."""
    found: dict[tuple[str, int], str] = {}
    for touch in sorted(touches, key=lambda touch: -touch.strength):
        if touch.about:
            found.setdefault((document, touch.paragraph), touch.theme)
    return found


def fitted(lines: Sequence[Line], cells: int, ambiguous: int = 1) -> list[Cells]:
    """The lines, each `cells` wide at most, with their hits beneath one another.

    The widest hit decides how much is left for either side; a hit too wide is cut.
    """
    widest = max((width(line.hit, ambiguous) for line in lines), default=0)
    left = max(0, (cells - min(widest, cells // 3)) // 2)
    return [_cells(line, left, cells - left, ambiguous) for line in lines]


def _cells(line: Line, left: int, rest: int, ambiguous: int) -> Cells:
    hit = cut(line.hit, rest, ambiguous)
    room = rest - width(hit, ambiguous)
    return Cells(_right_aligned(line.left, left, ambiguous), hit, cut(line.right, room, ambiguous))


def _right_aligned(text: str, cells: int, ambiguous: int) -> str:
    """The end of a text, filled with blanks from the left to exactly so many cells."""
    if width(text, ambiguous) > cells:
        room = cells - width("…", ambiguous)
        start = len(text)
        while start and room - width(text[start - 1], ambiguous) >= 0:
            start -= 1
            room -= width(text[start], ambiguous)
        text = f"…{text[start:]}" if cells > width("…", ambiguous) else ""
    return " " * (cells - width(text, ambiguous)) + text


def _keys(sort: Sequence[str]) -> list[str]:
    for key in sort:
        if key not in KEYS:
            raise UsageError(
                "Lines cannot be sorted by “{key}”.",
                todo="They can be sorted by {keys}.",
                key=key,
                keys=", ".join(KEYS),
            )
    if len(sort) > MOST_KEYS:
        raise UsageError("Lines are sorted by at most {most} things.", most=MOST_KEYS)
    return list(sort)


def _lines(found: Quotation, themes: Mapping[tuple[str, int], str]) -> Iterator[Line]:
    text = found.text.replace("\n", " ")
    theme = themes.get((found.address.document, found.address.paragraph or 0), "")
    for start, end in _bridged(found.text, found.spans):
        yield Line(
            found.address,
            found.facts,
            text[max(0, start - CONTEXT) : start],
            text[start:end],
            text[end : end + CONTEXT],
            start,
            end,
            theme,
        )


def _bridged(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans, those side by side taken as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        between = text[joined[-1][1] : start] if joined else ""
        if joined and _BRIDGE.fullmatch(between):
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        elif joined and _EXPLAINED.fullmatch(between) and text[end : end + 1] == ")":
            joined[-1] = joined[-1][0], end + 1
        else:
            joined.append((start, end))
    return joined


def _words(text: str) -> list[str]:
    letters = ("".join(filter(str.isalnum, word)) for word in fold(text).split())
    return [word for word in letters if word]


def _by_left(line: Line) -> list[str]:
    return _words(line.left[-60:])[::-1][:NEIGHBOURS]


def _by_right(line: Line) -> list[str]:
    return _words(line.right[:60])[:NEIGHBOURS]


def _by_meeting(line: Line) -> tuple[int, str]:
    meeting = line.facts.meeting
    return (sys.maxsize if meeting is None else meeting), line.facts.id


def _in_reading_order(line: Line) -> tuple[int, str, int, int, int]:
    at = line.address
    return *_by_meeting(line), at.paragraph or 0, at.part or 0, line.start


def _by_theme(line: Line) -> tuple[bool, str]:
    return not line.theme, line.theme


_SORTED: dict[str, Callable[[Line], Any]] = {
    "left": _by_left,
    "right": _by_right,
    "meeting": _by_meeting,
    "theme": _by_theme,
}


class Strip(NamedTuple):
    """Where in a document the hits stand: each as a share of its length, from 0 to 1, in order."""

    facts: Facts
    places: tuple[float, ...]


def dispersion(lines: Iterable[Line], documents: Iterable[Document]) -> tuple[Strip, ...]:
    """The dispersion of hits in each document, the oldest first; those without any are there too.

    A document is as long as the characters of its headings and parts.
    """
    by_document: dict[str, list[Line]] = {}
    for line in lines:
        by_document.setdefault(line.address.document, []).append(line)
    strips = []
    for document in sorted(documents, key=lambda it: _oldest(it.facts)):
        starts, length = _starts(document)
        places = sorted(
            (starts[line.address.paragraph or 0, line.address.part or 0] + line.start) / length
            for line in by_document.get(document.id, ())
        )
        strips.append(Strip(document.facts, tuple(places)))
    return tuple(strips)


def _oldest(facts: Facts) -> tuple[int, bool, str]:
    return (sys.maxsize if facts.meeting is None else facts.meeting), not facts.official, facts.id


def _starts(document: Document) -> tuple[dict[tuple[int, int], int], int]:
    """Where each heading (0) and part begins, in characters from the first, and the length."""
    starts: dict[tuple[int, int], int] = {}
    length = 0
    for paragraph in document.paragraphs:
        for part, text in enumerate((paragraph.heading, *(it.text for it in paragraph.parts))):
            starts[paragraph.number, part] = length
            length += len(text)
    return starts, max(1, length)
