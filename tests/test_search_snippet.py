from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scmtui.search.snippet import snippet
from scmtui.text import width


@given(st.text(st.sampled_from("가나다 ab.\n"), max_size=120), st.data())
def test_the_spans_of_a_snippet_show_what_was_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    cells = data.draw(st.integers(10, 60))
    short = snippet(text, [(start, end)], cells)
    ((a, b),) = short.spans
    assert short.text[a:b] == text[start:end].replace("\n", " ")
    assert width(short.text[:a]) <= cells


def test_a_text_that_fits_is_left_whole() -> None:
    assert snippet("확장억제를 제공", [(0, 4)], 40) == ("확장억제를 제공", ((0, 4),))


def test_what_is_left_out_is_cut_between_words() -> None:
    text = "에스퍼 장관은 모든 범주의 군사능력을 운용하여 확장억제를 제공할 것이라는 공약"
    short = snippet(text, [(text.index("확장"), text.index("확장") + 4)], 36)
    assert short.text.startswith("…운용하여 확장억제를")
