"""A document before it is kept: its facts corrected, held against the catalogue, what is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from scmtui.add import FACTS, amended, lesser, standing, stated, value_in_words, written
from scmtui.model import Document, Finding, Kind, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("fact", "typed", "value"),
    [
        ("meeting", "54", 54),
        ("meeting", "제54차", 54),
        ("meeting", "54th", 54),
        ("meeting", "", None),
        ("kind", "Communiqué", Kind.COMMUNIQUE),
        ("kind", "보도자료", Kind.PRESS),
        ("language", "한국어", "ko"),
        ("language", "EN", "en"),
        ("held", "2022-11-03", date(2022, 11, 3)),
        ("held", "2022. 11. 3.", date(2022, 11, 3)),
        ("published", "3 November 2022", date(2022, 11, 3)),
        ("published", "", None),
        ("place", "  워싱턴\u202e  D.C. ", "워싱턴 D.C."),
        ("official", "예", True),
        ("official", "no", False),
        ("title", "공동\x1b[31m성명", "공동성명"),
    ],
)
def test_a_fact_is_taken_as_it_is_typed(
    bundled: dict[str, Document], fact: str, typed: str, value: object
) -> None:
    document = amended(bundled["52"], {fact: typed})
    assert getattr(document.facts, fact) == value


@pytest.mark.parametrize(
    ("fact", "typed", "said"),
    [
        ("meeting", "0", "“0” is not the number of a meeting. Write a number such as 52"),
        ("meeting", "٥٤", "“٥٤” is not the number of a meeting."),
        ("meeting", "last", "“last” is not the number of a meeting."),
        ("kind", "memo", "“memo” is not a kind of document. Write communique, article"),
        ("language", "fr", "“fr” is not a language of the documents. Write ko or en."),
        ("held", "2022-13-03", "“2022-13-03” is not a day. Write it as 2020-10-14"),
        ("published", "2022-11-03 2022-11-04", "is not a day."),
        ("place", "x" * 400, "That is longer than 300 characters."),
        ("title", " ", "A document needs a title."),
        ("official", "maybe", "“maybe” says neither yes nor no."),
    ],
)
def test_what_cannot_be_is_told_in_the_facts_own_sentence(
    bundled: dict[str, Document], fact: str, typed: str, said: str
) -> None:
    with pytest.raises(UsageError) as error:
        amended(bundled["52"], {fact: typed})
    assert said in str(error.value)


@pytest.mark.parametrize("id_", ["52", "57-article"])
def test_a_fact_as_it_is_written_is_the_same_fact(bundled: dict[str, Document], id_: str) -> None:
    document = bundled[id_]
    assert amended(document, {fact: written(document.facts, fact) for fact in FACTS}) is document


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ({"meeting": "54"}, "54"),
        ({"language": "en"}, "52-en"),
        ({"kind": "press", "language": "en"}, "52-en-press"),
        ({"meeting": "", "title": "한미 국방 비전!"}, "x-한미-국방-비전"),
        ({"meeting": "", "title": "!"}, "x-text"),
        ({"place": "서울"}, "52"),
    ],
)
def test_the_id_goes_with_the_facts_and_the_text_stays(
    bundled: dict[str, Document], typed: dict[str, str], id_: str
) -> None:
    before = bundled["52"]
    document = amended(before, typed)
    assert document.id == id_
    assert document.paragraphs == before.paragraphs
    assert all(doubt.address is None or doubt.address.document == id_ for doubt in document.doubts)


def test_what_was_found_stands_beside_the_fact_and_the_catalogue(
    bundled: dict[str, Document],
) -> None:
    findings = (
        Finding("held", "2020-10-14", "2020년 10월 14일 워싱턴에서 개최되었다.", 60),
        Finding("rok_minister", "홍길동", "홍길동 장관이 공동 주재", 80),
    )
    document = replace(bundled["52"], findings=findings)
    facts = {one.fact: one for one in stated(document)}
    assert list(facts) == [*FACTS, "rok_minister"]
    assert facts["held"].agrees is True
    assert not facts["held"].corrected
    assert "same" in facts["held"].catalogue_in_words
    assert facts["rok_minister"].agrees is False
    assert "서욱" in facts["rok_minister"].catalogue_in_words
    assert facts["title"].agrees is None
    assert facts["title"].catalogue_in_words == ""
    wrong = amended(document, {"held": "2020-10-15"})
    held = next(one for one in stated(wrong) if one.fact == "held")
    assert held.agrees is False
    assert held.corrected
    assert held.catalogue_in_words == "The catalogue of meetings says: 14 October 2020."


def test_a_doubt_that_the_reader_settles_goes_and_comes_back(
    bundled: dict[str, Document],
) -> None:
    findings = (Finding("held", "2020-10-15", "2020년 10월 15일 개최되었다.", 60),)
    document = amended(replace(bundled["52"], findings=findings), {"held": "2020-10-15"})
    assert [it.kind for it in document.doubts] == ["catalogue"]
    right = amended(document, {"held": "2020-10-14"})
    assert right.doubts == ()
    assert amended(right, {"held": "2020-10-15"}).doubts == document.doubts


def test_another_meeting_fills_what_is_empty_from_the_catalogue(
    bundled: dict[str, Document],
) -> None:
    bare = amended(bundled["52"], {"held": "", "place": ""})
    assert (bare.facts.held, bare.facts.place) == (None, "")
    document = amended(bare, {"meeting": "54"})
    assert (document.facts.held, document.facts.place) == (date(2022, 11, 3), "워싱턴 D.C.")


def test_the_word_of_the_reader_counts_against_what_was_found(
    bundled: dict[str, Document],
) -> None:
    document = replace(bundled["52"], findings=(Finding("official", "true"),))
    assert not next(one for one in stated(document) if one.fact == "official").corrected
    unofficial = amended(document, {"official": "no"})
    assert next(one for one in stated(unofficial) if one.fact == "official").corrected


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [
        ("held", "2020-10-14", "14 October 2020"),
        ("held", "", ""),
        ("kind", "press", "Press release"),
        ("language", "ko", "Korean"),
        ("official", "true", "yes"),
        ("title", "ko", "ko"),
    ],
)
def test_values_are_shown_in_words(fact: str, value: str, words: str) -> None:
    assert value_in_words(fact, value) == words


def test_the_same_document_and_other_copies_are_told_apart(
    bundled: dict[str, Document], make_document: Callable[..., Document]
) -> None:
    known = [document.facts for document in bundled.values()]
    mine = bundled["52"]
    assert standing(mine, known).same == "52"
    other = replace(mine.facts.provenance, sha256="1" * 64)
    copy = replace(mine, facts=replace(mine.facts, provenance=other))
    there = standing(copy, known)
    assert (there.same, [it.id for it in there.copies]) == ("", ["52"])
    new = standing(make_document(2), known)
    assert (new.same, new.copies) == ("", ())


def test_a_copy_as_official_is_the_first_that_would_be_replaced(
    bundled: dict[str, Document],
) -> None:
    own = bundled["52"]
    other = replace(own.facts, id="52-2", official=False)
    for official, found in ((True, ["52", "52-2"]), (False, ["52-2", "52"])):
        facts = replace(own.facts, official=official)
        mine = replace(own, facts=facts)
        assert [it.id for it in standing(mine, [own.facts, other]).copies] == found
        assert lesser(mine, own.facts) is not official
        assert not lesser(mine, other)


def test_a_file_whose_document_was_corrected_is_known_again(bundled: dict[str, Document]) -> None:
    kept = amended(bundled["52"], {"meeting": "54"})
    assert standing(bundled["52"], [kept.facts]).same == "54"
    assert standing(bundled["52"], [kept.facts], alone=False).same == ""


def test_a_text_of_no_meeting_is_a_copy_by_its_name(make_document: Callable[..., Document]) -> None:
    one, other = make_document(2, id="x-vision"), make_document(3, id="x-vision-2")
    other_source = replace(other.facts.provenance, sha256="1" * 64)
    there = standing(one, [replace(other.facts, provenance=other_source)])
    assert [it.id for it in there.copies] == ["x-vision-2"]


def test_a_fact_that_the_reader_settles_takes_no_other_doubt_along(
    bundled: dict[str, Document],
) -> None:
    line = "2020년 10월 15일, 서울"
    findings = (Finding("held", "2020-10-15", line, 60), Finding("place", "서울", line, 60))
    known = replace(bundled["52"].facts, place="서울")
    document = replace(bundled["52"], facts=known, findings=findings)
    document = amended(document, {"held": "2020-10-15"})
    held, place = document.doubts
    assert held.text == (
        "Held: the catalogue of meetings says “2020-10-14”, "
        "and the text says “2020년 10월 15일, 서울”."
    )
    assert place.text.startswith("Place: the catalogue of meetings says “Washington")
    (left,) = amended(document, {"held": "2020-10-14"}).doubts
    assert left == place
