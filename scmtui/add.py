"""Before a document is kept: its facts corrected, held against the catalogue, and what is there.

Nothing here writes: the library adds and replaces.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from scmtui import corpus
from scmtui.language import N_, _
from scmtui.model import Document, Facts, Finding, Kind, Meeting, UsageError
from scmtui.readers.days import days
from scmtui.text import clean, fold
from scmtui.wording import day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

MOST_CHARACTERS = 300
"""Characters of a title or a place at most."""

KINDS = {
    "communique": Kind.COMMUNIQUE,
    "communiqué": Kind.COMMUNIQUE,
    "공동성명": Kind.COMMUNIQUE,
    "article": Kind.ARTICLE,
    "해설": Kind.ARTICLE,
    "기사": Kind.ARTICLE,
    "press": Kind.PRESS,
    "보도자료": Kind.PRESS,
    "other": Kind.OTHER,
    "기타": Kind.OTHER,
}
LANGUAGES = {"ko": "ko", "korean": "ko", "한국어": "ko", "en": "en", "english": "en", "영어": "en"}
ANSWERS = {
    **dict.fromkeys(("yes", "y", "true", "official", "예", "네", "공식"), True),
    **dict.fromkeys(("no", "n", "false", "unofficial", "아니요", "아니오", "비공식"), False),
}


def _meeting(typed: str) -> int | None:
    match = re.fullmatch(r"제? ?([0-9]{1,3}) ?(?:차|st|nd|rd|th)?", typed)
    if typed and (not match or not int(match[1])):
        raise UsageError(
            "“{value}” is not the number of a meeting.",
            todo=N_("Write a number such as 52, or nothing."),
            value=typed,
        )
    return int(match[1]) if match else None


def _kind(typed: str) -> Kind:
    if fold(typed) not in KINDS:
        raise UsageError(
            "“{value}” is not a kind of document.",
            todo=N_("Write communique, article, press or other."),
            value=typed,
        )
    return KINDS[fold(typed)]


def _language(typed: str) -> str:
    if fold(typed) not in LANGUAGES:
        raise UsageError(
            "“{value}” is not a language of the documents.",
            todo=N_("Write ko or en."),
            value=typed,
        )
    return LANGUAGES[fold(typed)]


def _day(typed: str) -> date | None:
    found = list(days(typed))
    if typed and len(found) != 1:
        raise UsageError(
            "“{value}” is not a day.", todo=N_("Write it as 2020-10-14, or nothing."), value=typed
        )
    return found[0] if found else None


def _place(typed: str) -> str:
    if len(typed) > MOST_CHARACTERS:
        raise UsageError(
            "That is longer than {most} characters.", todo=N_("Write less."), most=MOST_CHARACTERS
        )
    return typed


def _title(typed: str) -> str:
    if not typed:
        raise UsageError("A document needs a title.", todo=N_("Write one."))
    return _place(typed)


def _official(typed: str) -> bool:
    if fold(typed) not in ANSWERS:
        raise UsageError(
            "“{value}” says neither yes nor no.", todo=N_("Write yes or no."), value=typed
        )
    return ANSWERS[fold(typed)]


FACTS: dict[str, Callable[[str], Any]] = {
    "title": _title,
    "meeting": _meeting,
    "kind": _kind,
    "language": _language,
    "held": _day,
    "published": _day,
    "place": _place,
    "official": _official,
}
"""The facts that a reader can correct, each with what reads the value that was typed."""


def written(known: Facts, fact: str) -> str:
    """A fact as it is typed and stored: 52, communique, 2020-10-14, yes; empty for nothing."""
    value = getattr(known, fact)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.value if isinstance(value, Kind) else str(value)


def amended(document: Document, typed: Mapping[str, str]) -> Document:
    """The document with facts as the reader typed them, and the id that goes with them.

    Raises UsageError, with a sentence of the field's own, when one cannot be read.
    """
    values = {fact: FACTS[fact](" ".join(clean(text).text.split())) for fact, text in typed.items()}
    before = document.facts
    known = identified(replace(before, **values), before)
    if "official" in typed:  # it is asked no more
        asked = tuple(it for it in document.doubts if it.kind == "official")
        doubts = tuple(it for it in document.doubts if it not in asked)
        document = replace(document, doubts=doubts) if asked else document
    if known == before:
        return document
    doubts = tuple(
        replace(it, address=it.address and replace(it.address, document=known.id))
        for it in document.doubts
        if it.kind != "title" or known.title.startswith("[")
    )
    after = _checked(replace(document, facts=known, doubts=doubts))
    # What the catalogue knows of another meeting fills what is empty; nothing else was asked for.
    return after if known.meeting != before.meeting else replace(after, facts=known)


def _checked(document: Document) -> Document:
    """The document compared with the catalogue anew; what the reader has corrected is settled."""
    from scmtui.readers.catalogue import doubt

    after = corpus.completed(document)
    meeting = next((it for it in corpus.meetings() if it.number == after.facts.meeting), None)
    settled = {
        doubt(it, meeting)
        for it in after.findings
        if meeting and it.agrees is False and it.fact in FACTS
        if not _alike(written(document.facts, it.fact), it.value)
    }
    return replace(after, doubts=tuple(it for it in after.doubts if it not in settled))


def identified(known: Facts, before: Facts) -> Facts:
    """The facts with the id that they give: meeting, language, kind; a slug without a meeting."""
    if (known.meeting, known.kind, known.language) == (
        before.meeting,
        before.kind,
        before.language,
    ):
        return known
    if known.meeting is None:
        slug = re.sub("[^0-9a-z가-힣]+", "-", fold(known.title))[:40].strip("-")
        return replace(known, id=f"x-{slug or 'text'}")
    language = "" if known.language == "ko" else f"-{known.language}"
    kind = "" if known.kind is Kind.COMMUNIQUE else f"-{known.kind.value}"
    return replace(known, id=f"{known.meeting}{language}{kind}")


class Stated(NamedTuple):
    """A fact of a document: how it was found, and what the catalogue of meetings says."""

    fact: str
    value: str
    """As it is stored; of who chaired, the name."""
    found: Finding | None = None
    """What the text says, if it says anything."""
    catalogue: str = ""
    """What the catalogue says, when it says anything."""
    agrees: bool | None = None
    """Whether the catalogue says the same; None when either says nothing."""

    @property
    def catalogue_in_words(self) -> str:
        """What the catalogue of meetings says of it, in a sentence, if it says anything."""
        if self.agrees:
            return _("The catalogue of meetings says the same.")
        if not self.catalogue:
            return ""
        said = value_in_words(self.fact, self.catalogue)
        return _("The catalogue of meetings says: {value}.").format(value=said)

    @property
    def correction_in_words(self) -> str:
        """What was read where the reader has given something else, in a sentence."""
        if not self.corrected or not self.found:
            return ""
        was = value_in_words(self.fact, self.found.value) or "–"
        return _("You corrected it; it was read as “{value}”.").format(value=was)

    @property
    def corrected(self) -> bool:
        """Whether the reader has made it something else than what was found."""
        return self.found is not None and not _alike(self.value, self.found.value)


CHAIRS = ("rok_minister", "us_secretary")


def stated(document: Document) -> tuple[Stated, ...]:
    """The facts of a document in the order in which they are shown, those who chaired at the end.

    What was found in the text is shown beside what is held for true now.
    """
    findings = {it.fact: it for it in reversed(document.findings)}
    meeting = next(
        (it for it in corpus.meetings() if it.number == document.facts.meeting), Meeting(0)
    )
    rows = []
    for fact in (*FACTS, *CHAIRS):
        found = findings.get(fact)
        if fact in CHAIRS and found is None:
            continue
        value = found.value if fact in CHAIRS and found else written(document.facts, fact)
        names = _catalogued(meeting, fact, document.facts.language)
        agrees = any(_alike(value, name) for name in names) if names and value else None
        if found and found.agrees is not None and _alike(found.value, value):
            agrees = found.agrees
        rows.append(Stated(fact, value, found, names[0] if names else "", agrees))
    return tuple(rows)


def _catalogued(meeting: Meeting, fact: str, language: str) -> list[str]:
    """What the catalogue gives for a fact, in the document's language first."""
    if fact == "held":
        return [meeting.held.isoformat()] if meeting.held else []
    if fact not in {"place", *CHAIRS}:
        return []
    name = getattr(meeting, fact)
    return list(filter(None, dict.fromkeys((name.in_language(language), name.ko, name.en))))


