"""A store in memory: the documents at hand, found by the letters of their words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from scmtui.search.mistakes import CountedRuns
from scmtui.search.names import pairs
from scmtui.search.passages import Passage
from scmtui.search.streams import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from scmtui.model import Document, Facts
    from scmtui.search.passages import Piece
    from scmtui.search.streams import Words


class Memory:
    """The passages of documents in memory, in the order in which the documents were given."""

    def __init__(self, documents: Iterable[Document]) -> None:
        kept = tuple(documents)
        self._vocabulary = Vocabulary()
        self._with = lru_cache(maxsize=256)(self._with_piece)  # one query asks for a piece often
        self._documents = tuple(document.facts for document in kept)
        self._passages = [
            Passage(document.facts, paragraph, self._vocabulary)
            for document in kept
            for paragraph in document.paragraphs
        ]

    @property
    def documents(self) -> Sequence[Facts]:
        """The facts of every document, in the order in which they were given."""
        return self._documents

    def passages(
        self, pieces: Sequence[Sequence[Piece]], documents: Container[str]
    ) -> Iterator[Passage]:
        """The paragraphs of these documents that contain, of each row of pieces, at least one."""
        left: set[int] | None = None
        for row in pieces:
            found = self._containing(row)
            left = found if left is None else left if found is None else left & found
        numbers = range(len(self._passages)) if left is None else sorted(left)
        return (
            passage
            for number in numbers
            if (passage := self._passages[number]).facts.id in documents
        )

    def runs(self) -> CountedRuns:
        """The different runs of letters in all texts."""
        return CountedRuns(self._letters.runs)

    @cached_property
    def _names(self) -> frozenset[tuple[str, str]]:
        texts = (text for passage in self._passages for text in passage.texts)
        return frozenset(chain.from_iterable(map(pairs, texts)))

    def names(self) -> Iterable[tuple[str, str]]:
        """The pairs of a name and its abbreviation in all documents; looked for once."""
        return self._names

    def _containing(self, row: Sequence[Piece]) -> set[int] | None:
        """The numbers of the passages that contain one of the pieces; None: any may."""
        if not row or (not self._ready and any(len(piece.letters) < 2 for piece in row)):
            return None
        return set().union(*map(self._with, row))

    def _with_piece(self, piece: Piece) -> frozenset[int]:
        words = self._letters if piece.stream == "letters" else self._initials
        sure, likely = words.within(piece)
        holds = piece.test()
        others = (
            number
            for number in words.across(piece).union(likely) - sure
            if holds(self._passages[number].spaced(piece.stream))
        )
        return frozenset(sure.union(others))

    @property
    def _ready(self) -> bool:
        """Whether the words were looked through; the first letter typed need not wait for it."""
        return "_letters" in vars(self)

    @cached_property
    def _letters(self) -> _Concordance:
        return _Concordance(self._vocabulary.letters, self._words)

    @cached_property
    def _initials(self) -> _Concordance:
        return _Concordance(self._vocabulary.initials, self._words)

    @cached_property
    def _words(self) -> dict[str, list[int]]:
        """The passages that each word as read stands in."""
        found: dict[str, list[int]] = {}
        for number, passage in enumerate(self._passages):
            for word in set(chain.from_iterable(text.split() for text in passage.texts)):
                if word in found:
                    found[word].append(number)
                else:
                    found[word] = [number]
        return found


class _Concordance:
    """The words of all passages by their letters in one stream, and where they stand.

    A text repeats most of its words: looking through the different ones takes a tenth of the time.
    """

    def __init__(self, words: Words, places: dict[str, list[int]]) -> None:
        self._places = list(places.values())
        self._streams = [words[word] for word in places]
        lines = list(map(_with_joined_runs, self._streams))
        self._lines = " " + " \n ".join(lines) + " "
        self._starts = list(accumulate((len(line) + 3 for line in lines), initial=0))

    @cached_property
    def runs(self) -> Mapping[str, int]:
        """The runs, each with how many passages have it; more of a run that words share."""
        found: dict[str, int] = {}
        for stream, places in zip(self._streams, self._places, strict=True):
            for run in _with_joined_runs(stream).split(" "):
                found[run] = found.get(run, 0) + len(places)
        found.pop("", None)
        return found

    def within(self, piece: Piece) -> tuple[set[int], set[int]]:
        """The passages of which one word has the letters; those where that needs a look."""
        asked = {piece.letters, piece.letters.replace(" ", "")}
        if piece.begins:
            asked = {f" {letters}" for letters in asked}
        words = set(chain.from_iterable(map(self._with, asked)))
        sure = {word for word in words if self._has(word, asked)}
        return self._standing(sure), self._standing(words - sure)

    def _has(self, word: int, asked: Iterable[str]) -> bool:
        """Whether a word has letters without its runs being joined."""
        stream = self._streams[word]
        return " " not in stream or any(letters in f" {stream}" for letters in asked)

    def _with(self, letters: str) -> Iterator[int]:
        return _places_of(letters, self._lines, self._starts)

    def across(self, piece: Piece) -> set[int]:
        """Passages with words of which one could end, and the next begin, the letters."""
        found: set[int] = set()
        bare = piece.letters.replace(" ", "")
        for cut in range(1, len(bare)):
            if (heads := self._ends.get(bare[:cut])) and (tails := self._begun(bare[cut:])):
                found |= self._standing(heads) & self._standing(tails)
        if not piece.begins:
            for head in accumulate(piece.letters.split(" ")[:-1]):
                if tails := self._begun(bare[len(head) :]):
                    found |= self._standing(self._ending(head)) & self._standing(tails)
        return found

    def _ending(self, letters: str) -> Iterator[int]:
        """The words that end with these bare letters."""
        return _places_of(f"{letters}\n", self._bare_lines, self._bare_starts)

    def _standing(self, words: Iterable[int]) -> set[int]:
        return set(chain.from_iterable(self._places[word] for word in words))

    def _begun(self, letters: str) -> list[int]:
        """The words that begin with the letters, or with which the letters begin."""
        low = bisect_left(self._sorted, (letters, 0))
        high = bisect_left(self._sorted, (letters + "\uffff", 0))
        longer = [word for _, word in self._sorted[low:high]]
        shorter = (self._whole.get(letters[:end], ()) for end in range(1, len(letters)))
        return [*longer, *chain.from_iterable(shorter)]

    @cached_property
    def _bare_lines(self) -> str:
        return "".join(f"{stream}\n" for stream in self._streams).replace(" ", "")

    @cached_property
    def _bare_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self._bare_lines))]

    @cached_property
    def _sorted(self) -> list[tuple[str, int]]:
        """The bare words in their order, each with its number."""
        return sorted((stream.replace(" ", ""), word) for word, stream in enumerate(self._streams))

    @cached_property
    def _whole(self) -> dict[str, list[int]]:
        """The numbers of the words by their bare letters: one word may be read in many forms."""
        found: dict[str, list[int]] = {}
        for letters, word in self._sorted:
            found.setdefault(letters, []).append(word)
        return found

    @cached_property
    def _ends(self) -> dict[str, list[int]]:
        """The words by the letters of their last run, of their last two runs, and so on."""
        found: dict[str, list[int]] = {}
        for number, stream in enumerate(self._streams):
            runs = stream.split(" ")
            for first in range(len(runs)):
                found.setdefault("".join(runs[first:]), []).append(number)
        return found


def _places_of(letters: str, lines: str, starts: Sequence[int]) -> Iterator[int]:
    """The numbers of the lines with the letters."""
    at = lines.find(letters)
    while at >= 0:
        line = bisect_right(starts, at) - 1
        yield line
        at = lines.find(letters, starts[line + 1])


def _with_joined_runs(stream: str) -> str:
    """The runs of a word, and after them the same from each run on without blanks: 핵 미사일."""
    if " " not in stream:
        return stream
    runs = stream.split(" ")
    return " ".join((stream, *("".join(runs[first:]) for first in range(len(runs) - 1))))
