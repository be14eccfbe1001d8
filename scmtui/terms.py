"""Terms in a text: which of many words and phrases stand in it, and where, as Korean writes them.

A Korean term is found where a word (어절) begins, or directly behind another word that is known,
whatever particle or further noun follows. A blank or middle dot in the term may be missing in the
text; a blank may part it in the text where two syllables or more remain on each side, a middle dot
or hyphen anywhere. A term in Latin letters is found as whole words, with or without a plural s;
one of at most three letters only with the same capitals.

Every letter of a text is looked at once for the terms that begin with it and the next one, so the
time grows with the text and hardly with the number of terms.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, chain, islice
from typing import TYPE_CHECKING, NamedTuple

from scmtui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

NEXT = "{next}"
"""In a term, the number of the next meeting."""

_SEPARATORS = " \n·-"
_NOT_HANGUL = re.compile(r"[a-z]+|[0-9]+|[^가-힣a-z0-9]+")
_STOP = re.compile(r"\. (?<=[가-힣]\. )")
_DIGITS = re.compile("[0-9]+")
_ALPHANUMERIC = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")
_KOREAN_KEYS = (2,)
_LATIN_KEYS = (2, 3, 4)
"""By so many of their first letters terms are kept; Latin ones by four, or all of three or two."""
MOST_KNOWN = 2000
"""Sentences of which it is kept what stands in them."""
_GAP = 3
"""The most characters that may part two letters of a term."""


class Term(NamedTuple):
    """A term as it is looked for."""

    written: str
    folded: str
    letters: str
    """Folded, without blanks, middle dots and hyphens."""
    latin: bool
    """Whether it begins or ends with a Latin letter or a digit."""
    group: int
    """Whose term it is; terms of one group compete. Negative for what is never a hit."""
    weight: float
    """What it counts for; a hit that weighs nothing keeps those inside it from counting."""


class Hit(NamedTuple):
    """A term found: the span [start, end) in characters of the text, without what follows it."""

    start: int
    end: int
    term: Term


def _joined(folded: str) -> str:
    """The text without what may part the letters of a term."""
    for separator in _SEPARATORS:  # several times as fast as str.translate
        folded = folded.replace(separator, "")
    return folded


def length(written: str) -> int:
    """How many letters of a term are looked for."""
    return len(_joined(fold(written)))


_Table = dict[str, dict[int, dict[str, tuple[Term, ...]]]]
"""Terms by the letters they begin with, by how many letters they have, and by all of these."""
_NONE: dict[int, dict[str, tuple[Term, ...]]] = {}


class Lexicon:
    """Many terms, by the letters that they begin with; those with NEXT change with the meeting."""

    def __init__(self, terms: Iterable[tuple[str, int, float]]) -> None:
        """Make terms ready for finding, each with its group and its weight."""
        self._numbered: list[tuple[str, int, float]] = []
        self._table: _Table = {}
        self._base: Lexicon | None = None
        self._number = ""
        self.known = lru_cache(maxsize=MOST_KNOWN)(self._find)
        terms = list(terms)
        # Folded in one go: a thousand terms one by one would be felt when the program starts.
        folded = fold("".join(f"{written}\t" for written, _, _ in terms))
        pairs = zip(folded.split("\t"), _joined(folded).split("\t"), strict=True)
        for entry, (term_folded, term_letters) in zip(terms, pairs, strict=False):
            if NEXT in term_folded:
                self._numbered.append(entry)
            else:
                latin = not _ALPHANUMERIC.isdisjoint((term_letters[0], term_letters[-1]))
                term = Term(entry[0], term_folded, term_letters, latin, entry[1], entry[2])
                key = term_letters[: 2 if term_letters >= "가" else 4]
                self._add(key, term)

    def for_meeting(self, meeting: int | None) -> Lexicon:
        """The terms to look for in a text on this meeting; without NEXT when there is none."""
        if meeting is None or not self._numbered:
            return self
        lexicon = Lexicon(
            (written.replace(NEXT, _number(meeting + 1, written)), group, weight)
            for written, group, weight in self._numbered
        )
        lexicon._base, lexicon._number = self, str(meeting + 1)
        numbered, lexicon._table = lexicon._table, self._table.copy()
        for key, sizes in numbered.items():
            known = self._table.get(key, {})
            lexicon._table[key] = {size: dict(terms) for size, terms in known.items()}
            for terms in sizes.values():
                for term in chain.from_iterable(terms.values()):
                    lexicon._add(key, term)
        return lexicon

    def _add(self, key: str, term: Term) -> None:
        sizes = self._table.setdefault(key, {})
        same = sizes.setdefault(len(term.letters), {})
        same[term.letters] = (*same.get(term.letters, ()), term)

    def find(self, shown: str) -> dict[int, list[Hit]]:
        """The terms in a text by their group: of overlapping ones the longest, in order.

        No term reaches over the end of a Korean sentence. A series repeats many of its sentences,
        so what stands in them is kept.
        """
        found: dict[int, list[Hit]] = {}
        start = 0
        for end in (*[stop.end() for stop in _STOP.finditer(shown)], len(shown)):
            for group, hits in self._within(shown[start:end]).items():
                there = [Hit(start + hit[0], start + hit[1], hit[2]) for hit in hits]
                found[group] = found[group] + there if group in found else there
            start = end
        return found

    def _within(self, sentence: str) -> dict[int, list[Hit]]:
        """The terms in a sentence, or in several English ones."""
        found, digits = (self._base or self).known(sentence)
        if self._base and self._number in digits:
            found, _ = self.known(sentence)
        return found

    def _find(self, sentence: str) -> tuple[dict[int, list[Hit]], frozenset[str]]:
        """The terms in a sentence, and the numbers in it."""
        text = _Text.of(sentence)
        longest = {group: _longest(hits) for group, hits in self._hits(text).items()}
        found = {group: hits for group, hits in longest.items() if hits}
        return found, frozenset(_DIGITS.findall(text.folded))

    def _hits(self, text: _Text) -> dict[int, list[Hit]]:
        """Every term that stands in the text by its group, overlapping ones too."""
        letters, at, table = text.letters, text.at, self._table
        found: dict[int, list[Hit]] = {}
        pending = self._starts(text)
        reached = set(pending)
        for begin in pending:  # grows by what stands directly behind a known word
            for key in _KOREAN_KEYS if letters[begin] >= "가" else _LATIN_KEYS:
                for size, same in table.get(letters[begin : begin + key], _NONE).items():
                    end = begin + size
                    for term in same.get(letters[begin:end], ()):
                        together = at[end - 1] - at[begin] == size - 1
                        if not ((together and not term.latin) or text.holds(term, begin, end)):
                            continue
                        if term.group >= 0:
                            hit = Hit(at[begin], at[end - 1] + 1, term)
                            found.setdefault(term.group, []).append(hit)
                        if end not in reached and text.goes_on(end):
                            reached.add(end)
                            pending.append(end)
        return found

    def _starts(self, text: _Text) -> list[int]:
        """The letters that begin a word which may begin with a term: few of all words do."""
        letters, table = text.letters, self._table
        return [
            at
            for at in text.starts
            if letters[at : at + 2] in table
            or (
                letters[at : at + 1] < "가"
                and (letters[at : at + 4] in table or letters[at : at + 3] in table)
            )
        ]


class _Text(NamedTuple):
    """A text as terms are looked for in it: its letters, and where each of them stands."""

    shown: str
    folded: str
    letters: str
    at: list[int]
    starts: set[int]
    """The letters that begin a word: something is before them, or another script."""

    @classmethod
    def of(cls, shown: str) -> _Text:
        folded = fold(shown)
        pieces = folded.replace("·", " ").replace("-", " ").split()
        letters = "".join(pieces)
        at = [place for place, letter in enumerate(folded) if letter not in _SEPARATORS]
        starts = {0, *accumulate(map(len, pieces))}
        for run in _NOT_HANGUL.finditer(letters):
            starts.update(run.span())
        return cls(shown, folded, letters, at, starts)

    def goes_on(self, end: int) -> bool:
        """Whether a word (어절) goes on in Hangul from before the letter `end` to behind it."""
        if end >= len(self.at) or self.at[end] != self.at[end - 1] + 1:
            return False
        return "가" <= self.letters[end] <= "힣" and "가" <= self.letters[end - 1] <= "힣"

    def holds(self, term: Term, begin: int, end: int) -> bool:
        """Whether the letters [begin, end), which are the term's, are not pieces of other words."""
        first, last = self.at[begin], self.at[end - 1]
        whole = last - first == end - begin - 1 or self.folded.startswith(term.folded, first)
        if not whole and not all(
            self._may_part(term, begin, place)
            for place in range(begin + 1, end)
            if self.at[place] != self.at[place - 1] + 1
        ):
            return False
        if not term.latin:
            return True
        return self._is_free(first, last + 1) and self._has_case(term, first, last + 1)

    def _may_part(self, term: Term, begin: int, place: int) -> bool:
        """Whether the term may be parted by what stands in the text before the letter `place`."""
        gap = self.folded[self.at[place - 1] + 1 : self.at[place]]
        before = place - begin
        written = _written_before(term.folded, before)
        if len(gap) > _GAP:
            return False
        if written in _SEPARATORS and not (written == "·" and gap.isspace()):
            return True
        if not ("가" <= self.letters[place - 1] <= "힣" and "가" <= self.letters[place] <= "힣"):
            return False
        return not gap.isspace() or min(before, len(term.letters) - before) >= 2

    def _is_free(self, start: int, end: int) -> bool:
        """Whether no Latin letter or digit goes on at either end, but for a plural s."""
        folded = self.folded
        if start and folded[start] in _ALPHANUMERIC and folded[start - 1] in _ALPHANUMERIC:
            return False
        if folded[end - 1] not in _ALPHANUMERIC:
            return True
        if folded[end : end + 1] == "s" and folded[end - 1].isalpha():
            end += 1
        return folded[end : end + 1] not in _ALPHANUMERIC

    def _has_case(self, term: Term, start: int, end: int) -> bool:
        """Whether the capitals agree, if the term is one of at most three Latin letters."""
        written = [c.isupper() for c in term.written if c.isalpha()]
        if len(written) > 3 or not term.letters.isascii():
            return True
        return written == [c.isupper() for c in self.shown[start:end] if c.isalpha()]


