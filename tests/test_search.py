"""The search as a whole: what is found, how it was read, and where."""

from __future__ import annotations

import re
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scmtui import corpus, hangul, themes
from scmtui.model import Address, Document, Facts, Kind, Paragraph, Part, Provenance
from scmtui.search import Index, Labels, ThemeLabels, index
from scmtui.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.search import Results

QUERIES = Path(__file__).parent / "data" / "queries.tsv"
CASES = [line.split("\t") for line in QUERIES.read_text(encoding="utf-8").splitlines()[1:]]
DOCUMENTS = [corpus.document(facts.id) for facts in corpus.facts()]
SEARCHED = index(DOCUMENTS)
TEXTS = [part.text for item in DOCUMENTS for number in item.paragraphs for part in number.parts]
WORDS = sorted({word for text in TEXTS for word in re.findall("[가-힣]{2,}", text)})
NAMES = [word for word in WORDS if len(word) >= 3]


def addresses(results: Results) -> list[str]:
    """The paragraphs of the hits, in their order, 57 standing for the article."""
    found = (hit.address.up if hit.address.part else hit.address for hit in results.hits)
    return [str(address).replace("57-article", "57") for address in found]


def spanned(results: Results) -> list[str]:
    return [hit.text[start:end] for hit in results.hits for start, end in hit.spans]


def document(*texts: str, id_: str = "x-a", language: str = "ko") -> Document:
    """A document with a paragraph for each text; a bar stands between two parts."""
    facts = Facts(id_, None, Kind.OTHER, language, "", Provenance("", "", ""))
    paragraphs = tuple(
        Paragraph(number, "", tuple(Part(part, 0, 0) for part in text.split("|")), 0, 0)
        for number, text in enumerate(texts, 1)
    )
    return Document(facts, paragraphs, "")


@pytest.mark.parametrize(("query", "kind", "expected"), CASES)
def test_labelled_queries(query: str, kind: str, expected: str) -> None:
    found = addresses(SEARCHED.search(query))
    if kind == "nonsense":
        assert not found
    else:
        assert found[0] in expected.split()


@pytest.mark.parametrize(
    ("query", "found", "reading"),
    [
        ("전작권", "전작권", ""),
        ("전작ㄱ", "전작권", ""),
        ("wjswkrrnjs", "전작권", "“전작권” as typed on the English keyboard"),
        ("WJSWKRRNJS", "전작권", "“전작권” as typed on the English keyboard"),
        ("랯", "FOC", "“FOC” as typed on the Korean keyboard"),
        ("ㅈㅈㄱ", "전작권", "“ㅈㅈㄱ” by initial consonants (초성)"),
        ("ㅈ작권", "전작권", "“ㅈ작권” by initial consonants (초성)"),
        ("OPCON", "전작권", "“전작권” as another name of “OPCON”"),
        ("wartime operational control", "전작권", None),
        ("전작권에게서의", "전작권", "“전작권” without its particle or ending"),
        ("전작귄", "전작권", "“전작권” approximately (letters that differ: 1)"),
        ("판문점선언", "판문점선언", ""),
        ("확 장억제", "확장억제", ""),
        ("정상회담공동성명", "정상회담 공동성명", ""),
        ("핵미사일", "핵·미사일", ""),
        ("大韓民國", "대한민국", None),
        ("2020.10.14", "2020년 10월 14일", None),
        ("October 14, 2020", "2020년 10월 14일", None),
        ("9.19 군사합의", "군사합의", None),
        ("52nd", "제52차", None),
        ("3.5%", "3.5%", ""),
        ("ㅐㅔ채ㅜ", "전작권", None),
        ("강화하기로", "강화", None),
        ("미국로부터", "미국", "“미국” without its particle or ending"),
    ],
)
def test_ways_of_typing(query: str, found: str, reading: str | None) -> None:
    results = SEARCHED.search(query)
    assert found in spanned(results)
    assert reading is None or reading in (results.reading, results.reading.partition(";")[0])


@pytest.mark.parametrize("query", ["한미일이", "한미일은", "한미일을", "한미일과"])
def test_a_particle_is_taken_off_a_noun_and_not_the_noun_s_own_end(query: str) -> None:
    results = SEARCHED.search(query)
    assert set(spanned(results)) == {"한미일"}
    assert results.reading == "“한미일” without its particle or ending"
    assert addresses(results) == addresses(SEARCHED.search("한미일"))


def test_a_shorter_noun_is_found_where_the_longer_one_stands_nowhere_and_said() -> None:
    results = index([document("한미 동맹이 굳건하다.")]).search("한미일이")
    assert spanned(results) == ["한미"]
    assert results.reading == "“한미” without its particle or ending"


