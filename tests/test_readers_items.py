"""Items as they occur: headings between them, annexes, lists within, whole lines, odd numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scmtui.model import Provenance
from scmtui.readers.document import compose
from scmtui.readers.structure import MOST_DOUBTS

if TYPE_CHECKING:
    from scmtui.model import Document

FROM = Provenance("text.txt", "txt", "0" * 64)
TITLE = "제54차 SCM 공동성명"


def read(*lines: str, form: str = "txt") -> Document:
    return compose("\n".join([TITLE, *lines]), replace(FROM, format=form))


def shown(document: Document) -> list[tuple[int, str, list[str]]]:
    return [
        (item.number, item.heading, [part.text for part in item.parts])
        for item in document.paragraphs
    ]


def doubts(document: Document) -> list[tuple[str, str]]:
    for doubt in document.doubts:
        assert doubt.at is not None
        assert not document.source[doubt.at].isspace()
    return [(str(it.address), it.text) for it in document.doubts]


class TestHeadings:
    """A heading over an item belongs to it; one alone has to be sure."""

    @pytest.mark.parametrize("form", ["txt", "docx", "html"])
    def test_several(self, form: str) -> None:
        lines = ["확장억제", "1. 하나다.", "전작권 전환", "2. 둘이다.", "3. 셋이다."]
        document = read(*lines, form=form)
        assert shown(document) == [
            (1, "확장억제", ["하나다."]),
            (2, "전작권 전환", ["둘이다."]),
            (3, "", ["셋이다."]),
        ]
        assert document.dropped == ()
        first = document.paragraphs[0]
        assert document.source[first.start : first.end] == "확장억제\n1. 하나다."

    @pytest.mark.parametrize("heading", ["<확장억제>", "Ⅱ. 확장억제", "제2장 억제", "[확장억제]"])
    def test_one_that_looks_like_no_text(self, heading: str) -> None:
        document = read("1. 하나다.", heading, "2. 둘이다.")
        assert shown(document) == [(1, "", ["하나다."]), (2, heading, ["둘이다."])]

    def test_one_that_is_set_off(self) -> None:
        document = read("1. 하나다.", "그 둘째다.", "그 셋째다.", "", "확장억제", "2. 둘이다.")
        assert shown(document)[1] == (2, "확장억제", ["둘이다."])

    def test_one_over_a_number_without_text(self) -> None:
        document = read("1. 하나다.", "<확장억제>", "2.", "3. 셋이다.")
        assert shown(document)[1] == (2, "<확장억제>", [])
        second = document.paragraphs[1]
        assert document.source[second.start : second.end] == "<확장억제>\n2."

    def test_one_that_could_be_text_stays_with_the_text(self) -> None:
        document = read("1. 양 장관은 다음을 정하였다.", "확장억제 강화", "2. 둘이다.")
        assert shown(document) == [
            (1, "", ["양 장관은 다음을 정하였다. 확장억제 강화"]),
            (2, "", ["둘이다."]),
        ]

    def test_one_whose_number_opens_nothing_stays_with_the_text(self) -> None:
        lines = [
            "1. 하나다.",
            "<가>",
            "2. 둘이다.",
            "붙임: 과제",
            "1. 과제다.",
            "<나>",
            "3. 셋이다.",
        ]
        document = read(*lines)
        assert shown(document) == [
            (1, "", ["하나다."]),
            (2, "<가>", ["둘이다.", "붙임: 과제", "1. 과제다. <나>", "3. 셋이다."]),
        ]


class TestNumbers:
    """Odd numbers are read, with a doubt that says where."""

    @pytest.mark.parametrize("annex", ["붙임: 과제", "[별첨]", "Annex A", "부록"])
    def test_an_annex_is_part_of_the_last_paragraph(self, annex: str) -> None:
        lines = [f"{number}. 항이다." for number in (1, 2, 3)]
        tasks = [f"{number}. 과제다." for number in (1, 2, 3, 4)]
        document = read(*lines, annex, *tasks)
        assert shown(document)[2:] == [(3, "", ["항이다.", annex, *tasks])]
        assert doubts(document) == [
            ("54:3.3", "The numbers begin again at 1; these are read as parts of paragraph 3.")
        ]

    def test_numbers_that_begin_again_within_and_then_go_on(self) -> None:
        within = [f"{number}. 항이다." for number in (1, 2, 3, 1, 2, 3, 4, 5)]
        document = read(*within)
        assert [(item.number, len(item.parts)) for item in document.paragraphs] == [
            (1, 1),
            (2, 1),
            (3, 4),
            (4, 1),
            (5, 1),
        ]
        assert doubts(document) == [
            ("54:3.2", "The numbers begin again at 1; these are read as parts of paragraph 3."),
            ("54:4", "The number 4 could belong to those above that begin again."),
        ]

    def test_huge_numbers(self) -> None:
        document = read(
            "1. 하나다.", "123456. 둘이다.", "2. 셋이다.", "99999. 넷이다.", "2022. 11."
        )
        assert [item.number for item in document.paragraphs] == [1, 2]
        assert doubts(document) == [
            ("54:1.2", "A line begins with the number 123456, which is too large."),
            ("54:2.2", "A line begins with the number 99999, which is too large."),
        ]

    def test_numbers_without_text(self) -> None:
        assert doubts(read("1. 하나다.", "2.", "3. 셋이다.")) == [
            ("54:2", "Paragraph 2 has no text.")
        ]
        many = read(*(f"{number}." for number in range(1, 20_001)))
        assert len(many.paragraphs) == 20_000
        assert doubts(many) == [("54:1", "20000 paragraphs have no text.")]

    def test_no_more_doubts_than_anybody_reads(self) -> None:
        document = read(*(f"{number}. 항이다." for number in range(1, 900, 2)))
        assert len(document.paragraphs) == 450
        assert len(document.doubts) == MOST_DOUBTS

    def test_the_way_that_numbers_are_written_is_the_outer_one(self) -> None:
        document = read("1. 하나다.", "1) 가이다.", "2) 나이다.", "3) 다이다.", "2. 둘이다.")
        assert [(it.number, len(it.parts)) for it in document.paragraphs] == [(1, 4), (2, 1)]
        late = read("(1) 문서다.", *(f"{number}. 항이다." for number in (1, 2, 3)))
        assert [it.number for it in late.paragraphs] == [0, 1, 2, 3]

    def test_numbers_in_cells(self) -> None:
        document = read("1\t하나다.", "2\t둘이다.", form="docx")
        assert shown(document) == [(1, "", ["하나다."]), (2, "", ["둘이다."])]
        both = read("1. 하나다.", "1\t칸이다.", "2. 둘이다.", form="docx")
        assert shown(both) == [(1, "", ["하나다.", "1\t칸이다."]), (2, "", ["둘이다."])]


class TestWholeLines:
    """Where a format has a paragraph on each line, no line is joined to another by guess."""

    LINES = ("1. 합의 사항", "확장억제 강화", "전작권 전환 추진", "2. 둘이다.", "그 둘째 문단이다.")

    @pytest.mark.parametrize("form", ["docx", "hwpx", "hwp", "html", "md"])
    def test_each_is_a_part(self, form: str) -> None:
        assert shown(read(*self.LINES, form=form)) == [
            (1, "", ["합의 사항", "확장억제 강화", "전작권 전환 추진"]),
            (2, "", ["둘이다.", "그 둘째 문단이다."]),
        ]

    @pytest.mark.parametrize("form", ["txt", "pdf"])
    def test_elsewhere_they_are_joined(self, form: str) -> None:
        assert shown(read(*self.LINES, form=form))[0][2] == [
            "합의 사항 확장억제 강화 전작권 전환 추진"
        ]

    def test_lines_that_were_broken_by_hand_are_joined(self) -> None:
        broken = [
            "1. 양 장관은",
            "연합방위태세를",
            "점검하였고,",
            "협력하기로 하였다.",
            "2. 둘이다.",
        ]
        assert shown(read(*broken, form="html")) == [
            (1, "", ["양 장관은 연합방위태세를 점검하였고, 협력하기로 하였다."]),
            (2, "", ["둘이다."]),
        ]


@pytest.mark.parametrize(
    "item",
    [
        *("가. 세부다.", "1) 세부다.", "(1) 세부다.", "□ 세부다.", "ㅇ 세부다.", "- 세부다."),
        *("① 세부다.", "㉠ 세부다.", "a. 세부다.", "iv) 세부다.", "※ 세부다.", "¹ 각주다."),
        *("[1] 각주다.", "† 각주다.", "(가) 세부다.", "붙임 세부"),
    ],
)
def test_items_within_items_are_parts(item: str) -> None:
    document = read("1. 하나다.", item, "2. 둘이다.")
    assert shown(document) == [(1, "", ["하나다.", item]), (2, "", ["둘이다."])]


def test_english_sentences_and_abbreviations_hold_together() -> None:
    document = compose(
        "Joint Communiqué of the 54th Security Consultative Meeting\n"
        "1. The U.S.\nand the ROK met in Washington, D.C.\nin 2022. They read No.\n5 of Gen.\n"
        "LaCamera’s report and the U.S.-\nROK plan of Nov.\n3. They agreed.\n2. The end.",
        FROM,
    )
    assert [part.text for part in document.paragraphs[0].parts] == [
        (
            "The U.S. and the ROK met in Washington, D.C. in 2022. They read No. 5 of"
            " Gen. LaCamera’s report and the U.S.-ROK plan of Nov. 3. They agreed."
        )
    ]
    assert [item.number for item in document.paragraphs] == [1, 2]


def test_half_a_word_is_no_item() -> None:
    line = "양 장관은 한미동맹의 연합방위태세를 점검하고 확장억제의 실행력을 높이기로 \n" * 6
    document = compose(
        f"1. {line}협력하기로 하였\n다. 이어 말하였다.\n가. 세부다.\n2. 둘이다.", FROM
    )
    assert [len(item.parts) for item in document.paragraphs] == [2, 1]
    assert "협력하기로 하였다. 이어 말하였다." in document.paragraphs[0].parts[0].text


def test_the_first_line_of_a_narrow_column_is_no_heading() -> None:
    words = "양 장관은 한미동맹의 연합방위태세를 점검하고 확장억제의 실행력을 높이기로 하였다. " * 3
    lines = [words[start : start + 22].strip() for start in range(0, len(words), 22)]
    items = [f"{number}. " + "\n".join([lines[0][:-3], *lines[1:]]) for number in range(1, 9)]
    document = compose("\n".join(items), FROM)
    assert [item.heading for item in document.paragraphs] == [""] * 8


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["Joint Communique of the 52nd U.S.-ROK", "Security Consultative Meeting"], ""),
        (["제52차 한미안보협의회의(SCM)", "공동성명"], ""),
        (["공동성명", "제52차 한미안보협의회의(SCM)"], ""),
        (["제52차", "한미안보협의회의(SCM) 공동성명"], ""),
        (["한미동맹 강화", "제52차 SCM 공동성명"], "한미동맹 강화"),
        (["제52차 SCM 소식", "제52차 SCM 공동성명"], "제52차 SCM 소식"),
        (["제52차 SCM 공동성명 (국/영문)", "제52차 SCM 공동성명"], "제52차 SCM 공동성명 (국/영문)"),
    ],
)
def test_a_title_over_two_lines(lines: list[str], title: str) -> None:
    document = compose("\n".join([*lines, "October 14, 2020, Washington D.C.", "1. A."]), FROM)
    assert document.facts.title == (title or " ".join(lines))
    assert str(document.facts.place) == "Washington D.C."


def test_an_initial_ends_no_line_and_a_small_letter_begins_no_part() -> None:
    filler = ["셋이다. 넷이다."] * 30
    lines = ["1. 하나다. 둘이다.", *filler, "다섯이다. 마크 에스퍼(Mark T."]
    ends = ["Esper) 장관이다. 이어진다.", "They praised the U.S. They met in the U.S.", "and left."]
    document = compose("\n".join([*lines, *ends, "2. 둘이다."]), FROM)
    assert [part.text for part in document.paragraphs[0].parts] == [
        "하나다. 둘이다.",
        *filler,
        "다섯이다. 마크 에스퍼(Mark T. Esper) 장관이다. 이어진다.",
        "They praised the U.S. They met in the U.S. and left.",
    ]
