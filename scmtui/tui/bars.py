"""The two bars: what is open, above; what can be pressed, below."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual import getters
from textual.reactive import reactive

from scmtui.language import _
from scmtui.text import pad
from scmtui.tui.keys import KeyedApp, display
from scmtui.tui.shown import Drawn, line, shown
from scmtui.wording import occasion
from scmtui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.style import Style
    from textual.binding import ActiveBinding
    from textual.geometry import Size
    from textual.strip import Strip
    from textual.widget import Widget

    from scmtui.model import Facts


class TitleBar(Drawn):
    """The title, what the document is, its two dates, and where the reader stands."""

    facts: reactive[Facts | None] = reactive(None)
    place: reactive[str] = reactive("")
    """Where the reader stands: the address and how far through the text."""
    filtered: reactive[str] = reactive("")
    """The theme that the text is narrowed to, in words."""

    def render_line(self, y: int) -> Strip:
        """The title with the place, or the facts with the theme."""
        facts = self.facts
        cells, plain = self.size.width, self.plain
        if facts is None:
            return line((), cells, plain)
        name, quiet = self.look("title"), self.look("quiet")
        if y == 0:
            return two_ends([(" " + facts.title, name)], (f" {self.place} ", quiet), cells, plain)
        kind, *held = occasion(facts)
        pieces = [(f" {kind}", quiet if facts.official else self.look("warning"))]
        pieces += [(f" · {what}", quiet) for what in held]
        return two_ends(pieces, (f" {self.filtered} " if self.filtered else "", name), cells, plain)


MOST_LINES = 4
"""Lines that a sentence for the reader may take."""
WAY_OUT = ("escape", "q")
"""Keys that leave what is open, where they are shown."""
HELP = "help.open"
LATE = ("phrase.open", "tray.open")
LAST = ("line.open", "palette.open", HELP)
"""Bindings that give way to the others where there is little room."""
TIP = 11
"""Cells for the key of a tip."""


def two_ends(
    left: list[tuple[str, Style]], right: tuple[str, Style], cells: int, plain: Style
) -> Strip:
    """Pieces from the left, one at the right end; the left gives way."""
    room = cells - cell_len(shown(right[0]))
    if room < cells // 3:
        return line(left, cells, plain)
    strip = line(left, room, plain)
    return strip.join([strip, line([right], cells - room, plain)])


class Offer(NamedTuple):
    """A key with what it does."""

    key: str
    what: str
    is_kept: bool = False
    """Whether it has room on any screen: it leaves what is open, or tells the other keys."""


def _rank(active: ActiveBinding, here: Widget | None, also: Mapping[str, str]) -> int:
    """Where a key stands: those of the pane in use first, the ways to other commands last."""
    if active.binding.id in also:
        return -1
    if active.node is here:
        return 0
    return 1 + (active.binding.id in LATE) + 2 * (active.binding.id in LAST)


class KeyBar(Drawn):
    """The keys that work now; while a sequence waits, its second keys; or a sentence."""

    app = getters.app(KeyedApp)

    def on_mount(self) -> None:
        """Follow the app's messages and keys, and the focus."""
        for name in ("message", "waiting", "hangul"):
            self.watch(self.app, name, self._again, init=False)
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def _again(self) -> None:
        """Draw again, with as many lines as the sentence takes."""
        self.styles.height = min(MOST_LINES, len(self._sentence())) or 1
        self.refresh()

    def _sentence(self) -> list[str]:
        """What is said to the reader, broken into lines."""
        said = shown(self.app.message)
        return [said[a:b] for a, b in wrap(said, self.size.width - 2)] if said else []

    def render_line(self, y: int) -> Strip:
        """The keys in one line, or a line of the sentence."""
        plain, said = self.plain, self.look("said")
        end = " ".join(filter(None, (self.app.waiting, _("Hangul") if self.app.hangul else "")))
        end = f" {end} " if end and y == 0 else ""
        if lines := self._sentence():
            pieces = [(f" {lines[y]}" if y < len(lines) else "", said)]
        else:
            pieces = list(self._fitting(self.size.width - cell_len(end)))
        return two_ends(pieces, (end, said), self.size.width, plain)

    def _fitting(self, room: int) -> Iterator[tuple[str, Style]]:
        """The keys with what they do, as far as whole ones have room; some always have."""
        offers = list(self._offers())
        cells = [cell_len(shown(f" {offer.key} {offer.what} ")) for offer in offers]
        kept = sum(wide for offer, wide in zip(offers, cells, strict=True) if offer.is_kept)
        room -= min(kept, room)
        for offer, wide in zip(offers, cells, strict=True):
            if not offer.is_kept:
                room -= wide
            if room >= 0 or offer.is_kept:
                yield f" {offer.key}", self.look("strong")
                yield f" {offer.what} ", self.look("quiet")

    def _offers(self) -> Iterator[Offer]:
        """Keys with what they do, each action once: those of the pane in use come first."""
        if self.app.keys.pending:
            for sequence in self.app.keys.sequences():
                yield Offer(display(sequence.rest), _(sequence.active.binding.description))
            return
        seen = set()
        here = self.screen.focused
        also = here.also if isinstance(here, Drawn) else {}
        live = self.screen.active_bindings.items()
        for key, active in sorted(live, key=lambda item: _rank(item[1], here, also)):
            binding = active.binding
            told = also.get(binding.id or "") or binding.tooltip or binding.description
            if (binding.show or binding.id in also) and binding.action not in seen:
                seen.add(binding.action)
                kept = binding.id == HELP or (
                    binding.key in WAY_OUT and active.node is not self.app
                )
                yield Offer(binding.key_display or display(key), _(told), kept)


class Tips(Drawn):
    """What a newcomer needs to know, until the first Esc."""

    def __init__(self, tips: Sequence[tuple[str, str]]) -> None:
        super().__init__(id="tips")
        self._tips = tips

    def _lines(self, cells: int) -> list[tuple[str, str]]:
        """The keys and the words beside them, broken into lines."""
        lines = []
        for key, what in self._tips:
            for number, (a, b) in enumerate(wrap(what, max(8, cells - TIP))):
                lines.append(("" if number else key, what[a:b]))
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the tips take in `width` cells."""
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        """One line of the tips."""
        lines = self._lines(self.size.width)
        key, what = lines[y] if y < len(lines) else ("", "")
        return line(
            [(pad(key, TIP), self.look("strong")), (what, self.plain)], self.size.width, self.plain
        )


def reading_tips() -> list[tuple[str, str]]:
    """The tips for reading."""
    return [
        ("j k ↓ ↑", _("read on and back; a number and G goes to a paragraph: 12G")),
        ("Tab", _("to the themes and the meetings; Enter chooses, [t ]t walk the theme")),
        ("?", _("every key; they all work while the Hangul input method is on")),
        ("esc", _("puts these tips away")),
    ]


def comparing_tips() -> list[tuple[str, str]]:
    """The tips for comparing."""
    return [
        ("j k ]c [c", _("from row to row, from change to change")),
        ("w", _("looks at the two in another way: columns, interleaved, redline, changes only")),
        ("?", _("every key; they all work while the Hangul input method is on")),
        ("esc", _("puts these tips away; once more, and you read the communiqué alone")),
    ]
