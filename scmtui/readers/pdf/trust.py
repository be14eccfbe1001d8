"""Whether what a PDF yields is its text: pictures, lost fonts and damage yield none, or another."""

from __future__ import annotations

import re
from collections import Counter

from scmtui.readers.numbering import bullet

_COMMON = frozenset("이다의을에는를한고하은가로과기지서")
"""Syllables that are a quarter of any Korean text and more."""
_CONTROL = re.compile(r"\(cid:(?:[012]?\d|3[01]|12[7-9]|1[345]\d)\)")
"""Codes of glyphs that are unknown: in a font of single bytes these are controls."""
_SAMPLE = 200_000
"""Characters that are looked at."""


def is_lost(text: str) -> bool:
    """Whether the fonts do not say, or say wrongly, which letters their glyphs are."""
    text = text[:_SAMPLE]
    letters = re.sub(r"\(cid:\d+\)|\s", "", text)
    controls = len(_CONTROL.findall(text))
    unknown = text.count("(cid:") - controls
    unknown += len(re.findall("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]", letters))
    total = len(letters) + unknown + controls
    if unknown * 20 > total or controls * 5 > total:
        return True
    if len(letters) > 200 and sum(map(str.isalnum, letters)) * 2 < len(letters):
        return True
    return _is_wrong_hangul(letters) or _is_wrong_latin(letters) or _is_mixed(text)


def shown(text: str) -> tuple[str, int]:
    """The text as it may be shown, and how many of its letters are not known.

    The signs of symbol fonts are bullets, controls are blanks, and what is not known is U+FFFD.
    """
    text = re.sub("[\uf000-\uf0ff]", lambda sign: bullet(sign[0]), text)
    text = re.sub("\\(cid:\\d+\\)|[\ue000-\uf8ff]", "\ufffd", _CONTROL.sub(" ", text))
    return text, text.count("\ufffd")


def _is_wrong_hangul(letters: str) -> bool:
    """Whether the syllables are not those that Korean is written with."""
    syllables = Counter(re.findall("[가-힣]", letters))
    total = syllables.total()
    if total < 200:
        return False
    rare = sum(count for it, count in syllables.items() if len(it.encode("euc_kr")) > 2)
    common = sum(count for it, count in syllables.items() if it in _COMMON)
    return rare * 10 > total or common * 12 < total


def _is_wrong_latin(letters: str) -> bool:
    """Whether the Latin letters make no words, in a text that has hardly any others."""
    latin = re.findall("[A-Za-z]", letters)
    if len(latin) < 300 or len(latin) * 2 < len(letters):
        return False
    return sum(it in "aeiouAEIOU" for it in latin) < len(latin) * 0.27


def _is_mixed(text: str) -> bool:
    """Whether letters of other scripts stand where those of Korean, or of English, belong."""
    letters = len(re.findall(r"[^\W\d_]", text))
    foreign = len(re.findall("[À-ʯͰ-ӿ]", text))
    if letters > 200 and foreign > letters * (0.03 if re.search("[가-힣]", text) else 0.4):
        return True
    words = re.findall(r"\S*[가-힣]\S*", text)
    mixed = sum(bool(re.search(r"[가-힣][A-Za-z一-鿿]+[가-힣]", it)) for it in words)
    return len(words) > 50 and mixed * 12 > len(words)
