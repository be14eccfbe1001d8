"""The theme sidebar: which subjects this document touches, how often, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message
from textual.reactive import var

from scmtui.language import N_, _, current, ngettext
from scmtui.text import cut, pad
from scmtui.tui.rows import RowList
from scmtui.tui.shown import line
from scmtui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import BindingType
    from textual.strip import Strip

    from scmtui.model import Address, Document, SettingsError, Theme
    from scmtui.themes import Taxonomy, Touch
    from scmtui.tui.rows import Piece

COLUMN = 4
"""Cells of a column of counts."""


@dataclass(frozen=True, slots=True)
class Lens:
    """The themes found in one document, as the panes need them."""

    document: Document | None = None
    taxonomy: Taxonomy | None = None
    touches: Mapping[str, Mapping[int, Touch]] = field(default_factory=dict)
    """By theme id and number of the paragraph."""
    _about: dict[str, frozenset[int]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, document: Document, taxonomy: Taxonomy) -> Lens:
        """Find the themes of a document."""
        from scmtui.themes import touched

        found: dict[str, dict[int, Touch]] = {}
        for touch in touched(document, taxonomy):
            found.setdefault(touch.theme, {})[touch.paragraph] = touch
        return cls(document, taxonomy, found)

    @property
    def themes(self) -> tuple[Theme, ...]:
        """The themes known, none before they are read."""
        return self.taxonomy.themes if self.taxonomy else ()

    @property
    def problem(self) -> SettingsError | None:
        """What is wrong with the reader's own themes, if anything."""
        return self.taxonomy.problem if self.taxonomy else None

    def paragraphs(self, theme: str) -> frozenset[int] | None:
        """The paragraphs that touch a theme; None for no theme, or one that is not here."""
        return frozenset(self.touches[theme]) if theme in self.touches else None

    def about(self, theme: str) -> frozenset[int]:
        """The paragraphs that are about a theme, and do not only mention it."""
        if theme not in self._about:
            touches = self.touches.get(theme, {})
            self._about[theme] = frozenset(n for n, touch in touches.items() if touch.about)
        return self._about[theme]

    def spans(self, theme: str) -> dict[Address, list[tuple[int, int]]]:
        """Where the terms of a theme stand, by the address of the part."""
        found: dict[Address, list[tuple[int, int]]] = {}
        for touch in self.touches.get(theme, {}).values():
            for reason in touch.reasons:
                found.setdefault(reason.address, []).append((reason.start, reason.end))
        return {address: sorted(spans) for address, spans in found.items()}

    def here(self, address: Address | None) -> dict[str, str]:
        """The themes of the paragraph at an address, each with its reasons in words."""
        if not self.touches:
            return {}
        from scmtui.themes import in_words

        number = -1 if address is None or address.paragraph is None else address.paragraph
        return {
            theme: in_words(found[number].reasons)
            for theme, found in self.touches.items()
            if number in found
        }

    def in_words(self, theme: str) -> str:
        """A theme's name and how many paragraphs touch it; empty for no theme."""
        names = {one.id: one.name.in_language(current()) for one in self.themes}
        if theme not in names:
            return ""
        count = len(self.touches.get(theme, ()))
        said = ngettext("{count} paragraph", "{count} paragraphs", count).format(count=count)
        return f"■ {names[theme]} · {said}"


