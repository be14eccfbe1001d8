"""Searching on the command line: what is printed in a pipe, on a terminal and for programs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import corpus
from scmtui.cli import terminal
from scmtui.cli.search import SCREENFUL, excerpt
from scmtui.library import Library, searching
from scmtui.library.index import IndexFile
from scmtui.library.searching import ShelfSearch
from scmtui.model import Address, Document
from scmtui.settings import paths
from scmtui.text import fold, sentences, width

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from scmtui.search import Results

    Run = Callable[..., Any]

FOUND = re.compile(r"\x1b\[1;4;35m(.*?)\x1b\[0m")
ARTICLE, COMMUNIQUE = "Article about the meeting · not official", "Joint communiqué · official"


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", text)


def test_a_hit_in_a_pipe_is_one_line_with_its_whole_part(
    run: Run, bundled: dict[str, Document]
) -> None:
    printed = run("search", "전작권")
    assert printed.status == 0
    lines = printed.out.splitlines()
    assert len(lines) >= 5
    starts = set()
    for line in lines:
        address, held, _ = line.split(maxsplit=2)
        at = Address.parse(address)
        document = bundled[at.document]
        assert document.facts.held
        assert held == document.facts.held.isoformat()
        paragraph = document.paragraph(at.paragraph or 0)
        assert paragraph
        text = corpus.passage(document, at) if at.part else paragraph.heading
        assert line.endswith(text)
        official = line[: -len(text)].split()[2:]
        assert official == (["official"] if at.document == "52" else ["not", "official"])
        starts.add(width(line[: -len(text)]))
    assert len(starts) == 1


def test_beside_a_pipe_the_count_and_the_reading_are_told(run: Run) -> None:
    printed = run("search", "wjswkrrnjs", "--limit", "2")
    assert len(printed.out.splitlines()) == 2
    total = run("search", "wjswkrrnjs", "--json").record["total"]
    assert printed.err == (
        f"scmtui: {total} passages in 2 documents · the best 2"
        " · “전작권” as typed on the English keyboard\n"
    )
    assert run("search", "사드").err == "scmtui: 1 passage in 1 document\n"


def test_several_words_are_one_query(run: Run) -> None:
    assert run("search", "확장", "억제") == run("search", "확장 억제")
    assert run("search", "--limit", "1", "확장", "--", "억제") == run(
        "search", "확장 억제", "--limit=1"
    )


def test_after_two_dashes_a_query_may_begin_with_one(run: Run) -> None:
    with_it = {it["address"] for it in run("search", "확장억제", "--json").record["hits"]}
    without = {
        it["address"] for it in run("search", "--json", "--", "-사드", "확장억제").record["hits"]
    }
    assert without < with_it
    assert "52:6" in with_it - without


@pytest.mark.parametrize("query", ["전작권", "OPCON 전환", "ㅎㅈㅇㅈ", "theme:opcon", "확장억재"])
def test_the_record_names_what_was_found_in_the_text_shown(
    run: Run, bundled: dict[str, Document], query: str
) -> None:
    record = run("search", query, "--json").record
    assert list(record) == ["query", "hits", "total"]
    assert record["query"] == query
    assert record["total"] == len(record["hits"]) > 0
    scores = [hit["score"] for hit in record["hits"]]
    assert scores == sorted(scores, reverse=True)
    for hit in record["hits"]:
        assert list(hit) == ["address", "score", "reading", "part", "spans", "text"]
        at = Address.parse(hit["address"])
        paragraph = bundled[at.document].paragraph(at.paragraph or 0)
        assert paragraph
        assert at.part is None
        texts = [paragraph.heading, *(part.text for part in paragraph.parts)]
        assert hit["text"] == texts[hit["part"]]
        assert all(0 <= start < end <= len(hit["text"]) for start, end in hit["spans"])


def test_the_record_says_how_each_hit_was_read(run: Run) -> None:
    def readings(*query: str) -> set[str | None]:
        return {hit["reading"] for hit in run("search", "--json", *query).record["hits"]}

    assert readings("전작권") == {"literal"}
    assert readings("wjswkrrnjs") == {"english-keys"}
    assert readings("확장억재") == {"approximate"}
    assert readings("/전작권.전환/") == {"regex"}
    assert readings("theme:opcon") == {None}


def test_the_words_found_are_those_that_were_asked_for(run: Run) -> None:
    for hit in run("search", "FOC", "--json").record["hits"]:
        for start, end in hit["spans"]:
            assert fold(hit["text"][start:end]) in ("foc", "완전운용능력")


def test_a_limit_takes_the_best_and_leaves_the_total(run: Run) -> None:
    whole = run("search", "전작권", "--json").record
    some = run("search", "전작권", "--limit", "3", "--json").record
    assert some == {**whole, "hits": whole["hits"][:3]}


@pytest.mark.parametrize(
    ("query", "searched"),
    [
        (
            ["고양이"],
            f"57-article ({ARTICLE}); 52 ({COMMUNIQUE})",
        ),
        (["scm:52", "고양이"], f"52 ({COMMUNIQUE})"),
        (["kind:article", "유엔사"], f"57-article ({ARTICLE})"),
    ],
)
def test_when_nothing_is_found_the_documents_that_were_searched_are_named(
    run: Run, query: list[str], searched: str
) -> None:
    for more in ([], ["--json"]):
        printed = run("search", *query, *more)
        assert printed.status == 1
        assert printed.err == f"scmtui: Nothing is found in {searched}.\n"
        assert not more or printed.record == {"query": " ".join(query), "hits": [], "total": 0}
        assert more or printed.out == ""


def test_filters_that_leave_no_document_are_no_statement_on_any(run: Run) -> None:
    printed = run("search", "scm:40", "전작권")
    assert (printed.status, printed.out) == (1, "")
    assert printed.err.startswith("scmtui: No document fits the filters. Documents: 57-article (")


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("전작권 foo:3", "There is no filter “foo:” (at character 5)."),
        ("theme:", "“theme:” needs a value (at character 6)."),
        ("theme:zzzz", "There is no theme “zzzz” (at character 7)."),
        ("scm:latest", "“latest” names no meeting (at character 5)."),
        ("/전작(/", "“전작(” is not a regular expression (at character"),
        ("가" * 10_000, "A query has at most 1000 characters."),
        (" ".join("가나" for _ in range(100)), "A query has at most 60 words."),
        ("", "The query asks for nothing. See: scmtui help search"),
        (" \t", "The query asks for nothing."),
        ('""', "The query asks for nothing."),
        ("\x1b[2J\u202e", "The query asks for nothing."),
    ],
)
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_mistake_in_the_query_says_where(
    run: Run, query: str, says: str, more: list[str]
) -> None:
    printed = run("search", query, *more)
    assert (printed.status, printed.out) == (2, "")
    assert printed.err.startswith(f"scmtui: {says}")
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize(
    "query",
    [
        '"전작권',
        "전작권\x1b]52;c;eA==\x07",
        "전작권\udcff\x00",
        "\u1112\u1161\u11ab미",
        "/(전|작)*권/",
        "- -",
        "전작권 or",
        "%s {0} [/]",
    ],
)
def test_any_query_is_answered_and_acts_on_nothing(run: Run, query: str) -> None:
    for more in ([], ["--json"]):
        printed = run("search", *more, "--", query)
        assert printed.status in (0, 1)
        assert not set("\x1b\x07\x00\udcff") & set(printed.out + printed.err)


def test_a_rule_that_is_switched_off_is_off_in_a_search_too(
    run: Run, config: Callable[..., Any]
) -> None:
    assert run("search", '"( SCM )"').status == 1
    config('tidy_off = ["particle-after-bracket", "blanks-in-brackets", "bracket-after-word"]')
    assert "( SCM )" in run("search", '"( SCM )"').out


def test_the_readers_own_themes_can_be_asked_for_and_their_mistakes_are_told(
    run: Run, config: Callable[..., Any]
) -> None:
    config('[[theme]]\nid = "drones"\nname = { ko = "무인기" }\nko = "사이버"\n', "themes.toml")
    printed = run("search", "theme:drones")
    assert printed.status == 0
    assert all("사이버" in line for line in printed.out.splitlines())
    config("[[theme]\n", "themes.toml")
    assert "themes.toml:1: " in run("search", "theme:opcon").err


@pytest.mark.parametrize("cells", [24, 40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("more", [[], ["--context", "0"], ["--context", "2"]])
@pytest.mark.parametrize("tongue", ["en", "ko"])
def test_on_a_terminal_no_line_is_wider_than_it_and_all_stand_in_columns(
    run: Run,
    on_terminal: Callable[..., None],
    config: Callable[..., Any],
    cells: int,
    more: list[str],
    tongue: str,
) -> None:
    config(f'language = "{tongue}"')
    on_terminal(cells, coloured=True)
    printed = run("search", "추진", *more)
    assert (printed.status, printed.err) == (0, "")
    lines = [plain(line) for line in printed.out.splitlines()]
    assert [line for line in lines if width(line) > cells or line != line.rstrip()] == []
    labelled = [line for line in lines if re.match(r"(52|57-article):", line)]
    total = run("search", "추진", "--json").record["total"]
    assert len(labelled) == total
    dates = {line.find(" 20") for line in labelled}
    assert cells == 24 or len(dates) == 1


@pytest.mark.parametrize("cells", [40, 80, 120])
def test_on_a_terminal_a_hit_is_one_line_in_which_what_was_found_is_marked(
    run: Run, on_terminal: Callable[..., None], cells: int
) -> None:
    on_terminal(cells, coloured=True)
    told, blank, *lines = run("search", "전작권").out.splitlines()
    assert told.endswith("passages in 2 documents")
    assert blank == ""
    if cells < 100:  # under its address
        lines = lines[1::2]
    assert len(lines) >= 5
    for line in lines:
        assert set(FOUND.findall(line)) <= {"전작권", "전시작전통제권", "전시 작전권"}
        assert FOUND.findall(line)


def test_what_is_left_out_on_a_line_is_an_ellipsis(
    run: Run, on_terminal: Callable[..., None], bundled: dict[str, Document]
) -> None:
    on_terminal(100)
    (line,) = run("search", "사드").out.splitlines()[2:]
    text = line.split("official")[1].strip()
    whole = next(part.text for part in bundled["52"].paragraphs[5].parts if "사드" in part.text)
    assert text.startswith("…")
    assert text.endswith("…")
    assert text.strip("…") in whole
    assert text[-2] != " "


def test_a_word_longer_than_the_line_is_shown_in_part(
    run: Run, on_terminal: Callable[..., None]
) -> None:
    on_terminal(24, coloured=True)
    out = run("search", "미래연합군사령부(Future", "--limit", "2").out
    assert FOUND.search(out)
    assert max(width(plain(line)) for line in out.splitlines()) <= 24


def test_a_terminal_is_not_flooded_unless_it_is_wished(
    run: Run, on_terminal: Callable[..., None]
) -> None:
    total = run("search", "한미", "--json").record["total"]
    assert total > SCREENFUL
    on_terminal(120)
    told, _, *lines = run("search", "한미").out.splitlines()
    assert told.endswith(f" · the best {SCREENFUL}")
    assert len(lines) == SCREENFUL
    assert len(run("search", "한미", "--limit", "1000").out.splitlines()) == total + 2
    assert len(run("search", "한미", "--json").record["hits"]) == total


def test_context_is_counted_in_sentences(run: Run, bundled: dict[str, Document]) -> None:
    (line,) = run("search", "사드", "--context", "0").out.splitlines()
    whole = next(part.text for part in bundled["52"].paragraphs[5].parts if "사드" in part.text)
    every = [whole[start:end] for start, end in sentences(whole)]
    at = next(number for number, sentence in enumerate(every) if "사드" in sentence)
    assert line.partition("official")[2].strip().strip("… ") == every[at]
    (line,) = run("search", "사드", "--context", "1").out.splitlines()
    around = " ".join(every[max(0, at - 1) : at + 2])
    assert line.partition("official")[2].strip().strip("… ") == around


TEXTS = st.lists(
    st.sampled_from(["가나다.", "마바 사.", "The end.", "자차카", "…"]), max_size=8
).map(" ".join)


@given(text=TEXTS, data=st.data(), context=st.integers(0, 3))
def test_an_excerpt_keeps_all_that_was_found(text: str, data: st.DataObject, context: int) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = [
        (start, end)
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
        if text[start:end].strip() == text[start:end]
    ]
    shown = excerpt(text, spans, context)
    found = [text[start:end] for start, end in spans]
    assert [shown.text[start:end] for start, end in shown.spans] == found
    if context == 3 and len(sentences(text)) <= 4:
        assert shown.text == text.strip()


def test_the_help_tells_what_a_query_may_hold(run: Run, config: Callable[..., Any]) -> None:
    out = run("help", "search").out
    for written in ("scm:50..57", "theme:opcon", "-사드", '"전작권 전환"', "/전작권", "ㅈㅈㄱ"):
        assert written in out
    config('language = "ko"')
    korean = run("help", "search").out
    assert "정규식" in korean
    assert "초성" in korean


def test_in_korean_all_is_said_in_korean(
    run: Run, config: Callable[..., Any], on_terminal: Callable[..., None]
) -> None:
    config('language = "ko"')
    assert "비공식" in run("search", "국방비").out
    assert "찾" in run("search", "고양이").err
    assert "해설" in run("search", "고양이").err
    on_terminal(80)
    assert "영문 자판" in run("search", "wjswkrrnjs").out


# A library that is too large to be searched in memory


@pytest.fixture
def large(make_document: Callable[..., Document], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST_IN_MEMORY", 40)
    library = Library(paths().data)
    for number in range(3):
        library.add(make_document(20, f"x-{number}"), b"%d" % number)
    library.close()


@pytest.mark.usefixtures("large")
def test_a_large_library_is_searched_as_a_small_one_is(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for query in ("전작권", "양 장관은", "theme:opcon 전환", "뷁뷁", "scm:x"):
        here = run("search", query, "--json")
        with monkeypatch.context() as patch:
            patch.setattr(searching, "MOST_IN_MEMORY", 4000)
            assert run("search", query, "--json") == here
    assert (paths().cache / "search.db").exists()


@pytest.mark.usefixtures("large")
def test_how_far_the_index_is_stands_on_a_terminal_only(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = run("search", "양 장관은", "--json")
    assert printed.err == ""
    (paths().cache / "search.db").unlink()
    monkeypatch.setattr(terminal, "is_terminal", lambda _: True)
    monkeypatch.setenv("TERM", "xterm")
    again = run("search", "양 장관은", "--json")
    assert again.out == printed.out
    assert again.err.startswith("\r\x1b[KPreparing the search: 0 of 89 paragraphs\r")
    assert again.err.endswith("\r\x1b[K")
    monkeypatch.setenv("TERM", "dumb")
    (paths().cache / "search.db").unlink()
    assert run("search", "양 장관은", "--json").err == ""


@pytest.mark.usefixtures("large")
def test_trouble_with_the_index_is_told_and_all_is_searched(run: Run) -> None:
    before = run("search", "양 장관은")
    cache = paths().cache
    for file in cache.iterdir():
        file.unlink()
    cache.rmdir()
    cache.write_text("no folder")
    printed = run("search", "양 장관은")
    assert printed.out == before.out
    assert "cannot be used: a part of the path is not a folder" in printed.err


@pytest.mark.usefixtures("large")
def test_damage_that_is_found_while_searching_is_mended(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = run("search", "양 장관은")
    search = ShelfSearch.search
    harmed: list[int] = []

    def harm(self: ShelfSearch, query: str, *, limit: int, all_: bool, patience: float) -> Results:
        if not harmed:
            harmed.append((paths().cache / "search.db").write_bytes(b"garbage" * 5000))
        return search(self, query, limit=limit, all_=all_, patience=patience)

    monkeypatch.setattr(ShelfSearch, "search", harm)
    assert run("search", "양 장관은") == before
    assert harmed


@pytest.mark.usefixtures("large")
def test_what_could_not_be_indexed_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = IndexFile._open

    def small(self: IndexFile) -> sqlite3.Connection:
        connection = opened(self)
        connection.execute("PRAGMA max_page_count = 40")
        return connection

    monkeypatch.setattr(IndexFile, "_open", small)
    printed = run("search", "양 장관은")
    assert "is full" in printed.err
    assert "Only 0 of 89 paragraphs were searched." in printed.err


def test_many_documents_are_counted_not_named(
    run: Run, make_document: Callable[..., Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scmtui.cli.asides.MOST_NAMED", 2)
    library = Library(paths().data)
    for number in range(3):
        library.add(make_document(2, f"x-{number}"), b"%d" % number)
    library.close()
    err = run("search", "뷁뷁").err
    assert "3 documents (" in err
    assert f"52 ({COMMUNIQUE})" in err
