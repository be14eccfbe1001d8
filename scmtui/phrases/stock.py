"""The wording of documents as runs of words: what is stock in a series, and what is not."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from math import log
from typing import TYPE_CHECKING, NamedTuple

from scmtui.model import Address
from scmtui.phrases.nearest import bare
from scmtui.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scmtui.model import Document, Facts

_EDGES = re.compile(r"^\W+|\W+$")
_LETTERS = re.compile(r"[\W_]+")
_BREAKS = re.compile(r"[,;:.?!]['\"”’)\]」』]*$")
_PREDICATE = re.compile(r"다$|(?:하였|했|되었|됐|으)(?:고|며|으며)$|하며$|되며$|하기로$")


class Word(NamedTuple):
    """A word (어절) of a text: its span [start, end) without marks around it, and its stem."""

    start: int
    end: int
    stem: str
    ends: bool
    """Whether a phrase ends here: a comma follows, or the word is a predicate."""
    predicate: bool
    """Whether the word ends a clause by itself: 재확인하였다, 강화하며."""


class Passage(NamedTuple):
    """The words of a part."""

    address: Address
    text: str
    words: tuple[Word, ...]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What of a word counts: its letters in one case, without the particle behind a noun."""
    return bare(_LETTERS.sub("", fold(word)))


class Wordings:
    """The words of one document, and which stand side by side."""

    def __init__(self, document: Document) -> None:
        self.facts: Facts = document.facts
        self.paragraphs = len(document.paragraphs)
        self._texts = tuple(_texts(document))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The words of each heading and part, with their places."""
        return tuple(Passage(at, text, tuple(_words(text))) for at, text in self._texts)

    @cached_property
    def _stems(self) -> list[list[tuple[str, bool]]]:
        """The stems of each heading and part, and whether a phrase ends there."""
        return [
            [(read[2], read[3] or read[4]) for read in map(_read, text.split()) if read[2]]
            for _, text in self._texts
        ]

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every two words in a row within a clause, by their stems."""
        return frozenset(
            [
                (one, other)
                for words in self._stems
                for (one, ends), (other, _) in pairwise(words)
                if not ends
            ]
        )

    @cached_property
    def letters(self) -> str:
        """The stems of each heading and part on a line of its own, without blanks."""
        return "\n".join(["".join([stem for stem, _ in words]) for words in self._stems])

    @cached_property
    def stems(self) -> dict[str, int]:
        """In how many paragraphs each stem stands."""
        paragraphs: dict[int | None, set[str]] = {}
        for (at, _), part in zip(self._texts, self._stems, strict=True):
            paragraphs.setdefault(at.paragraph, set()).update([stem for stem, _ in part])
        return Counter(chain.from_iterable(paragraphs.values()))

    def where(self, stems: Sequence[str]) -> tuple[Address, ...]:
        """The parts with these words in a row, each as often as it has them."""
        letters = "".join(stems)
        return tuple(
            at
            for (at, _), line in zip(self._texts, self.letters.split("\n"), strict=True)
            for _again in range(line.count(letters))
        )

    @cached_property
    def _all_letters(self) -> str:
        """The letters of each heading and part on a line of its own, particles and all."""
        return "\n".join([_LETTERS.sub("", fold(text)) for _, text in self._texts])

    def has_letters(self, written: str) -> bool:
        """Whether a text stands there as it is written, wherever there are blanks and marks."""
        return _LETTERS.sub("", fold(written)) in self._all_letters

    def has(self, stems: Sequence[str]) -> bool:
        """Whether the words stand there in a row, wherever there are blanks."""
        if len(stems) == 2 and (stems[0], stems[1]) in self.pairs:
            return True
        return "".join(stems) in self.letters


class Stock:
    """The words of a series of documents: how common each is among all paragraphs."""

    def __init__(self, documents: Iterable[Wordings]) -> None:
        self._paragraphs = 0
        self._stems: dict[str, int] = {}
        for document in documents:
            self._paragraphs += document.paragraphs
            for it, count in document.stems.items():
                self._stems[it] = self._stems.get(it, 0) + count

    def knows(self, stem: str) -> bool:
        """Whether the word stands anywhere in the series."""
        return stem in self._stems

    def telling(self, stem: str) -> float:
        """What a word tells, from 0 for one in every paragraph to 1 for one in a single one."""
        if len(stem) < 2:
            return 0.2
        most = log(self._paragraphs + 1) or 1.0
        return log((self._paragraphs + 1) / max(1, self._stems.get(stem, 1))) / most


def _texts(document: Document) -> Iterator[tuple[Address, str]]:
    """The headings and parts of a document."""
    for paragraph in document.paragraphs:
        for part, text in enumerate((paragraph.heading, *(it.text for it in paragraph.parts))):
            yield Address(document.id, paragraph.number, part or None), text


def _words(text: str) -> Iterator[Word]:
    for start, end in words(text):
        before, bare, found, comma, predicate = _read(text[start:end])
        if found:
            first = start + before
            yield Word(first, first + bare, found, comma or predicate, predicate)


@lru_cache(maxsize=50_000)
def _read(written: str) -> tuple[int, int, str, bool, bool]:
    """The marks before a word, its length without marks, its stem, a comma, a predicate."""
    bare = _EDGES.sub("", written)
    before = written.index(bare) if bare else 0
    comma, predicate = bool(_BREAKS.search(written)), bool(_PREDICATE.search(bare))
    return before, len(bare), stem(bare), comma, predicate
