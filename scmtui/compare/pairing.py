"""Two documents → a comparison: what the reader has said, what is the same, what is alike."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from scmtui import corpus
from scmtui.compare.align import Group, align
from scmtui.compare.comparison import Comparison
from scmtui.compare.likeness import Likeness, Side
from scmtui.compare.order import placed
from scmtui.compare.reasons import shared
from scmtui.compare.rows import Reason, Row
from scmtui.compare.words import plain
from scmtui.model import Address, Part

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from scmtui.compare.likeness import Places
    from scmtui.compare.order import Placed
    from scmtui.compare.rows import Kind, Pin, Tell
    from scmtui.model import Document
    from scmtui.themes import Taxonomy

    Sides = tuple[Side, Side]
    Pair = tuple[int, int]
    Known = dict[Group, tuple[Reason, ...]]
    """What belongs together, and why if not for its likeness."""


def compare(
    base: Document,
    other: Document,
    taxonomy: Taxonomy,
    pins: Iterable[Pin] = (),
    tell: Tell | None = None,
) -> Comparison:
    """Two documents in rows. What the reader has pinned or broken stands, the rest settles around.

    Two language versions of one text are aligned by their numbers. A pin may name the documents the
    other way round; of contradicting ones the last counts. Nothing joins what is pinned. `tell` is
    told how far this is, which takes seconds where there are thousands of paragraphs.
    """
    sides = Side(base, taxonomy), Side(other, taxonomy)
    said = _said(sides, pins)
    apart = frozenset(pair for pair, together in said.items() if not together)
    pinned = _connected(pair for pair, together in said.items() if together)
    if _are_versions(base, other):
        known: Known = dict.fromkeys(pinned, (Reason("pinned"),))
        numbered = _by_number(sides, _left_over(sides, pinned), apart)
        known |= dict.fromkeys(numbered, (Reason("number"),))
        return _comparison(sides, taxonomy, known)
    same = _same(sides, _left_over(sides, pinned), apart)
    known = dict.fromkeys(same, (Reason("same"),))
    free = _left_over(sides, [*pinned, *same])
    if not pinned and not all(free):
        return _comparison(sides, taxonomy, known)
    likeness = Likeness(sides)
    for group in pinned:
        score = likeness.score(group.left, group.right)
        known[group._replace(score=score)] = (Reason("pinned"),)
    known |= dict.fromkeys(align(likeness, free, apart, tell), ())
    likeness.forget()
    return _comparison(sides, taxonomy, known, likeness)


def beside(
    base: Document, left: Address, other: Document, right: Address, taxonomy: Taxonomy
) -> Comparison:
    """Two passages set against one another: paragraphs, parts or sentences.

    Raises NotFoundError when a document has nothing at its address.
    """
    sides = Side(_cut(base, left), taxonomy), Side(_cut(other, right), taxonomy)
    one, two = (
        (side.numbers[address.paragraph or 0],)
        for side, address in zip(sides, (left, right), strict=True)
    )
    likeness = Likeness(sides)
    group = Group(one, two, likeness.score(one, two))
    why = partial(_why, likeness, group, ())
    row = Row("pair", (left,), (right,), group.score, why=why)
    return Comparison(base, other, (row,), taxonomy)


def _cut(document: Document, address: Address) -> Document:
    """The document with nothing in the paragraph of an address but what stands at it."""
    text = corpus.passage(document, address)
    paragraphs = (
        replace(it, heading="", parts=(Part(text, it.start, it.end),))
        if it.number == address.paragraph
        else it
        for it in document.paragraphs
    )
    return replace(document, paragraphs=tuple(paragraphs))


def _said(sides: Sides, pins: Iterable[Pin]) -> dict[Pair, bool]:
    """What the reader has said of the paragraphs at which places; nothing of what is not there."""
    documents = [side.document.id for side in sides]
    said: dict[Pair, bool] = {}
    for left, right, together in pins:
        ends = [left, right]
        if [end.document for end in ends] != documents:
            ends.reverse()
        if [end.document for end in ends] == documents:
            one, two = (
                None if end.paragraph is None else side.numbers.get(end.paragraph)
                for side, end in zip(sides, ends, strict=True)
            )
            if one is not None and two is not None:
                said[one, two] = together
    return said


def _connected(pairs: Iterable[Pair]) -> list[Group]:
    """What the reader has put together: paragraphs pinned to the same one are one row."""
    groups: list[tuple[set[int], set[int]]] = []
    for left, right in pairs:
        touching = [it for it in groups if left in it[0] or right in it[1]]
        groups = [it for it in groups if it not in touching]
        lefts = {left}.union(*(it[0] for it in touching))
        rights = {right}.union(*(it[1] for it in touching))
        groups.append((lefts, rights))
    return [Group(tuple(sorted(lefts)), tuple(sorted(rights)), 1.0) for lefts, rights in groups]


def _left_over(sides: Sides, groups: Iterable[Group]) -> tuple[Places, Places]:
    """The paragraphs of either side that are in none of the groups."""
    taken: tuple[set[int], set[int]] = (set(), set())
    for group in groups:
        taken[0].update(group.left)
        taken[1].update(group.right)
    lefts, rights = (
        [place for place in range(len(side.texts)) if place not in known]
        for side, known in zip(sides, taken, strict=True)
    )
    return lefts, rights


def _are_versions(base: Document, other: Document) -> bool:
    """Whether the two are one text in two languages."""
    one, two = base.facts, other.facts
    same = one.meeting is not None and (one.meeting, one.kind) == (two.meeting, two.kind)
    return same and one.language != two.language


def _by_number(sides: Sides, free: tuple[Places, Places], apart: AbstractSet[Pair]) -> list[Group]:
    """The paragraphs that bear the same number."""
    left, right = (
        {side.document.paragraphs[place].number: place for place in places}
        for side, places in zip(sides, free, strict=True)
    )
    pairs = ((place, right[number]) for number, place in left.items() if number in right)
    return [Group((one,), (two,), 1.0) for one, two in pairs if (one, two) not in apart]


def _same(sides: Sides, free: tuple[Places, Places], apart: AbstractSet[Pair]) -> list[Group]:
    """The paragraphs that are the same but for blanks and marks: in order, then in any order."""
    from rapidfuzz.distance import Indel

    lefts, rights = free
    one, two = (
        [plain(side.texts[place]) for place in places]
        for side, places in zip(sides, free, strict=True)
    )
    pairs = {
        left: right
        for op in Indel.opcodes(one, two)
        if op.tag == "equal"
        for left, right in zip(
            lefts[op.src_start : op.src_end], rights[op.dest_start : op.dest_end], strict=True
        )
        if (left, right) not in apart
    }
    taken = frozenset(pairs.values())
    where: dict[str, list[int]] = {}
    for right, text in zip(rights, two, strict=True):
        if text and right not in taken:
            where.setdefault(text, []).append(right)
    for left, text in zip(lefts, one, strict=True):
        if left not in pairs:
            there = where.get(text, [])
            match = next((right for right in there if (left, right) not in apart), None)
            if match is not None:
                there.remove(match)
                pairs[left] = match
    return [Group((left,), (right,), 1.0) for left, right in pairs.items()]


def _comparison(
    sides: Sides, taxonomy: Taxonomy, known: Known, likeness: Likeness | None = None
) -> Comparison:
    """The comparison that groups make, with all that is in none of them."""
    rows = []
    lengths = [len(text) for text in sides[0].texts], [len(text) for text in sides[1].texts]
    groups = {(group.left, group.right): group for group in known}
    for it in placed(list(known), lengths):
        left, right = (
            tuple(Address(side.document.id, side.document.paragraphs[at].number) for at in places)
            for side, places in zip(sides, (it.left, it.right), strict=True)
        )
        if group := groups.get((it.left, it.right)):
            why = partial(_why, likeness, group, known[group])
            rows.append(Row(_kind(it), left, right, group.score, it.moved, why))
        else:
            rows.append(Row(_kind(it), left, right))
    return Comparison(sides[0].document, sides[1].document, tuple(rows), taxonomy)


def _why(
    likeness: Likeness | None, group: Group, reasons: tuple[Reason, ...]
) -> tuple[Reason, ...]:
    if likeness is None or any(reason.kind == "same" for reason in reasons):
        return reasons
    return (*reasons, *shared(likeness, group.left, group.right))


def _kind(places: Placed) -> Kind:
    if not places.left or not places.right:
        return "left" if places.left else "right"
    if len(places.left) == len(places.right) == 1:
        return "moved" if places.moved else "pair"
    return "split" if len(places.left) <= len(places.right) else "merged"
