"""A redline as it is written down: every character of both texts, in order, none twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scmtui.compare.inside import inside

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from scmtui.compare.inside import Op
    from scmtui.compare.words import Words

    Fate = tuple[Op, int | None]

TELLING = 0.25
"""The share that must stay for a redline to say more than the two texts beside one another."""
_LEFT = "-<"
_RIGHT = "+>"


class Run(NamedTuple):
    """A stretch of a redline. All its left texts together are the left text, likewise the right.

    `op` is `=` for what is the same, `~` for what is alike but for blanks and marks, `-` and `+`
    for what is gone and new, `<` and `>` for what has moved away and moved here. Both ends of a
    move bear the same number, and so do words that are gone or new in what has moved.
    """

    op: Op
    left: str
    right: str
    move: int | None = None


def is_telling(runs: Collection[Run]) -> bool:
    """Whether so much of the letters on both sides stays, or has moved, that a redline tells."""
    known = [(run.op not in "-+", len(run.left) + len(run.right)) for run in runs]
    return sum(size for stays, size in known if stays) >= TELLING * sum(size for _, size in known)


class Writing:
    """Two texts and what has been written of them so far; words come in the order of the texts."""

    def __init__(
        self, words: tuple[Words, Words], fates: tuple[Mapping[int, Fate], Mapping[int, Fate]]
    ) -> None:
        self._words = words
        self._fates = fates
        self._at = [0, 0]
        self._runs: list[Run] = []

    def together(self, lefts: range, rights: range) -> None:
        """Words that answer one another."""
        one, other = self._words
        self._blanks(one.spans[lefts.start][0], other.spans[rights.start][0])
        left, right = one.between(lefts), other.between(rights)
        self._at = [one.spans[lefts.stop - 1][1], other.spans[rights.stop - 1][1]]
        if left == right:
            self._write("=", left, right)
        else:
            for it in inside(left, right):
                self._write(it.op, it.left, it.right)

    def apart(self, lefts: range, rights: range) -> None:
        """Words that have nothing to do with one another."""
        one, other = self._words
        if lefts and rights:
            self._blanks(one.spans[lefts.start][0], other.spans[rights.start][0])
        for end, fate in self._fated(0, lefts):
            self._write(fate[0], one.text[self._at[0] : end], "", fate[1])
            self._at[0] = end
        for end, fate in self._fated(1, rights):
            self._write(fate[0], "", other.text[self._at[1] : end], fate[1])
            self._at[1] = end

    def finish(self) -> tuple[Run, ...]:
        """The runs, with what follows the last words."""
        self._blanks(len(self._words[0].text), len(self._words[1].text))
        return tuple(self._runs)

    def _fated(self, side: int, places: range) -> Iterator[tuple[int, Fate]]:
        """Words of one text: where those of one fate end, the blank after them included."""
        fates, spans = self._fates[side], self._words[side].spans
        usual: Fate = ("+" if side else "-", None)
        at = places.start
        while at < places.stop:
            fate, at = fates.get(at, usual), at + 1
            while at < places.stop and (not fates or fates.get(at, usual) == fate):
                at += 1
            yield (spans[at][0] if at < places.stop else spans[at - 1][1]), fate

    def _blanks(self, left_end: int, right_end: int) -> None:
        """The blanks up to two places; those on one side only belong to what changed there."""
        left = self._words[0].text[self._at[0] : left_end]
        right = self._words[1].text[self._at[1] : right_end]
        self._at = [left_end, right_end]
        if left == right:
            self._write("=", left, right)
        elif (left and right) or (place := self._last(_LEFT if left else _RIGHT)) is None:
            self._write("~", left, right)
        else:
            run = self._runs[place]
            self._runs[place] = run._replace(left=run.left + left, right=run.right + right)

    def _last(self, ops: str) -> int | None:
        """Where the last run of one side is, if only changes follow it."""
        for place in range(len(self._runs) - 1, -1, -1):
            if self._runs[place].op in ops:
                return place
            if self._runs[place].op in "=~":
                break
        return None

    def _write(self, op: Op, left: str, right: str, move: int | None = None) -> None:
        """Write a run, what is gone before what is new, joined to one of its kind."""
        if not left and not right:
            return
        runs = self._runs
        place = len(runs)
        while op in _LEFT and place and runs[place - 1].op in _RIGHT:
            place -= 1
        if place and (before := runs[place - 1]).op == op and before.move == move:
            runs[place - 1] = Run(op, before.left + left, before.right + right, move)
        else:
            runs.insert(place, Run(op, left, right, move))
