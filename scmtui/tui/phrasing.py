"""Following a phrase from a screen that shows a text, and looking a name up."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.binding import Binding

from scmtui.language import N_, _
from scmtui.model import ScmError
from scmtui.tui.selecting import SelectingScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from scmtui.model import Address
    from scmtui.shelf import Shelf
    from scmtui.themes import Taxonomy
    from scmtui.tui.phrases.book import Phrasebook
    from scmtui.tui.search import Found

Result = TypeVar("Result")


class PhrasingScreen(SelectingScreen[Result], Generic[Result]):
    """A screen from whose text phrases can be followed through all documents."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "asterisk",
            "phrase",
            N_("Follow a phrase through all documents"),
            id="phrase.open",
            tooltip=N_("phrase"),
        ),
        Binding("g k", "look_up", N_("Glossary"), id="glossary.open", show=False),
    ]

    shelf: Shelf
    _book: Phrasebook | None = None
    _phrases: Sequence[str] = ()

    @property
    def book(self) -> Phrasebook:
        """The phrases of all documents, made ready when they are first followed."""
        from scmtui.tui.phrases.book import Phrasebook

        if self._book is None:
            self._book = Phrasebook(self.shelf)
        return self._book

    def read_on(self, found: Found) -> None:
        """Show a passage that was chosen; the others with it can be walked."""
        raise NotImplementedError

    def collect_all(
        self, addresses: Sequence[Address], heading: str = "", lines: Sequence[str] = ()
    ) -> str:
        """Put passages into the tray, under a heading and lines; says what was done."""
        raise NotImplementedError

    def _part_here(self) -> str:
        """The text of the part under the cursor."""
        pane = self.bring_text()
        passages = pane.passages()
        return passages[pane.passage_here()].text if passages else ""

    async def action_phrase(self) -> None:
        """Follow what is selected, or a phrase that is chosen or typed."""
        chosen = self.selected
        if len(chosen) > 1:
            self.app.say(_("A phrase stands in one part: select less."))
            return
        from scmtui.tui.phrases.picker import PhrasePicker, bare, phrases_of

        self._phrases = phrases_of(self._part_here(), _taxonomy())
        if chosen and (phrase := bare(" ".join(chosen[0].text.split()))):
            self.follow_phrase(phrase)
        else:
            await self.app.push_screen(PhrasePicker(self._phrases), self.follow_phrase)

    def follow_phrase(self, phrase: str | None) -> None:
        """Follow a phrase through all documents."""
        if phrase:
            from scmtui.tui.phrases.screen import PhraseScreen

            address = self.bring_text().address
            origin = address.document if address else ""
            screen = PhraseScreen(phrase, self.book, origin, self._phrases)
            screen.collect = self.collect_all
            self.app.push_screen(screen, self._passage_chosen)

    def _passage_chosen(self, found: Found | None) -> None:
        if found:
            self.read_on(found)

    async def action_look_up(self) -> None:
        """Show what is known of the names that are selected, or that stand in this part."""
        from scmtui.tui.phrases.glossary import GlossaryScreen

        chosen = " ".join(piece.text for piece in self.selected)
        asked = GlossaryScreen(self.book, chosen or self._part_here(), selected=bool(chosen))
        await self.app.push_screen(asked, self._passage_chosen)


def _taxonomy() -> Taxonomy | None:
    """The themes, whose terms are offered; none when they cannot be read."""
    from scmtui.themes import taxonomy

    try:
        return taxonomy()
    except ScmError:
        return None
