"""The wording in a document that is closest to a phrase which it does not have."""

from __future__ import annotations

import re
from functools import lru_cache
from heapq import nlargest
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from scmtui import hangul
from scmtui.phrases.texts import NO_LETTER
from scmtui.search.passages import BREAK, Piece
from scmtui.search.patterns import is_syllable
from scmtui.search.streams import runs, stream
from scmtui.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from scmtui.phrases.texts import Texts
    from scmtui.search.passages import Passage

    Span = tuple[int, int]

NEAR = 0.7
"""The least likeness of a near wording: of the letters of both, the share that they have in the
same order (2 · common / (one + other), blanks and marks left out)."""
LEAST = 4
"""Syllables, or twice as many Latin letters, below which a phrase has no near wording."""
MOST = 3000
"""Passages that are looked at for near wordings; of more, the first."""
CLOSELY = 3
"""Of how many passages of a document the near wording is worked out: of those most like it."""
ROUGHLY = 0.55
"""The least likeness of a stretch as long as the phrase for the words around it to be tried."""
AROUND = 1
"""Words before and after each end of that stretch that may begin or end the near wording."""
EACH_WORD = 0.04
"""What a wording loses against others with each word that it has more, or less, than the phrase."""
REACH = 40
"""Characters before and after it that are looked at."""

_NO_LETTER = re.compile(NO_LETTER)


class Close(NamedTuple):
    """A near wording: the span [start, end) of the passage's text, and its likeness from 0 to 1."""

    rank: float
    likeness: float
    passage: Passage
    start: int
    end: int


class _Best(NamedTuple):
    """A near wording in the text around a rough place."""

    rank: float
    likeness: float
    start: int
    end: int


class _Wording(NamedTuple):
    """A stretch of whole words, its letters, and how many words it has."""

    start: int
    end: int
    letters: str
    words: int


class _Rough(NamedTuple):
    """A stretch of a passage by its letters alone, those before it and up to its end counted."""

    score: float
    passage: Passage
    start: int
    end: int


def chunks(phrase: str) -> list[str]:
    """Pieces of two syllables and Latin words, of which a near wording has two side by side."""
    found = []
    for run in runs(fold(phrase)):
        if is_syllable(run[0]):
            noun = bare(run)
            found += [noun[at : at + 2] for at in range(0, len(noun) - 1, 2)]
        elif len(run) > 3:
            found.append(run[:6])
    return found


def bare(word: str) -> str:
    """A Korean word without the particle behind it."""
    for noun in hangul.nouns(word):
        particle = word[len(noun) :]
        if re.fullmatch(hangul.PARTICLES, particle) and hangul.suits(noun, particle):
            return noun
    return word


def closest(
    phrase: str, texts: Texts, documents: Collection[str], taken: Mapping[int, Sequence[Span]]
) -> tuple[dict[str, Close], bool]:
    """The closest wording in each of these documents that has one, by the document's id.

    With them, whether every passage was looked at that may have one.

    `taken` has the spans, by the id() of their passage, that are something else for certain.
    """
    letters = _letters(fold(phrase))
    if _weight(letters) < LEAST:
        return {}, True
    fitting = _Fitting(letters, len(phrase.split()))
    rough: dict[str, list[_Rough]] = {}
    candidates = _candidates(phrase, texts, documents)
    for passage in islice(candidates, MOST):
        if found := _rough(passage, letters, texts.letters(passage)):
            rough.setdefault(passage.facts.id, []).append(found)
    best: dict[str, Close] = {}
    for id_, those in rough.items():
        for found in nlargest(CLOSELY, those, key=lambda it: it.score):
            near = fitting.best(found, taken.get(id(found.passage), ()))
            if near and (id_ not in best or near.rank > best[id_].rank):
                best[id_] = near
    return best, next(candidates, None) is None


def _weight(letters: str) -> float:
    return sum(1.0 if is_syllable(letter) else 0.5 for letter in letters)


def _candidates(phrase: str, texts: Texts, documents: Collection[str]) -> Iterator[Passage]:
    """Passages that have two neighbouring pieces of the phrase, or one of only two."""
    pieces = chunks(phrase)
    rows: list[tuple[str, ...]] = [(it,) for it in pieces]
    if len(pieces) > 2:
        rows = [*pairwise(pieces), *zip(pieces, pieces[2:], strict=False)]
    seen: set[tuple[str, int]] = set()
    for row in rows:
        asked = [[Piece("letters", stream(it))] for it in row]
        for passage in texts.store.passages(asked, documents):
            letters = texts.letters(passage)
            place = passage.facts.id, passage.number
            if place not in seen and all(_letters(it) in letters for it in row):
                seen.add(place)
                yield passage


