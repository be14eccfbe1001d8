"""One source, several documents: two languages of one text, or a text that another one quotes.

Nothing is divided unless all speaks for it: both languages have the same numbers, or a whole
communiqué with its opening formula stands inside prose that is not its own.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scmtui import text
from scmtui.readers.header import MEETING, NAMED, header
from scmtui.readers.lines import Typesetting, split
from scmtui.readers.structure import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scmtui.readers.lines import Line

_FORMULA = r"개최(?:되었|하였|됐|했)|\b(?:was|were) (?:held|convened)\b|\bconvened\b"
_QUOTES = (
    r"다음은 .{0,80}(?:전문|성명)|(?:아래|이하)는 .{0,80}(?:전문|성명)|\[?전문\]?$|full text"
    r"|(?i:the following is .{0,80}(?:communiqu|statement))"
)
_OVER = (
    r"\W*(?://)? ?(?:끝|END) ?(?://)?\W*$|.{0,60}[\w.+-]{1,64}@[\w-]{1,63}\.\w|.{0,40}(?:기자|특파원)\W*$"
    r"|.{0,20}무단 ?전재"
    r"|\W*(?:ⓒ|©|저작권자|Copyright)|한편[, ]|\W*관련 ?(?:기사|글)"
)
_ATTACHED = r"\W*(?:붙임|별첨|첨부)\b.{0,40}$"
_LEAST_PROSE = 80
"""Characters of sentences that an article has of its own at least, beside what it quotes."""


class Stretches(NamedTuple):
    """The sources of the documents in one source, and how they belong together."""

    sources: tuple[str, ...]
    relation: str = "one"
    """"one", "languages" or "quoted": of these, the second is quoted in the first."""


def stretches(source: str) -> Stretches:
    """The source of each document that a clean source holds; most often it is one."""
    lines = split(source)
    for divided in (_languages(lines, source), _quoted(lines, source)):
        if divided:
            return divided
    return Stretches((source,))


def _languages(lines: Sequence[Line], source: str) -> Stretches | None:
    """The Korean and the English of a text that holds both with the same numbers."""
    spoken = {_spoken(cell) for line in lines for cell in line.text.split("\t")}
    if not spoken.issuperset(_SPOKEN):
        return None
    celled = any("\t" in line.text for line in lines)
    for pieces in ([_by_cells(lines)] if celled else []) + [_by_lines(lines)]:
        numbers = [
            _numbers(text for spoken, text, _ in pieces if spoken in {it, ""}) for it in _SPOKEN
        ]
        if _alike(*numbers):
            sources = tuple(_gather(pieces, it, source) for it in _SPOKEN)
            return Stretches(sources, "languages")
    return None


_SPOKEN = ("ko", "en")
_Piece = tuple[str, str, "Line"]


def _spoken(stretch: str) -> str:
    """The language of a line, "ko" or "en"; nothing when too little is written to tell."""
    hangul, latin = len(re.findall("[가-힣]", stretch)), len(re.findall("[A-Za-z]", stretch))
    if hangul:
        return "ko" if hangul * 2 >= latin or hangul > 30 else ""
    return "en" if latin > 3 else ""


def _by_cells(lines: Sequence[Line]) -> list[_Piece]:
    """The cells of a table with a column for each language; a number stands before both."""
    pieces: list[_Piece] = []
    for line in lines:
        cells = [cell.strip() for cell in line.text.split("\t") if cell.strip()]
        known = [_spoken(cell) for cell in cells]
        if not {"ko", "en"} <= set(known):
            pieces.append((_spoken(line.text), line.text, line))
            continue
        for it in _SPOKEN:
            own = [cell for cell, spoken in zip(cells, known, strict=True) if spoken in {it, ""}]
            pieces.append((it, "\t".join(own), line))
    return pieces


def _by_lines(lines: Sequence[Line]) -> list[_Piece]:
    """The lines with their languages; what follows a number has the language of its beginning."""
    pieces: list[_Piece] = []
    current = ""
    numbered = False
    for before, line in pairwise((None, *lines)):
        assert line is not None
        own = _spoken(line.text)
        begins = bool(re.match(NUMBER, text.fold(line.text[:12])))
        ends = before is None or before.finished or line.gap or not numbered
        if own and (begins or ends):
            current = own
        numbered = numbered or begins
        pieces.append((current or own, line.text, line))
    return pieces


def _numbers(stretches: Iterable[str]) -> list[int]:
    """The numbers that go on from 1, at the beginnings of lines."""
    found: list[int] = []
    for stretch in stretches:
        match = re.match(NUMBER + r"\s*", text.fold(stretch[:12]))
        if match and int(match["number"]) == len(found) + 1:
            found.append(len(found) + 1)
    return found


def _alike(korean: Sequence[int], english: Sequence[int]) -> bool:
    least, most = sorted((len(korean), len(english)))
    return least >= 2 and least >= most * 0.9


def _gather(pieces: Sequence[_Piece], spoken: str, source: str) -> str:
    """The pieces in one language as a source of their own, set as they were."""
    kept: list[str] = []
    for language, piece, line in pieces:
        if language not in {spoken, ""}:
            continue
        whole = piece == line.text
        begin = source.rfind("\n", 0, line.start) + 1 if whole else line.start
        end = source.find("\n", line.end) if whole else line.end
        raw = source[begin : end if end >= 0 else None] if whole else piece
        kept.append(("\n" if line.gap and kept else "") + raw)
    return "\n".join(kept)


def _quoted(lines: Sequence[Line], source: str) -> Stretches | None:
    """A whole communiqué and the prose around it, when it has prose of its own."""
    opening = next((at for at in range(len(lines)) if _opens(lines, at)), None)
    if opening is None:
        return None
    first = _title(lines, opening)
    last = _last(lines, opening)
    if last is None:
        return None
    around = [*lines[:first], *lines[last:]]
    if not _has_prose(lines[:first]) or not _says_so(lines, first):
        return None
    begin, end = lines[first].start, lines[last - 1].end
    article = "\n".join(filter(None, (source[:begin].rstrip(), source[end:].strip("\n "))))
    return Stretches((article, source[begin:end]), "quoted") if around else None


def _has_prose(lines: Sequence[Line]) -> bool:
    """Whether there are sentences of some length beside a title, a day and who wrote them."""
    prose = lines[len(header(lines, Typesetting(lines)).lines) :]
    long = sum(len(line.text) for line in prose) >= _LEAST_PROSE
    return long and any(line.finished and len(line.text) > 20 for line in prose)


def _opens(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the formula with which a communiqué begins: 1., and which meeting."""
    match = re.match(NUMBER, text.fold(lines[at].text[:12]))
    if not match or int(match["number"]) != 1:
        return False
    beginning = " ".join(line.text[:300] for line in lines[at : at + 3])
    return bool(re.search(MEETING, beginning[:300]))


