"""Exact words and regular expressions, as the reader wrote them."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from scmtui.model import QueryError
from scmtui.search.needles import INSIDE, Match
from scmtui.search.passages import Piece
from scmtui.search.patterns import begins, ends
from scmtui.search.readings import How, Reading
from scmtui.search.streams import stream
from scmtui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scmtui.search.passages import Passage
    from scmtui.search.query import Term


MOST_REPEATED = 10_000
"""How many characters a regular expression may have when its counted repeats are written out.

The library does write them out, and (a{999}){999} would take all memory before it can time out.
"""
_ATOM = re.compile(
    r"(?P<atom>\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.)(?:\s*\{(?P<least>\d*),?(?P<most>\d*)\})?",
    re.DOTALL,
)


def _size(pattern: str) -> int:
    """How many characters a regular expression has when its counted repeats are written out."""
    sizes = [0]
    for match in _ATOM.finditer(pattern):
        times = max(1, *(int(number) for number in match.group("least", "most") if number), 1)
        size = 1
        if match["atom"] == "(":
            sizes.append(0)
            continue
        if match["atom"] == ")" and len(sizes) > 1:
            size = sizes.pop()
        sizes[-1] += size * times
    return sum(sizes)


class ExactNeedle:
    """Words as they stand, whatever their case and form of quotes; blanks are as typed.

    Marks without words are looked for as they are.
    """

    def __init__(self, term: Term) -> None:
        self.reading = Reading(term.text, term.text)
        folded = fold(term.text)
        self._letters = stream(folded)
        self._bare = self._letters.replace(" ", "")
        words = (folded if self._letters else term.text).split()
        self._pattern = re.compile(r"\s+".join(map(re.escape, words)))

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The letters of the words; none when there are only marks."""
        return (Piece("letters", self._letters),) if self._letters else ()

    def matches(self, passage: Passage) -> list[Match]:
        """Where the words stand, also inside longer ones."""
        if not self._bare:
            return list(self._found(passage.shown))
        return list(self._found(passage.folded)) if self._bare in passage.bare("letters") else []

    def _found(self, folded: str) -> Iterator[Match]:
        for match in self._pattern.finditer(folded):
            worth = ends(folded, match.end())
            if not begins(folded, match.start()):
                worth *= INSIDE
            yield Match(*match.span(), worth, self.reading)


class PatternNeedle:
    """A regular expression, in any case, on each part as it is shown.

    `patience` is how many seconds it may take for all passages together.
    """

    def __init__(self, term: Term, patience: float) -> None:
        import regex  # type: ignore[import-untyped]

        self.reading = Reading(term.text, term.text, (How.REGEX,))
        self.pieces: tuple[Piece, ...] = ()
        self._at = term.at
        self._until = time.monotonic() + patience
        if "(?#" in term.text or _size(term.text) > MOST_REPEATED:
            raise QueryError(
                "The regular expression at character {place} repeats too much.",
                todo="Use smaller numbers in braces, and no comments.",
                at=term.at,
            )
        try:
            self._pattern = regex.compile(term.text, regex.IGNORECASE | regex.V1)
        except (regex.error, RecursionError, OverflowError) as error:
            raise QueryError(
                "“{pattern}” is not a regular expression (at character {place}): {why}.",
                at=term.at + (getattr(error, "pos", None) or 0),
                pattern=term.text,
                why=getattr(error, "msg", str(error)),
            ) from error

    def matches(self, passage: Passage) -> list[Match]:
        """Where the pattern matches something. Raises QueryError when it takes too long."""
        try:
            return [
                Match(start + match.start(), start + match.end(), 1.0, self.reading)
                for start, text in zip(passage.bounds, passage.texts, strict=False)
                for match in self._pattern.finditer(text, timeout=self._left())
                if match.end() > match.start()
            ]
        except TimeoutError as error:
            raise QueryError(
                "The regular expression at character {place} takes too long.",
                todo="Make it simpler, or name meetings with scm:.",
                at=self._at,
            ) from error

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left
