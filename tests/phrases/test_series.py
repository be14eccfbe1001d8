"""Themes and terms through the meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scmtui.model import Kind
from scmtui.phrases import RULES, Series, terms, texts, themed
from scmtui.text import words
from scmtui.themes import tally, taxonomy, touched

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.model import Document

    Make = Callable[..., Document]


def row(series: Series, id_: str) -> list[float]:
    (found,) = [it for it in series.rows if it.id == id_]
    return [cell.value for cell in found.cells]


def test_the_cells_count_the_paragraphs_about_a_theme(bundled: dict[str, Document]) -> None:
    known = taxonomy()
    found = themed(bundled.values(), known).themes()
    assert found.measure == "paragraphs"
    assert [facts.id for facts in found.columns] == ["52", "57-article"]
    for place, facts in enumerate(found.columns):
        counts = tally(touched(bundled[facts.id], known))
        for line in found.rows:
            about = counts[line.id].about if line.id in counts else 0
            assert line.cells[place].value == about == len(line.cells[place].addresses)
    assert row(found, "opcon") == [2, 1]
    opcon = next(it for it in found.rows if it.id == "opcon")
    assert list(map(str, opcon.cells[0].addresses)) == ["52:11", "52:12"]
    assert opcon.total == 3
    assert found.most == 3


def test_mentions_count_when_asked_for(bundled: dict[str, Document]) -> None:
    known = taxonomy()
    kept = themed(bundled.values(), known)
    few, many = kept.themes(), kept.themes(mentions=True)
    assert sum(it.total for it in few.rows) < sum(it.total for it in many.rows)
    counts = tally(touched(bundled["52"], known))
    assert {it.id: it.cells[0].value for it in many.rows if it.cells[0].value} == {
        theme: count.touched for theme, count in counts.items()
    }


def test_a_share_is_that_of_all_words(bundled: dict[str, Document]) -> None:
    found = themed([bundled["52"]], taxonomy()).themes("share")
    document = bundled["52"]

    def count(*numbers: int) -> int:
        return sum(
            len(words(part.text))
            for it in document.paragraphs
            for part in it.parts
            if not numbers or it.number in numbers
        )

    (share,) = row(found, "opcon")
    assert share == pytest.approx(count(11, 12) / count())
    assert all(0 <= cell.value <= 1 for it in found.rows for cell in it.cells)


def test_themes_without_a_paragraph_are_left_out(make: Make) -> None:
    found = themed([make(50, "확장억제 공약을 재확인하고 확장억제를 강화한다.")], taxonomy())
    assert [it.id for it in found.themes().rows] == ["extended-deterrence"]
    assert themed([make(50, "아무 일도 없었다.")], taxonomy()).themes().rows == ()
    assert themed([], taxonomy()).themes().most == 0


def test_the_terms_of_a_theme_are_counted_the_frequent_first(bundled: dict[str, Document]) -> None:
    found = themed(bundled.values(), taxonomy()).terms("opcon")
    assert found.measure == "times"
    totals = [it.total for it in found.rows]
    assert totals == sorted(totals, reverse=True)
    assert found.rows[0].name == "전작권"
    for line in found.rows:
        for cell in line.cells:
            assert bool(cell.value) == bool(cell.addresses)
            assert len(set(cell.addresses)) == len(cell.addresses) <= cell.value
            assert all(at.part is None for at in cell.addresses)


def test_terms_are_counted_as_phrases_and_kept_when_absent(make: Make) -> None:
    searched = texts(
        [
            make(51, "확장 억제와 확장억제를"),
            make(50, "핵우산을 제공"),
            make(51, "Other", language="en"),
        ]
    )
    found = terms(["확장억제", "정권의 종말"], searched)
    assert [facts.id for facts in found.columns] == ["50", "51", "51-en"]
    assert [[cell.value for cell in it.cells] for it in found.rows] == [[0, 2, 0], [0, 0, 0]]
    apart = terms(["확장억제"], searched, RULES - {"blanks"})
    assert [cell.value for cell in apart.rows[0].cells] == [0, 1, 0]


def test_documents_stand_in_order_of_meeting_the_official_first(make: Make) -> None:
    documents = [
        make(None, "글"),
        make(52, "글"),
        make(51, "글", kind=Kind.ARTICLE, official=False),
        make(51, "글"),
    ]
    found = themed(documents, taxonomy()).order()
    assert [it.facts.id for it in found] == ["51", "51-article", "52", "x-made"]


def test_the_order_names_the_theme_of_each_paragraph(bundled: dict[str, Document]) -> None:
    (order,) = themed([bundled["52"]], taxonomy()).order()
    assert len(order.steps) == len(bundled["52"].paragraphs)
    themes = {str(at): theme for at, theme in order.steps}
    assert themes["52:11"] == themes["52:12"] == "opcon"


def test_a_paragraph_about_nothing_has_no_theme(make: Make) -> None:
    (order,) = themed([make(50, "아무 일도 없었다.")], taxonomy()).order()
    assert [theme for _, theme in order.steps] == [""]
