"""The bundled documents are what the readers make of the seeds, and addresses find their text."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scmtui import corpus, readers, text
from scmtui.model import (
    Address,
    Facts,
    Kind,
    Meeting,
    Name,
    NotFoundError,
    Provenance,
    ReadError,
)
from scmtui.stored import dumps, loads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scmtui.model import Document

SAMPLES = Path(__file__).parent / "samples"
DOCUMENTS = Path(__file__).parents[1] / "assets" / "documents"
SEEDS = {"52": "scm52-communique.ko.txt", "57-article": "scm57-article.ko.txt"}


def known(id: str, kind: Kind = Kind.COMMUNIQUE, language: str = "ko") -> Facts:  # noqa: A002
    number = re.match(r"\d+", id)
    meeting = int(number[0]) if number else None
    return Facts(id, meeting, kind, language, id, Provenance("a.txt", "txt", "0" * 64))


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Assets in a folder of their own: a copy of what comes with the program."""
    folder = tmp_path / "assets"
    (folder / "documents").mkdir(parents=True)
    for path in (corpus.assets() / "documents").iterdir():
        (folder / "documents" / path.name).write_bytes(path.read_bytes())
    (folder / "meetings.toml").write_bytes((corpus.assets() / "meetings.toml").read_bytes())
    forget()
    monkeypatch.setattr(corpus, "assets", lambda: folder)
    yield folder
    forget()


def forget() -> None:
    for kept in (corpus.facts, corpus.meetings, corpus._bundled):
        kept.cache_clear()


@pytest.mark.parametrize("name", SEEDS)
def test_reading_the_seed_again_gives_the_bundled_document(
    name: str, bundled: dict[str, Document]
) -> None:
    made = corpus.completed(readers.read(SAMPLES / SEEDS[name]).documents[0])
    assert made == bundled[name]
    stored = (corpus.assets() / "documents" / f"{name}.json").read_text("utf-8")
    assert stored == dumps(made)
    assert loads(stored) == made


def test_the_documents_can_be_made_again(tmp_path: Path) -> None:
    seeds = [SAMPLES / file for file in SEEDS.values()]
    corpus.make(tmp_path, seeds[:1])
    subprocess.run([sys.executable, "-m", "scmtui.corpus", tmp_path, *seeds[1:]], check=True)
    for name in SEEDS:
        made, kept = (folder / f"{name}.json" for folder in (tmp_path, DOCUMENTS))
        assert made.read_bytes() == kept.read_bytes()


def test_facts_come_newest_first_and_the_article_says_that_it_is_one() -> None:
    article, communique = corpus.facts()
    assert (article.id, article.kind, article.official) == ("57-article", Kind.ARTICLE, False)
    assert (article.held, article.published) == (date(2025, 11, 4), date(2025, 11, 14))
    assert (communique.id, communique.official) == ("52", True)
    assert (communique.held, communique.published) == (date(2020, 10, 14), None)


def test_a_document_loads_in_about_a_millisecond(bundled: dict[str, Document]) -> None:
    stored = dumps(bundled["52"])
    start = time.perf_counter()
    for _ in range(20):
        loads(stored)
    assert (time.perf_counter() - start) / 20 < 0.01


def test_reading_needs_no_readers_until_a_rule_is_off() -> None:
    program = (
        "import sys; from scmtui import corpus, text; corpus.document('52');"
        "names = {'scmtui.readers', 'tomllib', 'hashlib'};"
        "assert not names & set(sys.modules), names & set(sys.modules);"
        "corpus.document('52', text.RULES - {'line-breaks'});"
        "assert 'scmtui.readers' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_rule_switched_off_shows_in_a_bundled_document(bundled: dict[str, Document]) -> None:
    document = corpus.document("52", text.RULES - {"particle-after-bracket"})
    assert document.facts == bundled["52"].facts
    assert "한미안보협의회의(SCM) 가 2020년" in document.paragraphs[0].parts[0].text
    assert corpus.document("52") is corpus.document("52")


def test_another_file_is_another_document(elsewhere: Path, bundled: dict[str, Document]) -> None:
    facts = replace(bundled["52"].facts, id="40-en", meeting=40, language="en")
    added = replace(bundled["52"], facts=facts)
    (elsewhere / "documents" / "40-en.json").write_text(dumps(added), "utf-8")
    assert [it.id for it in corpus.facts()] == ["57-article", "52", "40-en"]
    assert corpus.document("40-en") == added


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: raw[:999],
        lambda raw: "[]",
        lambda raw: raw.replace('"paragraphs"', '"pages"'),
        lambda raw: raw.replace('"ko"', '"ko", "more": 1', 1),
        lambda raw: raw.replace("2020-10-14", "2020-10-41"),
        lambda raw: raw.replace('"communique"', '"poem"'),
        lambda raw: raw.replace('"address": null', '"address": "?"'),
        lambda raw: raw.replace('"address": null', '"address": 7'),
    ],
)
def test_a_damaged_document_is_a_sentence(elsewhere: Path, damage: Callable[[str], str]) -> None:
    path = elsewhere / "documents" / "52.json"
    path.write_text(damage(path.read_text("utf-8")), "utf-8")
    with pytest.raises(ReadError) as refusal:
        corpus.facts()
    assert str(refusal.value) == (
        "“52.json”, which comes with scmtui, cannot be read."
        " Nothing of yours is lost. Please install scmtui again."
    )