@lru_cache(maxsize=10_000)
def _letters(folded: str) -> str:
    return "".join(filter(str.isalnum, folded))


def _rough(passage: Passage, letters: str, all_: str) -> _Rough | None:
    """The stretch of a passage of such letters, as long as the phrase, that is most like it."""
    from rapidfuzz import fuzz

    found = fuzz.partial_ratio_alignment(letters, all_, score_cutoff=100 * ROUGHLY)
    if found is None or found.dest_end == found.dest_start:
        return None
    return _Rough(found.score, passage, found.dest_start, found.dest_end)


def _span(folded: str, start: int, end: int) -> Span:
    """Where in a text its letters [start, end) stand, when all that parts them is left out."""
    first: int | None = None
    away = 0
    for gap in _NO_LETTER.finditer(folded):
        letters = gap.start() - away
        if first is None and start < letters:
            first = start + away
        if end <= letters:
            break
        away += gap.end() - gap.start()
    return (start + away if first is None else first), end + away


class _Fitting:
    """The whole words around rough places that are closest to a phrase of so many words."""

    def __init__(self, letters: str, count: int) -> None:
        self._letters = letters
        self._count = count
        self._known: dict[tuple[str, int, int], _Best | None] = {}

    def best(self, rough: _Rough, taken: Sequence[Span]) -> Close | None:
        """The closest wording around a rough place, but for what is taken.

        A series repeats much of its text, so the words around are looked at once for all places
        with the same ones.
        """
        folded = rough.passage.folded
        start, end = _span(folded, rough.start, rough.end)
        low = max(folded.rfind(BREAK, 0, start) + 1, start - REACH)
        around = folded[low : end + REACH], start - low, end - low
        if taken:
            found = self._best(*around, [(one - low, other - low) for one, other in taken])
        else:
            if around not in self._known:
                self._known[around] = self._best(*around)
            found = self._known[around]
        if found is None:
            return None
        rank, likeness, start, end = found
        return Close(rank, likeness, rough.passage, low + start, low + end)

    def _best(self, text: str, start: int, end: int, taken: Sequence[Span] = ()) -> _Best | None:
        from rapidfuzz.distance import Indel

        best: _Best | None = None
        for wording in _wordings(text, start, end):
            likeness = Indel.normalized_similarity(
                self._letters, wording.letters, score_cutoff=NEAR
            )
            rank = likeness - EACH_WORD * abs(wording.words - self._count)
            if (
                likeness >= NEAR
                and (best is None or rank > best.rank)
                and not _overlaps(wording.start, wording.end, taken)
            ):
                best = _Best(rank, likeness, wording.start, wording.end)
        return best


def _wordings(text: str, start: int, end: int) -> Iterator[_Wording]:
    """The wordings of whole words around a stretch, none over the end of a sentence or a part."""
    spans = words(text)
    written = [text[low:high] for low, high in spans]
    letters = list(map(_letters, written))
    stops = [
        word[-1] in ".?!" or BREAK in text[one[1] : other[0]]
        for word, (one, other) in zip(written, pairwise(spans), strict=False)
    ]
    first = next((n for n, span in enumerate(spans) if span[1] > start), 0)
    last = max((n for n, span in enumerate(spans) if span[0] < end), default=0)
    for one in range(max(0, first - AROUND), min(len(spans), first + AROUND + 1)):
        mark = _NO_LETTER.match(written[one], 0, len(written[one]) - 1)
        begin = spans[one][0] + (mark.end() if mark else 0)
        for other in range(max(one, last - AROUND), min(len(spans), last + AROUND + 1)):
            if any(stops[one:other]):
                break
            before = "".join(letters[one:other])
            for length in _stops(written[other]):
                there = before + _letters(written[other][:length])
                yield _Wording(begin, spans[other][0] + length, there, other - one + 1)


@lru_cache(maxsize=2000)
def _stops(word: str) -> tuple[int, ...]:
    """Where a wording may end in its last word: before marks, or before a particle, too."""
    end = len(word)
    while end > 1 and not word[end - 1].isalnum():
        end -= 1
    marks = [mark.start() for mark in _NO_LETTER.finditer(word, 1, end)]
    last = max((mark.end() for mark in _NO_LETTER.finditer(word, 0, end)), default=0)
    return end, *marks, *(last + len(noun) for noun in hangul.nouns(word[last:end]))


def _overlaps(start: int, end: int, taken: Sequence[Span]) -> bool:
    return any(low < end and start < high for low, high in taken)
