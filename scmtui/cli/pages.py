"""What the commands print for people: wrapped on a terminal, one part a line in a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scmtui.cli.page import GAP, QUIET, STRONG
from scmtui.cli.passages import paragraphs_at, texts_at
from scmtui.language import _, current, ngettext
from scmtui.model import Address
from scmtui.text import pad, width
from scmtui.themes import in_words
from scmtui.wording import kind, occasion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scmtui.add import Stated
    from scmtui.cli.page import Page
    from scmtui.model import Document, Facts, Meeting, Paragraph, Remark
    from scmtui.shelf import Shelf
    from scmtui.themes import Taxonomy, Touch


def documents(page: Page, known: Iterable[Facts], more: Iterable[Meeting] = ()) -> None:
    """A list of documents, and of `more` meetings that have none, newest meeting first."""
    entries = [(it.meeting or 0, _listed(it)) for it in known]
    entries += [(it.number, _without(it)) for it in more]
    rows = [row for _number, row in sorted(entries, key=lambda entry: -entry[0])]
    if not page.wraps:
        page.table(rows)
        return
    cells = max((width(row.address) for row in rows), default=0)
    for row in rows:
        label = pad(row.address, cells) + GAP
        if row.title:
            page.line(row.title, label, style=STRONG)
            label = " " * width(label)
        page.pieces(
            [row.kind, f"{row.held} {row.place}".strip(), row.paragraphs], label, style=QUIET
        )


class _Listed(NamedTuple):
    """A document, or a meeting without one, in a list."""

    address: str
    held: str
    place: str
    kind: str
    paragraphs: str = ""
    title: str = ""


def _listed(known: Facts) -> _Listed:
    held = known.held.isoformat() if known.held else ""
    count = ngettext("{count} paragraph", "{count} paragraphs", known.paragraphs)
    count = count.format(count=known.paragraphs)
    return _Listed(known.id, held, known.place, kind(known), count, known.title)


def _without(meeting: Meeting) -> _Listed:
    held = meeting.held.isoformat() if meeting.held else ""
    place = meeting.place.in_language(current())
    return _Listed(str(meeting.number), held, place, _("no document"))


def passage(page: Page, document: Document, address: Address) -> None:
    """What stands at an address, under the title of its document and what that is."""
    head(page, document.facts)
    text(page, document, address)


def head(page: Page, known: Facts) -> None:
    """The title of a document and what it is; an unofficial one says that it is."""
    page.line(known.title, style=STRONG)
    page.pieces(occasion(known), style=QUIET)


def text(page: Page, document: Document, address: Address) -> None:
    """The text of a document, or what an address takes in of it."""
    blocks = [list(_rows(document, at, it)) for at, it in paragraphs_at(document, address)]
    labels = {
        row.at: str(row.at).partition(":")[2] if page.wraps else str(row.at)
        for block in blocks
        for row in block
    }
    cells = max(map(width, labels.values()), default=0)
    for number, block in enumerate(blocks):
        if page.wraps or not number:
            page.blank()
        for row in block:
            label = labels[row.at]
            label = label.rjust(cells) if page.wraps else label.ljust(cells)
            page.line(row.text, label + GAP, style=STRONG if row.heading else "")


class _Row(NamedTuple):
    """A heading or a part, and where it stands."""

    at: Address
    text: str
    heading: bool = False


def _rows(document: Document, at: Address, paragraph: Paragraph) -> Iterator[_Row]:
    """The heading and the parts; a single part without a heading goes by its paragraph."""
    headed = bool(paragraph.heading) and at.part is None
    if headed:
        yield _Row(at, paragraph.heading, heading=True)
    single = len(paragraph.parts) == 1 and not headed
    for part, shown in texts_at(document, at, paragraph):
        yield _Row(at if single else part, shown)


def reading(page: Page, document: Document, shelf: Shelf) -> None:
    """A document as a file was read: what is known, doubtful and left out, and then the text."""
    known(page, document, shelf)
    text(page, document, Address(document.id))


def known(page: Page, document: Document, shelf: Shelf) -> None:
    """What is known of a document, by which words, and what is doubtful or was left out.

    The documents of the shelf tell why it is official or not.
    """
    from scmtui.add import LABELS, stated  # brings the readers, which no other page needs
    from scmtui.evidence import reason, settled

    kept = settled(document)
    facts, source = kept.facts, kept.facts.provenance
    why = {"official": reason(document, shelf)}
    rows = ((it, why.get(it.fact, "")) for it in stated(kept))
    head(page, facts)
    page.blank()
    page.table(
        [
            (_("Address"), f"{facts.id} · {facts.language} · {_listed(facts).paragraphs}"),
            (_("File"), f"{source.file} ({source.format})"),
            ("SHA-256", source.sha256),
            *((_(LABELS[it.fact]), _stated(it, said)) for it, said in rows if said or _telling(it)),
            *((_("Doubt"), _remark(it)) for it in document.doubts),
            *((_("Left out"), _remark(it)) for it in document.dropped),
        ]
    )


def _telling(one: Stated) -> bool:
    """Whether more can be said of a fact than its value."""
    return bool(one.agrees is False or one.corrected or (one.found and one.found.quote))


def _stated(one: Stated, why: str) -> str:
    """A fact with the words that say so, why it is so, and what the catalogue of meetings says."""
    from scmtui.add import value_in_words

    quote = f"“{' '.join(one.found.quote.split())}”" if one.found and one.found.quote else ""
    quote = one.correction_in_words or quote  # the line says what the reader has not given
    value = value_in_words(one.fact, one.value) or "–"
    return " · ".join(filter(None, (value, quote, why, one.catalogue_in_words)))


def _remark(remark: Remark) -> str:
    return " ".join(filter(None, (str(remark.address or ""), remark.text and _(remark.text))))


def themes(page: Page, found: Iterable[tuple[Address, Touch]], taxonomy: Taxonomy) -> None:
    """The themes that were found, each with its paragraphs, strengths and reasons."""
    touches = list(found)
    rows: list[tuple[str, ...]] = []
    for theme in taxonomy.themes:
        name = theme.name.in_language(current())
        of_theme = [
            (str(at), f"{touch.strength:.2f}", in_words(touch.reasons))
            for at, touch in touches
            if touch.theme == theme.id
        ]
        if of_theme and page.wraps:
            if rows:
                page.blank()
            page.line(f"{name} ({theme.id})", style=STRONG)
            page.table(("", *row) for row in of_theme)
        rows += [(theme.id, name, *row) for row in of_theme]
    if not page.wraps:
        page.table(rows)
