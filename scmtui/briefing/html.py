"""A page as one HTML file that asks for nothing else, and prints on A4 with the reader's fonts."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from scmtui.briefing.blocks import Box, End, Item, Quote, Table, Title
from scmtui.language import current

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scmtui.briefing.blocks import Block, Line, Span

_STYLE = """
@page { size: A4; margin: 15mm 20mm; }
body { font: 15pt/1.4 "Malgun Gothic", "맑은 고딕", "Noto Sans CJK KR", "Apple SD Gothic Neo",
  "NanumGothic", sans-serif; max-width: 170mm; margin: 12mm auto; padding: 0 5mm; color: #111;
  background: #fff; word-break: keep-all; overflow-wrap: anywhere; }
h1 { font-size: 20pt; text-align: center; margin: 0 0 12pt; }
h2 { font-size: 16pt; margin: 9pt 0 2pt; break-after: avoid; }
h2, .hung { padding-left: 1.3em; text-indent: -1.3em; }
.box { border: 1pt solid #111; padding: 3mm; margin: 0 0 8pt; font-size: 13pt; }
.box p, td p { margin: 0; }
p.l1, p.l2, p.l3, p.end { margin: 2pt 0 0 4mm; }
p.l2, p.l3, p.end { font-size: 11pt; }
blockquote { margin: 4pt 0 6pt 6mm; padding: 0; font-size: 12pt; }
blockquote p { margin: 0; }
cite { display: block; font-style: normal; font-size: 10pt; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: 2pt 0 6pt;
  font-size: 10pt; line-height: 1.35; }
th, td { border: .5pt solid #333; padding: 1.5mm; vertical-align: top; text-align: left; }
th { background: #f2f2f2; text-align: center; }
thead { display: table-header-group; }
tr, blockquote { break-inside: avoid-page; }
del { text-decoration: line-through; }
ins, u { text-decoration: underline; text-underline-offset: .15em; }
del.away, ins.here { font-style: italic; }
.quiet { color: #444; }
@media print { body { margin: 0; max-width: none; padding: 0; } }
"""
_SIGNS = ("□", "ㅇ", "-", "※")
_ELEMENTS = {
    "gone": ("<del>", "</del>"),
    "away": ('<del class="away">', "</del>"),
    "new": ("<ins>", "</ins>"),
    "here": ('<ins class="here">', "</ins>"),
    "shared": ("<b>", "</b>"),
    "only": ("<u>", "</u>"),
    "strong": ("<strong>", "</strong>"),
    "quiet": ('<span class="quiet">', "</span>"),
}


def html(blocks: Iterable[Block]) -> str:
    """The page; nothing in it is run, and nothing is fetched."""
    known = list(blocks)
    title = next((it.text for it in known if isinstance(it, Title)), "")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{current()}">',
            '<head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            f"<title>{escape(title)}</title>",
            f"<style>{_STYLE}</style></head>",
            "<body>",
            *(line for block in known for line in _written(block)),
            "</body></html>",
            "",
        )
    )


def _written(block: Block) -> Iterator[str]:
    if isinstance(block, Title):
        yield f"<h1>{escape(block.text)}</h1>"
    elif isinstance(block, Item):
        yield _item(block)
    elif isinstance(block, End):
        yield f'<p class="end">{escape(block.text)}</p>'
    elif isinstance(block, Quote):
        yield "<blockquote>"
        yield from _paragraphs(block.lines)
        yield f"<cite>{escape(block.citation)}</cite></blockquote>"
    elif isinstance(block, Box):
        yield '<div class="box">'
        yield from (f'<p class="hung">{_line(line)}</p>' for line in block.lines)
        yield "</div>"
    else:
        yield from _table(block)


def _item(item: Item) -> str:
    text = _line(item.line)
    if item.level == 0:
        return f"<h2>{_SIGNS[0]} {text}</h2>"
    return f'<p class="l{item.level} hung">{_SIGNS[item.level]} {text}</p>'


def _table(table: Table) -> Iterator[str]:
    whole = sum(table.shares)
    yield "<table><colgroup>"
    yield from (f'<col style="width:{share * 100 // whole}%">' for share in table.shares)
    yield "</colgroup>"
    heads = "".join(f"<th>{escape(head)}</th>" for head in table.heads)
    yield f"<thead><tr>{heads}</tr></thead><tbody>"
    for row in table.rows:
        yield "<tr>" + "".join(f"<td>{''.join(_paragraphs(cell))}</td>" for cell in row) + "</tr>"
    yield "</tbody></table>"


def _paragraphs(found: Iterable[Line]) -> Iterator[str]:
    return (f"<p>{_line(line)}</p>" for line in found)


def _line(line: Line) -> str:
    by_look = groupby(line, key=lambda span: span.look)
    return "".join(_spans(look, list(spans)) for look, spans in by_look)


def _spans(look: str, spans: list[Span]) -> str:
    opener, closer = _ELEMENTS.get(look, ("", ""))
    return opener + escape("".join(span.text for span in spans)) + closer
