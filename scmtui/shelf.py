"""The documents at hand, tidied as the reader wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui import corpus
from scmtui.text import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scmtui.model import Address, Document, Facts


class Shelf:
    """Documents by their ids; `off` names the tidying rules that are switched off."""

    def __init__(self, off: Iterable[str] = ()) -> None:
        self._rules = RULES - set(off)

    def facts(self) -> tuple[Facts, ...]:
        """What is known of each document, the newest meeting first."""
        return corpus.facts()

    def document(self, id: str) -> Document:  # noqa: A002 - the word for it
        """The document with this id. Raises NotFoundError when there is none."""
        return corpus.document(id, self._rules)

    def documents(self) -> tuple[Document, ...]:
        """Every document, in the order of `facts`."""
        return tuple(self.document(facts.id) for facts in self.facts())

    def resolve(self, address: Address, language: str) -> Address:
        """The address of a document that is there (see `corpus.resolve`)."""
        return corpus.resolve(address, self.facts(), language)
