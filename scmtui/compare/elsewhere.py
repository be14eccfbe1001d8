"""Sentences and clauses that have moved from one row of a comparison to another.

What is looked for elsewhere is what a sentence says that the one that answers it in its own row
does not: all of it where none does. Words weigh the more the fewer of these sentences have them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from heapq import nlargest
from itertools import groupby
from math import log
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from scmtui.compare.redline import Mark
from scmtui.compare.sequence import bare, in_order
from scmtui.compare.words import key, read
from scmtui.model import Address
from scmtui.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from scmtui.compare.inside import Op
    from scmtui.compare.rows import Row, Tell
    from scmtui.compare.words import Words
    from scmtui.model import Paragraph

    Paragraphs = tuple[Mapping[int, Paragraph], Mapping[int, Paragraph]]
    Marks = dict[Address, list[Mark]]
    Worth = Mapping[str, int]
    _Standing = defaultdict[str, list["_Sentence"]]

STAYS = 0.5
"""The share of a sentence from which on another of its own row answers it: it has not moved."""
ANSWERS = 0.25
"""The share from which on the rest of it may have, if it is a clause or run into another."""
LIKENESS = 0.6
"""From this likeness on what is missing here is what stands there."""
LETTERS = 10
"""The fewest letters of what is looked for."""
CLAUSE = 3
"""The fewest words that both ends have."""
WORDS = 3
"""By how many of its most telling words it is looked for."""
PLACES = 20
"""In how many sentences, at most, one of these words is looked up."""

STEP = 100
"""After how many items it is told how far this is."""

Item = TypeVar("Item")

_SIGNS: tuple[tuple[Op, Op], tuple[Op, Op]] = (("-", "<"), ("+", ">"))


class Moved(NamedTuple):
    """What has moved to another row: the number of the move, and the sentences at its two ends."""

    number: int
    left: Address
    right: Address


@dataclass(frozen=True, eq=False)
class _Sentence:
    """A sentence of a row: its address, and where it begins in the passage of its paragraph."""

    row: Row
    address: Address
    start: int
    text: str

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words, each once."""
        return frozenset(map(_word, self.text.split()))


@dataclass(frozen=True, eq=False)
class _Missing:
    """Those words of a sentence that the one that answers it in its row does not have."""

    sentence: _Sentence
    words: frozenset[str]
    weight: int

    def beside(self, other: _Missing, worth: Worth) -> _Missing:
        """With those of its words that only the other end misses."""
        more = self.sentence.words & other.words - self.words
        if not more:
            return self
        weight = self.weight + _weight(more, worth)
        return _Missing(self.sentence, self.words | more, weight)


def moved(
    paragraphs: Paragraphs, rows: Sequence[Row], tell: Tell | None = None
) -> tuple[tuple[Moved, ...], tuple[Marks, Marks]]:
    """What has moved between these rows, and where in the paragraphs it stands.

    The paragraphs of either side come by their numbers. Marks are by paragraph, in characters of
    its passage. `tell` is told how far this is.
    """
    if len(rows) < 2:
        return (), ({}, {})
    tell = tell or _tell_nobody
    lefts: list[_Sentence] = []
    rights: list[_Sentence] = []
    for row in _told(rows, tell, 0.0):
        left = _sentences(paragraphs[0], row, row.left)
        right = _sentences(paragraphs[1], row, row.right)
        texts = {it.text for it in left}, {it.text for it in right}
        lefts += (it for it in left if it.text not in texts[1])
        rights += (it for it in right if it.text not in texts[0])
    found: list[Moved] = []
    marks: tuple[Marks, Marks] = ({}, {})
    for ends in _pairs(lefts, rights, tell):
        both = _marks(len(found) + 1, ends)
        if all(both):
            found.append(Moved(len(found) + 1, *(end.sentence.address for end in ends)))
            for known, end, of_it in zip(marks, ends, both, strict=True):
                known.setdefault(end.sentence.address.up.up, []).extend(of_it)
    return tuple(found), marks


def _tell_nobody(share: float) -> None:
    """Where nobody waits."""


def _told(items: Sequence[Item], tell: Tell, share: float) -> Iterator[Item]:
    """The items one by one; every so often it is told how far that is, from a share on."""
    for at, item in enumerate(items):
        if not at % STEP:
            tell(share + 0.2 * at / len(items))
        yield item


def _sentences(
    paragraphs: Mapping[int, Paragraph], row: Row, side: Iterable[Address]
) -> list[_Sentence]:
    """The sentences of the paragraphs on one side of a row."""
    found = []
    for address in side:
        at = 0
        for number, part in enumerate(paragraphs[address.paragraph or 0].parts, 1):
            for count, (start, end) in enumerate(sentences(part.text), 1):
                place = Address(address.document, address.paragraph, number, count)
                found.append(_Sentence(row, place, at + start, part.text[start:end]))
            at += len(part.text) + 1
    return found


