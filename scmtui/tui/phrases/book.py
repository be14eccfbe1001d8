"""Phrases through all documents, which are read and made ready beside the reader."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from scmtui.model import Address, Document, Facts
    from scmtui.phrases import History, Texts
    from scmtui.phrases.concordance import Line, Strip
    from scmtui.phrases.fresh import Changes
    from scmtui.phrases.glossary import Entry
    from scmtui.phrases.series import Themed
    from scmtui.search import Hit
    from scmtui.shelf import Shelf

STRIP_FROM = 2000
"""Paragraphs from which on strips are only made for documents that have the phrase."""


class Followed(NamedTuple):
    """What was found of a phrase."""

    asked: str
    history: History
    hits: tuple[Hit, ...]
    """Every part with the phrase, the oldest document first."""
    strips: dict[str, Strip]
    """Where in each document it stands."""


class Phrasebook:
    """What the phrase screens ask for. Only `facts` is for the thread of the screens.

    Everything else takes its time and may be called from any thread: phrases one at a time, and
    beside them the themes.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._lock, self._counting = Lock(), Lock()
        self._facts: tuple[Facts, ...] | None = None
        self._documents: tuple[Document, ...] = ()
        self._by_id: dict[str, Document] = {}
        self._texts: Texts | None = None
        self._themed: Themed | None = None
        self._glossary: tuple[Entry, ...] | None = None

    def facts(self) -> tuple[Facts, ...]:
        """The documents as of now, with which the rest is asked."""
        return self._shelf.facts()

    def _ready(self, facts: tuple[Facts, ...]) -> Texts:
        from scmtui.phrases import texts

        if self._texts is None or self._facts is not facts:
            with self._shelf.apart() as shelf:
                self._documents = shelf.documents()
            self._by_id = {it.id: it for it in self._documents}
            self._facts, self._texts = facts, texts(self._documents)
            self._themed = self._glossary = None
        return self._texts

    def follow(self, phrase: str, rules: AbstractSet[str], facts: tuple[Facts, ...]) -> Followed:
        """The history of a phrase. Raises ScmError."""
        from scmtui.phrases import history
        from scmtui.phrases.concordance import concordance, dispersion
        from scmtui.search import Hit

        with self._lock:
            found = history(phrase, self._ready(facts), rules)
            hits = tuple(
                Hit(place.address, 1.0, None, place.spans, place.text, row.facts)
                for row in found.rows
                for place in row.places
            )
            have = {hit.address.document for hit in hits}
            documents = self._documents
            if sum(it.facts.paragraphs for it in documents) > STRIP_FROM:
                documents = tuple(it for it in documents if it.id in have)
            strips = dispersion(concordance(hits), documents)
        return Followed(phrase, found, hits, {it.facts.id: it for it in strips})

    def themed(self, facts: tuple[Facts, ...], language: str = "") -> Themed:
        """The documents, of one language if one is named, with their themes. Raises ScmError."""
        from scmtui.phrases.series import Themed, themed
        from scmtui.themes import taxonomy

        with self._counting:
            with self._lock:
                self._ready(facts)
                found, documents = self._themed, self._documents
            if found is None:
                found = themed(documents, taxonomy())
                if self._documents is documents:
                    self._themed = found
        both = zip(found.documents, found.touches, strict=True)
        kept = [it for it in both if language in ("", it[0].facts.language)]
        documents = tuple(it[0] for it in kept)
        return Themed(documents, tuple(it[1] for it in kept), found.taxonomy, found.copies)

    def glossary(self, facts: tuple[Facts, ...]) -> tuple[Entry, ...]:
        """The names and abbreviations of all documents."""
        from scmtui.phrases.glossary import glossary

        with self._lock:
            texts = self._ready(facts)
            if self._glossary is None:
                self._glossary = glossary(texts)
            return self._glossary

    def changes(self, document: str, facts: tuple[Facts, ...]) -> Changes | None:
        """What is new and gone in a document; None when it is not there any more."""
        from scmtui.phrases.fresh import fresh

        with self._lock:
            self._ready(facts)
            found, documents = self._by_id.get(document), self._documents
        return fresh(found, documents) if found else None

    def lines(
        self, followed: Followed, sort: Sequence[str], facts: tuple[Facts, ...]
    ) -> tuple[Line, ...]:
        """The concordance of a phrase, sorted. Raises ScmError."""
        from scmtui.phrases.concordance import concordance, leading

        themes: dict[tuple[str, int], str] = {}
        if "theme" in sort:
            all_ = self.themed(facts)
            for document, touches in zip(all_.documents, all_.touches, strict=True):
                themes |= leading(document.id, touches)
        return concordance(followed.hits, sort, themes)

    def text_at(self, address: Address) -> tuple[str, Facts]:
        """What stands at an address of a document that was made ready, and its document."""
        document = self._by_id[address.document]
        return _text(document, address), document.facts

    def has(self, document: str) -> bool:
        """Whether a document was made ready."""
        return document in self._by_id


def _text(document: Document, address: Address) -> str:
    """What stands at an address, the heading first; nothing where nothing stands."""
    paragraph = document.paragraph(address.paragraph or 0)
    if paragraph is None:
        return ""
    if address.part:
        return (
            paragraph.parts[address.part - 1].text if address.part <= len(paragraph.parts) else ""
        )
    return "\n".join(filter(None, (paragraph.heading, *(it.text for it in paragraph.parts))))
