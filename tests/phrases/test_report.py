"""A history in sentences: nothing is said that the documents at hand do not show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from scmtui.model import Kind
from scmtui.phrases import RULES, answer, basis, history, report, texts
from scmtui.phrases.report import ranges

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.model import Document

    Make = Callable[..., Document]


def told(phrase: str, *documents: Document, off: str = "") -> str:
    return "\n".join(report(history(phrase, texts(documents), RULES - {off})))


def test_absence_names_the_document_and_what_is_missing(bundled: dict[str, Document]) -> None:
    said = told("현재의 전력 수준", *bundled.values())
    assert (
        "“현재의 전력 수준” does not stand in the official document at hand in Korean: "
        "52 “제52차 한미안보협의회의(SCM) 공동성명”, 14 October 2020." in said
    )
    assert "which proves nothing of a communiqué: 57-article" in said
    assert "No official document in Korean is at hand of the meetings 1–51, 53–57." in said
    assert "Searched: 52 2020-10-14 (Joint communiqué · official); 57-article 2025-11-04 (" in said
    assert "Differences that did not count: blanks," in said
    assert "Differences that counted" not in said
    assert "First in" not in said


def test_presence_names_every_paragraph(bundled: dict[str, Document]) -> None:
    said = told("확장억제", *bundled.values(), off="blanks")
    assert "stands in 1 of 1 official documents at hand in Korean: 52:6 (2×)." in said
    assert "in texts that are not official: 57-article:0, 57-article:3, 57-article:8 (4×)." in said
    assert "Differences that counted: blanks." in said


def test_names_that_count_and_that_do_not_are_told_apart(bundled: dict[str, Document]) -> None:
    said = told("미래연합군사령부", *bundled.values())
    assert "Also looked for as: 미래연합사" in said
    assert "Not in these words, but under another name: 52 (미래연합사)." in said
    assert "another thing and not counted: " in said
    assert "한미연합군사령부" in said


def test_the_course_is_told_with_its_gaps(make: Make) -> None:
    said = told(
        "완전한 비핵화 목표",
        make(50, "완전한 비핵화 목표를 재확인하였다."),
        make(53, "다른 일을 논의하였다."),
        make(54, "완전한 비핵화 목표를 재확인하였다."),
        make(55, "완전한 비핵화의 목표를 재확인하였다."),
    )
    assert "stands in 2 of 4 official documents" in said
    assert (
        "It does not stand in 53 “제53차 공동성명”, 14 October 2021; 55 “제55차 공동성명”" in said
    )
    assert "First in 50, last in 54, of the official documents at hand." in said
    assert (
        "Dropped in 53: it stood in 50, or nearly. "
        "No official document of the meetings 51–52 between them is at hand." in said
    )
    assert "Back in 54: it did not stand in 53." in said
    assert "Reworded in 55, after 54: “완전한 비핵화의 목표”." in said


def test_a_longer_word_is_never_called_absence(make: Make) -> None:
    said = told(
        "억제",
        make(50, "동맹의 억제 태세를 점검하고 확장억제력을 강화하였다."),
        make(52, "대북억제력과 대북억제력을 위한 확장억제를 재확인하였다."),
        make(53, "다른 일을 논의하였다."),
        make(55, "핵억제를 논의하였다.", kind=Kind.ARTICLE, official=False),
    )
    assert "stands in 1 of 3 official documents at hand in Korean: 50:1 (1×)." in said
    assert (
        "Only inside longer words, and not counted as “억제”: 52:1 (대북억제력 2×, 확장억제 1×)."
        in said
    )
    assert "It does not stand in 53 “제53차 공동성명”" in said
    assert "Dropped in 53: in 52 it stood inside longer words only." in said
    assert "Dropped in 52" not in said
    assert "in texts that are not official: 55-article:1 (핵억제 1×)." in said
    assert "Not found in texts" not in said
    assert "Inside longer words, and not counted: 확장억제력 1×." in said
    assert "The inside of any other longer word is told apart" in said
    only = told("억제", make(52, "확장억제를 재확인하였다."), make(53, "다른 일"))
    assert only.startswith(
        "Only inside longer words, and not counted as “억제”: 52:1 (확장억제 1×)."
    )
    assert "It does not stand in 53 “제53차 공동성명”" in only
    assert "none of" not in only


def test_a_phrase_is_back_after_it_was_gone_and_stood_inside_longer_words(make: Make) -> None:
    said = told(
        "억제",
        make(50, "억제를 논의하였다."),
        make(51, "다른 일을 논의하였다."),
        make(52, "확장억제를 재확인하였다."),
        make(53, "억제를 논의하였다."),
    )
    assert "Dropped in 51: it stood in 50, or nearly." in said
    assert "Back in 53: in 52 it stood inside longer words only." in said


def test_many_documents_are_named_by_their_ids(make: Make) -> None:
    said = told("정권의 종말", *(make(n, "다른 일이다.") for n in range(50, 55)))
    assert "in none of the 5 official documents at hand in Korean: 50, 51, 52, 53, 54." in said


def test_the_closest_wording_is_told_where_the_phrase_stands_nowhere(make: Make) -> None:
    said = told("북한의 완전한 비핵화", make(52, "한반도의 완전한 비핵화를 논의하였다."))
    assert "The closest wording there, in 52:1.1: “한반도의 완전한 비핵화” (likeness 0.84)." in said


def test_without_an_official_document_nothing_is_said_of_any(make: Make) -> None:
    article = make(57, "확장억제를 논의하였다.", kind=Kind.ARTICLE, official=False)
    said = answer(history("확장억제", texts([article])))
    assert said[0] == "No official document in Korean is at hand: nothing is said of any."
    assert "57-article:1 (1×)" in said[1]


def test_what_was_not_searched_is_told(make: Make) -> None:
    found = history("굳건한 공약", texts([make(52, "글"), make(52, "Text", language="en")]))
    said = "\n".join(basis(found))
    assert "In another language, and not searched: 52-en" in said
    everything = history("굳건한 공약", texts([make(52, "글")]), frozenset())
    assert "did not count" not in "\n".join(basis(everything))


def test_it_is_told_when_near_wordings_were_not_looked_for_everywhere(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [make(n, "굳건한 연합방위태세를 유지한다.") for n in (50, 51, 52)]
    assert "everywhere" not in told("확고한 연합방위태세", *documents)
    monkeypatch.setattr("scmtui.phrases.nearest.MOST", 2)
    assert "Near wordings were not looked for everywhere" in told("확고한 연합방위태세", *documents)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [([], ""), ([5], "5"), ([1, 2, 3], "1–3"), ([3, 1, 2, 5, 7, 8], "1–3, 5, 7–8")],
)
def test_numbers_in_a_row_are_told_as_one(numbers: list[int], said: str) -> None:
    assert ranges(numbers) == said


def test_everything_is_told_in_korean_too(
    bundled: dict[str, Document], speak: Callable[[str], None]
) -> None:
    speak("ko")
    said = report(history("현재의 전력 수준", texts(bundled.values())))
    assert said[0].startswith("“현재의 전력 수준” 문구는")
    assert all(re.search(r"니다(\(.*\))?\.$", sentence) for sentence in said)
