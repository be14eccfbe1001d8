"""The addresses that the reader types: a bare `57` is completed, and what is not there is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scmtui import corpus, language
from scmtui.language import _
from scmtui.model import Address
from scmtui.text import safe
from scmtui.wording import kind

if TYPE_CHECKING:
    from scmtui.shelf import Shelf


class Found(NamedTuple):
    """An address with its full id, and what to say of how it was read; mostly nothing."""

    address: Address
    notes: tuple[str, ...] = ()


def locate(written: str, shelf: Shelf) -> Found:
    """The address that `written` stands for among these documents.

    Raises AddressError when it is none, NotFoundError when nothing is there.
    """
    asked = Address.parse(safe(written))
    address = shelf.resolve(asked, language.current(), typed=True)
    corpus.passage(shelf.document(address.document), address)
    if address == asked:
        return Found(address)
    facts = next(it for it in shelf.facts() if it.id == address.document)
    note = _("{asked} is taken as {address} ({kind}).")
    notes = [note.format(asked=asked, address=address, kind=kind(facts))]
    if other := next((it for it in shelf.facts() if it.id == asked.document), None):
        note = _("The copy with the id {id} ({kind}) is called {first} here.")
        notes.append(note.format(id=other.id, kind=kind(other), first=f"{other.id}-1"))
    return Found(address, tuple(notes))
