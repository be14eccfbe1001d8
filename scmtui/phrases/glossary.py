"""Names and abbreviations in the documents: what stands for what, since when, how spelled."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from scmtui.phrases.series import oldest
from scmtui.search.names import key, pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scmtui.model import Address, Facts
    from scmtui.phrases.texts import Texts
    from scmtui.search.passages import Passage

_SHORT = re.compile(r"(?<![A-Za-z0-9&.-])[A-Z][A-Za-z]?(?:[A-Z&/-]*[A-Z])(?![A-Za-z0-9])")


@dataclass(frozen=True)
class Spelling:
    """One way to write a name, where it first stands, and in how many places."""

    text: str
    first: Address
    count: int


@dataclass(frozen=True)
class Entry:
    """What an abbreviation stands for in the documents."""

    short: str
    spellings: tuple[Spelling, ...]
    """The names it is given for, the first one first; none when it is never explained."""
    first: Address
    """Where it first stands, in the order of meetings."""
    facts: Facts
    """What is known of that document."""
    count: int
    """In how many parts it stands."""
    known: tuple[str, ...] = ()
    """Other names of the same thing that the program knows."""

    @property
    def name(self) -> str:
        """The name it was first given for, or what the program knows it as."""
        if self.spellings:
            return self.spellings[0].text
        return next(iter(self.known), "")


class _Seen(NamedTuple):
    address: Address
    facts: Facts


def glossary(texts: Texts, language: str = "") -> tuple[Entry, ...]:
    """The names of all documents, or of those in a language, by their abbreviations."""
    shorts: dict[str, list[_Seen]] = {}
    written: dict[str, Counter[str]] = {}
    names: dict[str, dict[str, list[Address]]] = {}
    for passage in _passages(texts, language):
        for part, text in enumerate(passage.texts):
            seen = _Seen(passage.part(part), passage.facts)
            for name, short in pairs(text):
                names.setdefault(key(short), {}).setdefault(name, []).append(seen.address)
            for short in dict.fromkeys(_shorts(text)):
                shorts.setdefault(key(short), []).append(seen)
                written.setdefault(key(short), Counter())[short] += 1
    return tuple(
        sorted(
            (_entry(it, shorts[it], written[it], names.get(it, {}), texts) for it in shorts),
            key=lambda entry: entry.short.casefold(),
        )
    )


def look_up(word: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of which this is the abbreviation or one of the names."""
    asked = key(word)
    return tuple(
        entry
        for entry in entries
        if asked
        in {key(it) for it in (entry.short, *(name.text for name in entry.spellings), *entry.known)}
    )


def _passages(texts: Texts, language: str) -> list[Passage]:
    """All passages, the oldest meeting first."""
    ids = frozenset(it.id for it in texts.documents if language in ("", it.language))
    return sorted(texts.store.passages([], ids), key=lambda passage: oldest(passage.facts))


def _shorts(text: str) -> Iterator[str]:
    """The abbreviations in a text: those that a name is given for, and other runs of capitals."""
    for _, short in pairs(text):
        yield short
    yield from _SHORT.findall(text)


def _entry(
    of: str, seen: list[_Seen], written: Counter[str], names: dict[str, list[Address]], texts: Texts
) -> Entry:
    short = written.most_common(1)[0][0]
    spellings = tuple(Spelling(name, at[0], len(at)) for name, at in names.items())
    taken = {of, *(key(it.text) for it in spellings)}
    known = tuple(
        it.name for it in texts.names.of(short) if not it.related and key(it.name) not in taken
    )
    return Entry(short, spellings, seen[0].address, seen[0].facts, len(seen), known)