def test_the_catalogue_of_meetings() -> None:
    assert [it.number for it in corpus.meetings()] == list(range(1, 58))
    assert corpus.meetings()[51] == Meeting(
        52,
        held=date(2020, 10, 14),
        place=Name("워싱턴 D.C.", "Washington, D.C."),
        rok_minister=Name("서욱", "Suh Wook"),
        us_secretary=Name("마크 에스퍼", "Mark T. Esper"),
        mcm=45,
    )


@pytest.mark.parametrize("content", ["[[meeting]", "x = 1", "[[meeting]]\nnumer = 1", None])
def test_a_damaged_catalogue_is_a_sentence(elsewhere: Path, content: str | None) -> None:
    path = elsewhere / "meetings.toml"
    path.unlink() if content is None else path.write_text(content)
    with pytest.raises(ReadError, match=r"“meetings\.toml”, which comes with scmtui"):
        corpus.meetings()


def test_the_catalogue_completes_what_the_text_leaves_out(bundled: dict[str, Document]) -> None:
    facts = replace(bundled["52"].facts, held=None, place="", language="en")
    completed = corpus.completed(replace(bundled["52"], facts=facts)).facts
    assert (completed.held, completed.place) == (date(2020, 10, 14), "Washington, D.C.")
    unknown = replace(facts, meeting=None)
    assert corpus.completed(replace(bundled["52"], facts=unknown)).facts == unknown


LIBRARY = (
    known("57-article", Kind.ARTICLE),
    known("57-en-press", Kind.PRESS, "en"),
    known("57-en-press-2", Kind.PRESS, "en"),
    known("56-en", language="en"),
    known("56-article", Kind.ARTICLE),
    known("52"),
    known("52-en", language="en"),
    known("x-국방백서", Kind.OTHER),
)


@pytest.mark.parametrize(
    ("typed", "language", "found"),
    [
        ("52", "en", "52"),
        ("52:12.2", "en", "52:12.2"),
        ("57", "ko", "57-article"),
        ("57:2", "en", "57-en-press:2"),
        ("57-en-press-2:3", "ko", "57-en-press-2:3"),
        ("56", "ko", "56-article"),
        ("56", "en", "56-en"),
        ("x-국방백서:0", "ko", "x-국방백서:0"),
    ],
)
def test_a_bare_number_is_the_best_document_on_that_meeting(
    typed: str, language: str, found: str
) -> None:
    assert str(corpus.resolve(Address.parse(typed), iter(LIBRARY), language)) == found


COPIES = (
    known("54"),
    replace(known("54-2"), official=True),
    replace(known("54-en", language="en"), official=True),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("54", "54-2"),
        ("54:3", "54:3"),
        ("54-1", "54"),
        ("54-1:3", "54:3"),
        ("54-2", "54-2"),
        ("54-en", "54-en"),
    ],
)
def test_a_number_that_is_typed_is_the_official_text_whatever_copy_has_it_for_an_id(
    typed: str, found: str
) -> None:
    for language in ("ko", "en"):
        assert str(corpus.resolve(Address.parse(typed), COPIES, language, typed=True)) == found
    if "-1" not in typed:  # an id, as the program itself has it
        assert str(corpus.resolve(Address.parse(typed), COPIES, "ko")) == typed


def test_without_the_id_the_official_text_goes_before_what_is_in_the_readers_language() -> None:
    assert str(corpus.resolve(Address("54"), COPIES[1:], "en")) == "54-2"
    assert str(corpus.resolve(Address("54"), COPIES[:1], "ko", typed=True)) == "54"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("53", "There is no document on the 53rd meeting. Documents: 52, 57-article."),
        ("11:2", "There is no document on the 11th meeting. Documents: 52, 57-article."),
        ("52-en", "There is no document “52-en”. Documents: 52, 57-article."),
        ("x-a:1", "There is no document “x-a”. Documents: 52, 57-article."),
    ],
)
def test_no_document_is_a_sentence_that_names_those_there_are(typed: str, told: str) -> None:
    with pytest.raises(NotFoundError) as refusal:
        corpus.resolve(Address.parse(typed), corpus.facts(), "ko")
    assert str(refusal.value) == told


