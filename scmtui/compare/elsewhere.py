"""Sentences that have moved from one row of a comparison to another.

A sentence is looked for elsewhere when most of it, by weight, is not in the other text of its own
row. Words weigh the more the fewer of these sentences have them.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from heapq import nlargest
from itertools import groupby
from math import log
from typing import TYPE_CHECKING, NamedTuple

from scmtui.compare.redline import Mark
from scmtui.compare.sequence import bare, in_order
from scmtui.compare.words import key, read
from scmtui.model import Address
from scmtui.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scmtui.compare.inside import Op
    from scmtui.compare.rows import Row
    from scmtui.model import Paragraph

    Paragraphs = tuple[Mapping[int, Paragraph], Mapping[int, Paragraph]]
    Marks = dict[Address, list[Mark]]

STAYS = 0.5
"""The share of a sentence from which on it stands in its own row's other text."""
LIKENESS = 0.6
"""From this likeness on a sentence is the one that stood elsewhere."""
LETTERS = 15
"""The fewest letters of a sentence that is looked for."""
WORDS = 3
"""By how many of its most telling words a sentence is looked for."""
PLACES = 20
"""In how many sentences, at most, one of these words is looked up."""

_SIGNS: tuple[tuple[Op, Op], tuple[Op, Op]] = (("-", "<"), ("+", ">"))


class Moved(NamedTuple):
    """A sentence that has moved to another row: the number of the move, and its two ends."""

    number: int
    left: Address
    right: Address


class _Sentence(NamedTuple):
    """A sentence of a row that the row's other text does not have as it is."""

    row: Row
    address: Address
    start: int
    """Where it begins in the passage of its paragraph."""
    text: str
    words: frozenset[str]
    stays: frozenset[str]
    """Those of its words that the other text has."""


def moved(
    paragraphs: Paragraphs, rows: Sequence[Row]
) -> tuple[tuple[Moved, ...], tuple[Marks, Marks]]:
    """The sentences that have moved between these rows, and where in the paragraphs they stand.

    The paragraphs of either side come by their numbers. Marks are by paragraph, in characters of
    its passage.
    """
    if len(rows) < 2:
        return (), ({}, {})
    lefts, rights = (
        [sentence for row in rows for sentence in _sentences(paragraphs, row, side)]
        for side in (0, 1)
    )
    found: list[Moved] = []
    marks: tuple[Marks, Marks] = ({}, {})
    for number, ends in enumerate(_pairs(lefts, rights), 1):
        found.append(Moved(number, ends[0].address, ends[1].address))
        for known, sentence, of_it in zip(marks, ends, _marks(number, *ends), strict=True):
            known.setdefault(sentence.address.up.up, []).extend(of_it)
    return tuple(found), marks


def _sentences(paragraphs: Paragraphs, row: Row, side: int) -> Iterator[_Sentence]:
    """The sentences on a side of a row that the other side does not have as they are."""
    own, others = (row.right, row.left) if side else (row.left, row.right)
    other = "\n".join(
        part.text for it in others for part in paragraphs[1 - side][it.paragraph or 0].parts
    )
    there = _words(other)
    for address in own:
        at = 0
        for number, part in enumerate(paragraphs[side][address.paragraph or 0].parts, 1):
            for count, (start, end) in enumerate(sentences(part.text), 1):
                text = part.text[start:end]
                if text not in other:
                    place = Address(address.document, address.paragraph, number, count)
                    words = _words(text)
                    yield _Sentence(row, place, at + start, text, words, words & there)
            at += len(part.text) + 1


def _words(text: str) -> frozenset[str]:
    return frozenset(map(_word, text.split()))


@lru_cache(maxsize=50_000)
def _word(written: str) -> str:
    return bare(key(written))


def _pairs(
    lefts: Sequence[_Sentence], rights: Sequence[_Sentence]
) -> Iterator[tuple[_Sentence, _Sentence]]:
    """Sentences that are the same but in different rows, the likest first."""
    many = Counter(word for it in (*lefts, *rights) for word in it.words)
    among = len(lefts) + len(rights) + 1
    # Whole numbers, since sets come in any order and sums of fractions depend on it.
    worth = {word: round(1000 * log(among / count) * len(word)) for word, count in many.items()}
    gone, new = ([it for it in side if _is_elsewhere(it, worth)] for side in (lefts, rights))
    taken: set[Address] = set()
    for _, left, right in sorted(_alike(gone, new, worth), key=lambda it: -it[0]):
        if taken.isdisjoint((left.address, right.address)):
            taken.update((left.address, right.address))
            yield left, right


def _is_elsewhere(sentence: _Sentence, worth: Mapping[str, int]) -> bool:
    """Whether it is worth looking for, and not in the other text of its row in other words."""
    if sum(map(len, sentence.words)) < LETTERS:
        return False
    return _weight(sentence.stays, worth) < STAYS * _weight(sentence.words, worth)


def _weight(words: Iterable[str], worth: Mapping[str, int]) -> int:
    return sum(worth[word] for word in words)


def _alike(
    gone: Iterable[_Sentence], new: Iterable[_Sentence], worth: Mapping[str, int]
) -> Iterator[tuple[float, _Sentence, _Sentence]]:
    """Sentences of different rows that are alike enough, with their likeness."""
    where: dict[str, list[_Sentence]] = {}
    for it in new:
        for word in it.words:
            where.setdefault(word, []).append(it)
    for left in gone:
        telling = nlargest(WORDS, left.words & where.keys(), key=lambda it: (worth[it], it))
        for right in {it.address: it for word in telling for it in where[word][:PLACES]}.values():
            common = 2 * _weight(left.words & right.words, worth)
            likeness = common / (_weight(left.words, worth) + _weight(right.words, worth))
            if likeness >= LIKENESS and left.row is not right.row:
                yield likeness, left, right


def _marks(number: int, left: _Sentence, right: _Sentence) -> tuple[list[Mark], list[Mark]]:
    """What of a sentence has moved, at either end, and what has changed in it."""
    words = read(left.text, right.text)
    runs = in_order(words[0].keys, words[1].keys)
    found: tuple[list[Mark], list[Mark]] = ([], [])
    for side, sentence in enumerate((left, right)):
        same = {at for run in runs for at in range(run[side], run.ends[side])}
        for agrees, group in groupby(range(len(words[side])), same.__contains__):
            spans = [words[side].spans[at] for at in group]
            start, end = spans[0][0] + sentence.start, spans[-1][1] + sentence.start
            found[side].append(Mark(start, end, _SIGNS[side][agrees], number))
    return found
