"""A phrase through all documents: what is found, what is not, and on what grounds."""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scmtui.model import Kind, UsageError
from scmtui.phrases import RULES, history, texts
from scmtui.phrases.nearest import NEAR
from scmtui.text import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scmtui.model import Document
    from scmtui.phrases import History, Texts

    Make = Callable[..., Document]

PHRASE = "주한미군의 현재 전력 수준"
WRITTEN = {
    "present": (
        "장관은 주한미군의 현재 전력 수준을 유지하기로 하였다.",
        "양측은 ‘주한미군의 현재 전력수준’에 공감하였다.",
        "USFK의 현재 전력 수준이 논의되었다.",
        "주한미군의  현재 전력·수준, 그리고 훈련을 점검하였다.",
    ),
    "near": (
        "장관은 주한미군의 현 전력 수준을 유지하기로 하였다.",
        "양측은 주한미군의 현재 전력 규모와 수준에 공감하였다.",
    ),
    "absent": (
        "양측은 훈련의 성과를 높이 평가하였다.",
        "회의는 우호적인 분위기에서 진행되었다.",
    ),
}
FILLER = (
    "두 나라는 방위산업 협력을 넓혀 나가기로 뜻을 모았다.",
    "우주와 사이버 분야의 공동 연구가 이어진다.",
    "국방부는 공급망 회복력을 높이는 방안을 살폈다.",
    "훈련은 계획대로 실시되었으며 성과가 있었다.",
    "다음 회의는 워싱턴에서 열린다.",
)


@pytest.fixture(scope="module")
def known(bundled: dict[str, Document]) -> Texts:
    return texts(bundled.values())


def states(found: History) -> dict[str, str]:
    return {row.facts.id: row.state for row in found.rows}


def addresses(found: History, document: str) -> list[str]:
    (row,) = [row for row in found.rows if row.facts.id == document]
    return list(map(str, row.addresses))


def test_a_phrase_that_is_nowhere_is_absent_and_says_where_that_was_looked_for(
    known: Texts,
) -> None:
    found = history("현재의 전력 수준", known)
    assert states(found) == {"52": "absent", "57-article": "absent"}
    assert [row.facts.id for row in found.official] == ["52"]
    assert [row.facts.id for row in found.unofficial] == ["57-article"]
    assert [facts.id for facts in found.searched] == ["52", "57-article"]
    assert found.rules == RULES
    assert found.summary.documents == ("52",)
    assert found.summary.first is None
    assert found.summary.last is None
    assert 51 in found.summary.missing
    assert 57 in found.summary.missing
    assert 52 not in found.summary.missing


def test_a_phrase_is_found_at_all_its_addresses(known: Texts) -> None:
    found = history("확장억제", known)
    assert addresses(found, "52") == ["52:6"]
    assert addresses(found, "57-article") == ["57-article:0", "57-article:3", "57-article:8"]
    assert found.summary.first == found.summary.last == "52"
    assert (found.summary.present, found.summary.meetings) == (1, 1)
    for row in found.rows:
        for place in row.places:
            assert [place.text[start:end] for start, end in place.spans] == ["확장억제"] * len(
                place.spans
            )


def test_several_words_are_found_in_their_order(known: Texts) -> None:
    assert addresses(history("북한의 완전한 비핵화", known), "52") == ["52:3"]
    assert states(history("완전한 북한의 비핵화", known))["52"] != "present"


def test_another_name_counts_and_a_related_one_stands_apart(known: Texts) -> None:
    found = history("미래연합군사령부", known)
    assert addresses(found, "52") == ["52:11"]
    (place,) = next(row for row in found.rows if row.facts.id == "52").places
    assert {it.name for it in place.occurrences} == {"미래연합사"}
    assert all(it.alias for it in place.occurrences)
    assert "한미연합군사령부" in {it.name for it in found.related}
    assert not any(it.place.address in found.rows[0].addresses for it in found.related)
    assert "한미연합군사령부" in found.related_names
    off = history("미래연합군사령부", known, RULES - {"aliases"})
    near = next(row.near for row in off.rows if row.facts.id == "52")
    assert near
    assert near.text == "미래연합사"  # what is only related is not near either
    assert "한미연합군사령부" in {it.name for it in off.related}


def test_a_longer_name_that_means_something_else_is_not_the_phrase(known: Texts) -> None:
    found = history("국방비", known)
    assert states(found)["52"] == "inside"  # 국방비전 is another thing
    assert found.rows[0].longer == {"국방비전": 1}
    assert states(history("국방비", known))["57-article"] == "present"


