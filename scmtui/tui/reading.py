"""The reading screen: the open document, the part under the eyes, and the theme it is read by.

The state lives here in a handful of variables. The panes show it and report what the reader does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.reactive import var

from scmtui import corpus
from scmtui.language import N_, _, current, say
from scmtui.model import Address, Document, ScmError
from scmtui.tui.adding import FOLDER, AddingScreen, known_folder
from scmtui.tui.bars import KeyBar, Tips, TitleBar, reading_tips
from scmtui.tui.commands import Command
from scmtui.tui.comparing import COMPARED
from scmtui.tui.finding import Finder
from scmtui.tui.meetings import MeetingList
from scmtui.tui.paragraphs import ParagraphPane
from scmtui.tui.themes import Lens, ThemeSidebar
from scmtui.wording import kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from scmtui.settings import Settings
    from scmtui.shelf import Shelf
    from scmtui.tui.places import Places
    from scmtui.tui.search import Found

SAVE_AFTER = 1.0
"""Seconds between two looks at whether the reader is at another place, which is then kept."""
PANES = ("meetings", "text", "themes")
Kept = tuple["Document", "Address", int, "Mapping[str, str | int]"]
"""The open document, the part under the cursor, its rows below the top edge, and the view."""


def _binding(keys: str, action: str, what: str, id_: str, *, tooltip: str = "") -> Binding:
    """A binding of this screen; one with a short word for the footer is shown there."""
    return Binding(keys, action, what, id=id_, show=bool(tooltip), tooltip=tooltip)


class ReadingScreen(AddingScreen):
    """Meetings on the left, the text in the middle, themes on the right."""

    @dataclass
    class Analysed(Message):
        """The themes of a document have been found."""

        lens: Lens

    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (80, "-two"), (120, "-three")]  # noqa: RUF012 - theirs
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012 - the framework's
    BINDINGS: ClassVar[list[BindingType]] = [
        _binding("tab", "turn(1)", N_("Next pane"), "pane.next", tooltip=N_("pane")),
        _binding("shift+tab", "turn(-1)", N_("Previous pane"), "pane.previous"),
        _binding("h,left", "pane(-1)", N_("Pane to the left"), "pane.left"),
        _binding("l,right", "pane(1)", N_("Pane to the right"), "pane.right"),
        _binding("left_square_bracket m", "meeting(1)", N_("Previous meeting"), "meeting.previous"),
        _binding("right_square_bracket m", "meeting(-1)", N_("Next meeting"), "meeting.next"),
        _binding(
            "left_square_bracket t",
            "theme_paragraph(-1)",
            N_("Previous paragraph of the theme"),
            "theme.previous",
        ),
        _binding(
            "right_square_bracket t",
            "theme_paragraph(1)",
            N_("Next paragraph of the theme"),
            "theme.next",
        ),
        _binding("f", "toggle_only", N_("Only the theme's paragraphs, or all"), "theme.only"),
        _binding("escape", "outward", N_("Close, back to the text"), "screen.outward"),
        _binding("q", "leave", N_("Quit"), "screen.quit", tooltip=N_("quit")),
    ]

    title_bar = getters.query_one(TitleBar)
    meetings = getters.query_one("#meetings", MeetingList)
    sidebar = getters.query_one("#themes", ThemeSidebar)

    document: var[Document | None] = var(None, init=False)
    theme: var[str] = var("", init=False)
    lens: var[Lens] = var(Lens, init=False)
    """The themes of the open document, once they are found."""
    only: var[bool] = var(False, init=False)
    """Whether paragraphs that do not touch the theme are left out, not only dimmed."""
    pane: var[str] = var("text", init=False)

    def __init__(
        self,
        addresses: Sequence[Address],
        settings: Settings,
        shelf: Shelf,
        places: Places,
        problems: tuple[ScmError, ...] = (),
    ) -> None:
        super().__init__()
        self._wanted = addresses
        self.last_compared: Mapping[str, str | int] = {}
        self.comparison = None
        self._settings = settings
        self.cells = settings.width
        self.shelf = shelf
        self.places = places
        self._problems = problems
        self.finder = Finder(shelf, places.library)
        self._furnished = self._told = False
        self._kept: Kept | None = None

    def compose(self) -> ComposeResult:
        """Two bars, three panes, and what is said when there is no room for them."""
        yield TitleBar()
        with Horizontal(id="panes"):
            yield MeetingList(id="meetings").data_bind(ReadingScreen.documents)
            yield ParagraphPane(cells=self._settings.width, id="text")
            yield ThemeSidebar(id="themes").data_bind(chosen=ReadingScreen.theme)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the text first; the catalogue and the themes follow when it is on the screen."""
        self.documents = self.shelf.facts()
        last = self.places.last()
        if last:
            self.last_compared = last[2]
            self.folder = known_folder(last[2].get(FOLDER))
        if not (self._wanted and self.open(self._wanted[0])):
            self._resume(last)
        if len(self._wanted) > 1:
            self.compare([str(one) for one in self._wanted], tips=last is None)
        elif last is None:
            self.mount(Tips(reading_tips()), before=self.query_one(KeyBar))
        self.text.focus()
        self.set_interval(SAVE_AFTER, self._keep_new_place)
        self.call_after_refresh(self._furnish)

    def _resume(self, last: tuple[Address, int, Mapping[str, str | int]] | None) -> None:
        """Open what was open; at the very first start, the oldest and newest document at hand."""
        if last is None:
            ends = self.documents[-1].id, self.documents[0].id
            self.open(Address(ends[0]))
            self._wanted = tuple(map(Address, dict.fromkeys(ends)))
            return
        address, row, view = last
        self.open(address, row)
        self.set_reactive(ReadingScreen.only, bool(view.get("only")))
        self.theme = str(view.get("theme", ""))
        if view.get("open"):
            self.compare(str(view.get(COMPARED, "")).split(), view)

    def _furnish(self) -> None:
        """What the first frame can do without."""
        self._furnished = True
        problems = [*self._problems, *filter(None, [self.places.library.problem])]
        try:
            self.meetings.meetings = corpus.meetings()
        except ScmError as error:
            problems.append(error)
        self.analyse()
        self.show_marks()
        self.run_worker(self.finder.prepare, thread=True)
        if problems:
            self.app.say(" ".join(map(say, problems)))

    # What is open

    def open(self, address: Address, row: int | None = None, *, back: bool = False) -> bool:
        """Show the text at an address; without a row, a whole document opens where it was left.

        The place before is remembered, unless this is the way `back`. Says whether it is there.
        """
        try:
            address = self.shelf.resolve(address, current())
            same = self.document is not None and self.document.id == address.document
            document = self.document if same else self.shelf.document(address.document)
            assert document is not None
            if address.paragraph is not None:
                corpus.passage(document, address)
        except ScmError as error:
            self.app.say(say(error))
            return False
        if address.paragraph is None and row is None:
            address, row = self.places.left(document.id) or (address, 0)
        if self.here and not back:
            self.places.leave(self.here)
        if same:
            self._bring_out(address)
            self.text.go(address)
        else:
            self._show(document, address, row or 0)
        return True

    def _bring_out(self, address: Address) -> None:
        """Show all paragraphs again when one is gone to that the theme leaves out."""
        about = self.lens.paragraphs(self.theme) or ()
        if self.only and address.paragraph is not None and address.paragraph not in about:
            self.only = False

    def _show(self, document: Document, address: Address, row: int) -> None:
        self.document = document
        self.lens = Lens(taxonomy=self.lens.taxonomy)
        self.text.show(document, address, row)
        if self._furnished:
            self.show_marks()
        self.title_bar.facts = document.facts
        self.meetings.open = document.id
        self.address = self.text.address
        if self._furnished:
            self.analyse()

    @work(thread=True, exclusive=True, group="themes")
    def analyse(self) -> None:
        """Find the themes of the open document."""
        from scmtui import themes  # after the first frame

        if self.document is None:
            return
        try:
            taxonomy = self.lens.taxonomy or themes.taxonomy()
        except ScmError as error:
            self.app.call_from_thread(self.app.say, say(error))
        else:
            self.post_message(self.Analysed(Lens.of(self.document, taxonomy)))

    @on(Analysed)
    def show_themes(self, event: Analysed) -> None:
        """Show the themes found, if that document is still open."""
        if event.lens.document is self.document:
            self.lens = event.lens
            if event.lens.problem:
                self.app.say(" ".join(filter(None, (self.app.message, say(event.lens.problem)))))

    # What the panes report

    @on(MeetingList.Chosen)
    def open_chosen(self, event: MeetingList.Chosen) -> None:
        """Open the document chosen in the list, and read."""
        if self.open(Address(event.document)):
            self.read()

    def read(self) -> None:
        """Bring the text to the fore."""
        self.pane = "text"

    @on(ThemeSidebar.Chosen)
    def read_by_theme(self, event: ThemeSidebar.Chosen) -> None:
        """Read by a theme, or by none."""
        self.theme = event.theme

    @on(ParagraphPane.Moved)
    def follow(self, event: ParagraphPane.Moved) -> None:
        """Know where the reader is."""
        self.address = event.address

    @on(ParagraphPane.Left)
    def remember(self, event: ParagraphPane.Left) -> None:
        """Keep the place that a jump left, to come back to."""
        self.places.leave(event.address)

    def watch_address(self) -> None:
        """Show where the reader stands."""
        if self.address and self.document:
            through = self.text.share_read
            self.title_bar.place = f"{self.address} · {through:.0%}"
            self._show_here()

    def watch_theme(self, theme: str) -> None:
        if not theme:
            self.set_reactive(ReadingScreen.only, False)
        self._narrow()

    def watch_only(self) -> None:
        self._narrow()

    def watch_lens(self, lens: Lens) -> None:
        self.sidebar.show(lens)
        self._narrow()

    def _narrow(self) -> None:
        """Dim or leave out what does not touch the theme, and mark its terms."""
        numbers = self.lens.paragraphs(self.theme)
        self.text.bright = numbers
        self.text.only = numbers if self.only else None
        self.text.highlight(self.lens.spans(self.theme))
        self.title_bar.filtered = self.lens.in_words(self.theme)
        self._show_here()

    def watch_found(self, found: Found | None) -> None:
        """Mark what was found, in whichever document."""
        spans = {hit.address: hit.spans for hit in found.hits} if found else {}
        self.text.show_found(spans)

    def _show_here(self) -> None:
        self.sidebar.here = self.lens.here(self.address)

    # Panes

    def bring_text(self) -> ParagraphPane:
        """The text, brought to the fore."""
        self.read()
        return self.text

    def read_on(self, found: Found) -> None:
        """Show a passage that was chosen; n and p walk the others with it."""
        self.found = found
        self.open(found.hits[found.index].address)
        self.read()

    def watch_pane(self, before: str, after: str) -> None:
        """Show and focus a pane; on a narrow screen it takes the place of another."""
        self.remove_class(f"-at-{before}").add_class(f"-at-{after}")
        self.call_after_refresh(self.query_one(f"#{after}").focus)

    def on_descendant_focus(self) -> None:
        """A click may have focused another pane."""
        if self.focused and self.focused.id in PANES:
            self.set_reactive(ReadingScreen.pane, self.focused.id)

    def action_pane(self, step: int) -> None:
        """Go one pane to the left or right."""
        self.pane = PANES[max(0, min(PANES.index(self.pane) + step, 2))]

    def action_turn(self, step: int) -> None:
        """Go round the panes."""
        self.pane = PANES[(PANES.index(self.pane) + step) % 3]

    def action_outward(self) -> None:
        """One layer outward: side pane, tips, hits, theme; never out of the program."""
        if self.pane != "text":
            self.pane = "text"
        elif tips := self.query("#tips"):
            tips.remove()
        elif self.found:
            self.found = None
        else:
            self.theme = ""

    # What the keys do

    def action_meeting(self, step: int) -> None:
        """Open the document of the next or previous meeting."""
        if document := self.meetings.beside(step):
            self.open(Address(document))
        else:
            self.app.say(_("There is no further document in this direction."))

    def action_theme_paragraph(self, step: int) -> None:
        """Go to the next or previous paragraph that touches the chosen theme."""
        if not self.theme:
            self.app.say(_("Choose a theme first: Tab, then Enter on it."))
        elif not self.text.step_to(self.lens.paragraphs(self.theme) or frozenset(), step):
            self.app.say(_("No further paragraph touches this theme."))

    def action_toggle_only(self) -> None:
        """Leave out the paragraphs that do not touch the theme, or show them dimmed."""
        if self.theme:
            self.only = not self.only
        else:
            self.app.say(_("Choose a theme first: Tab, then Enter on it."))

    @property
    def here(self) -> Address | None:
        """The part under the cursor, of which the pane may not have told yet."""
        return self.text.address if self.document else None

    def show_document(self, document: Document, address: Address) -> None:
        """Show another text of the open document, with the eyes where they are."""
        self._show(document, address, self.text.above)

    def go_to(self, typed: str) -> None:
        """Go to what was typed after the colon: a paragraph's number or an address."""
        document = self.document
        here = document and typed.isdecimal() and document.paragraph(int(typed))
        try:
            wanted = Address(document.id, int(typed)) if document and here else Address.parse(typed)
        except ScmError as error:
            self.app.say(say(error))
        else:
            self.go_on_to(wanted)

    def go_on_to(self, wanted: Address) -> None:
        """Open an address that was typed, and say which document that is if it was left open."""
        try:
            meant = self.shelf.resolve(wanted, current(), typed=True)
        except ScmError as error:
            self.app.say(say(error))
            return
        if not self.open(meant) or not self.document or self.document.id == wanted.document:
            return
        note = _("{asked} is taken as {address} ({kind}).")
        facts = self.document.facts
        self.app.say(note.format(asked=wanted.document, address=facts.id, kind=kind(facts)))

    def more_commands(self) -> Iterable[Command]:
        """Themes and documents, to be chosen by name."""
        for theme in self.lens.themes:
            name = theme.name.in_language(current())
            yield Command(_("Theme: {name}").format(name=name), "", f"theme({theme.id!r})", self)
        for facts in self.documents:
            yield Command(
                _("Open: {title}").format(title=facts.title), facts.id, f"open({facts.id!r})", self
            )

    def action_theme(self, theme: str) -> None:
        """Read by a theme."""
        self.theme = theme

    def action_open(self, document: str) -> None:
        """Open a document."""
        self.open(Address(document))

    def _place_now(self) -> Kept | None:
        """Where the reader is and how the screen is, for the next start."""
        if not self.document or not self.here:
            return None
        comparison = self.comparison
        view: dict[str, str | int] = {
            **(comparison.view() if comparison else self.last_compared),
            "open": int(comparison is not None),
            "theme": self.theme,
            "only": int(self.only),
            **({FOLDER: str(self.folder)} if self.folder else {}),
        }
        return self.document, self.here, self.text.above, view

    def openings(self) -> tuple[str, ...]:
        """What would open the screen as it is now: nothing, and its document if that is all."""
        if self.document is None or self.comparison or self.theme:
            return ("",)
        return "", self.document.id

    def _keep_new_place(self) -> None:
        """Keep where the reader is, if that is not what was kept."""
        if self._place_now() != self._kept:
            self.keep_place()

    def keep_place(self) -> None:
        """Keep where the reader is, for the next start."""
        self._kept = self._place_now()
        if self._kept:
            problem = self.places.keep(*self._kept)
            if problem and not self._told:
                self._told = True
                self.app.say(say(problem))
