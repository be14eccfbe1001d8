"""A phrase as it was asked for: the ways to write it, its other names, and what is only related."""

from __future__ import annotations

import re
from itertools import islice, product
from typing import TYPE_CHECKING, NamedTuple

from scmtui import hangul
from scmtui.phrases.rules import RULES
from scmtui.phrases.wordings import Wording
from scmtui.search.names import Alternative, is_hanja, key, written
from scmtui.search.passages import Piece
from scmtui.search.patterns import is_syllable
from scmtui.search.streams import stream
from scmtui.text import PARTICLE, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from scmtui.model import Facts
    from scmtui.phrases.texts import Texts

MOST = 60
"""Ways to write a phrase with other names in it, at most."""
LONGEST_NAME = 8
"""Words in a name that is recognised within a phrase."""

_NUMBER_DOT = re.compile(r"(?<=\d)[.-](?=\d)")
_PARTICLE = re.compile(f"(?!도$){PARTICLE}")
_MARKED = re.compile(r"(?P<before>[^\w%]*)(?P<phrase>.*?)(?P<after>[^\w%]*)")
_USUAL = "'\"‘’“”「」『』《》〈〉.,:;?!…·-"
"""Marks around a phrase that nobody has to be told of."""
_PAIRS = (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"))
"""Particles with one form behind a consonant and another one behind a vowel."""


class Readings(NamedTuple):
    """What is looked for, and what is looked for apart."""

    phrase: str
    asked: str
    """What was typed, when that was read in another way; else empty."""
    marks: str
    """The marks around what was typed that do not count; empty when there are only usual ones."""
    wordings: tuple[Wording, ...]
    related: tuple[Wording, ...]
    longer: tuple[Wording, ...]
    """Longer names that contain one of the names and mean something else."""

    @property
    def names(self) -> tuple[str, ...]:
        """The other names that count as the phrase."""
        return tuple(wording.name for wording in self.wordings if wording.alias)

    @property
    def languages(self) -> frozenset[str]:
        """The languages in whose documents one of the names may stand."""
        return frozenset(
            language
            for wording in self.wordings
            for language in (("ko",) if _is_korean(wording.name) else ("ko", "en"))
        )

    def language(self, known: Iterable[Facts]) -> str:
        """The phrase's own language; that of official documents at hand if it may be either."""
        if _is_korean(self.phrase):
            return "ko"
        official = {facts.language for facts in known if facts.official}
        return "ko" if official == {"ko"} else "en"


def read(phrase: str, texts: Texts, rules: AbstractSet[str]) -> Readings:
    """The ways to write a phrase under these rules; Korean may be typed without Hangul mode."""
    asked, (phrase, marks) = phrase, _unmarked(phrase, rules)
    phrase = _typed(phrase, texts)
    nouns = [phrase, *_without_particle(phrase)] if "particles" in rules else [phrase]
    if "dots" in rules:
        nouns = list(dict.fromkeys((*nouns, *(_NUMBER_DOT.sub("·", noun) for noun in nouns))))
    # Names are looked up in any case: what is related, or longer, is told whatever counts.
    others = [it for noun in nouns for it in texts.names.of(noun)]
    same = {key(it.name): it for it in others if not it.related}
    own = tuple(dict.fromkeys(name for it in same.values() for name in it.without))
    if "aliases" in rules:
        same |= {key(it.name): it for noun in nouns for it in _elsewise(noun, texts)}
    else:
        same = {}
    taken = {key(noun) for noun in nouns}
    wordings = [Wording(noun, rules, without=own) for noun in nouns]
    wordings += [
        Wording(it.name, rules, alias=True, without=it.without)
        for name, it in same.items()
        if name not in taken
    ]
    related = {key(it.name): it for it in others if it.related}
    return Readings(
        phrase,
        "" if asked == phrase else asked,
        marks,
        tuple(filter(None, wordings)),
        tuple(
            Wording(it.name, RULES, alias=True, without=it.without)
            for it in related.values()
            if not is_hanja(it.name)
        ),
        tuple(Wording(name, RULES) for name in own),
    )


def _unmarked(phrase: str, rules: AbstractSet[str]) -> tuple[str, str]:
    """What is looked for of a phrase, and the marks around it that are left out.

    Of quotation marks and full stops alone nothing is said.
    """
    match = _MARKED.fullmatch(phrase)
    if match is None or "quotes" not in rules:
        return phrase, ""
    marks = "".join(dict.fromkeys(f"{match['before']}{match['after']}".replace(" ", "")))
    if not marks.strip(_USUAL):
        return phrase, ""
    return match["phrase"], marks


def _typed(phrase: str, texts: Texts) -> str:
    """What was meant by keys typed on the English keyboard: wjswkrrnjs is 전작권.

    That is taken so when it makes whole syllables, and a text has these but not what was typed.
    """
    typed = hangul.typed(phrase)
    letters = [letter for letter in typed if letter.isalpha()]
    if typed == phrase or not all(map(is_syllable, letters)) or texts.names.of(phrase):
        return phrase
    return typed if _stands(typed, texts) and not _stands(phrase, texts) else phrase


def _stands(phrase: str, texts: Texts) -> bool:
    """Whether a text has the letters of a phrase."""
    ids = frozenset(facts.id for facts in texts.documents)
    pieces = [[Piece("letters", stream(fold(phrase)))]]
    return next(iter(texts.store.passages(pieces, ids)), None) is not None


def _is_korean(name: str) -> bool:
    return any("가" <= letter <= "힣" or "一" <= letter <= "鿿" for letter in name)


def _without_particle(phrase: str) -> Iterator[str]:
    """The phrase without the particle that the reader wrote behind it.

    Only what can hardly be the end of a noun is taken for one: 한미일 is not 한미, nor 한반도 한반.
    """
    *before, last = phrase.split(" ")
    for noun in hangul.nouns(last):
        particle = last[len(noun) :]
        if _PARTICLE.fullmatch(particle) and hangul.suits(noun, particle):
            yield " ".join((*before, noun))


def _elsewise(phrase: str, texts: Texts) -> Iterator[Alternative]:
    """The same number or date written in other ways, and the phrase with other names in it."""
    yield from written(fold(phrase))
    units = list(_units(phrase.split(" "), texts))
    if len(units) > 1 and any(len(unit) > 1 for unit in units):
        ways = islice(product(*units), 1, MOST)
        for way in ways:
            without = tuple(name for it in way for name in it.without)
            yield way[0]._replace(name=" ".join(it.name for it in way), without=without)


def _fits(name: str, korean: bool) -> bool:
    """Whether a name can stand among words of a language: 북한의 완전한 denuclearization cannot."""
    return name.isupper() or (_is_korean(name) == korean and not is_hanja(name))


def _units(words: list[str], texts: Texts) -> Iterator[list[Alternative]]:
    """The words, those together that make one name, each with its other names behind it."""
    korean = any(map(_is_korean, words))
    while words:
        for size in range(min(len(words), LONGEST_NAME), 0, -1):
            unit = " ".join(words[:size])
            others = [*_others(unit, texts, korean), *_with_particle(unit, texts, korean)]
            if others or size == 1:
                without = tuple(dict.fromkeys(name for it in others for name in it.without))
                yield [Alternative(unit, False, without), *others]
                del words[:size]
                break


def _others(unit: str, texts: Texts, korean: bool) -> list[Alternative]:
    return [it for it in texts.names.of(unit) if not it.related and _fits(it.name, korean)]


def _with_particle(unit: str, texts: Texts, korean: bool) -> Iterator[Alternative]:
    """The other names of a unit that ends with a particle, each with the form that suits it."""
    for noun in _without_particle(unit):
        particle = unit[len(noun) :]
        forms = next((pair for pair in _PAIRS if particle in pair), (particle,))
        for it in _others(noun, texts, korean):
            for form in forms:
                if not _is_korean(it.name[-1]) or hangul.suits(it.name, form):
                    yield it._replace(name=it.name + form)
