"""Notes, tags, links and trays: kept as they were given, changed, undone, asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui.library import Library
from scmtui.model import Address, LibraryError, NotFoundError
from scmtui.positions import Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def stand(address: str = "52:1.1", quote: str = "양 장관은") -> Position:
    return Position(Address.parse(address), quote, "앞", "뒤")


def at(*addresses: str) -> frozenset[Address]:
    return frozenset(map(Address.parse, addresses))


def test_a_note_is_kept_changed_and_removed(open_library: Callable[[], Library]) -> None:
    library = open_library()
    one = library.notes.add(stand(), "# 첫 메모\n*강조*")
    two = library.notes.add(stand("57-article:2"), "둘째")
    assert open_library().notes.all() == (one, two)
    assert library.notes.all("52") == (one,)
    assert library.notes.all("5") == library.notes.all("57") == ()
    library.notes.change(one.number, "고친 메모")
    library.notes.change(two.number, "둘째", stand("57-article:3"))
    texts = [(it.text, str(it.position.address)) for it in library.notes.all()]
    assert texts == [("고친 메모", "52:1.1"), ("둘째", "57-article:3")]
    assert library.notes.all()[0].made == one.made
    library.notes.remove(one.number)
    library.notes.remove(99)
    assert [it.number for it in library.notes.all()] == [two.number]
    with pytest.raises(NotFoundError, match="not in the library any more"):
        library.notes.change(one.number, "")
    for _ in range(5):
        assert library.undo()
    assert library.notes.all() == ()
    for _ in range(5):
        assert library.redo()
    assert [it.number for it in library.notes.all()] == [two.number]


def test_notes_are_found_by_their_words(library: Library) -> None:
    library.notes.add(stand("52:1"), "전작권 전환은 조건에 기초한다. OPCON")
    library.notes.add(stand("52:2.1"), "확장억제")
    assert library.noted("opcon 전작권") == at("52:1")
    assert library.noted("전작권 확장억제") == at()
    assert library.noted() == at("52:1", "52:2.1")


def test_a_tag_is_set_once_at_a_place(library: Library) -> None:
    one = library.tags.add(stand(), "opcon")
    assert library.tags.add(stand(), "opcon") == one
    other = library.tags.add(stand("52:2"), "한미 훈련")
    library.tags.add(stand("57-article:2"), "OPCON")
    assert library.tagged("Opcon") == at("52:1.1", "57-article:2")
    assert library.tags.names() == {"OPCON": 1, "opcon": 1, "한미 훈련": 1}
    assert library.tags.all("52") == (one, other)
    library.tags.change(other.number, stand("52:7"))
    assert library.tagged("한미 훈련") == at("52:7")
    library.tags.remove(one.number)
    assert library.tagged("opcon") == at("57-article:2")
    assert library.undo()
    assert library.tagged("opcon") == at("52:1.1", "57-article:2")


def test_places_are_tied_together(library: Library) -> None:
    link = library.links.add(stand("52:1"), stand("57-article:2"), "되풀이된 문구")
    assert library.links.all("57-article") == library.links.all("52") == (link,)
    assert library.links.all("44") == ()
    library.links.change(link.number, "")
    assert library.links.all()[0].text == ""
    library.links.remove(link.number)
    assert library.links.all() == ()
    assert library.undo()
    assert library.undo()
    assert library.links.all() == (link,)


def contents(library: Library, tray: int) -> list[str]:
    return [it.text for it in library.trays.items(tray)]


def test_a_tray_keeps_its_order(open_library: Callable[[], Library]) -> None:
    library = open_library()
    tray = library.trays.add("보고").number
    heading = library.trays.put(tray, "heading", text="가")
    library.trays.put(tray, "line", text="다")
    passage = library.trays.put(tray, "passage", stand(), text="나", at=1)
    pair = library.trays.put(tray, "pair", stand(), stand("57-article:2"), text="라", at=99)
    seen = [contents(library, tray)]
    library.trays.move(pair.number, 0)
    seen.append(contents(library, tray))
    library.trays.take(heading.number)
    seen.append(contents(library, tray))
    library.trays.change(passage.number, "나나")
    seen.append(contents(open_library(), tray))
    assert seen == [list("가나다라"), list("라가나다"), list("라나다"), ["라", "나나", "다"]]
    assert library.trays.items(tray)[0]._replace(made="") == pair._replace(made="")
    for expected in reversed(seen[:-1]):
        library.undo()
        assert contents(library, tray) == expected
    for expected in seen[1:]:
        library.redo()
        assert contents(library, tray) == expected


def test_trays_have_names_of_their_own(library: Library) -> None:
    one, other = library.trays.add("보고"), library.trays.add("초안")
    library.trays.put(other.number, "line", text="한 줄")
    assert library.trays.all() == (one, other._replace(size=1))
    for rename in (lambda: library.trays.add("보고"), lambda: library.trays.rename(2, "보고")):
        with pytest.raises(LibraryError, match="There is a tray “보고” already"):
            rename()
    library.trays.rename(other.number, "초안")
    library.trays.rename(other.number, "결재")
    library.trays.remove(other.number)
    library.trays.remove(99)
    assert [it.name for it in library.trays.all()] == ["보고"]
    library.undo()
    assert [(it.name, it.size) for it in library.trays.all()] == [("보고", 0), ("결재", 1)]
    with pytest.raises(NotFoundError):
        library.trays.put(77, "line", text="")
    with pytest.raises(ValueError, match="poem"):
        library.trays.put(one.number, "poem")


@pytest.fixture(scope="module")
def shared_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = Library(tmp_path_factory.mktemp("shared"))
    yield library
    library.close()


@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["put", "move", "take"]), st.integers(-1, 6), st.integers(-1, 6)),
        max_size=8,
    )
)
def test_a_tray_is_a_list_and_every_step_is_taken_back(
    shared_library: Library, steps: list[tuple[str, int, int]]
) -> None:
    trays = shared_library.trays
    for old in trays.all():
        trays.remove(old.number)
    tray = trays.add("시험").number
    expected: list[str] = []
    states: list[list[str]] = []
    for count, (step, which, where) in enumerate(steps):
        states.append(list(expected))
        items = trays.items(tray)
        if step == "put":
            trays.put(tray, "line", text=str(count), at=where if where >= 0 else None)
            expected.insert(where if where >= 0 else len(expected), str(count))
        elif not items:
            states.pop()
        elif step == "move":
            at = which % len(items)
            trays.move(items[at].number, where)
            expected.insert(max(0, where), expected.pop(at))
            if contents(shared_library, tray) == states[-1]:
                states.pop()
        else:
            trays.take(items[which % len(items)].number)
            expected.pop(which % len(items))
        assert contents(shared_library, tray) == expected
    for state in reversed(states):
        shared_library.undo()
        assert contents(shared_library, tray) == state
