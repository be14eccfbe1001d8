"""What the commands print for programs: stable shapes, spans that fit, every character."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import corpus
from scmtui.cli import records
from scmtui.model import Address, Document
from scmtui.text import fold, sentences

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]


def test_a_whole_document_is_shown_with_its_paragraphs(
    run: Run, bundled: dict[str, Document]
) -> None:
    printed = run("show", "52", "--json")
    assert (printed.status, printed.err) == (0, "")
    assert "한미안보협의회의(SCM)가" in printed.out
    document, paragraphs = printed.record["document"], printed.record["paragraphs"]
    assert [it["number"] for it in paragraphs] == list(range(1, 21))
    assert [it["address"] for it in paragraphs] == [f"52:{n}" for n in range(1, 21)]
    assert [it["parts"] for it in paragraphs] == [
        [part.text for part in paragraph.parts] for paragraph in bundled["52"].paragraphs
    ]
    assert all(it["themes"] for it in paragraphs)
    assert document == {
        "id": "52",
        "meeting": 52,
        "kind": "communique",
        "language": "ko",
        "title": "제52차 한미안보협의회의(SCM) 공동성명",
        "held": "2020-10-14",
        "published": None,
        "place": "워싱턴 D.C.",
        "official": True,
        "source": {
            "file": "scm52-communique.ko.txt",
            "format": "txt",
            "sha256": hashlib.sha256(bundled["52"].source.encode()).hexdigest(),
            "origin": bundled["52"].facts.provenance.origin,
            "rights": bundled["52"].facts.provenance.rights,
            "added": None,
        },
    }


def test_a_bare_meeting_is_the_best_text_on_it_and_the_program_says_which(run: Run) -> None:
    printed = run("show", "57", "--json")
    assert printed.err == (
        "scmtui: 57 is taken as 57-article (Article about the meeting · not official).\n"
    )
    assert printed.record["document"]["id"] == "57-article"
    assert printed.record["document"]["official"] is False
    paragraphs = printed.record["paragraphs"]
    assert [it["address"] for it in paragraphs] == [f"57-article:{n}" for n in range(9)]
    assert [bool(it["heading"]) for it in paragraphs] == [False] + [True] * 8
    assert "카테고리의 다른 글" not in printed.out


def test_the_full_id_is_shown_without_a_word(run: Run) -> None:
    printed = run("show", "57-article:3", "--json")
    assert printed.err == ""
    assert [it["number"] for it in printed.record["paragraphs"]] == [3]


@pytest.mark.parametrize("address", ["52:11", "52:11.1", "52:11.1.2"])
def test_an_address_shows_only_what_stands_there(
    run: Run, bundled: dict[str, Document], address: str
) -> None:
    (paragraph,) = run("show", address, "--json").record["paragraphs"]
    assert paragraph["address"] == address
    assert paragraph["number"] == 11
    assert paragraph["parts"] == [corpus.passage(bundled["52"], Address.parse(address))]


def test_the_themes_of_a_sentence_are_those_whose_words_it_has(run: Run) -> None:
    (whole,) = run("show", "52:11", "--json").record["paragraphs"]
    count = len(sentences(whole["parts"][0]))
    of_sentences = [
        set(run("show", f"52:11.1.{n}", "--json").record["paragraphs"][0]["themes"])
        for n in range(1, count + 1)
    ]
    assert set.union(*of_sentences) == set(whole["themes"])
    assert any(themes < set(whole["themes"]) for themes in of_sentences)


def test_exact_parts_are_spans_of_the_source(run: Run, bundled: dict[str, Document]) -> None:
    (paragraph,) = run("show", "52:11", "--exact", "--json").record["paragraphs"]
    (part,) = paragraph["parts"]
    assert part in bundled["52"].source
    assert "\n" in part
    assert "".join(part.split()) == "".join(bundled["52"].paragraphs[10].parts[0].text.split())


def test_the_list_names_every_document_newest_meeting_first(run: Run) -> None:
    found = run("list", "--json").record
    assert list(found) == ["documents"]
    assert [(it["id"], it["paragraphs"]) for it in found["documents"]] == [
        ("57-article", 9),
        ("52", 20),
    ]
    shown = run("show", "52", "--json").record["document"]
    assert found["documents"][1] == {**shown, "paragraphs": 20}


def test_all_meetings_are_listed_when_asked_for(run: Run) -> None:
    meetings = run("list", "--all", "--json").record["meetings"]
    assert [it["number"] for it in meetings] == list(range(57, 0, -1))
    assert meetings[0]["documents"] == ["57-article"]
    assert meetings[0]["place"] == {"ko": "서울", "en": "Seoul"}
    assert meetings[-1]["held"] == "1968-05-28"
    assert meetings[1]["documents"] == []


def test_themes_come_with_reasons_that_stand_in_the_text(
    run: Run, bundled: dict[str, Document]
) -> None:
    themes = run("themes", "52", "--json").record["themes"]
    assert {"opcon", "extended-deterrence"} <= {theme["id"] for theme in themes}
    for theme in themes:
        assert set(theme) == {"id", "name", "paragraphs"}
        for paragraph in theme["paragraphs"]:
            assert 0 < paragraph["strength"] <= 1
            for reason in paragraph["reasons"]:
                assert reason["address"].startswith(paragraph["address"])
                text = corpus.passage(bundled["52"], Address.parse(reason["address"]))
                for start, end in reason["spans"]:
                    assert fold(text[start:end]).replace(" ", "") == fold(reason["term"]).replace(
                        " ", ""
                    )


def test_themes_are_named_in_the_language_of_the_interface(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def name() -> str:
        (theme,) = (
            it for it in run("themes", "52:12", "--json").record["themes"] if it["id"] == "opcon"
        )
        return str(theme["name"])

    assert name() == "OPCON transition"
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    assert name() == "전작권 전환"


def test_the_themes_of_an_address_are_only_its_own(run: Run) -> None:
    for address in ("52:12", "52:12.1", "52:12.1.1"):
        themes = run("themes", address, "--json").record["themes"]
        assert {it["address"] for theme in themes for it in theme["paragraphs"]} == {address}


def test_without_an_address_the_themes_of_every_document_are_told(run: Run) -> None:
    themes = run("themes", "--json").record["themes"]
    documents = {it["address"].partition(":")[0] for theme in themes for it in theme["paragraphs"]}
    assert documents == {"52", "57-article"}


def test_a_file_is_read_and_nothing_is_kept(run: Run, communique: Path, home: Path) -> None:
    found = run("read", str(communique), "--json").record
    (document,) = found.pop("documents")
    assert found == document
    assert document["document"]["title"] == "제52차 한미안보협의회의(SCM) 공동성명"
    assert [it["number"] for it in document["paragraphs"]] == list(range(1, 21))
    assert document["dropped"] == [{"kind": "end-mark", "text": "//끝//"}]
    assert document["doubts"] == []
    assert list(home.iterdir()) == []


def test_several_files_are_read_and_one_that_cannot_be_holds_up_no_other(
    run: Run, communique: Path, tmp_path: Path
) -> None:
    printed = run("read", str(communique), str(tmp_path / "none.txt"), "--json")
    assert printed.status == 3
    assert printed.err.startswith("scmtui: There is no file “none.txt”.")
    assert list(printed.record) == ["documents"]
    assert len(printed.record["documents"]) == 1


@given(text=st.text(st.characters()))
def test_json_brings_every_text_back_and_acts_on_no_terminal(text: str) -> None:
    written = records.dumps({"text": text})
    assert json.loads(written)["text"] == text
    assert all(character.isprintable() or character == "\n" for character in written)
    written.encode()


def test_json_is_one_object_of_readable_text(run: Run) -> None:
    out = run("show", "52:1", "--json").out
    assert "대한민국" in out
    assert "\\u" not in out
    assert out.endswith("}\n")
