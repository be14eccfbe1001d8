"""Filters of a query: which documents, and which of their paragraphs, are searched."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Protocol

from scmtui.model import Address, Kind, QueryError
from scmtui.search.pick import pick
from scmtui.text import fold
from scmtui.themes import touched

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from scmtui.model import Document, Facts, Theme
    from scmtui.search.query import Filter
    from scmtui.themes import Taxonomy

_NUMBERS = re.compile(r"(?P<only>\d{1,3})|(?P<first>\d{0,3})\.\.\.?(?P<last>\d{0,3})", re.ASCII)
_KINDS = {
    "공동성명": Kind.COMMUNIQUE,
    "기사": Kind.ARTICLE,
    "해설": Kind.ARTICLE,
    "보도자료": Kind.PRESS,
    "기타": Kind.OTHER,
}
_LANGUAGES = {
    "ko": "ko", "kr": "ko", "korean": "ko", "한국어": "ko", "국문": "ko",
    "en": "en", "english": "en", "영어": "en", "영문": "en",
}  # fmt: skip


class Paragraphs:
    """Paragraphs, by the ids of their documents."""

    def __init__(self, places: Iterable[tuple[str, int | None]] = ()) -> None:
        self._numbers: dict[str, set[int | None]] = {}
        for id_, number in places:
            self._numbers.setdefault(id_, set()).add(number)

    @property
    def documents(self) -> Collection[str]:
        """The ids of the documents in which they are."""
        return self._numbers.keys()

    def __contains__(self, address: Address) -> bool:
        return address.paragraph in self._numbers.get(address.document, ())


class Themed(Protocol):
    """The themes of paragraphs."""

    @property
    def themes(self) -> Sequence[Theme]:
        """The themes that a query may name."""
        ...

    def touching(self, theme: str) -> Paragraphs:
        """The paragraphs that touch the theme with this id."""
        ...


class Tags(Protocol):
    """The reader's tags."""

    def tagged(self, tag: str) -> Iterable[Address]:
        """The places with this tag."""
        ...


class Notes(Protocol):
    """The reader's notes."""

    def with_words(self, words: str) -> Iterable[Address]:
        """The places whose notes hold all of these words."""
        ...


class Written(Protocol):
    """What the reader wrote beside the texts."""

    @property
    def tags(self) -> Tags:
        """The reader's tags."""
        ...

    @property
    def notes(self) -> Notes:
        """The reader's notes."""
        ...


class Labels(NamedTuple):
    """What is known of paragraphs besides their text."""

    themed: Themed
    written: Written | None = None

    def tagged(self, tag: str) -> Paragraphs:
        """The paragraphs that the reader gave this tag, or a part of which has it.

        A theme that the reader tagged with may be named as it is called, or by how that begins.
        """
        if self.written is None:
            return _around(())
        begins = fold(tag)
        themes = [
            theme.id
            for theme in self.themed.themes
            if any(fold(name).startswith(begins) for name in (theme.name.ko, theme.name.en))
        ]
        tags = self.written.tags
        return _around(place for one in dict.fromkeys((tag, *themes)) for place in tags.tagged(one))

    def noted(self, words: str) -> Paragraphs:
        """The paragraphs with a note that contains these words."""
        return _around(self.written.notes.with_words(words) if self.written else ())


def _around(places: Iterable[Address]) -> Paragraphs:
    return Paragraphs((place.document, place.paragraph) for place in places)


class ThemeLabels:
    """The themes of documents, which are read when a theme is first asked for."""

    def __init__(self, documents: Iterable[Document], taxonomy: Taxonomy) -> None:
        self._documents = documents
        self._taxonomy = taxonomy

    @property
    def themes(self) -> Sequence[Theme]:
        """The themes of the taxonomy."""
        return self._taxonomy.themes

    @cached_property
    def _touched(self) -> dict[str, Paragraphs]:
        found: dict[str, list[tuple[str, int]]] = {}
        for document in self._documents:
            for touch in touched(document, self._taxonomy):
                found.setdefault(touch.theme, []).append((document.id, touch.paragraph))
        return {theme: Paragraphs(places) for theme, places in found.items()}

    def touching(self, theme: str) -> Paragraphs:
        """The paragraphs that touch the theme with this id."""
        return self._touched.get(theme) or Paragraphs()


