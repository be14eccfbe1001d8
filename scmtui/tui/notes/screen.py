"""Everything that the reader put beside the texts: notes, tags and marks, to go to or take away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import getters, on
from textual.binding import Binding
from textual.message import Message
from textual.reactive import var
from textual.widgets import Input

from scmtui.language import N_, _, ngettext, say
from scmtui.model import Address, AddressError, ScmError
from scmtui.positions import find_again
from scmtui.text import pad
from scmtui.tui.bars import KeyBar
from scmtui.tui.commanded import CommandedScreen
from scmtui.tui.dialogs import TextField
from scmtui.tui.notes.beside import MARK, NOTE, TAG, theme_names
from scmtui.tui.notes.lines import Pieces, first_line, unfolded
from scmtui.tui.rows import RowList
from scmtui.tui.shown import Drawn, highlighted, line
from scmtui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.strip import Strip

    from scmtui.library import Library
    from scmtui.positions import Position
    from scmtui.tui.places import Places
    from scmtui.tui.rows import Piece

ADDRESS = 14
"""Cells of the column of addresses."""
FOUND_IN = 200
"""Characters of a note, and of the words that it is on, in which something is found."""
MOST_QUOTED = 2
"""Lines of the words in the lower part."""

Span = tuple[int, int]


class Written(NamedTuple):
    """A note, a tag or a mark."""

    table: str
    """notes, tags or marks."""
    key: str
    position: Position
    told: str
    """The first line of the note, what the tag is called, the letter of the mark."""
    text: str = ""
    """The whole note."""
    lost: bool = False
    """Whether it needs a look: its words are not there any more."""

    @property
    def sign(self) -> str:
        """The sign that it has in the gutter."""
        return {"notes": NOTE, "tags": TAG, "marks": MARK}[self.table]

    @property
    def words(self) -> str:
        """The words that it is on, in one line."""
        return " ".join(self.position.quote.split())


def written(library: Library, order: Sequence[str]) -> tuple[Written, ...]:
    """All that there is: first what needs a look, then document by document in their `order`."""
    lost = {(it.table, it.key) for it in library.strays()}
    names = theme_names()
    found = [
        *(
            Written("notes", str(it.number), it.position, first_line(it.text), it.text)
            for it in library.notes.all()
        ),
        *(
            Written("tags", str(it.number), it.position, names.get(it.tag, it.tag))
            for it in library.tags.all()
        ),
        *(
            Written("marks", letter, position, letter)
            for letter, position in library.marks().items()
        ),
    ]
    marked = (it._replace(lost=(it.table, it.key) in lost) for it in found)
    return tuple(sorted(marked, key=lambda it: _rank(it, order)))


def _rank(it: Written, order: Sequence[str]) -> tuple[object, ...]:
    address = it.position.address
    place = order.index(address.document) if address.document in order else len(order)
    numbers = (address.paragraph or 0, address.part or 0, address.sentence or 0)
    return not it.lost, place, address.document, numbers, it.table, it.key


class WrittenList(RowList):
    """Notes, tags and marks, one in a row."""

    @dataclass
    class Pointed(Message):
        """Another one is under the cursor, or it is another list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "screen.remove", N_("Take it away"), id="written.remove",
                tooltip=N_("remove")),
        Binding("p", "screen.put", N_("Put it to the part at the cursor of the text"),
                id="written.put", tooltip=N_("put here")),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__(id="list", title=_("Notes, tags and marks"))
        self._all: tuple[Written, ...] = ()
        self._rows: list[tuple[Written, tuple[Span, ...]]] = []
        self._query = ""

    @property
    def count(self) -> int:
        """Things now listed."""
        return len(self._rows)

    @property
    def here(self) -> Written | None:
        """What is under the cursor."""
        return self._rows[self.cursor][0] if self._rows else None

    def title_end(self) -> str:
        """How many there are, and how many need a look; or that there is nothing."""
        if not self._all:
            return _("nothing yet: e writes a note, t tags, m marks") + " "
        count, lost = len(self._rows), sum(it.lost for it in self._all)
        said = ngettext("{count} thing", "{count} things", count).format(count=count)
        return f"{said} · {_('needs a look')} {lost} " if lost else f"{said} "

    def show(self, every: tuple[Written, ...]) -> None:
        """List these, as far as the query finds them."""
        self._all = every
        self.narrow(self._query)

    def narrow(self, query: str) -> None:
        """List what a query finds, by address, by its own words and by those it is on."""
        from scmtui.search.pick import pick

        self._query = query = query.strip()
        if not query:
            self._rows = [(it, ()) for it in self._all]
        else:
            names = [f"{it.told} {it.text[:FOUND_IN]} {it.words[:FOUND_IN]}" for it in self._all]
            spans = {found.place: found.spans for found in pick(query, names)}
            at = [n for n, it in enumerate(self._all) if str(it.position.address).startswith(query)]
            self._rows = [
                (self._all[n], tuple(it for it in spans.get(n, ()) if it[1] <= len(names[n])))
                for n in dict.fromkeys((*at, *spans))
            ]
        self.rows_changed()
        self.post_message(self.Pointed())

    def pieces(self, index: int) -> list[Piece]:
        """The sign, the address, whether it needs a look, what it says, and the words it is on."""
        it, spans = self._rows[index]
        address = pad(str(it.position.address), ADDRESS)
        look = f"{_('needs a look')} " if it.lost else ""
        told = highlighted(it.told, (0, len(it.told)), self.plain, (spans, self.look("strong")))
        return [
            (f"{it.sign} ", self.look("mark")),
            (f"{address} ", self.look("title")),
            (look, self.look("warning")),
            *told,
            (f"  “{it.words}”" if it.words else "", self.look("quiet")),
        ]

    def watch_cursor(self, before: int, after: int) -> None:
        super().watch_cursor(before, after)
        self.post_message(self.Pointed())

    def choose(self, index: int) -> None:  # noqa: ARG002 - it is the one under the cursor
        """Go there."""
        self.post_message(self.Chosen())

    @dataclass
    class Chosen(Message):
        """The reader wants to go to what is under the cursor."""


