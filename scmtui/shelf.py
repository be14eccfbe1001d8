"""The documents at hand, those that come with the program and those that were added, as one set."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, Protocol

from scmtui import corpus
from scmtui.disk import fingerprint
from scmtui.language import N_
from scmtui.model import Facts, Kind, NotFoundError
from scmtui.text import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scmtui.model import Address, Document

MOST_KEPT = 6000
"""Paragraphs of added documents that are kept in memory, so that no text is read twice."""
MOST_BUNDLED = 1 << 12
"""Bundled documents there can be; the numbers of added ones follow."""
MOST_NAMED = 30
"""Documents that an error names."""

_KINDS = tuple(Kind)


class Entry(NamedTuple):
    """A document that was added: its facts, its number in the order of adding, and its version."""

    facts: Facts
    number: int
    digest: str
    """What tells one text of the document from another."""


class Added(Protocol):
    """The documents that were added, as the library keeps them."""

    def entries(self) -> tuple[Entry, ...]:
        """Every document; the same tuple until there are others."""
        ...

    def document(self, id: str) -> Document:  # noqa: A002 - its name
        """The document with this id."""
        ...

    def apart(self) -> Added:
        """The same documents, for another thread."""
        ...

    def close(self) -> None:
        """Leave the documents, when nothing more is asked."""
        ...


class Volume(NamedTuple):
    """A document in its place on the shelf."""

    place: int
    """A number by which the documents are in order; it stays when others come and go."""
    facts: Facts
    version: str
    """What tells one text of the document, tidied by these rules, from another."""


class Shelf:
    """Documents by their ids; `off` names the tidying rules that are switched off.

    An added document stands in the place of a bundled one with the same id: what was cited from
    the one that the reader added must never become another text because the program was updated.
    """

    def __init__(
        self, off: Iterable[str] = (), added: Added | None = None, most_kept: int = MOST_KEPT
    ) -> None:
        self.off = frozenset(off)
        """The names of the tidying rules that are switched off."""
        self._rules = RULES - self.off
        self._added = added
        self._most_kept = most_kept
        self._entries: tuple[Entry, ...] | None = None
        self._order: tuple[tuple[int, Facts], ...] = ()
        self._facts: tuple[Facts, ...] = ()
        self._by_id: dict[str, Entry] = {}
        self._kept: dict[str, Document] = {}

    @contextmanager
    def apart(self) -> Iterator[Shelf]:
        """The same shelf for another thread, while it needs it; no text stays in memory."""
        added = self._added.apart() if self._added else None
        try:
            yield Shelf(self.off, added, most_kept=0)
        finally:
            if added:
                added.close()

    def facts(self) -> tuple[Facts, ...]:
        """What is known of each document, the newest meeting first, as of now.

        Of one meeting the communiqué comes first, Korean before English, and of equals the one
        that was added first. The same tuple is returned until there are other documents.
        """
        entries = self._added.entries() if self._added else ()
        if entries is not self._entries:
            self._entries = entries
            self._by_id = {entry.facts.id: entry for entry in entries}
            places = [
                *(
                    (_place(it, number), it)
                    for number, it in enumerate(corpus.facts())
                    if it.id not in self._by_id
                ),
                *((_place(it, MOST_BUNDLED + number), it) for it, number, _ in entries),
            ]
            self._order = tuple(sorted(places, key=lambda placed: placed[0]))
            self._facts = tuple(facts for _, facts in self._order)
            self._kept.clear()
        return self._facts

    def changed(self) -> bool:
        """Whether there are other documents than when this, or `facts`, was last asked."""
        return self._facts is not self.facts()

    def volumes(self) -> tuple[Volume, ...]:
        """Every document with its place and version, in order."""
        self.facts()
        return tuple(Volume(place, facts, self._version(facts.id)) for place, facts in self._order)

    def document(self, id: str) -> Document:  # noqa: A002 - the word for it
        """The document with this id. Raises NotFoundError when there is none."""
        facts = self.facts()
        if id in self._by_id:
            return self._of_added(id)
        if not any(it.id == id for it in facts):
            raise NotFoundError(
                "There is no document “{id}”.",
                todo=N_("Documents: {ids}."),
                id=id,
                ids=_named([it.id for it in facts]),
            )
        return corpus.document(id, self._rules)

    def documents(self) -> tuple[Document, ...]:
        """Every document, in the order of `facts`."""
        return tuple(self.document(facts.id) for facts in self.facts())

    def resolve(self, address: Address, language: str, *, typed: bool = False) -> Address:
        """The address of a document that is there (see `corpus.resolve`)."""
        return corpus.resolve(address, self.facts(), language, typed=typed)

    def _of_added(self, id_: str) -> Document:
        assert self._added
        if id_ not in self._kept:
            found = self._added.document(id_)
            if not self._rules >= RULES:
                from scmtui import readers

                found = readers.reread(found, self._rules)
            self._kept[id_] = found
            while sum(it.facts.paragraphs for it in self._kept.values()) > self._most_kept:
                del self._kept[next(iter(self._kept))]
            return found
        self._kept[id_] = found = self._kept.pop(id_)  # the one asked for last goes last
        return found

    def _version(self, id_: str) -> str:
        if id_ in self._by_id:
            text = self._by_id[id_].digest
        else:
            paragraphs = corpus.document(id_).paragraphs
            texts = (part.text for item in paragraphs for part in item.parts)
            text = fingerprint("\n".join(texts).encode())
        return " ".join((text, *sorted(RULES - self._rules)))


def _place(facts: Facts, number: int) -> int:
    """The number of a document in reading order: its meeting, kind, language, and the order."""
    place = max(0, 1023 - (facts.meeting or 0))
    place = place << 3 | _KINDS.index(facts.kind)
    place = place << 1 | (facts.language != "ko")
    return place << 22 | number


def _named(ids: list[str]) -> str:
    return ", ".join((*ids[:MOST_NAMED], *(["…"] if len(ids) > MOST_NAMED else [])))
