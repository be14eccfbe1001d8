"""Terms are found as Korean and English write them, and nowhere else."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui.terms import NEXT, Lexicon, length
from scmtui.text import fold

SEPARATORS = str.maketrans("", "", " \n·-")
WORDS = """
한미 한미일 연합 연합사 연합방위태세 전작권 전환 우주 사이버 국방비 국방비전 방위비 분담금 미사일 핵
· - ( AI SAID NCGs missile defenses 을 의
"""
PIECES = (*WORDS.split(), " ")
TERMS = """
한미일; 연합방위태세; 연합사; 전작권; 우주; 국방비; 핵·미사일; AI; NCG; 전작권 전환; missile defense
"""
LEXICON = Lexicon([(term, 0, 1.0) for term in TERMS.strip().split("; ")] + [("연합", -1, 0.0)])


def found(
    text: str, *terms: str, heads: tuple[str, ...] = (), without: tuple[str, ...] = ()
) -> list[str]:
    """The pieces of the text that are found to be terms of one group."""
    entries = [(head, -1, 0.0) for head in heads]
    entries += [(term, 0, 1.0) for term in terms] + [(longer, 0, 0.0) for longer in without]
    hits = Lexicon(entries).find(text).get(0, [])
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("term", "text", "pieces"),
    [
        ("전작권", "전작권을, ‘전작권’의 (전작권)", ["전작권"] * 3),
        ("국방비", "대국방비", []),
        ("국방비", "제3국국방비", []),
        ("미사일", "핵·미사일과 탄도미사일", ["미사일"]),
        ("사이버", "SCM사이버", ["사이버"]),
        ("군사합의", "9·19군사합의", ["군사합의"]),
        (
            "9·19 군사합의",
            "9·19 군사합의, 919 군사합의, 9.19 군사합의, 9·19군사합의",
            ["9·19 군사합의", "919 군사합의", "9·19군사합의"],
        ),
        (
            "전작권 전환",
            "전작권 전환, 전작권전환, 전작권·전환",
            ["전작권 전환", "전작권전환", "전작권·전환"],
        ),
        ("방위비 분담", "방위비분담금과 방위비 분담금", ["방위비분담", "방위비 분담"]),
        ("미래연합사", "미래연합사와 미래 연합사", ["미래연합사", "미래 연합사"]),
        ("유엔사", "유엔 사무총장", []),
        ("국방비", "국 방비", []),
        ("한미일", "한미일, 한·미·일, 한-미-일, 한미 일부", ["한미일", "한·미·일", "한-미-일"]),
        (
            "핵·미사일",
            "핵미사일, 핵 미사일, 핵·미사일, 핵 · 미사일",
            ["핵미사일", "핵·미사일", "핵 · 미사일"],
        ),
        ("연합방위태세", "연합방위    태세", []),
        ("남북군사합의", "南北 軍事合意", ["南北 軍事合意"]),
        ("3축체계", "3축 체계와 13축체계", ["3축 체계"]),
        ("코로나19 대응", "코로나19 대응과 코로나191 대응", ["코로나19 대응"]),
    ],
)
def test_a_korean_term_begins_a_word_and_may_be_parted(
    term: str, text: str, pieces: list[str]
) -> None:
    assert found(text, term) == pieces


@pytest.mark.parametrize(
    ("term", "text", "pieces"),
    [
        ("AI", "AI, AI가 (AI) 인공지능AI", ["AI"] * 4),
        ("AI", "SAID AIR Ai ai FAIR AI2 5AI", []),
        ("ＡＩ", "AI", ["AI"]),
        ("GP", "GPs, GP철수, gp", ["GP", "GP"]),
        ("R&D", "R&D와 r&d", ["R&D"]),
        ("4D", "4D 작전, 14D, 4DX, 4d", ["4D"]),
        ("SOFA", "SOFA, sofa, SOFAS, SOFAs", ["SOFA", "sofa", "SOFA", "SOFA"]),
        ("space", "space, Space. airspace spaceship", ["space", "Space"]),
        ("bomber wing", "Bomber Wing, bomber-wing bombers wing", ["Bomber Wing", "bomber-wing"]),
        ("cost-sharing", "cost sharing, Cost-sharing", ["cost sharing", "Cost-sharing"]),
        ("cost-sharing", "costsharing", ["costsharing"]),
        ("denuclearization", "denucle arization", []),
        ("U.S.-ROK Alliance", "the U.S.–ROK Alliance’s", ["U.S.–ROK Alliance"]),
        ("munition", "munitions", ["munition"]),
        ("K-디펜스", "‘K-디펜스’와 k디펜스", ["K-디펜스", "k디펜스"]),
    ],
)  # fmt: skip
def test_a_latin_term_is_found_as_whole_words(term: str, text: str, pieces: list[str]) -> None:
    assert found(text, term) == pieces


def test_a_term_may_stand_directly_behind_a_known_word() -> None:
    assert found("한미연합훈련과 연례연합훈련", "연합훈련", heads=("한미",)) == ["연합훈련"]
    assert found("주한미군기지에", "주한미군", "기지") == ["주한미군", "기지"]
    assert found("한미국방우주정책", "우주", heads=("한미", "국방")) == ["우주"]
    assert found("한미국방우주정책", "우주", heads=("한미",)) == []


def test_of_overlapping_terms_the_longest_counts() -> None:
    text = "연합사 본부 이전과 연합사"
    assert found(text, "연합사", "연합사 본부", "본부 이전") == ["연합사 본부", "연합사"]
    assert found("용산 기지 반환", "기지 반환", "용산 기지 반환") == ["용산 기지 반환"]
    assert found("기지 이전 및 반환", "이전 및 반환", "기지 이전") == ["이전 및 반환"]


def test_a_longer_word_keeps_the_term_inside_it_from_counting() -> None:
    assert found("국방비전과 국방비", "국방비", without=("국방비전",)) == ["국방비"]
    assert found("교육훈련, 교육 훈련, 훈련", "훈련", without=("교육훈련",)) == ["훈련"]
    assert found("국방비전", "국방비전", without=("국방비전",)) == []


def test_terms_of_different_groups_do_not_compete() -> None:
    groups = Lexicon([("주한미군 기지", 3, 1.0), ("주한미군", 5, 0.25)]).find("주한미군 기지의")
    assert {group: [hit[:2] for hit in hits] for group, hits in groups.items()} == {
        3: [(0, 7)],
        5: [(0, 4)],
    }
    assert groups[5][0].term.weight == 0.25


@pytest.mark.parametrize(
    ("meeting", "korean", "english"),
    [(52, "제53차 SCM", "53rd SCM"), (50, "제51차 SCM", "51st SCM"), (51, "제52차 SCM", "52nd SCM"),
     (10, "제11차 SCM", "11th SCM"), (55, "제56차 SCM", "56th SCM")],
)  # fmt: skip
def test_the_number_of_the_next_meeting(meeting: int, korean: str, english: str) -> None:
    lexicon = Lexicon([(f"제{NEXT}차 SCM", 0, 1.0), (f"{NEXT} SCM", 0, 1.0), ("제일선", 0, 1.0)])
    text = f"제{meeting}차 SCM, {korean}, the {english} 제일선"
    hits = lexicon.for_meeting(meeting).find(text)[0]
    assert [hit.term.written for hit in hits] == [korean, english, "제일선"]
    assert [text[hit.start : hit.end] for hit in hits] == [korean, english, "제일선"]
    assert [hit.term.written for hit in lexicon.for_meeting(None).find(text)[0]] == ["제일선"]


def test_nothing_is_found_in_nothing() -> None:
    assert Lexicon([("우주", 0, 1.0)]).find("") == {}
    assert Lexicon([]).find("우주") == {}
    assert Lexicon([]).for_meeting(52).find("우주 SCM ·") == {}


def test_the_letters_of_a_term_are_counted_without_what_parts_them() -> None:
    assert [length(term) for term in ("한·미·일", "3축 체계", "K-디펜스", "핵", " · ")] == [
        3,
        4,
        4,
        1,
        0,
    ]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_every_span_is_its_term_and_none_overlap(text: str) -> None:
    hits = LEXICON.find(text).get(0, [])
    for hit in hits:
        piece = fold(text[hit.start : hit.end]).translate(SEPARATORS)
        assert piece == fold(hit.term.written).translate(SEPARATORS)
    assert all(one.end <= other.start for one, other in pairwise(hits))


@given(
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.sampled_from(("국방비", "전작권 전환", "연합방위태세", "missile defense", "NCG")),
    st.sampled_from(("", "을 ", ", ", "의 ", ")")),
)
def test_a_term_after_a_blank_is_always_found(before: str, term: str, after: str) -> None:
    text = f"{before} {term}{after}"
    assert term in found(text, term)


@given(st.text(max_size=200))
def test_any_text_is_searched(text: str) -> None:
    for hit in LEXICON.find(text).get(0, []):
        assert 0 <= hit.start < hit.end <= len(text)


@pytest.mark.parametrize("piece", ["한·", "연합", "전작권 ", "a-", "SCM", "·", " "])
def test_a_long_monotonous_text_is_searched(piece: str) -> None:
    LEXICON.find(piece * 20_000)


def test_no_term_reaches_over_the_end_of_a_korean_sentence() -> None:
    text = "양측은 한미 연합. 연합사는 전작권. 전환 계획, 미사일 방어의 미 합참"
    assert found(text, "연합사", "전작권 전환", "연합연합") == ["연합사"]
    english = "The U.S. Forces Korea and the U. S. remain. USFK stays."
    assert found(english, "U.S. Forces Korea", "USFK") == ["U.S. Forces Korea", "USFK"]


@given(
    st.lists(st.sampled_from(PIECES), max_size=12), st.lists(st.sampled_from(PIECES), max_size=8)
)
def test_a_sentence_has_the_same_terms_wherever_it_stands(
    before: list[str], words: list[str]
) -> None:
    """What is known of a sentence from elsewhere holds for it, so many characters further on."""
    sentence = " ".join(words) + " 하였다."
    first = " ".join(before) + " 하였다. "
    alone = LEXICON.find(sentence).get(0, [])
    moved = [(hit.start + len(first), hit.end + len(first), hit.term) for hit in alone]
    behind = LEXICON.find(first + sentence).get(0, [])
    assert [tuple(hit) for hit in behind if hit.start >= len(first)] == moved


def test_the_number_of_the_next_meeting_is_looked_for_in_a_sentence_that_is_known() -> None:
    lexicon = Lexicon([(f"제{NEXT}차 SCM", 0, 1.0), ("SCM", 1, 1.0)])
    text = "제53차 SCM은 서울에서 열린다. 제54차 SCM이 이어진다."
    for meeting, at in ((52, [0]), (53, [text.index("제54")]), (54, []), (52, [0])):
        hits = lexicon.for_meeting(meeting).find(text)
        assert [hit.start for hit in hits.get(0, [])] == at
        assert len(hits[1]) == 2
