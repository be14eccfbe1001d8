"""What is new or gone in a document against the series before it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scmtui.model import Kind
from scmtui.phrases import Changes, fresh
from scmtui.phrases.fresh import MOST, MOST_WORDS, Reason, in_words
from scmtui.phrases.stock import stem

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.model import Document

    Make = Callable[..., Document]

STOCK = (
    "양 장관은 한미동맹의 굳건함을 재확인하였다.",
    "양측은 연합방위태세를 지속 강화하기로 하였다.",
    "양 장관은 방위산업 협력의 중요성에 공감하였다.",
    "회의에는 양국 고위 관계관들이 참석하였다.",
    "양측은 다음 회의를 서울에서 열기로 하였다.",
)
PLANTED = {
    "정권의 종말": "어떠한 핵공격도 정권의 종말을 초래할 것이라고 경고하였다.",
    "현재의 전력 수준": "주한미군의 현재의 전력 수준을 지속 유지하기로 하였다.",
    "일체형 확장억제": "양국은 일체형 확장억제 협력이 진전되었다고 평가하였다.",
    "지역 지속지원 체계": "지역 지속지원 체계 구상을 긍정적으로 검토하였다.",
}


def written(changes: Changes) -> tuple[list[str], list[str]]:
    return [it.text for it in changes.new], [it.text for it in changes.gone]


def holds(found: list[str], phrase: str) -> bool:
    """Whether a phrase that was found has at least two of the words in a row."""
    words = phrase.split()
    pairs = [" ".join(words[at : at + 2]) for at in range(len(words) - 1)]
    return any(pair in text for text in found for pair in pairs)


def test_a_phrase_that_no_older_document_has_is_new(make: Make) -> None:
    older = [make(n, *STOCK) for n in (50, 51)]
    changes = fresh(make(52, *STOCK, PLANTED["정권의 종말"]), older)
    assert changes.before is not None
    assert changes.before.id == "51"
    assert [facts.id for facts in changes.older] == ["50", "51"]
    new, gone = written(changes)
    assert any("정권의 종말" in text for text in new)
    assert gone == []
    it = next(it for it in changes.new if "정권의 종말" in it.text)
    assert it.kind == "new"
    assert it.documents == ()
    assert list(map(str, it.addresses)) == ["52:6.1"]
    assert Reason("never", 2) in it.reasons
    assert any(reason.kind == "words" for reason in it.reasons)


def test_a_phrase_that_every_older_document_had_is_gone_and_says_so(make: Make) -> None:
    older = [make(n, *STOCK, PLANTED["현재의 전력 수준"]) for n in (49, 50, 51)]
    changes = fresh(make(52, *STOCK), older)
    new, gone = written(changes)
    assert new == []
    assert holds(gone, "현재의 전력 수준")
    it = changes.gone[0]
    assert it.kind == "gone"
    assert it.reasons == (Reason("always", 3),)
    assert it.documents == ("49", "50", "51")
    assert list(map(str, it.addresses)) == ["51:6.1"]


def test_a_phrase_that_had_only_come_lately_says_for_how_long(make: Make) -> None:
    older = [make(49, *STOCK), *(make(n, *STOCK, PLANTED["정권의 종말"]) for n in (50, 51))]
    changes = fresh(make(52, *STOCK), older)
    assert changes.gone[0].reasons == (Reason("row", 2),)


def test_a_phrase_that_was_away_is_back(make: Make) -> None:
    older = [make(50, *STOCK, PLANTED["정권의 종말"]), make(51, *STOCK)]
    changes = fresh(make(52, *STOCK, PLANTED["정권의 종말"]), older)
    it = next(it for it in changes.new if "정권의 종말" in it.text)
    assert it.kind == "back"
    assert it.documents == ("50",)
    assert it.reasons[0] == Reason("last", 0, ("50",))


def test_a_reworded_phrase_names_the_one_in_whose_place_it_stands(make: Make) -> None:
    older = [make(51, *STOCK, "북한의 완전한 비핵화를 위해 노력하기로 하였다.")]
    changes = fresh(make(52, *STOCK, "한반도의 완전한 비핵화를 위해 노력하기로 하였다."), older)
    assert changes.new[0].text.startswith("한반도의 완전한")
    (reason,) = [it for it in changes.new[0].reasons if it.kind == "instead"]
    assert reason.names[0].startswith("북한의 완전한")


def test_stock_counts_less_than_what_is_telling(make: Make) -> None:
    older = [make(n, *STOCK) for n in (50, 51)]
    reordered = "양측은 양국 한미동맹의 협력의 굳건함을 재확인하였다."
    changes = fresh(make(52, *STOCK, reordered, PLANTED["정권의 종말"]), older)
    places = [place for place, it in enumerate(changes.new) if "정권의" in it.text]
    assert places
    assert places[0] == 0


def test_what_stands_there_again_and_again_counts_for_more(make: Make) -> None:
    other = PLANTED["일체형 확장억제"]
    changes = fresh(
        make(52, *STOCK, PLANTED["정권의 종말"], other, other),
        [make(51, *STOCK)],
    )
    often = next(it for it in changes.new if "일체형" in it.text)
    assert Reason("times", 2) in often.reasons
    assert len(often.addresses) == often.count == 2


@pytest.mark.parametrize(
    "older",
    [
        {"meeting": 53},
        {"meeting": 52},
        {"meeting": None},
        {"meeting": 51, "language": "en"},
        {"meeting": 51, "official": False},
        {"meeting": 51, "kind": Kind.PRESS},
    ],
)
def test_only_older_documents_of_the_same_sort_are_compared(
    make: Make, older: dict[str, object]
) -> None:
    meeting = older.pop("meeting")
    changes = fresh(
        make(52, *STOCK), [make(meeting, "무엇이든 새로운 것", name="x-other", **older)]
    )
    assert changes.before is None
    assert (changes.older, changes.new, changes.gone) == ((), (), ())


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("확장억제의 실행력을 높인다.", "확장억제 실행력이 높아진다."),
        ("한·미 국방 협력을", "한미 국방 협력이"),
        ("확장 억제 실행력을", "확장억제 실행력을"),
        ("「국방비전」 공동연구를", "국방비전 공동연구는"),
    ],
)
def test_particles_blanks_and_marks_make_nothing_new(make: Make, before: str, now: str) -> None:
    changes = fresh(make(52, *STOCK, now), [make(51, *STOCK, before)])
    for it in (*changes.new, *changes.gone):
        assert "실행력을 높" in it.text or "실행력이 높" in it.text


def test_equal_documents_have_nothing_new(bundled: dict[str, Document], make: Make) -> None:
    texts = [part.text for it in bundled["52"].paragraphs for part in it.parts]
    changes = fresh(make(53, *texts), [make(52, *texts)])
    assert (changes.new, changes.gone) == ((), ())


@settings(max_examples=50)
@given(
    had=st.lists(st.sets(st.sampled_from(sorted(PLANTED))), min_size=2, max_size=8),
    order=st.randoms(use_true_random=False),
)
def test_every_planted_phrase_is_found_new_back_or_gone_and_none_invented(
    had: list[set[str]], order: object, make: Make
) -> None:
    series = [
        make(40 + n, *STOCK, *(PLANTED[it] for it in sorted(phrases)))
        for n, phrases in enumerate(had)
    ]
    changes = fresh(series[-1], series[:-1])
    new, gone = written(changes)
    for phrase in PLANTED:
        assert holds(new, phrase) == (phrase in had[-1] - had[-2]), phrase
        assert holds(gone, phrase) == (phrase in had[-2] - had[-1]), phrase
    planted = {stem(word) for text in PLANTED.values() for word in text.split()}
    for it in (*changes.new, *changes.gone):
        assert {stem(word) for word in it.text.split()} <= planted
        assert 2 <= len(it.text.split()) <= MOST_WORDS
        older = any(
            it.text in part.text for d in series[:-1] for p in d.paragraphs for part in p.parts
        )
        assert (it.kind == "new") == (not older)


def test_a_bracket_that_was_opened_is_closed(make: Make) -> None:
    changes = fresh(make(52, *STOCK, "공유 경보 위성체계(SEWS)를"), [make(51, *STOCK)])
    assert [it.text for it in changes.new] == ["공유 경보 위성체계(SEWS)를"]
    changes = fresh(make(52, *STOCK, "공유 경보 위성체계(SEWS)"), [make(51, *STOCK)])
    assert [it.text for it in changes.new] == ["공유 경보 위성체계(SEWS)"]


def test_the_list_is_as_long_as_asked_for(bundled: dict[str, Document], make: Make) -> None:
    texts = [part.text for it in bundled["57-article"].paragraphs for part in it.parts]
    document, older = make(53, *texts), [bundled["52"]]
    assert len(fresh(document, older).new) == MOST
    few = fresh(document, older, 5)
    assert len(few.new) == len(few.gone) == 5
    scores = [it.score for it in few.new]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason("never", 1), "not in the 1 older document"),
        (Reason("never", 3), "in none of the 3 older documents"),
        (Reason("last", 0, ("50",)), "last in “50”"),
        (Reason("always", 3), "in every one of the 3 older documents"),
        (Reason("row", 1), "in the document before"),
        (Reason("row", 2), "in the 2 documents before, without a break"),
        (Reason("times", 2), "2 times"),
        (Reason("words", 0, ("정권", "종말")), "words that the series never had: “정권”, “종말”"),
        (Reason("instead", 0, ("종말",)), "in the place of “종말”"),
    ],
)
def test_a_reason_is_said_in_words(reason: Reason, said: str) -> None:
    assert in_words(reason) == said


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("확장억제를", "확장억제"),
        ("한·미의", "한미"),
        ("NCG를", "ncg를"),
        ("「국방비전」", "국방비전"),
    ],
)
def test_a_stem_has_neither_marks_nor_particles(word: str, found: str) -> None:
    assert stem(word) == found


def test_another_blank_is_no_change(make: Make) -> None:
    before = make(52, "서 장관은 대한민국이 해당 능력들을 획득할 것임에 주목하였다.", *STOCK)
    after = make(53, "서 장관은 대한민국이해당 능력들을 획득 할 것임에 주목하였다.", *STOCK)
    for one, other in ((before, after), (replace_meeting(after, 51), before)):
        changes = fresh(other, [one])
        assert changes.before is not None
        assert (changes.new, changes.gone) == ((), ())


def replace_meeting(document: Document, meeting: int) -> Document:
    return replace(document, facts=replace(document.facts, id=str(meeting), meeting=meeting))


def test_a_word_more_is_a_change_though_the_blanks_differ_too(make: Make) -> None:
    before = make(52, "대한민국이 해당 능력들을 획득할 것임에 주목하였다.", *STOCK)
    after = make(53, "대한민국이해당 핵심 능력들을 획득할 것임에 주목하였다.", *STOCK)
    new, gone = written(fresh(after, [before]))
    assert any("핵심" in text for text in new)
    assert gone
