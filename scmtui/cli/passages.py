"""What an address takes in: paragraphs, parts and sentences, and the themes that they touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui import corpus
from scmtui.model import Address
from scmtui.text import sentences
from scmtui.themes import touched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scmtui.model import Document, Paragraph
    from scmtui.themes import Reason, Taxonomy, Touch


def paragraphs_at(document: Document, address: Address) -> Iterator[tuple[Address, Paragraph]]:
    """Each paragraph that an address takes in, with the address of what it takes of it."""
    for paragraph in document.paragraphs:
        if address.paragraph is None:
            yield Address(document.id, paragraph.number), paragraph
        elif address.paragraph == paragraph.number:
            yield address, paragraph


def texts_at(
    document: Document, at: Address, paragraph: Paragraph, *, exact: bool = False
) -> Iterator[tuple[Address, str]]:
    """The parts of a paragraph that an address takes in, or the one sentence, with addresses.

    `exact` gives the characters of the source in the place of the text shown.
    """
    passage = corpus.exact if exact else corpus.passage
    numbers = range(1, len(paragraph.parts) + 1)
    parts = [at] if at.part else [Address(at.document, at.paragraph, part) for part in numbers]
    return ((part, passage(document, part)) for part in parts)


def touches_at(document: Document, address: Address, taxonomy: Taxonomy) -> Iterator[Touch]:
    """The themes that what stands at an address touches, with the reasons that stand there."""
    for touch in touched(document, taxonomy):
        if address.paragraph in (None, touch.paragraph):
            reasons = tuple(it for it in touch.reasons if _stands_at(it, address, document))
            if reasons:
                yield touch._replace(reasons=reasons)


def _stands_at(reason: Reason, address: Address, document: Document) -> bool:
    if address.part is None:
        return True
    if reason.address.part != address.part:
        return False
    if address.sentence is None:
        return True
    start, end = sentences(corpus.passage(document, address.up))[address.sentence - 1]
    return start <= reason.start and reason.end <= end
