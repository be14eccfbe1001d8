"""The history of a phrase: one row a document, the oldest first, and what stands apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding
from textual.reactive import var

from scmtui.language import N_, _
from scmtui.phrases.copies import told
from scmtui.phrases.pictures import strip
from scmtui.phrases.report import basis, counted, longer_words, report
from scmtui.search.snippet import snippet
from scmtui.text import pad
from scmtui.tui.phrases.passage import Block, PassageList, redlined, titled
from scmtui.tui.phrases.words import language_in_words, state_in_words
from scmtui.tui.rows import OFFICIAL, UNOFFICIAL, unofficial_sign
from scmtui.tui.shown import highlighted
from scmtui.wording import kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.binding import BindingType

    from scmtui.model import Facts
    from scmtui.phrases import History, Place, Related, Row
    from scmtui.search import Hit
    from scmtui.tui.phrases.book import Followed
    from scmtui.tui.rows import Piece

ID = 15
STATE = 13
DATE = 12
STRIP = 24
"""Cells of the columns."""
DATED_FROM = 90
STRIPPED_FROM = 110
"""Cells from which on there is room for the date, and for the picture of a document."""
GLYPHS = {"present": "■", "inside": "□", "near": "≈", "absent": "·"}


class Entry(NamedTuple):
    """A line of the list: a heading, a document, a place in it, or a place of a related name."""

    text: str = ""
    row: Row | None = None
    place: Place | None = None
    related: Related | None = None
    is_quiet: bool = False
    """Whether it is a remark, and no heading."""


def entries(history: History, unfolded: frozenset[str]) -> Iterator[Entry]:
    """The lines: official documents by language, then the others, then related names."""
    languages = dict.fromkeys((history.language, *(row.facts.language for row in history.rows)))
    for language in languages:
        rows = [row for row in history.official if row.facts.language == language]
        if rows:
            said = _("Official documents, {language}").format(language=language_in_words(language))
            yield from _section(said, rows, unfolded)
    if history.unofficial:
        said = _("Not official: these say nothing of what the communiqué has or lacks")
        yield from _section(said, history.unofficial, unfolded)
    if history.related:
        names = ", ".join(dict.fromkeys(it.name for it in history.related))
        said = _("Related names, not counted: {names}").format(names=names)
        signed = any(not it.facts.official for it in history.related)
        yield Entry(f"{said} · {unofficial_sign()}" if signed else said)
        yield from (Entry(related=it) for it in history.related)
    if copies := told(history.copies):
        yield Entry(copies, is_quiet=True)


def _section(title: str, rows: Iterable[Row], unfolded: frozenset[str]) -> Iterator[Entry]:
    yield Entry(title)
    for row in rows:
        yield Entry(row=row)
        if row.facts.id in unfolded:
            yield from (Entry(row=row, place=place) for place in row.places or row.inside)


class HistoryList(PassageList):
    """Documents with whether they have the phrase, where, or what is closest to it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "l,right",
            "fold(True)",
            N_("Show each place in the document"),
            id="history.unfold",
            key_display="→",
            tooltip=N_("places"),
        ),
        Binding("h,left", "fold(False)", N_("Only the document"), id="history.fold", show=False),
    ]

    followed: var[Followed | None] = var(None, init=False)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.origin = ""
        """The document from which the reader came."""
        self._entries: list[Entry] = []
        self._unfolded: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        """Lines listed."""
        return len(self._entries)

    def watch_followed(self) -> None:
        """Show another history, the cursor on the same document if there was one."""
        entry = self.entry
        here = entry.row.facts.id if entry and entry.row else ""
        self._unfolded = frozenset()
        self._fill()
        if not self.go_to(here):
            copies = self.followed.history.copies if self.followed else ()
            of = {copy.facts.id: copy.of for copy in copies}
            self.begin(of.get(self.origin, self.origin))

    def _fill(self) -> None:
        history = self.followed.history if self.followed else None
        self._entries = list(entries(history, self._unfolded)) if history else []
        self.rows_changed()

    def go_to(self, document: str) -> bool:
        """Put the cursor on a document; says whether it is listed."""
        for index, entry in enumerate(self._entries):
            if entry.row and entry.row.facts.id == document:
                self.cursor = index
                return True
        return False

    def begin(self, document: str) -> None:
        """Put the cursor on a document that has the phrase, this one if it does.

        Where none has it, the cursor stands where the search is told.
        """
        found = [entry.row.facts.id for entry in self._entries if entry.row and entry.row.count]
        if found:
            self.go_to(document if document in found else found[0])
        else:
            self.cursor = 0

    @property
    def entry(self) -> Entry | None:
        """The line under the cursor."""
        return self._entries[self.cursor] if self.cursor < len(self._entries) else None

    def action_fold(self, open_: bool) -> None:
        """Show every place in the document under the cursor, or only the document."""
        entry = self.entry
        if entry is None or entry.row is None or not (entry.row.places or entry.row.inside):
            return
        document = entry.row.facts.id
        self._unfolded = self._unfolded | {document} if open_ else self._unfolded - {document}
        self._fill()
        if not open_:
            self.go_to(document)

    # Drawing

    def pieces(self, index: int) -> list[Piece]:
        """A heading, a document, a place or a related name."""
        entry = self._entries[index]
        if entry.related:
            official = entry.related.facts.official
            sign = (OFFICIAL if official else UNOFFICIAL, self.look("warning"))
            return [sign, *self._quoted(entry.related.place, len(OFFICIAL))]
        if entry.row is None:
            return [(entry.text, self.look("quiet" if entry.is_quiet else "title"))]
        if entry.place:
            return [(" " * 3, self.plain), *self._quoted(entry.place, 3)]
        return self._document(entry.row)

    def _quoted(self, place: Place, indent: int = 0) -> list[Piece]:
        """An address and the words around what stands there."""
        room = max(8, self.size.width - ID - indent - 2)
        short = snippet(place.text, place.spans, room)
        words = highlighted(
            short.text, (0, len(short.text)), self.plain, (short.spans, self.look("term"))
        )
        return [(pad(str(place.address), ID), self.look("mark")), *words]

    def _document(self, row: Row) -> list[Piece]:
        present = row.state == "present"
        quiet, plain = self.look("quiet"), self.plain
        mark = "strong" if present else "mark" if row.near else "quiet"
        pieces = [
            (pad(row.facts.id, ID), self.look("mark" if row.official else "warning")),
            (f"{GLYPHS[row.state]} ", self.look(mark)),
            (pad(state_in_words(row), STATE), quiet if row.state == "absent" else plain),
        ]
        if self.size.width >= DATED_FROM:
            held = row.facts.held.isoformat() if row.facts.held else ""
            pieces.insert(1, (pad(held, DATE), quiet))
        if self.size.width >= STRIPPED_FROM:
            pieces.append((self._strip(row) + "  ", self.look("term" if present else "quiet")))
        return [*pieces, *self._what(row)]

    def _strip(self, row: Row) -> str:
        found = self.followed.strips.get(row.facts.id) if self.followed else None
        return strip(found.places, STRIP) if found else " " * STRIP

    def _what(self, row: Row) -> list[Piece]:
        """The addresses, or the closest wording as a redline."""
        if row.near:
            block = redlined(row.near.runs, marked=self.app.no_color)
            layers = [(spans, self.look(look)) for spans, look in block.layers]
            whole = (0, len(block.text))
            where = (f"{row.near.address}  ", self.look("mark"))
            return [where, *highlighted(block.text, whole, self.plain, *layers)]
        if row.state == "inside":
            addresses = ", ".join(map(str, row.inside_at))
            return [(f"{addresses}  ", self.look("mark")), (counted(row.longer), self.plain)]
        if row.state == "absent":
            return []
        times: dict[str, int] = {}
        for place in row.places:
            at = str(place.address).partition(".")[0]
            times[at] = times.get(at, 0) + len(place.occurrences)
        said = (f"{at} ×{count}" if count > 1 else at for at, count in times.items())
        return [(" · ".join(said), self.plain)]

    # What the row under the cursor stands for

    def blocks(self) -> tuple[Block, ...]:
        """What is told of the line under the cursor."""
        if self.followed is None or self.entry is None:
            return ()
        return tuple(blocks_of(self.entry, self.followed.history, marked=self.app.no_color))

    def passages(self) -> tuple[tuple[Hit, ...], int] | None:
        """The places of the phrase, the closest wording, or the places of related names."""
        from scmtui.search import Hit

        entry, followed = self.entry, self.followed
        if entry is None or followed is None:
            return None
        if entry.related:
            related = followed.history.related
            hits = tuple(
                Hit(it.place.address, 1.0, None, it.place.spans, it.place.text, it.facts)
                for it in related
            )
            return hits, related.index(entry.related)
        row = entry.row
        if row and row.near:
            near, span = row.near, (row.near.start, row.near.end)
            return (Hit(near.address, 1.0, None, (span,), near.whole, row.facts),), 0
        if row is None:
            return None
        if not row.places:
            return _walked(row, entry.place) if row.inside else None
        wanted = (entry.place or row.places[0]).address
        addresses = [hit.address for hit in followed.hits]
        return followed.hits, addresses.index(wanted)


