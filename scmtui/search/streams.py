"""Text as a stream of letters, or of initial consonants, one byte each.

A stream tells quickly which words and paragraphs are worth a look: a half-typed word is a plain
prefix of the whole one. Its *runs*, pieces of one script, stand apart: "제52차 SCM에" is 제, 52,
차, scm, 에, each in its letters.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from scmtui import hangul
from scmtui.text import fold

Stream = Literal["letters", "initials"]

_RUN = re.compile(
    r"[가-힣ㄱ-ㆎ]+|\d+(?:,\d{3})+(?!\d)|(?<!\d\.)\d+\.\d+(?![.\d])|\d+|%|[^\W\d_가-힣ㄱ-ㆎ]+"
)
_ALL_HANGUL = re.compile("[가-힣]+")
# The letters take the places of @, A to Z and [ to `, none of which is left in a folded run.
_BYTES = {
    ord(letter): ord("@") + number
    for number, letter in enumerate(
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ"
    )
}
_HANGUL = "".join(map(chr, _BYTES.values()))
_CONSONANTS, _VOWELS = _HANGUL[:19], tuple(_HANGUL[19:])
_BACK = {byte: letter for letter, byte in _BYTES.items()}
_HANGUL_LETTERS = re.compile("[@-`]+")
_PLAIN = str.maketrans("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ")


class _Letters(dict[str, str]):
    def __missing__(self, character: str) -> str:
        stream = self[character] = hangul.letters(character).translate(_BYTES)
        return stream


class _Initials(dict[str, str]):
    def __missing__(self, character: str) -> str:
        plain = hangul.initials(character).translate(_PLAIN)
        stream = self[character] = hangul.letters(plain).translate(_BYTES)
        return stream


_OF: dict[Stream, dict[str, str]] = {"letters": _Letters(), "initials": _Initials()}


def runs(folded: str) -> list[str]:
    """The runs of one script in a folded text; marks and blanks stand between them."""
    return [run.replace(",", "") for run in _RUN.findall(folded)]


def stream(folded: str, kind: Stream = "letters") -> str:
    """The letters, or the initials, of a folded text, with a blank between two runs.

    Tense initials are given as their plain counterparts, so that ㄱ finds ㄲ.
    """
    letters = _OF[kind].__getitem__
    if _ALL_HANGUL.fullmatch(folded):
        return "".join(map(letters, folded))
    return " ".join("".join(map(letters, run)) for run in runs(folded))


def bare(folded: str) -> str:
    """The letters of a folded text, without blanks."""
    return stream(folded).replace(" ", "")


def spelt(letters: str) -> str:
    """The text of a stream of letters: syllables are put together again."""
    return _HANGUL_LETTERS.sub(
        lambda run: hangul.typed(hangul.keys(run[0].translate(_BACK))), letters
    )


def ends_syllable(letters: str, end: int) -> bool:
    """Whether a syllable, or a run, ends here in a stream of bare letters.

    A consonant before a vowel begins a syllable; every other letter goes on with one.
    """
    following = letters[end : end + 2]
    if not following[:1] or following[0] not in _HANGUL:
        return True
    return following[0] in _CONSONANTS and following[1:] in _VOWELS


class Words(dict[str, str]):
    """Words as read → their streams, filled as words are met: a text repeats most of its words."""

    def __init__(self, kind: Stream) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, word: str) -> str:
        found = self[word] = stream(word if _ALL_HANGUL.fullmatch(word) else fold(word), self._kind)
        return found

    def of(self, text: str) -> str:
        """The stream of a text as read."""
        return " ".join(filter(None, map(self.__getitem__, text.split())))


class Vocabulary:
    """The words of a store with their streams, so that no word is taken apart twice."""

    @cached_property
    def letters(self) -> Words:
        """Words → letters."""
        return Words("letters")

    @cached_property
    def initials(self) -> Words:
        """Words → initial consonants."""
        return Words("initials")
