"""Automatic numbers: how a number is written in each style, and where a list of levels stands.

The styles have the names of Word; what Hangul calls them is told by its readers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

LEVELS = 10
"""Levels of a list: Word has nine, Hangul ten."""

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_VOWELS = (0, 4, 8, 13, 18, 20)
"""ㅏㅓㅗㅜㅡㅣ among the vowels of Unicode: after 하 comes 거, after 허 comes 고."""
_PLAIN = (0, 2, 3, 5, 6, 7, 9, 11, 12, 14, 15, 16, 17, 18)
"""ㄱ to ㅎ among the initial consonants of Unicode, without the doubled ones."""
_SYLLABLES = "".join(chr(0xAC00 + (c * 21 + v) * 28) for v in _VOWELS for c in _PLAIN)
_CONSONANTS = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_STEMS, _STEMS_KO = "甲乙丙丁戊己庚辛壬癸", "갑을병정무기경신임계"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_CHINESE, _KOREAN = "〇一二三四五六七八九", "영일이삼사오육칠팔구"
_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_ONES = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_UNDER_TWENTY = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TIMES_TEN = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def _roman(number: int) -> str:
    if number >= 4000:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written


def _letters(number: int) -> str:
    """The Latin letters; after z come aa, bb, cc."""
    times, at = divmod(number - 1, len(_LATIN))
    return _LATIN[at] * (times + 1) if times < 9 else str(number)


def _counted(digits: str, places: str) -> Callable[[int], str]:
    """Numbers as they are spoken, such as 이십삼 or 二十三."""

    def write(number: int) -> str:
        if not 0 < number < 10_000:
            return str(number)
        written = ""
        for power in (3, 2, 1, 0):
            digit = number // 10**power % 10
            if digit:
                written += (digits[digit] if digit > 1 or not power else "") + places[power]
        return written

    places = f" {places}"
    return lambda number: write(number).replace(" ", "")


def _digits(digits: str) -> Callable[[int], str]:
    """Numbers written digit by digit with other digits."""
    return lambda number: "".join(digits[int(digit)] for digit in str(number))


def _cycle(signs: str) -> Callable[[int], str]:
    """Signs one after the other, from the first again when they are used up."""
    return lambda number: signs[(number - 1) % len(signs)]


def _once(signs: str) -> Callable[[int], str]:
    """Signs one after the other; digits when they are used up."""
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _runs(*runs: tuple[int, int, int]) -> Callable[[int], str]:
    """Signs that stand in runs in Unicode: (first number, its code, how many); else digits."""

    def write(number: int) -> str:
        for first, code, count in runs:
            if first <= number < first + count:
                return chr(code + number - first)
        return str(number)

    return write


def _native(number: int) -> str:
    """하나, 둘, 셋; from 100 on in digits."""
    return _TENS[number // 10] + _ONES[number % 10] if number < 100 else str(number)


def _cardinal(number: int) -> str:
    if number < 20:
        return _UNDER_TWENTY[number]
    if number >= 100:
        return str(number)
    ten = _TIMES_TEN[number // 10 - 2]
    return f"{ten}-{_UNDER_TWENTY[number % 10]}" if number % 10 else ten


def _ordinal(number: int) -> str:
    teen = 10 < number % 100 < 14
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _ordinal_words(number: int) -> str:
    if number >= 100:
        return _ordinal(number)
    head, hyphen, last = _cardinal(number).rpartition("-")
    ended = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
    return head + hyphen + _ORDINALS.get(last, ended)


_CIRCLED = _runs((1, 0x2460, 20), (21, 0x3251, 15), (36, 0x32B1, 15))
_IDEOGRAPHS = _counted(_CHINESE, "十百千")
_SPOKEN = _counted(_KOREAN, "십백천")

STYLES: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalHalfWidth": str,
    "decimalFullWidth": _digits("０１２３４５６７８９"),
    "decimalFullWidth2": _digits("０１２３４５６７８９"),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": _runs((1, 0x2474, 20)),
    "decimalEnclosedFullstop": _runs((1, 0x2488, 20)),
    "numberInDash": lambda number: f"- {number} -",
    "hex": lambda number: f"{number:X}",
    "ordinal": _ordinal,
    "cardinalText": lambda number: _cardinal(number).capitalize(),
    "ordinalText": lambda number: _ordinal_words(number).capitalize(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "circledLowerLetter": _runs((1, 0x24D0, 26)),
    "circledUpperLetter": _runs((1, 0x24B6, 26)),
    "ganada": _cycle(_SYLLABLES),
    "chosung": _cycle(_CONSONANTS),
    "circledGanada": _runs((1, 0x326E, 14)),
    "circledChosung": _runs((1, 0x3260, 14)),
    "koreanDigital": _digits(_KOREAN),
    "koreanCounting": _SPOKEN,
    "koreanLegal": _native,
    "koreanDigital2": _digits(_CHINESE.replace("〇", "零")),
    "ideographDigital": _digits(_CHINESE),
    "ideographEnclosedCircle": _runs((1, 0x3280, 10)),
    "ideographTraditional": _once(_STEMS),
    "ideographZodiac": _once(_BRANCHES),
    "ideographZodiacTraditional": lambda number: (
        _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]
    ),
    "stems": _once(_STEMS_KO),
    "chineseCounting": _IDEOGRAPHS,
    "chineseCountingThousand": _IDEOGRAPHS,
    "japaneseCounting": _IDEOGRAPHS,
    "japaneseDigitalTenThousand": _digits(_CHINESE),
    "taiwaneseCounting": _IDEOGRAPHS,
    "taiwaneseCountingThousand": _IDEOGRAPHS,
    "taiwaneseDigital": _digits(_CHINESE),
    "none": lambda number: "",  # noqa: ARG005
}

# What the symbol fonts show for the codes that bullets are written with.
_SYMBOLS = dict(
    zip(
        (0xA7, 0xA8, 0xD8, 0x6C, 0x6E, 0x6F, 0x71, 0x75, 0x76, 0xFC, 0xFE, 0xA1, 0x2D, 0xE0, 0xF0),
        "▪◻➢●■□❑◆❖✓☑○-→⇨",
        strict=True,
    )
)


def written(style: str, number: int) -> str:
    """The number in a style; in digits when the style is not known or has no sign for it."""
    if number < 1:
        return "" if style == "none" else str(number)
    return STYLES.get(style, str)(number)


def bullet(sign: str) -> str:
    """The bullet that is shown for a sign of a symbol font; other signs stand for themselves."""
    if re.fullmatch("[\uf000-\uf0ff]", sign):
        return _SYMBOLS.get(ord(sign) - 0xF000, "•")
    return sign if sign.isprintable() and not re.search("[\ue000-\uf8ff]", sign) else "•"


class Counter:
    """The number that each level of one list has reached."""

    def __init__(self, starts: Sequence[int]) -> None:
        """`starts` has the first number of each level."""
        self._starts = [*starts, *([1] * LEVELS)][:LEVELS]
        self._reached: list[int | None] = [None] * LEVELS

    def start(self, level: int, number: int) -> None:
        """Let the next number of a level be this one."""
        self._reached[level] = number - 1

    def advance(
        self, level: int, restarts: Callable[[int, int], bool] = lambda *_: True
    ) -> list[int]:
        """The numbers of all levels after the next item of `level`, counted from 0.

        A level above that was passed over counts as begun. `restarts(deeper, level)` says whether
        a deeper level begins anew after an item of this one.
        """
        for upper in range(level):
            if self._reached[upper] is None:
                self._reached[upper] = self._starts[upper]
        before = self._reached[level]
        self._reached[level] = self._starts[level] if before is None else before + 1
        for deeper in range(level + 1, LEVELS):
            if restarts(deeper, level):
                self._reached[deeper] = None
        pairs = zip(self._reached, self._starts, strict=True)
        return [start if reached is None else reached for reached, start in pairs]