def test_every_noun_by_which_a_word_without_its_ending_was_found_is_said() -> None:
    found = index([document("강화하기 위해 힘쓴다.", "동맹을 강화하였다.", "국방 강화")])
    results = found.search("강화하기에는")
    assert len(results.hits) == 3
    assert results.reading == (
        "“강화하기” without its particle or ending; “강화” without its particle or ending"
    )


def test_words_in_one_paragraph_and_those_together_first(bundled: dict[str, Document]) -> None:
    made = index(
        [document("핵 위협과 여러 말이 사이에 있는 미사일", "핵 미사일", "핵|미사일", "핵")]
    )
    hits = made.search("핵 미사일").hits
    assert [str(hit.address) for hit in hits] == ["x-a:2.1", "x-a:1.1", "x-a:3.1", "x-a:3.2"]
    assert addresses(SEARCHED.search("wjswkrrnjs FOC ㄱㅈ"))[0] in {"52:11", "57:2"}


def test_a_heading_answers_for_its_paragraph() -> None:
    hit = SEARCHED.search("핵우산").hits[0]
    assert str(hit.address) == "57-article:3"
    assert [hit.text[start:end] for start, end in hit.spans] == ["핵우산"]


def test_a_word_inside_another_is_weaker() -> None:
    made = index([document("국방비전에 주목하였다", "국방비를 늘린다", "자주국방비용", "국방비")])
    assert [hit.address.paragraph for hit in made.search("국방비").hits] == [4, 2, 1, 3]


def test_exact_words_may_begin_and_end_inside_words() -> None:
    results = SEARCHED.search('"동맹이 70년을 넘어"')
    assert spanned(results) == ["동맹이 70년을 넘어"]
    assert spanned(SEARCHED.search('"맹이 70년"')) == ["맹이 70년"]


def test_across_blanks_only_from_the_beginning_of_a_word() -> None:
    made = index([document("논의하고, 양 이사장은 국수 한 그릇을")])
    assert not made.search("고양이").hits
    assert spanned(made.search("양이사장")) == ["양 이사장"]
    assert not made.search("수한").hits


def test_a_number_is_not_part_of_another() -> None:
    made = index([document("2026년까지 3.5% 늘린다", "제26차 회의")])
    assert addresses(made.search("26")) == ["x-a:2"]
    assert not made.search("5%").hits
    assert not made.search("2027년").hits
    assert addresses(made.search("202")) == ["x-a:1"]


def test_a_related_name_is_labelled_and_comes_last() -> None:
    hits = SEARCHED.search("한미연합군사령부").hits
    assert [hit.reading.kind.value for hit in hits if hit.reading] == [
        *["literal", "alias"], *["related"] * (len(hits) - 2),
    ]  # fmt: skip


def test_a_longer_name_is_not_taken_for_another_name() -> None:
    made = index([document("연합사령관의 보고", "연합사 본부", "미래 연합사로 전환")])
    assert addresses(made.search("CFC")) == ["x-a:2", "x-a:3"]
    assert [hit.reading.kind.value for hit in made.search("CFC").hits if hit.reading] == [
        *("alias", "related"),
    ]  # fmt: skip
    assert addresses(made.search("연합사")) == ["x-a:2", "x-a:3", "x-a:1"]


def test_one_hanja_is_a_country_only_where_it_is_written_so() -> None:
    made = index([document("韓美 정상", "미국의 공약", "미래")])
    assert addresses(made.search("美")) == ["x-a:1", "x-a:2"]
    assert "x-a:2" not in addresses(made.search("미래"))
    assert addresses(index([document("핵의 위협")]).search("核")) == ["x-a:1"]


class Asides:
    """A reader who tagged two paragraphs and wrote a note on one of them."""

    @property
    def tags(self) -> Asides:
        return self

    notes = tags

    def tagged(self, tag: str) -> list[Address]:
        places = {"중요": ["52:6.1", "57-article:2"], "opcon": ["52:11.1"]}
        return list(map(Address.parse, places.get(tag, [])))

    def with_words(self, words: str) -> list[Address]:
        return [Address.parse("52:6.1.2")] if words == "나중에" else []


