"""Hangul by arithmetic: letters of a syllable, the 두벌식 keyboard, initial consonants, particles.

A *letter* here is a jamo that one key types (ㄱ, ㄲ, ㅏ, ㅐ, ㅒ). What takes several keys is split
(ㅝ is ㅜㅓ, ㄳ is ㄱㅅ), so that every state of a half-typed word is a plain prefix of the letters
of the whole word. Text is taken as NFC or NFD.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_INITIALS, _VOWELS, _FINALS, _CONSONANTS = (
    row.split(" ")
    for row in (
        "r R s e E f a q Q t T d w W c z x v g",
        "k o i O j p u P h hk ho hl y n nj np nl b m ml l",
        " r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g",
        "r R rt s sw sg e E f fr fa fq ft fx fv fg a q Q qt t T d w W c z x v g",
    )
)
_SINGLES = dict(enumerate(_CONSONANTS + _VOWELS, 0x3131))
_SINGLES |= dict(enumerate(_INITIALS, 0x1100))
_SINGLES |= dict(enumerate(_VOWELS, 0x1161))
_SINGLES |= dict(enumerate(_FINALS[1:], 0x11A8))
_JAMO = {strokes: chr(code) for code, strokes in _SINGLES.items() if code >= 0x3131}

_KEYBOARD = re.compile(r"[A-Za-z]+")
_SYLLABLE = re.compile(
    "(?P<initial>[rRseEfaqQtTdwWczxvg])"
    "(?P<vowel>h[kol]|n[jpl]|ml|[koiOjpuPhynbml])"
    # a consonant before a vowel begins the next syllable
    "(?P<final>(?:rt|s[wg]|f[raqtxvg]|qt|[rRsefaqtTdwczxvg])(?![koiOjpuPhynbml]))?"
    "|h[kol]|n[jpl]|ml|[A-Za-z]"
)


@cache
def _strokes(character: str) -> str:
    code = ord(character)
    if not "가" <= character <= "힣":
        return _SINGLES.get(code, character)
    initial, rest = divmod(code - 0xAC00, 588)
    vowel, final = divmod(rest, 28)
    return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]


@cache
def _letters(character: str) -> str:
    strokes = _strokes(character)
    return character if strokes == character else "".join(map(_JAMO.__getitem__, strokes))


@cache
def _initial(character: str) -> str:
    return _letters(character)[0] if "가" <= character <= "힣" else character


def keys(text: str) -> str:
    """The keys of the 두벌식 layout that type this text: "허" is "gj", "ㅒ" is "O".

    A capital (of Q W E R T O P) stands for shift; what is not Hangul stays as it is.
    """
    return "".join(map(_strokes, unicodedata.normalize("NFC", text)))


def typed(keys: str) -> str:
    """What these keys type in Hangul mode: "wjswkrrnjs" is "전작권", "w" is "ㅈ"."""
    return _KEYBOARD.sub(lambda run: _SYLLABLE.sub(_composed, _layout(run[0])), keys)


def letters(text: str) -> str:
    """The text with every syllable and compound taken apart: "권" is "ㄱㅜㅓㄴ"."""
    return "".join(map(_letters, unicodedata.normalize("NFC", text)))


def initials(text: str) -> str:
    """The text with every syllable reduced to its initial consonant (초성): "권" is "ㄱ"."""
    return "".join(map(_initial, unicodedata.normalize("NFC", text)))


def _layout(run: str) -> str:
    return "".join(key if key in "QWERTOP" else key.lower() for key in run)


def _composed(match: re.Match[str]) -> str:
    initial, vowel, final = match.group("initial", "vowel", "final")
    if initial is None:
        return _JAMO[match[0]]
    code = _INITIALS.index(initial) * 588 + _VOWELS.index(vowel) * 28 + _FINALS.index(final or "")
    return chr(0xAC00 + code)
