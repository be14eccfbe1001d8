"""The parts of a Word document, found by their relationships and not by their names."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from scmtui.model import ReadError
from scmtui.readers.package import Package
from scmtui.readers.xmltree import ASIDE, parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from scmtui.readers.extracted import Task

_OFFICE = "schemas.openxmlformats.org"
_PREFIXES = {
    f"http://{_OFFICE}/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    f"http://{_OFFICE}/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    f"http://{_OFFICE}/markup-compatibility/2006": "mc:",
    f"http://{_OFFICE}/officeDocument/2006/relationships": "r:",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
    f"http://{_OFFICE}/package/2006/relationships": "",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}
_UNREAD = frozenset(
    f"w:{name}"
    for name in (
        *("rFonts", "sz", "szCs", "lang", "color", "kern", "spacing", "ind", "jc", "tabs", "rsids"),
        *("tblPr", "tblGrid", "pBdr", "shd", "latentStyles", "proofErr", "instrText"),
    )
)
"""What says nothing about the text and would only take room."""
_WITHOUT_TEXT = {"numbering", "styles", "settings"}


class Relation(NamedTuple):
    """What one part says of another: what it is for, and where it is."""

    kind: str
    target: str


class Parts:
    """The parts of one document as trees."""

    def __init__(self, data: bytes, task: Task) -> None:
        """Open the document in `data`. Raises ReadError when it is none."""
        self._package = Package(data, task)
        self._task = task
        found = (it.target for it in self._relations("").values() if it.kind == "officeDocument")
        self._main = next(found, "word/document.xml")
        self._related = self._relations(self._main)

    def body(self) -> Element:
        """The body of the document. Raises ReadError when there is none."""
        tree = self._tree(self._main)
        body = tree.find("w:body") if tree is not None else None
        if body is None:
            raise ReadError(
                "“{file}” holds no document of Word.",
                kept="Nothing was changed.",
                file=self._task.file,
            )
        return body

    def related(self, kind: str) -> Iterator[Element]:
        """The trees of the parts of a kind ("styles", "header", "footnotes", ...)."""
        for target in dict.fromkeys(it.target for it in self._related.values() if it.kind == kind):
            tree = self._tree(target, ASIDE if kind in _WITHOUT_TEXT else None)
            if tree is not None:
                yield tree

    def _relations(self, part: str) -> dict[str, Relation]:
        folder, name = posixpath.split(part)
        tree = self._tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        relations = {}
        for it in () if tree is None else tree.iter("Relationship"):
            if it.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, it.get("Target", "")))
                kind = it.get("Type", "").rpartition("/")[2]
                relations[it.get("Id", "")] = Relation(kind, target.lstrip("/"))
        return relations

    def _tree(self, name: str, most: int | None = None) -> Element | None:
        data = self._package.read(name)
        if data is None:
            return None
        return parse(data, self._task, lambda space: _PREFIXES.get(space, "?:"), _UNREAD, most)