@pytest.mark.parametrize(
    ("query", "paragraphs"),
    [
        ("scm:52 확장억제", {"52:6"}),
        ("scm:57 확장억제", {"57:0", "57:3", "57:8"}),
        ("scm:53.. 판문점선언", set()),
        ("scm:..52 판문점선언", {"52:3", "52:4"}),
        ("-scm:57 확장억제", {"52:6"}),
        ("kind:article 확장억제", {"57:0", "57:3", "57:8"}),
        ("종류:기사,공동성명 lang:ko 사드", {"52:6"}),
        ("lang:en 확장억제", set()),
        ("확장억제 -사드", {"57:0", "57:3", "57:8"}),
        ("-THAAD 확장억제", {"57:0", "57:3", "57:8"}),
        ('확장억제 -"제공"', {"57:0", "57:8"}),
        ("사드 or 험프리스", {"52:6", "52:10"}),
        ("kind:communique 확장억제 or 험프리스", {"52:6", "52:10"}),
        ('"확장억제를 제공"', {"52:6", "57:3"}),
        ('"확장 억제"', set()),
        ("/핵·\\w+ 위협/", {"57:3"}),
        ("scm:57-article 사이버동맹", {"57:6"}),
        ("theme:opcon scm:52 검증", {"52:11"}),
        ('theme:"전작권 전환" FOC', {"52:11", "57:2", "57:1"}),
        ("theme:ㅇㅈ scm:52 우주상황", {"52:13"}),
        ("tag:중요 확장억제", {"52:6"}),
        ("tag:다른 확장억제", set()),
        ("tag:전작권 조건", {"52:11"}),
        ("tag:중요,다른", {"52:6", "57:2"}),
        ("-note:나중에 사드", set()),
        ("-note:지금 사드", {"52:6"}),
        ("note:나중에", {"52:6"}),
    ],
)
def test_filters_and_operators(query: str, paragraphs: set[str]) -> None:
    labels = Labels(ThemeLabels(DOCUMENTS, themes.taxonomy()), Asides())
    results = SEARCHED.search(query, labels=labels)
    assert results.problem is None
    assert set(addresses(results)) == paragraphs


@pytest.mark.parametrize("all_", [True, False])
def test_the_best_few_are_the_first_of_all_and_all_are_counted(all_: bool) -> None:
    made = index([document(*["확장억제와 억제"[number % 5 :] for number in range(2000)])])
    every = made.search("억제", limit=5000, all_=True)
    assert every.total == len(every.hits) > 1000
    for limit in (1, 7, 200):
        few = made.search("억제", limit=limit, all_=all_)
        assert len(few.hits) == min(limit, few.total)
        if all_:
            assert few == every._replace(hits=every.hits[:limit])
            assert few.documents == 1


def test_filters_alone_list_what_they_let_through() -> None:
    results = SEARCHED.search("scm:57")
    assert len(results.hits) == results.total == 9
    assert all(not hit.spans and hit.reading is None for hit in results.hits)
    assert not SEARCHED.search("").hits


@pytest.mark.parametrize(
    ("query", "at", "said"),
    [
        ("확장억제 scm:abc", 9, "“abc” names no meeting (at character 10)."),
        ("사드 scm:57..50", 7, "“57..50” ends before it begins (at character 8). Write 50..57."),
        ("foo:bar", 0, "There is no filter “foo:” (at character 1)."),
        ("사드 scm:", 6, "“scm:” needs a value (at character 7)."),
        ("kind:novel", 5, "“novel” is no kind of document"),
        ("lang:fr", 5, "“fr” is no language of a document"),
        ("theme:zzzz", 6, "There is no theme “zzzz”"),
        ("사드 /(/", 5, "“(” is not a regular expression"),
        ("가" * 1001, 1000, "A query has at most 1000 characters."),
        ("가 " * 70, 120, "A query has at most 60 words."),
    ],
)
def test_a_mistake_says_where(query: str, at: int, said: str) -> None:
    results = SEARCHED.search(query, labels=Labels(ThemeLabels(DOCUMENTS, themes.taxonomy())))
    assert results.problem is not None
    assert results.problem.at == at
    assert said in str(results.problem)
    assert not results.hits


def test_a_filter_that_nobody_can_answer_says_so() -> None:
    assert "cannot be asked here" in str(SEARCHED.search("tag:a").problem)


def test_a_hostile_pattern_is_stopped() -> None:
    made = index([document("a" * 5000 + "b")])
    start = time.perf_counter()
    results = made.search(r"/(a|a)*$|(\w+\s?)+!/")
    assert time.perf_counter() - start < 1
    assert results.problem is None or "takes too long" in str(results.problem)
    assert "takes too long" in str(made.search(r"/(.+)+\d/").problem)