class WrittenView(Drawn):
    """The one under the cursor: the words that it is on, and the whole note."""

    shown: var[Written | None] = var(None, init=False)

    def watch_shown(self) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A line of the words, then a line of the note."""
        cells = max(8, self.size.width - 2)
        lines = list(self._lines(cells)) if self.shown else []
        pieces = lines[y] if y < len(lines) else ()
        styled = [(text, self.look(look)) for text, look in pieces]
        return line([(" ", self.plain), *styled], self.size.width, self.plain)

    def _lines(self, cells: int) -> Iterator[Pieces]:
        it = self.shown
        assert it
        if words := it.words:
            quoted = f"“{words}”"
            rows = wrap(quoted, cells - 2)
            for start, end in rows[:MOST_QUOTED]:
                more = " …" if len(rows) > MOST_QUOTED and (start, end) == rows[1] else ""
                yield ((quoted[start:end] + more, "quiet"),)
        if it.text:
            yield from unfolded(it.text, cells)


class WrittenScreen(CommandedScreen[Address | None]):
    """Notes, tags and marks; it gives back where the reader wants to go.

    `turn` takes the last change of the library back, or makes it again, and says which that was;
    `here` is asked for the part at the cursor of the text, to which something can be put.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "narrow", N_("Find among them"), id="written.find", tooltip=N_("find")),
        Binding("down", "to_list", N_("To the list"), id="written.list", show=False),
        Binding("u", "undo", N_("Undo"), id="library.undo", show=False),
        Binding("ctrl+r", "redo", N_("Redo"), id="library.redo", show=False),
        Binding("escape", "outward", N_("Close"), id="written.outward", show=False),
        Binding("q", "close", N_("Close"), id="written.close", tooltip=N_("close")),
    ]

    rows = getters.query_one(WrittenList)
    view = getters.query_one(WrittenView)
    query_field = getters.query_one("#query", TextField)

    def __init__(
        self,
        places: Places,
        here: Callable[[], Position | None],
        turn: Callable[[bool], None],
    ) -> None:
        super().__init__()
        self._places = places
        self._here = here
        self._turn = turn

    def compose(self) -> ComposeResult:
        """The field, the list, what is under the cursor, and the keys."""
        yield TextField(placeholder=_("Words, a tag or an address"), compact=True, id="query")
        yield WrittenList()
        yield WrittenView()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what there is."""
        self.rows.focus()
        self._show()

    def _show(self) -> None:
        order = [facts.id for facts in self._places.shelf.facts()]
        self.rows.show(written(self._places.library, order))

    @on(WrittenList.Pointed)
    def show_one(self) -> None:
        """Show the one under the cursor."""
        self.view.shown = self.rows.here

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Find as it is typed."""
        self.rows.narrow(event.value)

    @on(Input.Submitted)
    def action_to_list(self) -> None:
        """Leave the field for the list."""
        self.rows.focus()

    def action_narrow(self) -> None:
        """Type what is to be found."""
        self.query_field.focus()

    def action_outward(self) -> None:
        """From the field to the list, from what was found to all, then back to the text."""
        if self.query_field.has_focus:
            self.rows.focus()
        elif self.query_field.value:
            self.query_field.value = ""
        else:
            self.action_close()

    def action_close(self) -> None:
        """Back to the text."""
        self.dismiss(None)

    def go_to(self, typed: str) -> None:
        """Read at an address."""
        try:
            self.dismiss(Address.parse(typed))
        except AddressError as error:
            self.app.say(say(error))

    @on(WrittenList.Chosen)
    def go(self) -> None:
        """Read where it stands."""
        one = self.rows.here
        if one is None:
            return
        try:
            document = self._places.shelf.document(one.position.address.document)
            found = find_again(one.position, document)
        except ScmError as error:
            self.app.say(say(error))
            return
        if found:
            self.dismiss(found)
        else:
            said = _("Its words are not in {document} any more. p puts it to the part you read.")
            self.app.say(said.format(document=document.id))

    # Changing

    def action_remove(self) -> None:
        """Take it away."""
        one, library = self.rows.here, self._places.library
        if one is None:
            return
        if one.table == "marks":
            done = self._do(lambda: library.remove_mark(one.key))
        else:
            entries = library.notes if one.table == "notes" else library.tags
            done = self._do(lambda: entries.remove(int(one.key)))
        if done:
            self.app.say(_("It is gone. u puts it back."))

    def action_put(self) -> None:
        """Put it to the part at the cursor of the text, when its own words are gone."""
        one, library, at = self.rows.here, self._places.library, self._here()
        if one is None or at is None:
            return
        if not one.lost:
            self.app.say(
                _("It stands where its words are; only what needs a look is put elsewhere.")
            )
        elif one.table == "marks":
            self._do(lambda: library.set_mark(one.key, at), at)
        elif one.table == "tags":
            self._do(lambda: library.tags.change(int(one.key), at), at)
        else:
            self._do(lambda: library.notes.change(int(one.key), one.text, at), at)

    def _do(self, change: Callable[[], object], at: Position | None = None) -> bool:
        """Change the library, and show it as it is then; says whether that could be done."""
        try:
            change()
        except ScmError as error:
            self.app.say(say(error))
            return False
        self._show()
        if at:
            self.app.say(_("It is at {address} now. u takes it back.").format(address=at.address))
        return True

    def action_undo(self) -> None:
        """Take back the last change of the library."""
        self._turn(True)
        self._show()

    def action_redo(self) -> None:
        """Make the change again that was last undone."""
        self._turn(False)
        self._show()
