"""From data to the screen: the one door through which text reaches a widget.

Text from documents, files and readers is cleaned, never taken for markup, and in a terminal that
draws ambiguous-width characters in two cells it is written with narrow ones, one for one, so that
no column moves. Searching and copying use the text itself.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from scmtui.text import safe
from scmtui.tui.telling import Telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rich.style import Style

Span = tuple[int, int]

_WIDE = "‘’“”…·―—–×÷±°※│─▌█░■□●○•↑↓←→▁▂▃▄▅▆▇▒▓≈"
_SUBSTITUTES = dict(zip(_WIDE, "''\"\"..---x/+o*|-|#:#.*o*^v<>.:-=+*#+*~", strict=True))
_SPARE = "?"

_narrow: dict[int, str] | None = None


class _Narrow(dict[int, str]):
    """A translation table: ambiguous characters become narrow ones, all others stay."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        ambiguous = unicodedata.east_asian_width(character) == "A"
        self[code] = _SUBSTITUTES.get(character, _SPARE) if ambiguous else character
        return self[code]


LOOKS = {
    f"look--{name}"
    for name in (
        "title",
        "quiet",
        "strong",
        "mark",
        "said",
        "warning",
        "noted",
        "term",
        "found",
        "selected",
        "cursor",
        "dim",
        "gone",
        "new",
        "moved",
    )
}
"""What text may look like: component classes of every screen, styled once for all its widgets."""


class Drawn(Telling, Widget):
    """A widget that draws its own lines, in styles looked up once and not for every line."""

    also: ClassVar[Mapping[str, str]] = {}
    """Ids of keys of the screen that are shown with those of this widget, and a word for each."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the framework's name
        super().__init__(id=id)
        self._looks: dict[str, Style] = {}

    @property
    def plain(self) -> Style:
        """The style of plain text here."""
        return self.look("")

    def look(self, name: str) -> Style:
        """The style of plain text here (an empty name), or with one of LOOKS upon it."""
        style = self._looks.get(name)
        if style is None:
            style = self.rich_style
            if name:
                style += self.screen.get_component_rich_style(f"look--{name}", partial=True)
            self._looks[name] = style
        return style

    def notify_style_update(self) -> None:
        """Look the styles up anew when the colours change."""
        super().notify_style_update()
        self._looks.clear()


def narrow_ambiguous(wide: bool) -> None:
    """Say whether the terminal draws ambiguous-width characters in two cells."""
    global _narrow  # noqa: PLW0603 - there is one terminal
    _narrow = _Narrow() if wide else None


def shown(text: str) -> str:
    """`text` as it may be drawn: clean, and as wide as its cells are counted."""
    text = safe(text)
    return text.translate(_narrow) if _narrow is not None else text


def content(text: str) -> Content:
    """`text` as content for a stock widget: nothing in it is markup."""
    return Content(shown(text))


def _shortened(piece: str, cells: int) -> str:
    """A piece cut to `cells`, with an ellipsis if more than blanks is left out."""
    if cells < 2 or cell_len(piece.rstrip()) <= cells:
        return set_cell_size(piece, cells)
    return set_cell_size(piece, cells - 1).rstrip() + shown("…")


def line(pieces: Iterable[tuple[str, Style]], cells: int, rest: Style) -> Strip:
    """One row of exactly `cells` cells: pieces of text with their styles, filled up with `rest`.

    Where words have no room, an ellipsis ends the row.
    """
    segments: list[Segment] = []
    left = cells
    for text, style in pieces:
        piece = shown(text).replace("\n", " ")
        if is_cut := cell_len(piece) > left:
            piece = _shortened(piece, left)
        if piece:
            segments.append(Segment(piece, style))
            left -= cell_len(piece)
        if is_cut or left <= 0:
            break
    if left > 0:
        segments.append(Segment(" " * left, rest))
    return Strip(segments, cells)


def highlighted(
    text: str, row: Span, base: Style, *layers: tuple[Sequence[Span], Style]
) -> Iterator[tuple[str, Style]]:
    """The pieces of one row of `text`; each layer's spans are in its style, later layers on top."""
    start, end = row
    near = [
        (max(a, start), min(b, end), style)
        for spans, style in layers
        for a, b in spans
        if a < end and b > start
    ]
    cuts = sorted({start, end, *(a for a, _b, _style in near), *(b for _a, b, _style in near)})
    for a, b in pairwise(cuts):
        over = [style for from_, to, style in near if from_ <= a and b <= to]
        yield text[a:b], base + over[-1] if over else base
