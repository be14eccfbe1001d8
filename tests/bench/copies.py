"""Copies of a document, changed by machine as texts change from year to year, and what is true.

Chance comes from a seed: paragraphs are dropped, put elsewhere, split and merged, sentences move to
other paragraphs, names and numbers change, a few words are replaced, dropped or put in.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scmtui.model import Address, Document, Paragraph, Part
from scmtui.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = {
    "에스퍼": "오스틴",
    "마크 에스퍼(Mark T. Esper)": "로이드 오스틴(Lloyd J. Austin III)",
    "서 욱": "이종섭",
    "서 장관": "이 장관",
    "원인철": "김승겸",
    "밀리(Mark A. Milley)": "브라운(Charles Q. Brown)",
    "에이브람스": "러캐머라",
    "워싱턴": "서울",
}
OFTEN = 0.12
"""The share of the paragraphs to which each kind of change is made, on the average."""
WORDS = 0.04
"""The share of the words that change."""


class Truth(NamedTuple):
    """What is true of a copy: by the numbers of the paragraphs on either side."""

    pairs: frozenset[tuple[int, int]]
    moved: frozenset[tuple[int, int]]
    """Pairs of which the right one was put elsewhere."""
    stands: dict[Address, int]
    """In which paragraph each sentence of the document stands now."""
    travelled: frozenset[Address]
    """The sentences that were put into another paragraph."""


class _Sentence(NamedTuple):
    """A sentence with the address that it comes from and the paragraph that it was put into."""

    address: Address
    home: int
    text: str

    @property
    def travelled(self) -> bool:
        """Whether it was put into another paragraph than its own."""
        return self.address.paragraph != self.home


class _Piece(NamedTuple):
    """A paragraph of the copy on its way."""

    sentences: tuple[_Sentence, ...]
    moved: bool = False

    @property
    def text(self) -> str:
        """Its sentences in order."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def origins(self) -> frozenset[int]:
        """The paragraphs of which it is a piece: all of it, if every sentence was put into it."""
        staying = frozenset(it.home for it in self.sentences if not it.travelled)
        return staying or frozenset(it.address.paragraph or 0 for it in self.sentences)

    @property
    def travelled(self) -> frozenset[Address]:
        """The sentences that come from paragraphs of which this is no piece."""
        return frozenset(
            it.address for it in self.sentences if it.address.paragraph not in self.origins
        )


