"""Themes (주제): which paragraphs touch which one, how strongly, and for what reason.

The taxonomy is assets/themes.toml, whose head says how a theme is written; a file of the same form
in the config folder adds themes, replaces them by id ([[theme]]) or adds terms to them
([[extend]]). When that file cannot be used, it is reported with line and reason, and the themes
that come with the program stand.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from math import log
from sys import maxsize
from typing import TYPE_CHECKING, Any, NamedTuple

from scmtui import corpus, settings
from scmtui.language import N_
from scmtui.model import Address, Name, SettingsError, Theme
from scmtui.terms import Lexicon, length
from scmtui.text import clean, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from scmtui.model import Document, Paragraph
    from scmtui.terms import Hit, Term
    from scmtui.text import Span

ABOUT = 0.5
"""From this strength on a paragraph is about a theme; below it mentions it."""
GENERAL = 0.25
"""What a general term counts for beside a telling one, which counts for 1."""
HEADING = 2.0
"""What a term in the heading counts for."""
HALF = 1.5
"""The evidence that gives half of the depth: one term said once is never enough."""
KEPT = N_("The themes that come with the program are used.")

_LISTS = ("ko", "en", "general", "without")


class Reason(NamedTuple):
    """A term found: the span [start, end) in characters of the text shown at the address.

    The address is that of the part; it is that of the paragraph when the heading has the term.
    """

    term: str
    address: Address
    start: int
    end: int


class Touch(NamedTuple):
    """A paragraph touches a theme: at least one telling term of it stands there.

    The strength is between 0 and 1: depth · (1 + breadth) / 2. Depth is e / (e + 2), where the
    evidence e sums weight · (1 + ln n) for each different term that stands n times in the text and
    weight · HEADING for each in the heading, so that other terms count for more than the same one
    again. Breadth is the share of the text, heading included, that stands in sentences with a
    telling term, so that a long text must say more. The weight is 1, or GENERAL.
    """

    theme: str
    paragraph: int
    strength: float
    reasons: tuple[Reason, ...]

    @property
    def about(self) -> bool:
        """Whether the paragraph is about the theme, and does not only mention it."""
        return self.strength >= ABOUT


class Tally(NamedTuple):
    """How many paragraphs are about a theme, and how many touch it at all."""

    about: int
    touched: int


@dataclass(frozen=True, eq=False)
class Taxonomy:
    """The themes in their order, and what is wrong with the reader's own file, if anything."""

    themes: tuple[Theme, ...]
    heads: tuple[str, ...] = ()
    """Words that a term may follow without a blank, besides the other terms."""
    problem: SettingsError | None = None

    def theme(self, id_: str) -> Theme | None:
        """The theme with this id, or None."""
        return next((theme for theme in self.themes if theme.id == id_), None)

    @cached_property
    def lexicon(self) -> Lexicon:
        """All terms, grouped by the place of their theme; made when first needed."""
        return Lexicon(_terms(self))


def _terms(taxonomy: Taxonomy) -> Iterator[tuple[str, int, float]]:
    yield from ((head, -1, 0.0) for head in taxonomy.heads)
    for place, theme in enumerate(taxonomy.themes):
        general = frozenset(theme.general)
        yield from ((term, place, GENERAL if term in general else 1.0) for term in theme.terms)
        yield from ((longer, place, 0.0) for longer in theme.without)


def taxonomy() -> Taxonomy:
    """The themes of the program, with what the reader's themes.toml adds or replaces."""
    return load(corpus.assets() / "themes.toml", own_file())


def own_file() -> Path:
    """The file in which the reader may add or replace themes; it need not exist."""
    return settings.paths().config / "themes.toml"


def load(shipped: Path, own: Path | None = None) -> Taxonomy:
    """The themes of `shipped`, and of `own` when there is such a file and it can be used.

    Raises SettingsError when it is the shipped file that cannot be used.
    """
    base = _Source(shipped, "").added_to(Taxonomy(()))
    if not base.themes:
        raise SettingsError(
            "“{where}” holds no themes.", todo="Install scmtui again.", where=shipped
        )
    try:
        return _Source(own, KEPT).added_to(base) if own else base
    except SettingsError as problem:
        return replace(base, problem=problem)


