"""Passages that are found by looking through all letters: the same ones as by any other way."""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui.phrases import Texts, history, texts
from scmtui.phrases.scanned import Scanned
from scmtui.search.memory import Memory
from scmtui.search.passages import Piece
from scmtui.search.streams import stream
from scmtui.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.model import Document
    from scmtui.phrases import History

    Make = Callable[..., Document]

WORDS = (
    "확장억제", "확장 억제를", "한·미동맹", "韓美", "對北", "OPCON", "ＯＰＣＯＮ", "전작권(전환)",
    "‘현재의", "전력", "수준’을", "1,500명", "1.5%", "U.S.", "핵·미사일", "태세\n", "İ", "∑",
)  # fmt: skip
WRITTEN = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)


def there(store: Scanned | Memory, asked: str, ids: frozenset[str]) -> set[tuple[str, int]]:
    pieces = [[Piece("letters", stream(fold(asked)))]]
    return {(it.facts.id, it.number) for it in store.passages(pieces, ids)}


@given(
    st.lists(st.lists(WRITTEN, min_size=1, max_size=3), min_size=1, max_size=4),
    st.sampled_from(
        ["확장억제", "한미동맹", "한미", "대북", "opcon", "전작권전환", "1500명", "핵미사일"]
    ),
)
def test_a_passage_is_found_by_its_letters_whatever_parts_them(
    make: Make, given_: list[list[str]], asked: str
) -> None:
    documents = [make(number, *parts) for number, parts in enumerate(given_, 1)]
    store = Scanned(Memory(documents))
    ids = frozenset(it.id for it in documents)
    letters = "".join(filter(str.isalnum, asked))
    plain = {
        (document.id, paragraph.number)
        for document in documents
        for paragraph in document.paragraphs
        if any(letters in "".join(filter(str.isalnum, fold(it.text))) for it in paragraph.parts)
    }
    assert there(store, asked, ids) == plain
    for one in ids:
        assert there(store, asked, frozenset({one})) == {it for it in plain if it[0] == one}
    some = frozenset(sorted(ids)[::2])
    assert there(store, asked, some) == {it for it in plain if it[0] in some}


@given(
    st.lists(WRITTEN, min_size=1, max_size=4), st.sampled_from(["확장억제", "전력 수준", "전작권"])
)
def test_a_history_is_the_same_as_through_an_index(
    make: Make, parts: list[str], phrase: str
) -> None:
    documents = [make(number, part) for number, part in enumerate(parts, 1)]

    indexed = Texts(Memory(documents))
    indexed.store = Memory(documents)  # as one that knows only how to find pieces
    assert rows(history(phrase, indexed)) == rows(history(phrase, texts(documents)))


def rows(found: History) -> list[tuple[object, ...]]:
    return [(it.facts.id, it.state, it.places, it.near) for it in found.rows]


def test_the_letters_of_a_passage_are_those_of_its_folded_text() -> None:
    """Every character that has letters when folded has the same ones in the text looked through."""
    assert [
        character
        for character in map(chr, range(0x20, sys.maxunicode))
        if unicodedata.category(character) not in {"Cs", "Cc"}
        and len(character.lower()) == 1
        and not _same(character)
    ] == []


def _same(character: str) -> bool:
    folded = fold(character)
    if folded == character.lower():
        return True
    from scmtui.phrases.scanned import _FORMS

    alike = folded.isalnum() == character.isalnum() and (
        not folded.isalnum() or folded == character.lower()
    )
    return alike or bool(_FORMS.search(character))


@pytest.mark.parametrize(
    ("word", "known"),
    [("미사일", True), ("핵미사일", True), ("미사", False), ("사일", False), ("방어", False)],
)
def test_a_word_stands_alone_or_in_pieces_with_marks_between(
    make: Make, word: str, known: bool
) -> None:
    store = Scanned(Memory([make(1, "북한의 핵·미사일, 미사일방어망")]))
    assert bool(store.runs().count(stream(word))) is known


def test_names_are_those_that_every_text_explains(bundled: dict[str, Document], make: Make) -> None:
    documents = [
        *bundled.values(),
        make(1, "완전운용능력(FOC) 검증. (나) 끝이 없는 괄호(ABC"),
        make(2, "줄이 바뀌는 괄호(AB\nC) 뒤의 ‘핵협의그룹(NCG)’과 ((가))"),
    ]
    assert set(Scanned(Memory(documents)).names()) == set(Memory(documents).names())


def test_a_library_in_another_store_gives_its_own_letters(make: Make) -> None:
    document = make(1, "한·미 확장 억제\n둘째 문단")
    scanned, other = texts([document]), Texts(Memory([document]))
    other.store = Memory([document])
    (one,), (two,) = (list(it.store.passages([], frozenset({"1"}))) for it in (scanned, other))
    assert scanned.letters(one) == other.letters(two) == "\x1f한미확장억제\x1f둘째문단"
