"""What the search finds in memory it finds in an index, in the same order: the law of the store."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import hangul
from scmtui.library.index import IndexFile
from scmtui.library.indexing import Writer
from scmtui.library.store import Indexed
from scmtui.search import Index
from scmtui.search.memory import Memory
from scmtui.search.passages import BREAK, Passage, Piece
from scmtui.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scmtui.model import Document
    from scmtui.search import Results
    from scmtui.search.streams import Stream

    Make = Callable[..., Document]
    Both = tuple[Memory, Indexed]


BLANK_IN_A_SCRIPT = re.compile(r"(?<=[@-`]) (?=[@-`])|(?<=[a-z]) (?=[a-z])|(?<=\d) (?=\d)")
RUNS = re.compile(r"[@-`]+|\d+(?:\.\d+)?|%|[^@-`\d\s%.]+")


def indexed(shelf: Shelf, path: Path) -> Indexed:
    """The store of a shelf, all of which is in the index at `path`."""
    file = IndexFile(path)
    for _ in Writer(file).steps(shelf):
        pass
    file.close()
    return Indexed(shelf.volumes(), IndexFile(path))


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, varied: Make, books: Callable[..., object]
) -> Iterator[Both]:
    """The same documents in memory and in an index."""
    ids = ("x-a", "57-2", "57-en", "52-3", "44", "44-en", "x-b")
    shelf = Shelf(added=books(*(varied(20, id_) for id_ in ids)))  # type: ignore[arg-type]
    store = indexed(shelf, tmp_path_factory.mktemp("index") / "search.db")
    memory = Memory(shelf.documents())
    memory.runs()
    yield memory, store
    assert store.problem is None
    store.close()


def of(store: Memory | Indexed) -> list[Passage]:
    return list(store.passages([], {facts.id for facts in store.documents}))


def known(passage: Passage) -> tuple[object, ...]:
    return (
        passage.address,
        passage.texts,
        passage.spaced("letters"),
        passage.spaced("initials"),
        passage.facts,
    )


def test_it_has_every_document_and_passage_in_reading_order(both: Both) -> None:
    memory, store = both
    assert tuple(store.documents) == tuple(memory.documents)
    assert list(map(known, of(store))) == list(map(known, of(memory)))


def same(both: Both, rows: list[list[Piece]], documents: set[str]) -> bool:
    found, expected = (list(map(known, it.passages(rows, documents))) for it in reversed(both))
    assert found == expected
    return bool(found)


def pieces(data: st.DataObject, both: Both) -> Piece:
    """A piece of some passage's streams, or of nothing at all."""
    kind: Stream = data.draw(st.sampled_from(["letters", "initials"]))
    passage = data.draw(st.sampled_from(of(both[0])))
    spaced = passage.spaced(kind).replace(BREAK, " ").strip()
    start = data.draw(st.integers(0, max(0, len(spaced) - 1)))
    letters = spaced[start : start + data.draw(st.integers(1, 40))]
    if data.draw(st.booleans()):
        letters = BLANK_IN_A_SCRIPT.sub("", letters)
    if data.draw(st.integers(0, 3)) == 0:
        letters += data.draw(st.sampled_from(["A", "BC", " LMA", " a", " b1"]))
    return Piece(kind, " ".join(RUNS.findall(letters)) or "k", data.draw(st.booleans()))


@given(data=st.data())
def test_the_same_passages_have_a_piece(both: Both, data: st.DataObject) -> None:
    same(both, [[pieces(data, both)]], {facts.id for facts in both[0].documents})


@given(data=st.data())
def test_the_same_passages_have_pieces_of_every_row_in_some_documents(
    both: Both, data: st.DataObject
) -> None:
    rows = [
        [pieces(data, both) for _ in range(data.draw(st.integers(0, 3)))]
        for _ in range(data.draw(st.integers(0, 3)))
    ]
    ids = [facts.id for facts in both[0].documents]
    same(both, rows, data.draw(st.sets(st.sampled_from([*ids, "99"]))))


def test_runs_are_the_same(both: Both) -> None:
    memory, store = both
    words = {run for passage in of(memory) for run in passage.spaced("letters").split()}
    for run in words - {BREAK}:
        assert memory.runs().count(run) == store.runs().count(run) > 0
        for letters in (run, run[:2], run + "Z"):
            assert memory.runs().begun(letters) == store.runs().begun(letters)
    assert memory.names() == set(store.names())


