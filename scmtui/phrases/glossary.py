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

_SHORT = re.compile(r"(?<![A-Za-z0-9&.-])[A-Z][A-Za-z]?(?:[A-Z&/-]*[A-Z])(?![A-Za-z0-9])")
_INNER_BLANK = re.compile(r"(?<=\() +| +(?=\))")


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


class _Part(NamedTuple):
    """The text of a part, without blanks inside its brackets."""

    address: Address
    facts: Facts
    text: str


def glossary(texts: Texts, language: str = "") -> tuple[Entry, ...]:
    """The names of all documents, or of those in a language, by their abbreviations."""
    parts = list(_parts(texts, language))
    names: dict[str, dict[str, list[Address]]] = {}
    shorts: dict[str, Counter[str]] = {}
    seen: dict[str, list[_Part]] = {}
    for part in parts:
        there: dict[str, None] = {}
        for name, short in pairs(part.text):
            whole = _whole(part.text, name, short, texts)
            names.setdefault(key(short), {}).setdefault(whole, []).append(part.address)
            there[short] = None
        for short in there | dict.fromkeys(_SHORT.findall(part.text)):
            shorts.setdefault(key(short), Counter())[short] += 1
            seen.setdefault(key(short), []).append(part)
    for of, written in shorts.items():
        if not _SHORT.fullmatch(short := written.most_common(1)[0][0]):
            seen[of] = [part for part in parts if short in part.text]
    entries = (_entry(it, seen[it], shorts[it], names.get(it, {}), texts) for it in shorts)
    return tuple(sorted(entries, key=lambda entry: entry.short.casefold()))


def look_up(word: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of which this is the abbreviation or one of the names."""
    asked = key(word)
    return tuple(
        entry
        for entry in entries
        if asked
        in {key(it) for it in (entry.short, *(name.text for name in entry.spellings), *entry.known)}
    )


def _parts(texts: Texts, language: str) -> Iterator[_Part]:
    """All headings and parts, those of the oldest meeting first."""
    ids = frozenset(it.id for it in texts.documents if language in ("", it.language))
    passages = texts.store.passages([], ids)
    for passage in sorted(passages, key=lambda passage: oldest(passage.facts)):
        for part, text in enumerate(passage.texts):
            if text:
                yield _Part(passage.part(part), passage.facts, _INNER_BLANK.sub("", text))


def _whole(text: str, name: str, short: str, texts: Texts) -> str:
    """The name before its abbreviation, as far back as it is known to reach: 한미일 안보회의."""
    before = text[: text.find(f"({short})")].rstrip()
    whole = name
    for it in texts.names.of(short):
        if not it.related and key(it.name).endswith(key(name)):
            written = _last(before, sum(map(str.isalnum, it.name)))
            if key(written) == key(it.name) and len(written) > len(whole):
                whole = written
    return whole


def _last(text: str, letters: int) -> str:
    """The end of a text with so many letters."""
    start = len(text)
    while start and letters:
        start -= 1
        letters -= text[start].isalnum()
    return text[start:]


def _entry(
    of: str, seen: list[_Part], written: Counter[str], names: dict[str, list[Address]], texts: Texts
) -> Entry:
    short = written.most_common(1)[0][0]
    spellings = tuple(Spelling(name, at[0], len(at)) for name, at in names.items())
    taken = {of, *(key(it.text) for it in spellings)}
    known = tuple(
        it.name for it in texts.names.of(short) if not it.related and key(it.name) not in taken
    )
    return Entry(short, spellings, seen[0].address, seen[0].facts, len(seen), known)
