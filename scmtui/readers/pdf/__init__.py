"""PDF: the text of its pages, in reading order, without what pages carry beside it."""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from scmtui.language import N_
from scmtui.model import PasswordError, Remark, ScmError
from scmtui.readers import limits
from scmtui.readers.contents import ANEW, MOST_CHARACTERS, unread
from scmtui.readers.extracted import Extracted
from scmtui.readers.package import unsafe
from scmtui.readers.pdf import (
    doubts,
    drawing,
    flow,
    forms,
    furniture,
    lines,
    streams,
    tables,
    trust,
)
from scmtui.readers.pdf.furniture import Leaf, Row
from scmtui.readers.pdf.glyphs import sheet
from scmtui.readers.pdf.spaces import Spacing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pdfplumber.pdf import PDF

    from scmtui.readers.extracted import Task
    from scmtui.readers.pdf.glyphs import Sheet
    from scmtui.readers.pdf.lines import Line

NO_COPYING = N_("The file is marked against copying; nothing else is known of its rights.")

_DAMAGED = N_("“{file}” is damaged and cannot be read as {format}.")
_OCR = N_("Have the text of its pictures recognised (OCR) by another program, and read that.")
_ELSEWHERE = N_("Look for the text in another format, or have it recognised (OCR).")


def extract(data: bytes, task: Task) -> Extracted:
    """The text of a PDF. Raises ReadError when it has none, or none that can be trusted."""
    with _opened(data, task) as pdf:
        if not pdf.pages:
            raise unread(
                N_("“{file}” is damaged: none of its pages can be found."), task.file, ANEW
            )
        if len(pdf.pages) > limits.MOST_PAGES:
            most, todo = str(limits.MOST_PAGES), N_("Divide it into smaller files.")
            raise unread(N_("“{file}” has more than {most} pages."), task.file, todo, most=most)
        forms.check(pdf, task)
        read = _read(pdf, task)
        rights = "" if pdf.doc.is_extractable else NO_COPYING
    _check(read, task)
    headed = furniture.without_heads(read.leaves)
    noted = furniture.without_notes(headed.leaves)
    text, unknown = trust.shown(flow.written(noted.leaves))
    text, hyphens = flow.unhyphened(text)
    return Extracted(
        text,
        (*headed.dropped, *noted.dropped, *read.dropped),
        (
            *doubts.damage(data, lost=bool(read.torn)),
            *doubts.pages(read.pictures, read.empty),
            *doubts.letters(unknown),
            *hyphens,
        ),
        rights,
    )


@contextmanager
def _opened(data: bytes, task: Task) -> Iterator[PDF]:
    """The file, opened with the password that was given."""
    import pdfplumber

    try:
        objects, password = _unlocked(data, task)
        with pdfplumber.open(BytesIO(data), password=password) as pdf:
            pdf.doc = objects
            yield pdf
    except (ScmError, MemoryError):
        raise
    except Exception as error:
        raise _failed(error, data, task) from error


def _unlocked(data: bytes, task: Task) -> tuple[tables.Objects, str]:
    """The objects of the file, and the form of the password that opens it.

    Old encryption takes bytes, one for each character: programs have written Korean as UTF-8 or
    as cp949. Raises PasswordError when none of them opens it.
    """
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    composed = unicodedata.normalize("NFC", task.password)
    encoded = (composed.encode(it, "replace").decode("latin-1") for it in ("utf-8", "cp949"))
    asked = False
    for password in dict.fromkeys((task.password, composed, *encoded)):
        try:
            return tables.Objects(data, password), password
        except (PDFPasswordIncorrect, UnicodeEncodeError):
            asked = True
        except ValueError:
            if not asked:  # else it has characters that no password may have
                raise
    what = (
        N_("The password does not open “{file}”.")
        if task.password
        else N_("“{file}” opens with a password only.")
    )
    kept, todo = N_("Nothing was changed."), N_("Give its password.")
    raise PasswordError(what, kept=kept, todo=todo, file=task.file)