ASKED = ("전작권", "작권", "작권 가", "가나다라", "가나다라가나다라", "나 다라", "12345678")
PARTS = (
    "전작권",
    "확장억제",
    "미사일",
    "SCM",
    "FOC",
    "군사합의",
    "한미동맹",
    "rok us",
    "9·19",
    "협력",
)
CHARACTERS = "ㄱㄴㄷㅅㅈㅎㅏㅓㅗ가나전작권확장억제군사abcuskr 0919·"


def queries() -> list[str]:
    """Queries of every kind, typed key by key or put together by chance."""
    chance = random.Random(7)
    found = ["", "-", '"', "theme:opcon", "scm:52", "-scm:52", "/전작권.{0,5}전/", "kind:nothing"]
    for part in PARTS:
        keys = hangul.keys(part)
        found += (hangul.typed(keys[:count]) for count in range(1, len(keys) + 1))
        found += (hangul.initials(part), keys, part.replace("사", "샤"), f"{part}으로부터")
        found += (f'"{part[1:]} {part[:1]}"', f"-{part} {chance.choice(PARTS)}")
        found += (f"{part} or {chance.choice(PARTS)}", f"{part} {chance.choice(PARTS)}")
        found += (f"{chance.choice(('scm:57', 'lang:en', 'kind:press', 'scm:44..'))} {part}",)
    found += ("".join(chance.choices(CHARACTERS, k=chance.randint(1, 7))) for _ in range(150))
    return list(dict.fromkeys(found))


def told(results: Results) -> tuple[object, ...]:
    """Results that can be compared: errors are different objects."""
    found = results.query, results.hits, results.total, results.more, results.reading
    return (*found, str(results.problem))


def test_every_query_finds_the_same_in_the_same_order(both: Both) -> None:
    memory, store = (Index(it) for it in both)
    found = 0
    for query in queries():
        for limit, all_ in ((10, False), (500, True)):
            expected = told(memory.search(query, limit=limit, all_=all_))
            assert told(store.search(query, limit=limit, all_=all_)) == expected, query
            found += bool(expected[1])
    assert found > 200


@given(query=st.text(max_size=30))
def test_any_string_is_answered_the_same(both: Both, query: str) -> None:
    memory, store = (Index(it) for it in both)
    assert told(store.search(query)) == told(memory.search(query))


def test_a_passage_in_use_is_one_object(both: Both) -> None:
    _, store = both
    first = of(store)
    assert all(one is other for one, other in zip(first, of(store), strict=True))


def test_of_many_words_with_a_piece_none_is_lost(
    tmp_path: Path, books: Callable[..., object], varied: Make
) -> None:
    """More words than are all asked for, more cuts than are all asked for."""
    document = varied(1, "x-many")
    syllables = [chr(0xAC00 + 28 * number) for number in range(399)]
    texts = [f"{syllable}전작권{syllable} {syllable} 가 나 다 라" for syllable in syllables]
    texts += ["가나다라 가 나다 라가 나 다라", "1 2 3 4 5 6 7 8", "12345678", "1 2345 678"]
    paragraphs = tuple(
        replace(
            document.paragraphs[0],
            number=number,
            heading="",
            parts=(replace(document.paragraphs[0].parts[0], text=text),),
        )
        for number, text in enumerate(texts, 1)
    )
    facts = replace(document.facts, paragraphs=len(paragraphs))
    shelf = Shelf(added=books(replace(document, facts=facts, paragraphs=paragraphs)))  # type: ignore[arg-type]
    store = indexed(shelf, tmp_path / "search.db")
    memory = Memory(shelf.documents())
    memory.runs()
    everywhere = {facts.id for facts in memory.documents}
    hits = []
    for text in ASKED:
        for begins in (False, True):
            letters = " ".join(map(_letters, re.findall("[가-힣]+|[0-9]+", text)))
            piece = Piece("letters", letters, begins)
            hits.append(same((memory, store), [[piece]], everywhere))
    assert hits.count(True) > 8
    store.close()


def _letters(word: str) -> str:
    from scmtui.search.streams import stream

    return stream(word)