def _written_before(folded: str, letter: int) -> str:
    """What a folded term has before its letter of this number: a separator or another letter."""
    places = (place for place, other in enumerate(folded) if other not in _SEPARATORS)
    return folded[next(islice(places, letter, None)) - 1]


def _longest(hits: list[Hit]) -> list[Hit]:
    """Of overlapping hits the longest, in order; then without those that weigh nothing."""
    if len(hits) == 1:
        return hits if hits[0].term.weight else []
    longest: list[Hit] = []
    overlapping: list[Hit] = []
    reach = 0
    for hit in sorted(hits):
        if hit.start >= reach:
            longest += _apart(overlapping)
            overlapping = []
        overlapping.append(hit)
        reach = max(reach, hit.end)
    longest += _apart(overlapping)
    return [hit for hit in longest if hit.term.weight]


def _apart(hits: list[Hit]) -> list[Hit]:
    """Hits that do not overlap, the longest taken first."""
    if len(hits) < 2:
        return hits
    taken: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.term.weight)):
        if all(hit.end <= other.start or other.end <= hit.start for other in taken):
            taken.append(hit)
    return sorted(taken)


def _number(meeting: int, written: str) -> str:
    """The number as a Korean term has it, or as an English one."""
    if not written.isascii():
        return str(meeting)
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{meeting}{'th' if 10 < meeting % 100 < 14 else endings.get(meeting % 10, 'th')}"
