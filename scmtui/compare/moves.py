"""What has moved: words that are gone in one place and new, in the same order, in another."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scmtui.compare.inside import kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Pair = tuple[int, int]
    Free = tuple[set[int], set[int]]

WORDS = 3
LETTERS = 8
"""The fewest words and letters that are said to have moved: a short clause."""
TELLING = 4
"""The fewest letters in it of words that stand once in either text: it is no mere formula."""
ANSWERS = 0.5
"""The share of two words that must stay for them to have moved with those beside them."""
BETWEEN = 3
"""The most words that may have changed between two that have moved together."""
PLACES = 8
"""In how many places, at most, two words in a row are looked for."""


class Move(NamedTuple):
    """What has moved: the places of words in the left and the right text, and those that agree."""

    left: range
    right: range
    pairs: tuple[Pair, ...]


def moved(lefts: Sequence[str], rights: Sequence[str], free: Free) -> list[Move]:
    """What has moved from the left to the right text, in the order of the left one.

    Words are given by their keys, and by the places that are `free`: on one side only.
    """
    if min(map(len, free)) < WORDS:
        return []
    runs = sorted(_runs(lefts, rights, free), key=lambda it: -_letters(lefts, it))
    if not runs:
        return []
    once = _once(lefts) & _once(rights)
    left, right = set(free[0]), set(free[1])
    taken: list[list[Pair]] = []
    for pairs in runs:
        if all(i in left and j in right for i, j in pairs):
            taken.append(pairs)
            left.difference_update(i for i, _ in pairs)
            right.difference_update(j for _, j in pairs)
    found = []
    for pairs in _chained(sorted(taken), (left, right)):
        if sum(len(lefts[i]) for i, _ in pairs if lefts[i] in once) >= TELLING:
            move = _with_answers(lefts, rights, pairs, (left, right))
            if len(move.left) >= WORDS and sum(len(lefts[i]) for i in move.left) >= LETTERS:
                found.append(move)
    return found


def _once(keys: Sequence[str]) -> set[str]:
    return {word for word, many in Counter(keys).items() if many == 1}


def _letters(keys: Sequence[str], pairs: Sequence[Pair]) -> int:
    return sum(len(keys[i]) for i, _ in pairs)


def _runs(lefts: Sequence[str], rights: Sequence[str], free: Free) -> Iterator[list[Pair]]:
    """Two or more free words in a row that are the same, as far as it goes."""
    gone, new = free
    where: dict[tuple[str, str], list[int]] = {}
    for j in sorted(new):
        if j + 1 in new:
            where.setdefault((rights[j], rights[j + 1]), []).append(j)
    for i in sorted(gone):
        if i + 1 not in gone:
            continue
        for j in where.get((lefts[i], lefts[i + 1]), ())[:PLACES]:
            if i - 1 in gone and j - 1 in new and lefts[i - 1] == rights[j - 1]:
                continue
            many = 2
            while i + many in gone and j + many in new and lefts[i + many] == rights[j + many]:
                many += 1
            yield [(i + at, j + at) for at in range(many)]


def _chained(runs: Sequence[list[Pair]], free: Free) -> list[list[Pair]]:
    """Runs that follow one another on both sides, with but a few changed words between them."""
    chains: list[list[Pair]] = []
    for run in runs:
        if chains and _follows(chains[-1][-1], run[0], free):
            chains[-1] += run
        else:
            chains.append(list(run))
    return chains


def _follows(last: Pair, first: Pair, free: Free) -> bool:
    between = [range(last[side] + 1, first[side]) for side in (0, 1)]
    return first[1] > last[1] and all(
        len(places) <= BETWEEN and known.issuperset(places)
        for places, known in zip(between, free, strict=True)
    )


def _with_answers(
    lefts: Sequence[str], rights: Sequence[str], pairs: list[Pair], free: Free
) -> Move:
    """What has moved, with the word before and after it if it has but another ending or stem."""
    ends = []
    for i, j, step in (*pairs[0], -1), (*pairs[-1], 1):
        beside = i + step in free[0] and j + step in free[1]
        more = beside and kept(lefts[i + step], rights[j + step]) >= ANSWERS
        ends.append((i + step, j + step) if more else (i, j))
    (i, j), (last_i, last_j) = ends
    return Move(range(i, last_i + 1), range(j, last_j + 1), tuple(pairs))
