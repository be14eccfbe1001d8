"""Passages in memory, found by looking through the letters of all documents of a language at once.

Nothing is made beforehand but these letters, when they are first asked for: a phrase in a hundred
communiqués is found before an index of their words could be made.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property, lru_cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from scmtui.search.names import REACH, pairs
from scmtui.search.passages import BREAK
from scmtui.search.streams import spelt
from scmtui.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from scmtui.model import Facts
    from scmtui.search.passages import Passage, Piece, Store

    Span = tuple[int, int]

_NEXT = "\x1e"
"""Stands between two passages; clean text never contains it."""
_MARKS = ".,()·-'\"‘’“”「」:/~%&"
"""The marks that most texts have."""
_BLANKS = re.compile(f"[^\\S{BREAK}{_NEXT}]+")
_FORMS = re.compile("[\u119e\u318d\u4e00-\u9fff\uff01-\uff5eİ]")
"""Letters that fold to other ones than their small ones."""


class Scanned:
    """The passages of a store in memory, as phrases ask for them: by whole syllables and words."""

    def __init__(self, store: Store) -> None:
        self._facts = tuple(store.documents)
        languages = {it.id: it.language for it in self._facts}
        passages: dict[str, list[Passage]] = {language: [] for language in languages.values()}
        for passage in store.passages([], languages):
            passages[passage.facts.language].append(passage)
        self._texts = tuple(map(_Text, passages.values()))
        self._languages = languages
        self._places = dict(zip(passages, self._texts, strict=True))
        self.count = lru_cache(maxsize=10_000)(self._count)

    def prepare(self) -> None:
        """Make the letters of all texts."""
        for text in self._texts:
            text.prepare()

    @property
    def documents(self) -> Sequence[Facts]:
        """The facts of every document."""
        return self._facts

    def passages(
        self, pieces: Sequence[Sequence[Piece]], documents: Collection[str]
    ) -> Iterator[Passage]:
        """The paragraphs of these documents that contain, of each row of pieces, at least one."""
        rows = [
            ["".join(filter(str.isalnum, spelt(piece.letters))) for piece in row] for row in pieces
        ]
        for language in dict.fromkeys(map(self._languages.__getitem__, documents)):
            yield from self._places[language].having(rows, documents)

    def letters(self, passage: Passage) -> str:
        """The letters and digits of a passage, with a BREAK between two of its parts."""
        return self._places[passage.facts.language].of(passage)

    def runs(self) -> Scanned:
        """What knows whether a word stands in the texts: itself."""
        return self

    def _count(self, run: str) -> int:
        """1 when the letters stand somewhere as a word of their own, else 0.

        A middle dot, a quotation mark or a bracket inside the word does not count.
        """
        word = spelt(run)
        return int(
            any(_stands(word, text.folded) for text in self._texts)
            or any(_stands(word, text.unmarked) for text in self._texts if word[0] in text.folded)
        )

    @cached_property
    def _names(self) -> frozenset[tuple[str, str]]:
        brackets = {it for text in self._texts for it in _brackets(text.lines)}
        return frozenset(chain.from_iterable(map(pairs, brackets)))

    def names(self) -> Iterable[tuple[str, str]]:
        """The pairs of a name and its abbreviation in all documents."""
        return self._names


class _Text:
    """Passages one behind another, as one text."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._with = lru_cache(maxsize=256)(self._numbers)

    def prepare(self) -> None:
        """Make the letters."""
        _ = self._letters, self._starts, self._documents, self._order

    def having(
        self, rows: Sequence[Iterable[str]], documents: Collection[str]
    ) -> Iterable[Passage]:
        """The passages of these documents that have, of each row of letters, at least one."""
        ranges = self._ranges(documents)
        if not rows:
            return chain.from_iterable(self._passages[first:last] for first, last in ranges)
        found = [set(chain.from_iterable(self._with(it, ranges) for it in row)) for row in rows]
        return map(self._passages.__getitem__, sorted(set.intersection(*found)))

    def _ranges(self, documents: Collection[str]) -> tuple[Span, ...]:
        """The numbers [first, last) of the passages of documents; those of neighbours together."""
        ranges: list[Span] = []
        for id_, (first, last) in self._documents.items():
            if id_ in documents:
                begun = ranges.pop()[0] if ranges and ranges[-1][1] == first else first
                ranges.append((begun, last))
        return tuple(ranges)

    @cached_property
    def _documents(self) -> dict[str, Span]:
        """The numbers [first, last) of the passages of each document."""
        found: dict[str, Span] = {}
        for number, passage in enumerate(self._passages):
            id_ = passage.facts.id
            found[id_] = found[id_][0] if id_ in found else number, number + 1
        return found

    def _numbers(self, letters: str, ranges: Iterable[Span]) -> list[int]:
        """The numbers of the passages in these ranges with these letters."""
        text, starts = self._letters, self._starts
        found = []
        for first, last in ranges:
            end = starts[last]
            at = text.find(letters, starts[first], end)
            while at >= 0:
                number = bisect_right(starts, at, first) - 1
                found.append(number)
                at = text.find(letters, starts[number + 1], end)
        return found

    def of(self, passage: Passage) -> str:
        """The letters of one of the passages."""
        number = self._order[id(passage)]
        return self._letters[self._starts[number] : self._starts[number + 1] - 1]

    @cached_property
    def _order(self) -> dict[int, int]:
        """The numbers of the passages by their id()."""
        return {id(passage): number for number, passage in enumerate(self._passages)}

    @property
    def lines(self) -> str:
        """Every heading and part as shown, on lines of its own."""
        return "\n".join(chain.from_iterable([passage.texts for passage in self._passages]))

    @cached_property
    def folded(self) -> str:
        """The text in small letters, hanja as they are read: all that letters need."""
        shown = [passage.shown for passage in self._passages]
        return _NEXT.join([fold(it) if _FORMS.search(it) else it.lower() for it in shown])

    @property
    def unmarked(self) -> str:
        """The same without marks, but with its blanks."""
        return self._stripped[0]

    @property
    def _letters(self) -> str:
        """The letters and digits alone, with what parts the passages and their parts."""
        return self._stripped[1]

    @cached_property
    def _stripped(self) -> tuple[str, str]:
        text = self.folded
        for mark in _MARKS:
            text = text.replace(mark, "")
        letters = text.replace(" ", "").replace("\n", "")
        if not letters.replace(_NEXT, "").replace(BREAK, "").isalnum():  # the rare ones, then
            for character in set(text):
                if not (character.isalnum() or character.isspace()):
                    text = text.replace(character, "")
            letters = _BLANKS.sub("", text)
        return text, letters

    @cached_property
    def _starts(self) -> list[int]:
        """Where each passage begins in the letters, and one past the end of the last."""
        lengths = (len(letters) + 1 for letters in self._letters.split(_NEXT))
        return list(accumulate(lengths, initial=0))


def _brackets(lines: str) -> Iterator[str]:
    """Each bracket with the text before it, as far back as a name may begin.

    A series repeats most of them, so that each needs to be looked at only once.
    """
    at = lines.find("(")
    while at >= 0:
        start = max(0, at - REACH)
        start = max(start, *(lines.rfind(mark, start, at) + 1 for mark in "()\n"))
        end = lines.find(")", at)
        if end >= 0 and "\n" not in lines[at:end]:
            yield lines[start : end + 1]
        at = lines.find("(", at + 1)


def _stands(word: str, text: str) -> bool:
    """Whether the word stands somewhere with no Hangul before or behind it."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not ("가" <= text[end : end + 1] <= "힣" or "가" <= text[at - 1 : at] <= "힣"):
            return True
        at = text.find(word, at + 1)
    return False
