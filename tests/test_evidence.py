"""What shows, beside a text's own words, that it is the official one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import corpus
from scmtui.add import amended, stated
from scmtui.evidence import DOUBT, ONLY_ITSELF, questioned, settled, weighed
from scmtui.library import Library
from scmtui.model import Document, Finding, Kind, NotFoundError
from scmtui.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Document]


@pytest.fixture
def arriving(bundled: dict[str, Document]) -> Document:
    """The 52nd communiqué as another file has it, official by its own words."""
    own = bundled["52"]
    source = replace(own.facts.provenance, file="copy.pdf", sha256="0" * 64)
    found = (Finding("official", "true", "//끝//", 5),)
    return replace(own, facts=replace(own.facts, provenance=source), findings=found)


def edited(document: Document, *numbers: int) -> Document:
    """The document with a word more in these paragraphs."""

    def edit(number: int, text: str) -> str:
        return f"{text} 덧붙임" if number in numbers else text

    paragraphs = tuple(
        replace(it, parts=tuple(replace(p, text=edit(it.number, p.text)) for p in it.parts))
        for it in document.paragraphs
    )
    return replace(document, paragraphs=paragraphs)


def doubts(document: Document) -> list[str]:
    return [it.text for it in document.doubts if it.kind == DOUBT]


def test_the_words_of_an_official_document_speak_for_a_copy(arriving: Document) -> None:
    assert weighed(arriving, Shelf()) == arriving
    assert not questioned(arriving)
    assert settled(arriving) is arriving


@given(st.sets(st.integers(1, 20), min_size=1))
def test_every_paragraph_with_another_letter_is_counted(numbers: set[int]) -> None:
    document = replace(corpus.document("52"), findings=())
    found = weighed(edited(document, *numbers), Shelf())
    (told,) = doubts(found)
    count = len(numbers)
    assert told.startswith(f"It differs from 52, which is official, in {count} paragraph")
    assert questioned(found)
    assert not settled(found).facts.official


def test_blanks_and_punctuation_are_no_other_words(arriving: Document) -> None:
    paragraphs = tuple(
        replace(it, parts=tuple(replace(p, text=p.text.replace(" ", "").upper()) for p in it.parts))
        for it in arriving.paragraphs
    )
    assert not doubts(weighed(replace(arriving, paragraphs=paragraphs), Shelf()))


def test_a_paragraph_that_was_left_out_is_a_difference(arriving: Document) -> None:
    (told,) = doubts(weighed(replace(arriving, paragraphs=arriving.paragraphs[:-1]), Shelf()))
    assert "in 1 paragraph:" in told


@pytest.mark.parametrize(
    "other",
    [{"meeting": 54, "id": "54"}, {"language": "en"}, {"kind": Kind.PRESS}, {"meeting": None}],
)
def test_of_another_document_nothing_is_known(arriving: Document, other: dict[str, object]) -> None:
    document = replace(arriving, facts=replace(arriving.facts, **other))  # type: ignore[arg-type]
    assert doubts(weighed(document, Shelf())) == [ONLY_ITSELF]


def test_what_is_not_official_is_not_asked_about(arriving: Document) -> None:
    document = replace(arriving, facts=replace(arriving.facts, meeting=54, official=False))
    assert weighed(document, Shelf()) is document


def test_what_the_reader_called_official_speaks_for_a_copy(
    arriving: Document, tmp_path: Path
) -> None:
    document = edited(arriving, 3)
    document = replace(document, facts=replace(document.facts, id="54", meeting=54))
    library = Library(tmp_path / "library")
    shelf = Shelf(added=library)
    library.add(settled(weighed(document, shelf)), b"one")
    assert doubts(weighed(document, shelf)) == [ONLY_ITSELF]  # kept as not official: no evidence
    library.replace("54", amended(library.document("54"), {"official": "yes"}))
    assert not doubts(weighed(document, shelf))
    assert "54" in doubts(weighed(edited(document, 4), shelf))[0]
    library.close()


def test_an_unofficial_copy_in_its_place_does_not_hide_what_comes_with_the_program(
    arriving: Document, tmp_path: Path
) -> None:
    library = Library(tmp_path / "library")
    facts = replace(arriving.facts, official=False)
    library.replace("52", edited(replace(arriving, facts=facts), 1), b"doctored")
    assert not doubts(weighed(arriving, Shelf(added=library)))
    library.close()


def test_what_is_settled_says_so_and_the_word_of_the_reader_ends_the_doubt(
    arriving: Document,
) -> None:
    document = weighed(edited(arriving, 7), Shelf())
    kept = settled(document)
    (official,) = (it for it in stated(kept) if it.fact == "official")
    assert (official.value, official.corrected) == ("no", False)
    assert official.found
    assert official.found.quote == "//끝//"
    for answer, expected in (("yes", True), ("no", False)):
        said = amended(document, {"official": answer})
        assert said.facts.official is expected
        assert not doubts(said)
        assert not questioned(said)
    assert doubts(amended(document, {"place": "서울"}))


def test_an_official_text_that_cannot_be_read_speaks_for_nothing(
    arriving: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(id: str) -> Document:  # noqa: A002 - its name
        raise NotFoundError("There is no document “{id}”.", id=id)

    shelf = Shelf()
    monkeypatch.setattr(shelf, "document", damaged)
    monkeypatch.setattr(corpus, "document", damaged)
    assert doubts(weighed(arriving, shelf)) == [ONLY_ITSELF]
