"""Choosing a tag: the themes and the tags in use, found as they are typed, or any other word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scmtui.language import _, ngettext
from scmtui.library.notes import as_tag
from scmtui.text import fold
from scmtui.tui.notes.beside import TAG
from scmtui.tui.picking import PickList, PickScreen
from scmtui.tui.shown import highlighted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from scmtui.tui.picking import Spans
    from scmtui.tui.rows import Piece

_HALF_TYPED = re.compile("[ㄱ-ㅣ]")


class Offer(NamedTuple):
    """A tag that can be chosen: what is stored, what it is called, and how often it is set."""

    tag: str
    name: str
    used: int = 0
    is_set: bool = False
    """Whether it is set here: choosing it takes it off."""
    also: str = ""
    """What else it may be found by."""


def offers(
    themes: Mapping[str, tuple[str, str]], used: Mapping[str, int], here: Collection[str]
) -> list[Offer]:
    """What can be chosen: what is set here first, then tags in use, then the themes.

    `themes` gives by id what a theme is called, and what else it is called.
    """
    every = [*here, *sorted(used, key=lambda tag: -used[tag]), *themes]
    return [
        Offer(tag, themes.get(tag, (tag, ""))[0], used.get(tag, 0), tag in here,
              f"{tag} {themes.get(tag, ('', ''))[1]}")
        for tag in dict.fromkeys(every)
    ]  # fmt: skip


class TagList(PickList[Offer]):
    """Tags to choose from, and what was typed as a new one."""

    def pieces(self, index: int) -> list[Piece]:
        """Whether it is set here, its name with the letters that were found, and its use."""
        offer, spans = self._rows[index]
        name = highlighted(
            offer.name, (0, len(offer.name)), self.plain, (spans, self.look("strong"))
        )
        sign = (f"{TAG} " if offer.is_set else "  ", self.look("mark"))
        return [sign, *name, (f"  {self._told(offer)}", self.look("quiet"))]

    @staticmethod
    def _told(offer: Offer) -> str:
        if offer.is_set:
            return _("set here; choosing it takes it off")
        if offer.used:
            used = ngettext("{count} place", "{count} places", offer.used)
            return used.format(count=offer.used)
        return "" if offer.also.strip() else _("a new tag")

    def found(self, typed: str) -> list[tuple[Offer, Spans]]:
        """What fits, and what was typed as a new tag when there is none that is called so."""
        from scmtui.search.pick import pick

        wanted = as_tag(typed)
        found: dict[int, Spans] = dict(pick(wanted, [it.name for it in self._all]))
        for place, _spans in pick(wanted, [it.also for it in self._all]) if wanted else ():
            found.setdefault(place, ())
        rows: list[tuple[Offer, Spans]] = [
            (self._all[place], spans) for place, spans in found.items()
        ]
        known = {fold(name) for it in self._all for name in (it.name, it.tag)}
        new: list[tuple[Offer, Spans]] = (
            [(Offer(wanted, wanted), ())] if wanted and fold(wanted) not in known else []
        )
        exact = [row for row in rows if fold(wanted) in (fold(row[0].name), fold(row[0].tag))]
        rows = [*exact, *(row for row in rows if row not in exact)]
        return [*rows, *new] if rows or _HALF_TYPED.search(typed) else new

    def choose(self, index: int) -> None:
        """Give the tag back."""
        self.screen.dismiss(self._rows[index][0].tag)


class TagPicker(PickScreen[str]):
    """A field and the tags it finds."""

    def __init__(self, title: str, every: list[Offer]) -> None:
        super().__init__(TagList(title, every), _("A theme, or a word of your own"))
