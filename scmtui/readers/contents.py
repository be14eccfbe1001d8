"""What the bytes of a file hold: text of a format, then clean text, then documents."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from importlib import import_module
from typing import TYPE_CHECKING

from scmtui import text
from scmtui.language import N_, _
from scmtui.model import Provenance, ReadError, Remark, ScmError
from scmtui.readers import facts, formats
from scmtui.readers.document import compose_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from scmtui.model import Document
    from scmtui.readers.extracted import Extracted, Task

MOST_LINES = 100_000
"""Lines that are read at most; a file with more of them was not written by a person."""

MOST_PARAGRAPHS = 20_000
"""Lines that begin with a number at most: the paragraphs of 1,000 communiqués."""
_NUMBERED = re.compile(r"^[ \t]*\(?\d{1,5} ?[.)\t]", re.MULTILINE)

MOST_CHARACTERS = 5_000_000
"""Characters of text that are read at most: 800 communiqués."""

ANEW = N_("Open it in the program it was made with and save it anew, or as plain text.")
"""What to do with a file that is not as it should be."""

_REMOVED = {
    "escape": N_("escape sequences: {count}"),
    "control": N_("control characters: {count}"),
    "bidi": N_("characters that turn the direction of writing: {count}"),
    "invisible": N_("invisible characters: {count}"),
    "tag": N_("tag characters: {count}"),
    "variation": N_("variation selectors: {count}"),
    "noncharacter": N_("codes that are no characters: {count}"),
    "surrogate": N_("halves of characters: {count}"),
}


def documents(data: bytes, task: Task, rules: AbstractSet[str]) -> tuple[Document, ...]:
    """The documents in the bytes of a file, tidied by the rules that are on.

    Raises ReadError, with what is wrong, when there is none.
    """
    form = formats.detect(data, task.file)
    largest = formats.LARGEST.get(form, formats.LARGEST_TEXT)
    if len(data) > largest:
        size = str(largest // 1_000_000)
        raise unread(N_("“{file}” is larger than {size} MB."), task.file, size=size)
    found = _extracted(data, task, form)
    if len(found.text) > MOST_CHARACTERS:
        most = str(MOST_CHARACTERS)
        raise unread(N_("“{file}” holds more than {most} characters."), task.file, most=most)
    source, removed = text.clean(found.text)
    if not source.strip():
        raise unread(N_("“{file}” holds no text."), task.file)
    if source.count("\n") > MOST_LINES:
        lines = str(MOST_LINES)
        raise unread(N_("“{file}” has more than {lines} lines."), task.file, lines=lines)
    if sum(1 for _it in _NUMBERED.finditer(source)) > MOST_PARAGRAPHS:
        most = str(MOST_PARAGRAPHS)
        raise unread(N_("“{file}” has more than {most} paragraphs."), task.file, most=most)
    provenance = Provenance(
        file=task.file,
        format=form,
        sha256=sha256(data).hexdigest(),
        origin=text.clean(found.origin).text or facts.origin(source),
        rights=found.rights or facts.NO_RIGHTS,
    )
    told = (Remark("cleaned", _(_REMOVED[it]).format(count=removed[it])) for it in sorted(removed))
    found = found._replace(dropped=(*found.dropped, *told))
    return _told(compose_all(source, provenance, rules), found)


def _extracted(data: bytes, task: Task, form: str) -> Extracted:
    """What the module of the format makes of the bytes; its libraries are loaded only now."""
    module = formats.READERS[form]
    try:
        extract: Callable[[bytes, Task], Extracted] = import_module(module).extract
    except ModuleNotFoundError:
        raise formats.refused(form.upper(), task.file) from None
    try:
        return extract(data, task)
    except (ScmError, MemoryError):
        raise
    except Exception as error:
        what = N_("“{file}” is damaged and cannot be read as {format}.")
        raise unread(what, task.file, ANEW, format=form.upper()) from error


def _told(made: tuple[Document, ...], found: Extracted) -> tuple[Document, ...]:
    """The documents, each with what was left out of their file and may be wrong in it."""
    return tuple(
        replace(
            it,
            doubts=(*it.doubts, *map(_cleaned, found.doubts)),
            dropped=(*it.dropped, *map(_cleaned, found.dropped)),
        )
        for it in made
    )


def _cleaned(remark: Remark) -> Remark:
    return replace(remark, text=text.clean(remark.text).text)


def unread(what: str, file: str, todo: str = "", **values: str) -> ReadError:
    """The error that says what is wrong with a file, and that nothing else happened."""
    return ReadError(what, kept=N_("Nothing was changed."), todo=todo, file=file, **values)
