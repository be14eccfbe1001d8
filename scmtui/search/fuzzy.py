"""Typing mistakes: words of a passage that differ from a term in a few letters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from scmtui.search.needles import Match
from scmtui.search.passages import BREAK, Piece, letters
from scmtui.search.patterns import ends
from scmtui.search.readings import How

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scmtui.search.passages import Passage
    from scmtui.search.readings import Reading


EACH_ERROR = 0.05
"""What a hit loses with every letter that differs."""


def allowed(term: str) -> int:
    """How many letters of a folded term may differ: 0 to 3, by its length.

    None in less than three syllables, and none when there are digits: a number that differs in
    one is another number.
    """
    count = len(letters(term).replace(" ", ""))
    if len(term.replace(" ", "")) < 3 or any(map(str.isdigit, term)):
        return 0
    return (count >= 6) + (count >= 11) + (count >= 17)


class FuzzyNeedle:
    """A term of at least six letters, to be found with up to `errors` of them different.

    With one error more pieces than errors, one piece at least stands unharmed: only words near
    such a piece are measured, by the edits (with swaps of neighbours) that lead to them.
    """

    def __init__(self, folded: str, reading: Reading, errors: int) -> None:
        self.reading = reading
        self._errors = errors
        self._letters = letters(folded).replace(" ", "")
        size, count = len(self._letters), errors + 1
        cuts = [size * number // count for number in range(count + 1)]
        # two letters that were swapped across a cut harm both pieces, so the cuts are moved, too
        moved = [0, *(cut + 1 for cut in cuts[1:-1]), size]
        self._pieces = {
            (start, self._letters[start:end])
            for row in (cuts, moved)
            for start, end in pairwise(row)
        }
        self._measured: dict[str, tuple[tuple[int, int], ...]] = {}

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces of which one must stand unharmed."""
        return tuple(Piece("letters", letters) for _, letters in self._pieces)

    def tier(self, passage: Passage) -> float:  # noqa: ARG002 - only measuring tells
        """The same for every passage."""
        return self.reading.worth * 0.5

    def matches(self, passage: Passage) -> list[Match]:
        """The words, or their beginnings, that are near enough; of overlapping ones the nearest."""
        found: list[Match] = []
        for match in sorted(self._near(passage), key=lambda match: -match.worth):
            if not any(match.start < other.end and other.start < match.end for other in found):
                found.append(match)
        return sorted(found)

    def _near(self, passage: Passage) -> Iterator[Match]:
        bare, places = passage.bare, passage.places
        longest = len(self._letters) + self._errors
        for start in self._starts(passage):
            window = bare[start : start + longest].partition(BREAK)[0]
            for errors, length in self._measure(window):
                end = start + length
                if end == len(places) or places[end] != places[end - 1]:
                    yield self._match(passage, places[start], places[end - 1] + 1, errors)

    def _starts(self, passage: Passage) -> set[int]:
        """The beginnings of words from which the term could reach over an unharmed piece."""
        bare, beginnings, spare = passage.bare, passage.beginnings, self._errors
        starts: set[int] = set()
        for offset, piece in self._pieces:
            at = bare.find(piece)
            while at >= 0:
                low = bisect_left(beginnings, at - offset - spare)
                high = bisect_right(beginnings, at - offset + spare)
                starts.update(beginnings[low:high])
                at = bare.find(piece, at + 1)
        return starts

    def _measure(self, window: str) -> tuple[tuple[int, int], ...]:
        """The beginnings of `window` that are near enough, as (errors, length)."""
        if window not in self._measured:
            from rapidfuzz.distance import OSA

            size, most = len(self._letters), self._errors
            distances = (
                (OSA.distance(self._letters, window[:length], score_cutoff=most), length)
                for length in range(size - most, min(size + most, len(window)) + 1)
            )
            self._measured[window] = tuple(pair for pair in distances if pair[0] <= most)
        return self._measured[window]

    def _match(self, passage: Passage, start: int, end: int, errors: int) -> Match:
        found = passage.shown[start:end]
        reading = self.reading.then(How.FUZZY, found, less=errors * EACH_ERROR, errors=errors)
        return Match(start, end, ends(passage.folded, end) * reading.worth, reading)
