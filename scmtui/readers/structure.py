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

NUMBER = r"(?P<open>\(?)(?P<number>\d{1,5}) ?(?P<close>[.)]|(?=\t))(?!\d)(?! ?\d{1,2}\.(?!\d)) *"
_BULLET = (
    r"(?:\||[□■▣○●◦◎◇◆▶▷►☞※①-⑳⓪❍❑❖✓✔㉠-㉻⁰¹²³⁴-⁹†‡]|[ㅇ\-–*•∙·] "
    r"|\(?[가나다라마바사아자차카타파하][.)] |\(?\d{1,2}\) |\[\d{1,2}\] |\(?[a-z][.)] "
    r"|[ivx]{1,4}[.)] )"
)
_ANNEX = r"\W*(?:붙임|별첨|부록|부속서|별지|(?i:annex|appendix|attachment|enclosure)\b)"
_SECTION = r"[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ<〈《【\[□■◆]|제 ?\d{1,2} ?[장절부]|[IVX]{1,4}\. "
_OTHER_NUMBER = r"\(?(?P<number>\d{4,40}) ?[.)](?!\d)(?! ?\d{1,2}[.일월])"
MOST_DOUBTS = 100
"""Doubts on numbers that are told one by one; of more, only how many there are."""


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
    numbered: Line | None = None
    """The line with its number, below a heading."""

    @property
    def last(self) -> Line:
        """The line that was added last."""
        return self.parts[-1][-1] if self.parts else self.numbered or self.heading or self.opened


def heading_like(line: Line, setting: Typesetting) -> bool:
    """Whether a line could be a title or a heading: short, and no sentence or piece of one."""
    if line.finished or len(line.text) > 100 or line.goes_on:
        return False
    return setting.layout is Layout.LOOSE or setting.short(line)


class Division:
    """A text divided into what stands before its paragraphs, the paragraphs, and the doubts."""

    def __init__(
        self, lines: Sequence[Line], setting: Typesetting, first: int, unclear: bool = False
    ) -> None:
        """Divide `lines`; the `first` of them are a title, a date and a place.

        It is `unclear` whether the last of these is not the heading of the first paragraph.
        """
        self._setting = setting
        self.paragraphs: list[Draft] = []
        self.doubts: list[Doubt] = []
        self._by_number: dict[int, Draft] = {}
        self._again = 0
        """The last of the numbers that begin again, as those of an annex do."""
        self._heading: Line | None = None
        """A heading whose paragraph has not come yet."""
        self._annexed = False
        self._style = _style(lines[first:])
        headings = _between(lines, setting, self._style, first - unclear)
        self.headed = unclear and first - 1 in headings
        """Whether it was one."""
        before = None
        for index in range(first - self.headed, len(lines)):
            if index in headings:
                self._heading = lines[index]
            else:
                self._take(lines[index], before)
            before = lines[index]
        self._find_headings()
        self._doubt_what_is_missing()

    def _take(self, line: Line, before: Line | None) -> None:
        match = re.match(NUMBER, text.fold(line.text[:12]))
        if line.begins == "paragraph":
            self._begin(line, match)
        elif match and not line.begins and self._opens(match, line, before):
            self._open(int(match["number"]), line, line.beyond(match.end()))
        else:
            self._append(line)

    def _append(self, line: Line) -> None:
        """Add a line that opens no paragraph, after what was taken for a heading of one."""
        waiting, self._heading = self._heading, None
        for it in filter(None, (waiting, line)):
            if not self.paragraphs:
                self._add(Draft(0, it, parts=[[it]]))
            elif it.begins:
                self._follow(it)
            else:
                self._continue(it, self.paragraphs[-1].last)

    def _begin(self, line: Line, match: re.Match[str] | None) -> None:
        """Begin a paragraph because the reader says so."""
        written = int(match["number"]) if match else None
        value = line.corrected.value if line.corrected else ""
        number = int(value) if re.fullmatch(r"\d{1,5}", value) else written
        if number is None or number in self._by_number:
            number = max(self._by_number, default=0) + 1
        rest = line.beyond(match.end()) if match and number == written else line
        self._open(number, line, rest)

    def _open(self, number: int, line: Line, rest: Line) -> None:
        heading, self._heading = self._heading, None
        if self._again and self._again == number - 1:
            told = N_("The number {number} could belong to those above that begin again.")
            told = _(told).format(number=number)
            self._doubt(Doubt("numbering", told, number, at=line.start))
        self._again = 0
        parts = [[rest]] if rest.text else []
        self._add(Draft(number, heading or line, heading, parts, line))

    def _follow(self, line: Line) -> None:
        """Go on with the paragraph as the reader says."""
        draft = self.paragraphs[-1]
        if line.begins == "join" and draft.parts:
            draft.parts[-1].append(line)
        else:
            draft.parts.append([line])

    def _continue(self, line: Line, before: Line) -> None:
        parts = self.paragraphs[-1].parts
        huge = re.match(_OTHER_NUMBER, line.text[:48])
        if huge and before.finished and not re.match(NUMBER, line.text[:12]):
            self._doubt_inside(int(huge["number"]), line)
        if not parts or self._itemizes(line, before) or self._setting.ends_part(before, line):
            parts.append([line])
        else:
            parts[-1].append(line)

    def _itemizes(self, line: Line, before: Line) -> bool:
        """Whether a line begins an item within a paragraph, or an annex to all of them."""
        annex = bool(re.match(_ANNEX, line.text)) and not line.finished
        self._annexed = self._annexed or (annex and before.finished)
        if before.finished or re.match(_ANNEX, before.text):
            ended = True
        else:
            # “하였 / 다.” is half a word and no item (가. 나. 다.).
            ended = self._breaks(before, line) and not re.match(r"[가-하][.)]", line.text)
        bullet = annex or re.match(_BULLET, line.text) or re.match(NUMBER, line.text[:12])
        return ended and bool(bullet)

    def _opens(self, match: re.Match[str], line: Line, before: Line | None) -> bool:
        style, number = (match["open"], match["close"]), int(match["number"])
        if self._style not in {None, style}:
            return False
        annexed = before is not None and re.match(_ANNEX, before.text)
        ended = before is None or before.finished or annexed or self._setting.sets_off(line)
        within = self._annexed and self._again
        if number == self._expected and number not in self._by_number and not within:
            return before is None or bool(ended) or self._breaks(before, line)
        if not ended:
            return False
        return self._accept(number, line)

    def _breaks(self, before: Line, line: Line) -> bool:
        """Whether the setting alone says that something ended, though no sentence did."""
        if self._setting.whole:
            return True
        if before.goes_on:
            return False
        if self._setting.layout is Layout.TRAILED:
            return not before.trailed
        return self._setting.layout is Layout.LOOSE or self._setting.short(before, line)

    @property
    def _expected(self) -> int:
        return self.paragraphs[-1].number + 1 if self.paragraphs else 1

    def _accept(self, number: int, line: Line) -> bool:
        """Whether a number out of order opens a paragraph; either way it is a doubt."""
        if number in self._by_number or self._annexed or not 0 < number <= 999:
            self._doubt_inside(number, line)
            return False
        if number < self._expected:
            told = N_("Paragraph {number} stands after paragraph {last}.")
        elif self._expected == 1:
            told = N_("The paragraphs begin with the number {number}.")
        else:
            told = N_("After paragraph {last} comes paragraph {number}.")
        told = _(told).format(number=number, last=self._expected - 1)
        self._doubt(Doubt("numbering", told, number, at=line.start))
        return True

    def _doubt_inside(self, number: int, line: Line) -> None:
        """Doubt a number that is read as part of a paragraph; of a row of them, only the first."""
        goes_on = bool(self._again) and number == self._again + 1
        self._again = number if goes_on or number == 1 else 0
        if goes_on:
            return
        at, part = self.paragraphs[-1].number if self.paragraphs else 0, self._next_part
        if number == 1 and self._expected > 2:
            told = N_("The numbers begin again at 1; these are read as parts of paragraph {at}.")
        elif number > 999:
            told = N_("A line begins with the number {number}, which is too large.")
        else:
            told = N_("A line begins with the number {number}, which was there before.")
        told = _(told).format(number=number, at=at)
        self._doubt(Doubt("numbering", told, at, part, line.start))

    def _doubt(self, doubt: Doubt) -> None:
        if len(self.doubts) < MOST_DOUBTS:
            self.doubts.append(doubt)

    def _doubt_what_is_missing(self) -> None:
        """Doubt a text without numbers, and numbers without a text."""
        if self.paragraphs and not any(draft.number for draft in self.paragraphs):
            told = N_("The text has no numbered paragraphs.")
            self._doubt(Doubt("numbering", _(told), 0))
        empty = [draft for draft in self.paragraphs if not draft.parts]
        if len(empty) > 3:
            told = N_("{count} paragraphs have no text.")
            said, first = _(told).format(count=len(empty)), empty[0]
            self.doubts.insert(0, Doubt("empty", said, first.number, at=first.opened.start))
            return
        told = N_("Paragraph {number} has no text.")
        for draft in empty:
            said = _(told).format(number=draft.number)
            self._doubt(Doubt("empty", said, draft.number, at=draft.opened.start))

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
        if len(lines) < 2 or corrected:
            return False
        # The number stands on the line too, and makes it as long as it is.
        beside = draft.opened.end == lines[0].end
        return heading_like(draft.opened if beside else lines[0], self._setting)


