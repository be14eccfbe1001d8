"""The pane of the meetings: what tells one document from another, and where the cursor stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scmtui.library import Library
from scmtui.model import Document, Kind
from scmtui.settings import paths
from scmtui.tui.meetings import MeetingList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractAsyncContextManager

    from tests.tui.conftest import Reader

    Opener = Callable[..., AbstractAsyncContextManager[Reader]]


@pytest.fixture
def library() -> Iterator[Library]:
    """The library that the screens open, from another session."""
    library = Library(paths().data)
    yield library
    library.close()


@pytest.fixture
def other(bundled: dict[str, Document]) -> Callable[..., Document]:
    """`other(**facts)`: the 52nd communiqué from another file, with other facts."""

    def make(**facts: object) -> Document:
        own = bundled["52"]
        source = replace(own.facts.provenance, file="other.txt", sha256="2" * 64)
        return replace(own, facts=replace(own.facts, provenance=source, **facts))  # type: ignore[arg-type]

    return make


def listed(reader: Reader) -> list[str]:
    """The rows of the pane as text."""
    pane = reader.app.screen.query_one(MeetingList)
    rows = ("".join(text for text, _style in pane.pieces(n)) for n in range(pane.count))
    return [" ".join(row.split()) for row in rows]


async def test_day_and_place_are_those_of_the_document(
    reading: Opener, library: Library, other: Callable[..., Document]
) -> None:
    library.add(other(id="53", meeting=53), b"one")  # held in Seoul, says the catalogue
    async with reading("52") as reader:
        assert listed(reader)[1:] == [
            "53 2020-10-14 워싱턴 official",
            "52 2020-10-14 Washington official",
        ]


async def test_copies_and_documents_without_a_meeting_are_told_apart(
    reading: Opener, library: Library, other: Callable[..., Document]
) -> None:
    copy = other(official=False)
    library.add(copy, b"one")
    source = replace(copy.facts.provenance, sha256="3" * 64)
    library.add(replace(copy, facts=replace(copy.facts, provenance=source)), b"two")
    library.add(other(id="x-a", meeting=None, kind=Kind.OTHER, title="확장억제 회람"), b"three")
    async with reading("52") as reader:
        assert listed(reader)[1:] == [
            "52 2020-10-14 Washington official",
            "52-2 unofficial",
            "52-3 unofficial",
            "· 확장억제 회람 other",
        ]


async def test_the_cursor_stays_at_the_open_document(
    reading: Opener, library: Library, other: Callable[..., Document]
) -> None:
    async with reading("52") as reader:
        pane = reader.app.screen.query_one(MeetingList)
        assert listed(reader)[pane.cursor].startswith("52")
        library.add(other(id="54", meeting=54), b"one")
        await reader.press("j")
        assert [row.split()[0] for row in listed(reader)] == ["57", "54", "52"]
        assert listed(reader)[pane.cursor].startswith("52")
        pane.focus()
        await reader.press("k")
        assert listed(reader)[pane.cursor].startswith("54")
        library.remove("54")
        await reader.press("j")
        assert listed(reader)[pane.cursor].startswith("52")
