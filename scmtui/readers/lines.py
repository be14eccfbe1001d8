"""The lines of a text: how it was broken into them, and how two of them are joined again.

A text that was set for paper is broken in one of four ways (`Layout`). In a text with blanks at
the ends of lines the blank says that a word ends there; wrapped at words, a word always does;
wrapped at syllables, only the language tells; and a text that was never wrapped has one paragraph,
or one sentence or a piece of it, on each line.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from enum import Enum
from itertools import combinations, pairwise
from math import log
from typing import TYPE_CHECKING, NamedTuple

from scmtui import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scmtui.model import Correction

_CLOSERS = "\"'”’)\\]」』》〉"
_MARK = r"다\.\d{1,2}[)\]]$"
"""The mark of a footnote after a sentence."""
_FINISHED = rf"(?:다|음|함|됨|임|[.?!。…])[{_CLOSERS}]*$|{_MARK}"
_STOPPED = rf"[.?!。…][{_CLOSERS}]*$|{_MARK}"
_DATE_BREAKS = r"(?:^|[\s.])\d{1,4}\.$"
_ABBREVIATES = (
    r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Nos?|Gen|Lt|Col|Maj|Adm|Capt|Mr|Mrs|Ms|Dr"
    r"|Prof|Amb|Rep|Sen|Sec|Arts?|paras?|pp?|vs|[A-Z][a-z]+ [A-Z])\.$"
)
_GOES_ON = (
    r"(?:[,:;·(—-]|(?:은|는|을|를|와|에|에서|으로|하고|하며|되며|이며|및)"
    r"|\b(?:a|an|the|and|or|of|in|on|at|to|for|by|with|from|that|as|is|was|were))$"
)


class Line(NamedTuple):
    """A line that is not empty: its text without outer blanks, and where that stands."""

    text: str
    start: int
    end: int
    indent: int = 0
    """Blanks before it."""
    trailed: bool = False
    """A blank stands at its end."""
    gap: bool = False
    """An empty line stands before it."""
    corrected: Correction | None = None
    """What the reader says of its beginning."""

    @property
    def begins(self) -> str:
        """What the reader says that begins with it, or nothing."""
        return self.corrected.kind if self.corrected else ""

    def beyond(self, offset: int) -> Line:
        """What remains of the line when `offset` characters at its beginning belong elsewhere."""
        rest = self.text[offset:].lstrip()
        return self._replace(text=rest, start=self.end - len(rest))

    @property
    def finished(self) -> bool:
        """Whether a sentence ends with the line: …다. or …다, 음, 함, 됨, or a full stop."""
        return bool(re.search(_FINISHED, self.text[-16:])) and not self._breaks_off

    @property
    def stopped(self) -> bool:
        """Whether the line ends with a full stop that ends a sentence."""
        return bool(re.search(_STOPPED, self.text[-16:])) and not self._breaks_off

    @property
    def goes_on(self) -> bool:
        """Whether the line ends with a comma, a particle or a little word: it wants another one."""
        abbreviates = re.search(_ABBREVIATES, self.text[-24:])
        return bool(abbreviates or re.search(_GOES_ON, text.fold(self.text[-12:])))

    @property
    def _breaks_off(self) -> bool:
        """Whether its full stop belongs to half a date or to an abbreviation."""
        if re.search(_ABBREVIATES, self.text[-24:]):
            return True
        return bool(re.search(_DATE_BREAKS, self.text[-8:]) and re.search("[가-힣]", self.text))


def split(source: str, corrections: Iterable[Correction] = ()) -> list[Line]:
    """The lines of a clean source that are not empty; a correction begins a new one."""
    lines: list[Line] = []
    last = 0
    for match in re.finditer(r"[^\n]+", source):
        if content := match[0].strip():
            indent = len(match[0]) - len(match[0].lstrip())
            start = match.start() + indent
            end = start + len(content)
            gap = source.count("\n", last, start) > 1
            lines.append(Line(content, start, end, indent, end < match.end(), gap))
            last = match.end()
    return _cut(lines, corrections)


def _cut(lines: list[Line], corrections: Iterable[Correction]) -> list[Line]:
    """The lines with the reader's corrections, cut in two where one stands within a line."""
    for correction in corrections:
        at = bisect(lines, correction.at, key=lambda line: line.start) - 1
        if at < 0 or correction.at >= lines[at].end:
            continue
        line = lines[at]
        before = line.text[: correction.at - line.start]
        new = line._replace(
            text=line.text[len(before) :], start=correction.at, corrected=correction
        )
        if not before:
            lines[at] = new
            continue
        old = line._replace(text=before.rstrip(), end=line.start + len(before.rstrip()))
        blank = len(old.text) < len(before)
        lines[at : at + 1] = [old._replace(trailed=blank), new._replace(indent=0, gap=False)]
    return lines


