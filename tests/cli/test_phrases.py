"""The commands on phrases: history, concordance, series, glossary; as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scmtui import corpus
from scmtui.cli import tables
from scmtui.cli.request import Request
from scmtui.cli.tables import FORMULA, guarded
from scmtui.model import Paragraph, Part
from scmtui.phrases import ORDER
from scmtui.shelf import Entry, Shelf
from scmtui.text import width

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scmtui.model import Document

    Run = Callable[..., Any]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_an_absent_phrase_is_told_so_that_it_can_be_defended(run: Run) -> None:
    said = run("phrase", "현재의", "전력", "수준")
    assert said.status == 1
    assert said.err == ""
    lines = said.out.splitlines()
    assert lines[0] == "“현재의 전력 수준”"
    assert any(line.startswith("52 ") and line.endswith("absent") for line in lines)
    assert any(line.startswith("57-article ") and line.endswith("not found") for line in lines)
    assert lines.index("Not official, and no proof of what a communiqué says:") < next(
        n for n, line in enumerate(lines) if line.startswith("57-article")
    )
    assert "does not stand in the official document at hand in Korean" in said.out
    assert "Searched: 52" in said.out


def test_a_phrase_prints_its_addresses_and_sentences(run: Run) -> None:
    said = run("phrase", "확장억제")
    assert said.status == 0
    assert "2×  52:6\n" in said.out
    assert "57-article:0, 57-article:3, 57-article:8" in said.out
    assert "  52:6.1  " in said.out


def test_a_phrase_under_another_name_says_which(run: Run) -> None:
    assert "4×  52:11 (미래연합사)\n" in run("phrase", "미래연합군사령부").out


def test_a_near_wording_prints_its_redline(run: Run) -> None:
    said = run("phrase", "한반도의 완전한 비핵화")
    assert said.status == 1
    assert "52:3.1 (0.84)" in said.out
    assert "  52:3.1  [-한반도-]{+북한+}의 완전한 비핵화" in said.out


def test_the_json_of_a_phrase(run: Run) -> None:
    record = run("phrase", "미래연합군사령부", "--json").record
    assert list(record)[:2] == ["phrase", "language"]
    assert record["rules"] == list(ORDER)
    assert record["searched"] == ["52", "57-article"]
    official, article = record["rows"]
    assert official["document"] == "52"
    assert (official["official"], official["state"]) == (True, "present")
    assert official["addresses"] == ["52:11"]
    assert official["near"] is None
    assert (article["official"], article["addresses"]) == (
        False,
        ["57-article:1", "57-article:2"],
    )
    for place in official["places"]:
        for (start, end), name in zip(place["spans"], place["names"], strict=True):
            assert place["text"][start:end].replace(" ", "") == name
    assert {"한미연합군사령부", "연합사"} & {it["name"] for it in record["related"]}
    assert not {it["address"] for it in record["related"]} & set(official["addresses"])
    summary = record["summary"]
    assert (summary["first"], summary["last"]) == ("52", "52")
    assert summary["dropped"] == summary["returned"] == summary["reworded"] == []
    assert record["sentences"]


def test_the_json_of_a_near_wording(run: Run) -> None:
    record = run("phrase", "한반도의 완전한 비핵화", "--json").record
    near = record["rows"][0]["near"]
    assert record["rows"][0]["state"] == "near"
    assert (near["address"], near["text"]) == ("52:3.1", "북한의 완전한 비핵화")
    assert 0.8 < near["likeness"] < 0.9
    assert "".join(left for _op, left, _right, _move in near["runs"]) == record["phrase"]
    assert "".join(right for _op, _left, right, _move in near["runs"]) == near["text"]
    assert record["summary"]["first"] is None


def test_the_inside_of_longer_words_is_told_apart_wherever_a_word_is_counted(run: Run) -> None:
    said = run("phrase", "억제")
    assert (
        "inside longer words    57-article:0, 57-article:3, 57-article:8 (확장억제 4×)" in said.out
    )
    assert "  57-article:3  미국의 확장억제 재확인" in said.out
    assert "not found" not in said.out
    found = run("phrase", "--json", "억제").record
    official, article = found["rows"]
    assert (official["state"], article["state"], article["count"]) == ("present", "near", 0)
    assert {name for it in article["inside"] for name in it["names"]} == {"확장억제"}
    assert {name for it in official["inside"] for name in it["names"]} > {"억제태세"}
    assert article["near"] is None
    assert (found["summary"]["without"], found["summary"]["inside"]) == ([], [])
    _, cells = rows(run("phrase", "--csv", "억제").out)
    assert (cells["state"], cells["inside"]) == ("near", "확장억제 4")
    assert "Inside longer words, and not counted: 확장억제 6×" in run("kwic", "억제").err
    counted = run("series", "억제", "국방비전")
    assert "“억제” · Inside longer words, and not counted: 확장억제 6×" in counted.out
    assert [line.split()[-1] for line in counted.out.splitlines() if line.startswith("억제")] == [
        "+4"
    ]
    (line, _) = run("series", "--json", "억제", "국방비전").record["rows"]
    assert [(it["value"], it["inside"]) for it in line["cells"]] == [(3.0, 4), (0.0, 4)]


def test_rules_can_be_switched_off(run: Run) -> None:
    said = run("phrase", "미래연합군사령부", "--off", "aliases,blanks", "--json")
    assert said.record["rules"] == [it for it in ORDER if it not in ("aliases", "blanks")]
    assert said.record["rows"][0]["state"] == "near"
    unknown = run("phrase", "확장억제", "--off", "spelling")
    assert unknown.status == 2
    assert "“spelling”" in unknown.err
    assert "blanks, dots" in unknown.err


def test_the_csv_of_a_phrase(run: Run) -> None:
    said = run("phrase", "확장억제", "--csv")
    found = rows(said.out)
    assert [(it["document"], it["state"], it["count"]) for it in found] == [
        ("52", "present", "2"),
        ("57-article", "present", "4"),
    ]
    assert found[1]["addresses"] == "57-article:0 57-article:3 57-article:8"
    assert found[1]["official"] == "no"


@pytest.mark.parametrize("command", ["phrase", "kwic", "series", "glossary"])
def test_one_form_at_a_time(run: Run, command: str) -> None:
    said = run(command, "확장억제", "--json", "--csv")
    assert said.status == 2
    assert "--json" in said.err


def test_the_hits_of_a_concordance_stand_beneath_one_another(run: Run) -> None:
    said = run("kwic", "확장억제", "--sort", "meeting")
    lines = [line for line in said.out.splitlines() if line.startswith(("52:", "57-article:"))]
    assert len(lines) == 6
    assert len({width(line.partition("확장억제")[0]) for line in lines}) == 1
    assert lines == sorted(lines, key=lambda line: not line.startswith("52:"))
    assert "6 hits" in said.out
    assert said.out.splitlines()[-1].endswith("4×")


def test_a_concordance_fits_the_terminal(run: Run, on_terminal: Callable[..., None]) -> None:
    on_terminal(80, coloured=True)
    said = run("kwic", "전작권")
    assert "\x1b[1;4;35m전작권\x1b[0m" in said.out
    on_terminal(80)
    plain = run("kwic", "전작권")
    assert max(map(width, plain.out.splitlines())) <= 80


def test_the_json_and_csv_of_a_concordance(run: Run) -> None:
    record = run("kwic", "전작권 전환", "--sort", "theme,right", "--limit", "3", "--json").record
    assert len(record["rows"]) == 3 < record["total"]
    for it in record["rows"]:
        assert {"address", "left", "hit", "right", "theme", "meeting", "official"} <= set(it)
    found = rows(run("kwic", "전작권 전환", "--csv").out)
    assert len(found) == record["total"]
    assert {it["official"] for it in found} == {"yes", "no"}


def test_a_concordance_of_nothing_names_what_was_searched(run: Run) -> None:
    said = run("kwic", "정권의종말을초래")
    assert said.status == 1
    assert "Searched: 52 2020-10-14 (Joint communiqué · official); 57-article" in said.out
    record = run("kwic", "정권의종말을초래", "--json").record
    assert (record["total"], record["searched"]) == (0, ["52", "57-article"])
    filtered = run("kwic", "scm:40 확장억제")
    assert (filtered.status, filtered.out) == (1, "")
    assert "No document fits the filters." in filtered.err


def test_the_series_of_a_phrase_that_is_nowhere_says_what_was_searched_and_how(run: Run) -> None:
    said = run("series", "정권의 종말")
    assert said.status == 1
    assert "Searched: 52 2020-10-14" in said.out
    assert "Differences that did not count: blanks," in said.out


def test_one_word_is_counted_alike_wherever_it_is_counted(run: Run) -> None:
    for word in ("전작권", "확장억제", "FOC", "미래연합사"):
        history = {
            row["document"]: row["count"] for row in run("phrase", word, "--json").record["rows"]
        }
        (line,) = run("series", word, "--json").record["rows"]
        assert {cell["document"]: cell["value"] for cell in line["cells"]} == history
        found = Counter(row["document"] for row in run("kwic", word, "--json").record["rows"])
        assert found == {id_: count for id_, count in history.items() if count}


def test_a_communique_that_is_stored_twice_is_counted_once(run: Run, home: Path) -> None:
    twice = home / "52.txt"
    twice.write_text(corpus.document("52").source.replace("확장억제를", "확장 억제를"), "utf-8")
    assert "it was added as 52-2" in run("add", str(twice), "--meeting", "52", "--yes").err
    history = run("phrase", "확장억제", "--json").record
    assert history["copies"] == [{"document": "52-2", "of": "52"}]
    assert history["searched"] == ["52", "57-article"]
    assert [row["count"] for row in history["rows"]] == [2, 4]
    told = "not counted again: 52-2 (= 52)."
    assert told in run("phrase", "확장억제").out
    concordance = run("kwic", "확장억제", "--json")
    assert (concordance.record["total"], concordance.record["copies"]) == (6, history["copies"])
    assert told in concordance.err
    assert told in run("series", "확장억제").out
    found = run("search", "확장억제").out.splitlines()
    assert [line.split("(= ")[0][:7].strip() for line in found if "official (= 52)" in line] == [
        "52-2:6."
    ]
    assert told in run("series").out
    themes = run("series", "--json").record
    assert themes["copies"] == history["copies"]
    assert {cell["document"] for row in themes["rows"] for cell in row["cells"]} == {
        "52",
        "57-article",
    }


def test_the_marks_around_a_phrase_are_said_to_be_left_out(run: Run) -> None:
    said = run("phrase", "((((a+)+)+)+)+$[\\")
    assert "is read as “a”: the marks around it do not count." in said.out
    assert run("phrase", "$[확장억제]", "--json").record["asked"] == "$[확장억제]"
    assert "is read as" not in run("phrase", "“확장억제”").out


@pytest.mark.parametrize(
    "arguments",
    [("kwic", ""), ("kwic", "xyz:3"), ("kwic", "전작권", "--sort", "middle"), ("phrase", "··")],
)
def test_what_cannot_be_asked_is_misuse(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).status == 2


def test_the_series_of_themes(run: Run) -> None:
    said = run("series")
    assert "Paragraphs about each theme" in said.out
    assert "57-article* (* not official)" in said.out
    assert any(line.startswith("OPCON transition") for line in said.out.splitlines())
    record = run("series", "--json").record
    assert record["measure"] == "paragraphs"
    opcon = next(it for it in record["rows"] if it["id"] == "opcon")
    assert [cell["value"] for cell in opcon["cells"]] == [2, 1]
    assert opcon["cells"][0]["addresses"] == ["52:11", "52:12"]
    share = run("series", "--share", "--json").record
    assert share["measure"] == "share"
    assert "Share of all words" in run("series", "--share").out
    assert "%" in run("series", "--share").out
    table = rows(run("series", "--csv").out)
    assert next(it for it in table if it["id"] == "opcon")["57-article"] == "1.0"


def test_the_series_of_terms(run: Run) -> None:
    record = run("series", "확장억제", "정권의 종말", "--json").record
    assert record["measure"] == "times"
    assert [[cell["value"] for cell in it["cells"]] for it in record["rows"]] == [[2, 4], [0, 0]]
    assert run("series", "정권의 종말").status == 1
    assert (record["counted"], "extended deterrence" in record["names"]) == ("phrases", True)
    said = run("series", "--theme", "전작권").out
    assert "as it is written, not its other names" in said
    assert "with its other names" in run("series", "전작권").out
    unknown = run("series", "--theme", "축구")
    assert unknown.status == 2


def test_the_columns_of_a_table_stand_beneath_one_another(run: Run) -> None:
    lines = run("series", "확장억제", "핵우산", "U.S.").out.splitlines()
    table = [line for line in lines[lines.index("") :] if line]
    assert len(table) == 4
    assert len({width(line) for line in table}) == 1


def test_the_order_of_themes(run: Run) -> None:
    said = run("series", "--order")
    assert "52:11  OPCON transition" in said.out
    record = run("series", "--order", "--json").record
    assert {"document": "52", "address": "52:11", "theme": "opcon"} in record["rows"]
    assert {"document": "52", "address": "52:11", "theme": "opcon"} in rows(
        run("series", "--order", "--csv").out
    )


def test_the_language_of_a_series(run: Run) -> None:
    assert run("series", "--lang", "en").status == 1
    said = run("series", "--lang", "fr")
    assert said.status == 2
    assert "ko, en" in said.err


def test_changes_need_an_older_document(run: Run) -> None:
    said = run("series", "--changes", "52")
    assert (said.status, said.out) == (1, "")
    assert "No older document" in said.err
    record = run("series", "--changes", "52", "--json").record
    assert (record["document"], record["before"], record["rows"]) == ("52", None, [])


def test_ways_to_look_at_a_series_exclude_one_another(run: Run) -> None:
    assert run("series", "--order", "--share").status == 2


def test_the_glossary(run: Run) -> None:
    said = run("glossary")
    assert said.status == 0
    assert any(line.startswith("FOC ") and "완전운용능력" in line for line in said.out.splitlines())
    (record,) = run("glossary", "완전운용능력", "--json").record["rows"]
    assert (record["short"], record["first"]) == ("FOC", "52:11.1")
    assert record["spellings"][0] == {"text": "완전운용능력", "first": "52:11.1", "count": 1}
    (row,) = rows(run("glossary", "foc", "--csv").out)
    assert row["name"] == "완전운용능력"
    nothing = run("glossary", "아무것도")
    assert nothing.status == 1
    assert "Searched: 52 2020-10-14" in nothing.out


@pytest.mark.parametrize("first", FORMULA)
def test_no_cell_is_a_formula(first: str) -> None:
    text = f'{first}HYPERLINK("http://x")'
    written = tables.dumps(("a", "b"), [(text, "글"), ("a" + text, f"글\n{text}")])
    (one, other) = list(csv.reader(io.StringIO(written, newline="")))[1:]
    assert one[0] == f"'{text}"
    assert not one[0].startswith(FORMULA)
    assert other == ["a" + text, f"글\n{text}"]
    assert one[0].removeprefix("'") == text


def test_what_is_no_formula_stays_as_it_is() -> None:
    for text in ("", "확장억제", "‘정권’", "3.5%", "a=b", "'quoted'", " =1"):
        assert guarded(text) == text
    table = tables.dumps(("n", "yes", "none"), [(3, True, None), (-1.5, False, "")])
    assert list(csv.reader(io.StringIO(table)))[1:] == [["3", "yes", ""], ["-1.5", "no", ""]]


@pytest.mark.parametrize(
    "arguments",
    [
        ("phrase", "미래연합군사령부"),
        ("phrase", "한반도의 완전한 비핵화"),
        ("glossary",),
        ("kwic", "전작권"),
    ],
)
def test_a_large_library_says_the_same_through_its_index(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    in_memory = run(*arguments, "--json")
    monkeypatch.setattr("scmtui.library.searching.MOST_IN_MEMORY", 1)
    through_index = run(*arguments, "--json")
    assert through_index.out == in_memory.out
    assert through_index.status == in_memory.status


class Books:
    """Documents that were added, as a library gives them."""

    def __init__(self, *documents: Document) -> None:
        self._documents = {it.id: it for it in documents}
        self._entries = tuple(Entry(it.facts, number, it.id) for number, it in enumerate(documents))

    def entries(self) -> tuple[Entry, ...]:
        return self._entries

    def document(self, id: str) -> Document:  # noqa: A002 - its name
        return self._documents[id]

    def apart(self) -> Books:
        return self

    def close(self) -> None:
        pass


@pytest.fixture
def series(monkeypatch: pytest.MonkeyPatch, bundled: dict[str, Document]) -> None:
    """Fourteen communiqués beside the bundled documents: a phrase comes, goes and comes back."""
    documents = []
    for meeting in range(36, 50):
        text = "양 장관은 한미동맹의 굳건함을 재확인하였다."
        if meeting not in (40, 41, 49):
            text += " 주한미군의 현재의 전력 수준을 유지하기로 하였다."
        elif meeting == 41:
            text += " 주한미군의 현 전력 수준을 유지하기로 하였다."
        paragraph = Paragraph(1, "", (Part(text, 0, len(text)),), 0, len(text))
        facts = replace(bundled["52"].facts, id=str(meeting), meeting=meeting, paragraphs=1)
        documents.append(replace(bundled["52"], facts=facts, paragraphs=(paragraph,)))
    monkeypatch.setattr(Request, "shelf", Shelf(added=Books(*documents)))


def test_a_series_has_its_picture_and_its_course(run: Run, series: None) -> None:
    said = run("phrase", "현재의 전력 수준")
    assert said.status == 0
    assert "15 documents, 36 to 52:  ####.~#######.." in said.out.replace("\n", " ")
    assert "Dropped in 40: it stood in 39, or nearly." in said.out
    assert "Reworded in 41, after 40: “현 전력 수준”." in said.out
    assert "Back in 42: it did not stand in 41." in said.out
    summary = run("phrase", "현재의 전력 수준", "--json").record["summary"]
    assert (summary["first"], summary["last"]) == ("36", "48")
    assert summary["dropped"] == ["40", "49"]
    assert summary["reworded"] == ["41"]
    assert summary["returned"] == ["42"]
    assert summary["missing"] == [*range(1, 36), 50, 51, *range(53, 58)]


def test_the_other_language_version_stands_beside_the_phrase(
    run: Run, monkeypatch: pytest.MonkeyPatch, bundled: dict[str, Document]
) -> None:
    document, text = bundled["52"], "They reaffirmed it."
    english = replace(
        document,
        facts=replace(document.facts, id="52-en", language="en", paragraphs=1),
        paragraphs=(Paragraph(6, "", (Part(text, 0, len(text)),), 0, len(text)),),
    )
    monkeypatch.setattr(Request, "shelf", Shelf(added=Books(english)))
    said = run("phrase", "맞춤형 억제전략")
    assert "\n  52-en:6  They reaffirmed it.\n" in said.out
    official = run("phrase", "맞춤형 억제전략", "--json").record["rows"][0]
    assert official["beside"] == ["52-en:6"]


def test_what_changed_in_a_document(run: Run, series: None) -> None:
    said = run("series", "--changes", "49")
    assert said.status == 0
    assert "49 against 48, and all 13 older documents of its kind" in said.out
    assert "New or back\nnothing\n" in said.out
    assert "전력 수준" in said.out.partition("Gone")[2]
    assert "in the 7 documents before, without a break" in said.out
    record = run("series", "--changes", "49", "--json").record
    assert (record["document"], record["before"], len(record["older"])) == ("49", "48", 13)
    assert {it["kind"] for it in record["rows"]} == {"gone"}
    table = rows(run("series", "--changes", "49", "--csv").out)
    assert [it["text"] for it in table] == [it["text"] for it in record["rows"]]
    assert table[0]["addresses"].startswith("48:1.1")


def test_many_documents_have_a_picture_and_a_sum(run: Run, series: None) -> None:
    said = run("series", "현재의 전력 수준")
    line = said.out.splitlines()[-1]
    assert line == "현재의 전력 수준 [████  ███████   ] 11"


def test_the_glyphs_are_narrow_where_the_terminal_draws_them_wide(
    run: Run, series: None, config: Callable[[str], object]
) -> None:
    config("ambiguous_width = 2")
    said = run("series", "현재의 전력 수준")
    assert said.out.splitlines()[-1] == "현재의 전력 수준 [####  #######   ] 11"


def test_everything_speaks_korean(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    assert "공식 문서 1건" in run("phrase", "현재의 전력 수준").out
    assert "전작권 전환" in run("series").out
    assert "곳" in run("kwic", "확장억제").out