def test_a_word_of_its_own_is_found_in_a_longer_name_unless_words_in_front_change_it(
    make: Make,
) -> None:
    def count(phrase: str, text: str) -> int:
        return history(phrase, texts([make(52, text)])).count

    assert count("국방부", "국방부 장관이 참석하였다.") == 1
    assert count("국방부", "국방부장관이 참석하였다.") == 0
    assert count("연합사", "미래 연합사로 전환한다.") == 0
    assert count("연합사", "연합사와 미래연합사가 있다.") == 1


def test_a_name_explained_in_brackets_is_one_mention(make: Make) -> None:
    found = history("전작권", texts([make(52, "전시작전통제권(전작권) 전환을 추진한다.")]))
    (row,) = found.rows
    assert row.count == 1
    assert row.places[0].text[slice(*row.places[0].spans[0])] == "전시작전통제권(전작권)"


@pytest.mark.parametrize(
    ("rule", "phrase", "text"),
    [
        ("blanks", "확장억제", "확장 억제를 논의하였다."),
        ("blanks", "확장 억제", "확장억제를 논의하였다."),
        ("dots", "한미 동맹", "한·미 동맹이 굳건하다."),
        ("dots", "9.19 군사합의", "9·19 군사합의를 이행한다."),
        ("dots", "US 공약", "U.S. 공약을 재확인하였다."),
        ("quotes", "국방비전 공동연구", "「국방비전」 공동연구를 마쳤다."),
        ("case", "Freedom Edge", "FREEDOM EDGE 훈련을 하였다."),
        ("hanja", "대북", "對北 정책을 논의하였다."),
        ("particles", "확장억제", "확장억제를 논의하였다."),
        ("particles", "확장억제를", "확장억제가 논의되었다."),
        ("compounds", "전작권", "전작권전환 계획과 전환 조건이 있다."),
        ("compounds", "전환", "전작권전환 계획과 전작권 조건이 있다."),
        ("aliases", "전작권", "OPCON 문제를 논의하였다."),
        ("aliases", "전작권 행사", "전시작전통제권 행사 문제를 논의하였다."),
        ("aliases", "제52차 회의", "제52차 회의와 SCM이 열렸다."),
    ],
)
def test_each_rule_makes_two_ways_of_writing_one_and_can_be_switched_off(
    make: Make, rule: str, phrase: str, text: str
) -> None:
    searched = texts([make(52, text)])
    assert history(phrase, searched).count == 1
    if phrase not in text:
        found = history(phrase, searched, RULES - {rule})
        assert found.count == 0
        assert rule not in found.rules


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("전작권 전환", "전작권을 논의하였다. 전환은 다음에 한다."),
        ("전작권 전환", "전작권, 전환 조건을 논의하였다."),
        ("전작권 전환", "회의는 전작권\n전환을 다루었다."),
        ("고양이", "협력을 제고, 양 장관은 이 점을 확인하였다."),
        ("US", "Let us reaffirm this."),
        ("억제", "확장억제를 논의하였다."),
        ("미사", "미사일 위협을 논의하였다."),
        ("한미일", "한미 동맹과 한일 관계를 논의하였다."),
        ("한미", "한미일 협력을 논의하였다."),
        ("전문", "전문가 회의를 열었다."),
        ("919", "9·19 군사합의를 이행한다."),
        ("35", "3.5%로 늘린다."),
        ("3.5%", "35%로 늘린다."),
    ],
)
def test_what_only_looks_like_the_phrase_is_not_it(make: Make, phrase: str, text: str) -> None:
    assert history(phrase, texts([make(52, text)])).count == 0


