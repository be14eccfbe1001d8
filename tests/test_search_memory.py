"""Streams of letters, passages, and the store in memory."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scmtui import corpus, hangul
from scmtui.search.memory import Memory
from scmtui.search.mistakes import Correction, CountedRuns, Lexicon, allowed, pieces
from scmtui.search.passages import BREAK, Passage, Piece
from scmtui.search.patterns import begins, ends, half
from scmtui.search.streams import Stream, ends_syllable, runs, spelt, stream

DOCUMENTS = [corpus.document(facts.id) for facts in corpus.facts()]
STORE = Memory(DOCUMENTS)
EVERYWHERE = {facts.id for facts in STORE.documents}
PASSAGES = list(STORE.passages([], EVERYWHERE))
READY = Memory(DOCUMENTS)
READY.runs()  # which looks through all words
PASSAGES_READY = list(READY.passages([], EVERYWHERE))
HANGUL = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("제52차 scm에", ["제", "52", "차", "scm", "에"]),
        ("‘9·19 군사합의’", ["9", "19", "군사합의"]),
        ("3.5%로 1,200명", ["3.5", "%", "로", "1200", "명"]),
        ("2020.10.14", ["2020", "10", "14"]),
        ("u.s. f-cfc", ["u", "s", "f", "cfc"]),
        ("「」—", []),
    ],
)
def test_runs_of_one_script(text: str, found: list[str]) -> None:
    assert runs(text) == found


@given(st.lists(HANGUL | st.text("abc", min_size=1) | st.text("123", min_size=1)))
def test_a_stream_is_spelt_back(texts: list[str]) -> None:
    text = " ".join(texts)
    assert runs(spelt(stream(text))) == runs(text)
    assert stream(text).isascii()


@given(HANGUL)
def test_syllables_end_where_they_end(text: str) -> None:
    ends = {len(stream(text[:count])) for count in range(1, len(text) + 1)}
    letters = stream(text)
    assert {end for end in range(1, len(letters) + 1) if ends_syllable(letters, end)} == ends


@given(st.sampled_from(PASSAGES))
def test_a_passage_has_its_streams(number: object) -> None:
    passage = PASSAGES[0]
    assert passage.bare("letters") == passage.spaced("letters").replace(" ", "")
    assert passage.folded.count(BREAK) == len(passage.texts) - 1
    starts = passage.bounds
    assert [
        passage.shown[start:][: len(text)]
        for start, text in zip(starts, passage.texts, strict=False)
    ] == list(passage.texts)


@given(st.sampled_from(PASSAGES), st.data(), st.sampled_from(["letters", "initials"]))
def test_a_store_gives_every_passage_with_the_letters(
    passage: object, data: st.DataObject, kind: str
) -> None:
    chosen = data.draw(st.sampled_from(PASSAGES))
    letters = chosen.bare(kind)  # type: ignore[arg-type]
    words = [word for word in chosen.spaced(kind).split(" ") if word and word != BREAK]  # type: ignore[arg-type]
    first = data.draw(st.integers(0, len(words) - 1))
    size = data.draw(st.integers(2, 24))
    piece = "".join(words[first:])[:size]
    found = set(STORE.passages([[Piece(kind, piece)]], EVERYWHERE))  # type: ignore[arg-type]
    if piece in letters:
        assert chosen in found


@given(st.sampled_from(PASSAGES), st.data(), st.sampled_from(["letters", "initials"]))
def test_a_store_gives_exactly_the_passages_that_contain_a_piece(
    chosen: Passage, data: st.DataObject, kind: Stream
) -> None:
    spaced = chosen.spaced(kind).strip()
    start = data.draw(st.integers(0, len(spaced) - 1))
    letters = spaced[start : start + data.draw(st.integers(2, 30))].replace(BREAK, "").strip()
    if data.draw(st.booleans()):
        letters = letters.replace(" ", "")
    assume(letters)
    piece = Piece(kind, " ".join(letters.split()), data.draw(st.booleans()))
    contains = piece.test()
    found = list(READY.passages([[piece]], EVERYWHERE))
    assert found == [it for it in PASSAGES_READY if contains(it.spaced(kind))]


@pytest.mark.parametrize(
    ("letters", "begins", "stream", "contained"),
    [
        ("전작권 전환", False, "전작권 전환을", True),
        ("전작권 전환", False, "전작권전환을", True),
        ("전작권전환", False, "전작권 전환을", True),
        ("작권 전환", False, "전작권 전환을", True),
        ("작권전환", False, "전작권 전환을", False),
        ("작권 전환", True, "전작권 전환을", False),
        ("고양이", False, "하고 양 이", False),
        ("rok us", False, "the rokus", True),
        ("ok us", True, "rok us", False),
    ],
)
def test_what_contains_a_piece(letters: str, begins: bool, stream: str, contained: bool) -> None:
    assert Piece("letters", letters, begins).test()(f" {stream} ") == contained


def test_rows_are_and_pieces_are_or() -> None:
    foc, thaad, nll = (Piece("letters", stream(word)) for word in ("foc", "사드", "nll"))
    numbers = [passage.number for passage in STORE.passages([[foc, thaad, nll]], {"52"})]
    assert numbers == [5, 6, 11]
    assert [passage.number for passage in STORE.passages([[foc, thaad], [thaad]], {"52"})] == [6]
    assert not list(STORE.passages([[foc]], set()))
    assert len(list(STORE.passages([[]], EVERYWHERE))) == len(PASSAGES)


def test_a_piece_that_begins_a_run() -> None:
    inside = Piece("letters", stream("연합사"))
    begins_run = Piece("letters", stream("연합사"), begins=True)
    assert {passage.number for passage in STORE.passages([[inside]], {"52"})} == {7, 10, 11}
    assert {passage.number for passage in STORE.passages([[begins_run]], {"52"})} == {7, 10, 11}
    short = Piece("letters", stream("정"), begins=True)
    for passage in STORE.passages([[short]], {"52"}):
        assert re.search("(?<![가-힣])[저-젛]", passage.folded)


@given(HANGUL, st.integers(0))
def test_what_is_half_typed_matches_what_it_becomes(text: str, cut: int) -> None:
    keys = hangul.keys(text[-1])
    typed = hangul.typed(keys[: cut % len(keys) + 1])
    assert re.match(half(typed[-1]), text[-1]) or typed[-1] == text[-1]


@pytest.mark.parametrize(
    ("typed", "becomes", "not_this"),
    [
        ("ㄱ", "가까", "나ㄱ"),
        ("미", "미민밍", "마뮈"),
        ("고", "고곡과광괴", "구"),
        ("각", "갂갃", "간"),
        ("ㅏ", "", "아"),
        ("a", "", "ab"),
    ],
)
def test_what_may_become_of_a_syllable(typed: str, becomes: str, not_this: str) -> None:
    found = half(typed)
    for syllable in becomes:
        assert re.fullmatch(found.replace("(?:가[", "(?:가?["), syllable)
    assert not found or not any(re.fullmatch(found, syllable) for syllable in not_this)


def test_words_begin_and_end() -> None:
    text = "제52차 scm은 3.5%의 (국방비를) 국방비전 us's 강화하기로"
    beginnings = {text[at:][:2] for at in range(len(text)) if text[at].strip() and begins(text, at)}
    assert {"제5", "52", "차 ", "sc", "은 ", "3.", "국방"} <= beginnings
    assert "5%" not in beginnings
    worth = {
        word: ends(text, text.index(word) + len(word))
        for word in ("국방비", "국방비전", "강화", "scm", "us")
    }
    assert worth["국방비전"] == worth["scm"] == 1.0 > worth["국방비"] > worth["강화"] > 0.9
    assert ends("국방비전", 3) == 0.9 > ends("forces", 3) > 0.8
    assert ends("allies and", 6) == 1.0 > ends("roles", 4) > 0.9
    assert ends("2026", 2) < 0.9


@pytest.mark.parametrize(
    ("term", "errors"),
    [
        ("사드", 0),
        ("간장", 0),
        ("에스퍼", 1),
        ("확장억제", 2),
        ("한미상호방위조약", 3),
        ("2027년의", 0),
    ],
)
def test_errors_that_are_allowed(term: str, errors: int) -> None:
    assert allowed(term) == errors


LEXICON = Lexicon(STORE.runs())
LETTERS = st.text("ABCDEFGHIJKLMNOP", min_size=5, max_size=30)


@given(LETTERS, st.data())
def test_a_mistyped_word_has_an_unharmed_piece(run: str, data: st.DataObject) -> None:
    typed = run
    most = 1 + (len(run) >= 11) + (len(run) >= 17)
    for _ in range(most):
        place = data.draw(st.integers(0, len(typed) - 1))
        letter = data.draw(st.sampled_from(["", "A", "B", typed[place] + "C"]))
        typed = typed[:place] + letter + typed[place + 1 :]
    swapped = data.draw(st.integers(0, len(run) - 2)) if most == 1 else None
    if swapped is not None and data.draw(st.booleans()):
        pair = run[swapped + 1] + run[swapped]
        typed = run[:swapped] + pair + run[swapped + 2 :]
    found = CountedRuns({run: 1, "XYZ": 1}).holding(pieces(typed, most), len(run))
    assert len(typed) <= 2 * most or set(found) == {run}


@pytest.mark.parametrize(
    ("term", "meant"),
    [
        ("확장억재", Correction(1, "확장억제")),
        ("판문졈선언", Correction(1, "판문점선언")),
        ("용상 기지", Correction(1, "용산 기지")),
        ("용상기지", Correction(1, "용산 기지")),
        ("핵미사알", Correction(1, "핵미사일")),
        ("allaince", Correction(1, "alliance")),
        ("뷁뚫쀍", None),
        ("사드", None),
    ],
)
def test_corrections(term: str, meant: Correction | None) -> None:
    found = LEXICON.corrections(term)
    assert meant in found if meant else not found
