"""The rows of a comparison that are shown: all or those about a theme, whole or folded.

Made once, so that no key has to look through all of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING

from scmtui.tui.pairs import Fold, Pair, fold_alike
from scmtui.tui.themes import Lens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scmtui.compare import Comparison, Counts, Tell
    from scmtui.model import Address, Document
    from scmtui.themes import Touch
    from scmtui.tui.pairs import Item

MAPPED = {"left": "◂", "right": "▸", "moved": "↕", "split": "┤", "merged": "├"}
CHANGED = "│"


class Shown:
    """Items in order: where each begins among the rows of the comparison, and which differ."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self._firsts = [it.number if isinstance(it, Pair) else it.pairs[0].number for it in items]
        self._changes = [at for at, it in enumerate(items) if isinstance(it, Pair) and it.changed]
        self._marks: dict[int, list[str]] = {}

    def at(self, number: int) -> int | None:
        """The item with a row by its place in the comparison, or else the one after it."""
        index = bisect_right(self._firsts, number) - 1
        if index < 0 or number > self._last(self.items[index]):
            index += 1
        return min(index, len(self.items) - 1) if self.items else None

    def _last(self, item: Item) -> int:
        return item.number if isinstance(item, Pair) else item.pairs[-1].number

    def next_change(self, index: int, step: int) -> int | None:
        """The next item after one that differs, or with a step of -1 the one before it."""
        if step > 0:
            at = bisect_right(self._changes, index)
            return self._changes[at] if at < len(self._changes) else None
        at = bisect_left(self._changes, index) - 1
        return self._changes[at] if at >= 0 else None

    def marks(self, height: int) -> list[str]:
        """The change map in so many lines: what the items are for which each line stands."""
        if height not in self._marks:
            self._marks[height] = [self._mark(line, height) for line in range(height)]
        return self._marks[height]

    def _mark(self, line: int, height: int) -> str:
        count = len(self.items)
        if count <= height:
            start, end = line, min(line + 1, count)
        else:
            start, end = line * count // height, (line + 1) * count // height
        first, after = bisect_left(self._changes, start), bisect_left(self._changes, end)
        kinds = {_mapped(self.items[at]) for at in self._changes[first:after]}
        return kinds.pop() if len(kinds) == 1 else CHANGED if kinds else " "


def _mapped(item: Item) -> str:
    """The sign of a row that differs: that of its kind, if it is no plain pair."""
    if isinstance(item, Fold):
        return " "
    return MAPPED.get("moved" if item.row.moved else item.row.kind, CHANGED)


class Listing:
    """Some of the rows of a comparison, and how they add up."""

    def __init__(self, comparison: Comparison, pairs: Sequence[Pair]) -> None:
        self.pairs = pairs
        self.counts: Counts = comparison.counts(pair.row for pair in pairs)
        self._comparison = comparison
        self._numbers = [pair.number for pair in pairs]
        self.whole = Shown(pairs)

    @cached_property
    def folded(self) -> Shown:
        """With what is alike folded."""
        return Shown(fold_alike(self.pairs))

    def has(self, address: Address) -> int | None:
        """The number of the row with an address, if it is one of these."""
        number = self._comparison.row_of(address)
        if number is None:
            return None
        at = bisect_left(self._numbers, number)
        return number if at < len(self._numbers) and self._numbers[at] == number else None

    def near(self, address: Address) -> int | None:
        """The number of the row with an address, whether it is one of these or not."""
        return self._comparison.row_of(address)


class Listings:
    """All rows of a comparison, and as soon as the themes are known those about each.

    To be made in a thread of its own, as far as it goes: of thousands of rows it takes seconds.
    """

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.pairs = [Pair(comparison, row, at) for at, row in enumerate(comparison.rows)]
        self.lenses: tuple[Lens, Lens] | None = None
        """The themes of either side, when they are known."""
        self._every = _ready(Listing(comparison, self.pairs))
        self._by_theme: dict[str, Listing] = {}

    def find_themes(self, tell: Tell) -> None:
        """Find the themes of both sides, and the rows about each."""
        comparison = self.comparison
        comparison.find_touches(tell)
        left, right = map(_lens, comparison.documents, comparison.touches, repeat(comparison))
        for theme in {*left.touches, *right.touches}:
            pairs = [self.pairs[number] for number in comparison.numbers(theme)]
            self._by_theme[theme] = _ready(Listing(comparison, pairs))
        self.lenses = left, right

    def find_moves(self, tell: Tell) -> None:
        """Find what has moved from one row to another; redlines made before do not show it."""
        self.comparison.find_moves(tell)

    @property
    def are_ready(self) -> bool:
        """Whether nothing more is to be found."""
        return self.lenses is not None and self.comparison.moves_known

    def about(self, theme: str) -> Listing:
        """The rows about a theme; all for none, and until the themes are known."""
        if not theme or self.lenses is None:
            return self._every
        return self._by_theme.get(theme) or Listing(self.comparison, ())

    def draw_anew(self) -> None:
        """Make every redline anew when it is asked for again."""
        for pair in self.pairs:
            pair.forget()


def _ready(listing: Listing) -> Listing:
    """A listing of which nothing is left to be made when a key asks for it."""
    assert listing.folded
    return listing


def _lens(document: Document, touches: Sequence[Touch], comparison: Comparison) -> Lens:
    found: dict[str, dict[int, Touch]] = {}
    for touch in touches:
        found.setdefault(touch.theme, {})[touch.paragraph] = touch
    lens = Lens(document, comparison.taxonomy, found)
    for theme in found:
        lens.about(theme)
    return lens
