"""The glossary: what an abbreviation stands for, where it first stands, and how it is spelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scmtui.phrases import Entry, glossary, look_up, texts
from scmtui.search.names import key

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.model import Document

    Make = Callable[..., Document]


def entry(entries: tuple[Entry, ...], short: str) -> Entry:
    (found,) = [it for it in entries if it.short == short]
    return found


def test_the_bundled_documents_explain_their_abbreviations(bundled: dict[str, Document]) -> None:
    found = glossary(texts(bundled.values()))
    assert len(found) > 20
    foc = entry(found, "FOC")
    assert (foc.name, str(foc.first), foc.facts.id) == ("완전운용능력", "52:11.1", "52")
    assert entry(found, "DTT").name == "한미일 안보회의"
    assert entry(found, "SMA").name.endswith("방위비분담금 특별협정")
    assert entry(found, "전작권").name == "전시작전통제권"
    assert entry(found, "전작권").count > 2
    shorts = [it.short.casefold() for it in found]
    assert shorts == sorted(shorts)
    assert len(set(shorts)) == len(shorts)


def test_every_entry_stands_where_it_says(bundled: dict[str, Document]) -> None:
    for it in glossary(texts(bundled.values())):
        for at, written in ((it.first, it.short), *((s.first, s.text) for s in it.spellings)):
            paragraph = bundled[at.document].paragraph(at.paragraph or 0)
            assert paragraph
            text = paragraph.parts[at.part - 1].text if at.part else paragraph.heading
            assert written in text or key(written) in key(text)


def test_the_oldest_meeting_comes_first_and_every_spelling_is_kept(make: Make) -> None:
    found = glossary(
        texts(
            [
                make(53, "억제전략협의회(ABCD)를 열었다.", "ABCD는 중요하다."),
                make(51, "확장억제협의회(ABCD)를 열었다."),
                make(52, "억제전략협의회(ABCD)를 또 열었다."),
            ]
        )
    )
    it = entry(found, "ABCD")
    assert [(s.text, str(s.first), s.count) for s in it.spellings] == [
        ("확장억제협의회", "51:1.1", 1),
        ("억제전략협의회", "52:1.1", 2),
    ]
    assert (str(it.first), it.count, it.name) == ("51:1.1", 4, "확장억제협의회")


def test_an_abbreviation_that_is_never_explained_is_there_with_what_is_known(make: Make) -> None:
    found = glossary(texts([make(52, "FOC 검증과 QXZ 사업을 논의하였다.")]))
    assert entry(found, "FOC").spellings == ()
    assert entry(found, "FOC").name == "완전운용능력"
    assert entry(found, "QXZ").name == ""


@pytest.mark.parametrize("word", ["FOC", "foc", "완전운용능력", "완전 운용 능력"])
def test_a_word_is_looked_up_by_any_of_its_names(bundled: dict[str, Document], word: str) -> None:
    found = look_up(word, glossary(texts(bundled.values())))
    assert [it.short for it in found] == ["FOC"]
    assert look_up("아무것도 아님", glossary(texts(bundled.values()))) == ()


def test_blanks_inside_the_brackets_make_no_difference(make: Make) -> None:
    found = glossary(texts([make(52, "양측은 한미일 안보회의 ( DTT ) 를 열었다.")]))
    assert [(it.short, it.name) for it in found] == [("DTT", "한미일 안보회의")]


def test_an_abbreviation_in_hangul_is_counted_wherever_it_stands(make: Make) -> None:
    documents = [make(51, "전작권 문제다."), make(52, "전시작전통제권(전작권)이다.", "전작권이다.")]
    it = entry(glossary(texts(documents)), "전작권")
    assert (str(it.first), it.count) == ("51:1.1", 3)
    assert [str(s.first) for s in it.spellings] == ["52:1.1"]


def test_one_language_may_be_asked_for(make: Make) -> None:
    searched = texts(
        [make(52, "핵협의그룹(NCG)"), make(52, "Full Operational Capability (FOC)", language="en")]
    )
    assert [it.short for it in glossary(searched)] == ["FOC", "NCG"]
    assert [it.short for it in glossary(searched, "en")] == ["FOC"]