def documents(filters: Iterable[Filter], known: Iterable[Facts]) -> frozenset[str]:
    """The ids of the documents that `scm:`, `kind:` and `lang:` let through."""
    left = list(known)
    for asked in filters:
        if test := _TESTS.get(asked.field):
            tests = [test(value, asked) for value in asked.values]
            left = [facts for facts in left if any(test(facts) for test in tests) != asked.negative]
    return frozenset(facts.id for facts in left)


def _meeting(value: str, asked: Filter) -> Callable[[Facts], bool]:
    if match := _NUMBERS.fullmatch(value):
        first = int(match["only"] or match["first"] or 0)
        last = int(match["only"] or match["last"] or 999)
        if first > last:
            raise QueryError(
                "“{value}” ends before it begins (at character {place}).",
                todo="Write {last}..{first}.",
                at=asked.at,
                value=value,
                first=first,
                last=last,
            )
        return lambda facts: facts.meeting is not None and first <= facts.meeting <= last
    if re.fullmatch(r"x-.+|\d{1,3}-[a-z].*", value):
        return lambda facts: facts.id == value
    raise QueryError(
        "“{value}” names no meeting (at character {place}).",
        todo="Write scm:52, scm:50..57, scm:55.. or scm:52,57.",
        at=asked.at,
        value=value,
    )


def _kind(value: str, asked: Filter) -> Callable[[Facts], bool]:
    words = {kind.value: kind for kind in Kind} | _KINDS
    if kind := words.get(value.lower()):
        return lambda facts: facts.kind is kind
    raise QueryError(
        "“{value}” is no kind of document (at character {place}).",
        todo="Kinds are communique, article, press and other.",
        at=asked.at,
        value=value,
    )


def _language(value: str, asked: Filter) -> Callable[[Facts], bool]:
    if language := _LANGUAGES.get(value.lower()):
        return lambda facts: facts.language == language
    raise QueryError(
        "“{value}” is no language of a document (at character {place}).",
        todo="Write lang:ko or lang:en.",
        at=asked.at,
        value=value,
    )


_TESTS = {"scm": _meeting, "kind": _kind, "lang": _language}


class Let(NamedTuple):
    """What `theme:`, `tag:` and `note:` let through."""

    documents: frozenset[str]
    """The ids of the documents with any such paragraph."""
    holds: Callable[[Address], bool] | None
    """Whether a paragraph is one; None: all are."""


def paragraphs(filters: Iterable[Filter], labels: Labels | None, documents: frozenset[str]) -> Let:
    """What `theme:`, `tag:` and `note:` let through of these documents."""
    tests = [
        ([_marked(asked, value, labels) for value in asked.values], asked.negative)
        for asked in filters
        if asked.field not in _TESTS
    ]
    if not tests:
        return Let(documents, None)
    for marked, negative in tests:
        if not negative:
            documents &= set(chain.from_iterable(it.documents for it in marked))
    return Let(
        documents,
        lambda address: all(
            any(address in it for it in marked) != negative for marked, negative in tests
        ),
    )


def _marked(asked: Filter, value: str, labels: Labels | None) -> Paragraphs:
    if labels is None:
        raise QueryError(
            "“{field}:” cannot be asked here (at character {place}).",
            at=asked.at,
            field=asked.field,
        )
    if asked.field == "tag":
        return labels.tagged(value)
    if asked.field == "note":
        return labels.noted(value)
    return labels.themed.touching(_theme(asked, value, labels.themed.themes).id)


def _theme(asked: Filter, value: str, themes: Sequence[Theme]) -> Theme:
    """The theme that the program's own matcher finds by id or name, in either language."""
    named = [(theme, name) for theme in themes for name in (theme.id, theme.name.ko, theme.name.en)]
    if found := pick(value, [name for _, name in named], limit=1):
        return named[found[0].place][0]
    raise QueryError(
        "There is no theme “{value}” (at character {place}).", at=asked.at, value=value
    )
