"""The parts of a document as items of a page: where each stands, and the rows it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from scmtui.model import Address, Document, Paragraph, Part
from scmtui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence


class Row(NamedTuple):
    """One row of an item: a line of its heading or of its text (as a span), of a note, a blank."""

    kind: str
    start: int = 0
    end: int = 0
    pieces: tuple[tuple[str, str], ...] = ()
    """The pieces of a line that is not of the text itself, each with the name of its look."""


@dataclass(frozen=True, slots=True)
class Item:
    """One part as the pane shows it; the first part of a paragraph carries number and heading."""

    paragraph: Paragraph
    part: Part
    address: Address
    first: bool


def items_of(document: Document, only: frozenset[int] | None = None) -> list[Item]:
    """The parts of a document in order, or of those paragraphs only whose numbers are given."""
    return [
        Item(paragraph, part, Address(document.id, paragraph.number, number), number == 1)
        for paragraph in document.paragraphs
        if only is None or paragraph.number in only
        for number, part in enumerate(paragraph.parts, 1)
    ]


def rows_of(item: Item, cells: int) -> list[Row]:
    """The rows of an item: its heading's, its text's, and a blank."""
    heading = item.paragraph.heading if item.first else ""
    rows = [Row("heading", a, b) for a, b in wrap(heading, cells) if b]
    rows += [Row("text", a, b) for a, b in wrap(item.part.text, cells)]
    return [*rows, Row("blank")]


def index_of(items: Sequence[Item], address: Address) -> int | None:
    """The first item at an address, or None."""
    for index, item in enumerate(items):
        here = item.address
        if here.paragraph == address.paragraph and address.part in (None, here.part):
            return index
    return None


def nearest(items: Sequence[Item], address: Address) -> int:
    """The item at an address, else the first after it, else the last."""
    found = index_of(items, address)
    if found is not None:
        return found
    wanted = (address.paragraph or 0, address.part or 1)
    for index, item in enumerate(items):
        if (item.paragraph.number, item.address.part or 1) >= wanted:
            return index
    return max(0, len(items) - 1)