@pytest.mark.parametrize(
    ("number", "ordinal"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (12, "12th"), (21, "21st"), (113, "113th")],
)
def test_ordinals(number: int, ordinal: str) -> None:
    with pytest.raises(NotFoundError) as refusal:
        corpus.resolve(Address(str(number)), (), "ko")
    assert str(refusal.value) == f"There is no document on the {ordinal} meeting."


def test_a_document_that_is_not_bundled() -> None:
    with pytest.raises(NotFoundError, match=r"“53”\. Documents: 52, 57-article\."):
        corpus.document("53")


@pytest.mark.parametrize(
    ("address", "begins", "ends"),
    [
        ("52", "제52차 한미안보협의회의(SCM)가", "개최하기로 하였다."),
        ("52:11", "양 장관은 전작권 전환을 위해", "필요성에 주목하였다."),
        ("52:11.1", "양 장관은 전작권 전환을 위해", "필요성에 주목하였다."),
        ("52:11.1.3", "양측은「2015년", "완전히 준수할 의지를 재확인하였다."),
        ("57-article:0.1.5", "바로 ‘자주국방과", "동맹의 균형’ 이다."),
    ],
)
def test_the_passage_at_an_address(
    bundled: dict[str, Document], address: str, begins: str, ends: str
) -> None:
    at = Address.parse(address)
    passage = corpus.passage(bundled[at.document], at)
    assert passage.startswith(begins)
    assert passage.endswith(ends)


def test_a_paragraph_is_its_parts_on_lines_of_their_own(
    make_document: Callable[..., Document],
) -> None:
    document = make_document(20)
    several = next(item for item in document.paragraphs if len(item.parts) > 1)
    lines = corpus.passage(document, Address("99", several.number)).split("\n")
    assert lines == [part.text for part in several.parts]


def test_the_exact_text_is_the_source(bundled: dict[str, Document]) -> None:
    seed = (SAMPLES / SEEDS["52"]).read_text("utf-8")
    assert corpus.exact(bundled["52"], Address.parse("52")) == seed
    assert corpus.exact(bundled["52"], Address.parse("52:7")).startswith("7. 양 장관은")
    assert corpus.exact(bundled["52"], Address.parse("52:7.1")).startswith("양 장관은 에이브람스")
    assert corpus.exact(bundled["52"], Address.parse("52:1.1.1")) == (
        "제52차 한미안보협의회의 ( SCM ) 가 2020년 10월 14일 워싱턴에서 개최되었다."
    )
    assert corpus.exact(bundled["52"], Address.parse("52:1.1.2")).startswith("이 \n\n회의는 서 욱")


def test_every_passage_is_its_exact_text_but_for_blanks(bundled: dict[str, Document]) -> None:
    for document in bundled.values():
        for item in document.paragraphs:
            for number, part in enumerate(item.parts, 1):
                for sentence in range(len(text.sentences(part.text)) + 1):
                    at = Address(document.id, item.number, number, sentence or None)
                    shown, exact = corpus.passage(document, at), corpus.exact(document, at)
                    assert exact in document.source
                    assert "".join(shown.split()) == "".join(exact.split())


@pytest.mark.parametrize("look", [corpus.passage, corpus.exact])
@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("52:21", "There is no paragraph 21 in 52. It has the paragraphs 1 to 20."),
        ("52:0", "There is no paragraph 0 in 52. It has the paragraphs 1 to 20."),
        ("52:1.2", "There is no part 2 in 52:1. The last one is 1."),
        ("52:1.1.9", "There is no sentence 9 in 52:1.1. The last one is 3."),
    ],
)
def test_nothing_at_an_address_is_a_sentence(
    bundled: dict[str, Document],
    look: Callable[[Document, Address], str],
    address: str,
    told: str,
) -> None:
    with pytest.raises(NotFoundError) as refusal:
        look(bundled["52"], Address.parse(address))
    assert str(refusal.value) == told


def test_the_stored_form_reads_well() -> None:
    stored = (corpus.assets() / "documents" / "52.json").read_text("utf-8")
    assert stored.startswith('{\n "facts": {\n  "id": "52",')
    assert "제52차 한미안보협의회의 ( SCM ) 공동성명" in json.loads(stored)["source"][0]
    assert "\\u" not in stored
