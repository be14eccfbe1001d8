"""Whether anything but its own words shows that a text is the official one.

A title, an end mark, the name of a ministry: anybody can write them under other words. What speaks
for a text from outside is a document known to be official that has the same words; else the
reader's own word, which is asked for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scmtui import corpus
from scmtui.language import N_, ngettext
from scmtui.model import Remark, ScmError
from scmtui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scmtui.model import Document, Facts
    from scmtui.shelf import Shelf

DOUBT = "official"
"""The kind of the doubt whether a text is the official one."""
ONLY_ITSELF = N_(
    "Nothing outside the text shows that this is the official text: say whether it is, yes or no."
)


def weighed(document: Document, shelf: Shelf) -> Document:
    """The document with a doubt when only its own words say that it is official.

    There is none where a document that is official has the same words: blanks, punctuation and
    case apart, not one letter differs.
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


def _doubt(document: Document, shelf: Shelf) -> Remark | None:
    """What the official documents at hand do not settle."""
    compared = [(_differing(document, it), it.id) for it in _official(document.facts, shelf)]
    if not compared:
        return Remark(DOUBT, ONLY_ITSELF)
    count, id_ = min(compared)
    if not count:
        return None
    told = ngettext(
        "It differs from {id}, which is official, in {count} paragraph: say whether this one is.",
        "It differs from {id}, which is official, in {count} paragraphs: say whether this one is.",
        count,
    )
    return Remark(DOUBT, told.format(id=id_, count=count))


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


def _differing(one: Document, other: Document) -> int:
    """In how many paragraphs the letters of two documents differ."""
    mine, others = _letters(one), _letters(other)
    if "".join(mine.values()) == "".join(others.values()):
        return 0
    return sum(mine.get(number) != others.get(number) for number in {*mine, *others})


def _letters(document: Document) -> dict[int, str]:
    """The letters and digits of each paragraph, by its number."""
    found: dict[int, str] = {}
    for item in document.paragraphs:
        written = "".join((item.heading, *(part.text for part in item.parts)))
        letters = "".join(filter(str.isalnum, fold(written)))
        found[item.number] = found.get(item.number, "") + letters
    return found
