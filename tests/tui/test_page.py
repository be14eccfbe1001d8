from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui.model import Address
from scmtui.tui.page import Page
from scmtui.tui.parts import Item, Row, index_of, items_of, nearest, rows_of
from scmtui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.model import Document


@pytest.fixture(scope="module")
def document(make_document: Callable[..., Document]) -> Document:
    return make_document(30)


def page_of(document: Document, cells: int = 40, height: int = 10) -> Page[Item, Row]:
    page = Page(rows_of)
    page.resize(cells, height)
    page.fill(items_of(document))
    return page


def all_places(page: Page[Item, Row]) -> list[tuple[int, int]]:
    return [(i, row) for i in range(len(page.items)) for row in range(len(page.rows_of(i)))]


@given(moves=st.lists(st.integers(-40, 40), max_size=20), height=st.integers(1, 30))
def test_what_is_in_sight_is_always_a_run_of_the_whole_text(
    document: Document, moves: list[int], height: int
) -> None:
    page = page_of(document, height=height)
    places = all_places(page)
    for rows in moves:
        at = places.index(page.top)
        page.scroll(rows)
        expected = max(0, min(at + rows, len(places) - height))
        assert places.index(page.top) == expected
        assert page.view == places[expected : expected + height]


@given(index=st.integers(0, 29), start=st.integers(0, 29), jump=st.booleans())
def test_a_revealed_item_is_seen_from_its_first_row(
    document: Document, index: int, start: int, jump: bool
) -> None:
    page = page_of(document)
    page.put(start)
    page.reveal(index, jump=jump)
    rows = len(page.rows_of(index)) - 1
    seen = [row for item, row in page.view if item == index]
    assert len(seen) >= min(rows, page.height)
    assert seen[0] == 0 or (page.top[0] == index and rows > page.height)


def test_an_item_comes_back_to_the_row_it_was_put_on(document: Document) -> None:
    page = page_of(document)
    for index, above in [(5, 3), (7, -1), (12, 0)]:
        page.put(index, above)
        assert page.above(index) == above


def test_a_place_given_before_the_size_is_known_is_kept(document: Document) -> None:
    page = Page(rows_of)
    page.fill(items_of(document))
    page.put(9, 4)
    page.resize(40, 12)
    assert page.above(9) == 4


def test_only_what_is_in_sight_is_broken_into_lines(
    document: Document, monkeypatch: pytest.MonkeyPatch, make_document: Callable[..., Document]
) -> None:
    broken: list[str] = []

    def counting(text: str, cells: int) -> list[tuple[int, int]]:
        broken.append(text)
        return wrap(text, cells)

    monkeypatch.setattr("scmtui.tui.parts.wrap", counting)
    page = page_of(make_document(5_000), height=40)
    page.put(2_500)
    page.scroll(1)
    assert len(broken) < 120


def test_a_new_width_keeps_the_item_at_the_top(document: Document) -> None:
    page = page_of(document, cells=60)
    page.put(11)
    page.scroll(2)
    page.resize(30, 10)
    assert page.top[0] == 11
    page.resize(60, 10)
    assert page.top[0] == 11


def test_a_paragraph_that_is_left_out_gives_way_to_the_next(document: Document) -> None:
    page = Page(rows_of)
    page.resize(40, 10)
    page.fill(items_of(document, frozenset({3, 8, 20})))
    assert page.items[nearest(page.items, Address("99", 9))].paragraph.number == 20
    assert page.items[nearest(page.items, Address("99", 25))].paragraph.number == 20
    assert index_of(page.items, Address("99", 9)) is None


def test_an_empty_document_has_nothing_in_sight() -> None:
    page = Page(rows_of)
    page.resize(40, 10)
    page.fill([])
    assert page.view == []
    assert not page.scroll(3)