class Layout(Enum):
    """How a text was broken into lines."""

    TRAILED = "a blank at the end of a line says that a word ends there"
    WORDS = "wrapped at words"
    SYLLABLES = "wrapped at syllables"
    LOOSE = "not wrapped: one paragraph, or one sentence or a piece of it, on each line"


class Typesetting:
    """How the lines of one text were set, found from all of them together."""

    def __init__(self, lines: Sequence[Line], *, whole: bool = False) -> None:
        """See how `lines` were set; `whole` if their format has a paragraph on each."""
        gaps = sum(line.gap for line in lines)
        self._spaced = len(lines) > 2 and gaps > len(lines) / 2
        broken = [line for line in lines[:-1] if not line.finished]
        widths = sorted(text.width(line.text) for line in broken)
        self._full = widths[len(widths) // 5] if widths else 0
        """Cells that a line takes at least if it was broken because it was full."""
        widest = max((text.width(line.text) for line in lines), default=0)
        # Some break the lines of a web page by hand; a comma or a particle at many ends tells.
        torn = sum(line.goes_on and not line.finished for line in lines)
        self.whole = whole and (torn < 2 or torn * 10 < len(lines))
        """Whether each line is a paragraph, whatever it looks like."""
        self.layout = Layout.LOOSE if self.whole else self._find(broken, widths, widest)
        self._lexicon: Lexicon | None = None
        if self.layout in {Layout.WORDS, Layout.SYLLABLES}:
            self._lexicon = Lexicon(lines)
            self.layout = self._lexicon.layout(lines) or self.layout
        if self.layout is Layout.WORDS:
            self._lexicon = None
        self._paragraphs = self.layout is Layout.LOOSE and self._holds_paragraphs(lines)

    @staticmethod
    def _find(broken: Sequence[Line], widths: Sequence[int], widest: int) -> Layout:
        full = sum(width > widest * 0.7 for width in widths)
        if len(broken) < 4 or full < len(broken) * 0.7:
            return Layout.LOOSE
        if sum(line.trailed for line in broken) * 5 > len(broken):
            return Layout.TRAILED
        short = sum(width < widest - 3 for width in widths)
        return Layout.WORDS if short * 5 > len(broken) else Layout.SYLLABLES

    @staticmethod
    def _holds_paragraphs(lines: Sequence[Line]) -> bool:
        """Whether a loose text has a paragraph on each line, and not a sentence or less."""
        pieces = sum(line.goes_on for line in lines)
        return pieces * 10 <= len(lines) and any(
            line.finished and len(text.sentences(line.text[:600])) > 1 for line in lines
        )

    def sets_off(self, line: Line) -> bool:
        """Whether an empty line before `line` means something; not when they stand everywhere."""
        return line.gap and not self._spaced

    def short(self, line: Line, following: Line | None = None) -> bool:
        """Whether `line` ends so early that the next word was meant to begin a new one."""
        word = following.text.split(maxsplit=1)[0] if following else ""
        return text.width(f"{line.text} {word}") < self._full

    def ends_part(self, before: Line, line: Line) -> bool:
        """Whether a part (문단) ends between two lines, by the way they are set."""
        if self.whole:
            return True
        if self.sets_off(line):
            return before.stopped or self.layout is Layout.LOOSE
        if not before.stopped or line.text[0].islower():
            return False
        if line.indent > before.indent + 1:
            return True
        if self.layout is Layout.TRAILED:
            return not before.trailed
        return self._paragraphs if self.layout is Layout.LOOSE else self.short(before, line)

    def joint(self, left: Line, right: Line) -> tuple[str, bool]:
        """What stands between two lines of a part, a blank or nothing, and whether that is sure."""
        if self.layout is Layout.TRAILED:
            return (" ", True) if left.trailed else ("", not right.indent)
        if re.search(r"[가-힣]$", left.text) and re.match(r"\( ?[A-Z]", right.text):
            return "", True
        if left.text.endswith(")") and re.match(text.PARTICLE, right.text):
            return "", True
        if re.search(r"[A-Za-z.][-‐]$", left.text) and right.text[0].isalpha():
            return "", False
        if self._lexicon and re.search(r"[가-힣A-Za-z\d]$", left.text):
            return self._lexicon.joint(left.text, right.text)
        return " ", True


class Lexicon:
    """The words of a text, as evidence for where words end in its broken lines.

    It knows how often each stretch of letters occurs, with `|` where a word begins and ends.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        # What stands at the edges of a line may be half a word.
        whole = (word for line in lines for word in line.text.split()[1:-1])
        words = Counter(run for word in whole for run in re.findall(r"[가-힣]{1,12}", word))
        self._seen: Counter[str] = Counter()
        for word, count in words.items():
            marked = f"|{word}|"
            for start, end in combinations(range(len(marked) + 1), 2):
                self._seen[marked[start:end]] += count

    def layout(self, lines: Sequence[Line]) -> Layout | None:
        """Whether the lines were wrapped at words or at syllables; None if too few tell.

        Widths do not tell it of a proportional font. Wrapped at words, hardly any word goes on in
        the next line (0.12–0.15 by this count); wrapped at syllables, most do (0.62–0.77).
        """
        pairs = ((a.text, b.text) for a, b in pairwise(lines) if not a.finished)
        between = [
            self.joint(left, right)[0]
            for left, right in pairs
            if re.search("[가-힣]$", left) and re.match("[가-힣]", right)
        ]
        if len(between) < 8:
            return None
        return Layout.SYLLABLES if between.count("") > len(between) * 0.35 else Layout.WORDS

    def joint(self, left: str, right: str) -> tuple[str, bool]:
        """A blank or nothing between the end of one line and the beginning of the next."""
        tail, head = left.rsplit(maxsplit=1)[-1], right.split(maxsplit=1)[0]
        last, first = re.search(r"[가-힣]{1,12}$", tail), re.match(r"[가-힣]{1,12}", head)
        if last and first:
            odds = self._odds(last[0], first[0])
            return (" " if odds > 0 else ""), abs(odds) > 3
        # A number keeps its unit and a Latin word its particle; otherwise words stand apart.
        unit = tail[-1:].isdigit() and re.match(r"년|월|일|차|개|호|명|만|억|여|[%.,]", head)
        particle = re.search(r"[A-Za-z\d]$", tail) and re.match(text.PARTICLE, head)
        return ("", True) if unit or particle else (" ", True)

    def _odds(self, tail: str, head: str) -> float:
        """The logarithm of the odds that a word ends between the two."""
        odds = -self._weigh(tail[-1] + head[0]) - 3 * self._weigh(f"|{tail}{head}|")
        for size in {1, 2, len(tail)}:
            odds += self._ratio(tail[-size:], "", "|")
        for size in {1, 2, len(head)}:
            odds += self._ratio(head[:size], "|", "")
        return odds

    def _weigh(self, letters: str) -> float:
        return log(2 * self._seen[letters] + 1)

    def _ratio(self, letters: str, before: str, after: str) -> float:
        """How much more often the letters stand at that edge of a word than within one."""
        edge = self._seen[before + letters + after]
        return log(2 * edge + 1) - log(2 * (self._seen[letters] - edge) + 1)


class Join(NamedTuple):
    """Two lines of a part joined: what stands between them, and whether that is sure."""

    left: Line
    right: Line
    between: str
    sure: bool


def joins(lines: Sequence[Line], setting: Typesetting) -> Iterator[Join]:
    """How the lines of one part are joined, one after the other."""
    for left, right in pairwise(lines):
        if right.corrected and right.begins == "join":
            yield Join(left, right, right.corrected.value, sure=True)
        else:
            yield Join(left, right, *setting.joint(left, right))
