"""Paragraphs as they are searched, and what a store of them must be able to do.

The streams of a passage only say whether it is worth a look; what is a match, and where, is decided
in the folded text, so that every span is one of the text as shown.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, Protocol

from scmtui.model import Address
from scmtui.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence

    from scmtui.model import Facts, Paragraph
    from scmtui.search.mistakes import Runs
    from scmtui.search.streams import Stream, Vocabulary, Words

BREAK = "\x1f"
"""Stands between the heading and the parts of a passage; clean text never contains it."""


class Passage:
    """One paragraph: where it stands, its heading and parts, its streams when they are needed."""

    def __init__(self, facts: Facts, paragraph: Paragraph, vocabulary: Vocabulary) -> None:
        self.facts = facts
        self.number = paragraph.number
        self.texts = (paragraph.heading, *(part.text for part in paragraph.parts))
        """The heading, empty if there is none, and then the parts."""
        self._vocabulary = vocabulary

    @property
    def address(self) -> Address:
        """The address of the paragraph."""
        return Address(self.facts.id, self.number)

    def part(self, index: int) -> Address:
        """The address of a part; that of the heading (0) is the paragraph's own."""
        return Address(self.facts.id, self.number, index or None)

    @property
    def shown(self) -> str:
        """Heading and parts as shown, with a BREAK between two."""
        return BREAK.join(self.texts)

    @cached_property
    def folded(self) -> str:
        """Heading and parts, folded, with a BREAK between two."""
        return fold(self.shown)

    @cached_property
    def bounds(self) -> list[int]:
        """Where the heading and each part begin in `folded`, and one past its end."""
        return list(accumulate((len(text) + 1 for text in self.texts), initial=0))

    def spaced(self, stream: Stream) -> str:
        """A stream with its runs set apart by blanks; it begins and ends with one."""
        return self._letters if stream == "letters" else self._initials

    def bare(self, stream: Stream) -> str:
        """A stream without blanks."""
        return self._bare_letters if stream == "letters" else self._initials.replace(" ", "")

    def _spaced(self, words: Words) -> str:
        return f" {f' {BREAK} '.join(map(words.of, self.texts))} "

    @cached_property
    def _letters(self) -> str:
        return self._spaced(self._vocabulary.letters)

    @cached_property
    def _bare_letters(self) -> str:
        return self._letters.replace(" ", "")

    @cached_property
    def _initials(self) -> str:
        return self._spaced(self._vocabulary.initials)


class Piece(NamedTuple):
    """What a stream must contain for a passage to be worth a look."""

    stream: Stream
    letters: str
    """With a blank between two runs; a text may have more blanks, or none."""
    begins: bool = False
    """Whether a run of the text must begin with them."""

    def test(self) -> Callable[[str], bool]:
        """Whether a stream, its runs set apart by blanks, has the letters.

        It has them from the beginning of a run on, blanks being anywhere, or (unless they must
        begin one) from anywhere on, blanks being where they were typed or not.
        """
        bare = self.letters.replace(" ", "")
        plain = {f" {it}" if self.begins else it for it in (self.letters, bare)}
        spread = " " + " ?".join(map(re.escape, bare))
        if not self.begins and bare != self.letters:
            spread += "|" + " ?".join(map(re.escape, self.letters.split(" ")))
        pattern: re.Pattern[str] | None = None

        def holds(spaced: str) -> bool:
            nonlocal pattern
            if any(it in spaced for it in plain):
                return True
            if bare not in spaced.replace(" ", ""):
                return False
            pattern = pattern or re.compile(spread)
            return bool(pattern.search(spaced))

        return holds


class Store(Protocol):
    """Where passages are kept: in memory, or in a table that knows which letters stand where.

    A store gives exactly the passages that pass the tests of the pieces, in reading order, and as
    long as one of them is in use always the same object for it. They need not match: every one is
    looked at.
    """

    @property
    def documents(self) -> Sequence[Facts]:
        """The facts of every document, in the order in which equal hits are listed."""
        ...

    def passages(
        self, pieces: Sequence[Sequence[Piece]], documents: Container[str]
    ) -> Iterator[Passage]:
        """The paragraphs of these documents that contain, of each row of pieces, at least one.

        An empty row asks for nothing. The caller stops when it has enough.
        """
        ...

    def runs(self) -> Runs:
        """The different runs of letters in all texts."""
        ...

    def names(self) -> Iterable[tuple[str, str]]:
        """The pairs of a name and its abbreviation (`names.pairs`) in all documents."""
        ...
