"""What the header of an HWPX document says of its paragraphs: numberings, bullets, shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.readers.paraheads import STYLES, Head, Level, ParaHeads

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def whole(told: str | None, otherwise: int = 0) -> int:
    """A whole number that is told in an attribute."""
    try:
        return max(-1, min(int(told or ""), 1_000_000))
    except ValueError:
        return otherwise


class Header:
    """The header of a document; a document without one has no numbers."""

    def __init__(self, tree: Element | None) -> None:
        numberings = () if tree is None else tree.iter("numbering")
        bullets = () if tree is None else tree.iter("bullet")
        shapes = () if tree is None else tree.iter("paraPr")
        self.heads = ParaHeads(
            {it.get("id", ""): _levels(it) for it in numberings},
            {it.get("id", ""): it.get("char", "") for it in bullets},
        )
        self._shapes = {it.get("id", ""): _head(next(it.iter("heading"), None)) for it in shapes}

    def head(self, paragraph: Element) -> Head:
        """What stands before a paragraph."""
        return self._shapes.get(paragraph.get("paraPrIDRef", ""), Head())


def _levels(numbering: Element) -> list[Level]:
    heads = {whole(it.get("level")): it for it in numbering.findall("paraHead")}
    last = max((level for level in heads if level <= 10), default=0)
    return [_level(heads[at]) if at in heads else Level("") for at in range(1, last + 1)]


def _level(head: Element) -> Level:
    style = STYLES.get(head.get("numFormat", "DIGIT").upper(), "decimal")
    return Level(head.text or "", style, whole(head.get("start"), 1))


def _head(heading: Element | None) -> Head:
    if heading is None or heading.get("type", "NONE").upper() == "NONE":
        return Head()
    kind = heading.get("type", "").lower()
    return Head(kind, heading.get("idRef", ""), max(whole(heading.get("level")), 0))
