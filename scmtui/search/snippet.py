"""What is shown of a hit in one line: the words found, with what stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scmtui.text import width

if TYPE_CHECKING:
    from collections.abc import Sequence

Span = tuple[int, int]

BEFORE = 3
"""Part of the line that may stand before the first word found: one in so many cells."""


class Snippet(NamedTuple):
    """A piece of a text for one line, and where in it the words found stand."""

    text: str
    spans: tuple[Span, ...]


def snippet(text: str, spans: Sequence[Span], cells: int) -> Snippet:
    """As much of `text` around the first span as fits into `cells`, cut between words.

    What is left out at either end is an ellipsis. `spans` are in characters of the text, in order.
    """
    text = text.replace("\n", " ")
    if width(text) <= cells or not spans:
        return Snippet(text, tuple(spans))
    start = _start(text, spans[0][0], cells // BEFORE)
    lead = "…" if start else ""
    shift = len(lead) - start
    return Snippet(
        lead + text[start:], tuple((a + shift, b + shift) for a, b in spans if a >= start)
    )


def _start(text: str, found: int, room: int) -> int:
    """Where to begin so that at most `room` cells stand before the character `found`."""
    start = found
    while start > 0 and room > 0:
        start -= 1
        room -= width(text[start])
    if start == 0:
        return 0
    blank = text.find(" ", start, found)
    return blank + 1 if blank >= 0 else found
