"""What stood in the place of a document when something was collected from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui import corpus
from scmtui.language import _
from scmtui.positions import position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scmtui.library.documents import Removed
    from scmtui.model import Document, Facts
    from scmtui.positions import Position


class Past:
    """The documents that were replaced, as far as it is known when."""

    def __init__(self, removed: Iterable[Removed] = ()) -> None:
        known = tuple(removed)
        self._dated = sorted(((it.when, it.facts) for it in known if it.when), key=lambda it: it[0])
        self._bundled = {it.facts.id: it.facts for it in known if not it.when}

    def told(self, collected: Position, made: str, document: Document, text: str) -> str:
        """What is to be said of a passage whose document was replaced after it was collected.

        `made` is the moment at which that was done, `text` how it reads now. Empty where it is
        still the same document, or a copy that is as official and says the same.
        """
        before = self._before(collected, made, document)
        if before is None:
            return ""
        if before.official and not document.facts.official:
            told = _("Collected from an official document; what stands at {address} now is not.")
        elif text.endswith(collected.quote):
            return ""
        else:
            told = _("The document of {address} was replaced after this was collected.")
        return told.format(address=collected.address)

    def _before(self, collected: Position, made: str, document: Document) -> Facts | None:
        """The document that was replaced, if it is another one than stands there now."""
        now = document.facts
        moment = made.replace("T", " ").removesuffix("Z")
        dated = (it for when, it in self._dated if it.id == now.id and when >= moment)
        found = next(dated, None)
        if found is None and self._was_bundled(collected, made, document):
            found = self._bundled[now.id]
        if found is None and now.provenance.added and str(now.provenance.added) > moment[:10]:
            return now  # what was there is not known any more
        return None if found and found.provenance.sha256 == now.provenance.sha256 else found

    def _was_bundled(self, collected: Position, made: str, document: Document) -> bool:
        """Whether it was collected from the document that comes with the program.

        Only the day is known on which another one was put in its place; on that day the words and
        their neighbours tell, and where they are the same in both, it is rather said than not.
        """
        now = document.facts
        if now.id not in self._bundled or str(now.provenance.added or "") < made[:10]:
            return False
        bundled = position(corpus.document(now.id), collected.address) == collected
        return bundled or position(document, collected.address) != collected
