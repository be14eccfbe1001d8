"""What is said beside what is printed: on documents, and on the reader's own files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.language import ngettext, say
from scmtui.themes import taxonomy
from scmtui.wording import kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scmtui.model import Document, Facts
    from scmtui.themes import Taxonomy

MOST_NAMED = 120
"""Documents of a kind that are named; of more, only how many there are is said."""


def themes() -> tuple[Taxonomy, tuple[str, ...]]:
    """The themes, and what is wrong with the reader's own ones."""
    known = taxonomy()
    return known, (say(known.problem),) if known.problem else ()


def unofficial(document: Document) -> tuple[str, ...]:
    """What the characters of a source alone would not say."""
    return () if document.facts.official else (f"{document.id}: {kind(document.facts)}",)


def listed(documents: Iterable[Facts]) -> str:
    """Documents by what they are: 52, 51 (Joint communiqué · official); 57-article (…)."""
    ids: dict[str, list[str]] = {}
    for facts in documents:
        ids.setdefault(kind(facts), []).append(facts.id)
    return "; ".join(f"{_named(those)} ({what})" for what, those in ids.items())


def _named(ids: list[str]) -> str:
    if len(ids) <= MOST_NAMED:
        return ", ".join(ids)
    return ngettext("{count} document", "{count} documents", len(ids)).format(count=len(ids))
