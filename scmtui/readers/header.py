"""What stands before a text proper: its title, its days and place, and who issued it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scmtui import text
from scmtui.readers.days import DAY, days
from scmtui.readers.structure import NUMBER, heading_like

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from scmtui.readers.lines import Line, Typesetting

MEETING = (
    r"(?<!\d)제? ?(?P<ko>\d{1,3}) ?차 ?(?:연례 ?)?(?:한[·∙ ]?미 ?)?(?:연례 ?)?"
    r"(?:안보협의회의?|안보 ?협의회 ?회의|SCM)"
    r"|(?i:\b(?:(?P<en>\d{1,3}) ?(?:st|nd|rd|th)|(?P<tens>twen|thir|for|fif|six|seven|eigh|nine)"
    r"t(?:y|ieth)(?:[- ](?P<units>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))?)\b"
    r"[^\n\d]{0,100}?(?:Security Consultative Meeting|\bSCM\b))"
)
"""A meeting named by its number; `number` reads it."""

NAMED = (
    r"공동 ?(?:성명서?|발표문|언론 ?성명)"
    r"(?: ?[\[(<【]? ?(?:전문|[국영]문본?|국[/·, ]?영문)[\])>】]?)?$"
    r"|(?i:^\W*joint (?:communiqu[eé]|statement)\b|\bjoint (?:communiqu[eé]|statement)\W*$)"
)
"""What a title says of a communiqué."""

MINISTRY = (
    r"국방부|합동참모본부|외교부|Department of (?:Defense|War)|Ministry of National Defense"
    r"|DEPARTMENT OF (?:DEFENSE|WAR)|MINISTRY OF NATIONAL DEFENSE"
)
"""Who issues what is official."""

_RELEASE = (
    r"보 ?도 ?(?:참고 ?)?자 ?료|press release|news release|(?:for )?immediate release|release"
    r"|press statement|보도문"
)
_LABEL = (
    rf"^(?=.*\w)\W*(?:(?:대한민국|미합중국|미|U\.S\.|ROK)? ?(?:{MINISTRY}) ?)?"
    rf"(?i:{_RELEASE})?\W*$"
)
_PLACE = r"(?:[A-Z][A-Za-z]+,? D\. ?C\.|[가-힣]{2,6},? D\. ?C\.)$"
_BYLINE = (
    r"\W*[가-힣]{2,4} ?(?:기자|특파원)(?![가-힣])(?:.{0,60}@.{0,60})?\W*$"
    r"|By [A-Z][\w .’'-]{2,60}$|[▲△▼◀] ?\S.{0,150}$"
)
"""Who wrote it, or what a picture shows."""

_ALONE = rf"{_LABEL}|{_PLACE}|{_BYLINE}"
_BY_OFFICE = r"배포|보도 ?(?:시점|일시)|담당|책임자|(?i:released)"
_ISSUED = (
    r"배포|보도 ?(?:시점|일시)|담당 ?(?:부서|자)|책임자|연락처|작성 ?(?:일|자)|등록 ?(?:일|자)"
    r"|게시 ?일|입력|승인|최종 ?수정|발행|(?i:\b(?:released|published|posted|updated)\b)"
)
_WEEKDAY = r"\((?:[월화수목금토일]|[A-Z][a-z]{2,8})\)"
_LONGEST = 1000
"""Characters of a line that may be a title or a date; the rest is text, whatever is in it."""
_TENS = {"twen": 20, "thir": 30, "for": 40, "fif": 50, "six": 60, "seven": 70, "eigh": 80}
_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def number(match: re.Match[str]) -> int | None:
    """The number of a meeting that is named, or None when it is none."""
    if digits := match["ko"] or match["en"]:
        return int(digits) or None
    units = (match["units"] or "").lower()
    return _TENS.get(match["tens"].lower(), 90) + (_UNITS.index(units) + 1 if units else 0)


class Header(NamedTuple):
    """The lines before a text, and what they say."""

    lines: tuple[Line, ...]
    title: str = ""
    day: date | None = None
    place: str = ""
    labels: str = ""
    """Who issued it, and that it is a press release, as far as it says so."""
    published: date | None = None
    others: tuple[Line, ...] = ()
    """Lines that say something else."""

    def saying(self, told: str) -> Line | None:
        """The first of its lines in which that is written, blanks apart."""
        solid = "".join(told.split())
        return next((it for it in self.lines if solid in "".join(it.text.split())), None)


def header(lines: Sequence[Line], setting: Typesetting) -> Header:
    """The title, date and place that stand before the first paragraph."""
    found = Header(())
    for line in lines[: _size(lines, setting)]:
        found = _add(found._replace(lines=(*found.lines, line)), line)
    return found


def _size(lines: Sequence[Line], setting: Typesetting) -> int:
    """How many lines stand before the first number, or else belong to a title and a date."""
    size = reach = 0
    titled = False
    for index, line in enumerate(lines[:14]):
        if re.match(NUMBER, text.fold(line.text[:12])) or line.begins == "paragraph":
            return index
        if len(line.text) > _LONGEST:
            break
        adjacent = reach == index
        if _is_dated(line) or _is_issued(line) or re.match(_ALONE, line.text):
            size = reach = index + 1 if adjacent else reach
        elif line.finished:
            break
        elif adjacent and _titles(line, lines[index + 1 : index + 2], setting):
            # One title is sure; what else looks like one is, if a date follows it.
            reach = index + 1
            size, titled = (size if titled else reach), True
    return size if size < len(lines) else 0


def _is_dated(line: Line) -> bool:
    """Whether a line is a date, with a place at most."""
    rest, found = re.subn(f"{DAY}|{_WEEKDAY}", "", line.text)
    return bool(found) and len(rest) <= 30 and not re.search(r"[다음함됨]\b|SCM|에서", rest)


def _is_issued(line: Line) -> bool:
    """Whether a line says when and by whom a text was issued."""
    return (
        len(line.text) <= 120
        and not line.finished
        and bool(re.search(_ISSUED, line.text))
        and bool(re.search(rf"{DAY}|\t|:|부서|책임자", line.text))
    )


def _titles(line: Line, following: Sequence[Line], setting: Typesetting) -> bool:
    if heading_like(line, setting):
        return True
    if len(line.text) > 150 or not re.search(f"{MEETING}|{NAMED}", line.text):
        return False
    after = following[0] if following else None
    return after is None or after.gap or _is_dated(after) or bool(re.match(NUMBER, after.text))


def _add(found: Header, line: Line) -> Header:
    """The header with what one more line says."""
    if re.match(_LABEL, line.text):
        return found._replace(labels=f"{found.labels} {line.text}".strip())
    if _is_issued(line):
        more = f" {line.text}" if re.search(_BY_OFFICE, line.text) else ""
        day = found.published or next(days(line.text), None)
        return found._replace(labels=(found.labels + more).strip(), published=day)
    if re.match(_BYLINE, line.text):
        return found._replace(others=(*found.others, line))
    if _is_dated(line):
        rest = re.sub(f"{DAY}|{_WEEKDAY}", "", line.text).lstrip(".").strip(" ,()[]<>-–·:;")
        day, place = next(days(line.text), None), text.tidy(rest)
        return found._replace(day=found.day or day, place=found.place or place)
    return _say(found, line)


def _say(found: Header, line: Line) -> Header:
    """The header with a line that is a title, a place or something else."""
    if not found.title or _completes(found.title, line.text):
        return found._replace(title=text.tidy(f"{found.title} {line.text}"))
    # Under the title and the day of a communiqué stands a place; under those of others an author.
    expected = found.day and len(line.text) <= 24 and re.search(NAMED, found.title)
    if not found.place and (expected or re.match(_PLACE, line.text)):
        return found._replace(place=text.tidy(line.text))
    return found._replace(others=(*found.others, line))


def _completes(title: str, more: str) -> bool:
    """Whether a title says only which meeting or only what kind of text, and `more` the other."""
    meeting, named = re.search(MEETING, title), re.search(NAMED, title)
    whole = f"{title} {more}"
    if meeting:
        if named or (re.search(MEETING, more) and re.search(NAMED, more)):
            return False
        return bool(re.search(NAMED, more) or re.search(NAMED, whole))
    begun = named or re.search(r"\d ?(?:차|st|nd|rd|th)$", title)
    return bool(begun and re.search(MEETING, whole))
