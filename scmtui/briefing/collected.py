"""What is collected for a briefing: passages with their citations, compared pairs, own words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from scmtui import corpus
from scmtui.briefing.citation import cite
from scmtui.briefing.contrast import EVEN, Contrast, Terms
from scmtui.compare import redline
from scmtui.language import current
from scmtui.model import Address, Document, NotFoundError, ScmError
from scmtui.positions import find_again
from scmtui.themes import taxonomy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from scmtui.briefing.replaced import Past
    from scmtui.compare import Comparison, Row, Run
    from scmtui.library.trays import Item
    from scmtui.model import Facts, Theme
    from scmtui.positions import Position


@dataclass(frozen=True)
class Passage:
    """Words of a document as they are quoted, and where they stand."""

    address: Address
    text: str
    citation: str
    facts: Facts | None
    """What is known of the document; None when it is not there any more."""
    lost: bool = False
    """Whether the words are not found where they stood, nor elsewhere."""
    became: str = ""
    """What is to be said when its document was replaced after it was collected."""

    @property
    def needs_a_look(self) -> bool:
        """Whether the reader should see to it before it is quoted."""
        return self.lost or bool(self.became)


class Entry(NamedTuple):
    """One thing in a briefing."""

    kind: str
    """passage, pair, heading or line."""
    left: tuple[Passage, ...] = ()
    """What is quoted, or the left side of a pair."""
    right: tuple[Passage, ...] = ()
    runs: tuple[Run, ...] = ()
    """The redline of a pair in one language."""
    text: str = ""
    """The heading, the line, or what the reader says to the passage."""
    sort: str = ""
    """Of what sort a compared row is, as `wording.row_in_words` names it."""
    contrast: Contrast = Contrast()
    """The terms that both sides of a pair have, and those that only one has."""
    theme: str = ""
    """The name of the theme that a compared row is about."""


@dataclass(frozen=True)
class Briefing:
    """A title and what is collected under it, in order."""

    title: str
    entries: tuple[Entry, ...]
    style: str = "ko"
    """The style of the citations."""
    sides: tuple[Facts, Facts] | None = None
    """The two documents that are compared, when it is about two."""
    theme: str = ""
    """The name of the theme that it is narrowed to."""

    @property
    def sources(self) -> tuple[Facts, ...]:
        """The documents that are quoted or compared, each once, as they come."""
        quoted = (it.facts for entry in self.entries for it in (*entry.left, *entry.right))
        known = (*(self.sides or ()), *filter(None, quoted))
        return tuple({facts.id: facts for facts in known}.values())

    @property
    def latest(self) -> date | None:
        """The day of the latest document that is quoted: the page says nothing younger than it."""
        days = (max(filter(None, (it.held, it.published)), default=None) for it in self.sources)
        return max(filter(None, days), default=None)


def from_tray(
    title: str,
    items: Iterable[Item],
    find: Callable[[str], Document],
    style: str,
    past: Past | None = None,
) -> Briefing:
    """What lies in a tray; `find` gives the document with an id, or raises an ScmError."""
    entries = []
    contrast = _Contrasts(find)
    for item in items:
        left, right = (
            (_since(passage(position, find, style), position, item.made, find, past),)
            if position
            else ()
            for position in (item.one, item.other)
        )
        runs = _redline(left, right) if left and right else ()
        terms = contrast(left, right) if runs else Contrast()
        entries.append(Entry(item.kind, left, right, runs, item.text, contrast=terms))
    return Briefing(title, tuple(entries), style)


class _Contrasts:
    """The terms of pairs; those of two documents are made ready once."""

    def __init__(self, find: Callable[[str], Document]) -> None:
        self._find = find
        self._terms: dict[tuple[str, str], Terms] = {}

    def __call__(self, left: Sequence[Passage], right: Sequence[Passage]) -> Contrast:
        """What the passages of a pair have in common, if their documents are there."""
        known = [it.facts.id for it in (*left, *right) if it.facts]
        if len(known) != 2:
            return Contrast()
        ids = known[0], known[1]
        if ids not in self._terms:
            documents = self._find(ids[0]), self._find(ids[1])
            self._terms[ids] = Terms(documents, taxonomy())
        return self._terms[ids].contrast(left[0].text, right[0].text)


def _since(
    passage: Passage,
    position: Position,
    made: str,
    find: Callable[[str], Document],
    past: Past | None,
) -> Passage:
    """The passage, with what became of its document since it was collected."""
    if past is None or passage.facts is None:
        return passage
    return replace(passage, became=past.told(position, made, find(passage.facts.id), passage.text))


def from_comparison(
    title: str,
    comparison: Comparison,
    rows: Sequence[Row],
    style: str,
    theme: Theme | None = None,
) -> Briefing:
    """The rows of a comparison, as pairs; those about a theme know the gist of what is said."""
    terms = Terms(comparison.documents, comparison.taxonomy, theme)
    named = {it.id: it.name.in_language(current()) for it in comparison.taxonomy.themes}
    found = _themes(comparison)

    def side(document: Document, addresses: Iterable[Address]) -> tuple[Passage, ...]:
        return tuple(_at(document, it, style) for it in addresses)

    entries = tuple(
        Entry(
            "pair",
            side(comparison.base, row.left),
            side(comparison.other, row.right),
            comparison.runs(row) if comparison.one_language and row.left and row.right else (),
            sort=_sort(comparison, row),
            contrast=_told(terms.contrast(*comparison.texts(row)), comparison),
            theme=named.get(theme.id if theme else _strongest(found, row), ""),
        )
        for row in rows
    )
    sides = comparison.base.facts, comparison.other.facts
    name = theme.name.in_language(current()) if theme else ""
    return Briefing(title, entries, style, sides, name)


def _told(contrast: Contrast, comparison: Comparison) -> Contrast:
    """The contrast; of texts in two languages only where terms stand, since names differ there."""
    if comparison.one_language:
        return contrast
    left, right = (dict.fromkeys(it, EVEN) for it in contrast.looks)
    return Contrast(looks=(left, right))


def _themes(comparison: Comparison) -> dict[Address, dict[str, float]]:
    """How strongly each paragraph is about its themes."""
    found: dict[Address, dict[str, float]] = {}
    for document, touches in zip(comparison.documents, comparison.touches, strict=True):
        for it in touches:
            if it.about:
                found.setdefault(Address(document.id, it.paragraph), {})[it.theme] = it.strength
    return found


def _strongest(themes: dict[Address, dict[str, float]], row: Row) -> str:
    """The theme that a row is about the most; empty when it is about none."""
    strengths: dict[str, float] = {}
    for address in (*row.left, *row.right):
        for theme, strength in themes.get(address, {}).items():
            strengths[theme] = strengths.get(theme, 0.0) + strength
    return max(strengths, key=lambda it: strengths[it], default="")


def passage(position: Position, find: Callable[[str], Document], style: str) -> Passage:
    """The words at a position, found again; as they were kept, if they need a look."""
    address = position.address
    try:
        document = find(address.document)
    except ScmError:
        return Passage(address, position.quote, str(address), None, lost=True)
    found = find_again(position, document)
    if found is None:
        citation = cite(document, address, style)
        return Passage(address, position.quote, citation, document.facts, lost=True)
    there = _at(document, found, style)
    return _narrowed(there, position.quote)


def _at(document: Document, address: Address, style: str) -> Passage:
    try:
        text = _text(document, address)
    except NotFoundError:
        return Passage(address, "", str(address), document.facts, lost=True)
    return Passage(address, text, cite(document, address, style), document.facts)


def _text(document: Document, address: Address) -> str:
    """What stands at an address; a paragraph begins with its heading."""
    shown = corpus.passage(document, address)
    if address.paragraph is None or address.part is not None:
        return shown
    paragraph = document.paragraph(address.paragraph)
    heading = paragraph.heading if paragraph else ""
    return f"{heading}\n{shown}" if heading else shown


def _narrowed(whole: Passage, quote: str) -> Passage:
    """The passage, or only the words in it that were selected: they are quoted as they are now."""
    letters = [(at, it) for at, it in enumerate(whole.text) if it.isalnum()]
    wanted = "".join(filter(str.isalnum, quote))
    at = "".join(it for _, it in letters).find(wanted)
    if at < 0 or not wanted or len(wanted) == len(letters):
        return whole
    start, end = letters[at][0], letters[at + len(wanted) - 1][0] + 1
    # Marks at the edges of the quote belong to it: “…하였다.” and not “…하였다”.
    tail = quote[len(quote.rstrip(_marks(quote))) :]
    head = quote[: len(quote) - len(quote.lstrip(_marks(quote)))]
    end += len(tail) if whole.text[end:].startswith(tail) else 0
    start -= len(head) if whole.text[:start].endswith(head) else 0
    return Passage(whole.address, whole.text[start:end], whole.citation, whole.facts)


def _marks(quote: str) -> str:
    return "".join({it for it in quote if not it.isalnum()})


def _redline(left: Sequence[Passage], right: Sequence[Passage]) -> tuple[Run, ...]:
    """The redline of two passages in one language."""
    facts = [it.facts for it in (*left, *right)]
    if len({it.language for it in facts if it}) > 1:
        return ()
    return redline(*("\n".join(it.text for it in side) for side in (left, right)))


def _sort(comparison: Comparison, row: Row) -> str:
    counts = comparison.counts([row])._asdict()
    return next(sort for sort, count in counts.items() if count)


def strays(briefing: Briefing) -> Iterator[Passage]:
    """The passages that need a look."""
    for entry in briefing.entries:
        yield from (it for it in (*entry.left, *entry.right) if it.needs_a_look)
