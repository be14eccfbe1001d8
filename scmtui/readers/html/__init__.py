"""A web page: the text that it shows, without what stands around it or hides in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scmtui.model import Remark
from scmtui.readers.encoding import forgiving
from scmtui.readers.extracted import Extracted
from scmtui.readers.html import body as bodies
from scmtui.readers.html.elements import Element, parse
from scmtui.readers.html.flow import Flow
from scmtui.readers.html.hidden import hide
from scmtui.readers.html.sheets import styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scmtui.readers.extracted import Task

_CHARSET = (
    rb"<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,30})"
)
_SILENT = {"script", "head", "form", "picture", "frame", "ruby"}
"""What is not text in the first place; nothing is told of it."""


def extract(data: bytes, task: Task) -> Extracted:
    """The text of a page, its list numbers written out and the cells of its tables set by tabs.

    Raises ReadError for bytes that are no text, or a page that no person wrote.
    """
    declared = re.search(_CHARSET, data[:8192], re.IGNORECASE)
    name = declared[1].decode("ascii") if declared else ""
    markup, doubts = forgiving(data, task.file, name)
    parsed, top, known = parse(markup, task.file)
    task.told(1, 4)
    said = styles(parsed, known, task.file)
    hide(top, said)
    task.told(2, 4)
    found = bodies.find(top)
    task.told(3, 4)
    flow = Flow(said)
    lines = flow.read(found.body)
    task.told(4, 4)
    dropped = [it for it in _dropped(top, found.body) if it.text not in {found.title, found.day}]
    dropped += [Remark("footnote-mark", " ".join(flow.marks))] if flow.marks else []
    return Extracted(
        "\n".join(_headed(found, lines)), tuple(dropped), doubts, origin=_origin(top, markup)
    )


def _origin(top: Element, markup: str) -> str:
    """The address that a page calls its own, or was saved from, and who publishes it."""
    head = next((it for it in top.children if isinstance(it, Element) and it.tag == "head"), top)
    said: dict[str, str] = {}
    for it in head.children if head is not top else ():
        if isinstance(it, Element):
            name = it.attributes.get("property") or it.attributes.get("name") or it.tag
            name = it.attributes.get("rel", name) if it.tag == "link" else name
            value = it.attributes.get("href" if it.tag == "link" else "content", "")
            said.setdefault(name.lower(), " ".join(value.split())[:300])
    saved = re.search(r"<!-- saved from url=\(\d{4}\)(\S{1,300})", markup[:4096])
    address = said.get("canonical") or said.get("og:url") or (saved[1] if saved else "")
    named = (said.get("og:site_name") or said.get("publisher"), said.get("author"))
    known = [address if re.match(r"https?://", address) else "", *named]
    return " · ".join(dict.fromkeys(filter(None, known)))


def _headed(found: bodies.Found, lines: list[str]) -> list[str]:
    """The lines of a text under its title and its day, which may stand elsewhere on the page."""
    if found.title:
        return [found.title, *([found.day] if found.day else []), *lines]
    titled = lines and found.day and not re.search(r"[.?!다음함됨임]$", lines[0])
    return (
        [lines[0], found.day, *lines[1:]] if titled else [it for it in (found.day,) if it] + lines
    )


def _dropped(top: Element, body: Element) -> Iterator[Remark]:
    """What the page holds and its text does not, piece by piece."""
    around = {id(it) for it in body.within()}
    waiting = [top]
    while waiting:
        element = waiting.pop()
        if id(element) in around:
            waiting.extend(it for it in reversed(element.children) if isinstance(it, Element))
            continue
        if element is not body and not element.gone and (told := element.text()):
            yield Remark("around", told)
        for inside in (element,) if element.gone else element.elements():
            yield from _gone_from(inside)


def _gone_from(element: Element) -> Iterator[Remark]:
    """What an element holds and does not show, or all of it when it is gone itself."""
    for it in (element,) if element.gone else element.children:
        if isinstance(it, str):
            if element.mute and it.strip():
                yield Remark("hidden", " ".join(it.split()))
        elif it.gone and it.gone not in _SILENT and (told := it.text(gone=True)):
            yield Remark(it.gone, told)
