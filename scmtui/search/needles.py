"""What is looked for in a passage: a term as it was read, and where the passage has it.

A match has a *worth* between 0 and 1 by how it stands in its words: a whole word, or one with a
particle, is worth most; the beginning of a longer word less; a piece inside a word least.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from scmtui import hangul
from scmtui.search.passages import Piece
from scmtui.search.patterns import HALF, LONGER, begins, by_initial, ends, is_syllable, pattern
from scmtui.search.readings import How
from scmtui.search.streams import ends_syllable, runs, stream
from scmtui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scmtui.search.passages import Passage
    from scmtui.search.readings import Reading
    from scmtui.search.streams import Stream

INSIDE = 0.8
"""What remains of the worth of a match that begins inside a word."""
ACROSS = 0.97
"""What remains of the worth of a match across blanks that were not typed."""
TENSE = 0.97
"""What remains of the worth of an initial that stands for its tense one: ㄱ for ㄲ."""
NOT_A_NAME = 0.98
"""What remains of the worth of initials that stand for a noun with its particle: 점에서."""

_LONE = re.compile("[ㄱ-ㅎ]")
_COMPOUND = re.compile("[ㄳㄵㄶㄺ-ㅀㅄ\u1100-\u1112\u1161-\u1175\u11a8-\u11c2]")


class Match(NamedTuple):
    """A span of a passage's folded text, and what it is worth there."""

    start: int
    end: int
    worth: float
    reading: Reading


class Sought(Protocol):
    """Something that can be looked for in passages."""

    @property
    def reading(self) -> Reading:
        """How the term was read."""
        ...

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Of these pieces a passage that matches has at least one; none: look at every one."""
        ...

    def matches(self, passage: Passage) -> list[Match]:
        """Where the passage matches, as spans of its folded text."""
        ...


class Needle:
    """Words to be found as typed or half-typed, by initials, or a mixture of these."""

    def __init__(
        self,
        folded: str,
        reading: Reading,
        *,
        half_typed: bool = True,
        only_beginnings: bool = False,
        hanja: str = "",
        without: tuple[str, ...] = (),
    ) -> None:
        self._runs = runs(_COMPOUND.sub(lambda lone: hangul.letters(lone[0]), folded))
        self._characters = "".join(self._runs)
        self._by_initials = bool(_LONE.search(self._characters[:-1]))
        self._stream: Stream = "initials" if self._by_initials else "letters"
        self.reading = reading.then(How.INITIALS, reading.meant) if self._by_initials else reading
        self._half = self.reading.then(How.HALF, reading.meant)
        self._half_typed = half_typed
        self._only_beginnings = only_beginnings
        self._hanja = hanja
        self._without = without
        self._spaced = stream(" ".join(self._runs), self._stream)
        self._bare = self._spaced.replace(" ", "")
        self._whole, self._begun = f" {self._spaced} ", f" {self._spaced}"
        self._begun_bare = f" {self._bare}"

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The letters, or the initials, of the words."""
        return (Piece(self._stream, self._spaced, self._begins),)

    @property
    def tells(self) -> bool:
        """Whether there are enough letters for the streams to tell passages apart."""
        return len(self._bare) > 1

    def tier(self, passage: Passage) -> float:
        """The worth by the streams: a whole word, the beginning of one, or neither."""
        letters = passage.spaced(self._stream)
        if self._whole in letters:
            return self.reading.worth
        if self._begun in letters or self._begun_bare in letters:
            return 0.9 * self.reading.worth
        return 0.7 * self.reading.worth

    def matches(self, passage: Passage) -> list[Match]:
        """Where the words stand; across blanks that were not typed only if nowhere else."""
        if not self._characters or self._bare not in passage.bare(self._stream):
            return []
        if not (self._half_typed or self._by_initials or self._ends_whole(passage)):
            return []
        if self._hanja and not any(self._hanja in text for text in passage.texts):
            return []
        folded = passage.folded
        found = list(self._found(folded, self._tight, across=False))
        if not found and len(self._characters) > 1:
            found = list(self._found(folded, self._loose, across=True))
        if self._hanja:
            shown = passage.shown
            found = [match for match in found if shown[match.start : match.end] == self._hanja]
        if found and self._without:
            taken = [longer.span() for longer in self._longer.finditer(folded)]
            found = [
                match
                for match in found
                if not any(start <= match.start and match.end <= end for start, end in taken)
            ]
        return found

    def _ends_whole(self, passage: Passage) -> bool:
        """Whether the letters end with a syllable somewhere; this spares folding the text."""
        letters, at = passage.bare(self._stream), -1
        while (at := letters.find(self._bare, at + 1)) >= 0:
            if ends_syllable(letters, at + len(self._bare)):
                return True
        return False

    def _found(self, folded: str, sought: re.Pattern[str], *, across: bool) -> Iterator[Match]:
        for match in sought.finditer(folded):
            start, end = match.span()
            beginning = bool(self._hanja) or begins(folded, start)
            worth = HALF if match.lastgroup == "half" else ends(folded, end)
            if not beginning and (self._begins or worth == HALF):
                continue
            if across and not (beginning and (worth > LONGER or len(self._characters) > 3)):
                continue
            worth *= (1.0 if beginning else INSIDE) * (ACROSS if across else 1.0)
            if self._by_initials:
                worth *= self._likely(match[0])
            reading = self._half if match.lastgroup == "half" else self.reading
            yield Match(start, end, worth * reading.worth, reading)

    @cached_property
    def _begins(self) -> bool:
        """Whether the words can only stand at the beginning of a run."""
        first = self._characters[:1]
        if self._only_beginnings or first.isdigit() or _LONE.fullmatch(self._characters):
            return True
        return len(self._characters) < 3 and (self._by_initials or not is_syllable(first))

    def _likely(self, matched: str) -> float:
        """How likely it is that these words were meant by their initials."""
        word = "".join(filter(str.isalnum, matched))
        pairs = zip(self._characters, hangul.initials(word), strict=False)
        tense = any(_LONE.match(typed) and typed != initial for typed, initial in pairs)
        return (TENSE if tense else 1.0) * (NOT_A_NAME if hangul.has_particle(word) else 1.0)

    @cached_property
    def _tight(self) -> re.Pattern[str]:
        return self._pattern(across=False)

    @cached_property
    def _loose(self) -> re.Pattern[str]:
        return self._pattern(across=True)

    def _pattern(self, *, across: bool) -> re.Pattern[str]:
        element = by_initial if self._by_initials else re.escape
        return pattern(
            self._runs,
            element,
            across=across,
            half_typed=self._half_typed,
            beginning=across or self._begins,
        )

    @cached_property
    def _longer(self) -> re.Pattern[str]:
        """The longer names that contain this one and mean something else."""
        return re.compile(
            "|".join(
                pattern(runs(fold(name)), re.escape, across=True, half_typed=False).pattern.replace(
                    "(?P<all>", "(?:"
                )
                for name in self._without
            )
        )