def _walked(row: Row, place: Place | None) -> tuple[tuple[Hit, ...], int]:
    """The places of a document inside longer words, and which of them comes first."""
    from scmtui.search import Hit

    hits = tuple(Hit(it.address, 1.0, None, it.spans, it.text, row.facts) for it in row.inside)
    return hits, row.inside.index(place) if place else 0


def blocks_of(entry: Entry, history: History, *, marked: bool) -> list[Block]:
    """What is told of a line: its passage, what is closest to the phrase, or what was searched."""
    if entry.related:
        place = entry.related.place
        said = _("{name} is another thing; it is never counted as “{phrase}”.")
        note = said.format(name=entry.related.name, phrase=history.phrase)
        return [*_passages(entry.related.facts, [place]), Block(""), Block(note, "quiet")]
    if entry.row is None:
        return [Block(f"“{history.phrase}”", "title"), *map(Block, report(history))]
    row = entry.row
    if row.state == "present":
        blocks = _passages(row.facts, [entry.place] if entry.place else row.places)
        for beside in row.beside:
            blocks += [Block(""), Block(str(beside.address), "mark"), Block(beside.text, "quiet")]
        if row.longer and not entry.place:
            blocks += [Block(""), Block(longer_words(row.longer), "quiet")]
        return blocks
    if row.state == "inside":
        said = _("“{phrase}” stands here only inside longer words, and is not counted: {words}.")
        note = said.format(phrase=history.phrase, words=counted(row.longer))
        title, *blocks = _passages(row.facts, [entry.place] if entry.place else row.inside)
        return [title, Block(note, "said"), Block(""), *blocks]
    return [titled(row.facts), *_absent(row, history, marked=marked)]


