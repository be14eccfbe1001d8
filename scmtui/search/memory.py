"""A store in memory: the documents at hand, found by the letters of their words."""

from __future__ import annotations

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
        found = words.within(piece)
        bare = piece.letters.replace(" ", "")
        across = (
            number
            for number in words.across(bare) - found
            if bare in self._passages[number].bare(piece.stream)
        )
        return frozenset(found.union(across))

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

    def within(self, piece: Piece) -> set[int]:
        """The passages of which one word contains the letters, or begins a run with them."""
        found: set[int] = set()
        for letters in {piece.letters, piece.letters.replace(" ", "")}:
            found |= self._standing(self._with(f" {letters}" if piece.begins else letters))
        return found

    def _with(self, letters: str) -> Iterator[int]:
        at = self._lines.find(letters)
        while at >= 0:
            word = bisect_right(self._starts, at) - 1
            yield word
            at = self._lines.find(letters, self._starts[word + 1])

    def across(self, letters: str) -> set[int]:
        """Passages with words of which one could end, and the next begin, these bare letters."""
        found: set[int] = set()
        for cut in range(1, len(letters)):
            if (heads := self._ends.get(letters[:cut])) and (tails := self._begun(letters[cut:])):
                found |= self._standing(heads) & self._standing(tails)
        return found

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


def _with_joined_runs(stream: str) -> str:
    """The runs of a word, and after them the same from each run on without blanks: 핵 미사일."""
    if " " not in stream:
        return stream
    runs = stream.split(" ")
    return " ".join((stream, *("".join(runs[first:]) for first in range(len(runs) - 1))))