class ThemeSidebar(RowList):
    """Themes with the number of paragraphs that touch them; those of the part read are marked."""

    @dataclass
    class Chosen(Message):
        """The reader chose a theme, or none (an empty id)."""

        theme: str

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "screen.toggle_only", N_("Only its paragraphs"), id="themes.only"),
    ]

    here: var[dict[str, str]] = var(dict)
    """Themes of the paragraph under the cursor, each with its reasons in words."""
    chosen: var[str] = var("")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, title=_("Themes"))
        self._lenses: tuple[Lens, ...] = (Lens(),)
        self._rows: list[Theme] = []
        self._reasons: tuple[tuple[int, str], list[tuple[str, bool]]] | None = None

    @property
    def count(self) -> int:
        """Themes listed: those that the document touches."""
        return len(self._rows)

    def show(self, *lenses: Lens) -> None:
        """Show the themes of a document, or of two that are compared, the cursor where it was."""
        under = self._rows[self.cursor].id if self.cursor < len(self._rows) else self.chosen
        self._lenses = lenses
        found = {theme for lens in lenses for theme in lens.touches}
        self._rows = [theme for theme in lenses[0].themes if theme.id in found]
        self._put_cursor(under)
        self.rows_changed()

    def _put_cursor(self, theme: str) -> None:
        for index, row in enumerate(self._rows):
            if row.id == theme:
                self.cursor = index

    def watch_here(self) -> None:
        self._reasons = None
        self.refresh()

    def watch_chosen(self, chosen: str) -> None:
        self._put_cursor(chosen)
        self.refresh()

    def title_end(self) -> str:
        """What the columns count."""
        return (_("main  all") if len(self._lenses) == 1 else _("   L   R +/-")) + " "

    def counts(self, theme: str) -> list[str]:
        """The columns of a theme: paragraphs about it, on each side when two are compared."""
        about = [len(lens.about(theme)) for lens in self._lenses]
        shown = [f"{count or '·':>{COLUMN}}" for count in about]
        if len(about) == 1:
            return [*shown, f"{len(self._lenses[0].touches.get(theme, ())):>{COLUMN}}"]
        change = about[1] - about[0]
        return [*shown, f"{change:>+{COLUMN}}" if change else f"{'=':>{COLUMN}}"]

    def pieces(self, index: int) -> list[Piece]:
        """A mark, the name, how many paragraphs are about a theme, and how many touch it."""
        theme = self._rows[index]
        name = theme.name.in_language(current())
        plain, quiet = self.plain, self.look("quiet")
        style = self.look("strong") if theme.id == self.chosen else plain
        *counts, last = self.counts(theme.id)
        room = max(4, self.size.width - 4 - (len(counts) + 1) * COLUMN)
        mark = "■" if theme.id == self.chosen else "•" if theme.id in self.here else " "
        return [
            (f"{mark} ", self.look("mark")),
            (pad(cut(name, room), room), style),
            ("".join(counts), style),
            (last, style if style != plain else quiet),
        ]

    # The reasons for the part under the cursor, at the foot

    def _reason_lines(self) -> list[tuple[str, bool]]:
        cells = max(8, self.size.width - 3)
        if self._reasons and self._reasons[0] == (cells, self.chosen):
            return self._reasons[1]
        lines: list[tuple[str, bool]] = []
        names = {theme.id: theme.name.in_language(current()) for theme in self._lenses[0].themes}
        wanted = [self.chosen] if self.chosen in self.here else list(self.here)
        for theme in wanted:
            lines.append((names.get(theme, theme), True))
            why = self.here[theme]
            lines += [(" " + why[a:b], False) for a, b in wrap(why, cells - 1)]
        self._reasons = (cells, self.chosen), lines
        return lines

    @property
    def foot(self) -> int:
        """A blank line, a title and the reasons, as far as the themes leave room."""
        room = self.size.height - 1 - len(self._rows) - 2
        return max(0, min(len(self._reason_lines()) + 2, room)) if self.here and room > 1 else 0

    def foot_line(self, y: int) -> Strip:
        """One line of the reasons."""
        cells, quiet = self.size.width, self.look("quiet")
        if y == 0:
            return line((), cells, self.plain)
        if y == 1:
            return line([(" " + _("Why, in this paragraph"), self.look("title"))], cells, quiet)
        text, strong = self._reason_lines()[y - 2]
        return line([(" " + text, self.plain if strong else quiet)], cells, quiet)

    def choose(self, index: int) -> None:
        """Choose a theme; the chosen one again lets it go."""
        theme = self._rows[index].id
        self.post_message(self.Chosen("" if theme == self.chosen else theme))
