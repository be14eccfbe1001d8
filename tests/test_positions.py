"""Positions found again when the text around them, or under them, has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui.model import Address, Document, Paragraph, Part
from scmtui.positions import NEIGHBOURS, Position, find_again, position, position_of
from scmtui.text import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TEXTS = (
    ("제1차 회의가 서울에서 개최되었다. 양 장관이 공동 주재하였다.",),
    ("양 장관은 동맹의 발전을 평가하였다.", "양측은 북한의 핵 위협에 대한 공조를 재확인하였다."),
    ("양 장관은 확장억제를 강화하기로 하였다.",),
    ("양 장관은 동의하였다.", "차기 회의는 워싱턴에서 개최된다."),
)


@pytest.fixture
def write(make_document: Callable[..., Document]) -> Callable[..., Document]:
    """`write(texts, id="99")`: a document whose paragraphs 1, 2, … have these parts."""

    def written(texts: Sequence[Sequence[str]], id: str = "99") -> Document:  # noqa: A002
        paragraphs = tuple(
            Paragraph(number, "", tuple(Part(text, 0, len(text)) for text in parts), 0, 0)
            for number, parts in enumerate(texts, 1)
        )
        return replace(make_document(1, id=id), paragraphs=paragraphs)

    return written


@pytest.fixture
def document(write: Callable[..., Document]) -> Document:
    return write(TEXTS)


def at(text: str) -> Address:
    return Address.parse(text)


def test_a_position_holds_the_words_and_their_neighbours(document: Document) -> None:
    found = position(document, at("99:2.2"))
    assert found == Position(
        at("99:2.2"),
        quote=TEXTS[1][1],
        before=f"{TEXTS[0][0]}\n{TEXTS[1][0]}"[-NEIGHBOURS:],
        after=TEXTS[2][0],
    )


def test_a_paragraph_is_quoted_whole_and_a_sentence_alone(document: Document) -> None:
    assert position(document, at("99:2")).quote == "\n".join(TEXTS[1])
    sentence = position(document, at("99:1.1.2"))
    assert sentence.quote == "양 장관이 공동 주재하였다."
    assert sentence.before == "제1차 회의가 서울에서 개최되었다."


@pytest.mark.parametrize("address", ["99", "99:9", "99:2.3", "99:1.1.3"])
def test_where_no_text_stands_there_is_no_quote(document: Document, address: str) -> None:
    assert position(document, at(address)) == Position(at(address))


def test_an_unchanged_text_is_where_it_was(document: Document) -> None:
    for address in ("99:1", "99:2.2", "99:1.1.2", "99:4.1"):
        assert find_again(position(document, at(address)), document) == at(address)


def test_another_writing_of_the_same_letters_has_not_moved(
    document: Document, write: Callable[..., Document]
) -> None:
    copy = write([*TEXTS[:2], ("양 장관은  확장 억제를 강화하기로 하였다",), TEXTS[3]])
    assert find_again(position(document, at("99:3.1")), copy) == at("99:3.1")


def test_a_text_with_other_numbers_is_found_by_its_words(
    document: Document, write: Callable[..., Document]
) -> None:
    later = write([("새로 들어온 항이다.",), *TEXTS])
    assert find_again(position(document, at("99:2.2")), later) == at("99:3.2")
    assert find_again(position(document, at("99:2")), later) == at("99:3")
    assert find_again(position(document, at("99:1.1.2")), later) == at("99:2.1.2")


def test_a_better_copy_with_another_id_is_searched(
    document: Document, write: Callable[..., Document]
) -> None:
    better = write([("머리말이다.",), *TEXTS], id="57")
    assert find_again(position(document, at("99:3.1")), better) == at("57:4.1")
    assert find_again(Position(at("99")), better) == at("57")


def test_parts_that_were_joined_or_parted_are_found_where_they_begin(
    document: Document, write: Callable[..., Document]
) -> None:
    joined = write([TEXTS[0], (" ".join(TEXTS[1]),), *TEXTS[2:]])
    assert find_again(position(document, at("99:2.2")), joined) == at("99:2.1")
    assert find_again(position(joined, at("99:2.1")), document) == at("99:2.1")


def test_a_changed_text_is_not_guessed(document: Document, write: Callable[..., Document]) -> None:
    changed = write([*TEXTS[:2], ("양 장관은 확장억제를 약화하기로 하였다.",), TEXTS[3]])
    assert find_again(position(document, at("99:3.1")), changed) is None


def test_of_two_like_texts_the_one_with_the_same_neighbours_is_meant(
    write: Callable[..., Document],
) -> None:
    twice = "양 장관은 이를 지속 협의하기로 하였다."
    old = write([("첫째 사안이다.", twice), ("둘째 사안이다.", twice)])
    new = write([("머리말이다.",), ("첫째 사안이다.", twice), ("둘째 사안이다.", twice)])
    assert find_again(position(old, at("99:1.2")), new) == at("99:2.2")
    assert find_again(position(old, at("99:2.2"))._replace(after=""), new) == at("99:3.2")


def test_two_like_texts_with_like_neighbours_need_a_look(write: Callable[..., Document]) -> None:
    twice = "양 장관은 이를 지속 협의하기로 하였다."
    sought = Position(at("99:9.1"), quote=twice)
    assert find_again(sought, write([(twice,), ("다른 말이다.",), (twice,)])) is None


def test_a_short_text_needs_its_neighbours(
    document: Document, write: Callable[..., Document]
) -> None:
    sought = position(document, at("99:4.1"))
    moved = write([("새로 들어온 항이다.",), *TEXTS])
    assert find_again(sought, moved) == at("99:5.1")
    elsewhere = write([("양측은 논의하였다. 양 장관은 동의하였다. 이어서 발표하였다.",)])
    assert find_again(sought, elsewhere) is None


def test_an_empty_place_is_kept_while_it_exists(write: Callable[..., Document]) -> None:
    headed = write([(), ("본문이다.",)])
    assert find_again(Position(at("99:1")), headed) == at("99:1")
    assert find_again(Position(at("99:3")), headed) is None
    assert find_again(Position(at("99:1.1")), headed) is None


def test_marks_alone_are_no_words(write: Callable[..., Document]) -> None:
    assert find_again(Position(at("99:1.1"), quote="…"), write([("본문이다.",)])) is None


@given(
    count=st.integers(1, 12),
    inserted=st.integers(0, 3),
    data=st.data(),
)
def test_every_position_of_a_text_survives_new_paragraphs_before_it(
    make_document: Callable[..., Document], count: int, inserted: int, data: st.DataObject
) -> None:
    document = make_document(count)
    shifted = replace(
        document,
        paragraphs=(
            *(
                Paragraph(n, "", (Part(f"{n}번째 새 항이다.", 0, 0),), 0, 0)
                for n in range(1, inserted + 1)
            ),
            *(replace(item, number=item.number + inserted) for item in document.paragraphs),
        ),
    )
    paragraph = data.draw(st.sampled_from(document.paragraphs))
    number = data.draw(st.integers(1, len(paragraph.parts)))
    count_of = len(sentences(paragraph.parts[number - 1].text))
    sentence = data.draw(st.none() | st.integers(1, count_of))
    address = Address(document.id, paragraph.number, number, sentence)
    moved = replace(address, paragraph=paragraph.number + inserted)
    assert find_again(position(document, address), shifted) == moved


def test_selected_words_have_the_part_around_them(bundled: dict[str, Document]) -> None:
    document, address = bundled["52"], Address("52", 2, 1)
    text = position(document, address).quote
    start = text.index("핵심축")
    found = position_of(document, address, start, start + 3)
    assert found.quote == "핵심축"
    assert (found.before + found.quote + found.after) in text
    assert find_again(found, document) == address
    assert position_of(document, address, 0, len(text)) == position(document, address)
