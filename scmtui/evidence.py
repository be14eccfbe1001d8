"""Whether anything but its own words shows that a text is the official one.

A title, an end mark, the name of a ministry: anybody can write them under other words. What speaks
for a text from outside is a document known to be official that says the same from its first line to
its last; else the reader's own word, which is asked for.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from scmtui import corpus
from scmtui.language import N_, _, ngettext
from scmtui.model import Remark, ScmError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scmtui.model import Document, Facts
    from scmtui.shelf import Shelf

DOUBT = "official"
"""The kind of the doubt whether a text is the official one."""
ONLY_ITSELF = N_(
    "Nothing outside the text shows that this is the official text: say whether it is, yes or no."
)

_FORMS = {
    "'": "‘’‚‛`´＇",
    '"': "“”„‟＂",
    "·": "•‧∙⋅・･ㆍᆞ",
    "-": "‐‑‒–—―−﹣－",
    "~": "～〜∼",
    ".": "．。｡",
    ",": "，、､",
}
"""The forms that typesetting gives to one mark; no other sign stands for another."""
_AS_ONE = str.maketrans({form: mark for mark, forms in _FORMS.items() for form in forms})
_WIDE = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
_SENTENCE = re.compile(r"[가-힣][다음함됨임요까죠][.?!。]|[a-z]{2}[.?!](?=\s|$)")


def weighed(document: Document, shelf: Shelf) -> Document:
    """The document with a doubt when only its own words say that it is official.

    There is none where a document that is official says the same: title, day and place, each
    paragraph under its number, and what stands before and after them. Blanks apart, and the forms
    of quotation marks, dots and dashes, not one character differs.
    """
    doubts = tuple(it for it in document.doubts if it.kind != DOUBT)
    if document.facts.official and (doubt := _doubt(document, shelf)):
        doubts = (*doubts, doubt)
    return document if doubts == document.doubts else replace(document, doubts=doubts)


def questioned(document: Document) -> bool:
    """Whether the reader is still to say that a text is official."""
    return document.facts.official and any(it.kind == DOUBT for it in document.doubts)


def settled(document: Document) -> Document:
    """The document as it is kept when nobody has said that it is official: then it is not."""
    if not questioned(document):
        return document
    findings = tuple(
        replace(it, value="false") if it.fact == "official" else it for it in document.findings
    )
    return replace(document, facts=replace(document.facts, official=False), findings=findings)


def reason(document: Document, shelf: Shelf) -> str:
    """Why a document is held for official or not, in a sentence; empty where nothing tells."""
    if questioned(document):
        return _("Only its own words say that it is.")
    known = document.facts
    if any((it.id, it.provenance.sha256) == _file(known) for it in corpus.facts()):
        return ""
    others = (it for it in _official(known, shelf) if _file(it.facts) != _file(known))
    compared = [(_differences(document, it), it.id) for it in others]
    if known.official:
        same = next((id_ for places, id_ in compared if not places), "")
        told = _("It has the same words as {id}, which is official.").format(id=same)
        return told if same else _("No other text at hand shows it.")
    same = next((id_ for places, id_ in compared if "paragraph" not in places), "")
    told = _(
        "Its paragraphs have the same words as {id}, which is official; that this file is the "
        "official text, it does not say."
    )
    return told.format(id=same) if same else ""


def _file(known: Facts) -> tuple[str, str]:
    return known.id, known.provenance.sha256


def _doubt(document: Document, shelf: Shelf) -> Remark | None:
    """What the official documents at hand do not settle."""
    compared = [(_differences(document, it), it.id) for it in _official(document.facts, shelf)]
    if not compared:
        return Remark(DOUBT, ONLY_ITSELF)
    places, id_ = min(compared, key=lambda it: len(it[0]))
    if not places:
        return None
    told = _("It differs from {id}, which is official, in {places}: say whether this one is.")
    return Remark(DOUBT, told.format(id=id_, places=", ".join(_in_words(places))))


def _official(sought: Facts, shelf: Shelf) -> Iterator[Document]:
    """The official documents of the same meeting, kind and language; bundled ones always."""
    for known, read in ((shelf.facts(), shelf.document), (corpus.facts(), corpus.document)):
        for facts in known:
            if facts.official and _subject(facts) == _subject(sought) != (None,):
                try:
                    yield read(facts.id)
                except ScmError:  # one that cannot be read speaks for nothing
                    continue


def _subject(facts: Facts) -> tuple[object, ...]:
    return (facts.meeting, facts.kind, facts.language) if facts.meeting else (None,)


_FACTS = ("title", "held", "published", "place")
_PLACES = {
    "title": N_("its title"),
    "held": N_("the day of the meeting"),
    "published": N_("the day of publication"),
    "place": N_("the place"),
    "opening": N_("what stands before its first paragraph"),
    "ending": N_("what follows its last paragraph"),
    "aside": N_("notes or sentences that were left out"),
}


def _in_words(places: list[str]) -> Iterator[str]:
    """Where two documents differ, as people read it."""
    if count := places.count("paragraph"):
        told = ngettext("{count} paragraph", "{count} paragraphs", count)
        yield told.format(count=count)
    yield from (_(told) for place, told in _PLACES.items() if place in places)


def _differences(one: Document, other: Document) -> list[str]:
    """The places in which two documents differ; "paragraph" as often as one does."""
    mine, others = _paragraphs(one), _paragraphs(other)
    count = sum(mine.get(number) != others.get(number) for number in {*mine, *others})
    if not count:  # in another order at most
        count = sum(a != b for a, b in zip_longest(mine, others))
    around, theirs = _around(one), _around(other)
    told = ["paragraph"] * count
    known = [place for place in _FACTS if around[place] != theirs[place]]
    told += known or ["opening"] * (around["opening"] != theirs["opening"])
    told += ["ending"] * (around["ending"] != theirs["ending"])
    return [*told, "aside"] if _asides(one) - _asides(other) else told


def _paragraphs(document: Document) -> dict[int, str]:
    """What each paragraph says, by its number."""
    found: dict[int, str] = {}
    for item in document.paragraphs:
        written = "".join((item.heading, *(part.text for part in item.parts)))
        found[item.number] = found.get(item.number, "") + _said(written)
    return found


def _around(document: Document) -> dict[str, str]:
    """What is said beside the paragraphs: in the facts, and in the source before and after them."""
    known = document.facts
    start = min((it.start for it in document.paragraphs), default=0)
    end = max((it.end for it in document.paragraphs), default=0)
    return {
        "title": _said(known.title),
        "held": str(known.held),
        "published": str(known.published),
        "place": _said(known.place),
        "opening": _said(document.source[:start]),
        "ending": _said(document.source[end:]),
    }


def _asides(document: Document) -> set[str]:
    """What was left out of the text and may say something: notes, and whatever has a sentence."""
    return {
        _said(it.text)
        for it in document.dropped
        if it.kind == "footnote" or (it.kind != "end-mark" and _SENTENCE.search(it.text))
    }


def _said(written: str) -> str:
    """A text without what typesetting does to it."""
    return "".join(written.translate(_WIDE).translate(_AS_ONE).split())
