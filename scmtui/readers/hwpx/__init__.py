"""HWPX documents of Hangul: what Hangul shows on its pages, as lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scmtui.model import ReadError
from scmtui.readers.flow import LeftOut, extracted
from scmtui.readers.hwpx.header import Header
from scmtui.readers.hwpx.story import Story
from scmtui.readers.package import Package, damaged, locked
from scmtui.readers.xmltree import parse

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from scmtui.readers.extracted import Extracted, Task

_UNREAD = frozenset(
    ("linesegarray", "lineShape", "fillBrush", "renderingInfo", "fontfaces", "borderFills")
)
"""What says nothing about the text and would only take room."""
_STEP = 100
"""Paragraphs after which whoever waits is told how far it is."""
_KINDS = ("/paragraph", "/section", "/head", "/core", "/master-page", "/opf/", ":manifest:1.0")


def extract(data: bytes, task: Task) -> Extracted:
    """The text of an HWPX document; headers, footers, comments and notes are left out and told.

    Raises ReadError when the file cannot be read, or not safely.
    """
    package = Package(data, task)
    manifest = _tree(package, "META-INF/manifest.xml", task)
    if manifest is not None and any(it.tag.endswith("encryption-data") for it in manifest.iter()):
        raise locked(task)
    sections = _sections(package, task)
    left_out = LeftOut()
    story = Story(Header(_tree(package, "Contents/header.xml", task)), left_out)
    lines: list[str] = []
    for at, name in enumerate(sections):
        section = _tree(package, name, task)
        if section is None:
            raise damaged(task)
        for done, paragraph in enumerate(section.findall("p")):
            if not done % _STEP:
                task.told(at, len(sections))
            lines += story.paragraph(paragraph)
        lines += story.end()
    for name in package.names:
        master = _tree(package, name, task) if re.search(r"masterpage\d+\.xml$", name) else None
        for inner in () if master is None else master.iter("subList"):
            left_out.drop("running-head", story.lines(inner))
    return extracted(lines, left_out)


def _sections(package: Package, task: Task) -> list[str]:
    """The names of the sections, in the order of the book's spine or else of their numbers."""
    book = _tree(package, "Contents/content.hpf", task)
    items = {} if book is None else {it.get("id", ""): it for it in book.iter("item")}
    spine = () if book is None else book.iter("itemref")
    told = (items.get(it.get("idref", "")) for it in spine)
    names = [it.get("href", "") for it in told if it is not None]
    found = [name for name in dict.fromkeys(names) if re.search(r"section\d+\.xml$", name)]
    if not found:
        numbered = (
            (int(match[1]), name)
            for name in package.names
            if (match := re.search(r"section(\d{1,9})\.xml$", name))
        )
        found = [name for _, name in sorted(numbered)]
    if not found:
        raise ReadError(
            "“{file}” holds no document of Hangul.", kept="Nothing was changed.", file=task.file
        )
    return found


def _tree(package: Package, name: str, task: Task) -> Element | None:
    data = package.read(name)
    if data is None and not name.startswith("Contents/"):
        data = package.read(f"Contents/{name}")
    return None if data is None else parse(data, task, _prefix, _UNREAD)


def _prefix(space: str) -> str:
    """Nothing for the vocabularies of HWPX, whichever year they are of; a mark for others."""
    return "" if any(kind in space for kind in _KINDS) else "?:"
