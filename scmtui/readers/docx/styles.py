"""The styles of a Word document: what they say of hidden text and of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element
_LONGEST = 50
"""Styles in a row that are based on one another; Word itself stops at about ten."""


def within(parent: Element | None, *names: str) -> Element | None:
    """The first child with the first name, its first child with the second, and so on."""
    for name in names:
        parent = None if parent is None else parent.find(name)
    return parent


def value(parent: Element | None, name: str) -> str | None:
    """The `w:val` of a child, or None when there is no such child or value."""
    child = None if parent is None else parent.find(name)
    return None if child is None else child.get("w:val")


def number(told: str | None, otherwise: int) -> int:
    """A whole number that is told in an attribute, within what a list can have."""
    try:
        return max(-1, min(int(told or ""), 1_000_000))
    except ValueError:
        return otherwise


def switched(properties: Element | None, name: str) -> bool | None:
    """Whether a switch such as `w:vanish` is on or off, or None when nothing is said of it."""
    child = None if properties is None else properties.find(name)
    if child is None:
        return None
    return child.get("w:val", "true") not in {"0", "false", "off", "none"}


class Numbering(NamedTuple):
    """The list a paragraph belongs to and its level there, counted from 0; None is not told."""

    list_id: str | None = None
    level: int | None = None
    style: str = ""
    """The style that told it, or "" for the paragraph itself."""


class Styles:
    """The styles by their ids, each followed by those it is based on."""

    def __init__(self, tree: Element | None) -> None:
        """Take the styles of `w:styles`, or none."""
        found = () if tree is None else tree.iter("w:style")
        self._styles = {style.get("w:styleId", ""): style for style in found}
        self._hidden: dict[str, bool | None] = {}
        self._numberings: dict[str, Numbering] = {}
        self._default = next(
            (
                key
                for key, style in self._styles.items()
                if style.get("w:type") == "paragraph"
                and style.get("w:default") in {"1", "true", "on"}
            ),
            "",
        )

    def of(self, properties: Element | None) -> str:
        """The id of the style of a paragraph with these properties."""
        return value(properties, "w:pStyle") or self._default

    def hides(self, style: str) -> bool | None:
        """Whether a style hides its text, or None when it says nothing of that."""
        if style not in self._hidden:
            told = (switched(it.find("w:rPr"), "w:vanish") for _, it in self._chain(style))
            self._hidden[style] = next((it for it in told if it is not None), None)
        return self._hidden[style]

    def numbering(self, style: str) -> Numbering:
        """The list that a style puts its paragraphs in."""
        if style not in self._numberings:
            self._numberings[style] = self._inherited(style)
        return self._numberings[style]

    def _inherited(self, style: str) -> Numbering:
        level = None
        for key, it in self._chain(style):
            properties = within(it, "w:pPr", "w:numPr")
            if properties is None:
                continue
            told = value(properties, "w:ilvl")
            level = number(told, 0) if level is None and told else level
            list_id = value(properties, "w:numId")
            if list_id is not None:
                return Numbering(list_id, level, key)
        return Numbering()

    def _chain(self, style: str) -> Iterator[tuple[str, Element]]:
        """A style and those it is based on, each once: a chain may go round, or on and on."""
        seen: set[str] = set()
        while style in self._styles and style not in seen and len(seen) < _LONGEST:
            seen.add(style)
            yield style, self._styles[style]
            style = value(self._styles[style], "w:basedOn") or ""
