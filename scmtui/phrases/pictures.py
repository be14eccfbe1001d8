"""Numbers as a line of text: a sparkline, a heat cell, a dispersion strip; no colour is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BARS = ("▁▂▃▄▅▆▇█", ".:-=+*#@")
_SHADES = ("░▒▓█", ".+*#")
_TICKS = ("▂▅█", "|+#")
_NOTHING, _UNKNOWN = " ", "?"
"""What stands for 0, and for a document that is not at hand."""


def _of(glyphs: tuple[str, str], ambiguous: int) -> str:
    """The glyphs, or ASCII where a terminal draws these two cells wide."""
    return glyphs[ambiguous > 1]


def sparkline(values: Sequence[float | None], ambiguous: int = 1) -> str:
    """One character a value, the higher the larger; a blank for 0, a question mark for None."""
    bars = _of(_BARS, ambiguous)
    most = max((value for value in values if value), default=0.0)
    return "".join(_glyph(value, most, bars) for value in values)


def heat(value: float | None, most: float, ambiguous: int = 1) -> str:
    """One character that is darker the closer a value comes to the most there is."""
    return _glyph(value, most, _of(_SHADES, ambiguous))


def strip(places: Iterable[float], cells: int, ambiguous: int = 1) -> str:
    """Where hits stand in a text of so many cells, higher for more; the text is a row of dots.

    A place is a share of the text from 0 to 1.
    """
    ticks = _of(_TICKS, ambiguous)
    counts = [0] * cells
    for place in places:
        counts[min(cells - 1, int(place * cells))] += 1
    return "".join("-" if not many else ticks[min(many, len(ticks)) - 1] for many in counts)


def _glyph(value: float | None, most: float, glyphs: str) -> str:
    if value is None:
        return _UNKNOWN
    if value <= 0 or most <= 0:
        return _NOTHING
    return glyphs[min(len(glyphs) - 1, int(value / most * len(glyphs)))]
