"""Themes and terms through the meetings, and what is new or gone in a document."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from scmtui import phrases
from scmtui.cli import asides, records, tables
from scmtui.cli.addresses import locate
from scmtui.cli.page import STRONG
from scmtui.cli.phrases import cells_of, copied, one_of
from scmtui.cli.request import NOTHING_FOUND, Answer
from scmtui.language import N_, _, current, ngettext
from scmtui.model import UsageError
from scmtui.phrases import pictures
from scmtui.phrases.copies import told
from scmtui.phrases.fresh import in_words, none_before
from scmtui.phrases.report import longer_words, ruled, searched
from scmtui.phrases.series import Cell
from scmtui.text import pad, width
from scmtui.wording import kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scmtui.cli.page import Page
    from scmtui.cli.request import Request
    from scmtui.model import Document
    from scmtui.phrases import Changes, Fresh, Series
    from scmtui.themes import Taxonomy

    Record = dict[str, Any]

_COUNTED = {
    "paragraphs": N_("Paragraphs about each theme"),
    "share": N_("Share of all words (어절) that stand in paragraphs about each theme"),
    "phrases": N_("How often each phrase stands there, with its other names"),
    "terms": N_(
        "How often each term of the theme stands there as it is written, not its other names"
    ),
}
LANGUAGES = ("ko", "en")
NUMBERED = 12
"""Documents up to which their numbers stand beside the picture."""


def series(request: Request) -> Answer:
    """Themes, or terms, through the documents of a language; or what changed in one of them."""
    form = one_of(request, "json", "csv")
    way = one_of(request, "changes", "order", "theme", "share")
    taxonomy, notes = asides.themes()
    if way == "changes":
        return _changes(request, form, notes)
    documents = _documents(request)
    if way == "order":
        return _order(request, phrases.themed(documents, taxonomy), form, notes)
    counted, found = _counted(request, way, documents, taxonomy)
    status = 0 if any(row.total for row in found.rows) else NOTHING_FOUND
    if form:
        rows = list(_rows(found))
        if form == "json":
            record = {
                "measure": found.measure,
                "counted": counted,
                "names": list(found.names),
                "copies": copied(found.copies),
                "rows": [dict(row) for row in rows],
            }
            return Answer(records.dumps(record), notes, status)
        return Answer(_csv(rows), notes, status)
    page = request.page()
    page.line(_(_COUNTED[found.measure if counted == "themes" else counted]), style=STRONG)
    by_rules = [*ruled(phrases.RULES), *_inside(found)] if counted == "phrases" else []
    _show(page, found, taxonomy, cells_of(request), by_rules)
    if status:
        page.blank()
        page.line(searched(found.columns))
    return Answer(str(page), notes, status)


def _counted(
    request: Request, way: str, documents: Sequence[Document], taxonomy: Taxonomy
) -> tuple[str, Series]:
    """What was asked for, phrases, the terms of a theme or themes, and how often that stands."""
    if request.words:
        return "phrases", phrases.terms(request.words, phrases.texts(documents))
    themed = phrases.themed(documents, taxonomy)
    if way == "theme":
        return "terms", themed.terms(_theme(request.options["theme"], taxonomy))
    return "themes", themed.themes("share" if way == "share" else "paragraphs")


def _documents(request: Request) -> list[Document]:
    """The documents of the language that was asked for, or of Korean."""
    language = request.options.get("lang", "ko")
    if language not in LANGUAGES:
        raise UsageError(
            "“{value}” is no language of a document.",
            todo="The languages are {languages}.",
            value=language,
            languages=", ".join(LANGUAGES),
        )
    ids = [facts.id for facts in request.shelf.facts() if facts.language == language]
    return [request.shelf.document(id_) for id_ in ids]


def _theme(wanted: str, taxonomy: Taxonomy) -> str:
    """The id of a theme, asked for by its id or by its name in either language."""
    from scmtui.search.pick import pick

    named = [(it, name) for it in taxonomy.themes for name in (it.id, it.name.ko, it.name.en)]
    if wanted.strip() and (found := pick(wanted, [name for _it, name in named], limit=1)):
        return named[found[0].place][0].id
    raise UsageError("There is no theme “{theme}”.", todo="See: scmtui themes", theme=wanted)


def _show(
    page: Page, found: Series, taxonomy: Taxonomy, ambiguous: int, by_rules: Iterable[str]
) -> None:
    """Which documents the columns are, what is counted, and a row for each theme or term."""
    page.line(_("Columns: {documents}").format(documents=_named(found)))
    if found.names:
        page.line(
            _("Counted as well, as other names: {names}").format(names=", ".join(found.names))
        )
    if found.copies:
        page.line(told(found.copies))
    for sentence in by_rules:
        page.line(sentence)
    page.blank()
    numbered = len(found.columns) <= NUMBERED
    names = [_name(row.id, row.name, taxonomy) for row in found.rows]
    numbers = [[_number(cell, found.measure) for cell in row.cells] for row in found.rows]
    ids = [facts.id for facts in found.columns]
    cells = [max(map(width, column)) for column in zip(ids, *numbers, strict=True)]
    widest = max(map(width, names), default=0)
    if numbered and found.rows:
        page.verbatim(" ".join(map(pad, ids, cells)), " " * (widest + len(ids) + 4))
    for row, name, shown in zip(found.rows, names, numbers, strict=True):
        picture = "".join(pictures.heat(cell.value, found.most, ambiguous) for cell in row.cells)
        line = f"[{picture}]"
        if numbered:
            line += " " + " ".join(
                " " * (room - width(number)) + number
                for number, room in zip(shown, cells, strict=True)
            )
        else:
            total = Cell(row.total)
            line += f" {_number(total, 'times')}" if found.measure != "share" else ""
        page.verbatim(line, pad(name, widest) + " ")


def _inside(found: Series) -> Iterator[str]:
    """Which longer words contain each of the phrases."""
    for row in found.rows:
        if row.longer:
            yield f"“{row.name}” · {longer_words(Counter(dict(row.longer)))}"


def _named(found: Series) -> str:
    """The documents by their ids, those that are not official marked with a star."""
    ids = [it.id if it.official else f"{it.id}*" for it in found.columns]
    said = ", ".join(ids)
    if any(not it.official for it in found.columns):
        said += f" (* {_('not official')})"
    return said


def _name(id_: str, name: str, taxonomy: Taxonomy) -> str:
    theme = taxonomy.theme(id_)
    return theme.name.in_language(current()) if theme else name


def _number(cell: Cell, measure: str) -> str:
    """What a cell counts; what it does not count behind a plus."""
    if not cell.value:
        return f"+{cell.inside}" if cell.inside else "."
    return f"{cell.value * 100:.1f}%" if measure == "share" else str(round(cell.value))


def _rows(found: Series) -> Iterator[Record]:
    """One record for each row, with its cells."""
    for row in found.rows:
        yield {
            "id": row.id,
            "name": row.name,
            "cells": [
                {
                    "document": facts.id,
                    "official": facts.official,
                    "value": round(cell.value, 4),
                    "addresses": list(map(str, cell.addresses)),
                    "inside": cell.inside,
                }
                for facts, cell in zip(found.columns, row.cells, strict=True)
            ],
        }


def _csv(rows: Sequence[Record]) -> str:
    ids = [cell["document"] for row in rows[:1] for cell in row["cells"]]
    return tables.dumps(
        ("id", "name", *ids),
        ([row["id"], row["name"], *(cell["value"] for cell in row["cells"])] for row in rows),
    )


def _order(request: Request, themed: phrases.Themed, form: str, notes: tuple[str, ...]) -> Answer:
    """Which theme each document treats in which paragraph."""
    found = themed.order()
    rows = [
        {"document": it.facts.id, "address": str(at), "theme": theme}
        for it in found
        for at, theme in it.steps
    ]
    if form == "json":
        return Answer(records.dumps({"rows": rows}), notes)
    if form == "csv":
        header = ("document", "address", "theme")
        return Answer(tables.dumps(header, (list(row.values()) for row in rows)), notes)
    page = request.page()
    for number, it in enumerate(found):
        if number:
            page.blank()
        page.line(f"{it.facts.id} · {kind(it.facts)}", style=STRONG)
        page.table(
            (str(at), _name(theme, "", themed.taxonomy) if theme else "-") for at, theme in it.steps
        )
    return Answer(str(page), notes)


def _changes(request: Request, form: str, notes: tuple[str, ...]) -> Answer:
    """What is new or gone in a document against those before it."""
    address, told = locate(request.options["changes"], request.shelf)
    document = request.shelf.document(address.document)
    found = phrases.fresh(document, request.shelf.documents())
    notes = (*notes, *told)
    status = 0 if found.new or found.gone else NOTHING_FOUND
    if form:
        rows = list(map(_change, (*found.new, *found.gone)))
        if form == "json":
            record = {
                "document": found.facts.id,
                "before": found.before and found.before.id,
                "older": [facts.id for facts in found.older],
                "copies": copied(found.copies),
                "rows": rows,
            }
            return Answer(records.dumps(record), notes, status)
        header = ("kind", "text", "count", "addresses", "documents", "score", "reasons")
        return Answer(tables.dumps(header, map(_flat, rows)), notes, status)
    if found.before is None:
        return Answer("", (*notes, none_before()), NOTHING_FOUND)
    page = request.page()
    _show_changes(page, found)
    return Answer(str(page), notes, status)


def _show_changes(page: Page, found: Changes) -> None:
    assert found.before
    said = ngettext(
        "{document} against {before}, the only older document of its kind",
        "{document} against {before}, and all {count} older documents of its kind",
        len(found.older),
    )
    page.line(
        said.format(document=found.facts.id, before=found.before.id, count=len(found.older)),
        style=STRONG,
    )
    if found.copies:
        page.line(told(found.copies))
    for heading, those in ((_("New or back"), found.new), (_("Gone"), found.gone)):
        page.blank()
        page.line(heading, style=STRONG)
        if not those:
            page.line(_("nothing"))
        for it in those:
            reasons = "; ".join(map(in_words, it.reasons))
            page.line(f"{it.text}  ({reasons})", f"{it.addresses[0]}  ")


def _change(it: Fresh) -> Record:
    return {
        "kind": it.kind,
        "text": it.text,
        "count": it.count,
        "addresses": list(map(str, it.addresses)),
        "documents": list(it.documents),
        "score": it.score,
        "reasons": list(map(in_words, it.reasons)),
    }


def _flat(row: Record) -> list[str | float]:
    """A record with its lists as texts."""
    return ["; ".join(value) if isinstance(value, list) else value for value in row.values()]
