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

_SYLLABLE = (
    "(?P<initial>[rRseEfaqQtTdwWczxvg])"
    "(?P<vowel>h[kol]|n[jpl]|ml|[koiOjpuPhynbml])"
    # a consonant before a vowel begins the next syllable
    "(?P<final>(?:rt|s[wg]|f[raqtxvg]|qt|[rRsefaqtTdwczxvg])(?![koiOjpuPhynbml]))?"
    "|h[kol]|n[jpl]|ml|[A-Za-z]"
)


_LONGEST_ENDING = 10
_AFTER_CONSONANT = (
    "으로부터|으로써|으로서|으로|은|을|과|이라도|이라는|이라고|이란|이나마|이나|이든지|이며|이랑|이"
)
_AFTER_VOWEL = "로부터|로써|로서|로|는|를|와|라도|라는|라고|란|나마|나|든지|며|랑|가"
_AFTER_ANY = (
    "에게서|에게|에서|에|께서|께|한테서|한테|의|도|만|까지|부터|마저|조차|마다|처럼|같이|보다|대로|만큼|밖에"
    "|뿐|하고|들|이다|이었다|이었던|이자|인|임|일"
)
PARTICLES = f"(?:{_AFTER_CONSONANT}|{_AFTER_VOWEL}|{_AFTER_ANY}){{1,4}}"
"""A pattern of what may follow a noun: particles (조사), also several, and the copula."""
INFLECTIONS = "(?:[하한할함합해했되된될됨됩돼됐받]|시[키킨킬킴켜켰]|당[하한해했])[가-힣]{0,5}"
"""A pattern of what makes a verb of a noun: 강화하기로, 개최되었다, 증진시켜."""


@cache
def _ending(*, inflected: bool) -> re.Pattern[str]:
    return re.compile(f"{PARTICLES}|{INFLECTIONS}" if inflected else PARTICLES)


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
    return re.sub("[A-Za-z]+", lambda run: re.sub(_SYLLABLE, _composed, _layout(run[0])), keys)


def letters(text: str) -> str:
    """The text with every syllable and compound taken apart: "권" is "ㄱㅜㅓㄴ"."""
    return "".join(map(_letters, unicodedata.normalize("NFC", text)))


def initials(text: str) -> str:
    """The text with every syllable reduced to its initial consonant (초성): "권" is "ㄱ"."""
    return "".join(map(_initial, unicodedata.normalize("NFC", text)))


def nouns(word: str) -> list[str]:
    """What may be left of a word when particles or the ending of a verb are taken away.

    "전작권으로부터" gives 전작권, "강화하기로" gives 강화. The longest comes first, at least two
    syllables are left, and whether a particle `suits` what is before it is not asked.
    """
    if not all("가" <= syllable <= "힣" for syllable in word):
        return []
    return [
        word[:end]
        for end in range(len(word) - 1, max(1, len(word) - _LONGEST_ENDING), -1)
        if _ending(inflected=True).fullmatch(word, end)
    ]


def has_particle(word: str) -> bool:
    """Whether a word may be a noun with particles that suit it, or a predicate in 다."""
    return word.endswith("다") or any(
        _ending(inflected=False).fullmatch(word, end) and suits(word[:end], word[end:])
        for end in range(max(1, len(word) - _LONGEST_ENDING), len(word))
    )


def suits(noun: str, particle: str) -> bool:
    """Whether a particle, or a chain of them, may follow this noun: 전작권을, but 비핵화를."""
    final = (ord(noun[-1]) - 0xAC00) % 28
    if particle.startswith("로") and _FINALS[final] == "f":
        return True
    first = _AFTER_VOWEL if final else _AFTER_CONSONANT
    return not re.match(first, particle) or bool(re.match(_AFTER_ANY, particle))


def _layout(run: str) -> str:
    return "".join(key if key in "QWERTOP" else key.lower() for key in run)


def _composed(match: re.Match[str]) -> str:
    initial, vowel, final = match.group("initial", "vowel", "final")
    if initial is None:
        return _JAMO[match[0]]
    code = _INITIALS.index(initial) * 588 + _VOWELS.index(vowel) * 28 + _FINALS.index(final or "")
    return chr(0xAC00 + code)