def _cause(error: Exception) -> object:
    """What a library wrapped into an error of its own, which says nothing."""
    return error.args[0] if error.args else error


def _failed(error: Exception, data: bytes, task: Task) -> Exception:
    """The error for a file that the library cannot open."""
    cause = _cause(error)
    if isinstance(cause, MemoryError):
        return cause
    if isinstance(cause, streams.BombError):
        return unsafe(task)
    if isinstance(cause, drawing.CrowdedError):
        todo = N_("It may have been made to do harm; look for the text elsewhere.")
        what = N_("“{file}” has a page with more on it than anybody can read.")
        return unread(what, task.file, todo)
    if b"%%EOF" not in data[-2048:]:
        todo = N_("Download or copy it again.")
        return unread(N_("“{file}” is cut off: its end is missing."), task.file, todo)
    return unread(_DAMAGED, task.file, ANEW, format="PDF")


class _Read(NamedTuple):
    """The pages as lines of text, and what was met on the way."""

    leaves: list[Leaf]
    dropped: list[Remark]
    pictures: list[int]
    """The numbers of the pages that are pictures and no text."""
    empty: list[int]
    """The numbers of the pages that have nothing on them."""
    torn: list[int]
    """The numbers of the pages that could be unpacked in part only."""


def _read(pdf: PDF, task: Task) -> _Read:
    read = _Read([], [], [], [], [])
    spacing = Spacing()
    fonts = drawing.Fonts()
    middle = None
    characters = 0
    for number, page in enumerate(pdf.pages, 1):
        if doubts.is_torn(page):
            read.torn.append(number)
        found = sheet(page, fonts)
        if found.picture:
            read.pictures.append(number)
        elif not found.glyphs:
            read.empty.append(number)
        rows, middle = _rows(found, spacing, middle)
        characters += sum(len(row.text) for row in rows)
        if characters > MOST_CHARACTERS:
            most = str(MOST_CHARACTERS)
            raise unread(N_("“{file}” holds more than {most} characters."), task.file, most=most)
        read.leaves.append(Leaf(rows, found.height))
        read.dropped.extend(it for it in _aside(found) if it not in read.dropped)
        page.close()
        task.told(number, len(pdf.pages))
    return read


def _rows(found: Sheet, spacing: Spacing, middle: float | None) -> tuple[list[Row], float | None]:
    """The lines of a page as text in reading order, and where its columns meet."""
    runs = list(lines.runs(found.glyphs))
    middle = lines.gutter(runs, middle)
    if middle is not None:
        runs = list(lines.parted(runs, middle))
    made = lines.ordered(lines.lines(runs, middle), middle)
    spacing.learn(made)
    return [
        Row(spacing.text(it), it.x0, it.x1, it.base, it.size, _side(it, middle)) for it in made
    ], middle


def _side(line: Line, middle: float | None) -> int | None:
    if middle is None or line.x0 < middle < line.x1:
        return None
    return int(line.x0 >= middle)


def _aside(found: Sheet) -> Iterator[Remark]:
    if found.askew:
        yield Remark("askew", found.askew)
    if found.unseen:
        yield Remark("hidden", found.unseen)


def _check(read: _Read, task: Task) -> None:
    """Raises ReadError when what was read is no text."""
    text = "\n".join(row.text for leaf in read.leaves for row in leaf.rows)
    if trust.is_lost(text):
        what = N_("The letters of “{file}” are lost: its fonts do not say which they are.")
        raise unread(what, task.file, _ELSEWHERE)
    if len(text.split()) > len(read.pictures):
        return
    if read.pictures:
        what = N_("“{file}” holds pictures of pages and no text.")
        raise unread(what, task.file, _OCR)
    what = N_("The pages of “{file}” are empty, or damaged so that no letter can be found.")
    raise unread(what, task.file, _ELSEWHERE)