def _style(lines: Sequence[Line]) -> tuple[str, str] | None:
    """How the paragraphs of a text write their numbers: “1.”, “1)” or “(1)”.

    The first that occurs does, for others stand within; unless it never goes on and another does.
    """
    last: dict[tuple[str, str], int] = {}
    for line in lines:
        if match := re.match(NUMBER, text.fold(line.text[:12])):
            style = (match["open"], match["close"])
            if int(match["number"]) == last.setdefault(style, 0) + 1:
                last[style] += 1
    if len(last) > 1:
        last.pop(("", ""), None)  # a number in a cell counts rows, when others count paragraphs
    first = next(iter(last), None)
    if first is not None and last[first] < 2:
        return max(last, key=lambda style: (last[style] > 2, style == first))
    return first


def _between(
    lines: Sequence[Line], setting: Typesetting, style: tuple[str, str] | None, first: int
) -> set[int]:
    """Which lines, from the `first` on, are headings over the numbered paragraph that follows.

    One alone could be a piece of the text before it, unless it is set off or looks like no text.
    """
    found = []
    last = 0
    for index in range(first, len(lines)):
        match = re.match(NUMBER, text.fold(lines[index].text[:12]))
        if match and (match["open"], match["close"]) == style and int(match["number"]) == last + 1:
            last += 1
            before = lines[index - 2] if index > first + 1 else None
            if index > first and _is_between(before, lines[index - 1], setting):
                found.append(index - 1)
    sure = [it for it in found if lines[it].gap or re.match(_SECTION, lines[it].text)]
    return set(found if len(found) > 1 else sure)


def _is_between(before: Line | None, line: Line, setting: Typesetting) -> bool:
    numbered = re.match(NUMBER, line.text[:12]) or re.match(_BULLET, line.text)
    if line.begins or (numbered and not re.match(_SECTION, line.text)):
        return False
    short = len(line.text) <= 60 and heading_like(line, setting)
    return short and (before is None or before.finished) and not re.match(_ANNEX, line.text)
