"""Comparing from a screen: the open document with another, and the way back from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.reactive import var

from scmtui.language import N_, _, current, say
from scmtui.model import Address, ScmError
from scmtui.tui.commands import Command
from scmtui.tui.noting import NotingScreen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.binding import BindingType

    from scmtui.model import Facts
    from scmtui.shelf import Shelf
    from scmtui.tui.compare import CompareScreen
    from scmtui.tui.pairing import Left

COMPARED = "compared"
"""The key of the compared documents in what a session leaves."""


class ComparingScreen(NotingScreen):
    """A screen from which documents can be compared."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "c",
            "compare",
            N_("Compare with another document"),
            id="compare.open",
            tooltip=N_("compare"),
        ),
    ]

    shelf: Shelf
    documents: var[tuple[Facts, ...]] = var(())
    last_compared: Mapping[str, str | int]
    """How the last comparison was left: the documents, the view, the place."""
    comparison: CompareScreen | None
    """The comparison that is open, if one is."""

    async def action_compare(self) -> None:
        """Compare the open document: with the one it was last compared with, or one chosen."""
        others = [
            facts for facts in self.documents if self.document and facts.id != self.document.id
        ]
        ids = str(self.last_compared.get(COMPARED, "")).split()
        if self.document and self.document.id in ids:
            self.compare(ids, self.last_compared, at=self.here)
        elif len(others) == 1:
            self.action_compare_with(others[0].id)
        elif others:
            from scmtui.tui.palette import CommandsScreen

            named = [
                Command(facts.title, facts.id, f"compare_with({facts.id!r})", self)
                for facts in others
            ]
            await self.app.push_screen(CommandsScreen(_("Compare with"), named), self.run_command)

    def action_compare_with(self, document: str) -> None:
        """Compare the open document with another, the older meeting on the left."""
        if self.document:
            ids = [self.document.id, document]
            ids.sort(
                key=lambda id_: next(
                    (facts.meeting or 0 for facts in self.documents if facts.id == id_), 0
                )
            )
            self.compare(ids, at=self.here)

    def compare(
        self,
        ids: Sequence[str],
        view: Mapping[str, str | int] | None = None,
        *,
        at: Address | None = None,
        tips: bool = False,
    ) -> None:
        """Open documents side by side, the first as the base."""
        from scmtui.tui.compare import CompareScreen

        try:
            named = [self.shelf.resolve(Address.parse(one), current()).document for one in ids]
            documents = [self.shelf.document(one) for one in dict.fromkeys(named)]
        except ScmError as error:
            self.app.say(say(error))
            return
        if len(documents) < 2:
            self.app.say(_("Name two different documents to compare."))
            return
        self.comparison = CompareScreen(
            documents, self.places, view or {}, finder=self.finder, at=at, tips=tips
        )
        self.comparison.came = self.here
        self.app.push_screen(self.comparison, self._compared)

    def _compared(self, left: Left | None) -> None:
        """Keep how the comparison was left, and read on, or write, where the reader pointed."""
        comparison, self.comparison = self.comparison, None
        if left:
            self.last_compared, address = left
            if comparison and comparison.going_on:
                self.read_on(comparison.going_on)
            elif address:
                self.open(address)
            if comparison and comparison.then:
                action = {"note": self.action_note, "tag": self.action_tag}[comparison.then]
                self.call_after_refresh(action)
