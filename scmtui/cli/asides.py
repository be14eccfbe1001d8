"""What is said beside what is printed: on documents, and on the reader's own files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.language import say
from scmtui.themes import taxonomy
from scmtui.wording import kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scmtui.model import Document, Facts
    from scmtui.themes import Taxonomy


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
    return "; ".join(f"{', '.join(those)} ({what})" for what, those in ids.items())
