"""Which paragraphs of two documents belong together, although their numbers have shifted.

The likest pair is settled first, then the next one: no two paragraphs are kept apart that are liker
one another than what they got, which a reader can follow, and no good pair is given up for two poor
ones. Where one of the two is taken, the other may join it when all of them together say more; most
easily where nothing that others took stands between them.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from scmtui.compare.likeness import FEW, SURE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from scmtui.compare.likeness import Candidate, Likeness, Places, Text
    from scmtui.compare.rows import Tell

    Pair = tuple[int, int]
    Weighed = tuple[float, int, int]
    """The score of a left and a right paragraph."""

PAIR = 0.16
"""From this score on two paragraphs belong together when neither has a better one."""
WORTH_A_LOOK = 0.08
"""Below this score a paragraph is not tried with those beside it either."""
RAISED = 0.01
"""What a paragraph must add to the score of those beside it that it joins."""
COVERED = 1.2
"""Or how many times as much of the single text on the other side must be covered with it,"""
JOIN = 0.5
"""if its own score is at least this share of theirs."""
FAR = 0.04
"""What a paragraph must add that joins others far away,"""
HELD = 0.75
"""how much of it the single text must hold,"""
FAR_LOOK = 0.2
"""and from which likeness of the letters on that is tried."""
PLACE = 0.1
"""What a candidate loses that goes from one end of a document to the other end of the other."""


class Group(NamedTuple):
    """Paragraphs of the left and of the right document that make one row."""

    left: Text
    right: Text
    score: float


def align(
    likeness: Likeness,
    free: tuple[Places, Places],
    apart: AbstractSet[Pair],
    tell: Tell | None = None,
) -> list[Group]:
    """The groups of the paragraphs that are `free`; the pairs in `apart` must not be together."""
    settling = _Settling(likeness, apart)
    alike = [it for it in likeness.candidates(*free, tell) if (it.left, it.right) not in apart]
    settling.settle(it for it in alike if it.letters >= SURE)
    left_over = settling.left_over(free)
    if any(left_over):
        likeness.ask_themes(*left_over, tell)
        settling.settle(
            (likeness.score((left,), (right,), letters), left, right)
            for (left, right), letters in _doubtful(alike, left_over, apart)
            if settling.is_open(left, right, letters)
        )
    return settling.groups()


def _doubtful(
    alike: Iterable[Candidate], left_over: tuple[Places, Places], apart: AbstractSet[Pair]
) -> Iterable[tuple[Pair, float]]:
    """The pairs of which at least one is left over, with the likeness of their letters.

    Where they are not too many, pairs without a letter in common may be alike by their themes.
    """
    lefts, rights = map(frozenset, left_over)
    letters = {
        (it.left, it.right): it.letters for it in alike if it.left in lefts or it.right in rights
    }
    if len(lefts) * len(rights) <= FEW:
        for pair in product(*left_over):
            if pair not in apart:
                letters.setdefault(pair, 0.0)
    return letters.items()


class _Settling:
    """Groups as they come about, by the paragraphs that they have taken."""

    def __init__(self, likeness: Likeness, apart: AbstractSet[Pair]) -> None:
        self._likeness = likeness
        self._apart = apart
        self._taken: tuple[dict[int, Group], dict[int, Group]] = ({}, {})
        self._ends = tuple(max(1, len(side.texts) - 1) for side in likeness.sides)
        self._goes_far = self._ends[0] * self._ends[1] <= FEW

    def groups(self) -> list[Group]:
        """What has been settled."""
        return list(dict.fromkeys(self._taken[0].values()))

    def left_over(self, free: tuple[Places, Places]) -> tuple[Places, Places]:
        """Those of the free paragraphs that nothing has taken yet."""
        lefts, rights = (
            [place for place in places if place not in taken]
            for places, taken in zip(free, self._taken, strict=True)
        )
        return lefts, rights

    def is_open(self, left: int, right: int, letters: float) -> bool:
        """Whether both are free, or one of them could join what took the other."""
        taken = (left in self._taken[0]) + (right in self._taken[1])
        if taken != 1:
            return not taken
        grown = self._grown(left, right)
        far = self._goes_far and letters >= FAR_LOOK
        return grown is not None and (far or self._is_beside(*grown))

    def settle(self, candidates: Iterable[Weighed]) -> None:
        """Take the best ones first; then let others join for as long as any can."""
        waiting = [it for it in sorted(candidates, key=self._order) if not self._take(*it)]
        while len(rest := [it for it in waiting if not self._join(*it)]) < len(waiting):
            waiting = rest

    def _order(self, candidate: Weighed) -> tuple[float, int, int]:
        score, left, right = candidate
        away = abs(left / self._ends[0] - right / self._ends[1])
        return PLACE * away - score, left, right

    def _take(self, score: float, left: int, right: int) -> bool:
        if left in self._taken[0] or right in self._taken[1]:
            return self._join(score, left, right)
        if score >= PAIR:
            self._keep(Group((left,), (right,), score))
        return score >= PAIR

    def _join(self, score: float, left: int, right: int) -> bool:
        """Let the free one of the two join what took the other, if all together say more."""
        if score < WORTH_A_LOOK or not (grown := self._grown(left, right)):
            return False
        group, joined = grown
        beside = self._is_beside(group, joined)
        if not beside and not self._may_go_far(group, left, right):
            return False
        joined = joined._replace(score=self._likeness.score(joined.left, joined.right))
        more = joined.score >= group.score + (RAISED if beside else FAR)
        if more or (beside and self._covers(group, joined, score)):
            self._keep(joined)
            return True
        return False

    def _may_go_far(self, group: Group, left: int, right: int) -> bool:
        """Whether the free one of the two may join a group that does not stand beside it."""
        if not self._goes_far or group.score + FAR > 1:
            return False
        free = 0 if left not in self._taken[0] else 1
        return self._likeness.covered((left,), (right,))[free] >= HELD

    def _covers(self, group: Group, joined: Group, score: float) -> bool:
        """Whether much more of the single text is covered by all together."""
        single = 0 if len(joined.left) == 1 else 1
        before = self._likeness.covered(group.left, group.right)[single]
        after = self._likeness.covered(joined.left, joined.right)[single]
        return score >= max(PAIR, JOIN * group.score) and after >= COVERED * before

    def _grown(self, left: int, right: int) -> tuple[Group, Group] | None:
        """What took one of the two, and what it would be with the other; None if it may not be."""
        mine, other = self._taken[0].get(left), self._taken[1].get(right)
        if mine and not other:
            group, joined = mine, mine._replace(right=tuple(sorted((*mine.right, right))))
        elif other and not mine:
            group, joined = other, other._replace(left=tuple(sorted((*other.left, left))))
        else:
            return None
        single = min(len(joined.left), len(joined.right)) == 1
        pairs = product(joined.left, joined.right)
        return (group, joined) if single and self._apart.isdisjoint(pairs) else None

    def _is_beside(self, group: Group, joined: Group) -> bool:
        """Whether nothing that others took stands between those that would be together."""
        return all(
            taken.get(place, group) is group
            for taken, places in zip(self._taken, (joined.left, joined.right), strict=True)
            for place in range(places[0], places[-1])
        )

    def _keep(self, group: Group) -> None:
        for taken, places in zip(self._taken, (group.left, group.right), strict=True):
            taken.update(dict.fromkeys(places, group))
