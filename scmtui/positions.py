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


def position_of(document: Document, address: Address, start: int, end: int) -> Position:
    """The position of the characters [start, end) of a part, or of the part if that is all."""
    whole = position(document, address)
    if not whole.quote[start:end] or (start, end) == (0, len(whole.quote)):
        return whole
    before = f"{whole.before}\n{whole.quote[:start]}"[-NEIGHBOURS:]
    after = f"{whole.quote[end:]}\n{whole.after}"[:NEIGHBOURS]
    return Position(address, whole.quote[start:end], before, after)


def find_again(sought: Position, document: Document) -> Address | None:
    """Where the words of `sought` stand in `document`; None when that needs a look.

    Blanks, punctuation and the forms of letters may differ, every letter and digit must be there.
    Of several like places the neighbours decide, and if they cannot, the one where it stood.
    """
    return Finder(document).find(sought)


class Finder:
    """Finds positions again in one document; of many, each costs little."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._letters: dict[bool, _Letters] = {}

    def find(self, sought: Position) -> Address | None:
        """Where the words of `sought` stand, as `find_again` says."""
        document = self._document
        address = replace(sought.address, document=document.id)
        if position(document, address) == sought._replace(address=address):
            return address if sought.quote or _exists(document, address) else None
        found = self._agreements(sought)
        best = max(found.values(), default=0)
        places = [place for place, agreement in found.items() if agreement == best]
        return address if address in places else places[0] if len(places) == 1 else None

    def _agreements(self, sought: Position) -> dict[Address, int]:
        """Every place where the letters of the quote stand, with how many around it agree."""
        quote = _letters(sought.quote)
        units, starts, text = self._of(sentence_wise=sought.address.sentence is not None)
        before, after = _letters(sought.before), _letters(sought.after)
        found: dict[Address, int] = {}
        at = text.find(quote) if quote else -1
        while at >= 0:
            end = at + len(quote)
            agreement = _alike(before[::-1], text[max(0, at - NEIGHBOURS) : at][::-1])
            agreement += _alike(after, text[end : end + NEIGHBOURS])
            if len(quote) >= TELLING or agreement >= min(TELLING, len(before) + len(after)):
                unit = units[bisect_right(starts, at) - 1]
                place = _lifted(unit, sought.address)
                found[place] = max(agreement, found.get(place, 0))
            at = text.find(quote, at + 1)
        return found

    def _of(self, *, sentence_wise: bool) -> _Letters:
        if sentence_wise not in self._letters:
            paragraphs = self._document.paragraphs
            units = list(_units(self._document, paragraphs, sentence_wise=sentence_wise))
            pieces = [_letters(text) for _, text in units]
            starts = [0, *accumulate(map(len, pieces))]
            addresses = [address for address, _ in units]
            self._letters[sentence_wise] = _Letters(addresses, starts, "".join(pieces))
        return self._letters[sentence_wise]


class _Letters(NamedTuple):
    """All letters of a document in a row, and where each part or sentence begins among them."""

    units: list[Address]
    starts: list[int]
    text: str


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
