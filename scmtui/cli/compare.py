"""Documents or passages side by side, the first as the base: aligned rows with their redlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.cli import asides, records, terminal
from scmtui.cli.addresses import locate
from scmtui.cli.pairs import MODES, Pairs
from scmtui.cli.request import NOTHING_FOUND, Answer
from scmtui.compare import beside
from scmtui.compare import compare as aligned
from scmtui.language import _, current
from scmtui.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scmtui.cli.request import Request
    from scmtui.compare import Comparison
    from scmtui.model import Address, Document, Theme
    from scmtui.themes import Taxonomy

NARROWEST, WIDEST = 40, 1000
"""Cells that a reader may wish for."""
PAGE = 120
"""Cells of columns in a pipe, unless the reader wishes otherwise."""


def compare(request: Request) -> Answer:
    """Two or more documents, or passages, each of them beside the first."""
    mode, cells = _mode(request), request.number("width", NARROWEST, WIDEST)
    located = [locate(word, request.shelf) for word in request.words]
    taxonomy, told = asides.themes()
    theme = chosen_theme(request, taxonomy)
    addresses = [found.address for found in located]
    found = [
        (comparison, comparison.narrowed(theme.id) if theme else comparison.rows)
        for comparison in comparisons(request, addresses, taxonomy)
    ]
    notes = (*(note for found in located for note in found.notes), *told)
    status = 0
    if not any(rows for _it, rows in found):
        status = NOTHING_FOUND
        notes = (*notes, _nothing(theme, found[0][0].base, [it.other for it, _rows in found]))
    if "json" in request.options:
        return Answer(records.dumps(records.comparisons(found)), notes, status)
    if cells is None and mode == "columns" and terminal.columns() is None:
        cells = PAGE
    page = request.page(cells)
    for comparison, rows in found:
        if comparison is not found[0][0]:
            page.blank()
        pairs = Pairs(page, comparison, mode)
        pairs.head()
        if addresses[0].paragraph is None:
            pairs.counts(rows, theme)
        pairs.show(rows)
    return Answer(str(page), notes, status)


def _nothing(theme: Theme | None, base: Document, others: Iterable[Document]) -> str:
    """What is said when there is no row: where that was looked for."""
    documents = asides.listed(document.facts for document in (base, *others))
    if theme is None:
        return _("Nothing stands in {where}.").format(where=documents)
    said = _("Nothing about “{theme}” is found in {where}.")
    return said.format(theme=theme.name.in_language(current()), where=documents)


def _mode(request: Request) -> str:
    """How the rows are to be shown; empty when that is left to the program."""
    mode = request.options.get("mode", "")
    if "mode" in request.options and mode not in MODES:
        raise UsageError(
            "“{mode}” is no way to look at a comparison.",
            todo="The modes are {modes}.",
            mode=mode,
            modes=", ".join(MODES),
        )
    return mode


def chosen_theme(request: Request, taxonomy: Taxonomy) -> Theme | None:
    """The theme that is asked for, by its id or by its name in either language."""
    wanted = request.options.get("theme")
    if wanted is None:
        return None
    from scmtui.search.pick import pick

    named = [(it, name) for it in taxonomy.themes for name in (it.id, it.name.ko, it.name.en)]
    if wanted.strip() and (found := pick(wanted, [name for _it, name in named], limit=1)):
        return named[found[0].place][0]
    raise UsageError("There is no theme “{theme}”.", todo="See: scmtui themes", theme=wanted)


def comparisons(
    request: Request, addresses: Sequence[Address], taxonomy: Taxonomy
) -> list[Comparison]:
    """The first document beside each of the others, or the first passage."""
    first, *others = addresses
    base = request.shelf.document(first.document)
    if all(address.paragraph is None for address in addresses):
        documents = [request.shelf.document(other.document) for other in others]
        library = request.library
        return [
            aligned(base, it, taxonomy, library.pins_between(base, it) if library else ())
            for it in documents
        ]
    if any(address.paragraph is None for address in addresses):
        raise UsageError(
            "A whole document cannot be set beside a passage.",
            todo="Compare documents (52 57), or passages (52:11 57:2).",
        )
    return [
        beside(base, first, request.shelf.document(other.document), other, taxonomy)
        for other in others
    ]
