"""The shelf: bundled and added documents as one set, in reading order, as of now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import corpus
from scmtui.model import Address, Document, Facts, Kind, NotFoundError, Provenance
from scmtui.shelf import Entry, Shelf
from scmtui.text import RULES

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., Document]


class Added:
    """Added documents without a library; counts how often a text is read."""

    def __init__(self, *documents: Document) -> None:
        self.reads = 0
        self.replace(*documents)

    def replace(self, *documents: Document) -> None:
        self._documents = {it.id: it for it in documents}
        self._entries = tuple(
            Entry(it.facts, number, f"digest {number}") for number, it in enumerate(documents, 1)
        )

    def entries(self) -> tuple[Entry, ...]:
        return self._entries

    def document(self, id: str) -> Document:  # noqa: A002 - its name
        self.reads += 1
        return self._documents[id]

    def apart(self) -> Added:
        return Added(*self._documents.values())

    def close(self) -> None:
        self.reads = -1


def named(document: Document, **facts: Any) -> Document:  # noqa: ANN401 - as replace has it
    return replace(document, facts=replace(document.facts, **facts))


def test_without_a_library_the_shelf_has_what_comes_with_the_program() -> None:
    assert Shelf().facts() == corpus.facts()
    assert Shelf().document("52") is corpus.document("52")
    assert Shelf().documents() == tuple(corpus.document(facts.id) for facts in corpus.facts())


def test_documents_stand_in_reading_order(make_document: Make) -> None:
    document = make_document(2, "44")
    added = Added(
        document,
        named(document, id="44-en", language="en", kind=Kind.COMMUNIQUE),
        named(document, id="x-other", meeting=None),
        named(document, id="44-2", kind=Kind.COMMUNIQUE),
        named(document, id="44-3", kind=Kind.COMMUNIQUE),
        named(document, id="57", meeting=57, kind=Kind.COMMUNIQUE),
    )
    ids = [facts.id for facts in Shelf(added=added).facts()]
    assert ids == ["57", "57-article", "52", "44-2", "44-3", "44-en", "44", "x-other"]


FACTS = st.builds(
    Facts,
    id=st.just("x"),
    meeting=st.none() | st.integers(1, 2000),
    kind=st.sampled_from(Kind),
    language=st.sampled_from(("ko", "en")),
    title=st.just(""),
    provenance=st.just(Provenance("", "", "")),
)


@given(known=st.lists(FACTS, max_size=8))
def test_places_are_in_order_and_no_two_are_the_same(known: list[Facts]) -> None:
    added = Added(
        *(Document(replace(it, id=f"x-{n}"), (), "") for n, it in enumerate(known)),
    )
    volumes = Shelf(added=added).volumes()
    places = [volume.place for volume in volumes]
    assert places == sorted(set(places))
    assert places[0] >= 0
    assert places[-1] < 1 << 36
    meetings = [volume.facts.meeting or 0 for volume in volumes]
    assert [min(it, 1023) for it in meetings] == sorted(
        (min(it, 1023) for it in meetings), reverse=True
    )


def test_a_place_stays_when_other_documents_come_and_go(make_document: Make) -> None:
    added = Added(make_document(2, "44"), make_document(2, "45"))
    books = Shelf(added=added)
    before = {volume.facts.id: volume for volume in books.volumes()}
    added.replace(make_document(2, "44"), make_document(2, "52"), make_document(2, "46"))
    after = {volume.facts.id: volume for volume in books.volumes()}
    assert before["44"] == after["44"]
    assert before["57-article"] == after["57-article"]


def test_an_added_document_stands_in_the_place_of_a_bundled_one(make_document: Make) -> None:
    own = make_document(2, "52")
    books = Shelf(added=Added(own))
    assert books.document("52") is own
    assert [facts.id for facts in books.facts()].count("52") == 1


def test_the_shelf_says_when_there_are_other_documents(make_document: Make) -> None:
    added = Added()
    books = Shelf(added=added)
    known = books.facts()
    assert not books.changed()
    assert books.facts() is known
    added.replace(make_document(2, "44"))
    assert books.changed()
    assert not books.changed()
    assert books.document("44").id == "44"
    added.replace()
    with pytest.raises(NotFoundError):
        books.document("44")


def test_texts_are_read_once_while_they_are_few(make_document: Make) -> None:
    added = Added(*(make_document(4, id_) for id_ in ("44", "45", "46")))
    books = Shelf(added=added, most_kept=10)
    for id_ in ("44", "45", "44", "45"):
        books.document(id_)
    assert added.reads == 2
    books.document("44")
    books.document("46")  # now 45 is forgotten, which was asked for longest ago
    books.document("44")
    assert added.reads == 3
    books.document("45")
    assert added.reads == 4


def test_added_documents_are_tidied_by_the_rules_that_are_on(
    bundled: dict[str, Document],
) -> None:
    own = named(bundled["52"], id="51", meeting=51)
    plain = Shelf(off=RULES, added=Added(own)).document("51")
    tidy = Shelf(added=Added(own)).document("51")
    assert tidy is own
    assert [item.parts for item in plain.paragraphs] != [item.parts for item in tidy.paragraphs]
    assert plain.facts == own.facts


def test_versions_tell_texts_and_rules_apart(make_document: Make) -> None:
    added = Added(make_document(2, "44"), make_document(2, "45"))
    versions = [volume.version for volume in Shelf(added=added).volumes()]
    others = [volume.version for volume in Shelf(off=RULES, added=added).volumes()]
    assert len({*versions, *others}) == 8


def test_what_is_not_there_names_what_is(make_document: Make) -> None:
    with pytest.raises(NotFoundError, match="Documents: 57-article, 52"):
        Shelf().document("1")
    added = Added(*(make_document(1, str(number)) for number in range(100, 200)))
    with pytest.raises(NotFoundError, match=", …"):
        Shelf(added=added).document("1")


def test_a_bare_number_is_the_best_document_of_that_meeting(make_document: Make) -> None:
    books = Shelf(added=Added(make_document(2, "44")))
    assert books.resolve(Address("44", 1), "ko") == Address("44", 1)
    assert books.resolve(Address("57", 1), "ko") == Address("57-article", 1)


def test_another_thread_has_the_same_shelf_and_keeps_no_text(make_document: Make) -> None:
    added = Added(make_document(2, "44"))
    books = Shelf(off=RULES, added=added)
    with books.apart() as other:
        assert other.facts() == books.facts()
        assert other.volumes() == books.volumes()
        assert other.document("44") == books.document("44")
        assert other.document("44") is not other.document("44")
        theirs = other._added
        assert isinstance(theirs, Added)
        assert theirs is not added
    assert theirs.reads == -1
    with Shelf().apart() as other:
        assert other.facts() == corpus.facts()
