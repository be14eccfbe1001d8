"""From a term to what is looked for: the ways to read it, the surest first."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from scmtui import hangul
from scmtui.search.exactly import ExactNeedle
from scmtui.search.names import is_hanja, key, written
from scmtui.search.needles import Needle
from scmtui.search.patterns import is_syllable
from scmtui.search.readings import How, Reading
from scmtui.search.streams import bare
from scmtui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scmtui.search.needles import Match, Sought
    from scmtui.search.passages import Passage, Piece
    from scmtui.search.query import Term
    from scmtui.search.searched import Searched


EACH_ERROR = 0.05
"""What a hit loses with every letter that differs."""
LESS_A_SYLLABLE = 0.02
"""What a hit loses with every syllable of a particle or ending that is taken away."""
LESS_FOR_CAPITALS = 0.1
"""What it loses when capitals are not taken for shifted keys but for those of caps lock."""
LESS_FOR_SLIP = 0.3
"""What it loses when the particle does not suit the noun."""


_END_OF_NOUN = re.compile(f"[일인도가]{hangul.PARTICLES}")
"""Particles behind which no other one stands, and another one: the first ends a noun rather."""


class Ask(NamedTuple):
    """What one term asks for: any of these."""

    sought: tuple[Sought, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Pieces of which a passage that answers has one; none: every passage may."""
        rows = [sought.pieces for sought in self.sought]
        return tuple(chain.from_iterable(rows)) if all(rows) else ()

    @property
    def tells(self) -> bool:
        """Whether the streams of a passage tell how well it answers."""
        return all(isinstance(sought, Needle) and sought.tells for sought in self.sought)

    def tier(self, passage: Passage) -> float:
        """A cheap guess, from the streams alone, at what the best match is worth."""
        best = 0.0
        for sought in self.sought:
            if isinstance(sought, Needle) and sought.reading.worth > best:
                best = max(best, sought.tier(passage))
        return best

    def matches(self, passage: Passage) -> list[Match]:
        """Everything in the passage that answers."""
        return list(chain.from_iterable(sought.matches(passage) for sought in self.sought))


def exactly(term: Term, searched: Searched) -> Ask:
    """What a term stands for and nothing more: its words, whole, and its other names."""
    folded = fold(term.text)
    if term.kind == "exact" or not bare(folded):
        return Ask((ExactNeedle(term),))
    literal = Reading(term.text, term.text)
    return Ask(tuple(_exact(folded, literal, searched, half_typed=False, related=False)))


def surely(term: Term, searched: Searched) -> Iterator[Ask]:
    """The ways to read a term without mistakes, each for when those before found nothing.

    As it stands (half-typed, by initials, or under another name, too); as typed on the other
    keyboard layout; without particles.
    """
    folded = fold(term.text)
    if term.kind != "word" or not bare(folded):
        yield exactly(term, searched)
        return
    literal = Reading(term.text, term.text)
    yield Ask((*_exact(folded, literal, searched), *_as_korean_keys(term.text, literal, searched)))
    if is_hanja(term.text):
        yield Ask((Needle(folded, literal, half_typed=False, only_beginnings=True),))
    yield from _together(
        _exact(word, reading, searched, half_typed=len(hangul.keys(word)) > 3)
        for word, reading in _as_english_keys(term.text, literal)
    )
    for breaking in (False, True):
        yield from _together(
            _exact(noun, reading, searched, half_typed=False)
            for noun, reading in _nouns(_meant(term.text, literal), breaking=breaking)
        )


def mistaken(term: Term, searched: Searched) -> Iterator[Ask]:
    """The term with typing mistakes, with its particles or without; a wrong particle is one."""
    if term.kind == "word":
        meant = _meant(term.text, Reading(term.text, term.text))
        fuzzy = (
            Needle(text, reading.then(How.FUZZY, text, less=errors * EACH_ERROR, errors=errors))
            for word, reading in (*meant, *_nouns(meant))
            for errors, text in searched.lexicon.corrections(word)
        )
        slips = (
            Needle(noun, reading, half_typed=False) for noun, reading in _nouns(meant, slips=True)
        )
        yield from _together([fuzzy, slips])


def _meant(term: str, literal: Reading) -> list[tuple[str, Reading]]:
    return [(fold(term), literal), *_as_english_keys(term, literal)]


def _nouns(
    meant: Iterable[tuple[str, Reading]], *, slips: bool = False, breaking: bool | None = None
) -> Iterator[tuple[str, Reading]]:
    """Words, of which the last loses its particles or its ending: those that suit it, or not.

    Only those, or none of those, that are `breaking` a longer noun if that is said: 한미 of
    한미일이.
    """
    for words, reading in meant:
        *before, last = words.split(" ")
        for noun in hangul.nouns(last):
            taken = last[len(noun) :]
            broken = _END_OF_NOUN.fullmatch(taken) is not None
            if hangul.suits(noun, taken) != slips and breaking in (None, broken):
                shorter = " ".join((*before, noun))
                less = LESS_FOR_SLIP if slips else LESS_A_SYLLABLE * (len(last) - len(noun))
                yield shorter, reading.then(How.PARTICLE, shorter, less=less)


def _together(sought: Iterable[Iterable[Sought]]) -> Iterator[Ask]:
    if found := tuple(chain.from_iterable(sought)):
        yield Ask(found)


def _exact(
    folded: str,
    reading: Reading,
    searched: Searched,
    *,
    half_typed: bool = True,
    only_beginnings: bool = False,
    related: bool = True,
) -> Iterator[Sought]:
    yield Needle(
        folded,
        reading,
        half_typed=half_typed,
        only_beginnings=only_beginnings,
        hanja=reading.meant if is_hanja(reading.meant) else "",
    )
    if len(folded) == 1 and not is_hanja(reading.meant):
        return
    for other in (*searched.names.of(reading.meant), *written(folded)):
        if (related or not other.related) and key(other.name) != key(folded):
            yield Needle(
                fold(other.name),
                reading.then(How.RELATED if other.related else How.ALIAS, other.name),
                half_typed=False,
                only_beginnings=not is_hanja(other.name),
                hanja=other.name if is_hanja(other.name) else "",
                without=other.without,
            )


def _as_korean_keys(term: str, literal: Reading, searched: Searched) -> Iterator[Sought]:
    """A Latin word typed in Hangul mode: 랯 is FOC."""
    word = hangul.keys(term).lower()
    if (
        len(word) > 1
        and word != term.lower()
        and word.isascii()
        and word.replace(" ", "").isalpha()
    ):
        yield from _exact(
            word,
            literal.then(How.KOREAN_KEYS, word.upper()),
            searched,
            half_typed=len(word) > 2,
            only_beginnings=True,
        )


def _as_english_keys(term: str, literal: Reading) -> list[tuple[str, Reading]]:
    """Korean words typed without Hangul mode: wjswkrrnjs is 전작권."""
    if not any(character.isascii() and character.isalpha() for character in term):
        return []
    words = dict.fromkeys((hangul.typed(term), hangul.typed(term.lower())))
    return [
        (word, literal.then(How.ENGLISH_KEYS, word, less=LESS_FOR_CAPITALS * number))
        for number, word in enumerate(words)
        if _is_whole(word)
    ]


def _is_whole(word: str) -> bool:
    """Whether the letters make whole syllables, of which the last may have begun."""
    run = [character for character in word if character.isalpha()]
    begun = len(run) > 2 and "ㄱ" <= run[-1] <= "ㅎ"
    return all(map(is_syllable, run[:-1] if begun else run))
