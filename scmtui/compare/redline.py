"""Two texts → a redline: what stays, what is gone, what is new, and what has only moved.

Words (어절) are aligned (`sequence`), and inside two words that answer one another only the stem,
the particle, the ending or the number is marked (`inside`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from scmtui.compare.inside import CELLS, Op, best_pairs, kept
from scmtui.compare.moves import moved
from scmtui.compare.sequence import Same, in_order
from scmtui.compare.words import read
from scmtui.compare.writing import Run, Writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Places = tuple[range, range]

ANSWERS = 0.5
"""The share of two words that must stay for one to answer the other, among several."""
TOGETHER = 4
"""The most words that may answer a single one."""


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"\d+")


class Mark(NamedTuple):
    """What is known beforehand of the words that begin in a span [start, end) of a text."""

    start: int
    end: int
    op: Op
    move: int


def redline(left: str, right: str) -> tuple[Run, ...]:
    """The redline of two texts."""
    return marked(left, right)


def marked(
    left: str, right: str, gone: Sequence[Mark] = (), new: Sequence[Mark] = (), first: int = 1
) -> tuple[Run, ...]:
    """The redline of two texts of which parts may be known to have moved; `first` counts on."""
    if left == right and not gone and not new:
        return (Run("=", left, right),) if left else ()
    return _Redline((left, right), (gone, new), first).runs()


class _Redline:
    """Two texts on their way to a redline: their words, and what is known to become of them."""

    def __init__(
        self, texts: tuple[str, str], marks: tuple[Sequence[Mark], Sequence[Mark]], first: int
    ) -> None:
        self._words = read(*texts)
        self._fates: tuple[dict[int, tuple[Op, int]], dict[int, tuple[Op, int]]] = ({}, {})
        for words, known, fates in zip(self._words, marks, self._fates, strict=True):
            for mark in known:
                for at, (start, _) in enumerate(words.spans):
                    if mark.start <= start < mark.end:
                        fates[at] = mark.op, mark.move
        self._same: list[Same] = []
        alike = "".join(self._words[0].keys) == "".join(self._words[1].keys)
        if not alike or any(self._fates):
            self._same = self._stays()
            self._find_moves(first)

    def runs(self) -> tuple[Run, ...]:
        """The redline."""
        writing = Writing(self._words, self._fates)
        i = j = 0
        for lefts, rights in self._answers():
            writing.apart(range(i, lefts.start), range(j, rights.start))
            writing.together(lefts, rights)
            i, j = lefts.stop, rights.stop
        writing.apart(range(i, len(self._words[0])), range(j, len(self._words[1])))
        return writing.finish()

    def _stays(self) -> list[Same]:
        """The words that stay, but for what is known to have moved."""
        one, other = self._words
        if not any(self._fates):
            return in_order(one.keys, other.keys)
        lefts, rights = (
            [at for at in range(len(words)) if at not in fates]
            for words, fates in zip(self._words, self._fates, strict=True)
        )
        runs = in_order([one.keys[at] for at in lefts], [other.keys[at] for at in rights])
        found: list[Same] = []
        for run in runs:
            for i, j in zip(
                lefts[run.left : run.ends[0]], rights[run.right : run.ends[1]], strict=True
            ):
                if found and found[-1].ends == (i, j):
                    found[-1] = found[-1]._replace(many=found[-1].many + 1)
                else:
                    found.append(Same(i, j, 1))
        return found

    def _changes(self) -> Iterator[tuple[Places, Same]]:
        """What stands before each run of words that stay, and the run; the last one is empty."""
        i = j = 0
        for run in (*self._same, Same(len(self._words[0]), len(self._words[1]), 0)):
            yield (range(i, run.left), range(j, run.right)), run
            i, j = run.ends

    def _find_moves(self, first: int) -> None:
        """Add what has moved within the two texts to what is known."""
        free: tuple[set[int], set[int]] = (set(), set())
        for places, _ in self._changes():
            for side in (0, 1):
                free[side].update(at for at in places[side] if at not in self._fates[side])
        moves = moved(self._words[0].keys, self._words[1].keys, free)
        for number, move in enumerate(moves, first):
            agree = {i for i, _ in move.pairs}, {j for _, j in move.pairs}
            for i in move.left:
                self._fates[0][i] = "<" if i in agree[0] else "-", number
            for j in move.right:
                self._fates[1][j] = ">" if j in agree[1] else "+", number

    def _answers(self) -> Iterator[Places]:
        """The words that stay or answer one another, in order."""
        for (lefts, rights), run in self._changes():
            if lefts and rights:
                yield from self._changed(
                    [at for at in lefts if at not in self._fates[0]],
                    [at for at in rights if at not in self._fates[1]],
                )
            if run.many:
                yield from self._staying(run)

    def _staying(self, run: Same) -> Iterator[Places]:
        """The words that stay: all at once, or one by one when they are not written the same."""
        whole = range(run.left, run.ends[0]), range(run.right, run.ends[1])
        left, right = self._between(*whole)
        if left == right:
            yield whole
        else:
            for i, j in zip(*whole, strict=True):
                yield range(i, i + 1), range(j, j + 1)

    def _changed(self, lefts: list[int], rights: list[int]) -> Iterator[Places]:
        """The words of a change that answer one another."""
        cells = len(lefts) * len(rights)
        in_a_row = bool(cells) and _is_range(lefts) and _is_range(rights)
        if in_a_row and self._letters(0, lefts) == self._letters(1, rights):
            yield from self._abreast(lefts, rights)
            return
        if in_a_row and cells <= TOGETHER and 1 in (len(lefts), len(rights)):
            whole = range(lefts[0], lefts[-1] + 1), range(rights[0], rights[-1] + 1)
            stays = kept(*self._between(*whole))
            if stays >= ANSWERS or (stays and cells == 1):
                yield whole
                return
        if 1 < cells <= CELLS:
            yield from self._among(lefts, rights)

    def _letters(self, side: int, places: Sequence[int]) -> str:
        keys = self._words[side].keys
        return "".join(keys[places[0] : places[-1] + 1])

    def _abreast(self, lefts: Sequence[int], rights: Sequence[int]) -> Iterator[Places]:
        """Words that have the same letters in a row but not the same blanks, by the fewest."""
        one, other = self._words[0].keys, self._words[1].keys
        i, j = lefts[0], rights[0]
        while i <= lefts[-1]:
            after_i, after_j = i + 1, j + 1
            left, right = len(one[i]), len(other[j])
            while left != right:
                if left < right:
                    left, after_i = left + len(one[after_i]), after_i + 1
                else:
                    right, after_j = right + len(other[after_j]), after_j + 1
            yield range(i, after_i), range(j, after_j)
            i, j = after_i, after_j

    def _among(self, lefts: list[int], rights: list[int]) -> Iterator[Places]:
        """The words that answer one another among several; what is left over may do so too."""
        one, other = (
            [words.between(range(at, at + 1)) for at in places]
            for words, places in zip(self._words, (lefts, rights), strict=True)
        )
        pairs = best_pairs(one, other, _answering)
        i = j = 0
        for after_i, after_j in (*pairs, (len(lefts), len(rights))) if pairs else ():
            if after_i - i == after_j - j == 1:
                yield from self._changed(lefts[i:after_i], rights[j:after_j])
            if after_i < len(lefts):
                at, place = lefts[after_i], rights[after_j]
                yield range(at, at + 1), range(place, place + 1)
            i, j = after_i + 1, after_j + 1

    def _between(self, lefts: range, rights: range) -> tuple[str, str]:
        return self._words[0].between(lefts), self._words[1].between(rights)


def _is_range(places: Sequence[int]) -> bool:
    return places[-1] - places[0] == len(places) - 1


def _answering(left: str, right: str) -> float:
    """What it is worth that one word answers another: the share of it that stays."""
    numbered = not left.isalpha() and not right.isalpha()
    if numbered and _number().sub("#", left) == _number().sub("#", right):
        return 1.0
    stays = kept(left, right)
    return stays if stays >= ANSWERS else 0.0
