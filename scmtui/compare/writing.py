"""A redline as it is written down: every character of both texts, in order, none twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scmtui.compare.inside import inside

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scmtui.compare.inside import Op
    from scmtui.compare.words import Words

    Fate = tuple[Op, int | None]

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
        self._gap(lefts, rights)
        left, right = self._words[0].between(lefts), self._words[1].between(rights)
        for side, places in enumerate((lefts, rights)):
            self._at[side] = self._words[side].spans[places.stop - 1][1]
        if left == right:
            self._write(Run("=", left, right))
        else:
            for stretch in inside(left, right):
                self._write(Run(*stretch))

    def apart(self, lefts: range, rights: range) -> None:
        """Words that have nothing to do with one another."""
        if lefts and rights:
            self._gap(lefts, rights)
        for side, places in enumerate((lefts, rights)):
            self._one_sided(side, places)

    def finish(self) -> tuple[Run, ...]:
        """The runs, with what follows the last words."""
        self._between(len(self._words[0].text), len(self._words[1].text))
        return tuple(self._runs)

    def _one_sided(self, side: int, places: range) -> None:
        """Words of one text, those of one fate in one go; a blank goes with the word before it."""
        fates, words = self._fates[side], self._words[side]
        usual: Fate = ("+" if side else "-", None)
        at = places.start
        while at < places.stop:
            fate, after = fates.get(at, usual), at + 1
            while after < places.stop and fates.get(after, usual) == fate:
                after += 1
            end = words.spans[after][0] if after < places.stop else words.spans[after - 1][1]
            text = words.text[self._at[side] : end]
            self._at[side] = end
            self._write(Run(fate[0], *(("", text) if side else (text, "")), fate[1]))
            at = after

    def _gap(self, lefts: range, rights: range) -> None:
        """What stands before two words."""
        self._between(self._words[0].spans[lefts.start][0], self._words[1].spans[rights.start][0])

    def _between(self, *ends: int) -> None:
        """The blanks up to two places; those on one side only belong to what changed there."""
        left = self._words[0].text[self._at[0] : ends[0]]
        right = self._words[1].text[self._at[1] : ends[1]]
        self._at = list(ends)
        if left == right:
            self._write(Run("=", left, right))
        elif (left and right) or (place := self._last(_LEFT if left else _RIGHT)) is None:
            self._write(Run("~", left, right))
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

    def _write(self, run: Run) -> None:
        """Write a run, what is gone before what is new, joined to one of its kind."""
        if not run.left and not run.right:
            return
        place = len(self._runs)
        while run.op in _LEFT and place and self._runs[place - 1].op in _RIGHT:
            place -= 1
        before = self._runs[place - 1] if place else None
        if before and (before.op, before.move) == (run.op, run.move):
            self._runs[place - 1] = Run(
                run.op, before.left + run.left, before.right + run.right, run.move
            )
        else:
            self._runs.insert(place, run)
