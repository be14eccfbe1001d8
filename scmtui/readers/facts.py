"""What a text says of itself: its title, dates, place, meeting, kind and language."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from scmtui import text
from scmtui.language import N_
from scmtui.model import Facts, Kind
from scmtui.readers.structure import NUMBER, heading_like

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scmtui.model import Paragraph, Provenance
    from scmtui.readers.lines import Line, Typesetting

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = (
    r"(?P<y1>(?:19|20)\d\d) ?[년.\-/] ?(?P<m1>\d\d?) ?[월.\-/] ?(?P<d1>\d\d?)(?!\d) ?[일.]?"
    r"|(?P<m2>[A-Z][a-z]{2,8})\.? (?P<d2>\d\d?),? (?P<y2>(?:19|20)\d\d)"
    r"|(?P<d3>\d\d?) (?P<m3>[A-Z][a-z]{2,8})\.?,? (?P<y3>(?:19|20)\d\d)"
)
_MEETING = (
    r"제? ?(?P<ko>\d{1,3}) ?차 ?(?:연례 ?)?(?:한[·∙ ]?미 ?)?(?:연례 ?)?(?:안보협의회의?|SCM)"
    r"|(?i:\b(?P<en>\d{1,3})(?:st|nd|rd|th)\b[^\n\d]{0,100}?"
    r"(?:Security Consultative Meeting|\bSCM\b))"
)
_NAMED = (
    r"공동 ?성명서?(?: ?\(?전문\)?)?$"
    r"|(?i:^\W*joint (?:communiqu[eé]|statement)\b|\bjoint communiqu[eé]$)"
)
_MINISTRY = r"국방부|합동참모본부|Department of (?:Defense|War)|Ministry of National Defense"
_LABEL = (
    rf"^(?=.*\w)\W*(?:(?:대한민국 ?)?(?:{_MINISTRY}) ?)?"
    r"(?i:보 ?도 ?자 ?료|press release|news release|for immediate release)?\W*$"
)
_WEEKDAY = r"\((?:[월화수목금토일]|[A-Z][a-z]{2,8})\)"
_HELD = r"개최|\bwas held\b|\bconvened\b"
_PUBLISHED = r"발표|배포|게재|보도|입력|\breleased\b|\bpublished\b|\bannounced\b"
_PLACE = (
    r"(?P<ko>[가-힣]+(?: ?D\.? ?C\.?)?)에서 ?(?:개최|열린|열렸)"
    r"|\bheld (?:in|at) (?P<en>[A-Z][A-Za-z]+(?:,? D\.? ?C\.?|, [A-Z][a-z]+)?)"
)
_SOURCE = r"https?://[^\s<>\"'”’)]+|[가-힣]{2,4} (?:특파원|기자)(?![가-힣])|(?m:^By [A-Z][\w .-]+$)"
_SUPPLIED = {
    ("ko", Kind.COMMUNIQUE): "[제{}차 한미안보협의회의(SCM) 공동성명]",
    ("ko", Kind.ARTICLE): "[제{}차 한미안보협의회의(SCM) 해설]",
    ("ko", Kind.PRESS): "[제{}차 한미안보협의회의(SCM) 보도자료]",
    ("en", Kind.COMMUNIQUE): "[Security Consultative Meeting (SCM) {}: joint communiqué]",
    ("en", Kind.ARTICLE): "[Security Consultative Meeting (SCM) {}: article]",
    ("en", Kind.PRESS): "[Security Consultative Meeting (SCM) {}: press release]",
}
NO_SOURCE = N_("The file names no author and no address.")
NO_RIGHTS = N_("Nothing is known of its rights.")
NO_TITLE = N_("The text has no title; the one in brackets was given to it here.")


def days(stretch: str) -> Iterator[date]:
    """The days that are written out in a stretch of text, in Korean or English."""
    for match in re.finditer(_DATE, stretch):
        form = next(form for form in "123" if match["y" + form])
        year, month, day = (match[part + form] for part in "ymd")
        try:
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
            yield date(int(year), number, int(day))
        except ValueError:
            continue


class Header(NamedTuple):
    """What stands before a text proper: its lines, and what they say."""

    lines: tuple[Line, ...]
    title: str = ""
    day: date | None = None
    place: str = ""
    labels: str = ""
    """Who issued it, and that it is a press release, as far as it says so."""
    others: tuple[Line, ...] = ()
    """Lines that say something else."""


def header(lines: Sequence[Line], setting: Typesetting) -> Header:
    """The title, date and place that stand before the first paragraph."""
    found = Header(())
    for line in lines[: _header_size(lines, setting)]:
        found = _add(found._replace(lines=(*found.lines, line)), line)
    return found


def _header_size(lines: Sequence[Line], setting: Typesetting) -> int:
    """How many lines stand before the first number, or else belong to a title and a date."""
    size = reach = 0
    titled = False
    for index, line in enumerate(lines[:10]):
        if re.match(NUMBER, text.fold(line.text[:12])):
            return index
        adjacent = reach == index
        if adjacent and (_is_dated(line) or re.match(_LABEL, line.text)):
            size = reach = index + 1
        elif line.finished:
            break
        elif adjacent and _titles(line, lines[index + 1 : index + 2], setting):
            # One title is sure; what else looks like one is, if a date follows it.
            reach = index + 1
            size, titled = (size if titled else reach), True
    return size if size < len(lines) else 0


def _is_dated(line: Line) -> bool:
    """Whether a line is a date, with a place at most."""
    rest, found = re.subn(f"{_DATE}|{_WEEKDAY}", "", line.text)
    return bool(found) and len(rest) <= 30 and not re.search(r"[다음함됨]\b|SCM|에서", rest)


def _titles(line: Line, following: Sequence[Line], setting: Typesetting) -> bool:
    if heading_like(line, setting):
        return True
    if len(line.text) > 150 or not re.search(f"{_MEETING}|{_NAMED}", line.text):
        return False
    after = following[0] if following else None
    return after is None or after.gap or _is_dated(after) or bool(re.match(NUMBER, after.text))


def _add(found: Header, line: Line) -> Header:
    """The header with what one more line says."""
    if re.match(_LABEL, line.text):
        return found._replace(labels=f"{found.labels} {line.text}")
    if _is_dated(line):
        rest = re.sub(f"{_DATE}|{_WEEKDAY}", "", line.text).strip(" ,()[]-–·")
        day, place = next(days(line.text), None), text.tidy(rest)
        return found._replace(day=found.day or day, place=found.place or place)
    if not found.title or _completes(found.title, line.text):
        return found._replace(title=text.tidy(f"{found.title} {line.text}"))
    if found.day and not found.place and len(line.text) <= 24:
        return found._replace(place=text.tidy(line.text))
    return found._replace(others=(*found.others, line))


def _completes(title: str, more: str) -> bool:
    """Whether a title says only which meeting or only what kind of text, and `more` the other."""
    meeting, named = re.search(_MEETING, title), re.search(_NAMED, title)
    return bool(
        (meeting and not named and re.search(_NAMED, more))
        or (named and not meeting and re.search(_MEETING, more))
    )


def language(source: str) -> str:
    """The language of a text, "ko" or "en", by the letters that most of it is written in."""
    hangul = len(re.findall("[가-힣]", source))
    return "ko" if hangul * 2 >= len(re.findall("[A-Za-z]", source)) else "en"


def gather(found: Header, paragraphs: Sequence[Paragraph], provenance: Provenance) -> Facts:
    """The facts of a text with this header and these paragraphs.

    What the text does not say stays empty; the id is that of the first document of its sort.
    """
    body = "\n".join(part.text for item in paragraphs for part in item.parts)
    numbered = sum(1 for item in paragraphs if item.number)
    beginning = body[:2000]
    spoken = language(f"{found.title} {beginning}")
    meeting = _meeting(f"{found.title}\n{beginning}")
    opening = [beginning[slice(*span)] for span in text.sentences(beginning)[:4]]
    kind = _kind(found, meeting, numbered, opening)
    place = re.search(_PLACE, beginning)
    return Facts(
        id=_id(meeting, spoken, kind, found.title or provenance.file.rpartition(".")[0]),
        meeting=meeting,
        kind=kind,
        language=spoken,
        title=found.title or _supplied(meeting, spoken, kind, opening),
        provenance=provenance,
        held=found.day if kind is Kind.COMMUNIQUE and found.day else _day(opening, _HELD),
        published=_published(found, kind, opening),
        place=found.place or (place["ko"] or place["en"] if place else ""),
        official=_official(found, kind, body),
    )


def origin(source: str) -> str:
    """What a file says of where it comes from: addresses and authors, or that it names none."""
    named = dict.fromkeys(re.findall(_SOURCE, source))
    return " · ".join([*named][:3]) or NO_SOURCE


def _meeting(stretch: str) -> int | None:
    match = re.search(_MEETING, stretch)
    return int(match["ko"] or match["en"]) or None if match else None


def _kind(found: Header, meeting: int | None, numbered: int, opening: Sequence[str]) -> Kind:
    if meeting is None:
        return Kind.OTHER
    formula = any(re.search(_MEETING, it) and re.search(_HELD, it) for it in opening[:1])
    if re.search(_NAMED, found.title) or (formula and numbered > 2):
        return Kind.COMMUNIQUE
    return Kind.PRESS if found.labels else Kind.ARTICLE


def _day(opening: Sequence[str], said: str) -> date | None:
    """The day named in the first of the sentences in which something is `said`."""
    told = (day for sentence in opening if re.search(said, sentence) for day in days(sentence))
    return next(told, None)


def _published(found: Header, kind: Kind, opening: Sequence[str]) -> date | None:
    if kind is Kind.COMMUNIQUE:
        return None
    return found.day or _day(opening, _PUBLISHED)


def _official(found: Header, kind: Kind, body: str) -> bool:
    if kind is Kind.PRESS:
        return bool(re.search(_MINISTRY, found.labels))
    return kind is Kind.COMMUNIQUE and not re.search(_SOURCE, body)


def _supplied(meeting: int | None, spoken: str, kind: Kind, opening: Sequence[str]) -> str:
    if meeting and kind is not Kind.OTHER:
        return _SUPPLIED[spoken, kind].format(meeting)
    return f"[{text.cut(opening[0] if opening else '', 60)}]"


def _id(meeting: int | None, spoken: str, kind: Kind, name: str) -> str:
    if meeting is None:
        slug = re.sub("[^0-9a-z가-힣]+", "-", text.fold(name))[:40].strip("-")
        return f"x-{slug or 'text'}"
    language = "" if spoken == "ko" else f"-{spoken}"
    return f"{meeting}{language}" + ("" if kind is Kind.COMMUNIQUE else f"-{kind.value}")
