"""Positions that outlive the text they stand in: an address, the words there, their neighbours.

When a better copy of a document takes the place of a worse one, a position is found again by its
words. One that cannot be found is None: it needs a look, and is never moved by a guess.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING, NamedTuple

from scmtui.model import Address
from scmtui.text import fold, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scmtui.model import Document, Paragraph

NEIGHBOURS = 40
"""Characters that are kept of what stands before and after."""
TELLING = 12
"""Letters from which on a quote speaks for itself; a shorter one needs its neighbours."""


class Position(NamedTuple):
    """Where something stands, and what is said there, before it and after it."""

    address: Address
    quote: str = ""
    before: str = ""
    after: str = ""


def position(document: Document, address: Address) -> Position:
    """The position of a paragraph, part or sentence; without a quote where there is no text."""
    numbers = [paragraph.number for paragraph in document.paragraphs]
    if address.paragraph not in numbers:
        return Position(address)
    index = numbers.index(address.paragraph)
    around = document.paragraphs[max(0, index - 1) : index + 2]
    units = list(_units(document, around, sentence_wise=address.sentence is not None))
    inside = [n for n, (unit, _) in enumerate(units) if _lifted(unit, address) == address]
    if not inside:
        return Position(address)
    texts = [text for _, text in units]
    first, last = inside[0], inside[-1] + 1
    return Position(
        address,
        quote="\n".join(texts[first:last]),
        before="\n".join(texts[:first])[-NEIGHBOURS:],
        after="\n".join(texts[last:])[:NEIGHBOURS],
    )


def find_again(sought: Position, document: Document) -> Address | None:
    """Where the words of `sought` stand in `document`; None when that needs a look.

    Blanks, punctuation and the forms of letters may differ, every letter and digit must be there.
    Of several like places the neighbours decide, and if they cannot, the one where it stood.
    """
    address = replace(sought.address, document=document.id)
    if position(document, address) == sought._replace(address=address):
        return address if sought.quote or _exists(document, address) else None
    found = _agreements(sought, document)
    best = max(found.values(), default=0)
    places = [place for place, agreement in found.items() if agreement == best]
    return address if address in places else places[0] if len(places) == 1 else None


def _agreements(sought: Position, document: Document) -> dict[Address, int]:
    """Every place where the letters of the quote stand, with how many letters around it agree."""
    quote = _letters(sought.quote)
    whole_sentences = sought.address.sentence is not None
    units = list(_units(document, document.paragraphs, sentence_wise=whole_sentences))
    pieces = [_letters(text) for _, text in units]
    starts = [0, *accumulate(map(len, pieces))]
    text = "".join(pieces)
    before, after = _letters(sought.before), _letters(sought.after)
    found: dict[Address, int] = {}
    at = text.find(quote) if quote else -1
    while at >= 0:
        end = at + len(quote)
        agreement = _alike(before[::-1], text[max(0, at - NEIGHBOURS) : at][::-1])
        agreement += _alike(after, text[end : end + NEIGHBOURS])
        if len(quote) >= TELLING or agreement >= min(TELLING, len(before) + len(after)):
            unit, _ = units[bisect_right(starts, at) - 1]
            place = _lifted(unit, sought.address)
            found[place] = max(agreement, found.get(place, 0))
        at = text.find(quote, at + 1)
    return found


def _units(
    document: Document, paragraphs: Iterable[Paragraph], *, sentence_wise: bool
) -> Iterator[tuple[Address, str]]:
    """The parts of paragraphs, or their sentences, in reading order."""
    for paragraph in paragraphs:
        for number, part in enumerate(paragraph.parts, 1):
            address = Address(document.id, paragraph.number, number)
            if not sentence_wise:
                yield address, part.text
                continue
            for count, (start, end) in enumerate(sentences(part.text), 1):
                yield replace(address, sentence=count), part.text[start:end]


def _lifted(unit: Address, like: Address) -> Address:
    """The address of a part or sentence, or of its paragraph when `like` is a paragraph's."""
    return unit if like.part is not None else Address(unit.document, unit.paragraph)


def _exists(document: Document, address: Address) -> bool:
    """Whether there is a paragraph or a document to go to where there never was any text."""
    if address.paragraph is None:
        return True
    return address.part is None and document.paragraph(address.paragraph) is not None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


def _alike(one: str, other: str) -> int:
    """How many letters are the same from the start on."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