@pytest.mark.parametrize(
    ("phrase", "text", "longer"),
    [
        ("억제", "확장억제를 논의하고 대북억제력을 갖춘다.", {"확장억제": 1, "대북억제력": 1}),
        (
            "억제",
            "확장억제에서는 억제전략협의체의 일을 한다.",
            {"확장억제": 1, "억제전략협의체": 1},
        ),
        ("미사", "미사일 위협을 논의하였다.", {"미사일": 1}),
        ("한미", "한미일 협력을 논의하였다.", {"한미일": 1}),
        ("국방부", "국방부장관이 참석하였다.", {"국방부장관": 1}),
        ("연합사", "미래 연합사로 전환한다.", {"미래 연합사": 1}),
        ("확장억제", "확장 억제력을 갖춘다.", {"확장 억제력": 1}),
        ("현재의 전력 수준", "현재의 전력 수준별로 나눈다.", {"현재의 전력 수준별": 1}),
        ("force", "The enforcement went on.", {"enforcement": 1}),
        ("US", "USFK 기지를 옮긴다.", {"USFK": 1}),
        ("35", "135개를 늘린다.", {}),
        ("35", "3.5%로 늘린다.", {}),
        ("한국", "강한 국방을 이룬다.", {}),
        ("억제", "억제를 논의하였다.", {}),
    ],
)
def test_the_inside_of_longer_words_is_neither_counted_nor_absent(
    make: Make, phrase: str, text: str, longer: dict[str, int]
) -> None:
    language = "en" if text.isascii() else "ko"
    (row,) = history(phrase, texts([make(52, text, language=language)])).rows
    assert row.longer == longer
    assert (row.state == "inside") == bool(longer and not row.places)
    assert (row.count == 0) == (row.state != "present")
    for place in row.inside:
        for start, end in place.spans:
            assert place.text[start:end].replace(" ", "") == phrase.replace(" ", "")


@pytest.mark.parametrize(("rule", "text"), [("particles", "억제를"), ("compounds", "억제전략")])
def test_what_a_rule_that_is_off_does_not_count_is_inside_a_longer_word(
    make: Make, rule: str, text: str
) -> None:
    searched = texts([make(52, f"{text} 논의하였다. 전략 회의도 하였다.")])
    assert history("억제", searched).rows[0].state == "present"
    (row,) = history("억제", searched, RULES - {rule}).rows
    assert (row.state, row.longer) == ("inside", {text: 1})


@settings(max_examples=60)
@given(
    phrase=st.sampled_from(("억제", "전력 수준", "연합", "한미", "force", "국방")),
    pieces=st.lists(
        st.sampled_from(
            ("확장", "억제", "력", "을", "한미", "일", "전력", " ", " ", "수준", "별", "국방", "부",
             "re", "force", "연합", "사", ". ")
        ),
        min_size=1,
        max_size=14,
    ),
)  # fmt: skip
def test_a_phrase_whose_letters_stand_somewhere_is_never_absent(
    make: Make, phrase: str, pieces: list[str]
) -> None:
    text = " ".join("".join(pieces).split()) or "글"
    (row,) = history(phrase, texts([make(52, text)])).rows
    assert phrase not in text or row.state in ("present", "inside")
    taken = sorted(span for place in (*row.places, *row.inside) for span in place.spans)
    assert all(one[1] <= other[0] for one, other in pairwise(taken))


def test_inside_longer_words_a_phrase_has_neither_gone_nor_come(make: Make) -> None:
    present, inside, absent = "억제를 논의하였다.", "확장억제를 논의하였다.", "다른 일을 하였다."
    series = (inside, present, inside, present, absent, inside, present, inside, absent)
    course = history("억제", texts([make(40 + n, text) for n, text in enumerate(series)])).summary
    assert (course.first, course.last) == ("41", "46")
    assert [(it.document, it.was) for it in course.dropped] == [
        ("44", "present"),
        ("48", "inside"),
    ]
    assert [(it.document, it.was) for it in course.returned] == [("46", "inside")]
    assert course.inside == ("40", "42", "45", "47")
    assert course.without == ("44", "48")
    assert course.present == 3


def test_numbers_may_have_a_comma(make: Make) -> None:
    searched = texts([make(52, "주한미군 28,500명을 유지한다.")])
    assert history("28500명", searched).count == 1
    assert history("주한미군 28,500명", searched).count == 1


def test_korean_may_be_typed_on_the_english_keyboard(known: Texts, make: Make) -> None:
    found = history("wjswkrrnjs wjsghks", known)
    assert (found.phrase, found.asked) == ("전작권 전환", "wjswkrrnjs wjsghks")
    assert addresses(found, "52") == ["52:11", "52:12"]
    for phrase in ("FOC", "foc", "Cyber Flag", "전작권", "xyz"):
        assert history(phrase, known).asked == ""
    english = texts([make(52, "They did so.", language="en")])
    assert history("did so", english).phrase == "did so"


@pytest.mark.parametrize("phrase", ["", "  ", "··", "“”"])
def test_a_phrase_needs_words(known: Texts, phrase: str) -> None:
    with pytest.raises(UsageError):
        history(phrase, known)


def test_a_phrase_has_an_end(known: Texts) -> None:
    with pytest.raises(UsageError):
        history("가 " * 200, known)


