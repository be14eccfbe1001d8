"""What a text says of itself: which meeting, what kind of text, in which language, when and where.

Everything found comes with the line that says so (`Finding`), to be compared with the catalogue of
meetings (`catalogue.checked`) and shown to the reader, whose word is the last.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scmtui import text
from scmtui.language import N_
from scmtui.model import Facts, Finding, Kind, Remark
from scmtui.readers.chairs import chairs
from scmtui.readers.days import days
from scmtui.readers.header import MEETING, MINISTRY, NAMED, Header, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from scmtui.model import Document, Paragraph, Provenance

_HELD = r"개최|\bwas held\b|\bconvened\b|\bwas convened\b"
_PUBLISHED = r"발표|배포|게재|보도|입력|\breleased\b|\bpublished\b|\bannounced\b"
_PLACE = (
    r"(?P<ko>[가-힣]+(?: ?D\.? ?C\.?)?)에서 ?(?:개최|열린|열렸)"
    r"|(?P<city>서울|워싱턴(?: ?D\.? ?C\.?)?|호놀룰루|하와이|샌안토니오|부산|제주|경주)에서 "
    r"[^\n.]{0,40}?(?:개최|열린|열렸|열고|열었)"
    r"|\b(?:held|convened)(?: on [A-Z][a-z]+ \d\d?,? \d{4},?)? (?:in|at) "
    r"(?:the Pentagon,? (?:in )?)?"
    r"(?P<en>[A-Z][A-Za-z]+(?:,? D\.? ?C\.?|, (?!on|Republic|Korea)[A-Z][a-z]+)?)"
)
_SOURCE = (
    r"https?://[^\s<>\"'”’)]+|[가-힣]{2,4} (?:특파원|기자)(?![가-힣])"
    r"|(?m:^By [A-Z][\w .-]+$)"
)
_PRESS_COPY = (
    rf"{_SOURCE}|카테고리의 다른 글|무단 ?전재|저작권자|(?m:^출처 ?[:：])"
    r"|(?:뉴스|신문|일보|통신) ?="
)
_OFFICIAL_SITE = (
    r"(?:https?://)?(?<![\w.-])(?:[\w-]{1,63}\.){0,5}(?:mnd\.go\.kr|korea\.kr|mofa\.go\.kr"
    r"|defense\.gov|war\.gov"
    r"|state\.gov|usfk\.mil|jcs\.mil\.kr)(?![\w.-]*\w\.)"
)
_SITES = {"html", "md"}
"""Formats in which anybody's copy looks like any other."""

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
NO_MEETING = N_("The title speaks of a meeting and names none by a number that there could be.")
_SPOKEN_OF = r"안보협의회의|(?i:\bSCM\b|Security Consultative)"
PRESS_COPY = N_("This is a press copy: the text as “{document}” quotes it, not the official one.")
NO_TITLE = N_("The text has no title; the one in brackets was given to it here.")


class Told(NamedTuple):
    """A text as far as it is read to find out what it is."""

    header: Header
    body: str
    """Its paragraphs as they are shown."""
    opening: tuple[str, ...]
    """Its first sentences."""
    source: str
    numbered: int
    """How many numbered paragraphs it has."""
    ended: str = ""
    """The mark by which it says that it has ended."""


def told(header: Header, paragraphs: Sequence[Paragraph], source: str, ended: str = "") -> Told:
    """What is read of a text with this header and these paragraphs to find out what it is."""
    body = "\n".join(part.text for item in paragraphs for part in item.parts)
    beginning = body[:3000]
    opening = tuple(beginning[slice(*span)] for span in text.sentences(beginning)[:4])
    numbered = sum(1 for item in paragraphs if item.number)
    return Told(header, body, opening, source, numbered, ended)


def language(source: str) -> str:
    """The language of a text, "ko" or "en", by the letters that most of it is written in."""
    hangul = len(re.findall("[가-힣]", source))
    return "ko" if hangul * 2 >= len(re.findall("[A-Za-z]", source)) else "en"


def origin(source: str) -> str:
    """What a file says of where it comes from: addresses and authors, or that it names none."""
    named = dict.fromkeys(re.findall(_SOURCE, source))
    return " · ".join([*named][:3]) or NO_SOURCE


