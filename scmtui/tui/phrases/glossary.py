"""The glossary: what an abbreviation stands for, where it first stands, and how it is spelled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import var
from textual.screen import ModalScreen

from scmtui.language import N_, _, ngettext, say
from scmtui.model import ScmError
from scmtui.search import Hit
from scmtui.search.names import key
from scmtui.text import pad
from scmtui.tui.phrases.passage import Block, PassageList, PassageView
from scmtui.tui.phrases.picker import bare, noun
from scmtui.tui.search import Found
from scmtui.tui.shown import LOOKS
from scmtui.tui.telling import Telling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from scmtui.model import Address
    from scmtui.phrases.glossary import Entry
    from scmtui.tui.phrases.book import Phrasebook
    from scmtui.tui.rows import Piece

SHORT = 14
"""Cells of the column of abbreviations."""


def asked_for(text: str, entries: Sequence[Entry], *, selected: bool) -> tuple[Entry, ...]:
    """The entries for a word that is selected, or for the names that stand in a text."""
    from scmtui.phrases.glossary import look_up

    if not selected:
        asked = key(text)
        return tuple(it for it in entries if any(key(name) in asked for name in _names(it)))
    phrase = bare(" ".join(text.split()))
    whole = look_up(phrase, entries) or look_up(noun(phrase), entries)
    if whole:
        return whole
    return asked_for(phrase, entries, selected=False)


def _names(entry: Entry) -> Iterator[str]:
    yield entry.short
    yield from (it.text for it in entry.spellings)
    yield from (name for name in entry.known if len(name) > 2)


def _found(first: Address, count: int) -> str:
    """Where a name first stands, and in how many places."""
    return ngettext(
        "first at {address}, the only place", "first at {address}, in {count} places", count
    ).format(address=first, count=count)


class EntryList(PassageList):
    """Abbreviations with what they stand for."""

    entries: var[tuple[Entry, ...]] = var((), init=False)

    def __init__(self, book: Phrasebook) -> None:
        super().__init__(title=_("Glossary"))
        self._book = book
        self.note = _("Searching…")
        """What the list is of."""

    @property
    def count(self) -> int:
        """Entries listed."""
        return len(self.entries)

    def watch_entries(self) -> None:
        """Show other entries from the first."""
        self.set_reactive(PassageList.cursor, 0)
        self.rows_changed()

    def title_end(self) -> str:
        """What the list is of."""
        return self.note + " "

    def pieces(self, index: int) -> list[Piece]:
        """The abbreviation, and the name that it stands for."""
        entry = self.entries[index]
        name = entry.name or _("never explained in the documents")
        return [
            (pad(entry.short, SHORT), self.look("mark")),
            (name, self.plain if entry.name else self.look("quiet")),
        ]

    def blocks(self) -> tuple[Block, ...]:
        """The names, where each first stands, what else the thing is called, and the passage."""
        if not self.entries:
            return ()
        entry = self.entries[self.cursor]
        blocks = [Block(f"{entry.short} – {entry.name}" if entry.name else entry.short, "title")]
        blocks.append(Block(_found(entry.first, entry.count), "quiet"))
        for spelling in entry.spellings:
            said = _found(spelling.first, spelling.count)
            blocks.append(Block(f"{spelling.text}  ({said})"))
        if entry.known:
            blocks.append(Block(_("Also: {names}").format(names=", ".join(entry.known)), "quiet"))
        hit = self._hit(entry)
        return (*blocks, Block(""), Block(hit.text, "", ((hit.spans, "term"),)))

    def _hit(self, entry: Entry) -> Hit:
        text, facts = self._book.text_at(entry.first)
        at = text.find(entry.short)
        spans = ((at, at + len(entry.short)),) if at >= 0 else ()
        return Hit(entry.first, 1.0, None, spans, text, facts)

    def passages(self) -> tuple[tuple[Hit, ...], int] | None:
        """Where the name under the cursor first stands."""
        return ((self._hit(self.entries[self.cursor]),), 0) if self.entries else None


class GlossaryScreen(Telling, ModalScreen[Found | None]):
    """Names and abbreviations, those asked for or all."""

    @dataclass
    class Known(Message):
        """The names of the documents have been found."""

        entries: tuple[Entry, ...]

    COMPONENT_CLASSES = LOOKS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "all", N_("All names, or those asked for"), id="glossary.all"),
        Binding("escape,q", "dismiss(None)", N_("Close"), id="glossary.close"),
    ]
    rows = getters.query_one(EntryList)
    passage = getters.query_one(PassageView)

    def __init__(self, book: Phrasebook, text: str, *, selected: bool) -> None:
        super().__init__()
        self._book = book
        self._facts = book.facts()
        self._text = text
        self._selected = selected
        self._all: tuple[Entry, ...] = ()
        self._asked: tuple[Entry, ...] = ()

    def compose(self) -> ComposeResult:
        """The entries above what is known of one."""
        with Vertical(id="box"):
            yield EntryList(self._book)
            yield PassageView()

    def on_mount(self) -> None:
        """Find the names beside the keys."""
        self._find()

    @work(thread=True)
    def _find(self) -> None:
        try:
            self.post_message(self.Known(self._book.glossary(self._facts)))
        except ScmError as error:
            self.app.call_from_thread(self._say, say(error))

    def _say(self, sentence: str) -> None:
        self.rows.note = sentence
        self.rows.refresh()

    @on(Known)
    def show_entries(self, event: Known) -> None:
        """Show the names asked for; all of them, with a word, where there is none."""
        self._all = event.entries
        self._asked = asked_for(self._text, event.entries, selected=self._selected)
        self._show(self._asked or self._all)

    def _show(self, entries: tuple[Entry, ...]) -> None:
        here = _("of the selection") if self._selected else _("in this part")
        none = _("none asked for: all") if self._selected else _("none in this part: all")
        of_all = _("all") if self._asked else none
        self.rows.note = here if entries is self._asked and self._asked else of_all
        self.rows.entries = entries

    def action_all(self) -> None:
        """Show all names, or those asked for again."""
        if self._asked:
            self._show(self._all if self.rows.entries is self._asked else self._asked)

    @on(PassageList.Pointed)
    def follow_cursor(self) -> None:
        """Show what is known of the name under the cursor."""
        self.passage.blocks = self.rows.blocks()

    @on(PassageList.Chosen)
    def take(self, event: PassageList.Chosen) -> None:
        """Open the passage where the name first stands."""
        self.dismiss(Found(self.rows.entries[self.rows.cursor].short, event.hits, event.index))
