"""The words that two texts have in the same order: what stays in a redline.

As many words as there can be; where there is a choice, whole sentences are gone or new; and without
words that stay by mere chance between larger changes.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Keys = tuple[Sequence[str], Sequence[str]]

CHANCE = 0.25
"""Words stay by chance that weigh less than this share of what is gone and new around them,"""
NO_CHANCE = 8
"""and less than so many letters,"""
WORDS = 2
"""and are no more than so many."""
TELLING = 3
"""How many times as much as its letters a word weighs that stands once in either text."""

_STOPS = ".,;:"
_SENTENCE_END = tuple(".!?。")
_CLAUSE_END = tuple(",;:")


class Same(NamedTuple):
    """So many words in a row that are the same, from these places on."""

    left: int
    right: int
    many: int

    @property
    def ends(self) -> tuple[int, int]:
        """The places after the last word."""
        return self.left + self.many, self.right + self.many


def bare(key: str) -> str:
    """A word without the full stop or comma after it."""
    return key.rstrip(_STOPS) or key


def in_order(lefts: Sequence[str], rights: Sequence[str]) -> list[Same]:
    """The words that stay, in order; words are given by their keys.

    A full stop or comma after a word does not keep it from staying.
    """
    from rapidfuzz.distance import Indel

    one, other = ([key.rstrip(_STOPS) or key for key in keys] for keys in (lefts, rights))
    runs = [
        Same(op.src_start, op.dest_start, op.src_end - op.src_start)
        for op in Indel.opcodes(one, other)
        if op.tag == "equal"
    ]
    if not runs or runs[0].many == len(one) == len(other):
        return runs
    runs = [Same(0, 0, 0), *runs, Same(len(one), len(other), 0)]
    for at in range(1, len(runs)):
        _slide(runs, at, (lefts, rights))
    return _not_by_chance([run for run in runs if run.many], (one, other))


def _slide(runs: list[Same], at: int, keys: Keys) -> None:
    """Shift what stands on one side only, before a run, to where a sentence begins, if it can be.

    Of “A. B” and “A. B C. B” both “C. B” and “B C.” may be said to be new.
    """
    before, after = runs[at - 1], runs[at]
    gaps = after.left - before.ends[0], after.right - before.ends[1]
    if (gaps[0] == 0) == (gaps[1] == 0):
        return
    side = int(gaps[0] == 0)
    start, end, words = before.ends[side], after[side], keys[side]
    back = _agreeing(words, range(start - 1, start - 1 - before.many, -1), end - 1)
    ahead = _agreeing(words, range(end, end + after.many), start)
    by = max(range(-back, ahead + 1), key=lambda by: (_begins(words, start + by), -abs(by)))
    if by == 0 and 0 < back == before.many and before[:2] != (0, 0):
        by = -back  # it joins the change before
    runs[at - 1] = before._replace(many=before.many + by)
    runs[at] = Same(after.left + by, after.right + by, after.many - by)


def _agreeing(words: Sequence[str], places: range, other: int) -> int:
    """How many words at these places are the same as those from the other place on."""
    for count, place in enumerate(places):
        if bare(words[place]) != bare(words[other + count * places.step]):
            return count
    return len(places)


def _begins(words: Sequence[str], at: int) -> int:
    """How good a place this is for something to begin: a sentence, a clause, or just a word."""
    if at == 0 or words[at - 1].endswith(_SENTENCE_END):
        return 2
    return int(words[at - 1].endswith(_CLAUSE_END))


def _not_by_chance(runs: Sequence[Same], keys: Keys) -> list[Same]:
    """The runs without those that are left over between changes far larger than they are."""
    lefts, rights = keys
    letters = [list(accumulate(map(len, words), initial=0)) for words in keys]
    once = _Once(lefts, rights)
    kept = [Same(0, 0, 0), *runs, Same(len(lefts), len(rights), 0)]
    at = 1
    while at < len(kept) - 1:
        run = kept[at]
        if run.many <= WORDS and once.weight(lefts[run.left : run.ends[0]]) < _most_by_chance(
            kept[at - 1 : at + 2], letters
        ):
            del kept[at]
            at = max(1, at - 1)
        else:
            at += 1
    return kept[1:-1]


def _most_by_chance(runs: Sequence[Same], letters: Sequence[Sequence[int]]) -> float:
    """What the middle one of three runs may weigh to stay by chance; 0 when it cannot.

    `letters` is how many of them stand before each word of either text.
    """
    before, run, after = runs
    gone, new = (
        (
            upto[run[side]] - upto[before.ends[side]],
            upto[after[side]] - upto[run.ends[side]],
        )
        for side, upto in enumerate(letters)
    )
    if not (gone[0] or new[0]) or not (gone[1] or new[1]):
        return 0.0
    return min(NO_CHANCE, CHANCE * min(sum(gone), sum(new)))


class _Once:
    """The words that stand once in either text: they tell more. Counted when first asked for."""

    def __init__(self, *texts: Sequence[str]) -> None:
        self._texts = texts
        self._words: frozenset[str] | None = None

    def weight(self, words: Iterable[str]) -> int:
        """The letters of the words, those of telling ones several times."""
        if self._words is None:
            one, other = (
                {word for word, many in Counter(text).items() if many == 1 and len(word) > 1}
                for text in self._texts
            )
            self._words = frozenset(one & other)
        return sum(len(word) * (TELLING if word in self._words else 1) for word in words)
