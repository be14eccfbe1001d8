"""Search as you type: hits with the words found, and the text of the one under the cursor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import getters, on
from textual.binding import Binding
from textual.containers import Vertical
from textual.reactive import var
from textual.screen import ModalScreen
from textual.widgets import Input

from scmtui.language import N_, _, ngettext, say
from scmtui.text import pad
from scmtui.tui.bars import KeyBar, two_ends
from scmtui.tui.dialogs import TextField
from scmtui.tui.keys import KeyedApp
from scmtui.tui.rows import OFFICIAL, UNOFFICIAL, RowList, heading, unofficial_sign
from scmtui.tui.shown import LOOKS, Drawn, highlighted, line
from scmtui.tui.telling import Telling
from scmtui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.strip import Strip

    from scmtui.library.indexing import Progress
    from scmtui.model import Address
    from scmtui.search import Hit, Results
    from scmtui.tui.rows import Piece

WIDE = 70
"""Cells from which on there is room for the date."""
ADDRESS = 15
DATE = 12
EVERY = 0.5
"""Seconds between two looks at what else can be searched by now."""


class Scope(NamedTuple):
    """What is searched: how, in words, and how much of it can be searched by now."""

    search: Callable[[str], Results]
    where: str
    progress: Callable[[], Progress | None] = lambda: None
    """None where everything can be searched at once."""
    problem: Callable[[], str] = lambda: ""
    """What the reader should know of the search, once."""
    collect: Callable[[Sequence[Address], str], str] = lambda _addresses, _heading: ""
    """Puts passages into the tray, under a heading if one is given; says what it did."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the reader takes back from a search: the hits, and which of them to go to."""

    query: str
    hits: tuple[Hit, ...]
    index: int


