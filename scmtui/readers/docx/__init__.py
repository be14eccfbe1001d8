"""Word documents (DOCX): what Word shows on its pages, as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.language import N_
from scmtui.readers.contents import ANEW, unread
from scmtui.readers.docx.lists import CrowdedError, Lists
from scmtui.readers.docx.parts import Parts
from scmtui.readers.docx.story import Story
from scmtui.readers.docx.styles import Styles
from scmtui.readers.flow import LeftOut, extracted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from scmtui.readers.extracted import Extracted, Task

_PROTECTED = N_("The file is marked against changing; nothing else is known of its rights.")
_ON = {"1", "true", "on"}
_STEP = 100
"""Blocks after which whoever waits is told how far it is."""


def extract(data: bytes, task: Task) -> Extracted:
    """The text of a Word document; headers, footers, comments and notes are left out and told.

    Raises ReadError when the file cannot be read, or not safely.
    """
    parts = Parts(data, task)
    left_out = LeftOut()
    try:
        document = _Document(parts, left_out)
    except CrowdedError as error:
        what = N_("“{file}” has a list with more levels than a list can have.")
        raise unread(what, task.file, ANEW) from error
    lines = document.story.lines(_told(parts.body(), task))
    document.leave_out()
    return extracted(lines, left_out, _rights(parts))


def _rights(parts: Parts) -> str:
    """What the settings of the document say of the rights to it."""
    protections = (tree.find("w:documentProtection") for tree in parts.related("settings"))
    marked = any(it is not None and it.get("w:enforcement") in _ON for it in protections)
    return _PROTECTED if marked else ""


def _told(body: Element, task: Task) -> Iterator[Element]:
    """The blocks of the body, while the one who waits is told how far it is."""
    for done, block in enumerate(body):
        if not done % _STEP:
            task.told(done, len(body))
        yield block


class _Document:
    """The parts of a document around its body."""

    def __init__(self, parts: Parts, left_out: LeftOut) -> None:
        self._parts = parts
        self._left_out = left_out
        self._styles = Styles(next(parts.related("styles"), None))
        self._numbering = next(parts.related("numbering"), None)
        self._notes = {kind: self._read(kind) for kind in ("footnotes", "endnotes")}
        self._numbers = dict.fromkeys(self._notes, 0)
        self.story = Story(self._styles, self._lists(), left_out, self._note)

    def _lists(self) -> Lists:
        return Lists(self._numbering, self._styles)

    def _read(self, kind: str) -> dict[str, Element]:
        return {
            note.get("w:id", ""): note
            for tree in self._parts.related(kind)
            for note in tree
            if note.get("w:type", "normal") == "normal"
        }

    def _note(self, kind: str, key: str) -> None:
        """Take in the note that the text points at, with its number."""
        note = self._notes[kind].get(key)
        if note is not None:
            self._numbers[kind] += 1
            told = "\n".join(self._aside().lines(note)).strip()
            self._left_out.drop("footnote", f"{self._numbers[kind]}) {told}")

    def _aside(self) -> Story:
        """A story beside the body, whose lists count for themselves."""
        return Story(self._styles, self._lists(), self._left_out)

    def leave_out(self) -> None:
        """Tell of headers, footers and comments."""
        for part, kind in (("header", "running-head"), ("footer", "footer")):
            for tree in self._parts.related(part):
                self._left_out.drop(kind, self._aside().lines(tree))
        for tree in self._parts.related("comments"):
            for comment in tree:
                self._left_out.drop("comment", self._aside().lines(comment))
