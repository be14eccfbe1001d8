from __future__ import annotations

import asyncio
from itertools import pairwise
from threading import Event
from typing import TYPE_CHECKING

import pytest

from scmtui.library import Library, indexing, searching
from scmtui.library.filling import Filling
from scmtui.settings import paths
from scmtui.shelf import Shelf
from scmtui.tui import search as search_screen
from scmtui.tui.dialogs import TextField
from scmtui.tui.reading import ReadingScreen
from scmtui.tui.search import SearchScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from scmtui.model import Document
    from tests.tui.conftest import Reader

    Opener = Callable[..., AbstractAsyncContextManager[Reader]]


def at(reader: Reader) -> str:
    found = reader.app.screen_stack[0]
    assert isinstance(found, ReadingScreen)
    return str(found.address)


def hits(reader: Reader) -> list[str]:
    screen = reader.app.screen
    assert isinstance(screen, SearchScreen)
    return [str(hit.address) for hit in screen.hit_list.hits]


async def test_hits_are_there_with_the_letter_that_was_typed(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("s")
        await reader.type("전작")
        assert {"52:11.1", "52:12.1", "57-article:2.1"} <= set(hits(reader))
        assert "52:11.1" in reader.screen


async def test_a_search_in_the_document_finds_nothing_elsewhere(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("slash")
        await reader.type("확장억제")
        assert hits(reader) == ["52:6.1"]
        await reader.press("enter")
        assert at(reader) == "52:6.1"


async def test_enter_jumps_n_and_p_walk_and_the_place_before_comes_back(reading: Opener) -> None:
    async with reading("52:9") as reader:
        await reader.press("s")
        await reader.type("미사일")
        found = hits(reader)
        await reader.press("down", "enter")
        assert at(reader) in {found[1], found[1] + ".1"}
        await reader.press("p")
        assert at(reader).startswith(found[0])
        await reader.press("p")
        assert "last hit" in reader.app.message
        await reader.press("n", "n")
        assert at(reader).startswith(found[2])
        await reader.press("ctrl+o", "ctrl+o", "ctrl+o", "ctrl+o")
        assert at(reader) == "52:9.1"


async def test_what_was_found_is_marked_until_esc(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("escape", "slash")
        await reader.type("판문점")
        await reader.press("enter")
        screen = reader.app.screen
        assert isinstance(screen, ReadingScreen)
        assert screen.found
        await reader.press("escape")
        assert screen.found is None


async def test_a_query_that_is_wrong_keeps_the_last_good_list(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("s")
        await reader.type("핵 ")
        before = hits(reader)
        assert before
        reader.app.screen.query_one(TextField).value = "핵 scm:x"
        await reader.rest()
        assert hits(reader) == before
        assert reader.lines[1].strip()
        assert "passage" not in reader.lines[1]


async def test_nothing_found_says_where_it_was_searched(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("s")
        await reader.type("김치찌개")
        assert hits(reader) == []
        assert "all documents" in reader.lines[1]
        await reader.press("enter")
        assert isinstance(reader.app.screen, SearchScreen)


async def test_earlier_queries_come_back(reading: Opener) -> None:
    async with reading("52") as reader:
        for query in ("사드", "북한"):
            await reader.press("s")
            await reader.type(query)
            await reader.press("enter")
        await reader.press("s", "ctrl+up")
        assert reader.lines[0].strip() == "북한"
        await reader.press("ctrl+up")
        assert reader.lines[0].strip() == "사드"
        await reader.press("ctrl+down", "ctrl+down")
        assert "북한" not in reader.lines[0]


async def test_tab_keeps_the_list_open_and_its_keys_work_in_hangul_mode(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("s")
        await reader.type("북한")
        await reader.press("tab", "ㅓ")
        screen = reader.app.screen
        assert isinstance(screen, SearchScreen)
        assert screen.hit_list.cursor == 1
        assert screen.field.value == "북한"
        await reader.press("escape", "escape")
        assert isinstance(reader.app.screen, ReadingScreen)


async def test_the_reading_is_said(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("s")
        await reader.type("wjswkrrnjs")
        assert "전작권" in reader.lines[1]


async def test_walking_hits_without_a_search_says_how_to_search(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("n")
        assert "Search first" in reader.app.message


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (45, 14)])
async def test_the_preview_shows_the_words_found(reading: Opener, size: tuple[int, int]) -> None:
    async with reading("52", size=size) as reader:
        await reader.press("s")
        await reader.type("평가·점검해")
        preview = "".join(reader.lines[size[1] // 2 :])
        assert "평가·점검해" in "".join(preview.split())


@pytest.fixture
def large(
    make_document: Callable[..., Document], monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Shelf]:
    """`large()`: a shelf of the reader's library that is too large to be searched in memory."""
    monkeypatch.setattr(searching, "MOST_IN_MEMORY", 40)
    monkeypatch.setattr(indexing, "SLICE", 30)
    monkeypatch.setattr(search_screen, "EVERY", 0.02)
    library = Library(paths().data)
    for number in range(6):
        library.add(make_document(20, f"x-{number}"), b"%d" % number)
    library.close()
    return lambda: Shelf(added=Library(paths().data))


async def until(reader: Reader, holds: Callable[[], bool]) -> None:
    for _turn in range(1000):
        if holds():
            return
        await asyncio.sleep(0.01)
        await reader.rest()
    raise AssertionError(reader.screen)


async def test_what_is_indexed_in_the_background_is_found_under_the_readers_eyes(
    reading: Opener, large: Callable[[], Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Event()
    rest = Filling._rest
    monkeypatch.setattr(Filling, "_rest", lambda self: (gate.wait(20), rest(self)))
    async with reading("52", shelf=large()) as reader:
        await reader.press("s")
        await reader.type("양 장관")
        assert "searched 0 of 149 paragraphs · nothing so far" in reader.lines[1]
        assert hits(reader) == []
        gate.set()
        await until(reader, lambda: "searched" not in reader.lines[1])
        assert "passages in" in reader.lines[1]
        assert len({address.split(":")[0] for address in hits(reader)}) > 6


async def test_the_cursor_stays_on_its_hit_while_others_come(reading: Opener) -> None:
    async with reading("52", size=(80, 24)) as reader:
        await reader.press("s")
        await reader.type("양 장관")
        await reader.press("down", "down")
        screen = reader.app.screen
        assert isinstance(screen, SearchScreen)
        found = screen.hit_list.hits
        address = found[2].address
        (line,) = (at for at, text in enumerate(reader.lines) if text.startswith(f"▌ {address} "))
        screen.hit_list.grow((*found[-5:], *found[:-5]))
        await reader.rest()
        assert screen.hit_list.cursor == 7
        assert reader.lines[line].startswith(f"▌ {address} ")
        assert screen.preview.hit is found[2]
        screen.hit_list.grow(found[-2:])
        assert screen.hit_list.cursor == 1


async def test_what_is_wrong_with_the_index_is_said_once(
    reading: Opener, large: Callable[[], Shelf]
) -> None:
    paths().cache.parent.mkdir(parents=True, exist_ok=True)
    paths().cache.write_text("no folder")
    async with reading("52", shelf=large()) as reader:
        await reader.press("s")
        assert "cannot be used" in reader.app.message
        await until(reader, lambda: "searched" not in reader.lines[1])
        await reader.type("장관")
        assert "cannot be used" not in reader.app.message
        assert any(address.startswith("x-") for address in hits(reader))


async def test_a_hit_that_is_not_official_says_so_on_any_screen(reading: Opener) -> None:
    async with reading("52", size=(60, 20)) as reader:
        await reader.press("s")
        await reader.type("확장억제")
        screen = reader.app.screen
        assert isinstance(screen, SearchScreen)
        assert "* not official" in reader.lines[1]
        for index, hit in enumerate(screen.hit_list.hits):
            row = "".join(text for text, _style in screen.hit_list.pieces(index))
            assert row.startswith(
                f"*{hit.address}" if not hit.facts.official else f" {hit.address}"
            )
            screen.hit_list.cursor = index
            assert ("not official" in screen.preview.render_line(0).text) != hit.facts.official
        assert "esc close" in reader.lines[-1]
        screen.field.value = "방위비"
        await reader.rest()
        assert all(hit.facts.official for hit in screen.hit_list.hits)
        assert "not official" not in reader.screen


async def test_which_hit_it_is_and_in_which_document_is_told(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("s")
        await reader.type("전작권")
        screen = reader.app.screen
        assert isinstance(screen, SearchScreen)
        found = screen.hit_list.hits
        await reader.press("enter")
        assert f"Hit 1 of {len(found)} " in reader.app.message
        for number, (before, hit) in enumerate(pairwise(found), 2):
            await reader.press("n")
            assert f"Hit {number} of {len(found)} " in reader.screen
            other = before.address.document != hit.address.document
            assert (hit.facts.title in reader.app.message) == other
