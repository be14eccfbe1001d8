"""A better copy takes the place of a worse one, and what was attached follows its words."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import corpus
from scmtui.library import Library, Place, Session
from scmtui.model import (
    Address,
    Document,
    Facts,
    Kind,
    LibraryError,
    NotFoundError,
    Paragraph,
    Part,
    Provenance,
)
from scmtui.positions import Position, position

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TEXTS = (
    "제1차 회의가 서울에서 개최되었다.",
    "양측은 북한의 핵 위협에 대한 공조를 재확인하였다.",
    "양 장관은 확장억제를 강화하기로 하였다.",
    "차기 회의는 워싱턴에서 개최하기로 하였다.",
)


def at(text: str) -> Address:
    return Address.parse(text)


def write(texts: Sequence[str], id_: str = "44", kind: Kind = Kind.COMMUNIQUE) -> Document:
    paragraphs = tuple(
        Paragraph(number, "", (Part(text, 0, len(text)),), 0, 0)
        for number, text in enumerate(texts, 1)
    )
    facts = Facts(id_, 44, kind, "ko", "공동성명", Provenance("a.txt", "txt", ""), paragraphs=4)
    return Document(facts, paragraphs, "\n".join(texts))


OLD, BETTER = write(TEXTS), write(["머리말이 여기에 있다.", *TEXTS[:2], TEXTS[3]])


@pytest.fixture
def noted(library: Library) -> Library:
    """A library with the old copy, and everything that can be attached to it."""
    library.add(OLD, b"old")
    two, three, four = (position(OLD, at(f"44:{n}.1")) for n in (2, 3, 4))
    elsewhere = position(corpus.document("52"), at("52:3.1"))
    library.set_mark("a", two)
    library.set_mark("b", three)
    library.set_pin(two, elsewhere, together=True)
    library.keep(Session(Place(four, 2)))
    library.notes.add(two, "공조 메모")
    library.notes.add(three, "확장억제 메모")
    library.tags.add(four, "opcon")
    library.links.add(elsewhere, three, "같은 말")
    tray = library.trays.add("보고").number
    library.trays.put(tray, "heading", text="제목")
    library.trays.put(tray, "pair", two, elsewhere)
    return library


def standing(library: Library) -> dict[str, object]:
    """Where everything stands."""
    (tray,) = library.trays.all()
    return {
        "marks": {letter: str(it.address) for letter, it in library.marks().items()},
        "pins": [(str(it.address), str(other.address)) for it, other, _ in library.pins()],
        "places": {id_: str(it.position.address) for id_, it in library.places().items()},
        "notes": [(str(it.position.address), it.lost) for it in library.notes.all()],
        "tags": [(str(it.position.address), it.lost) for it in library.tags.all()],
        "links": [
            (str(it.one.address), str(it.other.address), it.lost) for it in library.links.all()
        ],
        "items": [it.one and str(it.one.address) for it in library.trays.items(tray.number)],
    }


def test_what_was_attached_follows_its_words_or_needs_a_look(noted: Library) -> None:
    before = standing(noted)
    facts, new, moved, strays = noted.replace("44", BETTER, b"better")
    assert new
    assert (facts.id, noted.original("44")) == ("44", b"better")
    assert [it.facts.id for it in noted.entries()] == ["44"]
    after = standing(noted)
    assert after == {
        "marks": {"a": "44:3.1", "b": "44:3.1"},
        "pins": [("44:3.1", "52:3.1")],
        "places": {"44": "44:4.1"},
        "notes": [("44:3.1", False), ("44:3.1", True)],
        "tags": [("44:4.1", False)],
        "links": [("52:3.1", "44:3.1", True)],
        "items": [None, "44:3.1"],
    }
    assert moved == 4  # the mark, the pin, the note and the pair; the tag stands where it did
    assert {(it.table, it.told, str(it.position.address)) for it in strays} == {
        ("marks", "b", "44:3.1"),
        ("notes", "확장억제 메모", "44:3.1"),
        ("links", "같은 말", "44:3.1"),
    }
    assert noted.strays() == strays
    assert noted.noted() == {at("44:3.1")}
    assert noted.undo()
    assert standing(noted) == before
    assert noted.original("44") == b"old"
    assert noted.strays() == ()
    assert noted.redo()
    assert standing(noted) == after
    assert noted.document("44").paragraphs == BETTER.paragraphs


def test_what_needs_a_look_is_found_when_its_words_come_back(noted: Library) -> None:
    before = standing(noted)
    noted.replace("44", BETTER, b"better")
    assert noted.replace("44", OLD, b"old").strays == ()
    assert standing(noted) == before
    noted.undo()
    assert (
        noted.put_back("44").provenance.sha256 == noted.same(OLD, b"old").file[0].provenance.sha256
    )
    assert standing(noted) == before


def test_the_same_again_changes_nothing(noted: Library) -> None:
    assert noted.replace("44", OLD, b"old") == (noted.facts()[0], False, 0, ())
    corrected = replace(OLD, facts=replace(OLD.facts, title="다른 제목"))
    facts, new, *_ = noted.replace("44", corrected)
    assert new
    assert facts.title == "다른 제목"
    assert noted.original("44") == b"old"
    with pytest.raises(NotFoundError, match="no document “45”"):
        noted.replace("45", OLD, b"old")


def test_other_facts_give_another_id_and_everything_goes_with_it(noted: Library) -> None:
    before = standing(noted)
    article = replace(OLD, facts=replace(OLD.facts, id="44-article", kind=Kind.ARTICLE))
    facts, *_ = noted.replace("44", article)
    assert facts.id == "44-article"
    assert [it.id for it in noted.facts()] == ["44-article"]
    after = standing(noted)
    assert after["pins"] == [("44-article:2.1", "52:3.1")]
    assert after["places"] == {"44-article": "44-article:4.1"}
    assert noted.strays() == ()
    noted.undo()
    assert standing(noted) == before
    assert [it.id for it in noted.facts()] == ["44"]


def test_a_document_that_comes_with_the_program_can_be_replaced(noted: Library) -> None:
    bundled = corpus.document("52")
    shifted = [replace(it, number=it.number + 1) for it in bundled.paragraphs]
    first = Paragraph(1, "", (Part("머리말이 여기에 있다.", 0, 9),), 0, 0)
    better = replace(bundled, paragraphs=(first, *shifted))
    assert noted.replace("52", better, b"52").facts.id == "52"
    assert [str(it.one.address) for it in noted.links.all()] == ["52:4.1"]
    noted.remove("52")
    assert [str(it.one.address) for it in noted.links.all()] == ["52:3.1"]
    assert noted.put_back("52").id == "52"
    assert [str(it.one.address) for it in noted.links.all()] == ["52:4.1"]


def test_it_stays_where_it_was_among_the_others(library: Library) -> None:
    library.add(OLD, b"old")
    library.add(replace(OLD, facts=replace(OLD.facts, title="둘째")), b"second")
    library.replace("44", BETTER, b"better")
    assert [(it.facts.id, it.number) for it in library.entries()] == [("44", 1), ("44-2", 2)]


def test_two_marks_may_change_places(library: Library) -> None:
    library.add(OLD, b"old")
    elsewhere = position(corpus.document("52"), at("52:3"))
    for number in (1, 2):
        library.set_pin(position(OLD, at(f"44:{number}")), elsewhere, together=number == 1)
    library.replace("44", write([TEXTS[1], TEXTS[0], *TEXTS[2:]]), b"other")
    assert {(str(it.address), together) for it, _, together in library.pins()} == {
        ("44:2", True), ("44:1", False),
    }  # fmt: skip
    library.undo()
    assert {(str(it.address), together) for it, _, together in library.pins()} == {
        ("44:1", True), ("44:2", False),
    }  # fmt: skip


def test_what_another_session_wrote_since_stays_when_a_replacement_is_undone(
    noted: Library, open_library: Callable[[], Library]
) -> None:
    noted.replace("44", BETTER, b"better")
    there = open_library()
    there.set_mark("a", position(BETTER, at("44:1.1")))
    noted.undo()
    assert str(noted.marks()["a"].address) == "44:1.1"
    assert [str(it.position.address) for it in noted.notes.all()] == ["44:2.1", "44:3.1"]
    noted.redo()
    there.replace("44", OLD, b"old again")
    with pytest.raises(LibraryError, match="Another session has changed this since"):
        noted.undo()


def test_what_was_attached_to_a_removed_document_needs_a_look(noted: Library) -> None:
    noted.set_mark(Library.BEFORE, position(OLD, at("44:1")))
    noted.remove("44")
    found = noted.strays()
    assert all(it.gone for it in found)
    assert {it.table for it in found} == {"marks", "pins", "notes", "tags", "links", "items"}
    assert len(noted.notes.all()) == 2
    assert not any(it.key == Library.BEFORE for it in found)
    noted.undo()
    assert noted.strays() == ()


def test_the_review_is_told_what_a_document_may_be(library: Library) -> None:
    library.add(OLD, b"old")
    file, document = library.same(BETTER, b"old")
    assert [it.id for it in file] == [it.id for it in document] == ["44"]
    assert library.same(write(TEXTS, "44-article", Kind.ARTICLE), b"new") == ((), ())
    (bundled,) = library.same(replace(corpus.document("52")), b"new").document
    assert bundled.id == "52"
    untold = replace(OLD.facts, meeting=None, id="x-a")
    assert library.same(replace(OLD, facts=untold), b"new").document == ()
    library.add(replace(OLD, facts=untold), b"x")
    assert [it.id for it in library.same(replace(OLD, facts=untold), b"new").document] == ["x-a"]


def test_an_entry_that_stands_nowhere_is_no_obstacle(noted: Library) -> None:
    noted._file.write(lambda it: it.execute("UPDATE notes SET address = '?' WHERE number = 1"))
    assert noted.replace("44", BETTER, b"better").new
    assert [it.text for it in noted.notes.all()] == ["확장억제 메모"]
    noted.add(write(TEXTS, "45"), b"45")
    noted.tags.add(Position(at("45:9.1"), "없는 말"), "없음")
    assert ("tags", "없음") in {
        (it.table, it.told) for it in noted.replace("45", BETTER, b"45b").strays
    }


SENTENCES = st.lists(
    st.sampled_from([*TEXTS, "동의하였다.", "양측은 이를 지속 협의한다."]), max_size=3
)
COPIES = st.lists(SENTENCES.map(" ".join), min_size=1, max_size=5)


@given(old=COPIES, new=COPIES, other=COPIES)
def test_nothing_stands_unflagged_where_its_words_are_not(
    tmp_path_factory: pytest.TempPathFactory,
    old: list[str],
    new: list[str],
    other: list[str],
) -> None:
    def letters(text: str) -> str:
        return "".join(filter(str.isalnum, text))

    with closing(Library(tmp_path_factory.mktemp("library"))) as library:
        first = write(old)
        library.add(first, b"old")
        for number in range(1, len(old) + 1):
            library.notes.add(position(first, at(f"44:{number}.1")), str(number))
        before = library.notes.all()
        for round_, texts in enumerate((new, other)):
            library.replace("44", write(texts), b"%d" % round_)
            there = {str(paragraph.number): letters(paragraph.parts[0].text)
                     for paragraph in library.document("44").paragraphs}  # fmt: skip
            whole = "".join(there.values())
            for note in library.notes.all():
                place = there.get(str(note.position.address.paragraph), "")
                words = letters(note.position.quote)
                assert note.lost or words[:9] in place or (words in whole and words[:3] in place)
                assert note.position.quote == before[note.number - 1].position.quote
        while library.undo() and library.notes.all() != before:
            pass
        assert library.notes.all() == before
