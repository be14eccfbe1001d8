"""A page as characters: Markdown, and the outline that Korean officials write (개조식)."""

from __future__ import annotations

import re
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from scmtui.briefing.blocks import Box, End, Item, Quote, Title, plain, said
from scmtui.text import pad, width
from scmtui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scmtui.briefing.blocks import Block, Line

CELLS = 100
"""The width of a text page, unless another one is wanted."""
SIGNS = ("□ ", "  ㅇ ", "    - ", "  ※ ")
"""What begins a line of the outline, by its level."""


def text(blocks: Iterable[Block], cells: int = CELLS) -> str:
    """The page as plain text in lines of at most so many cells, wrapped between words."""
    return "\n".join(chunk for block in blocks for chunk in _text(block, cells)) + "\n"


def _text(block: Block, cells: int) -> Iterator[str]:
    if isinstance(block, Title):
        for start, end in wrap(block.text, cells):
            words = block.text[start:end]
            yield " " * max(0, (cells - width(words)) // 2) + words
        yield ""
    elif isinstance(block, Item):
        yield from _hanging(SIGNS[block.level], plain(block.line), cells)
    elif isinstance(block, End):
        yield f"  {block.text}"
    elif isinstance(block, Quote):
        for line in block.lines:
            yield from _hanging("    ", plain(line), cells)
        yield from _hanging("    - ", block.citation, cells)
        yield ""
    elif isinstance(block, Box):
        yield from _grid([(block.lines,)], [cells - 4])
        yield ""
    else:
        room = cells - 3 * len(block.shares) - 1
        sizes = [room * share // sum(block.shares) for share in block.shares]
        heads = tuple((said(head),) for head in block.heads)
        yield from _grid([heads, *block.rows], sizes)
        yield ""


def _hanging(sign: str, words: str, cells: int) -> Iterator[str]:
    blank = " " * width(sign)
    for at, (start, end) in enumerate(wrap(words, cells - width(sign))):
        yield ((blank if at else sign) + words[start:end]).rstrip()


def _grid(rows: Iterable[tuple[tuple[Line, ...], ...]], sizes: list[int]) -> Iterator[str]:
    rule = "+" + "+".join("-" * (size + 2) for size in sizes) + "+"
    yield rule
    for row in rows:
        columns = [list(_wrapped(cell, size)) for cell, size in zip(row, sizes, strict=True)]
        for texts in zip_longest(*columns, fillvalue=""):
            pieces = (pad(it, size) for it, size in zip(texts, sizes, strict=True))
            yield "| " + " | ".join(pieces) + " |"
        yield rule


def _wrapped(cell: tuple[Line, ...], cells: int) -> Iterator[str]:
    for line in cell:
        words = plain(line)
        yield from (words[start:end] for start, end in wrap(words, cells))


# Markdown


def markdown(blocks: Iterable[Block]) -> str:
    """The page in Markdown: CommonMark with tables."""
    return "\n".join(chunk for block in blocks for chunk in _markdown(block)) + "\n"


def _markdown(block: Block) -> Iterator[str]:
    if isinstance(block, Title):
        yield from (f"# {escaped(block.text)}", "")
    elif isinstance(block, Item):
        yield from _item(block)
    elif isinstance(block, End):
        yield escaped(block.text)
    elif isinstance(block, Quote):
        yield from (f"> {_styled(line).lstrip()}\\" for line in block.lines)
        yield from (f"> — {escaped(block.citation)}", "")
    elif isinstance(block, Box):
        yield from (f"> {_styled(line).lstrip()}\\" for line in block.lines[:-1])
        yield from (*(f"> {_styled(line).lstrip()}" for line in block.lines[-1:]), "")
    else:
        rule = ["---"] * len(block.shares)
        yield _piped(map(escaped, block.heads))
        yield _piped(rule)
        for row in block.rows:
            yield _piped("<br>".join(map(_styled, cell)) for cell in row)
        yield ""


def _item(item: Item) -> Iterator[str]:
    written = _styled(item.line).strip()
    if item.level == 0:
        yield from (f"## {escaped(''.join(span.text for span in item.line))}", "")
    elif item.level == 3:
        yield from (f"※ {written}", "")
    else:
        yield from (f"- {written}", "")


def _piped(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


_LOOKS: dict[str, tuple[str, str]] = {
    "gone": ("<del>", "</del>"),
    "away": ("<del><em>", "</em></del>"),
    "new": ("<ins>", "</ins>"),
    "here": ("<ins><em>", "</em></ins>"),
    "shared": ("<b>", "</b>"),
    "only": ("<u>", "</u>"),
    "strong": ("<strong>", "</strong>"),
}
"""Elements, since asterisks beside a mark and a particle are no emphasis: **(SCM)**는."""


def _styled(line: Line) -> str:
    """The line with its looks as elements; stretches that look alike are one."""
    by_look = groupby(line, key=lambda span: _LOOKS.get(span.look, ("", "")))
    return "".join(_stretch("".join(it.text for it in spans), look) for look, spans in by_look)


def _stretch(text: str, look: tuple[str, str]) -> str:
    body = text.strip()
    if not body:
        return text
    before, after = text.split(body, 1)
    return f"{before}{look[0]}{escaped(body)}{look[1]}{after}"


def escaped(words: str) -> str:
    """Words that Markdown shows literally, also at the beginning of a line."""
    marked = re.sub(r"([\\`*_<|~]|\](?=[(\[:])|&(?=#?\w+;))", r"\\\1", words)
    return re.sub(
        r"^(\s*)(?:(\d+)([.)])(?=\s|$)|([-+](?=\s|$|[-+])|[=>#]|\[(?=[ xX]\])))", _start, marked
    )


def _start(match: re.Match[str]) -> str:
    blank, number, stop, sign = match.groups()
    return f"{blank}{number}\\{stop}" if number else f"{blank}\\{sign}"
