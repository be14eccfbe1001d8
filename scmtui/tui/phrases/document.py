"""One document of a series: what is new or gone in it, and in which order it treats the themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import var

from scmtui.language import _, current, ngettext
from scmtui.phrases.copies import told
from scmtui.phrases.fresh import in_words, none_before
from scmtui.search import Hit
from scmtui.text import cut, pad, width
from scmtui.tui.phrases.passage import Block, PassageList, titled

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.model import Address, Facts
    from scmtui.phrases.fresh import Changes, Fresh
    from scmtui.phrases.series import Order
    from scmtui.themes import Taxonomy
    from scmtui.tui.rows import Piece

    TextAt = Callable[[Address], tuple[str, Facts]]

KINDS = {"new": "+", "back": "↩", "gone": "−"}
ADDRESS = 15
"""Cells of the address of a paragraph."""


class FreshList(PassageList):
    """What is new, back or gone in a document against those before it, the most telling first."""

    changes: var[Changes | None] = var(None, init=False)

    def __init__(self, text_at: TextAt, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, title=" ")
        self._text_at = text_at
        self._rows: list[Fresh | str] = []

    @property
    def count(self) -> int:
        """Rows listed."""
        return len(self._rows)

    def watch_changes(self, changes: Changes | None) -> None:
        """Show what changed in another document."""
        self._rows = []
        if changes and changes.before:
            self.title = _("{document} against {before}").format(
                document=changes.facts.id, before=changes.before.id
            )
            for title, found in (
                (_("New, or back: {count}"), changes.new),
                (_("Gone: {count}"), changes.gone),
            ):
                self._rows += [title.format(count=len(found)), *found]
        elif changes:
            self.title = changes.facts.id
        self.set_reactive(PassageList.cursor, 0)
        self.rows_changed()

    @property
    def fresh(self) -> Fresh | None:
        """The phrase under the cursor."""
        row = self._rows[self.cursor] if self._rows else None
        return None if isinstance(row, str) else row

    def pieces(self, index: int) -> list[Piece]:
        """A heading, or a phrase with why it tells."""
        row = self._rows[index]
        if isinstance(row, str):
            return [(row, self.look("title"))]
        look = {"new": "new", "back": "moved", "gone": "gone"}[row.kind]
        why = " · ".join(map(in_words, row.reasons))
        room = max(16, self.size.width // 2 - 4)
        text = cut(row.text, room)
        return [
            (f"{KINDS[row.kind]} ", self.look("mark")),
            (text, self.look(look)),
            (" " * (room - width(text)) + f"  {why}", self.look("quiet")),
        ]

    def blocks(self) -> tuple[Block, ...]:
        """The passage of a phrase and why it is listed, or against what the document was held."""
        changes, found = self.changes, self.fresh
        if changes is None:
            return ()
        if changes.before is None:
            return (titled(changes.facts), Block(none_before()))
        if found is None:
            said = ngettext(
                "Held against the {count} older document of its kind: {ids}",
                "Held against the {count} older documents of its kind: {ids}",
                len(changes.older),
            )
            ids = ", ".join(facts.id for facts in changes.older)
            held = Block(said.format(count=len(changes.older), ids=ids))
            copies = told(changes.copies)
            return (titled(changes.facts), held, *([Block(copies, "quiet")] if copies else []))
        blocks = [titled(changes.before if found.kind == "gone" else changes.facts)]
        blocks.append(Block(" · ".join(map(in_words, found.reasons)), "quiet"))
        for address in found.addresses:
            text = self._text_at(address)[0]
            at = text.find(found.text)
            spans = ((at, at + len(found.text)),) if at >= 0 else ()
            blocks += [Block(str(address), "mark"), Block(text, "", ((spans, "found"),))]
        return tuple(blocks)

    def passages(self) -> tuple[tuple[Hit, ...], int] | None:
        """The passages of the phrase."""
        found = self.fresh
        if found is None:
            return None
        hits = []
        for address in found.addresses:
            text, facts = self._text_at(address)
            at = text.find(found.text)
            spans = ((at, at + len(found.text)),) if at >= 0 else ()
            hits.append(Hit(address, 1.0, None, spans, text, facts))
        return tuple(hits), 0


class OrderList(PassageList):
    """The paragraphs of a document in order, each with the theme that it is most about."""

    order: var[Order | None] = var(None, init=False)

    def __init__(self, text_at: TextAt, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, title=" ")
        self._text_at = text_at
        self.taxonomy: Taxonomy | None = None

    @property
    def count(self) -> int:
        """Paragraphs listed."""
        return len(self.order.steps) if self.order else 0

    def show(self, order: Order, taxonomy: Taxonomy) -> None:
        """Show the paragraphs of a document from the first."""
        self.taxonomy = taxonomy
        self.title = _("The themes of {document}, in order").format(document=order.facts.id)
        self.set_reactive(PassageList.cursor, 0)
        self.order = order
        self.rows_changed()

    def pieces(self, index: int) -> list[Piece]:
        """The address, and the theme if the paragraph is about one."""
        assert self.order
        address, id_ = self.order.steps[index]
        theme = self.taxonomy.theme(id_) if self.taxonomy and id_ else None
        name = theme.name.in_language(current()) if theme else "–"
        style = self.plain if theme else self.look("quiet")
        return [(pad(str(address), ADDRESS), self.look("mark")), (name, style)]

    def blocks(self) -> tuple[Block, ...]:
        """The paragraph under the cursor."""
        if self.order is None or not self.order.steps:
            return ()
        address = self.order.steps[self.cursor][0]
        text, facts = self._text_at(address)
        return (titled(facts), Block(str(address), "mark"), Block(text))

    def passages(self) -> tuple[tuple[Hit, ...], int] | None:
        """The paragraph under the cursor."""
        if self.order is None or not self.order.steps:
            return None
        address = self.order.steps[self.cursor][0]
        text, facts = self._text_at(address)
        return (Hit(address, 1.0, None, (), text, facts),), 0