class Copier:
    """Makes changed copies of a document."""

    def __init__(self, document: Document, chance: random.Random) -> None:
        self._document = document
        self._chance = chance
        self._vocabulary = [
            word
            for item in document.paragraphs
            for part in item.parts
            for word in part.text.split()
        ]

    def copy(self) -> tuple[Document, Truth]:
        """A copy, and what is true of it."""
        pieces = [
            _Piece(tuple(_sentences(self._document.id, item)))
            for item in self._document.paragraphs
            if not self._often()
        ]
        for at in range(len(pieces)):
            if len(pieces[at].sentences) > 2 and self._often():
                self._move_sentence(pieces, at)
        pieces = self._reordered(self._split(self._merged(pieces)))
        paragraphs = [
            Paragraph(number, "", (Part(self.reworded(piece.text), 0, 0),), 0, 0)
            for number, piece in enumerate(pieces, 1)
        ]
        facts = replace(self._document.facts, id="99", meeting=99, paragraphs=len(paragraphs))
        return replace(self._document, facts=facts, paragraphs=tuple(paragraphs)), _truth(pieces)

    def _often(self) -> bool:
        return self._chance.random() < OFTEN

    def _move_sentence(self, pieces: list[_Piece], at: int) -> None:
        """Put a sentence into another paragraph."""
        target = self._chance.choice([place for place in range(len(pieces)) if place != at])
        sentences, there = list(pieces[at].sentences), list(pieces[target].sentences)
        moved = sentences.pop(self._chance.randrange(len(sentences)))
        home = there[0].home
        there.insert(self._chance.randint(0, len(there)), moved._replace(home=home))
        pieces[at], pieces[target] = _Piece(tuple(sentences)), _Piece(tuple(there))

    def _merged(self, pieces: list[_Piece]) -> list[_Piece]:
        found: list[_Piece] = []
        for piece in pieces:
            alone = bool(found) and len(found[-1].origins) == 1
            if alone and self._often():
                found[-1] = _Piece(found[-1].sentences + piece.sentences)
            else:
                found.append(piece)
        return found

    def _split(self, pieces: list[_Piece]) -> list[_Piece]:
        found: list[_Piece] = []
        for piece in pieces:
            many = len(piece.sentences)
            at = self._chance.randrange(1, many) if many > 1 else 0
            if at and len(piece.origins) == 1 and self._often():
                found += [_Piece(piece.sentences[:at]), _Piece(piece.sentences[at:])]
            else:
                found.append(piece)
        return found

    def _reordered(self, pieces: list[_Piece]) -> list[_Piece]:
        """Some paragraphs put to another place; the pieces of a split one stay together."""
        blocks: list[list[_Piece]] = []
        for piece in pieces:
            if blocks and blocks[-1][0].sentences[0].home == piece.sentences[0].home:
                blocks[-1].append(piece)
            else:
                blocks.append([piece])
        for _ in range(len(blocks)):
            if self._chance.random() < OFTEN / 2:
                taken = blocks.pop(self._chance.randrange(len(blocks)))
                place = self._chance.randint(0, len(blocks))
                blocks.insert(place, [piece._replace(moved=True) for piece in taken])
        return [piece for block in blocks for piece in block]

    def reworded(self, text: str) -> str:
        """A text with other names, other numbers and a few other words."""
        for name, other in NAMES.items():
            text = text.replace(name, other)
        words = re.sub(r"\d+", self._number, text).split(" ")
        for _ in range(round(len(words) * WORDS)):
            at = self._chance.randrange(len(words))
            if (what := self._chance.random()) < 0.5:
                words[at] = self._chance.choice(self._vocabulary)
            elif what < 0.75 and len(words) > 3:
                del words[at]
            else:
                words.insert(at, self._chance.choice(self._vocabulary))
        return " ".join(words)

    def _number(self, match: re.Match[str]) -> str:
        changes = self._chance.random() < 0.7
        return str(int(match[0]) + self._chance.randint(1, 5)) if changes else match[0]


def long_pair(document: Document, paragraphs: int) -> tuple[Document, Document]:
    """A document of so many paragraphs and a copy of it with changes throughout.

    It is the document given in other words, again and again. However long, it begins the same.
    """
    lefts: list[Paragraph] = []
    rights: list[Paragraph] = []
    while len(lefts) < paragraphs:
        seed = len(lefts)
        copier = Copier(document, random.Random(seed))
        reworded = tuple(
            replace(
                item,
                parts=tuple(replace(part, text=copier.reworded(part.text)) for part in item.parts),
            )
            for item in document.paragraphs[: paragraphs - seed]
        )
        lefts += reworded
        copied, _ = Copier(replace(document, paragraphs=reworded), random.Random(seed)).copy()
        rights += copied.paragraphs
    left, right = (
        replace(
            document,
            facts=replace(
                document.facts, id=f"x-{paragraphs}-{side}", meeting=None, paragraphs=len(items)
            ),
            paragraphs=tuple(replace(it, number=at) for at, it in enumerate(items, 1)),
        )
        for side, items in (("old", lefts), ("new", rights))
    )
    return left, right


def _truth(pieces: list[_Piece]) -> Truth:
    numbered = [(number, piece) for number, piece in enumerate(pieces, 1)]
    return Truth(
        frozenset((origin, number) for number, it in numbered for origin in it.origins),
        frozenset((origin, number) for number, it in numbered for origin in it.origins if it.moved),
        {it.address: number for number, piece in numbered for it in piece.sentences},
        frozenset().union(*(it.travelled for it in pieces)),
    )


def _sentences(document: str, paragraph: Paragraph) -> Iterator[_Sentence]:
    home = paragraph.number
    for number, part in enumerate(paragraph.parts, 1):
        for count, (start, end) in enumerate(sentences(part.text), 1):
            yield _Sentence(Address(document, home, number, count), home, part.text[start:end])
