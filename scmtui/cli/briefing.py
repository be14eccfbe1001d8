"""Pages to hand over: a tray as a file, and a brief straight from a comparison."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from scmtui.briefing import FORMATS, LAYOUTS, format_of, named, own, template
from scmtui.briefing.citation import STYLES
from scmtui.briefing.collected import Briefing, Entry, from_comparison, from_tray, strays
from scmtui.briefing.file import name_for, write
from scmtui.briefing.replaced import Past
from scmtui.cli import asides, terminal
from scmtui.cli.addresses import locate
from scmtui.cli.compare import chosen_theme, comparisons
from scmtui.cli.request import NOTHING_FOUND, Answer
from scmtui.disk import is_there
from scmtui.language import N_, _, current, say
from scmtui.model import NotFoundError, UsageError
from scmtui.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scmtui.cli.addresses import Found
    from scmtui.cli.request import Request
    from scmtui.compare import Comparison

PIPE = "-"
"""Stands for standard output in the place of a file."""


def brief(request: Request) -> Answer:
    """One page from a comparison: what stands on either side, and how it changed."""
    located = [locate(word, request.shelf) for word in request.words]
    taxonomy, told = asides.themes()
    theme = chosen_theme(request, taxonomy)
    (comparison,) = comparisons(request, [found.address for found in located], taxonomy)
    rows = comparison.narrowed(theme.id) if theme else comparison.rows
    if not rows:
        raise NotFoundError(
            "Nothing there is about the theme “{theme}”.",
            kept=N_("Nothing was written."),
            theme=request.options.get("theme", ""),
        )
    title = safe(request.options.get("title", "")) or _title(comparison, located)
    if theme and "title" not in request.options:
        title = f"{title}: {theme.name.in_language(current())}"
    style, wrong = _style(request)
    briefing = from_comparison(title, comparison, rows, style, theme)
    points = filter(str.strip, safe(request.options.get("remark", "")).splitlines())
    own_words = tuple(Entry("line", text=point.strip()) for point in points)
    briefing = replace(briefing, entries=(*briefing.entries, *own_words))
    notes = (*(note for found in located for note in found.notes), *told, *wrong)
    return _written(request, briefing, "brief", notes)


def _title(comparison: Comparison, located: Sequence[Found]) -> str:
    """The meetings where that tells the two apart, else the addresses."""
    words = [str(it.address) for it in located]
    meetings = [it.facts.meeting for it in comparison.documents]
    if None not in meetings and meetings[0] != meetings[1]:
        words = [
            str(number) + word.removeprefix(it.id)
            for number, word, it in zip(meetings, words, comparison.documents, strict=True)
        ]
    return _("SCM {left} and {right} compared").format(left=words[0], right=words[1])


def export(request: Request) -> Answer:
    """What lies in a tray, as a file."""
    name = request.words[0]
    library = request.library
    trays = library.trays.all() if library else ()
    tray = next((it for it in trays if it.name == name), None)
    if library is None or tray is None:
        raise no_tray(name, [it.name for it in trays])
    items = library.trays.items(tray.number)
    title = safe(request.options.get("title", "")) or tray.name
    style, wrong = _style(request)
    briefing = from_tray(title, items, request.shelf.document, style, Past(library.removed()))
    look = _("Needs a look: {addresses}")
    lost = ", ".join(str(it.address) for it in strays(briefing))
    notes = (*wrong, look.format(addresses=lost)) if lost else wrong
    if not items:
        notes = (*wrong, _("There is nothing in the tray yet."))
    return _written(request, briefing, "quotes", notes)


def no_tray(name: str, there: Iterable[str]) -> NotFoundError:
    """The error that says which trays there are."""
    names = ", ".join(there)
    todo = N_("Trays: {names}.") if names else N_("There is none yet: scmtui tray NAME ADDRESS")
    return NotFoundError("There is no tray “{name}”.", todo=todo, name=name, names=names)


def _style(request: Request) -> tuple[str, tuple[str, ...]]:
    """The style of the citations, and what is wrong with the reader's own one."""
    if "style" in request.options:
        return _one_of("style", request.options["style"], STYLES), ()
    style, problem = own.style()
    return style, (say(problem),) if problem else ()


def _one_of(option: str, value: str, known: Iterable[str]) -> str:
    if value not in known:
        raise UsageError(
            "“{option}” is one of {known}, not “{value}”.",
            option=f"--{option}",
            known=", ".join(known),
            value=value,
        )
    return value


def _written(request: Request, briefing: Briefing, layout: str, notes: tuple[str, ...]) -> Answer:
    layout = _one_of(
        "layout", request.options.get("layout") or layout, (*LAYOUTS, *template.names())
    )
    output = request.options.get("output", "")
    if layout in LAYOUTS:
        form = FORMATS[_format(request, output)]
        data, suffix = form.write(briefing, layout), form.suffix
    else:
        data, suffix = template.rendered(layout, briefing).encode(), Path(layout).suffix
    if output in ("", PIPE):
        return _piped(data, notes)
    target = Path(output)
    if is_there(target, folder=True):
        target /= name_for(briefing.title, suffix)
    replaces = "yes" in request.options
    if is_there(target) and not replaces and terminal.is_terminal(sys.stdin):
        replaces = terminal.agrees(_("Replace “{file}”?").format(file=target))
        if not replaces:
            return Answer("", (*notes, _("Nothing was written.")), NOTHING_FOUND)
    write(target, data, replace=replaces)
    return Answer(safe(_("Written: {file}").format(file=target)) + "\n", notes)


def _format(request: Request, output: str) -> str:
    """The format that is asked for, else that of the file's ending, else Markdown."""
    into = output in ("", PIPE) or is_there(Path(output), folder=True)
    asked = request.options.get("format") or ("" if into else format_of(output)) or "md"
    return _one_of("format", named(asked), FORMATS)


def _piped(data: bytes, notes: tuple[str, ...]) -> Answer:
    """What goes to standard output; bytes that are no text only where nobody looks."""
    try:
        return Answer(data.decode(), notes)
    except UnicodeDecodeError:
        if terminal.columns():
            raise UsageError(
                "This format is not for a terminal.",
                todo=N_("Name a file with --output, or send it into a pipe."),
            ) from None
        return Answer("", notes, data=data)