def _alike(one: str, other: str) -> bool:
    """Whether two values say the same: blanks, marks and case do not matter."""
    yes = {"true": "yes", "false": "no"}
    a, b = ("".join(filter(str.isalnum, fold(yes.get(it, it)))) for it in (one, other))
    return a == b


LABELS = {
    "title": N_("Title"),
    "meeting": N_("Meeting"),
    "kind": N_("Kind"),
    "language": N_("Language"),
    "held": N_("Held"),
    "published": N_("Published"),
    "place": N_("Place"),
    "official": N_("Official"),
    "rok_minister": N_("ROK minister"),
    "us_secretary": N_("US secretary"),
}


def value_in_words(fact: str, value: str) -> str:
    """A fact as people read it."""
    words = {
        "communique": _("Joint communiqué"),
        "article": _("Article about the meeting"),
        "press": _("Press release"),
        "other": _("Text"),
        "ko": _("Korean"),
        "en": _("English"),
        "yes": _("yes"),
        "true": _("yes"),
        "no": _("no"),
        "false": _("no"),
    }
    if fact in {"held", "published"} and (found := list(days(value))):
        return day(found[0])
    return words.get(value, value) if fact in {"kind", "language", "official"} else value


class Standing(NamedTuple):
    """What is there already of a document that is to be added."""

    same: str = ""
    """The id under which the same document from the same file is there."""
    copies: tuple[Facts, ...] = ()
    """Other copies of it: the same meeting, kind and language; those as official as it first."""


def standing(document: Document, known: Iterable[Facts], *, alone: bool = True) -> Standing:
    """What is there of a document, `alone` in its file, among the documents at hand."""
    mine = document.facts
    everything = tuple(known)
    alike = tuple(it for it in everything if _stem(it) == _stem(mine))
    same = [it for it in everything if it.provenance.sha256 == mine.provenance.sha256]
    if not alone or len(same) > 1:
        same = [it for it in same if it in alike]
    alike = tuple(sorted(alike, key=lambda it: it.official != mine.official))
    return Standing(same[0].id if same else "", alike)


def lesser(document: Document, copy: Facts) -> bool:
    """Whether a document would be less in the place of this copy: that one alone is official."""
    return copy.official and not document.facts.official


def _stem(known: Facts) -> tuple[object, ...]:
    if known.meeting is None:
        return (re.sub(r"-\d+$", "", known.id),)
    return known.meeting, known.kind, known.language
