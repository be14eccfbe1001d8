"""Numbered paragraphs, headings and parts, found in the lines of a text.

A line opens a paragraph when it begins with the next number and the line before it was finished; a
date broken before “11. 3.” opens none. Whatever is out of order is read all the same, and is
reported as a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from scmtui import text
from scmtui.language import N_, _
from scmtui.readers.lines import Layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scmtui.readers.lines import Line, Typesetting

NUMBER = r"(?P<open>\(?)(?P<number>\d{1,5}) ?(?P<close>[.)])(?!\d)(?! ?\d{1,2}\.(?!\d)) *"
_BULLET = (
    r"(?:\||[□■▣○●◦◎◇◆▶▷►☞※①-⑳⓪❍❑❖✓✔]|[ㅇ\-–*•∙·] |[가나다라마바사아자차카타파하][.)] |\d{1,2}\) )"
)


class Doubt(NamedTuple):
    """Something in a text that the reader should look at, and the paragraph it is in."""

    kind: str
    text: str
    paragraph: int
    part: int | None = None
    at: int | None = None
    """Where in the source, when it is one place."""


@dataclass
class Draft:
    """A paragraph while its lines are gathered: the lines of each part, one list a part."""

    number: int
    opened: Line
    heading: Line | None = None
    parts: list[list[Line]] = field(default_factory=list)

    @property
    def last(self) -> Line:
        """The line that was added last."""
        return self.parts[-1][-1] if self.parts else self.heading or self.opened


def heading_like(line: Line, setting: Typesetting) -> bool:
    """Whether a line could be a title or a heading: short, and no sentence or piece of one."""
    if line.finished or len(line.text) > 100 or line.goes_on:
        return False
    return setting.layout is Layout.LOOSE or setting.short(line)


class Division:
    """A text divided into what stands before its paragraphs, the paragraphs, and the doubts."""

    def __init__(self, lines: Sequence[Line], setting: Typesetting, first: int) -> None:
        """Divide `lines`; the `first` of them are a title, a date and a place."""
        self._setting = setting
        self.paragraphs: list[Draft] = []
        self.doubts: list[Doubt] = []
        self._style: tuple[str, str] | None = None
        self._by_number: dict[int, Draft] = {}
        before = None
        for line in lines[first:]:
            self._take(line, before)
            before = line
        self._find_headings()
        if self.paragraphs and not any(draft.number for draft in self.paragraphs):
            told = N_("The text has no numbered paragraphs.")
            self.doubts.append(Doubt("numbering", _(told), 0))

    def _take(self, line: Line, before: Line | None) -> None:
        match = re.match(NUMBER, text.fold(line.text[:12]))
        if line.begins == "paragraph":
            self._begin(line, match)
        elif match and line.begins in {"", "heading"} and self._opens(match, line, before):
            self._style = (match["open"], match["close"])
            self._open(int(match["number"]), line, line.beyond(match.end()))
        elif not self.paragraphs:
            self._add(Draft(0, line, parts=[[line]]))
        elif line.begins:
            self._follow(line)
        else:
            self._continue(line, self.paragraphs[-1].last)

    def _begin(self, line: Line, match: re.Match[str] | None) -> None:
        """Begin a paragraph because the reader says so."""
        written = int(match["number"]) if match else None
        value = line.corrected.value if line.corrected else ""
        number = int(value) if value.isdecimal() else written
        if number is None or number in self._by_number:
            number = max(self._by_number, default=0) + 1
        rest = line.beyond(match.end()) if match and number == written else line
        self._open(number, line, rest)

    def _open(self, number: int, line: Line, rest: Line) -> None:
        if line.begins == "heading" and rest.text:
            self._add(Draft(number, line, heading=rest))
        else:
            self._add(Draft(number, line, parts=[[rest]] if rest.text else []))

    def _follow(self, line: Line) -> None:
        """Go on with the paragraph as the reader says."""
        draft = self.paragraphs[-1]
        if line.begins == "heading" and not draft.parts and not draft.heading:
            draft.heading = line
        elif line.begins == "join" and draft.parts:
            draft.parts[-1].append(line)
        else:
            draft.parts.append([line])

    def _continue(self, line: Line, before: Line) -> None:
        parts = self.paragraphs[-1].parts
        bullet = re.match(_BULLET, line.text) or re.match(NUMBER, line.text[:12])
        if (
            not parts
            or (bullet and (before.finished or self._breaks(before, line)))
            or self._setting.ends_part(before, line)
        ):
            parts.append([line])
        else:
            parts[-1].append(line)

    def _opens(self, match: re.Match[str], line: Line, before: Line | None) -> bool:
        style, number = (match["open"], match["close"]), int(match["number"])
        if self._style not in {None, style}:
            return False
        ended = before is None or before.finished or self._setting.sets_off(line)
        if number == self._expected and number not in self._by_number:
            return before is None or ended or self._breaks(before, line)
        if not ended or number > 999:
            return False
        return self._accept(number)

    def _breaks(self, before: Line, line: Line) -> bool:
        """Whether the setting alone says that something ended, though no sentence did."""
        if before.goes_on:
            return False
        if self._setting.layout is Layout.TRAILED:
            return not before.trailed
        return self._setting.layout is Layout.LOOSE or self._setting.short(before, line)

    @property
    def _expected(self) -> int:
        return self.paragraphs[-1].number + 1 if self.paragraphs else 1

    def _accept(self, number: int) -> bool:
        """Whether a number out of order opens a paragraph; either way it is a doubt."""
        if number in self._by_number or not number:
            at, part = self.paragraphs[-1].number if self.paragraphs else 0, self._next_part
            told = N_("A line begins with the number {number}, which was there before.")
            self.doubts.append(Doubt("numbering", _(told).format(number=number), at, part))
            return False
        if number < self._expected:
            told = N_("Paragraph {number} stands after paragraph {last}.")
        elif self._expected == 1:
            told = N_("The paragraphs begin with the number {number}.")
        else:
            told = N_("After paragraph {last} comes paragraph {number}.")
        told = _(told).format(number=number, last=self._expected - 1)
        self.doubts.append(Doubt("numbering", told, number))
        return True

    @property
    def _next_part(self) -> int:
        return len(self.paragraphs[-1].parts) + 1 if self.paragraphs else 1

    def _add(self, draft: Draft) -> None:
        self.paragraphs.append(draft)
        self._by_number[draft.number] = draft

    def _find_headings(self) -> None:
        """Take the first lines of the paragraphs as headings, if nearly all look like it."""
        numbered = [
            draft for draft in self.paragraphs if draft.number and draft.parts and not draft.heading
        ]
        headed = [draft for draft in numbered if self._is_headed(draft)]
        if len(headed) < 2 or len(headed) < len(numbered) * 0.8:
            return
        for draft in headed:
            draft.heading = draft.parts[0].pop(0)
            if not draft.parts[0]:
                draft.parts.pop(0)

    def _is_headed(self, draft: Draft) -> bool:
        lines = [line for part in draft.parts for line in part]
        corrected = lines[0].corrected or (lines[1:2] and lines[1].begins == "join")
        return len(lines) > 1 and not corrected and heading_like(lines[0], self._setting)