def gather(read: Told, provenance: Provenance) -> tuple[Facts, tuple[Finding, ...]]:
    """The facts of a text, and what in it says so.

    What the text does not say stays empty; the id is that of the first document of its sort.
    """
    spoken = language(f"{read.header.title} {read.body[:2000]}")
    findings = {it.fact: it for it in _findings(read, spoken, provenance)}
    meeting = int(findings["meeting"].value) if "meeting" in findings else None
    kind = Kind(findings["kind"].value)
    title = read.header.title
    facts = Facts(
        id=_id(meeting, spoken, kind, title or provenance.file.rpartition(".")[0]),
        meeting=meeting,
        kind=kind,
        language=spoken,
        title=title or _supplied(meeting, spoken, kind, read.opening) or f"[{provenance.file}]",
        provenance=provenance,
        held=_day(findings, "held"),
        published=_day(findings, "published"),
        place=findings["place"].value if "place" in findings else "",
        official=findings["official"].value == "true",
    )
    return facts, tuple(findings.values())


def _day(findings: dict[str, Finding], fact: str) -> date | None:
    from datetime import date

    return date.fromisoformat(findings[fact].value) if fact in findings else None


def _findings(read: Told, spoken: str, provenance: Provenance) -> Iterator[Finding]:
    meeting = _meeting(read)
    if meeting:
        yield meeting
    kind = _kind(read, meeting)
    yield kind
    yield Finding("language", spoken, *_line(read, read.opening[0] if read.opening else ""))
    yield from _dates(read, Kind(kind.value))
    if read.header.place:
        yield Finding("place", read.header.place, *_line(read, read.header.place))
    elif meeting and (place := re.search(_PLACE, read.body[:2000])):
        said = place["ko"] or place["city"] or place["en"]
        yield Finding("place", said, *_sentence(read, place.start()))
    yield _official(read, Kind(kind.value), provenance)
    for who, name, at in chairs(read.body[:3000], spoken):
        yield Finding(who, name, *_sentence(read, at))


def _line(read: Told, said: str) -> tuple[str, int | None]:
    """The line of the header or of the source that says something, and where it stands."""
    if line := read.header.saying(said):
        return line.text, line.start
    return said, _place(read.source, said)


def _sentence(read: Told, at: int) -> tuple[str, int | None]:
    """The sentence of the text that holds a place of it, and where it stands in the source."""
    beginning = read.body[:4000]
    start, end = next(span for span in text.sentences(beginning) if span[1] > at)
    return beginning[start:end], _place(read.source, beginning[start:end])


def _place(source: str, said: str) -> int | None:
    """Where in a source something is written, however its blanks and line ends fall."""
    letters = re.sub(r"\s+", "", said)[:40]
    form = r"\s*".join(map(re.escape, letters))
    match = re.search(form, source[:20_000]) if letters else None
    return match.start() if match else None


def _meeting(read: Told) -> Finding | None:
    title = read.header.title
    for stretch in (title, read.body[:2000]):
        match = re.search(MEETING, stretch)
        if match and (found := number(match)):
            where = _line(read, title) if stretch is title else _sentence(read, match.start())
            return Finding("meeting", str(found), *where)
    return None


def _kind(read: Told, meeting: Finding | None) -> Finding:
    title = read.header.title
    if meeting is None:
        return Finding("kind", Kind.OTHER.value)
    if re.search(NAMED, title):
        return Finding("kind", Kind.COMMUNIQUE.value, *_line(read, title))
    first = read.opening[0] if read.opening else ""
    if re.search(MEETING, first) and re.search(_HELD, first) and read.numbered > 2:
        return Finding("kind", Kind.COMMUNIQUE.value, *_line(read, first))
    if read.header.labels:
        label = next((it for it in read.header.lines if it.text in read.header.labels), None)
        quote = (label.text, label.start) if label else ("", None)
        return Finding("kind", Kind.PRESS.value, *quote)
    return Finding("kind", Kind.ARTICLE.value)


def _dates(read: Told, kind: Kind) -> Iterator[Finding]:
    """The days on which the meeting was held and the text was published."""
    held = _said(read, "held", _HELD)
    header = next((it for it in read.header.lines if next(days(it.text), None)), None)
    bare = read.header.day
    quoted = (header.text, header.start) if header else ("", None)
    if kind is Kind.COMMUNIQUE and bare and (held is None or held.value == bare.isoformat()):
        line = next(it for it in read.header.lines if bare in days(it.text))
        held, bare = Finding("held", bare.isoformat(), line.text, line.start), None
    if held:
        yield held
    if read.header.published or bare:
        day = read.header.published or bare
        yield Finding("published", day.isoformat() if day else "", *quoted)
    elif kind is not Kind.COMMUNIQUE and (published := _said(read, "published", _PUBLISHED)):
        yield published


