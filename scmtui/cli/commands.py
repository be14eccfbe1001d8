"""What each command does: it takes a request and gives an answer; nothing here prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scmtui import corpus
from scmtui.cli import asides, manual, pages, records, terminal
from scmtui.cli.addresses import Found, locate
from scmtui.cli.passages import touches_at
from scmtui.cli.request import NOTHING_FOUND, Answer, Request
from scmtui.language import N_, _
from scmtui.model import Address, UsageError
from scmtui.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable


def list_(request: Request) -> Answer:
    """The documents at hand, and all meetings if asked for."""
    known = request.shelf.facts()
    meetings = corpus.meetings()[::-1] if "all" in request.options else ()
    status = 0 if known or meetings else NOTHING_FOUND
    if "json" in request.options:
        record: dict[str, Any] = {"documents": [records.listed(it) for it in known]}
        if meetings:
            record["meetings"] = [records.meeting(it, known) for it in meetings]
        return Answer(records.dumps(record), status=status)
    page = request.page()
    there = {it.meeting for it in known}
    pages.documents(page, known, [it for it in meetings if it.number not in there])
    return Answer(str(page), status=status)


def show(request: Request) -> Answer:
    """A document, or what stands at an address in it."""
    address, notes = locate(request.words[0], request.shelf)
    document = request.shelf.document(address.document)
    exact = "exact" in request.options
    if "json" in request.options:
        themes, told = asides.themes()
        record = records.passage(document, address, themes, exact=exact)
        return Answer(records.dumps(record), (*notes, *told))
    if exact:
        source = corpus.exact(document, address)
        shown = source if terminal.columns() is None else safe(source)
        return Answer(shown, notes or asides.unofficial(document))
    page = request.page()
    pages.passage(page, document, address)
    return Answer(str(page), notes)


def themes(request: Request) -> Answer:
    """The themes of all documents, or of what stands at an address, with the reasons."""
    located = [locate(word, request.shelf) for word in request.words]
    known, notes = asides.themes()
    found = []
    for address, told in located or [Found(Address(it.id)) for it in request.shelf.facts()]:
        document = request.shelf.document(address.document)
        notes = (*notes, *(told or asides.unofficial(document)))
        for touch in touches_at(document, address, known):
            at = Address(document.id, touch.paragraph) if address.paragraph is None else address
            found.append((at, touch))
    status = 0 if found else NOTHING_FOUND
    if "json" in request.options:
        record = {"themes": records.themes(found, known)}
        return Answer(records.dumps(record), notes, status)
    page = request.page()
    pages.themes(page, found, known)
    if not found:
        notes = (*notes, _("No theme is touched there."))
    return Answer(str(page), notes, status)


def read(request: Request) -> Answer:
    """What each file would be read as; nothing is kept."""
    from scmtui.cli.add import read

    return read(request)


def add(request: Request) -> Answer:
    """Add what files hold to the library."""
    from scmtui.cli.add import add

    return add(request)


def search(request: Request) -> Answer:
    """The passages that answer a query."""
    from scmtui.cli.search import search

    return search(request)


def compare(request: Request) -> Answer:
    """Documents or passages side by side."""
    from scmtui.cli.compare import compare

    return compare(request)


def phrase(request: Request) -> Answer:
    """A phrase through all documents."""
    from scmtui.cli.phrases import phrase

    return phrase(request)


def kwic(request: Request) -> Answer:
    """The concordance of a query."""
    from scmtui.cli.kwic import kwic

    return kwic(request)


def series(request: Request) -> Answer:
    """Themes or terms through the meetings."""
    from scmtui.cli.series import series

    return series(request)


def glossary(request: Request) -> Answer:
    """Names and abbreviations."""
    from scmtui.cli.glossary import glossary

    return glossary(request)


def kept(name: str) -> Callable[[Request], Answer]:
    """One of the commands that show and keep the library."""

    def command(request: Request) -> Answer:
        from scmtui.cli.library import COMMANDS

        return COMMANDS[name](request)

    return command


def note(request: Request) -> Answer:
    """Notes on passages."""
    from scmtui.cli.notes import note

    return note(request)


def tag(request: Request) -> Answer:
    """Tags on passages."""
    from scmtui.cli.notes import tag

    return tag(request)


def mark(request: Request) -> Answer:
    """Marks."""
    from scmtui.cli.notes import mark

    return mark(request)


def tray(request: Request) -> Answer:
    """Trays, and what lies in them."""
    from scmtui.cli.notes import tray

    return tray(request)


def export(request: Request) -> Answer:
    """A tray as a page or as data."""
    from scmtui.cli.briefing import export

    return export(request)


def brief(request: Request) -> Answer:
    """One page from a comparison."""
    from scmtui.cli.briefing import brief

    return brief(request)


def help_(request: Request) -> Answer:
    """How the program, or one command, is used."""
    if not request.words:
        return Answer(manual.overview())
    (name,) = request.words
    if name not in manual.COMMANDS:
        raise UsageError(
            "There is no command “{name}”.",
            todo=N_("The commands are {names}."),
            name=name,
            names=", ".join(manual.COMMANDS),
        )
    return Answer(manual.explain(name))


COMMANDS: dict[str, Callable[[Request], Answer]] = {
    "list": list_,
    "show": show,
    "themes": themes,
    "read": read,
    "add": add,
    "search": search,
    "compare": compare,
    "phrase": phrase,
    "kwic": kwic,
    "series": series,
    "glossary": glossary,
    **{name: kept(name) for name in ("library", "remove", "backup", "restore")},
    **{name: kept(name) for name in ("dump", "load", "doctor")},
    "note": note,
    "tag": tag,
    "mark": mark,
    "tray": tray,
    "export": export,
    "brief": brief,
    "help": help_,
}