def touched(document: Document, taxonomy: Taxonomy) -> tuple[Touch, ...]:
    """What each paragraph touches: in the document's order, in a paragraph the strongest first."""
    lexicon = taxonomy.lexicon.for_meeting(document.facts.meeting)
    found: list[Touch] = []
    for paragraph in document.paragraphs:
        touches = _touches(document.id, paragraph, lexicon, taxonomy.themes)
        found += sorted(touches, key=lambda touch: -touch.strength)
    return tuple(found)


def _touches(
    document: str, paragraph: Paragraph, lexicon: Lexicon, themes: tuple[Theme, ...]
) -> Iterator[Touch]:
    texts = [paragraph.heading, *(part.text for part in paragraph.parts)]
    found = [lexicon.find(text) for text in texts]
    if not any(found):
        return
    at = [Address(document, paragraph.number, part or None) for part in range(len(texts))]
    told = _Told([sentences(text) for text in texts])
    for theme in sorted({theme for groups in found for theme in groups}):
        hits = [groups.get(theme, _NO_HITS) for groups in found]
        if not any(hit.term.weight == 1 for part in hits for hit in part):
            continue
        reasons = tuple(
            [
                Reason(hit.term.written, address, hit.start, hit.end)
                for address, of_part in zip(at, hits, strict=True)
                for hit in of_part
            ]
        )
        evidence = _evidence(hits)
        strength = evidence / (evidence + HALF) * (1 + told.breadth(hits)) / 2
        yield Touch(themes[theme].id, paragraph.number, round(strength, 3), reasons)


_NO_HITS: list[Hit] = []


def _evidence(hits: list[list[Hit]]) -> float:
    """The evidence that Touch describes; the first hits are those in the heading."""
    counts: dict[Term, int] = {}
    for hit in chain.from_iterable(hits[1:]):
        counts[hit.term] = counts.get(hit.term, 0) + 1
    evidence = sum([term.weight * (1 + log(count)) for term, count in counts.items()])
    return evidence + sum([term.weight for term in {hit.term for hit in hits[0]}]) * HEADING


class _Told:
    """The sentences of a heading and of its parts, of which some tell of a theme."""

    def __init__(self, spans: list[list[Span]]) -> None:
        self._spans = spans
        self._length = sum([end - start for part in spans[1:] for start, end in part]) or 1

    def breadth(self, hits: list[list[Hit]]) -> float:
        """The share of the text, heading included, in sentences with a telling term."""
        told = [
            _told(those, spans) if those else 0
            for those, spans in zip(hits, self._spans, strict=True)
        ]
        breadth = sum(told[1:]) / self._length
        return (bool(told[0]) + breadth) / 2 if self._spans[0] else breadth


def _told(hits: list[Hit], spans: list[Span]) -> int:
    """How many characters stand in sentences with a telling term."""
    with_one = {bisect(spans, (hit.start, maxsize)) - 1 for hit in hits if hit.term.weight == 1}
    return sum([spans[number][1] - spans[number][0] for number in with_one])


def tally(touches: Iterable[Touch]) -> dict[str, Tally]:
    """By the id of the theme, how many paragraphs are about it, and how many touch it."""
    counts: dict[str, Tally] = {}
    for touch in touches:
        about, count = counts.get(touch.theme, (0, 0))
        counts[touch.theme] = Tally(about + touch.about, count + 1)
    return counts


def in_words(reasons: Iterable[Reason]) -> str:
    """The terms found, the most frequent first: “전작권 ×3, 미래연합사 ×2, FOC”."""
    counts = Counter(reason.term for reason in reasons).most_common()
    return ", ".join(f"{written} ×{count}" if count > 1 else written for written, count in counts)


