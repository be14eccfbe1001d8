"""The text of a document as it was read, with what is doubtful in it, to be joined and split."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message

from scmtui.language import N_, _
from scmtui.model import Address
from scmtui.readers.corrections import Seam, corrected, seams, uncorrected
from scmtui.tui.paragraphs import ParagraphPane

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.style import Style
    from textual.binding import BindingType

    from scmtui.model import Correction, Document, Remark
    from scmtui.tui.parts import Item

    Span = tuple[int, int]

APART = ("", " ", "part", "paragraph")
"""How far apart two stretches of text can stand, from one word to two paragraphs."""


LONG = 60_000
"""Characters of a source from which on a correction is made in a thread."""
AS_READ = N_("It is as it was read.")


def distance(what: Correction) -> int:
    """How far apart a correction puts what stands before and after it."""
    return APART.index(what.value if what.kind == "join" else what.kind)


def in_words(what: Correction) -> str:
    """What the reader made of a place, in English that can be translated."""
    if what.kind == "join":
        return N_("A blank stands here.") if what.value else N_("Nothing stands between them here.")
    return N_("A part begins here.") if what.kind == "part" else N_("A paragraph begins here.")


def around(text: str, shown: int) -> Span:
    """The words that meet at a place in a text."""
    before = re.search(r"\S*\s*$", text[:shown])
    after = re.match(r"\s*\S*", text[shown:])
    return (before.start() if before else shown), shown + (after.end() if after else 0)


def seam_at(document: Document, at: int) -> Seam | None:
    """The place in a document at which a stretch of its source begins."""
    for item in document.paragraphs:
        if item.start <= at < item.end:
            found = seams(document, Address(document.id, item.number))
            return next((one for one in found if one.at == at), None)
    return None


def _beyond(document: Document, at: int, step: int) -> Seam | None:
    """The next place after one in the source, or the last before it."""
    for item in document.paragraphs[::step]:
        if item.end > at if step > 0 else item.start <= at:
            found = seams(document, Address(document.id, item.number))[::step]
            far = (one for one in found if (one.at - at) * step > 0)
            if one := next(far, None):
                return one
    return None


class ReviewPane(ParagraphPane):
    """The text with doubtful places marked; two stretches can be put together or set apart."""

    @dataclass
    class Corrected(Message):
        """The reader has put something together or set it apart."""

        document: Document
        said: str
        """What begins there now, in a sentence."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "doubt(1)", N_("Next doubt"), id="doubt.next", tooltip=N_("doubt")),
        Binding("p", "doubt(-1)", N_("Previous doubt"), id="doubt.previous", show=False),
        Binding(
            "right_parenthesis",
            "seam(1)",
            N_("Next place that could be read otherwise"),
            id="seam.next",
            show=False,
        ),
        Binding(
            "left_parenthesis",
            "seam(-1)",
            N_("Previous place that could be read otherwise"),
            id="seam.previous",
            show=False,
        ),
        Binding(
            "r",
            "closer",
            N_("Put together: paragraphs, parts, words"),
            id="seam.join",
            tooltip=N_("join"),
        ),
        Binding(
            "x",
            "apart",
            N_("Set apart: words, parts, paragraphs"),
            id="seam.split",
            tooltip=N_("set apart"),
        ),
        Binding(
            "backspace", "take_back", N_("Take the correction back"), id="seam.back", show=False
        ),
    ]

    def __init__(self, *, cells: int) -> None:
        super().__init__(cells=cells, id="review")
        self._doubtful: frozenset[Address] = frozenset()
        self._at: Seam | None = None
        """The place that the keys act on."""
        self._making = False
        """Whether a correction is being made in a thread."""

    def show_anew(self, document: Document) -> None:
        """Show a document, or the same one after a correction, with the eyes where they were."""
        self._making = False
        here, row, at = self.address, self.above, self._at
        if here is None or self.document is None or self.document.source != document.source:
            self.show(document, Address(document.id))
            at = None
        else:
            at = at and seam_at(document, at.at)
            self.show(document, at.address if at else replace(here, document=document.id), row)
        self._mark_doubts(document)
        self._point(at)

    def _mark_doubts(self, document: Document) -> None:
        doubts = [it for it in document.doubts if it.address]
        self._doubtful = frozenset(it.address for it in doubts if it.address)
        at = {it.at for it in doubts if it.at is not None}
        spans: dict[Address, list[Span]] = {}
        texts = {item.address: item.part.text for item in self._page.items}
        for address in {it.address for it in doubts if it.address and it.at is not None}:
            for seam in seams(document, address):
                if seam.at in at and seam.address in texts:
                    place = around(texts[seam.address], seam.shown)
                    spans.setdefault(seam.address, []).append(place)
        self.highlight({address: sorted(places) for address, places in spans.items()})
        corrections = {it.at for it in document.corrections}
        self.show_marks(
            frozenset(
                item.address
                for item in self._page.items
                if any(item.part.start <= at < item.part.end for at in corrections)
            )
        )

    def _gutter(self, index: int, row: int) -> Iterator[tuple[str, Style]]:
        """The gutter, with ? beside a part in which something is doubtful."""
        item = self._page.items[index]
        for number, (text, style) in enumerate(super()._gutter(index, row)):
            doubtful = number == 1 and row == 0 and text == " " and self._doubts(item)
            yield ("?", self.look("warning")) if doubtful else (text, style)

    def _doubts(self, item: Item) -> bool:
        return item.address in self._doubtful or (item.first and item.address.up in self._doubtful)

    # Where the keys act

    def _point(self, seam: Seam | None) -> None:
        """Show the place that the keys act on."""
        self._at = seam
        texts = {item.address: item.part.text for item in self._page.items}
        if seam and seam.address in texts:
            self.show_found({seam.address: [around(texts[seam.address], seam.shown)]})
        else:
            self.show_found({})

    def point_to(self, doubt: Remark) -> None:
        """Go to a doubt."""
        if not self.document:
            return
        address = doubt.address or self._part_at(doubt.at)
        if address is None:
            self.app.say(_("That is not about a place in the text."))
            return
        self.go(address)
        found = seams(self.document, address) if doubt.address else ()
        self._point(next((one for one in found if one.at == doubt.at), None))

    def _part_at(self, at: int | None) -> Address | None:
        """The part in which a place of the source lies."""
        parts = (it for it in self._page.items if at is not None)
        return next((it.address for it in parts if it.part.start <= (at or 0) < it.part.end), None)

    def action_doubt(self, step: int) -> None:
        """Go to the next or previous doubt."""
        document = self.document
        if not document:
            return
        doubts = sorted((it for it in document.doubts if it.address), key=self._order)
        here = self._here()
        ahead = [it for it in doubts if (self._order(it) > here if step > 0 else False)]
        behind = [it for it in doubts if (self._order(it) < here if step < 0 else False)]
        if ahead or behind:
            self.point_to(ahead[0] if ahead else behind[-1])
        else:
            none = _("There are no doubts in the text itself.")
            self.app.say(_("There is no further doubt in this direction.") if doubts else none)

    def _order(self, doubt: Remark) -> tuple[int, int, int]:
        address = doubt.address
        assert address
        return address.paragraph or 0, address.part or 0, doubt.at or 0

    def _here(self) -> tuple[int, int, int]:
        """Where the reader stands among the doubts."""
        if self._at and self._at.address == self.address:
            return self._at.address.paragraph or 0, self._at.address.part or 0, self._at.at
        address = self.address
        first = self._cursor == 0 and self._at is None
        return (
            ((address.paragraph or 0), (address.part or 0), -1 if first else 0)
            if address
            else (0, 0, 0)
        )

    def action_seam(self, step: int) -> None:
        """Go to the next or previous place at which lines or sentences meet."""
        if not self.document:
            return
        here = self._at.at if self._at and self._at.address == self.address else self._start()
        if found := _beyond(self.document, here, step):
            self.go(found.address)
            self._point(found)
        else:
            self.app.say(_("There is no further place in this direction."))

    def _start(self) -> int:
        return self._page.items[self._cursor].part.start if self._page.items else 0

    # Joining and splitting

    def action_closer(self) -> None:
        """Put what meets here closer together."""
        self._turn(-1)

    def action_apart(self) -> None:
        """Set what meets here further apart."""
        self._turn(1)

    def _turn(self, step: int) -> None:
        document, seam = self.document, self._acted_on()
        if not document or not seam:
            self.app.say(_("Nothing meets here. n goes to a doubt, ) to the next place."))
            return
        now = distance(seam.now)
        ways = [one for one in seam.others if (distance(one) - now) * step > 0]
        way = min(ways, key=lambda one: abs(distance(one) - now), default=None)
        if way:
            self._change(partial(corrected, document, way), seam, in_words(way))
        elif step < 0 and any(it.at == seam.at for it in document.corrections):
            self._change(partial(uncorrected, document, seam.at), seam, AS_READ)
        else:
            texts = {item.address: item.part.text for item in self._page.items}
            text = texts.get(seam.address, "")
            place = text[slice(*around(text, seam.shown))]
            further = _("“{place}”: {now} It cannot be set further apart.")
            closer = _("“{place}”: {now} It cannot be put closer together.")
            told = further if step > 0 else closer
            self.app.say(told.format(place=place, now=_(in_words(seam.now))))

    def _acted_on(self) -> Seam | None:
        """The place pointed to, or the beginning of the part under the cursor."""
        here = self.address
        if self._at and self._at.address == here:
            return self._at
        if not self.document or not here:
            return None
        return next((one for one in seams(self.document, here) if one.shown == 0), None)

    def action_take_back(self) -> None:
        """Take the correction of this place back."""
        document, seam = self.document, self._acted_on()
        if document and seam and any(it.at == seam.at for it in document.corrections):
            self._change(partial(uncorrected, document, seam.at), seam, AS_READ)
        else:
            self.app.say(_("You have not corrected this."))

    def _change(self, make: Callable[[], Document], seam: Seam, said: str) -> None:
        """Make a correction: at once, or in a thread when the text is long."""
        if self._making:
            self.app.say(_("One moment: the last correction is still being made."))
            return
        self._at = seam
        if self.document and len(self.document.source) > LONG:
            self._making = True
            self.app.say(_("The text is being put together anew."))
            self.run_worker(partial(self._make, make, said), thread=True)
        else:
            self._make(make, said)

    def _make(self, make: Callable[[], Document], said: str) -> None:
        self.post_message(self.Corrected(make(), _(said)))
