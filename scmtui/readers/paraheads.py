"""The number or bullet that Hangul shows before a paragraph (문단 머리), in HWP and HWPX alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scmtui.readers.numbering import LEVELS, Counter, bullet, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

STYLES = {
    "DIGIT": "decimal",
    "CIRCLED_DIGIT": "decimalEnclosedCircle",
    "ROMAN_CAPITAL": "upperRoman",
    "ROMAN_SMALL": "lowerRoman",
    "LATIN_CAPITAL": "upperLetter",
    "LATIN_SMALL": "lowerLetter",
    "CIRCLED_LATIN_CAPITAL": "circledUpperLetter",
    "CIRCLED_LATIN_SMALL": "circledLowerLetter",
    "HANGUL_SYLLABLE": "ganada",
    "CIRCLED_HANGUL_SYLLABLE": "circledGanada",
    "HANGUL_JAMO": "chosung",
    "CIRCLED_HANGUL_JAMO": "circledChosung",
    "HANGUL_PHONETIC": "koreanCounting",
    "IDEOGRAPH": "chineseCounting",
    "CIRCLED_IDEOGRAPH": "ideographEnclosedCircle",
    "DECAGON_CIRCLE": "stems",
    "DECAGON_CIRCLE_HANJA": "ideographTraditional",
}
"""The styles of numbers by the names that HWPX has for them, in the order of HWP's codes."""

BY_CODE = tuple(STYLES.values())


class Level(NamedTuple):
    """How one level of a numbering is written; in `form`, `^2` is the number of level 2."""

    form: str
    style: str = "decimal"
    start: int = 1


class Head(NamedTuple):
    """What a paragraph has before it: the kind, the definition, and the level from 0."""

    kind: str = ""
    """"outline", "number", "bullet", or "" for nothing."""
    key: str = ""
    level: int = 0


class ParaHeads:
    """The numberings and bullets of one document, and where each numbering stands."""

    def __init__(
        self, numberings: Mapping[str, Sequence[Level]], bullets: Mapping[str, str]
    ) -> None:
        self._numberings = numberings
        self._bullets = bullets
        self._counters: dict[tuple[str, str], Counter] = {}
        self.outline = ""
        """The numbering that the outline of the present section is written with."""

    def following(self, head: Head) -> str:
        """The number or bullet before the next paragraph, blank included, or ""."""
        if head.kind == "bullet":
            sign = self._bullets.get(head.key, "")
            return f"{bullet(sign)} " if sign else ""
        key = self.outline if head.kind == "outline" else head.key
        levels = self._numberings.get(key)
        if not head.kind or not levels or head.level >= min(len(levels), LEVELS):
            return ""
        counter = self._counters.setdefault(
            (head.kind, key), Counter([level.start for level in levels])
        )
        shown = _written(levels, head.level, counter.advance(head.level))
        return f"{shown} " if shown.strip() else ""


def _written(levels: Sequence[Level], level: int, numbers: Sequence[int]) -> str:
    def fill(match: re.Match[str]) -> str:
        if match[1] in {"n", "N"}:
            path = ".".join(map(str, numbers[: level + 1]))
            return path if match[1] == "n" else f"{path}."
        at = int(match[1]) - 1
        return written(levels[at].style, numbers[at]) if at < len(levels) else ""

    return re.sub(r"\^(10|[1-9]|[nN])", fill, levels[level].form)
