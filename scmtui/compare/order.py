"""Groups of paragraphs in reading order, and which of them have moved out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from scmtui.compare.align import Group
    from scmtui.compare.likeness import Text

    Lengths = tuple[Sequence[int], Sequence[int]]


class Placed(NamedTuple):
    """The paragraphs of a row by their places, and whether they are out of order."""

    left: Text
    right: Text
    moved: bool = False


def placed(groups: Sequence[Group], lengths: Lengths) -> Iterator[Placed]:
    """The rows that groups and the paragraphs left over make, in the order of either document.

    `lengths` are those of the paragraphs of each side. Where paragraphs of both stand alone at one
    place, those of the left come first; what has moved stands where its left side does.
    """
    chain = _heaviest_chain(groups, lengths)
    firsts = {group.left[0]: group for group in groups}
    taken = {place for group in groups for place in group.left}
    alone = _Alone(groups, len(lengths[1]))
    for left in range(len(lengths[0])):
        if left not in taken:
            yield Placed((left,), ())
        elif group := firsts.get(left):
            if group in chain:
                yield from alone.before(group.right[0])
            yield Placed(group.left, group.right, group not in chain)
    yield from alone.before(len(lengths[1]))


class _Alone:
    """The paragraphs of the right side that are in no group, each given once."""

    def __init__(self, groups: Sequence[Group], many: int) -> None:
        taken = {place for group in groups for place in group.right}
        self._places = [place for place in range(many - 1, -1, -1) if place not in taken]

    def before(self, place: int) -> Iterator[Placed]:
        """Those before a place that have not been given yet."""
        while self._places and self._places[-1] < place:
            yield Placed((), (self._places.pop(),))


def _heaviest_chain(groups: Sequence[Group], lengths: Lengths) -> AbstractSet[Group]:
    """The most groups that are in one order on both sides; of as many, those with the most text."""
    whole = sum(map(sum, lengths)) + 1
    best = _Best(len(lengths[1]))
    before: dict[Group, Group | None] = {}
    for group in sorted(groups, key=lambda group: group.left[0]):
        text = sum(
            of_side[place]
            for of_side, places in zip(lengths, (group.left, group.right), strict=True)
            for place in places
        )
        weight, before[group] = best.upto(group.right[0])
        best.reach(group.right[0], weight + 1 + text / whole, group)
    chain = set()
    last = best.upto(len(lengths[1]))[1]
    while last:
        chain.add(last)
        last = before[last]
    return chain


class _Best:
    """The heaviest chain that ends before each place: a binary indexed tree of maxima."""

    def __init__(self, places: int) -> None:
        self._tree: list[tuple[float, Group | None]] = [(0.0, None)] * (places + 1)

    def upto(self, place: int) -> tuple[float, Group | None]:
        """The weight and the last group of the heaviest chain that ends before a place."""
        found: tuple[float, Group | None] = (0.0, None)
        while place > 0:
            found = max(found, self._tree[place], key=lambda it: it[0])
            place -= place & -place
        return found

    def reach(self, place: int, weight: float, group: Group) -> None:
        """Say that a chain of this weight ends at a place with a group."""
        place += 1
        while place < len(self._tree):
            if weight > self._tree[place][0]:
                self._tree[place] = weight, group
            place += place & -place
