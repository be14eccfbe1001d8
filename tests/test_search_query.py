"""The language of queries."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui.model import QueryError
from scmtui.search.query import SYNTAX, Clause, Filter, Query, Term, parse


def words(*texts: str) -> list[tuple[str, ...]]:
    return [(text,) for text in texts]


def texts(query: Query) -> list[tuple[str, ...]]:
    """The terms of each clause; a minus before those that must not be found."""
    return [
        tuple(("-" if clause.negative else "") + term.text for term in clause.terms)
        for clause in query.clauses
    ]


@pytest.mark.parametrize(
    ("query", "clauses"),
    [
        ("", []),
        ("전작권  전환", words("전작권", "전환")),
        ("-사드 확장억제", words("-사드", "확장억제")),
        ("한-미 -", words("한-미", "-")),
        ("가 or 나 다", [("가", "나"), ("다",)]),
        ("가 OR 나 or 다", [("가", "나", "다")]),
        ("or 가 or", words("가")),
        ("가 or -나", words("가", "-나")),
        ('"정확 구문" 가', words("정확 구문", "가")),
        ("“정확 구문”", words("정확 구문")),
        ('"끝나지 않은 가', words("끝나지 않은 가")),
        ('가"나"', words("가", "나")),
        ('""', []),
        (r"/전작권.{0,9}전환/ 가", words("전작권.{0,9}전환", "가")),
        (r"/a b\/c/", words(r"a b\/c")),
        ("/열린 채", words("열린 채")),
        ("3/4 a/b/", words("3/4", "a/b/")),
        ("제목:확장억제", words("제목:확장억제")),
        ("52:12", words("52:12")),
    ],
)
def test_terms(query: str, clauses: list[tuple[str, ...]]) -> None:
    parsed = parse(query)
    assert texts(parsed) == clauses
    assert not parsed.filters


def test_kinds_of_terms_and_their_places() -> None:
    parsed = parse('가 "나 다" /라/ -마')
    assert parsed.clauses == (
        Clause((Term("가", 0),)),
        Clause((Term("나 다", 3, "exact"),)),
        Clause((Term("라", 9, "pattern"),)),
        Clause((Term("마", 13),), negative=True),
    )
    assert parsed.words == (Term("가", 0),)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("scm:52", Filter("scm", ("52",), 4)),
        ("SCM:50..57", Filter("scm", ("50..57",), 4)),
        ("scm:52,57,", Filter("scm", ("52", "57"), 4)),
        ("-kind:article", Filter("kind", ("article",), 6, negative=True)),
        ('theme:"전작권 전환"', Filter("theme", ("전작권 전환",), 6)),
        ("주제:우주", Filter("theme", ("우주",), 3)),
        ("ㄴ츠:52", Filter("scm", ("52",), 3)),
    ],
)
def test_filters(query: str, found: Filter) -> None:
    assert parse(query) == Query((), (found,))


@pytest.mark.parametrize(
    ("query", "at"), [("가 foo:나", 2), ("가 lang: ko", 6), ("-tag:", 4), ("가" * 1001, 1000)]
)
def test_a_mistake_has_a_place(query: str, at: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert caught.value.at == at
    assert caught.value.exit_status == 2


def test_too_many_words() -> None:
    assert len(parse("가 " * 60).clauses) == 60
    with pytest.raises(QueryError):
        parse(" or ".join("가" * 61))


@given(st.text(st.sampled_from('가 or-"/:scmth,.52\\(')))
def test_any_query_is_read_or_refused(query: str) -> None:
    with contextlib.suppress(QueryError):
        for clause in parse(query).clauses:
            for term in clause.terms:
                assert query[term.at : term.at + len(term.text)] == term.text


def test_what_the_help_says_is_read_so() -> None:
    examples = [line.split("  ")[0] for line in SYNTAX.splitlines()[:6]]
    kinds = [
        [term.kind for clause in parse(each).clauses for term in clause.terms] for each in examples
    ]
    assert kinds == [["word", "word"], ["exact"], ["word", "word"], ["word"], ["pattern"], []]
