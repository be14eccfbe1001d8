"""What has no room says that there is more; the way out always has room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from scmtui.tui.shown import line

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.tui.conftest import Reader

    Opener = Callable[..., AbstractAsyncContextManager[Reader]]


@given(st.lists(st.text("가나 ab…", max_size=8), max_size=4), st.integers(1, 24))
def test_a_line_is_as_wide_as_it_must_be_and_ends_in_an_ellipsis_when_words_are_left_out(
    texts: list[str], cells: int
) -> None:
    text = line([(it, Style()) for it in texts], cells, Style()).text
    whole = "".join(texts)
    assert cell_len(text) == cells
    if cell_len(whole) <= cells:
        assert text.rstrip() == whole.rstrip()
    else:
        assert whole.startswith(text.rstrip().removesuffix("…"))


@pytest.mark.parametrize(("words", "shown"), [("가나다라마", "가나다…"), ("가나다  ", "가나다 ")])
def test_only_words_that_are_left_out_leave_an_ellipsis(words: str, shown: str) -> None:
    assert line([(words, Style())], 7, Style()).text == shown


@pytest.mark.parametrize("cells", [60, 80, 120])
async def test_the_way_out_is_in_the_bar(reading: Opener, cells: int) -> None:
    async with reading("52", size=(cells, 24)) as reader:
        await reader.press("escape")
        assert "? help" in reader.lines[-1]
        assert "q quit" in reader.lines[-1]
        await reader.press("s")
        assert "esc close" in reader.lines[-1]
        await reader.press("escape", "asterisk", *"확장억제", "enter")
        assert "esc close" in reader.lines[-1]
        await reader.press("tab")
        assert reader.lines[-1].split()[2:4] == ["s", "sort"]


async def test_a_first_key_offers_its_second_ones(reading: Opener) -> None:
    async with reading("52", size=(100, 24)) as reader:
        await reader.press("escape", "v")
        assert "yy copy it  a collect" in reader.lines[-1]
        assert "esc leave" in reader.lines[-1]
        await reader.press("escape", "left_square_bracket")
        assert "m Previous meeting" in reader.lines[-1]
