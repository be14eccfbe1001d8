"""Queries damaged by machine as fingers and habits damage them, with the addresses they must find.

Words come from the texts, chance from a seed: the program has never seen the queries.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scmtui import hangul
from scmtui.model import Address

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Iterator

    from scmtui.model import Document

KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
PARTICLES = (
    *"은는이가을를의에와과도만로",
    *("에서", "에게", "으로", "까지", "부터", "에서의", "에서는", "으로의", "으로부터", "에도"),
    *("에게도", "와의", "까지도", "만을", "처럼", "보다", "마다", "조차", "들은", "들의"),
)
ENDINGS = (
    *("하기로", "하였다", "하는", "하고", "했다", "되었다", "되는", "하며", "하기", "해야", "하여"),
    *("시키는", "한다", "함", "됨", "할"),
)
EVERYDAY = (Path(__file__).parents[1] / "data" / "everyday.txt").read_text(encoding="utf-8").split()


class Case(NamedTuple):
    """A query, its kind, and the addresses of the paragraphs of which it must find one."""

    query: str
    kind: str
    expected: frozenset[Address]


def labelled(file: Path) -> Iterator[Case]:
    """The labelled queries of a file; 57 stands for the article on the 57th meeting."""
    for line in file.read_text(encoding="utf-8").splitlines()[1:]:
        query, kind, expected = line.split("\t")
        addresses = (re.sub("^57:", "57-article:", address) for address in expected.split())
        yield Case(query, kind, frozenset(map(Address.parse, addresses)))


class Damage:
    """Makes queries of every kind from the words of documents."""

    def __init__(
        self, documents: Iterable[Document], chance: random.Random, inflected: float = 0.15
    ) -> None:
        self._chance = chance
        self._inflected = inflected
        self._paragraphs = [
            (
                Address(document.id, paragraph.number),
                " / ".join((paragraph.heading, *(part.text for part in paragraph.parts))),
            )
            for document in documents
            for paragraph in document.paragraphs
        ]
        runs = {run for _, text in self._paragraphs for run in re.findall("[가-힣]{2,}", text)}
        self._syllables = sorted({syllable for run in runs for syllable in run})
        self._runs = sorted(runs)
        self._nouns = _nouns(runs)
        self._bare = {address: re.sub(r"[\W_]", "", text) for address, text in self._paragraphs}

    def cases(self, count: int) -> Iterator[Case]:
        """`count` queries of each kind."""
        kinds: dict[str, Callable[[], tuple[str, str]]] = {
            "typo": self._typo,
            "initials": self._initials,
            "layout": self._layout,
            "blanks": self._blanks,
            "particles": self._particle,
            "endings": self._ending,
            "half": self._half,
            "nfd": self._nfd,
            "mixed": self._mixed,
        }
        for kind, make in kinds.items():
            made: set[str] = set()
            while len(made) < count:
                query, word = make()
                if query not in made:
                    made.add(query)
                    yield Case(query, kind, self._containing(word))
        everyday = (word for word in EVERYDAY if not self.occurs(word))
        yield from (Case(word, "everyday", frozenset()) for word in everyday)
        yield from (Case(self._pseudo(), "pseudo", frozenset()) for _ in range(count))

    def _containing(self, word: str) -> frozenset[Address]:
        bare = re.sub(r"[\W_]", "", word)
        return frozenset(address for address, text in self._bare.items() if bare in text)

    def occurs(self, word: str) -> bool:
        """Whether the letters of a word stand somewhere in the texts."""
        return bool(self._containing(word))

    def _word(self, least: int, most: int = 9) -> str:
        """Mostly a noun, sometimes a word with whatever follows the noun in it."""
        while True:
            inflected = self._chance.random() < self._inflected
            word: str = self._chance.choice(self._runs if inflected else self._nouns)
            if least <= len(word) <= most:
                return word

    def _pair(self) -> str:
        while True:
            _, text = self._chance.choice(self._paragraphs)
            pairs: list[str] = re.findall("(?<![가-힣])(?=([가-힣]{2,6} [가-힣]{2,6}))", text)
            if pairs:
                return str(self._chance.choice(pairs))

    def _typo(self) -> tuple[str, str]:
        while True:
            word = self._word(3)
            keys = list(hangul.keys(word))
            for _ in range(1 if len(keys) < 11 or self._chance.random() < 0.7 else 2):
                self._slip(keys)
            query = hangul.typed("".join(keys))
            if not self.occurs(query):
                return query, word

    def _slip(self, keys: list[str]) -> None:
        """A neighbouring key, a key left out, struck twice, or two keys swapped."""
        at = self._chance.randrange(len(keys) - 1)
        match self._chance.randrange(5):
            case 0 | 1:
                keys[at] = self._chance.choice(_neighbours(keys[at]))
            case 2:
                del keys[at]
            case 3:
                keys.insert(at, keys[at])
            case _:
                keys[at], keys[at + 1] = keys[at + 1], keys[at]

    def _initials(self) -> tuple[str, str]:
        word = self._word(3)
        return hangul.initials(word), word

    def _layout(self) -> tuple[str, str]:
        word = self._word(2) if self._chance.random() < 0.7 else self._pair()
        return hangul.keys(word), word

    def _blanks(self) -> tuple[str, str]:
        if self._chance.random() < 0.5:
            pair = self._pair()
            return pair.replace(" ", ""), pair
        word = self._word(3)
        at = self._chance.randrange(1, len(word))
        return f"{word[:at]} {word[at:]}", word

    def _particle(self) -> tuple[str, str]:
        while True:
            word = self._chance.choice(self._nouns)
            query = word + self._chance.choice(PARTICLES)
            if not self.occurs(query):
                return query, word

    def _ending(self) -> tuple[str, str]:
        while True:
            _, text = self._chance.choice(self._paragraphs)
            stems: list[str] = re.findall("([가-힣]{2,5})(?:하|되)[가-힣]", text)
            query = self._chance.choice(stems or ["없음"]) + self._chance.choice(ENDINGS)
            if stems and not self.occurs(query):
                return query, re.sub("|".join(map("{}$".format, ENDINGS)), "", query)

    def _half(self) -> tuple[str, str]:
        """A word of which a syllable is still being composed."""
        while True:
            word = self._word(3)
            keys = hangul.keys(word)
            least = len(hangul.keys(word[:2]))
            query = hangul.typed(keys[: self._chance.randrange(least, len(keys))])
            if not word.startswith(query):
                return query, word

    def _nfd(self) -> tuple[str, str]:
        word = self._word(2)
        return unicodedata.normalize("NFD", word), word

    def _mixed(self) -> tuple[str, str]:
        word = self._word(3)
        at = self._chance.randrange(1, len(word))
        if self._chance.random() < 0.5:
            return hangul.initials(word[:at]) + word[at:], word
        return word[:at] + hangul.initials(word[at:]), word

    def _pseudo(self) -> str:
        while True:
            size = self._chance.choice((3, 3, 4, 4, 5))
            word = "".join(self._chance.choices(self._syllables, k=size))
            if not self.occurs(word):
                return word


def _nouns(runs: set[str]) -> list[str]:
    """What stands in the texts with two different particles, or with one and alone."""
    found: dict[str, set[str]] = {}
    for run in runs:
        if cut := re.fullmatch(
            "(..+?)(에서의|에서는|에서|으로의|으로|에게|부터|까지|[은는이가을를의에와과도로만]|)",
            run,
        ):
            found.setdefault(cut[1], set()).add(cut[2])
    return sorted(noun for noun, particles in found.items() if len(particles) > 1)


def _neighbours(key: str) -> str:
    row = next(row for row in KEYBOARD if key.lower() in row)
    at = row.index(key.lower())
    return row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