def test_an_unofficial_text_proves_nothing(make: Make) -> None:
    searched = texts(
        [
            make(50, "확장억제를 논의하였다."),
            make(51, "다른 일을 논의하였다.", kind=Kind.ARTICLE, official=False),
            make(52, "확장억제를 논의하였다."),
        ]
    )
    found = history("확장억제", searched)
    assert states(found) == {"50": "present", "51-article": "absent", "52": "present"}
    assert found.summary.dropped == found.summary.returned == ()
    assert 51 in found.summary.missing


def test_a_press_release_shows_presence_and_never_absence(make: Make) -> None:
    said, other = "확장억제를 논의하였다.", "다른 일을 논의하였다."
    for text, dropped in ((other, ()), (said, ())):
        searched = texts([make(50, said), make(51, text, kind=Kind.PRESS), make(52, said)])
        found = history("확장억제", searched)
        assert tuple(it.document for it in found.summary.dropped) == dropped
        assert (51 in found.summary.missing) == (text == other)


def test_the_communique_decides_where_there_is_one(make: Make) -> None:
    searched = texts(
        [make(50, "확장억제"), make(51, "다른 일"), make(51, "확장억제", kind=Kind.PRESS)]
    )
    found = history("확장억제", searched)
    assert [it.document for it in found.summary.dropped] == ["51"]
    assert found.summary.documents == ("50", "51")


def test_languages_are_apart_and_joined_through_the_paragraph_numbers(make: Make) -> None:
    searched = texts(
        [
            make(52, "첫 항이다.", "굳건한 공약을 재확인하였다."),
            make(52, "The first.", "He reaffirmed the firm commitment.", language="en"),
            make(53, "굳건한 공약을 재확인하였다."),
        ]
    )
    found = history("굳건한 공약", searched)
    assert found.language == "ko"
    assert [facts.id for facts in found.searched] == ["52", "53"]
    assert [facts.id for facts in found.not_searched] == ["52-en"]
    beside = {row.facts.id: [str(it.address) for it in row.beside] for row in found.rows}
    assert beside == {"52": ["52-en:2"], "53": []}
    assert found.rows[0].beside[0].text == "He reaffirmed the firm commitment."
    english = history("firm commitment", searched)
    assert english.language == "en"
    assert states(english)["52-en"] == "present"
    assert [str(it.address) for row in english.rows for it in row.beside] == ["52:2"]


def test_other_names_are_found_in_the_other_language_with_a_course_of_its_own(make: Make) -> None:
    searched = texts(
        [
            make(50, "확장억제를 논의하였다."),
            make(50, "They discussed extended deterrence.", language="en"),
            make(51, "확장억제를 논의하였다."),
            make(51, "They discussed other things.", language="en"),
        ]
    )
    found = history("확장억제", searched)
    assert [it.language for it in found.summaries] == ["ko", "en"]
    assert found.summary.dropped == ()
    assert [it.document for it in found.summaries[1].dropped] == ["51-en"]


def test_a_text_of_no_meeting_is_searched_and_decides_nothing(make: Make) -> None:
    searched = texts([make(50, "확장억제"), make(None, "다른 일")])
    found = history("확장억제", searched)
    assert states(found) == {"50": "present", "x-made": "absent"}
    assert found.summary.dropped == ()


def test_only_these_documents_are_searched_if_asked(known: Texts) -> None:
    found = history("확장억제", known, documents={"57-article"})
    assert [facts.id for facts in found.searched] == ["57-article"]
    assert found.summary.documents == ()


def test_nothing_is_found_among_no_documents() -> None:
    found = history("확장억제", texts([]))
    assert (found.rows, found.related, found.count) == ((), (), 0)
    assert found.summary.meetings == 0


@st.composite
def _written(draw: st.DrawFn) -> list[tuple[str | None, list[str]]]:
    """The state of a phrase in each of a dozen meetings, with paragraphs that have it so."""
    series: list[tuple[str | None, list[str]]] = []
    for _ in range(12):
        state = draw(st.sampled_from(("present", "near", "absent", None)))
        paragraphs = draw(st.lists(st.sampled_from(FILLER), min_size=1, max_size=4))
        if state:
            where = draw(st.integers(0, len(paragraphs)))
            paragraphs.insert(where, draw(st.sampled_from(WRITTEN[state])))
        series.append((state, paragraphs))
    return series


