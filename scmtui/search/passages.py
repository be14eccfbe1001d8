"""Paragraphs as they are searched, and where they are kept.

Each paragraph has *streams*: its letters (`hangul.letters`), one byte a letter, with the words set
apart by blanks (`spaced`) or not (`bare`), and the same with each syllable reduced to its initial
consonant. A stream only says which paragraphs are worth a look; what is a match, and where, is
decided in the folded text, so that every span is one of the text as shown.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from scmtui import hangul, text
from scmtui.model import Address

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from scmtui.model import Facts, Paragraph

BREAK = "\x1f"
"""Stands between the heading and the parts of a passage; clean text never contains it."""

Stream = Literal["letters", "initials"]

_TOKEN = re.compile(
    r"[가-힣ㄱ-ㆎ]+|\d+(?:,\d{3})+(?!\d)|\d+(?:\.\d+(?![.\d]))?|%|[^\W\d_가-힣ㄱ-ㆎ]+"
)
_PLACED = re.compile(f"{_TOKEN.pattern}|{BREAK}")
# The letters take the places of the C1 controls, which clean text does not contain either.
_BYTES = {
    ord(letter): 0x80 + number
    for number, letter in enumerate(
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ"
    )
}
_PLAIN = str.maketrans("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ")


def tokens(folded: str) -> list[str]:
    """The runs of one script in a folded text: "제52차 SCM에" is 제, 52, 차, scm, 에."""
    return [token.replace(",", "") for token in _TOKEN.findall(folded)]


def letters(folded: str) -> str:
    """The stream of a folded text: its tokens, a byte a letter, with a blank between two."""
    return " ".join(map(hangul.letters, tokens(folded))).translate(_BYTES)


def initials(folded: str) -> str:
    """The stream of initial consonants, tense ones as their plain counterparts."""
    plain = " ".join(map(hangul.initials, tokens(folded))).translate(_PLAIN)
    return hangul.letters(plain).translate(_BYTES)


class _Words(dict[str, str]):
    """Words as read → their stream, filled as words are met: a text repeats most of its words."""

    def __init__(self, stream: Stream) -> None:
        super().__init__()
        self._stream = letters if stream == "letters" else initials

    def __missing__(self, word: str) -> str:
        stream = self[word] = self._stream(text.fold(word))
        return stream

    def of(self, passage: str) -> str:
        return " ".join(filter(None, map(self.__getitem__, passage.split(" "))))


class Vocabulary:
    """The words of a store with their streams, so that no word is taken apart twice."""

    def __init__(self) -> None:
        self.letters = _Words("letters")
        self.initials = _Words("initials")


class Passage:
    """One paragraph: where it stands, its heading and parts, its streams when they are needed."""

    def __init__(self, facts: Facts, paragraph: Paragraph, vocabulary: Vocabulary) -> None:
        self.facts = facts
        self.number = paragraph.number
        self.texts = (paragraph.heading, *(part.text for part in paragraph.parts))
        """The heading, empty if there is none, and then the parts."""
        self._vocabulary = vocabulary

    @property
    def address(self) -> Address:
        """The address of the paragraph."""
        return Address(self.facts.id, self.number)

    def part(self, index: int) -> Address:
        """The address of a part; that of the heading (0) is the paragraph's own."""
        return Address(self.facts.id, self.number, index or None)

    @property
    def shown(self) -> str:
        """Heading and parts as shown, with a BREAK between two."""
        return BREAK.join(self.texts)

    @cached_property
    def folded(self) -> str:
        """Heading and parts, folded, with a BREAK between two."""
        return text.fold(self.shown)

    @cached_property
    def bounds(self) -> list[int]:
        """Where the heading and each part begin in `folded`."""
        starts, at = [], 0
        for part in self.texts:
            starts.append(at)
            at += len(part) + 1
        return starts

    @cached_property
    def places(self) -> list[int]:
        """For each letter of `bare`, the character of `folded` that it belongs to."""
        return [
            match.start() + index
            for match in _PLACED.finditer(self.folded)
            for index, character in enumerate(match[0])
            if character != "," or len(match[0]) == 1
            for _ in hangul.letters(character)
        ]

    @cached_property
    def beginnings(self) -> list[int]:
        """Where in `bare` the words begin, a BREAK being one."""
        lengths = map(len, filter(None, self.spaced.split(" ")))
        return list(accumulate(lengths, initial=0))

    def _spaced(self, words: _Words) -> str:
        return f" {f' {BREAK} '.join(map(words.of, self.texts))} "

    @cached_property
    def spaced(self) -> str:
        """The letters, the words set apart by blanks; it begins and ends with one."""
        return self._spaced(self._vocabulary.letters)

    @cached_property
    def bare(self) -> str:
        """The letters without blanks."""
        return self.spaced.replace(" ", "")

    @cached_property
    def spaced_initials(self) -> str:
        """The initial consonants, the words set apart by blanks."""
        return self._spaced(self._vocabulary.initials)

    @cached_property
    def bare_initials(self) -> str:
        """The initial consonants without blanks."""
        return self.spaced_initials.replace(" ", "")


class Piece(NamedTuple):
    """Letters, without blanks, that the stream of a paragraph must contain."""

    stream: Stream
    letters: str


class Store(Protocol):
    """Where passages are kept: in memory, or in a table that knows which letters stand where.

    A store may give passages that do not match (every one is looked at), but must give all that
    contain the pieces, in reading order.
    """

    @property
    def documents(self) -> Sequence[Facts]:
        """The facts of every document, in the order in which equal hits are listed."""
        ...

    def passages(
        self, pieces: Sequence[Sequence[Piece]], documents: Container[str]
    ) -> Iterator[Passage]:
        """The paragraphs of these documents that contain, of each row of pieces, at least one.

        A row that is empty, or has an empty piece, asks for nothing.
        """
        ...

    def names(self) -> Iterable[tuple[str, str]]:
        """The pairs of a name and its abbreviation (`names.pairs`) in all documents."""
        ...
