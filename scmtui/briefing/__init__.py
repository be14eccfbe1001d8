"""What was collected becomes a page that can be handed over, with its sources.

`collected` turns a tray or a comparison into a `Briefing`, a layout makes blocks of it, and each of
the `FORMATS` writes them. The same briefing makes the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scmtui.briefing.layouts import LAYOUTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.briefing.collected import Briefing

    Write = Callable[[Briefing, str], bytes]

__all__ = ["FORMATS", "LAYOUTS", "Format", "format_of", "named"]


class Format(NamedTuple):
    """A format of files: how they end, and what writes one in a layout."""

    suffix: str
    write: Write
    laid_out: bool = True
    """Whether the layout matters."""


def _markdown(briefing: Briefing, layout: str) -> bytes:
    from scmtui.briefing.plain import markdown

    return markdown(LAYOUTS[layout](briefing)).encode()


def _text(briefing: Briefing, layout: str) -> bytes:
    from scmtui.briefing.plain import text

    return text(LAYOUTS[layout](briefing)).encode()


def _html(briefing: Briefing, layout: str) -> bytes:
    from scmtui.briefing.html import html

    return html(LAYOUTS[layout](briefing)).encode()


def _docx(briefing: Briefing, layout: str) -> bytes:
    from scmtui.briefing.docx import docx

    return docx(LAYOUTS[layout](briefing), briefing.latest)


def _hwpx(briefing: Briefing, layout: str) -> bytes:
    from scmtui.briefing.hwpx import hwpx

    return hwpx(LAYOUTS[layout](briefing))


def _json(briefing: Briefing, layout: str) -> bytes:  # noqa: ARG001 - it has no layout
    from scmtui.briefing.data import as_json

    return as_json(briefing).encode()


def _csv(briefing: Briefing, layout: str) -> bytes:  # noqa: ARG001 - it has no layout
    from scmtui.briefing.data import as_csv

    return as_csv(briefing).encode()


def _bibtex(briefing: Briefing, layout: str) -> bytes:  # noqa: ARG001 - it has no layout
    from scmtui.briefing.data import as_bibtex

    return as_bibtex(briefing).encode()


def _csl(briefing: Briefing, layout: str) -> bytes:  # noqa: ARG001 - it has no layout
    from scmtui.briefing.data import as_csl

    return as_csl(briefing).encode()


FORMATS: dict[str, Format] = {
    "md": Format(".md", _markdown),
    "txt": Format(".txt", _text),
    "html": Format(".html", _html),
    "docx": Format(".docx", _docx),
    "hwpx": Format(".hwpx", _hwpx),
    "json": Format(".json", _json, laid_out=False),
    "csv": Format(".csv", _csv, laid_out=False),
    "bib": Format(".bib", _bibtex, laid_out=False),
    "csl": Format(".csl.json", _csl, laid_out=False),
}
"""The formats by their names."""

_OTHER_NAMES = {"bibtex": "bib", "csl-json": "csl", "markdown": "md", "text": "txt", "htm": "html"}


def named(word: str) -> str:
    """The format that is called so, also as others call it; the word itself if there is none."""
    return _OTHER_NAMES.get(word, word)


def format_of(file: str) -> str:
    """The format that the ending of a file's name says, else the ending itself."""
    name = file.rpartition("/")[2].lower()
    known = [it for it, form in FORMATS.items() if name.endswith(form.suffix)]
    longest = max(known, key=lambda it: len(FORMATS[it].suffix), default="")
    stem, _dot, ending = name.rpartition(".")
    return longest or (named(ending) if stem else "")
