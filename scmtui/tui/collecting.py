"""Taking passages from a screen that shows a text: copied with citation, or put into a tray."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.binding import Binding

from scmtui.language import N_, _, ngettext, say
from scmtui.model import Address, ScmError
from scmtui.positions import Position, position, position_of
from scmtui.tui.phrasing import PhrasingScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from scmtui.model import Document
    from scmtui.tui.places import Places

    Ends = tuple[Position, ...]
    """A passage, or the two of a pair."""

Result = TypeVar("Result")

FIRST_TRAY = N_("Briefing")
"""The name of the tray that is begun with the first passage."""


def _binding(keys: str, action: str, what: str, id_: str) -> Binding:
    return Binding(keys, action, what, id=id_, show=False)


class CollectingScreen(PhrasingScreen[Result], Generic[Result]):
    """A screen from whose texts passages are copied and collected."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _binding("y y", "copy('both')", N_("Copy the text with its citation"), "copy.both"),
        _binding("y c", "copy('citation')", N_("Copy the citation"), "copy.citation"),
        _binding("y t", "copy('text')", N_("Copy the text"), "copy.text"),
        _binding("y f", "copy_to_file", N_("Copy into a file"), "copy.file"),
        _binding("g p", "plain", N_("Plain text, for the mouse"), "screen.plain"),
        _binding("a", "collect", N_("Put into the tray"), "tray.add"),
        Binding("b", "briefing", N_("Tray and briefing"), id="tray.open", tooltip=N_("briefing")),
    ]

    places: Places
    tray: str = ""
    """The name of the tray that passages are put into."""
    outdated: bool = False
    """Whether what a screen over this one has found stands in texts that were changed since."""
    _wrong: ScmError | None = None
    """What is wrong with the reader's own style of citations."""

    def on_screen_resume(self) -> None:
        """What was found before has been left."""
        self.outdated = False

    def follow_library(self) -> bool:
        """Show the texts as another session left them; whether what is open was changed."""
        return False

    def ends_here(self) -> Sequence[Ends]:
        """What the keys take: what is selected, else what stands under the cursor."""
        if chosen := self.selected:
            return [
                (position_of(self._document_of(it.address), it.address, it.start, it.end),)
                for it in chosen
            ]
        address = self.bring_text().address
        return [(position(self._document_of(address), address),)] if address else []

    def _document_of(self, address: Address) -> Document:
        return self.shelf.document(address.document)

    # Copying

    def copied(self, what: str) -> str:
        """The text that a copy of `what` (both, citation, text) is, passage by passage."""
        from scmtui.briefing.citation import cite
        from scmtui.briefing.own import style

        pieces = []
        name, self._wrong = style()
        for end in (end for ends in self.ends_here() for end in ends):
            citation = cite(self._document_of(end.address), end.address, name)
            whole = {"both": f"{end.quote}\n— {citation}", "citation": citation, "text": end.quote}
            pieces.append(whole[what])
        return ("\n" if what == "citation" else "\n\n").join(pieces)

    def action_copy(self, what: str) -> None:
        """Send text to the terminal for its clipboard; whether it takes it, nobody can know."""
        try:
            text = self.copied(what)
        except ScmError as error:
            self.app.say(say(error))
            return
        if not text:
            self.app.say(_("There is no text here to copy."))
            return
        self.app.copy_to_clipboard(text)
        said = _("Sent to the terminal: {count} characters. Into a file: {keys}.")
        told = said.format(count=len(text), keys="yf")
        self.app.say(f"{told} {say(self._wrong)}" if self._wrong and what != "text" else told)

    async def action_copy_to_file(self) -> None:
        """Copy the text with its citation into a file."""
        from scmtui.briefing.file import name_for
        from scmtui.tui.asking import AskScreen, save

        try:
            text = self.copied("both")
        except ScmError as error:
            self.app.say(say(error))
            return
        ends = self.ends_here()
        if not ends:
            self.app.say(_("There is no text here to copy."))
            return
        name = name_for(f"scm {ends[0][0].address}", ".txt")

        def written(typed: str | None) -> None:
            if typed:
                save(self.app, typed, f"{text}\n".encode())

        await self.app.push_screen(AskScreen(_("Copy into the file"), name), written)

    def action_plain(self) -> None:
        """Leave the screen for a while, with nothing on the terminal but the text from here on."""
        from scmtui.tui.asking import show_plain

        address = self.bring_text().address
        if address is None:
            return
        document = self._document_of(address)
        lines = [document.facts.title, ""]
        for paragraph in document.paragraphs:
            if paragraph.number < (address.paragraph or 0):
                continue
            numbered = f"{paragraph.number}. " if paragraph.number else ""
            texts = [*filter(None, [paragraph.heading]), *(it.text for it in paragraph.parts)]
            lines += [f"{numbered}{texts[0]}", *texts[1:], ""] if texts else []
        show_plain(self.app, lines)

    # Collecting

    def action_collect(self) -> None:
        """Put what is selected, or what stands here, into the tray."""
        try:
            ends = self.ends_here()
            told = self._collect(ends) if ends else _("There is no text here to collect.")
        except ScmError as error:
            told = say(error)
        self.collected()
        self.app.say(told)

    def collect_all(
        self, addresses: Sequence[Address], heading: str = "", lines: Sequence[str] = ()
    ) -> str:
        """Put passages into the tray, under a heading and lines; says what was done."""
        if self.outdated:
            return _("Another session changed the documents: search again.")
        try:
            ends = [(position(self._document_of(it), it),) for it in addresses]
            return self._collect(ends, heading, lines)
        except ScmError as error:
            return say(error)

    def _collect(self, ends: Sequence[Ends], heading: str = "", lines: Sequence[str] = ()) -> str:
        trays = self.places.library.trays
        known = next((it for it in trays.all() if it.name == self.tray), None)
        tray = known or next(iter(trays.all()), None) or trays.add(_(FIRST_TRAY))
        self.tray = tray.name
        there = {(it.one, it.other) for it in trays.items(tray.number)}
        if heading:
            trays.put(tray.number, "heading", text=heading)
        for words in lines:
            trays.put(tray.number, "line", text=words)
        for one, *others in ends:
            other = others[0] if others else None
            trays.put(tray.number, "pair" if other else "passage", one, other)
        count = len(trays.items(tray.number))
        if len(ends) != 1 or lines:
            said = ngettext(
                "{many} passage put into “{tray}”, which has {count} rows now.",
                "{many} passages put into “{tray}”, which has {count} rows now.",
                len(ends),
            )
            return said.format(many=len(ends), tray=tray.name, count=count)
        told = (
            _("{address} lies in “{tray}” twice now ({count}).")
            if (*ends[0], None)[:2] in there
            else _("{address} lies in “{tray}” now ({count}).")
        )
        what = " ↔ ".join(str(end.address) for end in ends[0])
        return told.format(address=what, tray=tray.name, count=count)

    def collected(self) -> None:
        """Show what is marked as it is now."""

    async def action_briefing(self) -> None:
        """Open the tray: order it, write between, see the page, hand it over."""
        from scmtui.tui.briefing import BriefingScreen

        self.places.library.check()

        def back(found: Address | None) -> None:
            self.tray = screen.tray_name or self.tray
            self.collected()
            if found:
                self.go_to(str(found))

        screen = BriefingScreen(self.places, self.tray)
        await self.app.push_screen(screen, back)