def _expected(series: Sequence[str | None]) -> dict[str, list[str]]:
    """What a reader would find by going through the series with a pencil."""
    found: dict[str, list[str]] = {"dropped": [], "reworded": [], "returned": []}
    read = [(f"{40 + place}", state) for place, state in enumerate(series) if state]
    for (_, before), (document, state), place in zip(
        read, read[1:], range(1, len(read)), strict=False
    ):
        if any(it == "present" for _, it in read[:place]) and state != before:
            event = {"present": "returned", "near": "reworded", "absent": "dropped"}[state]
            found[event].append(document)
    return found


@settings(max_examples=60)
@given(series=_written())
def test_in_a_made_series_every_event_is_found_and_none_invented(
    series: list[tuple[str | None, list[str]]], make: Make
) -> None:
    documents = [make(40 + n, *paragraphs) for n, (state, paragraphs) in enumerate(series) if state]
    found = history(PHRASE, texts(documents))
    assert states(found) == {f"{40 + n}": state for n, (state, _) in enumerate(series) if state}
    present = [f"{40 + n}" for n, (state, _) in enumerate(series) if state == "present"]
    course = found.summary
    assert course.first == (present[0] if present else None)
    assert course.last == (present[-1] if present else None)
    expected = _expected([state for state, _ in series])
    for event in ("dropped", "reworded", "returned"):
        assert [it.document for it in getattr(course, event)] == expected[event], event
    missing = {40 + n for n, (state, _) in enumerate(series) if not state}
    assert {it for it in course.missing if 40 <= it < 52} == missing
    for change in (*course.dropped, *course.reworded, *course.returned):
        between = range(int(change.after) + 1, change.meeting)
        assert change.missing == tuple(it for it in between if it in missing)
        assert set(between) == set(change.missing)


@settings(max_examples=60)
@given(series=_written())
def test_every_place_holds_the_phrase_and_every_near_wording_its_redline(
    series: list[tuple[str | None, list[str]]], make: Make
) -> None:
    documents = [make(40 + n, *paragraphs) for n, (_, paragraphs) in enumerate(series)]
    found = history(PHRASE, texts(documents))
    by_id = {document.id: document for document in documents}
    for row in found.rows:
        for place in row.places:
            assert place.address.part is not None
            paragraph = by_id[row.facts.id].paragraph(place.address.paragraph or 0)
            assert paragraph
            assert paragraph.parts[place.address.part - 1].text == place.text
            for start, end in place.spans:
                assert "전력" in place.text[start:end]
                assert place.text[start:end].rstrip("’").endswith("수준")
        if row.near:
            near = row.near
            assert near.whole[near.start : near.end] == near.text
            assert NEAR <= near.likeness <= 1
            assert "".join(run.left for run in near.runs) == found.phrase
            assert "".join(run.right for run in near.runs) == near.text


@pytest.mark.parametrize(
    ("off", "phrase"), [*product(sorted(RULES), ("확장억제", "북한의 완전한 비핵화"))]
)
def test_a_phrase_as_written_is_found_whatever_rule_is_off(
    make: Make, off: str, phrase: str
) -> None:
    searched = texts([make(52, f"양측은 {phrase} 문제를 논의하였다.")])
    assert history(phrase, searched, RULES - {off}).count == 1
    assert history(phrase, searched, frozenset()).count == 1


@settings(max_examples=150)
@given(phrase=st.text(max_size=30), off=st.sets(st.sampled_from(sorted(RULES))))
def test_any_phrase_is_answered(known: Texts, phrase: str, off: set[str]) -> None:
    try:
        found = history(phrase, known, RULES - off)
    except UsageError:
        return
    assert [row.facts.id for row in found.rows] == [facts.id for facts in found.searched]
    for row in found.rows:
        assert (row.state == "present") == bool(row.places)
        assert (row.state == "near") == (row.near is not None)


@settings(max_examples=80)
@given(data=st.data())
def test_any_stretch_of_a_text_is_found_where_it_was_taken_from(
    known: Texts, bundled: dict[str, Document], data: st.DataObject
) -> None:
    document = bundled[data.draw(st.sampled_from(sorted(bundled)))]
    paragraph = data.draw(st.sampled_from(document.paragraphs))
    part = data.draw(st.sampled_from(paragraph.parts))
    spans = words(part.text)
    first = data.draw(st.integers(0, len(spans) - 1))
    last = data.draw(st.integers(first, min(first + 7, len(spans) - 1)))
    phrase = part.text[spans[first][0] : spans[last][1]]
    assume(not phrase.startswith("연합사"))  # taken from 미래 연합사, which is another thing
    found = history(phrase, known)
    assert f"{document.id}:{paragraph.number}" in addresses(found, document.id)
