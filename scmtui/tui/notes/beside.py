"""What the reader put beside the parts of a text: notes, tags, marks, and what lies in a tray."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from scmtui.language import current
from scmtui.model import Address, ScmError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from scmtui.library import Library
    from scmtui.library.notes import Note, Tag
    from scmtui.model import Document

NOTE, MARK, TAG, TRAY = "✎", "⚑", "#", "+"
"""The signs in the gutter; each takes one cell in every terminal."""


@dataclass(frozen=True)
class Beside:
    """What the reader put beside one document, by the part that it is shown at."""

    notes: Mapping[Address, tuple[Note, ...]] = field(default_factory=dict)
    tags: Mapping[Address, tuple[Tag, ...]] = field(default_factory=dict)
    marked: frozenset[Address] = frozenset()
    collected: frozenset[Address] = frozenset()
    """The parts of which something lies in a tray."""

    @classmethod
    def of(cls, library: Library, document: Document) -> Beside:
        """What the library has of a document now."""
        parts = {paragraph.number: len(paragraph.parts) for paragraph in document.paragraphs}
        notes: dict[Address, list[Note]] = defaultdict(list)
        for note in library.notes.all(document.id):
            notes[_shown_at(note.position.address, parts, last=True)].append(note)
        tags: dict[Address, list[Tag]] = defaultdict(list)
        for tag in library.tags.all(document.id):
            tags[_shown_at(tag.position.address, parts)].append(tag)
        items = (it for tray in library.trays.all() for it in library.trays.items(tray.number))
        ends = (end.address for it in items for end in (it.one, it.other) if end)
        marks = (mark.address for mark in library.marks().values())
        return cls(
            {address: tuple(found) for address, found in notes.items()},
            {address: tuple(found) for address, found in tags.items()},
            frozenset(_shown_at(it, parts) for it in _within(document, marks)),
            frozenset(_shown_at(it, parts) for it in _within(document, ends)),
        )

    def signs(self, address: Address) -> tuple[str, str]:
        """The signs of the two columns beside a part; each column goes on downwards."""
        first = NOTE * (address in self.notes) + MARK * (address in self.marked)
        return first, TAG * (address in self.tags) + TRAY * (address in self.collected)


def _within(document: Document, addresses: Iterable[Address]) -> Iterable[Address]:
    return (it for it in addresses if it.document == document.id)


def _shown_at(address: Address, parts: Mapping[int, int], *, last: bool = False) -> Address:
    """The part at which something is shown: of a paragraph its first one, or its last one."""
    if address.sentence is not None:
        return address.up
    if address.part is not None:
        return address
    number = address.paragraph if address.paragraph is not None else next(iter(parts), 0)
    whole = last and address.paragraph is not None
    return replace(address, paragraph=number, part=max(1, parts.get(number, 1)) if whole else 1)


def theme_names() -> dict[str, str]:
    """What the themes are called, by their ids; nothing when they cannot be read."""
    from scmtui.themes import own_file  # only who tags, or looks at tags, waits for it

    return _theme_names(current(), own_file())


@lru_cache(maxsize=2)
def _theme_names(language: str, _own: Path) -> dict[str, str]:
    from scmtui.themes import taxonomy

    try:
        return {it.id: it.name.in_language(language) for it in taxonomy().themes}
    except ScmError:
        return {}
