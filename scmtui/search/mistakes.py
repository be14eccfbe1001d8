"""Typing mistakes: the words of the texts that differ from a term in a few letters."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

from scmtui.search.streams import bare, ends_syllable, spelt, stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST = 12
"""How many corrections of a term are looked for."""

LONGEST = 40
"""Characters in a term that is corrected at all."""


class Correction(NamedTuple):
    """What may have been meant, and in how many letters it differs."""

    errors: int
    text: str


def allowed(folded: str) -> int:
    """How many letters of a term may differ: 0 to 3, by its length; none in digits.

    A number that differs in one digit is another number, and two syllables are too few to tell.
    """
    count = len(bare(folded))
    if len(folded.replace(" ", "")) < 3 or any(map(str.isdigit, folded)):
        return 0
    return (count >= 6) + (count >= 11) + (count >= 17)


class Piece(NamedTuple):
    """Letters of a word, their place in it, and how many letters they may stand from there."""

    letters: str
    place: int
    slack: int


class Runs(Protocol):
    """The different runs of letters in all texts."""

    def count(self, run: str) -> int:
        """How many passages have this run; a run that words share counts for each of them."""
        ...

    def begun(self, letters: str) -> bool:
        """Whether a run begins with these letters."""
        ...

    def holding(self, pieces: Iterable[Piece], longest: int) -> Iterable[str]:
        """The beginnings, at most `longest` letters, of the runs with one of the pieces."""
        ...


class CountedRuns:
    """Runs in memory, each with its count."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._runs = sorted(counts)
        self._counts = counts
        self._lines = f" {' '.join(self._runs)} "
        self._starts = list(accumulate((len(run) + 1 for run in self._runs), initial=1))

    def count(self, run: str) -> int:
        """How many passages have this run; a run that words share counts for each of them."""
        return self._counts.get(run, 0)

    def begun(self, letters: str) -> bool:
        """Whether a run begins with these letters."""
        return f" {letters}" in self._lines

    def holding(self, pieces: Iterable[Piece], longest: int) -> Iterable[str]:
        """The beginnings, at most `longest` letters, of the runs with one of the pieces."""
        found: set[int] = set()
        for letters, place, slack in pieces:
            at = self._lines.find(letters)
            while at >= 0:
                run = bisect_right(self._starts, at) - 1
                if abs(at - self._starts[run] - place) <= slack:
                    found.add(run)
                at = self._lines.find(letters, at + 1)
        return {self._runs[run][:longest] for run in found}


class Lexicon:
    """The words of all texts, and how they are mistyped."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs

    def corrections(self, folded: str) -> list[Correction]:
        """What stands in the texts and may have been meant, the nearest first.

        Of several words one may be wrong, and they may stand together or apart.
        """
        most = allowed(folded)
        if not most or len(folded) > LONGEST:
            return []
        joined = folded.replace(" ", "")
        found = self._one_wrong(folded.split(" "), most)
        if joined != folded:
            found += self._one_wrong([joined], most)
        if not found:
            for cut in range(2, len(joined) - 1):
                found += self._one_wrong([joined[:cut], joined[cut:]], most)
        return sorted(found, key=lambda correction: correction.errors)[:MOST]

    def _one_wrong(self, words: list[str], most: int) -> list[Correction]:
        """The words, of which one is corrected; the others must begin a word of the texts."""
        found: list[Correction] = []
        wrong = [number for number, word in enumerate(words) if not self._begins_run(word)]
        for number in wrong or range(len(words)):
            if wrong in ([], [number]):
                before, after = words[:number], words[number + 1 :]
                found += (
                    Correction(near.errors, " ".join((*before, near.text, *after)))
                    for near in self._near(words[number], most)
                )
        return found

    def _begins_run(self, word: str) -> bool:
        letters = stream(word)
        return " " in letters or self._runs.begun(letters)

    def _near(self, word: str, most: int) -> list[Correction]:
        """Beginnings of runs, of whole syllables, that differ in one letter up to `most`."""
        from rapidfuzz.distance import OSA

        letters = stream(word)
        if " " in letters or len(letters) <= 2 * most:
            return []
        nearest: dict[str, int] = {}
        size = len(letters)
        most = min(most, 1 + (size >= 11) + (size >= 17))
        # One letter more tells where a syllable ends, and one more where it does not.
        for run in self._runs.holding(pieces(letters, most), size + most + 2):
            for length in range(size - most, min(size + most, len(run)) + 1):
                if ends_syllable(run, length):
                    begun = run[:length]
                    if begun not in nearest:
                        nearest[begun] = OSA.distance(letters, begun, score_cutoff=most)
        found = [(errors, begun) for begun, errors in nearest.items() if 0 < errors <= most]
        found.sort(key=lambda near: (near[0], -self._runs.count(near[1]), near[1]))
        return [Correction(errors, spelt(begun)) for errors, begun in found[:MOST]]


def pieces(letters: str, most: int) -> set[Piece]:
    """Pieces of a word of which one is unharmed when up to `most` of its letters are wrong.

    There is one piece more than errors, and the last unharmed one has no more errors before it
    than pieces. Two letters swapped across a cut harm both pieces, so there are other cuts, too.
    """
    size, count = len(letters), most + 1
    cuts = [size * number // count for number in range(count + 1)]
    moved = [0, *(cut + 1 for cut in cuts[1:-1]), size]
    rows = [cuts, moved] if most > 1 else [cuts]
    found = {
        Piece(letters[start:end], start, slack)
        for row in rows
        for slack, (start, end) in enumerate(pairwise(row))
    }
    if most == 1:
        cut = cuts[1]
        swapped = letters[cut] + letters[cut - 1]
        found.add(Piece(letters[: cut - 1] + swapped + letters[cut + 1 :], 0, 0))
    return found
