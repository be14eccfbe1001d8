"""Layouts: what stands where, what is missing, and what redlines mean."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scmtui.briefing.blocks import Box, End, Item, Line, Quote, Table, Title, plain, said
from scmtui.briefing.chronology import by_age, older_first
from scmtui.briefing.citation import label
from scmtui.briefing.collected import (
    Briefing,
    Entry,
    Passage,
    from_comparison,
    from_tray,
    passage,
    strays,
)
from scmtui.briefing.contrast import Contrast
from scmtui.briefing.gist import gists
from scmtui.briefing.layouts import LAYOUTS, quotes, table
from scmtui.briefing.onepage import brief
from scmtui.briefing.paper import fits
from scmtui.briefing.rows import reworded, row, sort_in_words
from scmtui.compare import compare, redline
from scmtui.library.trays import Item as Collected
from scmtui.model import Address, NotFoundError
from scmtui.positions import Position, position
from scmtui.themes import taxonomy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scmtui.briefing.blocks import Block
    from scmtui.compare import Comparison
    from scmtui.model import Document


OPCON_52, OPCON_57, THIRD = Address("52", 11), Address("57-article", 2), Address("53", 11)


def pair(one: Position, other: Position) -> Collected:
    return Collected(1, "pair", one, other, "", "2025-01-01T00:00:00Z", lost=False)


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
    assert any(right == "<deleted>" and remark == "only in 52" for _, right, remark in cells)
    assert any(left == "<new>" and remark == "only in 53" for left, _, remark in cells)
    changed = next(row for row in cells if row[2].startswith("changed"))
    assert "[-중추적-]인" in changed[0]
    assert "{+핵심적+}인" in changed[1]
    assert "[-" not in changed[1]
    assert len(rows) == len(cells)
    legend = [plain(it.line) for it in blocks if isinstance(it, Item)]
    assert any(it.startswith("[-gone-] · {+new+}") for it in legend)
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


def test_a_brief_is_a_summary_the_texts_and_sources(opcon: Briefing) -> None:
    title, box, *others = brief(opcon)
    assert title == Title("전작권 전환")
    assert isinstance(box, Box)
    summary = words(box.lines)
    assert "제52차" in summary
    assert "paragraphs 11, 12" in summary
    assert "Change: merged · 2 → 1 paragraphs" in summary
    assert "on both sides: 전작권" in summary
    assert "only in 52: 전환 조건" in summary
    assert "57-article is not official" in summary
    (row,) = the_table(others).rows
    assert words(row[0]).endswith("[52:12]")
    assert "[52:11]" in words(row[0])
    heads = [plain(it.line) for it in others if isinstance(it, Item) and it.level == 0]
    assert heads == ["OPCON transition", "Sources"]
    assert isinstance(others[-1], Item)
    assert plain(others[-1].line).endswith("  끝.")
    assert the_table(others).heads[:2] == (
        "제52차 공동성명 [52]",
        "제57차 해설 기사 [57-article] (비공식)",
    )
    assert "written anew" in words(row[2])
    assert "only in 57-article (not official): 2026년" in words(row[2])


def test_terms_are_marked_where_nothing_can_be_struck(opcon: Briefing) -> None:
    (row,) = the_table(brief(opcon)).rows
    shared, only = (
        [[span.text for line in cell for span in line if span.look == look] for cell in row[:2]]
        for look in ("shared", "only")
    )
    assert "완전운용능력" in shared[0]
    assert "조건에 기초한 전작권 전환계획" in shared[0]  # side by side, one stretch
    assert any("미래연합사" in it for it in shared[0])
    assert any("미래연합군사령부" in it for it in shared[1])  # another name of the same
    assert only[1] == ["2026년"]
    legend = [plain(it.line) for it in brief(opcon) if isinstance(it, Item) and it.level == 3]
    assert "*on both sides* · _nowhere in the other document_" in legend


def test_a_brief_is_one_page_and_leaves_whole_sentences_out(opcon: Briefing) -> None:
    (entry,) = opcon.entries
    blocks = list(brief(opcon))
    assert fits(blocks)
    (row,) = the_table(blocks).rows
    shown = "".join(span.text for line in row[0] for span in line)
    assert "(중략)" in shown
    texts = "\n".join(it.text for it in entry.left)
    for piece in re.split(r"\(중략\)|\[52:1[12]\]", shown):
        assert piece.strip() in texts
    (row,) = the_table(table(opcon)).rows
    assert "(중략)" not in words(row[0])


@pytest.mark.parametrize("theme", ["opcon", "extended-deterrence"])
def test_a_brief_names_no_term_that_it_does_not_quote(comparison: Comparison, theme: str) -> None:
    known = taxonomy().theme(theme)
    assert known
    rows = comparison.narrowed(theme)
    whole = from_comparison("쪽", comparison, rows, "ko", known)
    _title, box, *others = brief(whole)
    assert isinstance(box, Box)
    (row,) = the_table(others).rows
    cells = [re.sub(r"\W", "", words(cell)) for cell in row[:2]]
    told = re.findall(r"(both sides|only in \S+(?: \(not official\))?): (.+)", words(box.lines))
    assert len(told) == 3
    for where, terms in told:
        named, _and, left_out = terms.partition(" and ")
        for term in named.split(", "):
            assert re.sub(r"\W", "", term) in cells["57" in where]
        assert not left_out or re.fullmatch(r"\d+ more terms?", left_out)
    assert re.search(r"only in 52: .+ and \d+ more term", words(box.lines))
    assert words(row[2]).count("more term") == words(box.lines).count("more term")


def test_a_sentence_that_answers_one_of_the_other_side_is_quoted(opcon: Briefing) -> None:
    (row,) = the_table(brief(opcon)).rows
    assert "를 완전히 준수할 의지를 재확인하였다." in words(row[0])
    assert "이행하기 위한 양국의 의지를 재확인했다." in words(row[1])


def test_what_was_written_anew_has_not_moved(comparison: Comparison) -> None:
    theme = taxonomy().theme("extended-deterrence")
    (row,) = comparison.narrowed("extended-deterrence")
    (entry,) = from_comparison("쪽", comparison, [row], "ko", theme).entries
    assert entry.sort == "moved"
    assert sort_in_words(entry, ()) == "in another order"
    same = "양 장관은 공약을 재확인하였다."
    assert sort_in_words(entry._replace(runs=redline(same, same)), ()) == "moved"


def test_the_gist_keeps_answers_and_a_sentence_of_each_text() -> None:
    one = "가 하나이다. 너 둘이다. 다 셋이다. " + "라 넷이다. " * 60
    other = "마 다섯이다. 바 여섯이다. " + "사 일곱이다. " * 60
    kept = gists([one, other], 18, {"너": 1, "바": 3}, "ko", {"다 셋이다.": 0.5})
    assert kept == ("(중략) 다 셋이다. (중략)", "(중략) 바 여섯이다. (중략)")
    kept = gists([one, other], 40, {"너": 1, "바": 3}, "ko", {"다 셋이다.": 0.5})
    assert kept[0] == "(중략) 너 둘이다. 다 셋이다. (중략)"
    assert gists(["가 하나이다."], 40, {}, "ko") == ("가 하나이다.",)


def test_a_brief_on_everything_goes_theme_by_theme(comparison: Comparison) -> None:
    blocks = list(brief(from_comparison("모두", comparison, comparison.rows, "ko")))
    tables = [block for block in blocks if isinstance(block, Table)]
    heads = [plain(it.line) for it in blocks if isinstance(it, Item) and it.level == 0]
    assert len(heads) == len(set(heads)) == len(tables) + 1
    assert "OPCON transition" in heads
    assert sum(len(it.rows) for it in tables) == len(comparison.rows)


def test_of_a_long_redline_only_what_is_around_the_changes_is_shown(
    bundled: dict[str, Document], revised: Document
) -> None:
    comparison = compare(bundled["52"], revised, taxonomy())
    (pair,) = [row for row in comparison.rows if row.left == (Address("52", 2),)]
    (entry,) = from_comparison("신구", comparison, [pair], "ko").entries
    sides = bundled["52"].facts, revised.facts
    old, new, _change = row(entry, sides, "short", room=200)
    assert "(중략)" in words(old)
    assert "{+핵심적+}" in words(new)
    assert len(words(old)) < len(entry.left[0].text)
    whole, *_others = row(entry, sides, "short", room=2000)
    assert entry.left[0].text in "".join(span.text for line in whole for span in line)


def test_what_is_alike_is_only_named_in_a_brief(
    bundled: dict[str, Document], revised: Document
) -> None:
    comparison = compare(bundled["52"], revised, taxonomy())
    blocks = list(brief(from_comparison("신구", comparison, comparison.rows, "ko")))
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    notes = [plain(it.line) for it in blocks if isinstance(it, Item) and it.level == 3]
    assert len(rows) == sum(not comparison.alike(row) for row in comparison.rows)
    assert any(it.startswith("Alike: 52:1, 52:4") for it in notes)
    changes = [words(change) for _old, _new, change in rows]
    assert "changed\n중추적 → 핵심적" in changes


def test_a_tray_keeps_its_order_in_a_brief(bundled: dict[str, Document]) -> None:
    one, other = (
        passage(position(bundled[it.document], it), bundled.__getitem__, "ko")
        for it in (Address("52", 2), Address("57-article", 3))
    )
    entries = (
        Entry("heading", text="동맹"),
        Entry("passage", (one,), text="볼 것"),
        Entry("line", text="나의 말"),
        Entry("pair", (one,), (other,)),
    )
    _title, box, *blocks = brief(Briefing("모음", entries))
    assert isinstance(box, Box)
    assert "제2항" in words(box.lines) or "paragraphs 2" in words(box.lines)
    kinds = [type(block) for block in blocks]
    assert kinds[:5] == [Item, Quote, Item, Item, Table]
    items = [plain(block.line) for block in blocks if isinstance(block, Item)]
    assert items[:3] == ["동맹", "볼 것", "나의 말"]


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


def test_changes_are_told_in_few_words(bundled: dict[str, Document]) -> None:
    old = bundled["52"].paragraphs[2].parts[0].text
    new = old
    for word in ("최근", "한반도", "심도", "핵", "국제", "긴밀한"):
        new = new.replace(word, "가나다")
    told = list(reworded(redline(old, new)))
    assert told[0] == "최근 한반도 → 가나다 가나다"
    assert len(told) == 5
    assert re.fullmatch(r"and \d+ more", told[4])
    (long,) = reworded(redline(f"{old} 끝", f"{old} {'아주' * 20}"))
    assert long.endswith("…")
    assert list(reworded(redline("굳건한 한미 동맹의 미래", "한미 동맹의 미래"))) == [
        "gone: 굳건한"
    ]
    assert list(reworded(redline("한미 동맹의 미래", "한미 동맹의 밝은 미래"))) == ["new: 밝은"]


def test_a_pair_in_a_tray_tells_what_both_have(bundled: dict[str, Document]) -> None:
    one, other = (position(bundled[it.document], it) for it in (OPCON_52, OPCON_57))
    find = bundled.__getitem__
    (entry,) = from_tray("모음", (pair(one, other),), find, "ko").entries
    assert "완전운용능력" in entry.contrast.both
    lost = Position(Address("99", 1), "없는 문서의 말이다.")

    def known(id_: str) -> Document:
        if id_ not in bundled:
            raise NotFoundError("There is no document “{id}”.", id=id_)
        return bundled[id_]

    (entry,) = from_tray("모음", (pair(one, lost),), known, "ko").entries
    assert entry.contrast.both == ()
    told = str(list(brief(Briefing("모음", (entry,)))))
    assert "없는 문서의 말이다." in told
    assert "Needs a look" in told


def test_a_document_of_no_meeting_is_called_by_its_title(bundled: dict[str, Document]) -> None:
    facts = replace(bundled["57-article"].facts, id="x-essay", meeting=None, title="글")
    assert label(facts, "ko") == "글 [x-essay] (비공식)"
    assert label(bundled["52"].facts, "en") == "52nd communiqué [52]"
    assert label(bundled["57-article"].facts, "short").endswith("(unofficial)")


def test_pairs_of_other_documents_are_called_by_their_own(
    bundled: dict[str, Document], revised: Document
) -> None:
    find = {**bundled, "53": revised}.__getitem__
    one, other, third = (position(find(it.document), it) for it in (OPCON_52, OPCON_57, THIRD))
    items = (pair(one, other), pair(third, other))
    blocks = list(table(from_tray("모음", items, find, "ko")))
    tables = [block for block in blocks if isinstance(block, Table)]
    assert len(tables) == 2
    assert all("[제57차" in it.heads[1] for it in tables)
    first, second = (words(change) for it in tables for _left, _right, change in it.rows)
    assert "only in 52:" in first
    assert "only in 53:" in second
    alone = table(from_tray("모음", items[:1], find, "ko"))
    assert the_table(alone).heads[0].startswith("「제52차")


def test_a_tray_has_the_older_text_on_the_left_and_ones_own_words_over_the_tables(
    bundled: dict[str, Document],
) -> None:
    one, other = (position(bundled[it.document], it) for it in (OPCON_52, OPCON_57))
    made = "2025-01-01T00:00:00Z"

    def item(kind: str, at: Position | None, text: str = "") -> Collected:
        return Collected(1, kind, at, None, text, made, lost=False)

    items = (
        item("heading", None, "전작권 전환"),
        item("passage", other),
        item("passage", one),
        pair(other, one),
        item("line", None, "변화 확인 필요"),
        item("passage", other),
    )
    title, heading, compared, line, alone, *_rest = table(
        from_tray("모음", items, bundled.__getitem__, "ko")
    )
    assert title == Title("모음")
    assert heading == Item(said("전작권 전환", "strong"), 0)
    assert line == Item(said("변화 확인 필요"), 1)
    assert isinstance(compared, Table)
    assert isinstance(alone, Table)
    assert [head[:4] for head in compared.heads[:2]] == ["「제52", "「[제5"]
    assert alone.heads[0].startswith("「[제57차")
    new, old, both = ([words(cell) for cell in row] for row in compared.rows)
    assert (new[0], old[1]) == ("", "")
    assert "제11항" in old[0]
    assert "제2항" in new[1]
    assert "제11항" in both[0]
    assert "제2항" in both[1]
    assert "only in 52:" in both[2]
    assert "only in 57-article (not official): 2026년" in both[2]


def test_a_pair_is_turned_with_its_redline(bundled: dict[str, Document]) -> None:
    old, new = (
        Passage(it, text, str(it), bundled[it.document].facts)
        for it, text in ((OPCON_52, "공약을 재확인하였다."), (OPCON_57, "공약을 확인하였다."))
    )
    terms = Contrast(left=("새",), right=("옛",), looks=({"새": "only"}, {"옛": "only"}))
    turned = older_first(Entry("pair", (new,), (old,), redline(new.text, old.text), contrast=terms))
    assert (turned.left, turned.right) == ((old,), (new,))
    assert turned.runs == redline(old.text, new.text)
    assert turned.contrast.left == ("옛",)
    assert turned.contrast.looks[1] == {"새": "only"}
    assert older_first(turned) == turned
    unknown = Passage(Address("99", 1), "없다.", "99:1", None, lost=True)
    kept = Entry("pair", (new,), (unknown,))
    assert older_first(kept) == kept
    undated = replace(bundled["52"].facts, id="x", held=None, published=None)
    assert by_age((undated, bundled["52"].facts)) == (bundled["52"].facts, undated)


def test_of_two_languages_nothing_is_said_to_stand_on_one_side_only(
    bundled: dict[str, Document],
) -> None:
    foreign = replace(bundled["57-article"].facts, language="en", id="57-en")
    comparison = compare(bundled["52"], replace(bundled["57-article"], facts=foreign), taxonomy())
    briefing = from_comparison("두 언어", comparison, comparison.rows, "ko")
    blocks = list(brief(briefing))
    assert not any("only in 52: " in it for it in map(str, blocks))
    looks = {
        span.look
        for block in blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        for line in cell
        for span in line
    }
    assert not looks & {"shared", "only", "gone", "new"}
