"""The tray: what was collected, in order, with one's own words, and the page that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.binding import Binding
from textual.containers import Container
from textual.reactive import var

from scmtui.briefing import FORMATS, LAYOUTS, format_of, own, template
from scmtui.briefing.citation import STYLES
from scmtui.briefing.collected import from_tray
from scmtui.briefing.file import name_for
from scmtui.briefing.plain import CELLS, text
from scmtui.briefing.replaced import Past
from scmtui.language import N_, _, current, ngettext, say
from scmtui.model import Address, AddressError, ScmError, SettingsError
from scmtui.tui.asking import AskScreen, save
from scmtui.tui.bars import KeyBar, two_ends
from scmtui.tui.commanded import CommandedScreen
from scmtui.tui.rows import RowList
from scmtui.tui.shown import Drawn, line
from scmtui.tui.undone import in_words
from scmtui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.strip import Strip

    from scmtui.briefing.collected import Briefing
    from scmtui.library import Change
    from scmtui.library.trays import Item, Tray, Trays
    from scmtui.tui.places import Places
    from scmtui.tui.rows import Piece

ADDRESS, WIDEST = 14, 26
"""Cells of the addresses of a tray: of short ones, and of long ones at most."""
_NAMES = {
    "quotes": N_("quotes with citations"),
    "table": N_("old and new side by side"),
    "brief": N_("one page"),
}
_STYLES = {
    "ko": N_("Korean citations"),
    "en": N_("English citations"),
    "short": N_("addresses"),
    "own": N_("own citations"),
}


class TrayBar(Drawn):
    """The tray, how much lies in it, and how the page is laid out."""

    said: var[tuple[str, str]] = var(("", ""))

    def watch_said(self) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        """The name and the counts; the layout at the right end."""
        left, right = self.said
        pieces = [(f" {left}", self.look("title"))]
        return two_ends(pieces, (f"{right} ", self.look("quiet")), self.size.width, self.plain)


class ItemList(RowList):
    """What lies in the tray."""

    items: var[tuple[Item, ...]] = var(())
    doubtful: frozenset[int] = frozenset()
    """The numbers of those that need a look: their words are lost, or their document is another."""
    _addresses = ADDRESS
    """Cells that the addresses take, so that the words of all begin at one column."""

    @property
    def count(self) -> int:
        """Things in the tray."""
        return len(self.items)

    def watch_items(self) -> None:
        self._addresses = max(ADDRESS, *(min(WIDEST, len(_ends(it))) for it in self.items), 0)
        self.rows_changed()

    def pieces(self, index: int) -> list[Piece]:
        """A heading or a line as it is, a passage with its address and how it begins."""
        item = self.items[index]
        if item.kind == "heading":
            return [(f"□ {item.text}", self.look("title"))]
        if item.kind == "line":
            return [(f"  {item.text}", self.plain)]
        lost = (
            [(f"{_('needs a look')} ", self.look("warning"))]
            if item.lost or item.number in self.doubtful
            else []
        )
        words = " ".join((item.one.quote if item.one else "").split())
        return [
            (f"  {_ends(item):{self._addresses}} ", self.look("mark")),
            *lost,
            (f"※ {item.text} " if item.text else "", self.look("said")),
            (words, self.look("quiet")),
        ]

    def choose(self, index: int) -> None:
        """Read the passage where it stands."""
        screen = self.screen
        assert isinstance(screen, BriefingScreen)
        if position := self.items[index].one:
            screen.dismiss(position.address)


def _ends(item: Item) -> str:
    """The address of what was collected, or both of a pair."""
    return "↔".join(str(end.address) for end in (item.one, item.other) if end)


class PagePreview(Drawn):
    """The page as it will be, line by line."""

    top: var[int] = var(0)

    def __init__(self) -> None:
        super().__init__(id="page")
        self._briefing: Briefing | None = None
        self._layout = ""
        self._lines: list[str] = []
        self._cells = 0

    def show(self, briefing: Briefing, layout: str) -> None:
        """Show a page; it stays where it is scrolled to as far as it reaches."""
        self._briefing, self._layout = briefing, layout
        self._lay()

    def _lay(self) -> None:
        self._cells = self.size.width
        if self._briefing and self._cells > 0:
            try:
                shown = page(self._briefing, self._layout, max(36, self._cells - 2))
            except ScmError as error:
                shown = say(error)
            self._lines = [
                row[start:end]
                for row in shown.splitlines()
                for start, end in wrap(row, max(36, self._cells - 2))
            ]
            self.top = max(0, min(self.top, len(self._lines) - 1))
        self.refresh()

    def on_resize(self) -> None:
        if self.size.width != self._cells:
            self._lay()

    def watch_top(self) -> None:
        self.refresh()

    def scroll_page(self, pages: float) -> None:
        """Scroll by pages of the pane."""
        room = max(1, self.size.height)
        last = max(0, len(self._lines) - room)
        self.top = max(0, min(self.top + int(pages * room), last))

    def render_line(self, y: int) -> Strip:
        """One line of the page."""
        at = self.top + y
        said = self._lines[at] if at < len(self._lines) else ""
        return line([(" ", self.plain), (said, self.plain)], self.size.width, self.plain)


def page(briefing: Briefing, layout: str, cells: int = CELLS) -> str:
    """The page in lines. Raises SettingsError when it is a template that cannot be used."""
    if layout in LAYOUTS:
        return text(LAYOUTS[layout](briefing), cells)
    return template.rendered(layout, briefing)


def _binding(keys: str, action: str, what: str, id_: str, tooltip: str = "") -> Binding:
    return Binding(keys, action, what, id=id_, show=bool(tooltip), tooltip=tooltip)


class BriefingScreen(CommandedScreen[Address | None]):
    """A tray beside the page that is made of it; gives back where to read on."""

    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (100, "-three")]  # noqa: RUF012 - the framework's
    BINDINGS: ClassVar[list[BindingType]] = [
        _binding("x", "export", N_("Write the page to a file"), "tray.export", N_("to a file")),
        _binding("n", "write('heading')", N_("Add a heading"), "tray.heading", N_("heading")),
        _binding("l", "write('line')", N_("Add a line of your own"), "tray.line", N_("line")),
        _binding("e", "edit", N_("Change its words"), "tray.edit", N_("edit")),
        _binding("d,delete", "take", N_("Take it out"), "tray.take", N_("take out")),
        _binding("J,alt+down", "move(1)", N_("Move it down"), "tray.down", N_("down")),
        _binding("K,alt+up", "move(-1)", N_("Move it up"), "tray.up", N_("up")),
        _binding("w", "layout", N_("Next layout of the page"), "tray.layout", N_("layout")),
        _binding("s", "style", N_("Next style of the citations"), "tray.style"),
        _binding("y y", "copy", N_("Copy the page"), "tray.copy"),
        _binding("right_square_bracket", "tray(1)", N_("Next tray"), "tray.next"),
        _binding("left_square_bracket", "tray(-1)", N_("Previous tray"), "tray.previous"),
        _binding("c", "begin", N_("Begin another tray"), "tray.begin"),
        _binding("r", "rename", N_("Rename the tray"), "tray.rename"),
        _binding("g x", "remove", N_("Take the tray away"), "tray.remove"),
        _binding("pagedown,space", "scroll(0.9)", N_("Page on"), "page.down"),
        _binding("pageup", "scroll(-0.9)", N_("Page back"), "page.up"),
        _binding("u", "undo", N_("Undo"), "library.undo"),
        _binding("ctrl+r", "redo", N_("Redo"), "library.redo"),
        Binding("escape,q", "close", N_("Close"), id="tray.close", tooltip=N_("close")),
    ]

    bar = getters.query_one(TrayBar)
    listing = getters.query_one(ItemList)
    page = getters.query_one(PagePreview)

    tray: var[Tray | None] = var(None, init=False)
    layout_name: var[str] = var("quotes", init=False)
    style_name: var[str] = var("ko", init=False)

    def __init__(self, places: Places, tray: str = "") -> None:
        super().__init__()
        self._places = places
        self._wanted = tray

    @property
    def tray_name(self) -> str:
        """The name of the tray that is shown."""
        return self.tray.name if self.tray else ""

    def compose(self) -> ComposeResult:
        """The bar, the tray beside the page, and the keys."""
        yield TrayBar()
        with Container(id="desk"):
            yield ItemList(id="items", title=_("Tray"))
            yield PagePreview()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the tray that is used now, or the first one."""
        style, wrong = own.style()
        self.set_reactive(BriefingScreen.style_name, style)
        if (kept := self._places.layout) in (*LAYOUTS, *template.names()):
            self.set_reactive(BriefingScreen.layout_name, kept)
        trays = self._trays.all()
        found = next((it for it in trays if it.name == self._wanted), None)
        self.tray = found or (trays[0] if trays else None)
        if self.tray is None:
            self._show()
            self.app.say(_("There is no tray yet: a puts a passage into one, c begins one."))
        elif wrong:
            self.app.say(say(wrong))
        self.listing.focus()

    @property
    def _trays(self) -> Trays:
        return self._places.library.trays

    def watch_tray(self) -> None:
        self._show()

    def watch_layout_name(self) -> None:
        self._show()

    def watch_style_name(self) -> None:
        self._show()

    @property
    def briefing(self) -> Briefing:
        """What lies in the tray, ready to be laid out."""
        items = self._trays.items(self.tray.number) if self.tray else ()
        find = self._places.shelf.document
        past = Past(self._places.library.removed())
        try:
            return from_tray(self.tray_name, items, find, self.style_name, past)
        except SettingsError as error:  # a template that cannot cite each of them
            self.app.say(say(error))
            return from_tray(self.tray_name, items, find, current(), past)

    def _show(self, at: int | None = None) -> None:
        """Show the tray as it is now, with the cursor on the thing with the number `at`."""
        items = self._trays.items(self.tray.number) if self.tray else ()
        briefing = self.briefing
        self.listing.doubtful = frozenset(
            item.number
            for item, entry in zip(items, briefing.entries, strict=False)
            if any(it.needs_a_look for it in (*entry.left, *entry.right))
        )
        self.listing.items = items
        if at is not None:
            numbers = [item.number for item in items]
            self.listing.cursor = numbers.index(at) if at in numbers else self.listing.cursor
        self.page.show(briefing, self.layout_name)
        words = sum(len(it.one.quote.split()) for it in items if it.one)
        things = ngettext("{count} thing", "{count} things", len(items)).format(count=len(items))
        many = ngettext("{count} word", "{count} words", words).format(count=words)
        left = " · ".join(filter(None, (self.tray_name, things, many)))
        name = _NAMES.get(self.layout_name)
        style = "" if self.style_name == current() else f" · {_(_STYLES[self.style_name])}"
        self.bar.said = (left, (_(name) if name else self.layout_name) + style)

    def _do(self, change: Callable[[], int | None], said: str = "") -> bool:
        """Change the library, show what it is then, and say it or what is wrong."""
        try:
            at = change()
        except ScmError as error:
            self.app.say(say(error))
            self._show()
            return False
        self._show(at)
        if said:
            self.app.say(said)
        return True

    @property
    def _here(self) -> Item | None:
        items = self.listing.items
        return items[self.listing.cursor] if items else None

    # What the keys do

    def action_move(self, step: int) -> None:
        """Move the thing under the cursor."""
        if item := self._here:

            def move() -> int:
                self._trays.move(item.number, max(0, self.listing.cursor + step))
                return item.number

            self._do(move)

    def action_take(self) -> None:
        """Take the thing under the cursor out."""
        if item := self._here:
            self._do(lambda: self._trays.take(item.number), _("Taken out. u puts it back."))

    async def action_write(self, kind: str) -> None:
        """Ask for a heading or a line: one goes before the thing under the cursor, one after."""
        question = _("A heading") if kind == "heading" else _("A line of your own")
        await self.app.push_screen(AskScreen(question), lambda typed: self._put(kind, typed))

    def _put(self, kind: str, typed: str | None) -> None:
        if not typed:
            return

        def put() -> int:
            tray = self.tray or self._begun(_("Briefing"))
            at = self.listing.cursor + (kind == "line") if self.listing.items else 0
            return self._trays.put(tray.number, kind, text=typed, at=at).number

        self._do(put)

    async def action_edit(self) -> None:
        """Change a heading or a line, or what is said to a passage."""
        if item := self._here:
            own = item.kind in ("heading", "line")

            def change(typed: str | None) -> None:
                if typed or (typed is not None and not own):
                    self._do(lambda: self._trays.change(item.number, typed))

            question = _("Its words") if own else _("What you say to it")
            await self.app.push_screen(AskScreen(question, item.text), change)

    def action_layout(self) -> None:
        """Lay the page out in the next way; the reader's own templates come last."""
        names = [*LAYOUTS, *template.names()]
        at = names.index(self.layout_name) if self.layout_name in names else -1
        self.layout_name = self._places.layout = names[(at + 1) % len(names)]

    def action_style(self) -> None:
        """Cite the sources in the next style; the reader's own one only if it can be used."""
        usable = [it for it in STYLES if it != own.NAME or own.works()]
        at = usable.index(self.style_name) if self.style_name in usable else -1
        self.style_name = usable[(at + 1) % len(usable)]

    async def action_export(self) -> None:
        """Ask for a file and write the page; its ending says the format."""
        question = _("Write to the file (.md .txt .html .docx .hwpx .json .csv .bib .csl.json)")
        begun = name_for(self.tray_name or "briefing", ".docx")

        await self.app.push_screen(AskScreen(question, begun), self._write)

    def _write(self, typed: str | None) -> None:
        if not typed:
            return
        ending = format_of(typed)
        if self.layout_name not in LAYOUTS:
            try:
                save(self.app, typed, page(self.briefing, self.layout_name).encode())
            except ScmError as error:
                self.app.say(say(error))
        elif form := FORMATS.get(ending):
            save(self.app, typed, form.write(self.briefing, self.layout_name))
        else:
            self.app.say(_("“{ending}” is not an ending of a format.").format(ending=ending))

    def action_copy(self) -> None:
        """Send the page to the terminal for its clipboard."""
        try:
            written = page(self.briefing, self.layout_name)
        except ScmError as error:
            self.app.say(say(error))
            return
        self.app.copy_to_clipboard(written)
        self.app.say(_("Sent to the terminal: {count} characters.").format(count=len(written)))

    def action_tray(self, step: int) -> None:
        """Show the next or previous tray."""
        trays: Sequence[Tray] = self._trays.all()
        numbers = [it.number for it in trays]
        if trays:
            here = self.tray.number if self.tray else 0
            at = numbers.index(here) + step if here in numbers else 0
            self.tray = trays[at % len(trays)]

    async def action_begin(self) -> None:
        """Ask for a name and begin a tray."""

        def begin(typed: str | None) -> None:
            if typed:
                self._do(lambda: self._begin(typed))

        await self.app.push_screen(AskScreen(_("The name of the tray")), begin)

    def _begin(self, name: str) -> None:
        self._begun(name)

    def _begun(self, name: str) -> Tray:
        self.tray = tray = self._trays.add(name)
        return tray

    async def action_rename(self) -> None:
        """Ask for another name for the tray."""
        if tray := self.tray:

            def rename(typed: str | None) -> None:
                if typed:
                    self._do(lambda: self._trays.rename(tray.number, typed))
                    self._follow(tray.number)

            await self.app.push_screen(AskScreen(_("The name of the tray"), tray.name), rename)

    def action_remove(self) -> None:
        """Take the tray away with what lies in it."""
        if tray := self.tray:
            said = _("The tray “{name}” is gone. u puts it back.").format(name=tray.name)
            if self._do(lambda: self._trays.remove(tray.number), said):
                self._follow(0)

    def _follow(self, number: int) -> None:
        """Show the tray with a number as it is now, or the first one."""
        trays = self._trays.all()
        first = trays[0] if trays else None
        self.tray = next((it for it in trays if it.number == number), first)

    def action_scroll(self, pages: float) -> None:
        """Scroll the page."""
        self.page.scroll_page(pages)

    def action_undo(self) -> None:
        """Take back the last change of the library."""
        library = self._places.library
        self._turn(library.undo, _("There is nothing to undo."), _("Undone: {change}."))

    def action_redo(self) -> None:
        """Make the change again that was last undone."""
        library = self._places.library
        self._turn(library.redo, _("There is nothing to redo."), _("Redone: {change}."))

    def _turn(self, turn: Callable[[], Change | None], nothing: str, done: str) -> None:
        try:
            change = turn()
        except ScmError as error:
            self.app.say(say(error))
            return
        self.app.say(done.format(change=in_words(change)) if change else nothing)
        self._follow(self.tray.number if self.tray else 0)
        self._show()

    def action_close(self) -> None:
        """Close, back to the text."""
        self.dismiss(None)

    def go_to(self, typed: str) -> None:
        """Read at an address."""
        try:
            self.dismiss(Address.parse(typed))
        except AddressError as error:
            self.app.say(say(error))