class _Source:
    """A file of themes, read and checked; every error names the file, the line and the reason."""

    def __init__(self, file: Path, kept: str) -> None:
        self._file = file
        self._kept = kept
        self._table, self._text = settings.read_toml(file, kept)

    def added_to(self, base: Taxonomy) -> Taxonomy:
        """The taxonomy with what this file adds, replaces or extends."""
        for key in sorted(self._table.keys() - {"heads", "theme", "extend"}):
            raise self._error(N_("{where}: “{key}” is not known."), (key, 0), key)
        themes = {theme.id: theme for theme in base.themes}
        seen: set[str] = set()
        for place, entry in self._entries("theme", {"name"}):
            if (id_ := entry["id"]) in seen:
                raise self._error(
                    N_("{where}: the theme “{id}” stands twice."), place, "id", id=id_
                )
            seen.add(id_)
            themes[id_] = self._theme(entry, place)
        for place, entry in self._entries("extend"):
            if (id_ := entry["id"]) not in themes:
                raise self._error(N_("{where}: there is no theme “{id}”."), place, "id", id=id_)
            themes[id_] = _extended(themes[id_], self._lists(entry, place))
        heads = self._split(self._table.get("heads", ""), ("heads", 0), "heads")
        return Taxonomy(tuple(themes.values()), tuple(dict.fromkeys(base.heads + heads)))

    def _entries(
        self, table: str, more: Iterable[str] = ()
    ) -> Iterator[tuple[tuple[str, int], dict[str, Any]]]:
        """The tables of this name, each with its place among them, their ids and keys checked."""
        entries = self._table.get(table, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self._error(N_("{where}: write [[{key}]] above each."), (table, 0), key=table)
        for number, entry in enumerate(entries):
            place = (table, number)
            for key in sorted(entry.keys() - {"id", *_LISTS, *more}):
                raise self._error(N_("{where}: “{key}” is not known."), place, key)
            if not _is_id(entry.get("id")):
                raise self._error(
                    N_("{where}: a theme needs an id of small letters, digits and hyphens."),
                    place,
                    "id",
                )
            yield place, entry

    def _theme(self, entry: dict[str, Any], place: tuple[str, int]) -> Theme:
        name = entry.get("name")
        if (
            not isinstance(name, dict)
            or not name
            or not all(
                key in ("ko", "en") and isinstance(value, str) and value.strip()
                for key, value in name.items()
            )
        ):
            raise self._error(
                N_("{where}: a theme needs a name, as in {example}."),
                place,
                "name",
                example='name = { ko = "국방비", en = "Defense spending" }',
            )
        shown = Name(**{language: clean(value).text for language, value in name.items()})
        theme = _extended(Theme(entry["id"], shown, ()), self._lists(entry, place))
        if len(theme.terms) == len(theme.general):
            raise self._error(N_("{where}: the theme “{id}” has no terms."), place, id=entry["id"])
        return theme

    def _lists(self, entry: dict[str, Any], place: tuple[str, int]) -> list[tuple[str, ...]]:
        return [self._split(entry.get(key, ""), place, key) for key in _LISTS]

    def _split(self, value: object, place: tuple[str, int], key: str) -> tuple[str, ...]:
        """The terms of a list, or of a text with semicolons between them."""
        pieces = value.replace("\n", ";").split(";") if isinstance(value, str) else value
        if not isinstance(pieces, list) or not all(isinstance(piece, str) for piece in pieces):
            raise self._error(
                N_("{where}: “{key}” must be a text of terms with ; between them."), place, key
            )
        # Cleaned in one go: what the reader wrote reaches the screen, and may come as NFD.
        terms = [" ".join(piece.split()) for piece in clean("\n".join(pieces)).text.split("\n")]
        for written in terms:
            if 0 < len(written) < 4 and length(written) < 2:
                raise self._error(
                    N_("{where}: “{term}” is too short to be looked for."), place, key, term=written
                )
        return tuple(filter(None, terms))

    def _error(
        self, sentence: str, place: tuple[str, int], key: str = "", **values: str
    ) -> SettingsError:
        line = self._line(place, key)
        where = f"{self._file}:{line}" if line else str(self._file)
        values = {"key": key or place[0], **values}
        return SettingsError(sentence, kept=self._kept, where=where, **values)

    def _line(self, place: tuple[str, int], key: str) -> int:
        """The line of a key in the table at this place, or of the table; 0 if it is not found."""
        table, number = place
        found = 0
        inside = table == key
        for line, text in enumerate(self._text.splitlines(), 1):
            if header := re.match(r"\s*\[\[?\s*(\w+)\s*\]", text):
                inside = header[1] == table and number == 0
                number -= header[1] == table
                found = line if inside else found
            elif inside and re.match(rf"\s*[\"']?{re.escape(key or table)}[\"']?\s*=", text):
                return line
        return found


def _is_id(value: object) -> bool:
    """Whether this can be typed after theme: as it is."""
    if not isinstance(value, str) or value != value.lower():
        return False
    return all(piece.isalnum() for piece in value.split("-"))


def _extended(theme: Theme, lists: Iterable[tuple[str, ...]]) -> Theme:
    ko, en, general, without = lists
    return replace(
        theme,
        terms=tuple(dict.fromkeys((*theme.terms, *ko, *en, *general))),
        general=theme.general + general,
        without=theme.without + without,
    )