class HitList(RowList):
    """Hits: address, date, and the words found in their line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "collect", N_("Put this hit into the tray"), id="hits.add"),
        Binding("g a", "collect_all", N_("Put all hits into the tray"), id="hits.add-all"),
    ]

    led = True

    hits: var[tuple[Hit, ...]] = var(())

    @property
    def count(self) -> int:
        """Hits listed."""
        return len(self.hits)

    def watch_hits(self) -> None:
        self.set_reactive(RowList.cursor, 0)
        self.rows_changed()

    def grow(self, hits: tuple[Hit, ...]) -> None:
        """Have other hits for the same query; the one under the cursor stays where it is seen."""
        if not self.hits:
            self.hits = hits
            return
        address, at, row = self.hits[self.cursor].address, self.cursor, self.cursor - self._top
        self.hits = hits
        at = next((index for index, hit in enumerate(hits) if hit.address == address), at)
        self._top = at - row
        self.cursor = at

    def pieces(self, index: int) -> list[Piece]:
        """Whether it is official, the address, the date of the meeting, and a snippet."""
        hit = self.hits[index]
        plain, quiet = self.plain, self.look("quiet")
        dated = self.size.width >= WIDE
        room = self.size.width - len(OFFICIAL) - ADDRESS - DATE * dated - 2
        from scmtui.search.snippet import snippet

        short = snippet(hit.text, hit.spans, room)
        words = highlighted(
            short.text, (0, len(short.text)), plain, (short.spans, self.look("term"))
        )
        held = hit.facts.held.isoformat() if hit.facts.held else ""
        official = hit.facts.official
        return [
            (OFFICIAL if official else UNOFFICIAL, self.look("warning")),
            (pad(str(hit.address), ADDRESS), self.look("mark" if official else "warning")),
            *([(pad(held, DATE), quiet)] if dated else []),
            *words,
        ]

    def action_collect(self) -> None:
        """Put the hit under the cursor into the tray."""
        if self.hits:
            screen = self.screen
            assert isinstance(screen, SearchScreen)
            screen.collect([self.hits[self.cursor]])

    def action_collect_all(self) -> None:
        """Put all hits into the tray, under the query."""
        screen = self.screen
        assert isinstance(screen, SearchScreen)
        screen.collect(self.hits, screen.field.value)

    def choose(self, index: int) -> None:
        """Go to a hit."""
        screen = self.screen
        assert isinstance(screen, SearchScreen)
        screen.take(index)


class Preview(Drawn):
    """The whole part of the hit under the cursor, the words found marked."""

    hit: var[Hit | None] = var(None)

    def watch_hit(self) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The title with what the document is, a blank line, and the text."""
        plain, cells, hit = self.plain, self.size.width, self.hit
        if hit is None:
            return line((), cells, plain)
        if y == 0:
            return line([(f" {heading(hit.facts, cells - 2)}", self.look("title"))], cells, plain)
        rows = self._rows(hit, cells)
        if y == 1 or y - 2 >= len(rows):
            return line((), cells, plain)
        found = highlighted(hit.text, rows[y - 2], plain, (hit.spans, self.look("found")))
        return line([(" ", plain), *found], cells, plain)

    def _rows(self, hit: Hit, cells: int) -> list[tuple[int, int]]:
        """The lines of the text from one in which the first word found can be seen."""
        rows = wrap(hit.text, max(8, cells - 2))
        room = max(1, self.size.height - 2)
        first = hit.spans[0][0] if hit.spans else 0
        at = next((n for n, (_a, end) in enumerate(rows) if end > first), 0)
        start = max(0, min(at - room // 3, len(rows) - room))
        return rows[start:]


class Status(Drawn):
    """How many hits there are and how the query was read, or what is wrong with it."""

    said: var[tuple[str, bool]] = var(("", False))
    """The sentence, and whether it is a problem."""
    is_signed: var[bool] = var(False)
    """Whether the list has a row that is not official."""

    def watch_said(self) -> None:
        self.refresh()

    def watch_is_signed(self) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        """The one line of the status, and what the sign in the list means when it is there."""
        text, problem = self.said
        pieces = [(f" {text}", self.look("warning" if problem else "quiet"))]
        end = f" {unofficial_sign()} " if self.is_signed else ""
        return two_ends(pieces, (end, self.look("warning")), self.size.width, self.plain)


class SearchScreen(Telling, ModalScreen[Found | None]):
    """A field, the hits it finds, and a preview; the hits are there with the letter typed."""

    COMPONENT_CLASSES = LOOKS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", N_("Close"), id="search.close", tooltip=N_("close")),
        Binding("down,ctrl+n", "move(1)", N_("Next hit"), id="search.down", show=False),
        Binding("up", "move(-1)", N_("Previous hit"), id="search.up", show=False),
        Binding("pagedown", "page(1)", N_("Page down"), id="search.page-down", show=False),
        Binding("pageup", "page(-1)", N_("Page up"), id="search.page-up", show=False),
        Binding("ctrl+up", "recall(-1)", N_("Earlier query"), id="search.earlier"),
        Binding("ctrl+down", "recall(1)", N_("Later query"), id="search.later", show=False),
        Binding(
            "tab",
            "turn",
            N_("Between the field and the hits"),
            id="search.turn",
            tooltip=N_("pane"),
        ),
    ]

    app = getters.app(KeyedApp)
    field = getters.query_one(TextField)
    hit_list = getters.query_one(HitList)
    preview = getters.query_one(Preview)
    status = getters.query_one(Status)

    def __init__(self, scope: Scope, earlier: Sequence[str], query: str = "") -> None:
        super().__init__()
        self._scope = scope
        self._progress: Progress | None = None
        self._earlier = [*earlier, query] if query not in earlier else list(earlier)
        self._at = self._earlier.index(query)
        self._query = query

    def compose(self) -> ComposeResult:
        """The field, the status, the hits, and the preview."""
        with Vertical(id="find"):
            yield TextField(self._query, placeholder=self._scope.where, compact=True, id="query")
            yield Status()
            yield HitList(id="hits")
            yield Preview()
            yield KeyBar()

    def on_mount(self) -> None:
        """Search with each letter, in the frame that shows the letter."""
        self._clock = self.set_interval(EVERY, self._look_again, pause=True)
        self.watch(self.field, "value", self._typed)
        self.watch(self.hit_list, "cursor", self._previewed)
        self.watch(self.hit_list, "hits", self._previewed)

    def _typed(self, query: str) -> None:
        self._progress = self._scope.progress()
        (self._clock.resume if self._progress else self._clock.pause)()
        results = self._scope.search(query)
        if results.problem:
            self.status.said = (say(results.problem), True)
            return
        problem = self._scope.problem()
        if problem or query != self._query:
            self.app.say(problem)
        if query == self._query:
            self.hit_list.grow(results.hits)
        else:
            self.hit_list.hits = results.hits
        self._query = query
        self.status.said = (self._in_words(results), False)

    def _look_again(self) -> None:
        """Search again when more can be searched than at the last letter."""
        if self._progress and self._scope.progress() != self._progress:
            self._typed(self.field.value)

    def _in_words(self, results: Results) -> str:
        found = self._found_in_words(results)
        if not (progress := self._progress):
            return found
        done = progress.themed if "theme:" in results.query else progress.done
        if done == progress.total:
            return found
        said = _("searched {done} of {total} paragraphs")
        so_far = said.format(done=f"{done:,}", total=f"{progress.total:,}")
        vain = bool(results.query.strip()) and not results.hits
        return f"{so_far} · {_('nothing so far') if vain else found}"

    def _found_in_words(self, results: Results) -> str:
        if not results.query.strip():
            return _("Korean, English, 초성, either keyboard. Help: scmtui help search")
        if not results.hits:
            if ":" in results.query:
                return _("Nothing is found by this query.")
            return _("Nothing is found in {where}.").format(where=self._scope.where)
        count = ngettext("{count} passage", "{count} passages", results.total)
        spread = ngettext("in {count} document", "in {count} documents", results.documents)
        said = f"{count.format(count=results.total)} {spread.format(count=results.documents)}"
        more = _("and more") if results.more else ""
        return " · ".join(filter(None, (said, more, results.reading)))

    def _previewed(self) -> None:
        hits = self.hit_list.hits
        self.status.is_signed = any(not hit.facts.official for hit in hits)
        self.preview.hit = hits[self.hit_list.cursor] if hits else None

    def take(self, index: int) -> None:
        """Go to a hit and close."""
        self.dismiss(Found(self._query, self.hit_list.hits, index))

    def collect(self, hits: Sequence[Hit], heading: str = "") -> None:
        """Put hits into the tray and stay here."""
        if hits:
            self.app.say(self._scope.collect([hit.address for hit in hits], heading))

    @on(Input.Submitted)
    def take_first(self) -> None:
        """Go to the hit under the cursor."""
        self.hit_list.action_choose()

    def action_close(self) -> None:
        """From the hits to the field, from the field back to the text."""
        if self.hit_list.has_focus:
            self.field.focus()
        else:
            self.dismiss(None)

    def action_turn(self) -> None:
        """Keep the list open and walk it with the keys of every list, or type on."""
        (self.field if self.hit_list.has_focus else self.hit_list).focus()

    def action_move(self, rows: int) -> None:
        """Move in the list while the field keeps the keys."""
        self.hit_list.cursor += rows

    def action_page(self, pages: int) -> None:
        """Page through the list while the field keeps the keys."""
        self.hit_list.action_page(pages)

    def action_recall(self, step: int) -> None:
        """Bring an earlier query back into the field, or a later one."""
        at = self._at + step
        if 0 <= at < len(self._earlier):
            self._at = at
            self.field.value = self._earlier[at]
            self.field.action_end()