def _title(lines: Sequence[Line], opening: int) -> int:
    """The first of the lines of a title, a day and a place over the formula."""
    first = opening
    while first > max(0, opening - 5):
        line = lines[first - 1]
        if line.finished and not re.search(r"D\. ?C\.$", line.text):
            break
        if re.match(_ATTACHED, line.text) or (
            re.search(_QUOTES, line.text) and not re.search(MEETING, line.text)
        ):
            break
        first -= 1
    return first


def _last(lines: Sequence[Line], opening: int) -> int | None:
    """Where the lines of a communiqué end that opens there; None when it has too few numbers."""
    expected = 1
    formula = " ".join(line.text for line in lines[opening : opening + 6])
    if not re.search(_FORMULA, formula):
        return None
    for at in range(opening, len(lines)):
        line = lines[at]
        match = re.match(NUMBER, text.fold(line.text[:12]))
        if match and int(match["number"]) == expected:
            expected += 1
        elif expected > 5 and re.match(_OVER, line.text):
            ended = re.match(r"\W*(?://)? ?(?:끝|END)", line.text)
            return at + 1 if ended else at
    return len(lines) if expected > 5 else None


def _says_so(lines: Sequence[Line], first: int) -> bool:
    """Whether a title, or a sentence before it, says that a communiqué follows."""
    near = lines[max(0, first - 2) : first + 4]
    return any(re.search(f"{NAMED}|{_QUOTES}|{_ATTACHED}", line.text) for line in near)
