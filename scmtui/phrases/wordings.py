"""A phrase as it is looked for: where a passage has it, under the rules that are on."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from scmtui import hangul
from scmtui.phrases.rules import RULES, canonical
from scmtui.search.names import is_hanja
from scmtui.search.passages import Piece
from scmtui.search.patterns import (
    INFLECTED,
    LONGER,
    WHOLE,
    WITH_PARTICLE,
    begins,
    ends,
    is_syllable,
    pattern,
)
from scmtui.search.streams import runs, stream
from scmtui.text import PARTICLE, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from scmtui.phrases.texts import Texts
    from scmtui.search.passages import Passage

    Span = tuple[int, int]

_EDGES = re.compile(r"^[^\w%]*|[^\w%]*$")
_HANGUL_BEFORE = re.compile(r"[가-힣]*$")
_HANGUL = re.compile(r"[가-힣]*")
_PARTICLE = re.compile(f"(?!도$){PARTICLE}")
_NUMBER_BEFORE = re.compile(r"\d[.,·]?$")
_NUMBER = re.compile(r"[.,·]?\d")
_LONGEST_HEAD = 12
"""Syllables of a word before a phrase that are looked at."""
_LONGEST_WORD = 30
"""Letters of a word before and behind a phrase that are named."""
_SHORT = 3
"""Latin letters up to which a name with capitals needs them: US is not us."""


class Found(NamedTuple):
    """A phrase in a passage: the span [start, end) of its folded text, and the name found there."""

    start: int
    end: int
    name: str
    alias: bool
    inside: str = ""
    """The longer word or name in which it stands, and does not count; empty where it counts."""


class Wording:
    """One way to write what is looked for: the phrase itself, or another name of it."""

    def __init__(
        self,
        name: str,
        rules: AbstractSet[str],
        *,
        alias: bool = False,
        without: Iterable[str] = (),
    ) -> None:
        self.name = name
        self.alias = alias
        self._rules = rules
        self._without = tuple(without)
        folded = fold(name)
        self._runs = runs(folded)
        self._syllables = "".join(filter(str.isalnum, "".join(self._runs)))
        self._core = _EDGES.sub("", name)
        self._folded = fold(self._core)
        self._key = canonical(self._core, rules)
        self._same: dict[str, bool] = {}
        self._ends: dict[str, tuple[float, bool]] = {}
        self._hanja = is_hanja(name)
        letters = [character for character in name if character.isalpha()]
        self._capitals = len(letters) <= _SHORT and "".join(letters).isupper()
        start = folded.find(self._folded)
        self._around = folded[:start], folded[start + len(self._core) :]

    def __bool__(self) -> bool:
        return bool(self._runs)

    @cached_property
    def piece(self) -> Piece:
        """The letters without which no passage has the phrase."""
        return Piece("letters", stream(" ".join(self._runs)))

    @cached_property
    def letters(self) -> str:
        """The same without blanks."""
        return self.piece.letters.replace(" ", "")

    @cached_property
    def _loose(self) -> re.Pattern[str]:
        return pattern(self._runs, re.escape, across=True, half_typed=False)

    @property
    def loosely(self) -> str:
        """A regular expression for what may be these words."""
        return self._loose.pattern

    @cached_property
    def _longer(self) -> list[Wording]:
        """The longer names that contain this one and mean something else."""
        return [Wording(name, RULES) for name in self._without]

    @cached_property
    def _any_longer(self) -> re.Pattern[str]:
        """What a passage has when it has one of the longer names."""
        return re.compile("|".join([it.loosely.replace("?P<all>", "") for it in self._longer]))

    def may_stand(self, passage: Passage, texts: Texts) -> bool:
        """Whether the passage has these letters in a row, which is quickly told."""
        if texts.is_scanned:
            return self._syllables in texts.letters(passage)
        return self.letters in passage.bare("letters")

    def matches(self, passage: Passage, texts: Texts) -> list[Found]:
        """Where the passage has these words; none overlap."""
        return [it for it in self.everywhere(passage, texts) if not it.inside]

    def everywhere(self, passage: Passage, texts: Texts) -> list[Found]:
        """The same, and where these words are only the inside of longer ones; those may overlap.

        Of another name the inside of longer words is not looked at.
        """
        found = list(self._found(passage, texts))
        if found and self._without and self._any_longer.search(passage.folded):
            taken = [it for longer in self._longer for it in longer.matches(passage, texts)]
            found = [self._or_inside(it, taken, passage) for it in found]
        return [it for it in found if not (self.alias and it.inside)]

    @staticmethod
    def _or_inside(it: Found, taken: Iterable[Found], passage: Passage) -> Found:
        """What was found, or what it is when a longer name makes another thing of it."""
        for longer in taken:
            if not it.inside and _takes(longer, it, passage.folded):
                name = passage.shown[longer.start : longer.end]
                return it._replace(inside=" ".join(name.split()))
        return it

    def _found(self, passage: Passage, texts: Texts) -> Iterator[Found]:
        folded = passage.folded
        match = self._loose.search(folded)
        shown = passage.shown if match else ""
        while match:
            start, end = span = match.span()
            same = self._is(shown[start:end], folded, span)
            found = same and self._stands(folded, span, texts)
            if found:
                yield Found(start, end, self.name, self.alias)
            elif same and not self.alias and (longer := self._inside(shown, span)):
                yield Found(start, end, self.name, self.alias, longer)
            match = self._loose.search(folded, end if found else start + 1)

    def _inside(self, shown: str, span: Span) -> str:
        """The longer word of a text in which the phrase stands here, without its particle.

        Empty where it does not stand at all: a part of a number is another number, and a syllable
        or three across a blank are no word.
        """
        start, end = span
        if shown[start].isdigit() and _NUMBER_BEFORE.search(shown[max(0, start - 2) : start]):
            return ""
        if shown[end - 1].isdigit() and _NUMBER.match(shown, end):
            return ""
        if self._size <= _SHORT and self._parted(shown[start:end]):
            return ""
        first, last = start, end
        while first and first > start - _LONGEST_WORD and shown[first - 1].isalnum():
            first -= 1
        while shown[last : last + 1].isalnum() and last < end + _LONGEST_WORD:
            last += 1
        if last - first == end - start:
            return ""
        phrase = " ".join(shown[start:end].split())
        word = shown[first:start] + phrase + shown[end:last]
        return _noun(word, start - first + len(phrase) + (first == start))

    def _is(self, shown: str, folded: str, span: Span) -> bool:
        """Whether what stands there is the phrase, under the rules that are on."""
        if self._hanja:
            return shown == self.name
        if self._capitals and not shown.isupper():
            return False
        if shown not in self._same:  # a phrase is written in few ways, many times
            self._same[shown] = canonical(shown, self._rules) == self._key
        if not self._same[shown]:
            return False
        before, after = self._around
        if "quotes" in self._rules:
            return True
        start, end = span
        return folded[:start].endswith(before) and folded.startswith(after, end)

    def _stands(self, folded: str, span: Span, texts: Texts) -> bool:
        """Whether it stands there as words of its own, with what may join them."""
        start, end = span
        if self._hanja:
            return True
        begun = begins(folded, start)
        worth, may_end = self._ending(folded, end, texts)
        matched = folded[start:end]
        parted = matched != self._folded and self._parted(matched)
        if parted and not (begun and (worth > LONGER or self._size > 3)):
            return False
        return may_end and (
            begun or (self._joins and not self.alias and _is_joined(folded[:start], texts))
        )

    def _ending(self, folded: str, end: int, texts: Texts) -> tuple[float, bool]:
        """What a match is worth that ends here, and whether it may; the words behind repeat."""
        if not is_syllable(folded[end - 1]):
            worth = ends(folded, end)
            return worth, self._may_end(folded, end, worth, texts)
        behind = _HANGUL.match(folded, end)
        word = folded[end - 1 : behind.end() if behind else end]
        if word not in self._ends:
            worth = ends(word, 1)
            self._ends[word] = worth, self._may_end(word, 1, worth, texts)
        return self._ends[word]

    @cached_property
    def _size(self) -> int:
        """Syllables and letters."""
        return sum(map(len, self._runs))

    @property
    def _joins(self) -> bool:
        """Whether another word may join it without a blank."""
        return "compounds" in self._rules and self._size > 1

    def _may_end(self, folded: str, end: int, worth: float, texts: Texts) -> bool:
        """Whether what follows in the same word leaves the phrase what it is."""
        if worth == WHOLE:
            return True
        rest = _HANGUL.match(folded, end)
        tail = rest[0] if rest else ""
        if worth == WITH_PARTICLE and tail and not _follows(folded[end - 1], tail):
            worth = LONGER
        if worth in (WITH_PARTICLE, INFLECTED):
            return "particles" in self._rules and (worth == WITH_PARTICLE or self._size > 1)
        return worth == LONGER and self._joins and texts.knows(tail)

    def _parted(self, matched: str) -> bool:
        """Whether the text has a blank where none was written."""
        return len(matched.split()) > len(self._core.split()) and is_syllable(matched[0])


@cache
def _noun(word: str, least: int) -> str:
    """A word without the particles behind it, of which at least so many characters are left."""
    *before, last = word.rpartition(" ")
    for noun in reversed(hangul.nouns(last)):
        particle, shorter = last[len(noun) :], "".join((*before, noun))
        if len(shorter) >= least and _PARTICLE.fullmatch(particle) and hangul.suits(noun, particle):
            return shorter
    return word


@cache
def _follows(noun: str, particle: str) -> bool:
    """Whether this is a particle of the noun, and not the end of a longer one: 미사일, 전문가."""
    return particle != "일" and hangul.suits(noun, particle)


def _is_joined(before: str, texts: Texts) -> bool:
    """Whether the word that goes on from this text began with a word of its own."""
    head = _HANGUL_BEFORE.search(before[-_LONGEST_HEAD:])
    return head is not None and texts.knows(head[0])


def _takes(longer: Found, found: Found, folded: str) -> bool:
    """Whether a longer name makes another thing of what was found.

    Korean words in front do (미래 연합사), one that follows as a word of its own does not: 국방부
    stands in 국방부 장관, but not in 국방부장관.
    """
    if longer.end <= found.start or found.end <= longer.start:
        return False
    if longer.start < found.start:
        return True
    apart = is_syllable(folded[found.end - 1]) and folded[found.end : found.end + 1].isspace()
    return found.end < longer.end and not apart
