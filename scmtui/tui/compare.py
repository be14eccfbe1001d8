"""Two documents side by side: aligned rows, what changed in them, and what only one side has."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual import getters, on, work
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.reactive import reactive, var
from textual.worker import WorkerCancelled, get_current_worker

from scmtui.language import N_, _, current, say
from scmtui.model import Address, AddressError, Document, ScmError
from scmtui.positions import find_again, position
from scmtui.tui.aligned import ComparePane
from scmtui.tui.apart import SidePane
from scmtui.tui.bars import KeyBar, Tips, comparing_tips, two_ends
from scmtui.tui.commands import Command
from scmtui.tui.finding import Finder
from scmtui.tui.listing import Listings
from scmtui.tui.notes.beside import Beside
from scmtui.tui.pairing import Ends
from scmtui.tui.pairs import LEFT, RIGHT
from scmtui.tui.seeking import SeekingScreen
from scmtui.tui.shown import Drawn, line
from scmtui.tui.themes import ThemeSidebar
from scmtui.wording import row_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.style import Style
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Resize
    from textual.strip import Strip
    from textual.widget import Widget

    from scmtui.compare import Comparison, Counts, Pin, Row
    from scmtui.model import Facts, Theme
    from scmtui.tui.collecting import Ends as Collected
    from scmtui.tui.paged import PagedPane
    from scmtui.tui.places import Places
    from scmtui.tui.search import Found

MANY = 1_000
"""Rows from which on they are shown before their themes and what has moved are known."""
MODES = ("columns", "interleaved", "redline", "changes")


class CompareBar(Drawn):
    """What is compared, and how the rows add up."""

    documents: reactive[tuple[Facts, Facts] | None] = reactive(None)
    counts: reactive[str] = reactive("")
    state: reactive[str] = reactive("")
    """The mode, and whether the sides are locked."""
    filtered: reactive[str] = reactive("")

    def render_line(self, y: int) -> Strip:
        """The two documents with the mode, or the counts with the theme."""
        cells, quiet, name = self.size.width, self.look("quiet"), self.look("title")
        if self.documents is None:
            return line((), cells, self.plain)
        if y:
            end = (self.filtered + " ", name)
            return two_ends([(" " + self.counts, quiet)], end, cells, self.plain)
        pieces = self._named([facts.title for facts in self.documents])
        if sum(cell_len(text) for text, _style in pieces) + cell_len(self.state) + 2 > cells:
            pieces = self._named([facts.id for facts in self.documents])
        wide = sum(cell_len(text) for text, _style in pieces)
        state = f" {self.state} " if wide + cell_len(self.state) + 2 <= cells else ""
        return two_ends(pieces, (state, quiet), cells, self.plain)

    def _named(self, names: Sequence[str]) -> list[tuple[str, Style]]:
        """The two documents by their names; an unofficial one says that it is."""
        pieces: list[tuple[str, Style]] = []
        for joint, name, facts in zip((" ", " ↔ "), names, self.documents or (), strict=True):
            pieces += [(joint, self.look("quiet")), (name, self.look("title"))]
            if not facts.official:
                pieces.append((f" ({_('not official')})", self.look("warning")))
        return pieces


class CompareScreen(SeekingScreen):
    """Two documents in aligned rows; more than two by turns, the first as the base."""

    @dataclass
    class Told(Message):
        """So much of the alignment, from 0 to 1, has been worked out."""

        share: float

        def can_replace(self, message: Message) -> bool:
            """Only the last one counts."""
            return isinstance(message, CompareScreen.Told)

    @dataclass
    class Compared(Message):
        """The rows are known; of many rows told again when their themes and moves are too."""

        listings: Listings

    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (80, "-two"), (120, "-three")]  # noqa: RUF012 - theirs
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012 - the framework's
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "mode", N_("Next way to look at it"), id="compare.mode", tooltip=N_("view")),
        Binding(
            "equals_sign",
            "lock",
            N_("Lock or unlock the sides"),
            id="compare.lock",
            tooltip=N_("lock"),
        ),
        Binding(
            "tab",
            "turn",
            N_("Between the text and the themes"),
            id="compare.turn",
            tooltip=N_("pane"),
        ),
        Binding(
            "right_square_bracket m",
            "other(1)",
            N_("Compare with the next document"),
            id="compare.next",
            show=False,
        ),
        Binding(
            "left_square_bracket m",
            "other(-1)",
            N_("Compare with the previous document"),
            id="compare.previous",
            show=False,
        ),
        Binding("enter", "read", N_("Read this paragraph alone"), id="compare.read", show=False),
        Binding(
            "percent_sign",
            "other_end",
            N_("The other end of what moved"),
            id="change.other",
            show=False,
        ),
        Binding("h,left", "pane(-1)", N_("Pane to the left"), id="pane.left", show=False),
        Binding("l,right", "pane(1)", N_("Pane to the right"), id="pane.right", show=False),
        Binding("e", "note", N_("Write or change a note"), id="note.edit", show=False),
        Binding("z", "fold", N_("Unfold the notes here, or fold them"), id="note.fold", show=False),
        Binding(
            "t",
            "tag",
            N_("Tag with a theme or a word, or take a tag off"),
            id="tag.set",
            show=False,
        ),
        Binding(
            "escape",
            "outward",
            N_("Close, back to the text"),
            id="compare.outward",
            tooltip=N_("close"),
        ),
        Binding("q", "close", N_("Close"), id="compare.close", show=False),
    ]

    pane = getters.query_one("#pairs", ComparePane)
    sidebar = getters.query_one("#themes", ThemeSidebar)
    bar = getters.query_one(CompareBar)

    comparison: var[Comparison | None] = var(None, init=False)
    theme: var[str] = var("", init=False)
    mode: var[str] = var("columns", init=False)
    locked: var[bool] = var(True, init=False)
    other: var[int] = var(0, init=False)
    """Which of the documents beside the base is shown."""
    came: Address | None = None
    """Where the reader was when the comparison was opened."""
    then: str = ""
    """What the reader left to do where the text is read: an action ("note", "tag"), or nothing."""
    going_on: Found | None = None
    """What the reader left to read on with, if it was found by a search."""

    def __init__(
        self,
        documents: Sequence[Document],
        places: Places,
        view: Mapping[str, str | int],
        *,
        finder: Finder | None = None,
        at: Address | None = None,
        tips: bool = False,
    ) -> None:
        super().__init__()
        self._documents = documents
        self.places = places
        self.finder = finder or Finder(places.shelf, places.library)
        self.shelf = places.shelf
        self._shelved = self.shelf.facts()
        """What was known of all documents when these were fetched."""
        self._at = at or _address(str(view.get("row", "")))
        self._tips = tips
        self._apart = bool(view.get("apart"))
        self._listings: Listings | None = None
        self._pins: tuple[Pin, ...] = ()
        mode = str(view.get("mode", MODES[0]))
        self.set_reactive(CompareScreen.mode, mode if mode in MODES else MODES[0])
        self.set_reactive(CompareScreen.theme, str(view.get("narrowed", "")))
        self.set_reactive(CompareScreen.other, int(view.get("other", 0)) % (len(documents) - 1))

    def view(self) -> dict[str, str | int]:
        """How the comparison is now, for the next time."""
        return {
            "compared": " ".join(document.id for document in self._documents),
            "mode": self.mode,
            "narrowed": self.theme,
            "other": self.other,
            "row": str(self._here or ""),
            "apart": int(not self.locked),
        }

    @property
    def _here(self) -> Address | None:
        """Where the reader is, in the rows or on the side that scrolls alone."""
        return self.bring_text().address if self.comparison else self._at

    def row_here(self) -> Row | None:
        """The row under the cursor, or that of the paragraph on the side that scrolls alone."""
        if self.locked:
            return self.pane.pair.row if self.pane.pair else None
        return self._row_at(self._here)

    def _row_at(self, address: Address | None) -> Row | None:
        number = self.comparison.row_of(address) if self.comparison and address else None
        return self.comparison.rows[number] if self.comparison and number is not None else None

    def paired_ends(self) -> Ends:
        """The first paragraphs of the row, or the one on the side that scrolls alone."""
        here, row = self._here, self.row_here()
        if here is None or row is None:
            return Ends(None, None)
        if self.locked:
            return Ends(next(iter(row.left), None), next(iter(row.right), None))
        here = Address(here.document, here.paragraph)
        return Ends(here, None) if here.document == self.both[LEFT].id else Ends(None, here)

    def align_at(self, address: Address | None) -> None:
        """Align anew, by what the reader has said of the pairs, and come back to an address."""
        self._at = address
        self.align()

    @property
    def both(self) -> tuple[Document, Document]:
        """The base and the document beside it."""
        return self._documents[0], self._documents[1 + self.other]

    def ends_here(self) -> Sequence[Collected]:
        """What is selected, else the pair under the cursor, or its one side."""
        row = self.row_here() if self.locked else None
        if self.selected or row is None:
            return super().ends_here()
        base, other = self.both
        left = [position(base, address) for address in row.left]
        right = [position(other, address) for address in row.right]
        return list(product(left, right)) or [(end,) for end in (*left, *right)]

    def on_screen_resume(self) -> None:
        """Close when one of the documents was taken away under what lay over this screen."""
        if self.outdated:
            self.follow_library()
        elif self.is_mounted:
            self.collected()

    def follow_library(self) -> bool:
        """Align the documents as another session left them; without one of them, close."""
        before, shelved = self.both, self.shelf.facts()
        if shelved is self._shelved:
            self._follow_pins()
            return False
        try:
            documents = [self.shelf.document(it.id) for it in self._documents]
        except ScmError as error:
            self.app.say(say(error))
            self.outdated = self.app.screen is not self
            if self.outdated:  # what lies over it goes on
                return False
            self.dismiss((self.view(), None))
            return True
        self._shelved = shelved
        if documents == list(self._documents):
            self._follow_pins()
            return False
        here = self.pane.address if self.comparison else self._at
        side = next((it for it in before if here and it.id == here.document), None)
        self._documents = documents
        if self.both == before:
            return False
        if here and side:
            self._at = find_again(position(side, here), self.shelf.document(side.id)) or here
        self.comparison, self._chosen = None, None
        self.pane.show(self.both, None)
        self.watch_other()
        told = _("Another session changed {id}; it is shown as it is now.")
        changed = next(it for it, was in zip(self.both, before, strict=True) if it != was)
        self.app.say(told.format(id=changed.id))
        return True

    def _follow_pins(self) -> None:
        """Align anew when another session put paragraphs together or parted them."""
        self.collected()
        if self._pins_now() != self._pins:
            self.align()

    def collected(self) -> None:
        """Show what the reader put beside the two texts as it is in the library now."""
        beside = [Beside.of(self.places.library, document) for document in self.both]
        self.pane.show_beside(beside)
        for side, of_side in zip(self._sides(), beside, strict=False):
            side.show_beside(of_side)

    def compose(self) -> ComposeResult:
        """The bar above, the rows, the themes, and the keys."""
        yield CompareBar()
        with Horizontal(id="panes"):
            yield ComparePane(id="pairs").data_bind(CompareScreen.mode)
            yield ThemeSidebar(id="themes").data_bind(chosen=CompareScreen.theme)
        yield KeyBar()

    def on_mount(self) -> None:
        """Align, and show the rows when they are there."""
        if self._tips:
            self.mount(Tips(comparing_tips()), before=self.query_one(KeyBar))
        self.pane.focus()
        self.watch_other()

    def watch_other(self) -> None:
        """Align the two that are shown now; sides that scroll alone come together again."""
        if not self.locked:
            self.call_later(self.action_lock)
        left, right = self.both
        self.bar.documents = (left.facts, right.facts)
        here = self.pane.address
        if here and here.document == left.id:
            self._at = self._at or here
        self.comparison, self._listings = None, None
        self.bar.counts = _("Comparing…")
        self._state()
        self.collected()
        self.align()

    def align(self) -> None:
        """Align the two documents, by what the reader has said of their pairs."""
        self._pins = self._pins_now()
        self._align(self._pins)

    def _pins_now(self) -> tuple[Pin, ...]:
        return tuple(self.places.library.pins_between(*self.both))

    @work(thread=True, exclusive=True, group="align")
    def _align(self, pins: tuple[Pin, ...]) -> None:
        """Work out which paragraphs belong together."""
        from scmtui import themes
        from scmtui.compare import compare

        worker = get_current_worker()

        def told(share: float) -> None:
            if worker.is_cancelled:
                raise WorkerCancelled
            self.post_message(self.Told(share))

        try:
            listings = Listings(compare(*self.both, themes.taxonomy(), pins, told))
            for find in (listings.find_themes, listings.find_moves):
                if len(listings.pairs) > MANY:
                    self.post_message(self.Compared(listings))
                find(told)
        except WorkerCancelled:
            return
        except ScmError as error:
            self.app.call_from_thread(self.app.say, say(error))
            return
        self.post_message(self.Compared(listings))

    @on(Told)
    def tell(self, event: Told) -> None:
        """Say how far the first alignment is."""
        if self.comparison is None:
            self.bar.counts = _("Comparing… {share} %").format(share=round(100 * event.share))

    @on(Compared)
    def show_rows(self, event: Compared) -> None:
        """Show the rows, if these documents are still compared."""
        listings, comparison = event.listings, event.listings.comparison
        if (comparison.base, comparison.other) != self.both:
            return
        again = listings is self._listings
        self.comparison, self._listings = comparison, listings
        if listings.lenses:
            self.sidebar.show(*listings.lenses)
        if again:
            listings.draw_anew()
            self.pane.lay_anew()
        if self.theme or not again:
            self._narrow()
        self._tell_theme()
        if self._at:
            self.pane.go_to(self._at)
            self._at = None
        if self._apart:
            self._apart = False
            self.call_after_refresh(self.action_lock)

    @on(ThemeSidebar.Chosen)
    def compare_by_theme(self, event: ThemeSidebar.Chosen) -> None:
        """Narrow both sides to a theme, or to none."""
        self.theme = event.theme

    def watch_theme(self) -> None:
        self._narrow()

    def _narrow(self) -> None:
        """Show the rows that are about the theme on either side."""
        if self._listings is None:
            return
        listing = self._listings.about(self.theme)
        self.pane.show(self.both, listing)
        self.bar.counts = counts_in_words(listing.counts)
        self._narrow_sides()
        self._tell_theme()

    def _narrow_sides(self) -> None:
        """Leave out, on the sides that scroll alone, what is in no row that is shown."""
        sides = self._sides()
        if not sides or self._listings is None:
            return
        known = self.theme and self._listings.lenses
        rows = [pair.row for pair in self._listings.about(self.theme).pairs] if known else []
        shown: tuple[set[int], set[int]] = (set(), set())
        for row in rows:
            for numbers, addresses in zip(shown, (row.left, row.right), strict=True):
                numbers.update(it.paragraph or 0 for it in addresses)
        for side, numbers in zip(sides, shown, strict=True):
            side.only = frozenset(numbers) if known else None

    def _sides(self) -> list[SidePane]:
        """The two sides while they scroll alone, else none."""
        return list(self.query(SidePane))

    def _tell_theme(self) -> None:
        """Say which theme the rows are about, or what is still looked for."""
        names = {theme.id: theme.name.in_language(current()) for theme in self._themes}
        self.bar.filtered = f"■ {names[self.theme]}" if self.theme in names else ""
        if self._listings and not self._listings.are_ready:
            self.bar.filtered = _("looking for what has moved…")

    @property
    def _themes(self) -> Sequence[Theme]:
        lenses = self._listings.lenses if self._listings else None
        return lenses[0].themes if lenses else ()

    def _state(self) -> None:
        """Say how the rows are looked at now: columns need room, and give way without it."""
        mode = self.mode if self.pane.has_room or self.mode != "columns" else "interleaved"
        lock = _("locked") if self.locked else _("unlocked")
        self.bar.state = f"{mode_in_words(mode)} · {lock}"

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002 - as the base has it
        self._state()

    def watch_mode(self) -> None:
        self._state()

    def action_mode(self) -> None:
        """The next way to look at the rows."""
        if not self.locked:
            self.app.say(_("Lock the sides first: ="))
            return
        ways = MODES if self.pane.has_room else MODES[1:]
        at = ways.index(self.mode) if self.mode in ways else 0
        self.mode = ways[(at + 1) % len(ways)]

    def action_other(self, step: int) -> None:
        """Compare the base with another of the documents."""
        if len(self._documents) == 2:
            self.app.say(_("Only two documents are compared."))
        else:
            self.other = (self.other + step) % (len(self._documents) - 1)

    async def action_lock(self) -> None:
        """Let each side scroll on its own, or bring them together again where the reader is."""
        if self.locked:
            await self._part()
        else:
            here = self._here
            await self.query(SidePane).remove()
            self.pane.display = True
            self.pane.focus()
            if here:
                self.pane.go_to(here)
        self.locked = not self.locked
        self._state()

    async def _part(self) -> None:
        """Show each side alone, from the paragraphs of the row under the cursor on."""
        row = self.row_here()
        sides = [SidePane(cells=88, id=f"side{side}") for side in (LEFT, RIGHT)]
        self.pane.display = False
        await self.query_one("#panes").mount_all(sides, before=self.sidebar)
        starts = (row.left, row.right) if row else ((), ())
        for side, document, start in zip(sides, self.both, starts, strict=True):
            side.show(document, start[0] if start else Address(document.id))
        self._narrow_sides()
        self.collected()
        self._show_found()
        sides[LEFT].active = True
        sides[LEFT].focus()

    def on_descendant_focus(self) -> None:
        """The keys act on the side that has the focus, and on it still from the themes."""
        sides = self._sides()
        if self.focused in sides:
            for side in sides:
                side.active = side is self.focused

    def bring_text(self) -> PagedPane[Any, Any]:
        """The side that the reader is on, or the rows."""
        return next((side for side in self._sides() if side.active), self.pane)

    def read_on(self, found: Found) -> None:
        """Read a passage that was chosen in the text; n and p walk the others there."""
        self.going_on = found
        self.dismiss((self.view(), found.hits[found.index].address))

    def show_hit(self, address: Address, at: int = 0) -> bool:
        """Go to a passage of the two documents; a theme that it is not about is let go."""
        if self._row_at(address) is None:
            return False
        if self.theme and not self.pane.has(address):
            self.theme = ""
        self.pane.go_to_found(address, at)
        for side, document in zip(self._sides(), self.both, strict=False):
            if document.id == address.document:
                side.go(address)
                self._turn_to(side)
        return True

    def watch_found(self) -> None:
        self._show_found()

    def _show_found(self) -> None:
        """Mark what was found, on either side."""
        found = {hit.address: hit.spans for hit in self.found.hits} if self.found else {}
        self.pane.show_found(found)
        for side in self._sides():
            side.show_found(found)

    def action_pane(self, step: int) -> None:
        """Go one pane to the left or right: the sides or the rows, then the themes."""
        order = self._order()
        at = order.index(self.focused) if self.focused in order else 0
        self._turn_to(order[max(0, min(at + step, len(order) - 1))])

    def _order(self) -> list[Widget]:
        texts: list[Widget] = [*self._sides()]
        return [*(texts or [self.pane]), self.sidebar]

    def action_turn(self) -> None:
        """To the next of the panes; the themes come into sight where they have no room."""
        order = self._order()
        at = order.index(self.focused) if self.focused in order else -1
        self._turn_to(order[(at + 1) % len(order)])

    def _turn_to(self, pane: Widget) -> None:
        self.set_class(pane is self.sidebar, "-at-themes")
        self.call_after_refresh(pane.focus)

    def action_outward(self) -> None:
        """From the themes to the rows, from hits and a theme to all, then back to reading."""
        if self.focused is self.sidebar:
            self._turn_to(self.bring_text())
        elif tips := self.query("#tips"):
            tips.remove()
        elif self.found:
            self.found = None
        elif self.theme:
            self.theme = ""
        else:
            self.action_close()

    def action_close(self) -> None:
        """Back to the text from which the comparison was opened, where it was compared last."""
        self.dismiss((self.view(), self._way_back()))

    def _way_back(self) -> Address | None:
        """Where the text of that document stands in this row or before; None where it was left."""
        here, came = self._here, self.came
        number = self.comparison.row_of(here) if self.comparison and here else None
        if self.comparison is None or here is None or number is None:
            return None
        is_right = came is not None and came.document == self.both[RIGHT].id
        if not self.locked and here.document == self.both[is_right].id:
            return here
        for row in self.comparison.rows[number::-1]:
            if addresses := row.right if is_right else row.left:
                return None if _is_in(came, addresses) else addresses[0]
        return None

    def action_read(self) -> None:
        """Read the paragraph under the cursor in the text, at the part from which one came."""
        row = self.row_here() if self.locked else None
        came = row and _is_in(self.came, (*row.left, *row.right))
        self.dismiss((self.view(), self.came if came else self._here))

    def action_note(self) -> None:
        """Write a note on what is selected or stands here, where the text is read; c comes back."""
        self._leave_to("note")

    def action_tag(self) -> None:
        """Tag what is selected or stands here, where the text is read; c comes back."""
        self._leave_to("tag")

    def _leave_to(self, action: str) -> None:
        chosen = self.selected
        address = chosen[0].address if chosen else self._here
        if address:
            self.then = action
            self.dismiss((self.view(), address))

    def action_fold(self) -> None:
        """Unfold what is written under the part on a side that scrolls alone, or fold it."""
        side = self.bring_text()
        if not isinstance(side, SidePane):
            self.app.say(_("Notes are unfolded where each side scrolls alone (=), or is read (⏎)."))
        elif not side.fold():
            self.app.say(_("There is no note here: e writes one."))

    def action_other_end(self) -> None:
        """Go where a sentence of this row has moved, or where it came from."""
        here = self.pane.pair
        if not self.locked:
            self.app.say(_("Lock the sides first: ="))
            return
        if here is None or self.comparison is None:
            return
        if not self.comparison.moves_known:
            self.app.say(_("What has moved is still being looked for."))
            return
        moves = self.comparison.moves
        for run in here.runs:
            if run.move and run.move <= len(moves):
                move = moves[run.move - 1]
                self.pane.go_to(move.right if run.op in "-<" else move.left)
                return
        self.app.say(_("Nothing of this row stands elsewhere on the other side."))

    def go_to(self, typed: str) -> None:
        """Go to a paragraph of the base by its number, or to an address of either side."""
        try:
            number = typed.isdecimal()
            address = Address(self.both[LEFT].id, int(typed)) if number else Address.parse(typed)
        except ScmError as error:
            self.app.say(say(error))
            return
        if self.pane.has(address):
            self.show_hit(address)
        else:
            self.app.say(_("{address} is not in this comparison.").format(address=address))

    def more_commands(self) -> Iterable[Command]:
        """Themes, to be chosen by name."""
        for theme in self._themes:
            name = theme.name.in_language(current())
            yield Command(_("Theme: {name}").format(name=name), "", f"theme({theme.id!r})", self)

    def action_theme(self, theme: str) -> None:
        """Narrow both sides to a theme."""
        self.theme = theme


def _is_in(address: Address | None, paragraphs: Iterable[Address]) -> bool:
    """Whether an address is in one of some paragraphs."""
    return address is not None and any(
        (it.document, it.paragraph) == (address.document, address.paragraph) for it in paragraphs
    )


def _address(text: str) -> Address | None:
    try:
        return Address.parse(text) if text else None
    except AddressError:
        return None


def counts_in_words(counts: Counts) -> str:
    """How many rows there are of each sort; together they are all rows."""
    sorts = counts._asdict().items()
    whole = _("{count} rows").format(count=sum(counts))
    return " · ".join([whole, *(f"{row_in_words(sort)} {count}" for sort, count in sorts if count)])


def mode_in_words(mode: str) -> str:
    """What a mode is called."""
    return {
        "columns": _("columns"),
        "interleaved": _("interleaved"),
        "redline": _("redline"),
        "changes": _("changes only"),
    }[mode]