@pytest.mark.parametrize(
    "pattern",
    [
        "a{99999999}",
        "((a{99}){99}){99}",
        "(?x)((a {999}) {999}) {999}",
        "((a{999})(?#c){999})(?#c){999}",
        "(?:[)]{999}){999}",
        r"(?:\){999}){999}",
    ],
)
def test_a_pattern_that_would_fill_the_memory_is_refused(pattern: str) -> None:
    start = time.perf_counter()
    assert "repeats too much" in str(SEARCHED.search(f"/{pattern}/").problem)
    assert time.perf_counter() - start < 0.1


def test_a_pattern_may_count() -> None:
    assert addresses(SEARCHED.search(r"/\d{4}년 \d{1,2}월.{0,200}워싱턴/")) == ["52:1"]


@given(
    st.text() | st.text(st.sampled_from('전작ㄱㅏFOC -"/:()[]*+?|.\\ 52 or theme scm美\x1f\u1100'))
)
@settings(max_examples=300)
def test_any_string_is_answered_and_spans_lie_in_the_text(query: str) -> None:
    results = SEARCHED.search(query)
    for hit in results.hits:
        edges = [edge for span in hit.spans for edge in span]
        assert edges == sorted(edges)
        assert not edges or 0 <= edges[0] <= edges[-1] <= len(hit.text)
        assert all(start < end for start, end in hit.spans)
        assert len({other.address for other in results.hits}) == len(results.hits)


@given(st.sampled_from(TEXTS), st.data())
def test_every_span_of_words_as_typed_folds_to_them(text: str, data: st.DataObject) -> None:
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    first = data.draw(st.integers(0, len(spans) - 1))
    last = data.draw(st.integers(first, min(first + 4, len(spans) - 1)))
    query = text[spans[first][0] : spans[last][1]]
    assume(not re.search('["“”]', query))
    results = SEARCHED.search(f'"{query}"')
    assert results.hits
    for found in spanned(results):
        assert fold(found) == fold(" ".join(query.split()))


@given(st.sampled_from(WORDS))
def test_a_word_is_found_however_it_is_written(word: str) -> None:
    there = {hit.address for hit in SEARCHED.search(word).hits}
    assert there == {
        hit.address for hit in SEARCHED.search(unicodedata.normalize("NFD", word)).hits
    }
    assert word in SEARCHED.search(hangul.keys(word)).hits[0].text


@given(st.sampled_from(NAMES), st.data())
def test_a_half_typed_word_is_found(word: str, data: st.DataObject) -> None:
    keys = hangul.keys(word)
    typed = hangul.typed(keys[: data.draw(st.integers(len(keys) - 3, len(keys)))])
    results = SEARCHED.search(typed, limit=1000)
    assert any(re.search(rf"(?<![가-힣]){word}", hit.text) for hit in results.hits)


@given(st.sampled_from(NAMES), st.data())
def test_blanks_are_left_out_or_put_in(word: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(word) - 1))
    assert word in SEARCHED.search(f"{word[:cut]} {word[cut:]}").hits[0].text.replace(" ", "")


def test_more_than_can_be_looked_at_is_said(make_document: Callable[..., Document]) -> None:
    made = index([make_document(900)])
    few = made.search("한미동맹의", limit=10)
    assert len(few.hits) == 10
    assert few.more
    every = made.search("한미동맹의", limit=10, all_=True)
    assert not every.more
    holding = [
        part.text for item in make_document(900).paragraphs for part in item.parts
        if "한미동맹의" in part.text
    ]  # fmt: skip
    assert every.total == len(holding)
    assert made.search("ㅎ").more


def test_of_many_those_that_look_best_are_looked_at() -> None:
    made = index([document(*["국방비전에 주목한다"] * 200, "자주국방비용", "국방비를", "국방비")])
    results = made.search("국방비", limit=3)
    assert addresses(results)[0] == "x-a:203"
    assert results.more


def test_a_long_passage_is_found_as_it_stands() -> None:
    passage = " ".join(TEXTS[-1].split()[5:45])
    assert [hit.text for hit in SEARCHED.search(passage).hits] == [TEXTS[-1]]
    assert not SEARCHED.search(" ".join(sorted(passage.split()))).hits


def test_equal_hits_stand_in_the_order_of_the_documents() -> None:
    made = index([document("사드", id_="x-b"), document("사드", id_="x-a")])
    assert [hit.address for hit in made.search("사드").hits] == [
        Address("x-b", 1, 1),
        Address("x-a", 1, 1),
    ]


def test_an_index_made_ready_answers_the_same() -> None:
    made: Index = index(DOCUMENTS)
    made.warm()
    assert made.search("전작ㄱ") == SEARCHED.search("전작ㄱ")
