"""A note as lines beneath its passage: Markdown drawn plainly, bold, headings and lists.

Nothing of it is ever taken for the markup of the screens, and whatever is not one of these few
forms stands as it was written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scmtui.language import _
from scmtui.text import cut, safe, width
from scmtui.tui.notes.beside import NOTE, TAG
from scmtui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scmtui.library.notes import Note

Pieces = tuple[tuple[str, str], ...]
"""The pieces of a line from the left, each with the name of its look."""

BOLD = "said"
MOST_QUOTED = 24
"""Cells of the words that a note is on, where it is on some words only."""
_LINE = re.compile(
    r"(?P<indent>\s*)(?:(?P<heading>\#{1,6})\s+|(?P<bullet>[-*+])\s+|(?P<number>\d{1,3}[.)])\s+"
    r"|(?P<quote>>)\s?)?(?P<text>.*)",
)
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__")
_MOST_INDENT = 8


class Line(NamedTuple):
    """A line of a note as it was written: what it begins with, its text, and what is bold."""

    lead: str
    text: str
    bold: tuple[tuple[int, int], ...] = ()
    look: str = ""


def read(markdown: str) -> Iterator[Line]:
    """The lines of a note."""
    for written in safe(markdown).split("\n"):
        found = _LINE.fullmatch(written)
        assert found  # every line is one
        indent = " " * min(len(found["indent"]), _MOST_INDENT)
        text, bold = _inline(found["text"].rstrip())
        if found["heading"]:
            yield Line("", text, ((0, len(text)),))
        elif found["quote"]:
            yield Line(f"{indent}│ ", text, bold, "quiet")
        elif found["bullet"]:
            yield Line(f"{indent}• ", text, bold)
        elif found["number"]:
            yield Line(f"{indent}{found['number']} ", text, bold)
        else:
            yield Line(indent if text else "", text, bold)


def first_line(markdown: str) -> str:
    """The first line of a note that says something, without its signs."""
    return next((it.lead.lstrip() + it.text for it in read(markdown) if it.text), "")


def unfolded(markdown: str, cells: int) -> Iterator[Pieces]:
    """The whole note in lines of at most so many cells."""
    for it in read(markdown):
        lead, hanging = it.lead, " " * width(it.lead)
        if it.look == "quiet":
            hanging = it.lead
        for start, end in wrap(it.text, max(4, cells - width(lead))):
            yield (lead, "quiet"), *_bold_in(it, start, end)
            lead = hanging


def rows(note: Note, words: str, cells: int, *, folded: bool) -> Iterator[Pieces]:
    """The lines of a note beneath its passage; `words` are those that it is on, if not all."""
    on = f"“{cut(' '.join(safe(words).split()), MOST_QUOTED)}” " if words else ""
    look = f"[{_('needs a look')}] " if note.lost else ""
    head = ((f"{NOTE} ", "mark"), (look, "warning"), (on, "quiet"))
    room = cells - sum(width(text) for text, _look in head)
    if folded:
        said = first_line(note.text)
        more = " …" if len(note.text.strip()) > len(said) + 4 or width(said) > room else ""
        yield *head, (cut(said, max(4, room - len(more))) if more else said, ""), (more, "quiet")
        return
    if on or look:
        yield head
    lead = "│ " if on or look else f"{NOTE} "
    for pieces in unfolded(note.text, max(4, cells - 2)):
        yield (lead, "mark"), *pieces
        lead = "│ "


def tag_rows(names: Iterable[str], cells: int) -> Iterator[Pieces]:
    """The tags of a passage in lines beneath it."""
    said = safe(" · ".join(names))
    for start, end in wrap(said, max(4, cells - 2)) if said else ():
        yield (f"{TAG} " if not start else "  ", "mark"), (said[start:end], "quiet")


def _inline(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A line without the signs of what is bold, and where that is."""
    plain, bold, end = "", [], 0
    for found in _BOLD.finditer(text):
        plain += text[end : found.start()]
        inside = found[1] or found[2]
        bold.append((len(plain), len(plain) + len(inside)))
        plain, end = plain + inside, found.end()
    return plain + text[end:], tuple(bold)


def _bold_in(it: Line, start: int, end: int) -> Iterator[tuple[str, str]]:
    at = start
    for a, b in it.bold:
        a, b = max(a, start), min(b, end)  # noqa: PLW2901 - what of it stands in this line
        if a < b:
            yield from (((it.text[at:a], it.look),) if at < a else ())
            yield it.text[a:b], BOLD
            at = b
    if at < end:
        yield it.text[at:end], it.look
