"""One source, several documents: two languages side by side, and a communiqué that is quoted."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import readers, text
from scmtui.model import Kind, Provenance
from scmtui.readers.document import compose_all

if TYPE_CHECKING:
    from scmtui.model import Document

SAMPLES = Path(__file__).parent / "samples"
FROM = Provenance("text.txt", "txt", "0" * 64)
TITLE = "제52차 한미안보협의회의(SCM) 공동성명"
DAY = "2020년 10월 14일, 워싱턴 D.C."
OTHERS = range(2, 9)
KOREAN = [
    "1. 제52차 한미안보협의회의(SCM)가 2020년 10월 14일 워싱턴에서 개최되었다.",
    *(
        f"{number}. 양 장관은 {number}번째 과제를 점검하고 협력하기로 하였다."
        for number in range(2, 9)
    ),
]
ENGLISH = [
    (
        "1. The 52nd U.S.-ROK Security Consultative Meeting (SCM) was held in Washington, D.C. on"
        " October 14, 2020."
    ),
    *(
        f"{number}. The Secretary and the Minister noted issue No. {number}."
        for number in range(2, 9)
    ),
]
ENGLISH_TITLE = "Joint Communiqué of the 52nd U.S.-ROK Security Consultative Meeting"
ENGLISH_DAY = "October 14, 2020, Washington, D.C."


def made(*lines: str, form: str = "txt") -> tuple[Document, ...]:
    from dataclasses import replace

    documents = compose_all("\n".join(lines), replace(FROM, format=form))
    for document in documents:
        for item in document.paragraphs:
            for part in item.parts:
                exact = document.source[part.start : part.end]
                assert "".join(part.text.split()) == "".join(exact.split())
        assert readers.reread(document, text.RULES) == document
    return documents


def numbers(document: Document) -> list[int]:
    return [item.number for item in document.paragraphs]


def alternating() -> list[str]:
    return [line for pair in zip(KOREAN, ENGLISH, strict=True) for line in pair]


@pytest.mark.parametrize(
    "lines",
    [
        [TITLE, DAY, *KOREAN, "", ENGLISH_TITLE, ENGLISH_DAY, *ENGLISH],
        [ENGLISH_TITLE, ENGLISH_DAY, *ENGLISH, "", TITLE, DAY, *KOREAN],
        [TITLE, ENGLISH_TITLE, DAY, ENGLISH_DAY, *alternating()],
        [
            f"{korean}\t{english}"
            for korean, english in zip(
                [TITLE, DAY, *KOREAN], [ENGLISH_TITLE, ENGLISH_DAY, *ENGLISH], strict=True
            )
        ],
    ],
    ids=["Korean first", "English first", "alternating", "a table"],
)
def test_two_languages_are_two_documents_with_the_same_numbers(lines: list[str]) -> None:
    korean, english = made(*lines)
    assert [it.id for it in (korean, english)] == ["52", "52-en"]
    assert numbers(korean) == numbers(english) == list(range(1, 9))
    assert korean.facts.title == TITLE
    assert english.facts.title == ENGLISH_TITLE
    assert korean.facts.held == english.facts.held
    assert english.facts.place == "Washington, D.C."
    for document in (korean, english):
        for item in document.paragraphs:
            inside = item.parts[0].text
            assert bool(re.search("[가-힣]", inside)) == (document is korean)
    assert english.paragraphs[1].parts[0].text.endswith("noted issue No. 2.")


def test_a_table_with_a_column_for_the_numbers() -> None:
    rows = zip(KOREAN, ENGLISH, strict=True)
    lines = [
        f"{number}\t{korean.partition(' ')[2]}\t{english.partition(' ')[2]}"
        for number, (korean, english) in enumerate(rows, 1)
    ]
    korean, english = made(f"{TITLE}\tJoint Communiqué", *lines, form="hwpx")
    assert (korean.id, english.id) == ("52", "52-en")
    assert numbers(korean) == numbers(english) == list(range(1, 9))


def test_the_text_that_names_no_meeting_has_that_of_the_other() -> None:
    nameless = [re.sub("52nd U.S.-ROK ", "", line) for line in ENGLISH]
    korean, english = made(TITLE, *KOREAN, *nameless)
    assert (korean.id, english.id) == ("52", "52-en")
    assert (english.facts.meeting, english.facts.kind) == (52, Kind.COMMUNIQUE)


@pytest.mark.parametrize(
    "lines",
    [
        [TITLE, DAY, *KOREAN, "Annex", *ENGLISH[:3]],
        [TITLE, DAY, *KOREAN],
        [ENGLISH_TITLE, *ENGLISH],
        [TITLE, *KOREAN[:4], "This sentence is in English, and it is alone here.", *KOREAN[4:]],
        [TITLE, "1. 하나다.", "The first.", "2. 둘이다.", "The second."],
    ],
    ids=["an annex", "Korean", "English", "a sentence", "numbers in one language"],
)
def test_what_is_not_surely_two_languages_stays_one(lines: list[str]) -> None:
    assert len(made(*lines)) == 1


HEAD = ["한미, 안보협의회의 개최…연합방위태세 강화", "입력 2020-10-15 09:00", "홍길동 기자", ""]
PROSE = [
    (
        "서욱 국방부 장관과 마크 에스퍼 미국 국방장관은 14일 제52차 한미안보협의회의(SCM)를 열고"
        " 전작권 전환 등 동맹의 현안을 두루 논의했다."
    ),
    "양 장관은 공동성명에서 연합방위태세를 재확인했다.",
]
ANNOUNCED = "다음은 공동성명 전문이다."
FOOT = ["hong@example.co.kr", "저작권자 ⓒ 아무개. 무단전재 금지"]


@pytest.mark.parametrize(
    "lines",
    [
        [*HEAD, *PROSE, ANNOUNCED, TITLE, DAY, *KOREAN, *FOOT],
        [*HEAD, *PROSE, ANNOUNCED, *KOREAN, *FOOT],
        [*HEAD, *PROSE, TITLE, DAY, *KOREAN, "//끝//", *FOOT],
        [*HEAD, *PROSE, "", f"[{TITLE} 전문]", *KOREAN, "한편, 양 장관은 다음 달 다시 만난다."],
    ],
    ids=["announced", "no title", "ended", "more prose"],
)
@pytest.mark.parametrize("form", ["txt", "html"])
def test_an_article_and_the_communique_that_it_quotes(lines: list[str], form: str) -> None:
    article, quoted = made(*lines, form=form)
    assert (article.id, article.facts.kind) == ("52-article", Kind.ARTICLE)
    assert (quoted.id, quoted.facts.kind) == ("52", Kind.COMMUNIQUE)
    assert numbers(quoted) == list(range(1, 9))
    assert not article.facts.official
    assert not quoted.facts.official
    assert [it.text for it in quoted.doubts if it.kind == "press-copy"] == [
        "This is a press copy: the text as “52-article” quotes it, not the official one."
    ]
    assert "양 장관은 2번째" not in article.source
    assert "홍길동" not in quoted.source
    assert quoted.paragraphs[-1].parts[-1].text == KOREAN[-1].partition(" ")[2]
    inside = "".join(part.text for item in article.paragraphs for part in item.parts)
    assert PROSE[1] in inside
    assert "홍길동" not in inside
    assert article.facts.published
    assert str(article.facts.published) == "2020-10-15"


def test_a_ministry_that_attaches_its_communique_makes_no_press_copy() -> None:
    release = [
        *("보도자료", "대한민국 국방부", "배포일시 2020. 10. 15.(목)", "제52차 SCM 개최 결과"),
        "□ 서욱 국방부장관은 2020년 10월 14일 워싱턴에서 제52차 SCM을 개최하였다.",
        "ㅇ 양 장관은 확장억제의 실행력을 높이고 전작권 전환을 추진하기로 하였으며 다시 만난다.",
        "붙임: 공동성명 전문",
    ]
    press, communique = made(*release, TITLE, DAY, *KOREAN, "//끝//")
    assert (press.id, press.facts.official) == ("52-press", True)
    assert (communique.id, communique.facts.official) == ("52", True)
    assert [it.kind for it in communique.doubts] == []


@pytest.mark.parametrize(
    "lines",
    [
        [*HEAD, TITLE, DAY, *KOREAN, *FOOT],
        [*HEAD, *PROSE, *KOREAN[:3]],
        [*HEAD, *PROSE, "1. 연합방위태세", *KOREAN[1:]],
        [*HEAD, *PROSE, *(line.replace("개최", "준비") for line in KOREAN)],
    ],
    ids=["a copy with a byline", "too few", "no formula", "not held"],
)
def test_what_is_not_surely_quoted_stays_one(lines: list[str]) -> None:
    assert len(made(*lines)) == 1


def test_the_seeds_stay_what_they_are() -> None:
    for name in ("scm52-communique.ko.txt", "scm57-article.ko.txt"):
        assert len(made((SAMPLES / name).read_text("utf-8"))) == 1


def test_two_documents_of_a_sort_have_ids_of_their_own() -> None:
    from scmtui.readers.document import _numbered

    (document,) = made(TITLE, *KOREAN)
    assert [it.id for it in _numbered([document, document, document])] == ["52", "52-2", "52-3"]
    doubtful = made("제52차 SCM 공동성명", "3. 셋이다.", "4. 넷이다.")[0]
    again = list(_numbered([doubtful, doubtful]))[1]
    assert {str(it.address) for it in again.doubts} == {"52-2:3"}


PIECES = st.sampled_from(
    [
        *(
            TITLE,
            DAY,
            *KOREAN,
            ENGLISH_TITLE,
            ENGLISH_DAY,
            *ENGLISH,
            *HEAD,
            *PROSE,
            ANNOUNCED,
            *FOOT,
        ),
        *("", "//끝//", "3\t가나다라\tabcdef", "x\ty", "붙임: 과제", "(SCM)"),
    ]
)


@given(st.lists(PIECES, max_size=40), st.sampled_from(["txt", "docx"]))
def test_no_character_is_lost_between_the_documents(lines: list[str], form: str) -> None:
    documents = made(*lines, form=form)
    together = Counter("".join("".join(it.source for it in documents).split()))
    assert not Counter("".join("".join(lines).split())) - together
    assert len({it.id for it in documents}) == len(documents)


@given(st.integers(2, 8), st.integers(2, 8), st.booleans())
def test_languages_are_told_apart_by_their_numbers(korean: int, english: int, first: bool) -> None:
    blocks = [[TITLE, *KOREAN[:korean]], [ENGLISH_TITLE, *ENGLISH[:english]]]
    lines = [line for block in (blocks if first else blocks[::-1]) for line in block]
    alike = min(korean, english) >= max(korean, english) * 0.9
    assert len(made(*lines)) == 1 + alike


def test_an_english_article_with_the_communique_wrapped() -> None:
    prose = (
        "WASHINGTON -- The defense chiefs of the two countries met on Wednesday and agreed to go"
        " on with the transition of wartime operational control. The full text follows."
    )
    wrapped = [textwrap.fill(line, 60) for line in [prose, *ENGLISH]]
    article, quoted = made(
        "Allies agree on control", "By Jane Doe", "", wrapped[0], "", *wrapped[1:]
    )
    assert (article.facts.kind, article.facts.title) == (Kind.ARTICLE, "Allies agree on control")
    assert (quoted.id, numbers(quoted)) == ("52-en", list(range(1, 9)))
    assert article.id == "52-en-article"
