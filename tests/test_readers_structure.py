"""Numbers, parts and joins: whatever is out of order is read, with a doubt, and nothing is lost."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import readers, text
from scmtui.model import Correction, Provenance
from scmtui.readers.document import compose

if TYPE_CHECKING:
    from scmtui.model import Document

FROM = Provenance("text.txt", "txt", "0" * 64)


def plain(shown: str) -> str:
    return "".join(shown.split())


def shown(document: Document) -> list[tuple[int, str, list[str]]]:
    """Numbers, headings and parts, to compare two documents by."""
    return [
        (item.number, item.heading, [part.text for part in item.parts])
        for item in document.paragraphs
    ]


def numbered(*texts: str) -> str:
    return "\n".join(f"{number}. {it}" for number, it in enumerate(texts, 1))


class TestNumbering:
    """Numbers that jump, repeat or are missing: read all the same, with a doubt for each."""

    def doubts(self, source: str) -> tuple[list[int], list[tuple[str, str]]]:
        document = compose(f"제52차 SCM 공동성명\n{source}", FROM)
        body = "".join(
            f"{item.number or ''}{part.text}" for item in document.paragraphs for part in item.parts
        )
        lost = set(re.findall(r"[가-힣]+", source)) - set(re.findall(r"[가-힣]+", body))
        assert not lost
        return [item.number for item in document.paragraphs], [
            (str(it.address), it.text) for it in document.doubts
        ]

    def test_a_jump(self) -> None:
        numbers, doubts = self.doubts("1. 하나다.\n2. 둘이다.\n5. 다섯이다.\n6. 여섯이다.")
        assert numbers == [1, 2, 5, 6]
        assert doubts == [("52:5", "After paragraph 2 comes paragraph 5.")]

    def test_a_repeated_number_is_a_part_that_keeps_it(self) -> None:
        document = compose("1. 하나다.\n2. 둘이다.\n2. 또 둘이다.\n3. 셋이다.", FROM)
        assert shown(document)[1:] == [(2, "", ["둘이다.", "2. 또 둘이다."]), (3, "", ["셋이다."])]
        numbering = [it for it in document.doubts if it.kind == "numbering"]
        assert [str(it.address) for it in numbering] == ["x-text:2.2"]
        assert numbering[0].text == "A line begins with the number 2, which was there before."

    def test_a_number_that_comes_late(self) -> None:
        numbers, doubts = self.doubts(
            "1. 하나다.\n2. 둘이다.\n4. 넷이다.\n3. 셋이다.\n5. 다섯이다."
        )
        assert numbers == [1, 2, 4, 3, 5]
        assert [at for at, _ in doubts] == ["52:4", "52:3", "52:5"]
        assert doubts[1][1] == "Paragraph 3 stands after paragraph 4."

    def test_a_first_number_that_is_not_one(self) -> None:
        numbers, doubts = self.doubts("3. 셋이다.\n4. 넷이다.")
        assert numbers == [3, 4]
        assert doubts == [("52:3", "The paragraphs begin with the number 3.")]

    def test_no_numbers_at_all(self) -> None:
        numbers, doubts = self.doubts("하나다. 둘이다.\n셋이다. 넷이다.")
        assert numbers == [0]
        assert doubts == [("52:0", "The text has no numbered paragraphs.")]

    def test_a_broken_date_opens_nothing(self) -> None:
        source = "1. 하나다.\n2. 둘이다.\n3. 회의는 2022.\n4. 3. 서울에서 열렸다.\n4. 끝이다."
        document = compose(source, FROM)
        assert shown(document)[2:] == [
            (3, "", ["회의는 2022. 4. 3. 서울에서 열렸다."]),
            (4, "", ["끝이다."]),
        ]

    def test_a_number_within_a_sentence_opens_nothing(self) -> None:
        wrapped = "1. " + "양 장관은 한미동맹의 연합방위태세를 점검하였고 확장억제를\n" * 6
        document = compose(wrapped + "7. 항에 적힌 대로 하였다.\n2. 둘이다.", FROM)
        assert [item.number for item in document.paragraphs] == [1, 2]

    def test_a_number_after_a_comma_or_a_particle_opens_nothing(self) -> None:
        document = compose("1. 하나다.\n2. 셋과,\n3. 넷을\n3. 보았다.\n3. 셋이다.", FROM)
        assert shown(document)[1:] == [(2, "", ["셋과, 3. 넷을 3. 보았다."]), (3, "", ["셋이다."])]

    def test_an_unfinished_line_that_wants_no_other_ends_a_paragraph(self) -> None:
        assert len(compose("1. 합의 사항\n2. 둘이다.", FROM).paragraphs) == 2
        line = "양 장관은 한미동맹의 연합방위태세를 점검하고 확장억제의 실행력을"
        for end in (" ", ""):
            wrapped = f"{line}{end}\n" * 6
            document = compose(f"1. {wrapped}확대 합의\n2. {wrapped}마친다.", FROM)
            assert [item.number for item in document.paragraphs] == [1, 2]

    @pytest.mark.parametrize("before", ["하였음", "추진함", "합의됨.", "확인하였다", "하였다.”"])
    def test_these_endings_finish_a_paragraph(self, before: str) -> None:
        filler = "양 장관은 한미동맹의 연합방위태세를 점검하였고 확장억제의 실행력을 \n" * 6
        document = compose(f"1. {filler}{before} \n2. 둘이다.\n", FROM)
        assert [item.number for item in document.paragraphs] == [1, 2]

    def test_a_number_on_a_line_of_its_own(self) -> None:
        assert shown(compose("1.\n하나다.\n2.\n둘이다.", FROM)) == [
            (1, "", ["하나다."]),
            (2, "", ["둘이다."]),
        ]

    def test_decimals_and_other_marks_are_no_numbers(self) -> None:
        document = compose("1. 하나다.\n2.5% 늘었다.\n2) 세부다.\n2. 둘이다.", FROM)
        assert shown(document) == [
            (1, "", ["하나다. 2.5% 늘었다.", "2) 세부다."]),
            (2, "", ["둘이다."]),
        ]

    def test_ten_thousand_paragraphs(self) -> None:
        source = numbered(*("양 장관은 협력하기로 하였다." for _ in range(10_000)))
        document = compose(source, FROM)
        assert [item.number for item in document.paragraphs] == list(range(1, 10_001))


class TestParts:
    """Several 문단 in one paragraph, however they are set."""

    PARTS = ("첫째 문단이다. 그 둘째 문장이다.", "둘째 문단이다. 길게 이어진다.", "셋째 문단이다.")

    @pytest.mark.parametrize("glue", ["\n", "\n\n", "\n   "])
    def test_on_lines_of_their_own(self, glue: str) -> None:
        document = compose("1. 하나다.\n2. " + glue.join(self.PARTS) + "\n3. 셋이다.", FROM)
        assert [parts for _, _, parts in shown(document)][1] == list(self.PARTS)

    def test_after_a_line_that_ends_early(self) -> None:
        long = (
            "양 장관은 한미동맹의 연합방위태세를 점검하고 확장억제의 실행력을 높이기로 하였다. " * 5
        )
        wrapped = [textwrap.fill(long + end, 44) for end in ("이로써 끝났다.", "이만 마친다.")]
        document = compose(f"1. {wrapped[0]}\n{wrapped[1]}\n2. 둘이다.", FROM)
        assert [len(parts) for _, _, parts in shown(document)] == [2, 1]
        assert plain(document.paragraphs[0].parts[1].text) == plain(long + "이만 마친다.")

    def test_after_a_finished_line_without_the_trailing_blank(self) -> None:
        lines = "양 장관은 한미동맹의 연합방위태세를 \n" * 8
        document = compose(f"1. {lines}점검하였다.\n{lines}마친다.\n2. 둘이다. \n", FROM)
        assert [len(parts) for _, _, parts in shown(document)] == [2, 1]

    def test_bullets_begin_parts(self) -> None:
        source = "□ 개최함.\n  ㅇ 논의하고\n   협력하기로 함.\n  - 점검함.\n※ 끝 부분"
        assert shown(compose(f"개최 결과\n{source}", FROM))[0][2] == [
            "□ 개최함.",
            "ㅇ 논의하고 협력하기로 함.",
            "- 점검함.",
            "※ 끝 부분",
        ]

    def test_lines_stay_broken_when_the_rule_is_off(self) -> None:
        document = compose(
            "1. 양 장관은 핵을,\n  논의하였다.\n2. 끝이다.", FROM, text.RULES - {"line-breaks"}
        )
        assert document.paragraphs[0].parts[0].text == "양 장관은 핵을,\n논의하였다."


def test_english_lines_join_at_blanks_and_hyphens() -> None:
    lines = [
        "1. The Secretary and the Minister reaffirmed the U.S.-",
        "ROK alliance and noted that the Security Consultative",
        "(SCM) meetings have been held every year since it was",
        "founded, and they agreed to meet again in the year to",
        "come. 2.",
    ]
    assert compose("\n".join(lines), FROM).paragraphs[0].parts[0].text == (
        "The Secretary and the Minister reaffirmed the U.S.-ROK alliance and noted that the"
        " Security Consultative (SCM) meetings have been held every year since it was founded,"
        " and they agreed to meet again in the year to come. 2."
    )


def test_blanks_that_stray_at_the_ends_of_loose_lines_mean_nothing() -> None:
    lines = [
        "양측은 ",
        "핵 위협을 점검하고 또한 아주 길게 이어지는 문장에서 ",
        "앞으로도",
        "협력한다.",
    ]
    document = compose("\n".join(["1. 하나다.", "2. 둘이다.", *lines]), FROM)
    assert document.paragraphs[1].parts[0].text.endswith("문장에서 앞으로도 협력한다.")


source_lines = st.lists(
    st.text("가나다 1.2)(,다함”“A-|□", max_size=30)
    | st.sampled_from(
        [
            *("1. 하나다.", "2. 둘이다. ", "3.", "", " \t", "제52차 SCM 공동성명", "2020. 10. 14."),
            *("끝.", "확장억제", "붙임: 과제", "12345. 셋", "가. 세부다.", "Washington, D.C."),
        ]
    )
)


@given(
    source_lines.map("\n".join),
    st.sets(st.sampled_from(sorted(text.RULES))),
    st.sampled_from(["txt", "docx", "html"]),
    st.lists(
        st.tuples(
            st.sampled_from(["join", "part", "paragraph"]),
            st.integers(0, 200),
            st.sampled_from(["", " ", "7"]),
        ),
        max_size=3,
        unique_by=lambda it: it[1],
    ),
)
def test_no_character_of_any_text_is_lost(
    raw: str, rules: set[str], form: str, corrected: list[tuple[str, int, str]]
) -> None:
    source = text.clean(raw).text
    layer = tuple(
        Correction(kind, at, value if kind == "paragraph" else value[:1].replace("7", ""))
        for kind, at, value in sorted(corrected, key=lambda it: it[1])
        if source[at : at + 1].strip()
    )
    document = compose(source, replace(FROM, format=form), rules, corrections=layer)
    covered = 0
    for item in document.paragraphs:
        if covered:
            assert not source[covered : item.start].strip()
        covered = item.end
        inside = plain(source[item.start : item.end])
        body = plain("".join(part.text for part in item.parts))
        assert inside.endswith(body)
        opened = text.fold(inside[: len(inside) - len(body)])
        number = rf"\(?0*{item.number}[.)]" if item.number else ""
        if any(it.kind == "paragraph" for it in layer):
            number = f"(?:{number})?"  # it may be the reader's
        heading = re.escape(text.fold(plain(item.heading)))
        assert re.fullmatch(f"{number}{heading}|{heading}{number}", opened)
        for part in item.parts:
            assert plain(part.text) == plain(source[part.start : part.end])
    below = "".join(it.text for it in document.dropped if it.kind in {"end-mark", "site-footer"})
    assert plain(source[covered:]) == plain(below) or not document.paragraphs
    assert document.paragraphs or plain(source) == plain(below)
    assert len({item.number for item in document.paragraphs}) == len(document.paragraphs)


@given(source_lines.map("\n".join))
def test_reading_again_gives_the_same(raw: str) -> None:
    document = compose(text.clean(raw).text, FROM)
    assert readers.reread(document, text.RULES) == document