def _passages(facts: Facts, places: Iterable[Place]) -> list[Block]:
    blocks = [titled(facts)]
    for place in places:
        if len(blocks) > 1:
            blocks.append(Block(""))
        blocks.append(Block(str(place.address), "mark"))
        blocks.append(Block(place.text, "", ((place.spans, "found"),)))
    return blocks


def _absent(row: Row, history: History, *, marked: bool) -> Iterator[Block]:
    """That a document has not the phrase, what is closest to it, and the search that was made."""
    said = _("“{phrase}” does not stand in {document} ({kind}).")
    yield Block(
        said.format(phrase=history.phrase, document=row.facts.id, kind=kind(row.facts)), "said"
    )
    if not row.official:
        yield Block(_("That says nothing of the communiqué, which is not at hand."), "warning")
    if near := row.near:
        said = _("The closest wording stands at {address}; its likeness is {likeness:.2f}:")
        yield Block(said.format(address=near.address, likeness=near.likeness), "quiet")
        yield redlined(near.runs, marked=marked)
        yield Block("")
        yield Block(near.whole, "", (([(near.start, near.end)], "term"),))
        yield Block("")
    else:
        yield Block(_("No wording there comes near it."), "quiet")
    yield from (Block(sentence, "quiet") for sentence in basis(history))
