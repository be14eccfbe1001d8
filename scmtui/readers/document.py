"""A clean source becomes a document: the way that every format takes."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, count
from typing import TYPE_CHECKING

from scmtui import text
from scmtui.language import _
from scmtui.model import Address, Document, Kind, Paragraph, Part, Remark
from scmtui.readers import facts as read_facts
from scmtui.readers import header as headers
from scmtui.readers.lines import Typesetting, joins, split
from scmtui.readers.splitting import stretches
from scmtui.readers.structure import NUMBER, Division, Doubt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from scmtui.model import Correction, Facts, Finding, Provenance
    from scmtui.readers.lines import Join, Line
    from scmtui.readers.structure import Draft

_END = r"(?://|[/<(\[〈《-]) ?(?:끝|END|End) ?(?://|[/>)\]〉》-])\.?$|^끝\.?$"
_FOOTER = (
    r"['‘\"“].{1,40}['’\"”] 카테고리의 다른 글|\W*저작권자 ?[ⓒ©(]|\W*[ⓒ©]|Copyright|무단 ?전재"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,20}){1,4}$"
    r"|(?:관련|추천|인기|다른) ?(?:글|기사)(?: 더 ?보기)?$|공유하기$|구독하기$|댓글 ?\d*$"
    r"|(?i:related (?:posts|articles)$)"
)

_WHOLE = {"docx", "hwpx", "hwp", "html", "md"}
"""The formats whose lines are whole paragraphs, unless somebody broke them by hand."""

_COMPOSED = {"numbering", "empty", "join", "title", "meeting", "header", "site-footer", "end-mark"}
"""The kinds of remarks that are made again whenever a text is."""


def compose(
    source: str,
    provenance: Provenance,
    rules: AbstractSet[str] = text.RULES,
    facts: Facts | None = None,
    corrections: tuple[Correction, ...] = (),
) -> Document:
    """The document in a clean source, tidied by the rules that are on and corrected.

    `facts` are kept when they are known already; otherwise they are found in the text.
    """
    lines, dropped = _body(split(source, corrections), source, rules)
    setting = Typesetting(lines, whole=provenance.format in _WHOLE)
    header = headers.header(lines, setting)
    unclear = bool(header.others) and header.others[-1] is header.lines[-1]
    division = Division(lines, setting, len(header.lines), unclear)
    if division.headed:
        header = header._replace(lines=header.lines[:-1], others=header.others[:-1])
    drafts = [_paragraph(draft, setting, rules) for draft in division.paragraphs]
    paragraphs = tuple(paragraph for paragraph, _doubts in drafts)
    findings: tuple[Finding, ...] = ()
    if facts is None:
        ended = next((it.text for it in dropped if it.kind == "end-mark"), "")
        told = read_facts.told(header, paragraphs, source, ended)
        facts, findings = read_facts.gather(told, provenance)
    doubts = [*division.doubts, *(doubt for _it, doubts in drafts for doubt in doubts)]
    remarks = [
        Remark(it.kind, it.text, Address(facts.id, it.paragraph, it.part), it.at) for it in doubts
    ]
    remarks = [*read_facts.doubts(header, facts), *remarks]
    return Document(
        replace(facts, paragraphs=len(paragraphs)),
        paragraphs,
        source,
        tuple(remarks),
        (*(Remark("header", line.text) for line in header.others), *dropped),
        corrections,
        findings,
    )


def compose_all(
    source: str, provenance: Provenance, rules: AbstractSet[str] = text.RULES
) -> tuple[Document, ...]:
    """The documents in a clean source: most often one.

    Each has its own stretch of the source, and its positions are positions in that.
    """
    divided = stretches(source)
    made = [compose(it, provenance, rules) for it in divided.sources]
    if divided.relation == "quoted":
        made = list(_quoting(*made))
    elif divided.relation == "languages":
        if made[0].facts.language == made[1].facts.language:
            return (compose(source, provenance, rules),)
        made = [_beside(it, other) for it, other in (made, made[::-1])]
    return tuple(_numbered(made))


def _quoting(article: Document, quoted: Document) -> tuple[Document, Document]:
    """An article and the communiqué that it quotes, which is a copy unless a ministry made it."""
    issued = article.facts.kind is Kind.PRESS and article.facts.official
    if article.facts.kind in {Kind.COMMUNIQUE, Kind.OTHER}:
        article = read_facts.recast(article, quoted.facts.meeting, Kind.ARTICLE)
    quoted = read_facts.recast(quoted, quoted.facts.meeting, Kind.COMMUNIQUE, official=issued)
    if issued:
        return article, quoted
    copied = Remark("press-copy", _(read_facts.PRESS_COPY).format(document=article.id))
    return article, replace(quoted, doubts=(*quoted.doubts, copied))


def _beside(document: Document, other: Document) -> Document:
    """A document with the meeting that only its text in the other language names."""
    if document.facts.meeting is not None or other.facts.meeting is None:
        return document
    return read_facts.recast(document, other.facts.meeting, other.facts.kind)


def _numbered(made: list[Document]) -> Iterator[Document]:
    """The documents, each with an id of its own."""
    taken: set[str] = set()
    for document in made:
        known = document.facts
        others = (f"{known.id}-{number}" for number in count(2))
        free = next(it for it in chain((known.id,), others) if it not in taken)
        taken.add(free)
        yield read_facts.renamed(document, free)


def recompose(
    document: Document,
    rules: AbstractSet[str] = text.RULES,
    corrections: tuple[Correction, ...] | None = None,
) -> Document:
    """The same document tidied by other rules, or corrected otherwise; its facts stay.

    What was found in it stays too, and the remarks that come from elsewhere than its text.
    """
    layer = document.corrections if corrections is None else corrections
    known = document.facts
    again = compose(document.source, known.provenance, rules, known, layer)
    return replace(
        again,
        doubts=again.doubts + tuple(it for it in document.doubts if it.kind not in _COMPOSED),
        dropped=again.dropped + tuple(it for it in document.dropped if it.kind not in _COMPOSED),
        findings=document.findings,
    )


def _body(
    lines: list[Line], source: str, rules: AbstractSet[str]
) -> tuple[list[Line], tuple[Remark, ...]]:
    """The lines of the text itself, and what a web site or the mark of its end add below it."""
    dropped: list[Remark] = []
    late = range(len(lines) // 2, len(lines))
    foot = next((at for at in late if re.match(_FOOTER, lines[at].text)), None)
    numbers = foot is not None and any(re.match(NUMBER, line.text) for line in lines[foot:])
    if "site-footer" in rules and foot is not None and not numbers:
        dropped.append(Remark("site-footer", source[lines[foot].start : lines[-1].end]))
        lines = lines[:foot]
    for at in range(max(len(lines) - 3, 0), len(lines)) if "end-mark" in rules else ():
        if mark := re.search(_END, lines[at].text):
            ended = source[lines[at].start + mark.start() : lines[-1].end]
            dropped.insert(0, Remark("end-mark", ended))
            kept = lines[at].text[: mark.start()].rstrip()
            last = lines[at]._replace(text=kept, end=lines[at].start + len(kept))
            return [*lines[:at], *([last] if kept else [])], tuple(dropped)
    return lines, tuple(dropped)


def _paragraph(
    draft: Draft, setting: Typesetting, rules: AbstractSet[str]
) -> tuple[Paragraph, list[Doubt]]:
    parts: list[Part] = []
    doubts: list[Doubt] = []
    for number, lines in enumerate(draft.parts, 1):
        joined = list(joins(lines, setting))
        if "line-breaks" in rules:
            shown = lines[0].text + "".join(join.between + join.right.text for join in joined)
        else:
            shown = "\n".join(line.text for line in lines)
        parts.append(Part(text.tidy(shown, rules), lines[0].start, lines[-1].end))
        doubts += (_doubt(join, draft.number, number) for join in joined if not join.sure)
    heading = text.tidy(draft.heading.text, rules) if draft.heading else ""
    start, end = draft.opened.start, draft.last.end
    return Paragraph(draft.number, heading, tuple(parts), start, end), doubts


def _doubt(join: Join, paragraph: int, part: int) -> Doubt:
    tail, head = join.left.text.rsplit(maxsplit=1)[-1], join.right.text.split(maxsplit=1)[0]
    told = f"{tail}{join.between or '|'}{head}"
    return Doubt("join", told, paragraph, part, join.right.start)
