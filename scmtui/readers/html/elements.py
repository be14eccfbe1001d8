"""A web page as a tree of elements, made by a browser's rules for it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scmtui.language import N_
from scmtui.model import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

DEEPEST = 1000
"""Elements that may be open at once; the time that parsing takes grows with their square."""

MOST = 100_000
"""Elements that a page may have; a book on one page has fewer."""
ATTRIBUTES = 500
"""Attributes that one element may have; the time that parsing takes grows with their square."""

_SCRIPTS = re.compile(r"<(script|style)\b.*?(?:</\1|$)|<!--.*?(?:-->|$)", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = r"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>]*+))?+"
_TAG = re.compile(rf"<[A-Za-z][^\s/>]*+((?:{_ATTRIBUTE})*+)")

_CLOSE_THEMSELVES_LISTED = """
area base br col embed hr img input link meta param source track wbr html head body p li dt dd
option optgroup tr td th tbody thead tfoot colgroup rt rp
"""
_CLOSE_THEMSELVES = set(_CLOSE_THEMSELVES_LISTED.split())


@dataclass(slots=True, eq=False)
class Element:
    """An element of a page with its children, which are elements and texts."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)
    gone: str = ""
    """Why it is not read with all that it holds: "hidden", "navigation", …"""
    mute: bool = False
    """Its own text is hidden, which does not say that of the elements in it."""
    weight: float = 0
    """How much prose it holds."""
    letters: int = 0
    """Characters written in it."""
    linked: int = 0
    """Those of them that are links."""

    @property
    def names(self) -> str:
        """Its classes and its id, by which the people who made the page call it."""
        return f"{self.attributes.get('class', '')} {self.attributes.get('id', '')}".strip()

    def elements(self) -> Iterator[Element]:
        """It and all elements in it, in the order of the page; what is gone is passed over."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            if not element.gone:
                yield element
                waiting.extend(it for it in reversed(element.children) if isinstance(it, Element))

    def text(self, *, gone: bool = False) -> str:
        """What is written in it, blanks and line ends as one blank; what is `gone` if asked."""
        pieces: list[str] = []
        waiting: list[Element | str] = [self]
        while waiting:
            it = waiting.pop()
            if isinstance(it, str):
                pieces.append(it)
            elif gone or not it.gone:
                muted = it.mute and not gone
                pieces.append(" " if it.tag in BLOCKS else "")
                waiting.append(" " if it.tag in BLOCKS else "")
                waiting.extend(
                    child
                    for child in reversed(it.children)
                    if not (muted and isinstance(child, str))
                )
        return " ".join("".join(pieces).split())

    def within(self) -> Iterator[Element]:
        """The elements that it is in, the nearest first."""
        around = self.parent
        while around:
            yield around
            around = around.parent


_BLOCKS_LISTED = """
address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset
figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p
pre section summary table tbody td tfoot th thead tr ul
"""
BLOCKS = set(_BLOCKS_LISTED.split())
"""Elements that begin a line and end one."""


def parse(markup: str, file: str) -> tuple[LexborHTMLParser, Element, dict[int, Element]]:
    """The parsed page, its root, and its elements by the parser's own number for them.

    Raises ReadError for a page that no person wrote.
    """
    from selectolax.lexbor import LexborHTMLParser

    _check(markup, file)
    parsed = LexborHTMLParser(markup)
    known: dict[int, Element] = {}
    top = Element("html", {})
    node = parsed.root
    if node is not None:
        _grow(node, top, known)
    return parsed, top, known


def _check(markup: str, file: str) -> None:
    """Raises ReadError for a page that would take its parser without end."""
    kept = N_("Nothing was changed.")
    tags = 0
    for match in _TAG.finditer(_SCRIPTS.sub("", markup)):
        tags += 1
        inside = match[1]
        if len(inside) > ATTRIBUTES * 2 and len(re.findall(_ATTRIBUTE, inside)) > ATTRIBUTES:
            raise ReadError(
                "“{file}” has an element with more than {most} attributes.",
                kept=kept,
                file=file,
                most=ATTRIBUTES,
            )
    if tags > MOST:
        raise ReadError("“{file}” has more than {most} elements.", kept=kept, file=file, most=MOST)
    if _depth(markup) > DEEPEST:
        raise ReadError("“{file}” is nested too deeply to be read.", kept=kept, file=file)


def _depth(markup: str) -> int:
    """How many elements are open at once at most, of those that nothing else closes."""
    opened: Counter[str] = Counter()
    depth = deepest = 0
    for closing, name in re.findall(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,40})", markup):
        tag = name.lower()
        if tag in _CLOSE_THEMSELVES or (closing and not opened[tag]):
            continue
        step = -1 if closing else 1
        opened[tag] += step
        depth += step
        deepest = max(deepest, depth)
    return deepest


def _grow(root: LexborNode, top: Element, known: dict[int, Element]) -> None:
    """Make elements of the parser's nodes; a loop, for pages may be as deep as they like."""
    top.attributes = _attributes(root)
    known[root.mem_id] = top
    waiting = [(child, top) for child in _children(root)]
    while waiting:
        node, parent = waiting.pop()
        if node.is_text_node:
            parent.children.append(node.text_content or "")
        elif node.is_element_node:
            element = Element((node.tag or "").lower(), _attributes(node), parent)
            parent.children.append(element)
            known[node.mem_id] = element
            waiting.extend((child, element) for child in _children(node))


def _attributes(node: LexborNode) -> dict[str, str]:
    return {name.lower(): value or "" for name, value in node.attributes.items()}


def _children(node: LexborNode) -> list[LexborNode]:
    """The children of a node, the last first."""
    found = []
    child = node.first_child
    while child is not None:
        found.append(child)
        child = child.next
    return found[::-1]
