"""Nothing that stands in a document, a file name or a query acts on the terminal or the app."""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scmtui.library import Library
from scmtui.model import Address, Document, NotFoundError, Part, Remark
from scmtui.positions import position
from scmtui.settings import Settings, paths
from scmtui.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractAsyncContextManager

    from tests.tui.conftest import Reader

    Opener = Callable[..., AbstractAsyncContextManager[Reader]]

MARKUP = "[/] [SCM] [@click=app.quit]x[/] [bold]가[/bold] \\[y] $z"
POISON = (
    "\x1b]52;c;aGk=\x07\x1b]0;title\x07\x1b[2J\x9b31m\x07\x08\x00\u202e\u200b\u2066"
    + MARKUP
    + "한미"
)


class PoisonedShelf(Shelf):
    """A document whose every word came from an enemy who got past the reader of the file."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        paragraphs = tuple(
            replace(paragraph, heading=POISON, parts=(Part(POISON + part.text, 0, 9),))
            for paragraph in document.paragraphs
            for part in paragraph.parts[:1]
        )
        provenance = replace(document.facts.provenance, file=POISON, origin=POISON, rights=POISON)
        facts = replace(document.facts, title=POISON, place=POISON, provenance=provenance)
        remark = Remark("join", POISON)
        self._document = replace(
            document, facts=facts, paragraphs=paragraphs, doubts=(remark,), dropped=(remark,)
        )

    def facts(self) -> tuple[()]:
        return (self._document.facts,)  # type: ignore[return-value]

    @contextmanager
    def apart(self) -> Iterator[Shelf]:
        yield self

    def document(self, id: str) -> Document:  # noqa: A002
        if id != self._document.id:
            raise NotFoundError("{id}", id=id)
        return self._document


WALK = {
    "reading": [],
    "meetings": ["h"],
    "all meetings": ["h", "f"],
    "themes": ["l"],
    "a theme": ["l", "enter", "escape", "f"],
    "facts": ["i"],
    "help": ["question_mark"],
    "palette": ["ctrl+p"],
    "palette, narrowed": ["ctrl+p", "O", "p", "e", "n"],
    "search": ["s", "한", "미"],
    "search, walked": ["s", "한", "미", "down", "enter", "n"],
    "a message": ["colon", "[", "/", "]", "enter"],
    "a mark": ["m", "a", "'", "a"],
    "a wrong key": ["g", "["],
    "a selection": ["v", "v", "v", "l", "l"],
    "phrases to choose": ["asterisk"],
    "a phrase": ["asterisk", *"한미", "enter"],
    "a phrase, unfolded": ["asterisk", *"한미", "enter", "l", "j", "j"],
    "a phrase with markup": ["asterisk", *"[/]x", "enter"],
    "a concordance": ["asterisk", *"한미", "enter", "tab", "j"],
    "a series": ["asterisk", *"한미", "enter", "tab", "tab"],
    "what is new": ["asterisk", *"한미", "enter", "tab", "tab", "d"],
    "a glossary": ["g", "k"],
}


@pytest.mark.parametrize("keys", WALK.values(), ids=WALK)
@pytest.mark.parametrize("width", [1, 2])
async def test_no_screen_lets_anything_through(
    reading: Opener, make_document: Callable[..., Document], keys: list[str], width: int
) -> None:
    settings = Settings(ambiguous_width=width)  # type: ignore[arg-type]
    shelf = PoisonedShelf(make_document(5))
    async with reading("99", settings=settings, shelf=shelf) as reader:
        await reader.press(*keys)
        bad = {c for line in reader.lines for c in line if unicodedata.category(c)[0] == "C"}
        assert not bad
        if keys in ([], ["i"], ["h"]):
            assert "[@click=app.quit]" in reader.screen
        assert reader.app.is_running


BESIDE = {
    "beneath the text": [],
    "unfolded": ["z"],
    "in the editor": ["e"],
    "among the tags": ["t"],
    "in the list": ["g", "n"],
    "in the list, found": ["g", "n", "slash", "한", "미"],
    "taken back": ["g", "n", "d", "u"],
    "set again": ["t", "enter", "u"],
}


@pytest.mark.parametrize("keys", BESIDE.values(), ids=BESIDE)
@pytest.mark.parametrize("width", [1, 2])
async def test_nothing_that_was_written_beside_a_text_acts_on_the_terminal(
    reading: Opener, make_document: Callable[..., Document], keys: list[str], width: int
) -> None:
    shelf = PoisonedShelf(make_document(5))
    at = position(shelf.document("99"), Address("99", 1, 1))
    library = Library(paths().data)
    library.notes.add(at, f"# {POISON}\n- **{POISON}**\n{POISON}")
    library.tags.add(at, POISON)
    library.set_mark("a", at)
    library.close()
    settings = Settings(ambiguous_width=width)  # type: ignore[arg-type]
    async with reading("99", settings=settings, shelf=shelf) as reader:
        await reader.press(*keys)
        bad = {c for line in reader.lines for c in line if unicodedata.category(c)[0] == "C"}
        assert not bad
        assert "[@click=app.quit]" in reader.screen
        assert reader.app.is_running