def _said(read: Told, fact: str, form: str) -> Finding | None:
    """The day named in the first of the opening sentences in which that is said."""
    for sentence in read.opening:
        if re.search(form, sentence) and (day := next(days(sentence), None)):
            return Finding(fact, day.isoformat(), sentence, _place(read.source, sentence))
    return None


def _official(read: Told, kind: Kind, provenance: Provenance) -> Finding:
    """Whether a text says of itself that it is the official one: who issued it, where, or its end.

    A title says nothing, for anybody can copy it. Whether it is true, `evidence` weighs.
    """
    copied = re.search(_PRESS_COPY, re.sub(_OFFICIAL_SITE, "", read.source))
    if kind not in {Kind.COMMUNIQUE, Kind.PRESS} or copied:
        return Finding("official", "false", *_shown(read, copied))
    label = re.search(MINISTRY, read.header.labels)
    site = re.search(_OFFICIAL_SITE, f"{read.source}\n{provenance.origin}")
    if label:
        return Finding("official", "true", *_line(read, label[0]))
    if site:
        return Finding("official", "true", *_shown(read, site))
    by_its_form = read.ended.startswith("//") and provenance.format not in _SITES
    if kind is Kind.COMMUNIQUE and by_its_form and read.header.day:
        return Finding("official", "true", read.ended, read.source.rfind(read.ended))
    return Finding("official", "false")


def _shown(read: Told, match: re.Match[str] | None) -> tuple[str, int | None]:
    return (match[0].strip(), _place(read.source, match[0])) if match else ("", None)


def _supplied(meeting: int | None, spoken: str, kind: Kind, opening: Sequence[str]) -> str:
    if meeting and kind is not Kind.OTHER:
        return _SUPPLIED[spoken, kind].format(meeting)
    return f"[{text.cut(opening[0], 60)}]" if opening else ""


def _id(meeting: int | None, spoken: str, kind: Kind, name: str) -> str:
    if meeting is None:
        slug = re.sub("[^0-9a-z가-힣]+", "-", text.fold(name))[:40].strip("-")
        return f"x-{slug or 'text'}"
    language = "" if spoken == "ko" else f"-{spoken}"
    return f"{meeting}{language}" + ("" if kind is Kind.COMMUNIQUE else f"-{kind.value}")


def recast(
    document: Document, meeting: int | None, kind: Kind, *, official: bool | None = None
) -> Document:
    """The document as one of this kind about this meeting, for what stands beside it says so."""
    known = document.facts
    name = known.title if known.title and known.title[0] != "[" else known.provenance.file
    title = known.title
    if title.startswith("["):
        title = _supplied(meeting, known.language, kind, ()) or title
    shown = known.official if official is None else official
    facts = replace(
        known,
        meeting=meeting,
        kind=kind,
        title=title,
        official=shown and kind is not Kind.ARTICLE,
    )
    values = {
        "meeting": str(meeting or ""),
        "kind": kind.value,
        "official": "true" if facts.official else "false",
    }
    findings = tuple(
        it if values.get(it.fact, it.value) == it.value else Finding(it.fact, values[it.fact])
        for it in document.findings
    )
    document = replace(document, facts=facts, findings=findings)
    return renamed(document, _id(meeting, known.language, kind, name))


def renamed(document: Document, id: str) -> Document:  # noqa: A002 - its name
    """The document with another id, in the addresses of its doubts too."""
    doubts = tuple(
        replace(it, address=it.address and replace(it.address, document=id))
        for it in document.doubts
    )
    return replace(document, facts=replace(document.facts, id=id), doubts=doubts)


def doubts(header: Header, facts: Facts) -> Iterator[Remark]:
    """What of the facts is not certain, as far as the text goes."""
    if not header.title and facts.title.startswith("["):
        yield Remark("title", NO_TITLE)
    if facts.meeting is None and re.search(_SPOKEN_OF, header.title):
        yield Remark("meeting", NO_MEETING)
