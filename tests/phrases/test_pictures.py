"""Numbers as a line of text: every picture takes one cell a value and tells more from less."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui.phrases.pictures import heat, sparkline, strip
from scmtui.text import width

values = st.lists(st.one_of(st.none(), st.floats(0, 1e6)), max_size=60)


@given(values, st.sampled_from((1, 2)))
def test_a_sparkline_takes_a_cell_a_value(numbers: list[float | None], ambiguous: int) -> None:
    assert width(sparkline(numbers, ambiguous), ambiguous) == len(numbers)


@given(values)
def test_nothing_is_a_blank_and_what_is_not_known_a_question(numbers: list[float | None]) -> None:
    for number, glyph in zip(numbers, sparkline(numbers), strict=True):
        assert (glyph == "?") == (number is None)
        assert (glyph == " ") == (number == 0)


@given(st.floats(0, 100), st.floats(0, 100))
def test_more_is_never_drawn_lower(one: float, other: float) -> None:
    glyphs = " ▁▂▃▄▅▆▇█"
    low, high = list(sparkline(sorted((one, other))))
    assert glyphs.index(low) <= glyphs.index(high)


@pytest.mark.parametrize(("ambiguous", "glyphs"), [(1, " ░▒▓█"), (2, " .+*#")])
def test_heat_grows_with_the_value(ambiguous: int, glyphs: str) -> None:
    drawn = [heat(value, 4, ambiguous) for value in (0, 0.5, 1.5, 2.5, 4)]
    assert drawn == list(glyphs)
    assert heat(None, 4) == "?"
    assert heat(1, 0) == " "


def test_a_strip_shows_where_hits_stand() -> None:
    assert strip((), 4) == "----"
    assert strip((0.0, 0.99, 1.0), 4, 2) == "|--+"
    assert strip((0.5,) * 9, 2, 2) == "-#"


@given(st.lists(st.floats(0, 1), max_size=30), st.integers(1, 80))
def test_a_strip_has_the_cells_asked_for(places: list[float], cells: int) -> None:
    drawn = strip(places, cells)
    assert width(drawn) == cells
    assert sum(glyph != "-" for glyph in drawn) == len(
        {min(cells - 1, int(place * cells)) for place in places}
    )
