"""A phrase through all documents: present, near or absent in each, and what became of it."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scmtui import corpus
from scmtui.model import Address, Kind, UsageError
from scmtui.phrases.course import summary
from scmtui.phrases.nearest import closest
from scmtui.phrases.readings import Readings, read
from scmtui.phrases.rows import Beside, History, Near, Occurrence, Place, Related, Row
from scmtui.phrases.rules import RULES
from scmtui.phrases.texts import uncollected
from scmtui.text import clean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from scmtui.model import Facts
    from scmtui.phrases.course import State, Summary
    from scmtui.phrases.nearest import Close
    from scmtui.phrases.texts import Texts
    from scmtui.phrases.wordings import Found, Wording
    from scmtui.search.passages import Passage, Piece

    Span = tuple[int, int]
    _Matches = dict[int, tuple[Passage, list[tuple[int, list[Found]]]]]

LONGEST = 200
"""Characters of a phrase, at most."""


def history(
    phrase: str,
    texts: Texts,
    rules: AbstractSet[str] = RULES,
    *,
    documents: Collection[str] | None = None,
) -> History:
    """The history of a phrase in `texts`, or in those with these ids.

    `rules` are those of `rules.RULES` that are on. Raises UsageError for a phrase without words.
    """
    return _Search(_clean(phrase), texts, frozenset(rules), documents).history()


def _clean(phrase: str) -> str:
    cleaned = " ".join(clean(phrase).text.split())
    if not re.search(r"\w", cleaned):
        raise UsageError("The phrase has no words.", todo="Write it as it stands in a text.")
    if len(cleaned) > LONGEST:
        raise UsageError("A phrase has at most {most} characters.", most=LONGEST)
    return cleaned


class _Numbered(NamedTuple):
    """A wording and the number of its sort."""

    sort: int
    wording: Wording


class _Search:
    """One phrase on its way through the texts."""

    def __init__(
        self,
        phrase: str,
        texts: Texts,
        rules: frozenset[str],
        documents: Collection[str] | None,
    ) -> None:
        self._texts = texts
        self._rules = rules
        self._read: Readings = read(phrase, texts, rules)
        known = sorted(
            (it for it in texts.documents if documents is None or it.id in documents), key=_oldest
        )
        ids = {it.id for it in known}
        self._copies = tuple(it for it in texts.copies if {it.facts.id, it.of} <= ids)
        known = [it for it in known if all(it.id != copy.facts.id for copy in self._copies)]
        self._language = self._read.language(known)
        languages = self._read.languages | {self._language}
        self._searched = tuple(it for it in known if it.language in languages)
        self._others = tuple(it for it in known if it.language not in languages)
        self._ids = frozenset(it.id for it in self._searched)

    def history(self) -> History:
        """Everything that is found, and what was looked for."""
        with uncollected():
            return self._history()

    def _history(self) -> History:
        everywhere, related = self._found([self._read.wordings, self._read.related], self._ids)
        places, inside = _by_document(everywhere, False), _by_document(everywhere, True)
        absent = frozenset(it.id for it in self._searched if it.language == self._language)
        absent -= {*places, *inside}
        (longer,) = self._found([self._read.longer], absent)
        others = [*related, *longer]
        near, complete = closest(self._read.phrase, self._texts, absent, _taken(others))
        rows = tuple(
            self._row(facts, places.get(facts.id, ()), inside.get(facts.id, ()), near)
            for facts in self._searched
        )
        rows = _joined(rows, self._texts)
        return History(
            self._read.phrase,
            self._language,
            self._rules,
            self._read.names,
            self._searched,
            rows,
            tuple(
                Related(place.occurrences[0].name, passage.facts, place)
                for passage, those in sorted(related, key=lambda it: _oldest(it[0].facts))
                for place in _places(passage, those)
            ),
            tuple(wording.name for wording in self._read.related),
            tuple(self._summaries(rows)),
            self._others,
            self._read.asked,
            complete,
            self._copies,
            self._read.marks,
        )

    def _summaries(self, rows: Sequence[Row]) -> Iterator[Summary]:
        languages = dict.fromkeys((self._language, *(it.language for it in self._searched)))
        meetings = {it.number for it in corpus.meetings()}
        meetings |= {it.meeting for it in self._texts.documents if it.meeting is not None}
        for language in languages:
            yield summary(language, ((row.facts, row.state) for row in rows), meetings)

    def _found(
        self, sorts: Sequence[Sequence[Wording]], documents: frozenset[str]
    ) -> list[list[tuple[Passage, list[Found]]]]:
        """For each sort of wordings the passages with one of them, and where; none overlap.

        Each wording is asked for by itself, the store finds one faster than any of several; but
        one that contains another is looked for where that one stands.
        """
        found: list[_Matches] = [{} for _sort in sorts]
        numbered = [_Numbered(at, wording) for at, those in enumerate(sorts) for wording in those]
        for piece, those in _by_piece(numbered) if documents else ():
            for passage in self._texts.store.passages([[piece]], documents):
                for number, (sort, wording) in those:
                    if those[1:] and not wording.may_stand(passage, self._texts):
                        continue
                    look = wording.matches if sort else wording.everywhere
                    if matches := look(passage, self._texts):
                        known = found[sort].setdefault(id(passage), (passage, []))
                        known[1].append((number, matches))
        return [
            [
                (passage, _in_order(passage, those))
                for passage, those in sorted(of_sort.values(), key=lambda it: it[0].number)
            ]
            for of_sort in found
        ]

    def _row(
        self,
        facts: Facts,
        places: Sequence[Place],
        inside: Sequence[Place],
        near: dict[str, Close],
    ) -> Row:
        if places or inside:
            state: State = "present" if places else "inside"
            return Row(facts, state, tuple(places), inside=tuple(inside))
        close = near.get(facts.id)
        if close is None:
            return Row(facts, "absent")
        passage = close.passage
        part, start, end = _within(passage, close.start, close.end)
        whole = passage.texts[part]
        text = whole[start:end]
        at, likeness = passage.part(part), round(close.likeness, 3)
        near_ = Near(self._read.phrase, at, text, likeness, whole, start, end)
        return Row(facts, "near", (), near_)


def _oldest(facts: Facts) -> tuple[int, bool, str, str]:
    """The order of documents: by meeting, the official ones first; what has no meeting last."""
    meeting = facts.meeting if facts.meeting is not None else sys.maxsize
    return meeting, not facts.official, facts.kind.value, facts.id


def _by_piece(wordings: Sequence[_Numbered]) -> list[tuple[Piece, list[tuple[int, _Numbered]]]]:
    """The pieces to be asked for, with the wordings of which each is part, and their numbers."""
    groups: list[tuple[Piece, list[tuple[int, _Numbered]]]] = []
    for number, it in sorted(enumerate(wordings), key=lambda it: len(it[1].wording.letters)):
        for piece, those in groups:
            if piece.letters.replace(" ", "") in it.wording.letters:
                those.append((number, it))
                break
        else:
            groups.append((it.wording.piece, [(number, it)]))
    return groups


def _in_order(passage: Passage, matches: list[tuple[int, list[Found]]]) -> list[Found]:
    """What was found in a passage, each place once; of two that overlap, the one that counts."""
    if len(matches) == 1 and len(matches[0][1]) == 1:
        return matches[0][1]
    matches.sort(key=lambda it: it[0])
    found = [it for _number, those in matches for it in those]
    kept = _apart(passage, [it for it in found if not it.inside])
    if len(kept) < len(found):
        counted, last = tuple(kept), 0
        for it in sorted((it for it in found if it.inside), key=lambda it: (it.start, -it.end)):
            if it.start >= last and not any(
                it.start < other.end and other.start < it.end for other in counted
            ):
                last = it.end
                kept.append(it)
    return kept


def _apart(passage: Passage, matches: Iterable[Found]) -> list[Found]:
    """The matches in order, of overlapping ones the longest; a name explained in brackets is one.

    “전시작전통제권(전작권)” says the same thing once.
    """
    folded = passage.folded
    kept: list[Found] = []
    for it in sorted(matches, key=lambda it: (it.start, -it.end, it.alias)):
        before = kept[-1] if kept else None
        if before and it.start < before.end:
            continue
        if before and folded[before.end : it.start].strip() == "(" and folded[it.end :][:1] == ")":
            kept[-1] = before._replace(end=it.end + 1, alias=before.alias and it.alias)
        else:
            kept.append(it)
    return kept


def _within(passage: Passage, start: int, end: int) -> tuple[int, int, int]:
    """A span of the passage as the number of a part (0 is the heading) and a span of its text."""
    part = 0
    while start > len(passage.texts[part]):
        away = len(passage.texts[part]) + 1
        part, start, end = part + 1, start - away, end - away
    return part, start, end


def _by_document(
    found: Iterable[tuple[Passage, list[Found]]], inside: bool
) -> dict[str, list[Place]]:
    """The places of the phrase, or those inside longer words, by the ids of the documents."""
    places: dict[str, list[Place]] = {}
    for passage, those in found:
        if wanted := [it for it in those if bool(it.inside) == inside]:
            places.setdefault(passage.facts.id, []).extend(_places(passage, wanted))
    return places


def _places(passage: Passage, found: Iterable[Found]) -> list[Place]:
    """What was found in a passage, by its parts."""
    parts: dict[int, list[Occurrence]] = {}
    for it in found:
        part, start, end = _within(passage, it.start, it.end)
        parts.setdefault(part, []).append(Occurrence(start, end, it.inside or it.name, it.alias))
    return [
        Place(passage.part(part), passage.texts[part], tuple(those), passage.facts)
        for part, those in parts.items()
    ]


def _taken(found: Iterable[tuple[Passage, list[Found]]]) -> dict[int, list[Span]]:
    taken: dict[int, list[Span]] = {}
    for passage, those in found:
        taken.setdefault(id(passage), []).extend((it.start, it.end) for it in those)
    return taken


def _joined(rows: Sequence[Row], texts: Texts) -> tuple[Row, ...]:
    """The rows, those of communiqués beside the other language version where it is at hand."""
    copied = {copy.facts.id for copy in texts.copies}
    versions = {
        (it.meeting, it.language): it.id
        for it in texts.documents
        if it.official
        and it.kind is Kind.COMMUNIQUE
        and it.meeting is not None
        and it.id not in copied
    }
    wanted: dict[Address, Address] = {}
    for row in rows:
        meeting, language = row.facts.meeting, row.facts.language
        if meeting is None:
            continue
        other = versions.get((meeting, "en" if language == "ko" else "ko"))
        if other and versions.get((meeting, language)) == row.facts.id:
            wanted |= {at: Address(other, at.paragraph) for at in row.addresses}
    if not wanted:
        return tuple(rows)
    found = _texts_at(frozenset(wanted.values()), texts)
    return tuple(
        replace(
            row,
            beside=tuple(
                Beside(wanted[at], found[wanted[at]])
                for at in row.addresses
                if wanted.get(at) in found
            ),
        )
        for row in rows
    )


def _texts_at(addresses: frozenset[Address], texts: Texts) -> dict[Address, str]:
    """The text of each of these paragraphs that is there, its heading first."""
    numbers: dict[str, set[int | None]] = {}
    for at in addresses:
        numbers.setdefault(at.document, set()).add(at.paragraph)
    return {
        passage.address: "\n".join(filter(None, passage.texts))
        for passage in texts.store.passages([], frozenset(numbers))
        if passage.number in numbers[passage.facts.id]
    }