@lru_cache(maxsize=50_000)
def _word(written: str) -> str:
    """What of a word counts; a number only by its place (제#차), for it changes every year."""
    return re.sub(r"\d+", "#", bare(key(written)))


def _pairs(
    lefts: Sequence[_Sentence], rights: Sequence[_Sentence], tell: Tell
) -> Iterator[tuple[_Missing, _Missing]]:
    """What is missing from the rows of either side and the same, the likest first."""
    many = Counter(word for it in (*lefts, *rights) for word in it.words)
    among = len(lefts) + len(rights) + 1
    # Whole numbers, since sets come in any order and sums of fractions depend on it.
    worth = {word: round(1000 * log(among / count) * len(word)) for word, count in many.items()}
    gone = _missing(_told(lefts, tell, 0.2), rights, worth)
    new = _missing(_told(rights, tell, 0.4), lefts, worth)
    taken: set[Address] = set()
    for _, left, right in sorted(_alike(_told(gone, tell, 0.6), new, worth), key=lambda it: -it[0]):
        ends = left.sentence.address, right.sentence.address
        if taken.isdisjoint(ends):
            taken.update(ends)
            yield left, right


def _missing(own: Iterable[_Sentence], others: Iterable[_Sentence], worth: Worth) -> list[_Missing]:
    """What of these sentences the others in their rows do not have, if it is enough to look for."""
    standing: defaultdict[int, _Standing] = defaultdict(lambda: defaultdict(list))
    for it in others:
        there = standing[id(it.row)]
        for word in it.words:
            there[word].append(it)
    found = []
    for it in own:
        weight = _weight(it.words, worth)
        answer = _answer(it, standing[id(it.row)], worth)
        rest = it.words - answer
        left = _weight(rest, worth)
        if left > (1 - STAYS) * weight:
            found.append(_Missing(it, it.words, weight))
        if answer and left <= (1 - ANSWERS) * weight:
            found.append(_Missing(it, rest, left))
    return [it for it in found if sum(map(len, it.words)) >= LETTERS]


def _answer(sentence: _Sentence, there: _Standing, worth: Worth) -> frozenset[str]:
    """The words of the sentence in the same row's other text that has most of this one."""
    common: defaultdict[_Sentence, int] = defaultdict(int)
    for word in sentence.words & there.keys():
        for it in there[word][:PLACES]:
            common[it] += worth[word]
    best = max(common, key=lambda it: (common[it], it.address), default=None)
    return best.words if best else frozenset()


def _weight(words: Iterable[str], worth: Worth) -> int:
    return sum(worth[word] for word in words)


def _alike(
    gone: Iterable[_Missing], new: Iterable[_Missing], worth: Worth
) -> Iterator[tuple[float, _Missing, _Missing]]:
    """What is missing from different rows and alike enough, with its likeness."""
    where: dict[str, list[_Missing]] = {}
    for it in new:
        for word in it.words:
            where.setdefault(word, []).append(it)
    for left in gone:
        telling = nlargest(WORDS, left.words & where.keys(), key=lambda it: (worth[it], it))
        for right in dict.fromkeys(it for word in telling for it in where[word][:PLACES]):
            if left.sentence.row is not right.sentence.row:
                one, other = left.beside(right, worth), right.beside(left, worth)
                common = one.words & other.words
                likeness = 2 * _weight(common, worth) / (one.weight + other.weight)
                if likeness >= LIKENESS and len(common) >= CLAUSE:
                    yield likeness, one, other


def _marks(number: int, ends: tuple[_Missing, _Missing]) -> tuple[list[Mark], list[Mark]]:
    """What has moved, at either end, and what has changed in it."""
    left, right = (end.sentence for end in ends)
    words = read(left.text, right.text)
    runs = in_order(words[0].keys, words[1].keys)
    found: tuple[list[Mark], list[Mark]] = ([], [])
    for side, end in enumerate(ends):
        same = {at for run in runs for at in range(run[side], run.ends[side])}
        start = end.sentence.start
        for agrees, group in groupby(_stretch(end, words[side], same), same.__contains__):
            spans = [words[side].spans[at] for at in group]
            mark = Mark(spans[0][0] + start, spans[-1][1] + start, _SIGNS[side][agrees], number)
            found[side].append(mark)
    return found


def _stretch(end: _Missing, words: Words, same: AbstractSet[int]) -> range:
    """The words of a sentence that have moved: all, or from the first missing one to the last."""
    if end.words == end.sentence.words:
        return range(len(words))
    places = [at for at in same if _word(words.keys[at]) in end.words]
    return range(min(places), max(places) + 1) if places else range(0)
