"""Forms, the pictures that pages draw by name: one may draw others, and some never end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scmtui.language import N_
from scmtui.readers.contents import unread

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

    from scmtui.readers.extracted import Task

MOST = 20_000
"""Forms that one page may draw, counted with those that they draw themselves."""

_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")


def check(pdf: PDF, task: Task) -> None:
    """Raises ReadError when drawing a page would never end, or hardly ever."""
    known: dict[int, int] = {}
    for page in pdf.pages:
        resources = page.page_obj.resources
        drawn = sum(_weigh(form, known, ()) for form in _forms(resources).values())
        if drawn > MOST:
            raise unread(
                N_("“{file}” draws its pages out of forms within forms that hardly ever end."),
                task.file,
                N_("It may have been made to do harm; look for the text elsewhere."),
            )


def _forms(resources: object) -> dict[str, Any]:
    """The forms that are named in some resources."""
    from pdfminer.pdftypes import PDFStream, resolve1

    resources = resolve1(resources)
    named = resolve1(resources.get("XObject")) if isinstance(resources, dict) else None
    if not isinstance(named, dict):
        return {}
    streams = ((name, resolve1(it)) for name, it in named.items())
    return {
        name: it
        for name, it in streams
        if isinstance(it, PDFStream) and getattr(it.get("Subtype"), "name", "") == "Form"
    }


def _weigh(form: Any, known: dict[int, int], within: tuple[int, ...]) -> int:  # noqa: ANN401
    """How many forms are drawn by drawing this one; more than MOST if there is no end to it."""
    identity = id(form) if form.objid is None else form.objid
    if identity in within:
        return MOST + 1
    if identity not in known:
        inner = _forms(form.get("Resources"))
        weight = 1
        if inner:
            for name in _DRAWN.findall(form.get_data()):
                if drawn := inner.get(name.decode("latin-1")):
                    weight += _weigh(drawn, known, (*within, identity))
                if weight > MOST:
                    break
        known[identity] = weight
    return known[identity]
