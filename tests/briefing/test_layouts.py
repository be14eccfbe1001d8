"""Layouts: what stands where, what is missing, and what redlines mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scmtui.briefing.blocks import Box, End, Item, Line, Quote, Table, Title, plain
from scmtui.briefing.collected import Briefing, Entry, Passage, from_comparison, passage, strays
from scmtui.briefing.layouts import LAYOUTS, brief, quotes, table
from scmtui.compare import compare
from scmtui.model import Address, NotFoundError
from scmtui.positions import Position, position
from scmtui.themes import taxonomy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scmtui.briefing.blocks import Block
    from scmtui.compare import Comparison
    from scmtui.model import Document


def words(cell: Iterable[Line]) -> str:
    return "\n".join(map(plain, cell))


def the_table(blocks: Iterable[Block]) -> Table:
    (found,) = [block for block in blocks if isinstance(block, Table)]
    return found


@pytest.fixture
def revised(bundled: dict[str, Document]) -> Document:
    """The 52nd as an official communiqué of the 53rd: 1 as it was, 2 changed, 3 gone, one new."""
    old = bundled["52"]
    first, second, _third, *others = old.paragraphs
    part = replace(second.parts[0], text=second.parts[0].text.replace("중추적인", "핵심적인"))
    new = replace(others[-1], number=99, parts=(replace(part, text="전혀 다른 새 약속이다."),))
    paragraphs = (first, replace(second, parts=(part,)), *others, new)
    return replace(old, facts=replace(old.facts, id="53", meeting=53), paragraphs=paragraphs)


def test_a_table_says_what_is_alike_gone_and_new(
    bundled: dict[str, Document], revised: Document
) -> None:
    comparison = compare(bundled["52"], revised, taxonomy())
    briefing = from_comparison("신구", comparison, comparison.rows, "ko")
    blocks = list(table(briefing))
    rows = {words(row[0])[:12]: row for row in the_table(blocks).rows}
    cells = [tuple(words(cell) for cell in row) for row in the_table(blocks).rows]
    assert the_table(blocks).heads[2] == "Remarks"
    assert any(right.startswith("(as on the left)") for _, right, _ in cells)
    assert any(right == "<deleted>" and remark == "only left" for _, right, remark in cells)
    assert any(left == "<new>" and remark == "only right" for left, _, remark in cells)
    changed = next(row for row in cells if row[2] == "changed")
    assert "[-중추적-]인" in changed[0]
    assert "{+핵심적+}인" in changed[1]
    assert "[-" not in changed[1]
    assert len(rows) == len(cells)
    legend = [plain(it.line) for it in blocks if isinstance(it, Item)]
    assert "[-gone-] · {+new+}" in legend
    assert isinstance(blocks[-1], End)


def test_what_an_article_leaves_out_is_not_called_deleted(comparison: Comparison) -> None:
    briefing = from_comparison("비교", comparison, comparison.rows, "en")
    blocks = list(table(briefing))
    cells = [words(cell) for row in the_table(blocks).rows for cell in row]
    assert "no counterpart in 57-article (not official)" in cells
    assert not {"<deleted>", "<new>"} & set(cells)
    assert not any(isinstance(block, End) for block in blocks)  # a Korean manner
    warned = [plain(it.line) for it in blocks if isinstance(it, Item)]
    assert any(it.startswith("57-article is not official") for it in warned)


def test_a_brief_is_a_summary_the_texts_remarks_and_sources(opcon: Briefing) -> None:
    title, box, *others = brief(opcon)
    assert title == Title("전작권 전환")
    assert isinstance(box, Box)
    summary = words(box.lines)
    assert "제52차" in summary
    assert "1 row: merged 1" in summary
    assert "57-article is not official" in summary
    (row,) = the_table(others).rows
    assert words(row[0]).endswith("[52:12]")
    assert "[52:11]" in words(row[0])
    heads = [plain(it.line) for it in others if isinstance(it, Item) and it.level == 0]
    assert heads == ["OPCON transition", "Remarks"]
    assert "paragraphs 11, 12" in summary
    assert "written anew" in words(row[2])
    assert "on both sides: 완전운용능력" in words(row[2])


def test_a_brief_leaves_sentences_out_that_do_not_name_the_theme(opcon: Briefing) -> None:
    (entry,) = opcon.entries
    long = next(it for it in entry.left if it.gist)
    assert "(중략)" in long.gist
    assert len(long.gist) < len(long.text)
    for piece in long.gist.replace("\n", " ").split("(중략)"):
        assert piece.strip() in long.text
    (row,) = the_table(brief(opcon)).rows
    assert "(중략)" in words(row[0])
    (row,) = the_table(table(opcon)).rows
    assert "(중략)" not in words(row[0])


def test_quotes_stand_under_the_readers_headings(bundled: dict[str, Document]) -> None:
    at = position(bundled["52"], Address("52", 2))
    entries = (
        Entry("heading", text="동맹"),
        Entry("line", text="나의 말"),
        Entry("passage", (passage(at, bundled.__getitem__, "ko"),), text="볼 것"),
    )
    blocks = list(quotes(Briefing("모음", entries)))
    assert blocks[1] == Item(((("동맹", "strong")),), 0)  # type: ignore[arg-type]
    quote = next(block for block in blocks if isinstance(block, Quote))
    assert words(quote.lines) == at.quote
    assert quote.citation.endswith("제2항")
    assert "볼 것" in [plain(it.line) for it in blocks if isinstance(it, Item)]


def test_words_that_are_not_found_again_are_quoted_as_kept_and_need_a_look(
    bundled: dict[str, Document],
) -> None:
    lost = Position(Address("52", 2), "어디에도 없는 말이 여기에 있었다.")

    def nowhere(id_: str) -> Document:
        raise NotFoundError("There is no document “{id}”.", id=id_)

    for find in (bundled.__getitem__, nowhere):
        found = passage(lost, find, "ko")
        assert found.lost
        assert found.text == lost.quote
        briefing = Briefing("모음", (Entry("passage", (found,)),))
        assert list(strays(briefing)) == [found]
        for name in ("quotes", "table"):
            told = str(list(LAYOUTS[name](briefing)))
            assert "Needs a look" in told
            assert lost.quote in told


def test_a_selection_is_quoted_as_it_was_selected(bundled: dict[str, Document]) -> None:
    selected = "양측은 한반도와 동북아 평화와 안정의 핵심축 한미동맹을"
    at = Position(Address("52", 2, 1), selected)
    found = passage(at, bundled.__getitem__, "ko")
    assert not found.lost
    assert found.text == selected
    assert found.citation.endswith("제2항")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_holds_an_empty_tray(layout: str, speak: Callable[[str], None]) -> None:
    speak("ko")
    blocks = list(LAYOUTS[layout](Briefing("빈 모음", ())))
    assert blocks[0] == Title("빈 모음")
    assert blocks[-1] == End("끝.")


def test_a_passage_stands_on_the_side_of_its_document(bundled: dict[str, Document]) -> None:
    passages = [
        Passage(Address(id_, 1), f"{id_}의 말", id_, bundled[id_].facts)
        for id_ in ("52", "57-article")
    ]
    briefing = Briefing("모음", tuple(Entry("passage", (it,)) for it in passages))
    first, second = the_table(table(briefing)).rows
    assert words(first[0]).startswith("52의 말")
    assert not first[1]
    assert not second[0]
    assert words(second[1]).startswith("57-article의 말")
