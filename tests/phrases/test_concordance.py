"""The concordance: hits beneath one another, sorted, and where they stand in their documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui.model import UsageError
from scmtui.phrases import concordance, dispersion, fitted, history, leading, texts
from scmtui.phrases.concordance import CONTEXT
from scmtui.search import index
from scmtui.text import width
from scmtui.themes import taxonomy, touched

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.model import Document
    from scmtui.phrases import Line

    Make = Callable[..., Document]


@pytest.fixture
def series(make: Make) -> list[Document]:
    return [
        make(
            51,
            "가장 강력한 확장억제 공약을 재확인하였다.",
            "흔들림 없는 확장억제 수단을 논의하였다.",
        ),
        make(50, "굳건한 확장억제 태세를 유지하였다."),
        make(52, "다른 일을 논의하였다."),
    ]


def lines(documents: list[Document], query: str, *sort: str) -> tuple[Line, ...]:
    return concordance(index(documents).search(query, all_=True, limit=999).hits, sort)


def test_every_hit_has_a_line_with_what_stands_on_either_side(series: list[Document]) -> None:
    found = lines(series, "확장억제", "meeting")
    assert [str(line.address) for line in found] == ["50:1.1", "51:1.1", "51:2.1"]
    for line in found:
        assert line.hit == "확장억제"
        (document,) = [it for it in series if it.id == line.address.document]
        paragraph = document.paragraph(line.address.paragraph or 0)
        assert paragraph
        assert line.left + line.hit + line.right == paragraph.parts[0].text
        assert paragraph.parts[0].text[line.start : line.end] == line.hit


def test_a_phrase_has_its_concordance_too(series: list[Document]) -> None:
    found = history("확장억제", texts(series))
    of_phrase = concordance((place for row in found.rows for place in row.places), ("meeting",))
    assert of_phrase == lines(series, "확장억제", "meeting")


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (("left",), ["51:1.1", "50:1.1", "51:2.1"]),
        (("right",), ["51:1.1", "51:2.1", "50:1.1"]),
        (("meeting",), ["50:1.1", "51:1.1", "51:2.1"]),
        (("meeting", "right"), ["50:1.1", "51:1.1", "51:2.1"]),
        (("meeting", "left", "right"), ["50:1.1", "51:1.1", "51:2.1"]),
    ],
)
def test_lines_are_sorted_by_up_to_three_things(
    series: list[Document], sort: tuple[str, ...], order: list[str]
) -> None:
    assert [str(line.address) for line in lines(series, "확장억제", *sort)] == order


def test_equal_words_are_sorted_by_the_next_thing(make: Make) -> None:
    documents = [make(n, f"{word} 확장억제 공약이다.") for n, word in ((50, "나"), (51, "가"))]
    assert [line.address.document for line in lines(documents, "확장억제", "right")] == ["50", "51"]
    by_both = lines(documents, "확장억제", "right", "left")
    assert [line.address.document for line in by_both] == ["51", "50"]


def test_lines_of_one_meeting_stand_in_the_order_of_the_text(bundled: dict[str, Document]) -> None:
    found = lines([bundled["52"]], "전작권 or 장관", "meeting")
    places = [(line.address.paragraph or 0, line.address.part or 0, line.start) for line in found]
    assert len(places) > 20
    assert places == sorted(places)


def test_the_nearest_word_counts_first_on_the_left(make: Make) -> None:
    documents = [make(50, "가 하 공약이다."), make(51, "하 가 공약이다.")]
    found = lines(documents, "공약", "left")
    assert [line.address.document for line in found] == ["51", "50"]


def test_lines_are_sorted_by_the_theme_of_their_paragraph(bundled: dict[str, Document]) -> None:
    document = bundled["52"]
    themes = leading("52", touched(document, taxonomy()))
    assert themes["52", 11] == "opcon"
    hits = index([document]).search("한미동맹", all_=True, limit=999).hits
    found = concordance(hits, ("theme",), themes)
    named = [line.theme for line in found if line.theme]
    assert len(set(named)) > 1
    assert named == sorted(named)
    assert all(not line.theme for line in found[len(named) :])


@pytest.mark.parametrize("sort", [("middle",), ("left", "right", "meeting", "theme")])
def test_what_cannot_be_sorted_by_is_said(series: list[Document], sort: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        lines(series, "확장억제", *sort)


def test_words_side_by_side_are_one_hit_and_others_are_not(make: Make) -> None:
    document = make(50, "전작권 전환 계획이다. 전작권 조건의 전환이다. 전작권(전환) 문제다.")
    hits = [line.hit for line in lines([document], "전작권 or 전환", "meeting")]
    assert hits == ["전작권 전환", "전작권", "전환", "전작권(전환)"]


def test_a_long_part_is_cut_on_either_side_and_lines_become_blanks(make: Make) -> None:
    document = make(50, "가나다 " * 200 + "확장억제 " + "라마바 " * 200)
    (line,) = lines([document], "확장억제")
    assert len(line.left) == len(line.right) == CONTEXT


@pytest.fixture(scope="module")
def found(bundled: dict[str, Document]) -> tuple[Line, ...]:
    return lines([*bundled.values()], "전작권 or 확장억제 or 미래연합군사령부")


@given(cells=st.integers(10, 160), ambiguous=st.sampled_from((1, 2)))
def test_hits_stand_beneath_one_another_and_nothing_is_too_wide(
    found: tuple[Line, ...], cells: int, ambiguous: int
) -> None:
    shown = fitted(found, cells, ambiguous)
    assert len(shown) == len(found) > 20
    assert len({width(it.left, ambiguous) for it in shown}) == 1
    for line, it in zip(found, shown, strict=True):
        assert width("".join(it), ambiguous) <= cells
        assert line.left.endswith(it.left.lstrip().removeprefix("…").lstrip())
        assert line.hit.startswith(it.hit.removesuffix("…"))
        assert line.right.startswith(it.right.removesuffix("…"))


def test_there_is_nothing_to_fit_without_lines() -> None:
    assert fitted((), 80) == []
    assert concordance(()) == ()


def test_the_dispersion_says_where_in_each_document_the_hits_stand(series: list[Document]) -> None:
    strips = dispersion(lines(series, "확장억제"), series)
    assert [strip.facts.id for strip in strips] == ["50", "51", "52"]
    assert [len(strip.places) for strip in strips] == [1, 2, 0]
    for strip, document in zip(strips, sorted(series, key=lambda it: it.id), strict=True):
        whole = "".join(part.text for it in document.paragraphs for part in it.parts)
        for place in strip.places:
            assert whole[round(place * len(whole)) :].startswith("확장억제")


def test_a_heading_counts_for_the_dispersion(bundled: dict[str, Document]) -> None:
    documents = [bundled["57-article"]]
    found = lines(documents, "로드맵", "meeting")
    assert [str(line.address) for line in found] == ["57-article:2"]
    (strip,) = dispersion(found, documents)
    assert 0.2 < strip.places[0] < 0.5
