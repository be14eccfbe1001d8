"""Citations: which document, of which day and place, and which paragraph of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui import corpus
from scmtui.briefing.dates import dated, korean_day
from scmtui.language import current
from scmtui.model import Kind

if TYPE_CHECKING:
    from scmtui.model import Address, Document, Facts

OWN = "own"
STYLES = ("ko", "en", "short", OWN)
"""Korean, English, the address alone, or as the reader's own template says."""

_KINDS = {
    Kind.COMMUNIQUE: "Joint Communiqué of the {meeting}",
    Kind.ARTICLE: "Article about the {meeting}",
    Kind.PRESS: "Press release on the {meeting}",
    Kind.OTHER: "Text on the {meeting}",
}
_MEETING = "{ordinal} ROK-U.S. Security Consultative Meeting"
_IN_FEW = {
    Kind.COMMUNIQUE: ("제{number}차 공동성명", "{ordinal} communiqué"),
    Kind.ARTICLE: ("제{number}차 해설 기사", "article on the {ordinal}"),
    Kind.PRESS: ("제{number}차 보도자료", "press release on the {ordinal}"),
    Kind.OTHER: ("제{number}차 관련 문서", "text on the {ordinal}"),
}
_LANGUAGES = {"ko": "Korean text", "en": "English text"}


def cite(document: Document, address: Address, style: str) -> str:
    """The citation of what stands at an address; what is not official says so in every style.

    ko: 「제52차 한미안보협의회의(SCM) 공동성명」(2020. 10. 14., 워싱턴 D.C.) 제11항
    en: Joint Communiqué of the 52nd ROK-U.S. … (Washington, D.C., 14 October 2020), para. 11

    Raises SettingsError where the reader's own template cannot be used.
    """
    facts = document.facts
    if style == OWN:
        from scmtui.briefing.own import cited

        return cited(document, address)
    if style == "short":
        return str(address) if facts.official else f"{address} (비공식)"
    where = (_in_korean if style == "ko" else _in_english)(document, address)
    return f"{source(facts, style)}{where}"


def source(facts: Facts, style: str) -> str:
    """The citation of a document as a whole; a template is for passages, not for that."""
    if style == "short":
        return facts.id if facts.official else f"{facts.id} (비공식)"
    return _korean(facts) if is_korean(style) else _english(facts)


def is_korean(style: str) -> bool:
    """Whether a page with citations in this style is a Korean one."""
    return (style if style in ("ko", "en") else current()) == "ko"


def label(facts: Facts, style: str) -> str:
    """A document in few words, with its id: 제52차 공동성명 [52]; what is not official says so."""
    korean = is_korean(style)
    unofficial = "" if facts.official else (" (비공식)" if korean else " (unofficial)")
    if facts.meeting is None:
        return f"{facts.title} [{facts.id}]{unofficial}"
    ordinal = corpus.ordinal(facts.meeting)
    named = _IN_FEW[facts.kind][not korean].format(number=facts.meeting, ordinal=ordinal)
    return f"{named} [{facts.id}]{unofficial}"


def _korean(facts: Facts) -> str:
    day = dated(facts)
    place = facts.place if facts.kind is Kind.COMMUNIQUE else ""
    told = ", ".join(filter(None, (korean_day(day) if day else "", place)))
    unofficial = "" if facts.official else "[비공식]"
    return f"「{facts.title}」" + (f"({told})" if told else "") + unofficial


def _in_korean(document: Document, address: Address) -> str:
    found = ""
    if address.paragraph is not None:
        found = f" 제{address.paragraph}항" if address.paragraph else " 도입부"
    if address.part and (_parts(document, address) > 1 or address.sentence):
        found += f" 제{address.part}문단"
    return found + (f" 제{address.sentence}문장" if address.sentence else "")


def _english(facts: Facts) -> str:
    meeting = next((it for it in corpus.meetings() if it.number == facts.meeting), None)
    if facts.meeting is None:
        name = f"“{facts.title}”"
    else:
        ordinal = corpus.ordinal(facts.meeting)
        name = _KINDS[facts.kind].format(meeting=_MEETING.format(ordinal=ordinal))
    official = facts.kind is Kind.COMMUNIQUE
    place = (meeting.place.en if meeting else "") or facts.place if official else ""
    day = dated(facts)
    told = [
        place,
        f"{day.day} {day:%B} {day.year}" if day else "",
        _LANGUAGES.get(facts.language, facts.language) if facts.meeting else "",
        "" if facts.official else "unofficial",
    ]
    return f"{name} ({', '.join(filter(None, told))})" if any(told) else name


def _in_english(document: Document, address: Address) -> str:
    found = ""
    if address.paragraph is not None:
        found = f", para. {address.paragraph}" if address.paragraph else ", introduction"
    if address.part and (_parts(document, address) > 1 or address.sentence):
        found += f", subpara. {address.part}"
    return found + (f", sentence {address.sentence}" if address.sentence else "")


def _parts(document: Document, address: Address) -> int:
    paragraph = document.paragraph(address.paragraph or 0)
    return len(paragraph.parts) if paragraph else 0
