"""What a comparison is made of: rows of paragraphs that belong together, and why they do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from scmtui.model import Address

Tell = Callable[[float], None]
"""Is told how far long work is, from 0 to 1, many times; what it raises stops the work."""
Kind = Literal["pair", "split", "merged", "moved", "left", "right"]


class Pin(NamedTuple):
    """The reader's word: these two paragraphs belong together, or (`together` false) do not."""

    left: Address
    right: Address
    together: bool = True


class Reason(NamedTuple):
    """Why paragraphs stand in one row.

    `kind` is "pinned", "number" (two languages of one text), "same" (but for blanks and marks),
    "words" or "themes"; the last two name what both sides have, the most telling first: words as
    the left text writes them, themes by their ids.
    """

    kind: Literal["pinned", "number", "same", "words", "themes"]
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """Paragraphs that belong together, in the order of either document.

    A pair out of order is "moved"; a "split" or "merged" row may be `moved` as well. The score,
    from 0 to 1, is the likeness of the two texts, and 0 where one side has nothing.
    """

    kind: Kind
    left: tuple[Address, ...]
    right: tuple[Address, ...]
    score: float = 0.0
    moved: bool = False
    why: Callable[[], tuple[Reason, ...]] = field(default=tuple, repr=False, compare=False)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the two sides belong together; worked out when first asked for."""
        return self.why()


class Counts(NamedTuple):
    """How many rows there are of each sort; every row is in exactly one of them."""

    alike: int = 0
    """Pairs that are the same but for blanks and marks."""
    changed: int = 0
    beside: int = 0
    """Pairs in two languages, of which nobody can say by letters whether they differ."""
    moved: int = 0
    split: int = 0
    merged: int = 0
    left: int = 0
    right: int = 0
