"""Patterns of folded text for what was typed: whole, half-typed, by initials, across blanks."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from scmtui import hangul
from scmtui.search.passages import BREAK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WHOLE, WITH_PARTICLE, INFLECTED, LONGER, HALF = 1.0, 0.99, 0.97, 0.9, 0.86
"""What a match is worth by what follows it in its word."""

GAP = f"[^\\w%{BREAK}]{{0,3}}"
_CONSONANTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_MORE_VOWELS = {"ㅗ": 3, "ㅜ": 3, "ㅡ": 1}
"""How many compound vowels come after this one and begin with it (ㅗ: ㅘ ㅙ ㅚ)."""


def is_syllable(character: str) -> bool:
    """Whether this is a whole Hangul syllable."""
    return "가" <= character <= "힣"


def _syllables(initial: str) -> str:
    """The range of syllables with this initial consonant; a plain one takes its tense one in."""
    first = _CONSONANTS.index(initial)
    last = first + (_CONSONANTS[first + 1 : first + 2] in tuple("ㄲㄸㅃㅆㅉ"))
    return f"{chr(0xAC00 + first * 588)}-{chr(0xAC00 + last * 588 + 587)}"


def by_initial(character: str) -> str:
    """The pattern of a character of which a lone consonant stands for a whole syllable."""
    return f"[{_syllables(character)}]" if character in _CONSONANTS else re.escape(character)


@cache
def half(character: str) -> str:
    """The pattern of what this syllable or consonant may become when typing goes on, or "".

    바 may become 반 or 방; 상 may become 사 and the next syllable (사이, 사일).
    """
    if character in _CONSONANTS:
        return by_initial(character)
    if not is_syllable(character):
        return ""
    final = (ord(character) - 0xAC00) % 28
    letters = hangul.letters(character)
    if not final:
        more = _MORE_VOWELS.get(letters[-1], 0)
        return f"[{character}-{chr(ord(character) + more * 28 + 27)}]"
    shorter = hangul.typed(hangul.keys(letters[:-1]))
    grown = "".join(
        other
        for other in map(chr, range(ord(character) + 1, ord(character) - final + 28))
        if hangul.letters(other)[:-1] == letters
    )
    return f"(?:{shorter}[{_syllables(letters[-1])}]{f'|[{grown}]' if grown else ''})"


def pattern(
    runs: Sequence[str],
    element: Callable[[str], str],
    *,
    across: bool,
    half_typed: bool,
    beginning: bool = False,
) -> re.Pattern[str]:
    """The runs one after another, with marks and blanks between them or (`across`) anywhere.

    The last character matches as group "all", or half-typed as group "half". `beginning` leaves
    out most places where no word begins; `begins` tells exactly.
    """
    inside = GAP if across else ""
    head = GAP.join(inside.join(map(element, run)) for run in [*runs[:-1], runs[-1][:-1]])
    separator = inside if len(runs[-1]) > 1 else ""
    last = runs[-1][-1]
    lasting = f"(?P<all>{element(last)})"
    if half_typed and (onward := half(last)):
        lasting = f"(?:{lasting}|(?P<half>{onward}))"
    before = _NOT_AFTER_ITS_LIKE[_script(runs[0][0])] if beginning else ""
    return re.compile(before + head + separator + lasting)


_NOT_AFTER_ITS_LIKE = {"hangul": "(?<![가-힣])", "digit": r"(?<!\d)", "other": ""}


def _script(character: str) -> str:
    if is_syllable(character) or character in _CONSONANTS:
        return "hangul"
    return "digit" if character.isdigit() else "other"


@cache
def _tail() -> re.Pattern[str]:
    """What follows a noun to the end of its word."""
    return re.compile(
        rf"(?P<whole>(?![가-힣]))|(?P<particle>{hangul.PARTICLES}(?![가-힣]))"
        rf"|(?P<inflected>{hangul.INFLECTIONS}(?![가-힣]))"
    )


_TAIL_WORTH = {"whole": WHOLE, "particle": WITH_PARTICLE, "inflected": INFLECTED}


def ends(folded: str, end: int) -> float:
    """What a match is worth that ends here, by what follows it in its word."""
    before, following = folded[end - 1], folded[end : end + 1]
    if is_syllable(before):
        tail = _tail().match(folded, end)
        return _TAIL_WORTH[tail.lastgroup or ""] if tail else LONGER
    if before.isdigit():
        return HALF if following.isdigit() else WHOLE
    if not following.isalpha() or is_syllable(following):
        return WHOLE
    after = folded[end + 1 : end + 2]
    return WITH_PARTICLE if following == "s" and not after.isalpha() else HALF


def begins(folded: str, start: int) -> bool:
    """Whether a word, or a run of another script inside one, begins here."""
    before, first = folded[start - 1 : start], folded[start]
    if not before.isalnum():
        return not (first.isdigit() and before == "." and folded[start - 2 : start - 1].isdigit())
    if is_syllable(first):
        return not is_syllable(before)
    if first.isdigit():
        return not before.isdigit()
    return not before.isalpha() or is_syllable(before)
