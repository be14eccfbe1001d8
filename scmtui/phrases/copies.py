"""Texts of one meeting that are stored more than once with the same words: they count once.

A library may hold a communiqué from a web page and again from a PDF. As long as they say the same,
letter for letter, they are one text: the official one counts, or else the one with the shorter id,
and the others are named as its copies. Where a single word differs, both count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scmtui.language import _
from scmtui.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from scmtui.model import Document, Facts


class Copy(NamedTuple):
    """A text with the same words as another one of its meeting, language and kind."""

    facts: Facts
    of: str
    """The id of the document that counts."""


def copies(documents: Iterable[Facts], letters: Callable[[Facts], str]) -> tuple[Copy, ...]:
    """Those of the documents that only repeat another one; `letters` gives all letters of one."""
    groups: dict[object, list[Facts]] = {}
    for facts in documents:
        if facts.meeting is not None:
            key = facts.meeting, facts.language, facts.kind
            groups.setdefault(key, []).append(facts)
    found: list[Copy] = []
    for those in groups.values():
        if len(those) > 1:
            first: dict[str, str] = {}
            ordered = sorted(those, key=lambda it: (not it.official, len(it.id), it.id))
            found += [Copy(it, first.setdefault(letters(it), it.id)) for it in ordered]
    return tuple(copy for copy in found if copy.of != copy.facts.id)


def without_copies(
    documents: Iterable[Document],
) -> tuple[tuple[Document, ...], tuple[Copy, ...]]:
    """The documents that count, in the same order, and the copies among them."""
    kept = {document.id: document for document in documents}
    found = copies([it.facts for it in kept.values()], lambda facts: _letters(kept[facts.id]))
    for copy in found:
        del kept[copy.facts.id]
    return tuple(kept.values()), found


def told(found: Sequence[Copy]) -> str:
    """Which texts were not counted again, in a sentence; empty when there is none."""
    if not found:
        return ""
    said = _("The same words as another text of the meeting, and not counted again: {copies}.")
    return said.format(copies=", ".join(f"{it.facts.id} (= {it.of})" for it in found))


def _letters(document: Document) -> str:
    texts = (
        text
        for paragraph in document.paragraphs
        for text in (paragraph.heading, *(part.text for part in paragraph.parts))
    )
    return "".join(filter(str.isalnum, fold("\n".join(texts))))
