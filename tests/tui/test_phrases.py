from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from scmtui.library import Library
from scmtui.model import Document, Kind, NotFoundError, Paragraph, Part
from scmtui.settings import Settings, paths
from scmtui.shelf import Shelf
from scmtui.tui.compare import CompareScreen
from scmtui.tui.phrases.bar import VIEWS
from scmtui.tui.phrases.glossary import GlossaryScreen
from scmtui.tui.phrases.picker import PhrasePicker, bare, noun, phrases_of
from scmtui.tui.phrases.screen import SORTS, PhraseScreen
from scmtui.tui.phrases.series import short_names
from scmtui.tui.reading import ReadingScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractAsyncContextManager

    from syrupy.assertion import SnapshotAssertion

    from scmtui.model import Address, Facts
    from tests.tui.conftest import Reader

    Opener = Callable[..., AbstractAsyncContextManager[Reader]]

WORDS = "양 장관은 한반도 안보 정세를 평가하고 다음과 같이 합의하였다."
FORCE = "주한미군의 현재의 전력 수준을 유지하기로 하였다."
REWORDED = "주한미군의 지금의 전력 수준을 유지하기로 하였다."


class SeriesShelf(Shelf):
    """A dozen communiqués: a phrase comes in 43, is reworded in 46, dropped in 47, back in 50."""

    def __init__(self, like: Document) -> None:
        super().__init__()
        self._series = {
            document.id: document for document in (self._made(like, n) for n in range(41, 53))
        }

    @staticmethod
    def _made(like: Document, number: int) -> Document:
        has = {43, 44, 45, 50, 51, 52}
        said = FORCE if number in has else REWORDED if number == 46 else "그 밖의 일을 논의하였다."
        paragraphs = tuple(
            Paragraph(at, "", (Part(text, 0, 1),), 0, 1)
            for at, text in enumerate((WORDS, f"{WORDS} {said}"), 1)
        )
        facts = replace(
            like.facts,
            id=str(number),
            meeting=number,
            kind=Kind.COMMUNIQUE,
            official=True,
            title=f"제{number}차 공동성명",
            held=date(1968 + number, 10, 1),
            paragraphs=2,
        )
        return replace(like, facts=facts, paragraphs=paragraphs)

    @contextmanager
    def apart(self) -> Iterator[Shelf]:
        yield self

    def facts(self) -> tuple[Facts, ...]:
        if not self._facts:
            self._facts = tuple(it.facts for it in reversed(self._series.values()))
        return self._facts

    def document(self, id: str) -> Document:  # noqa: A002
        if id not in self._series:
            raise NotFoundError("{id}", id=id)
        return self._series[id]


def phrases(reader: Reader) -> PhraseScreen:
    screen = reader.app.screen
    assert isinstance(screen, PhraseScreen)
    return screen


def at(reader: Reader) -> str:
    screen = reader.app.screen
    assert isinstance(screen, ReadingScreen)
    return str(screen.address)


async def follow(reader: Reader, phrase: str) -> PhraseScreen:
    """Ask for a phrase, and wait until it has been followed and its lines are sorted."""
    await reader.press("asterisk")
    picker = reader.app.screen
    assert isinstance(picker, PhrasePicker)
    await reader.type(phrase)
    await reader.press("enter")
    await reader.rest()
    return phrases(reader)


async def test_what_is_selected_is_followed_and_enter_opens_its_passage(reading: Opener) -> None:
    async with reading("52:6") as reader:
        await reader.press("escape", "v", "v", "v", "w", "w", "asterisk")
        await reader.rest()
        assert phrases(reader).phrase == "한미동맹이"
        assert "“한미동맹이”" in reader.lines[0]
        assert "in 1 of 1 official document" in reader.lines[1]
        row = phrases(reader).history.entry
        assert row is not None
        assert row.row is not None
        assert row.row.facts.id == "52"
        await reader.press("q")
        await reader.press("escape", "G")
        await follow(reader, "완전한 비핵화")
        await reader.press("enter")
        assert at(reader) == "52:3.1"
        await reader.press("ctrl+o")
        assert at(reader) == "52:20.1"


async def test_the_words_and_terms_of_the_part_are_offered(reading: Opener) -> None:
    async with reading("52:6") as reader:
        await reader.press("escape", "asterisk")
        picker = reader.app.screen
        assert isinstance(picker, PhrasePicker)
        offered = [phrase for phrase, _spans in picker.rows._rows]
        assert {"한미동맹", "재래식 및 미사일 방어", "확장억제", "에스퍼"} <= set(offered)
        await reader.type("ㅎㅈㅇㅈ")
        assert picker.rows._rows[0][0] == "확장억제"
        await reader.press("enter")
        await reader.rest()
        assert phrases(reader).phrase == "확장억제"


async def test_a_phrase_that_stands_nowhere_is_told_with_the_search_that_was_made(
    reading: Opener,
) -> None:
    async with reading("52") as reader:
        await reader.press("escape")
        screen = await follow(reader, "현재의 전력 수준")
        assert screen.history.cursor == 0
        said = " ".join(line.strip() for line in reader.lines)
        assert "not in the only official document" in said
        assert "does not stand in the official document at hand in Korean: 52" in said
        assert (
            "Searched: 57-article 2025-11-04 (Article" in said
            or "Searched: 52 2020-10-14 (Joint" in said
        )
        assert "the meetings 1–51, 53–57" in said
        assert "Differences that did not count: blanks, middle dots and hyphens" in said
        await reader.press("enter")
        assert isinstance(reader.app.screen, PhraseScreen)
        await reader.press("G")
        said = " ".join(line.strip() for line in reader.lines)
        assert "That says nothing of the communiqué" in said
        await reader.press("tab")
        assert "Nothing is counted as the phrase" in reader.screen


async def test_rules_are_switched_off_and_on_by_two_keys(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("escape")
        screen = await follow(reader, "확장 억제")
        assert screen.followed is not None
        assert screen.followed.history.summary.present == 1
        await reader.press("r", "b")
        assert screen.followed.history.summary.present == 0
        assert "×blanks" in reader.lines[2]
        assert "Differences that counted: blanks" in reader.screen
        await reader.press("ㄱ", "ㅠ")
        assert screen.followed.history.summary.present == 1
        assert "✓blanks" in reader.lines[2]


async def test_related_names_stand_apart_and_do_not_count(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("escape")
        screen = await follow(reader, "미래연합군사령부")
        assert "Related names, not counted" in reader.screen
        found = screen.followed
        assert found is not None
        assert found.history.names
        assert all("미래" in hit.text[slice(*hit.spans[0])] for hit in found.hits)
        await reader.press("G")
        assert "it is never counted as “미래연합군사령부”" in " ".join(
            line.strip() for line in reader.lines
        )
        await reader.press("enter")
        assert at(reader).split(":")[0] in {"52", "57-article"}


async def test_a_document_unfolds_into_its_places_and_n_walks_them(reading: Opener) -> None:
    async with reading("57") as reader:
        await reader.press("escape")
        screen = await follow(reader, "확장억제")
        assert screen.history.entry
        rows = screen.history.count
        await reader.press("l")
        assert screen.history.count == rows + 4
        await reader.press("j", "j", "enter")
        assert at(reader) == "57-article:3.1"
        await reader.press("n")
        assert at(reader) == "57-article:3.1"
        await reader.press("n")
        assert at(reader) == "57-article:8.1"


async def test_the_inside_of_longer_words_is_shown_and_opened(reading: Opener) -> None:
    async with reading("52:6") as reader:
        await reader.press("escape")
        screen = await follow(reader, "억제")
        assert "Inside longer words, and not counted: 확장억제 2×" in reader.screen
        assert screen.history.go_to("57-article")
        await reader.rest()
        assert "□ inside words" in reader.screen
        assert "“억제” stands here only inside longer words, and is not counted" in reader.screen
        assert "absent" not in reader.screen
        await reader.press("l", "j", "j")
        await reader.rest()
        assert "57-article:3   " in reader.screen
        screen.view = "series"
        await reader.rest()
        assert "+4" in reader.screen
        screen.view = "history"
        await reader.press("enter")
        assert at(reader) == "57-article:3.1"


async def test_unfolding_is_taken_back(reading: Opener) -> None:
    async with reading("57") as reader:
        await reader.press("escape")
        screen = await follow(reader, "확장억제")
        rows = screen.history.count
        await reader.press("right", "j", "left")
        assert screen.history.count == rows


async def test_every_event_of_a_series_is_found_and_none_invented(
    reading: Opener, make_document: Callable[..., Document]
) -> None:
    async with reading("52", shelf=SeriesShelf(make_document(2))) as reader:
        await reader.press("escape")
        screen = await follow(reader, "현재의 전력 수준")
        assert (
            "in 6 of 12 official documents · first 43 · last 52 · reworded 46 · dropped 47"
            " · returned 50" in reader.lines[1]
        )
        listed = [line.split()[:4] for line in reader.lines[4:16]]
        states = {row[0].strip("▌›"): row[3] for row in listed}
        assert [n for n, state in states.items() if state == "present"] == [
            "43", "44", "45", "50", "51", "52",
        ]  # fmt: skip
        assert [n for n, state in states.items() if state == "near"] == ["46"]
        await reader.press("g", "g", "6", "j")
        assert screen.history.entry
        assert "The closest wording stands at 46:2.1" in reader.screen
        await reader.press("enter")
        assert at(reader) == "46:2.1"


async def test_what_a_near_wording_differs_in_is_seen_without_colours(
    reading: Opener, make_document: Callable[..., Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading("52", shelf=SeriesShelf(make_document(2))) as reader:
        await reader.press("escape")
        await follow(reader, "현재의 전력 수준")
        line = next(line for line in reader.lines if "≈" in line)
        assert "[-현재" in line
        assert "{+지금" in line


class TwiceShelf(SeriesShelf):
    """The same series, of which the last communiqué is there twice."""

    def __init__(self, like: Document) -> None:
        super().__init__(like)
        last = self._series["52"]
        again = replace(last, facts=replace(last.facts, id="52-2"))
        self._series = {**self._series, "52-2": again}


async def test_a_text_that_is_there_twice_counts_once_from_whichever_it_is_asked(
    reading: Opener, make_document: Callable[..., Document]
) -> None:
    async with reading("52-2", shelf=TwiceShelf(make_document(2))) as reader:
        await reader.press("escape")
        screen = await follow(reader, "현재의 전력 수준")
        assert "in 6 of 12 official documents" in reader.lines[1]
        assert "not in 41, 42, 46" in reader.lines[1]
        assert "not counted again: 52-2 (= 52)." in reader.screen
        assert screen.history.entry
        assert screen.history.entry.row
        assert screen.history.entry.row.facts.id == "52"
        await reader.press("tab", "tab")
        await reader.rest()
        assert screen.grid.facts
        assert screen.grid.facts.id == "52"
        assert "not counted again: 52-2 (= 52)." in reader.screen
        await reader.press("h", "d")
        await reader.rest()
        assert "52-2" not in reader.screen
        await reader.press("escape", "l", "d")
        await reader.rest()
        assert "52 against 51" in reader.screen


async def test_the_marks_around_a_phrase_are_said_to_be_left_out(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("escape")
        await follow(reader, "$[(확장억제")
        assert reader.lines[1].strip().startswith("read as “확장억제” · in 1 of 1")


async def test_what_can_be_collected_is_offered_and_d_says_where_changes_are(
    reading: Opener,
) -> None:
    async with reading("52:6") as reader:
        await reader.press("escape")
        screen = await follow(reader, "확장억제")
        assert "a collect  ga collect all" in reader.lines[-1]
        await reader.press("d")
        assert "is shown in the series: Tab, then d" in reader.lines[-1]
        screen.view = "series"
        await reader.rest()
        await reader.press("d")
        await reader.rest()
        assert screen.detail == "changes"
        await reader.press("d")
        assert "is shown from the grid: esc, then d" in reader.lines[-1]


async def test_what_is_collected_names_the_documents_without_the_phrase(
    reading: Opener, make_document: Callable[..., Document]
) -> None:
    async with reading("52", shelf=SeriesShelf(make_document(2))) as reader:
        await reader.press("escape")
        screen = await follow(reader, "현재의 전력 수준")
        collected: list[tuple[int, str, tuple[str, ...]]] = []

        def collect(addresses: Sequence[Address], heading: str, lines: Sequence[str]) -> str:
            collected.append((len(addresses), heading, tuple(lines)))
            return ""

        screen.collect = collect
        await reader.press("g", "a")
        ((count, heading, lines),) = collected
        assert (count, heading) == (6, "“현재의 전력 수준”")
        assert "It does not stand in 41, 42, 46, 47, 48, 49." in lines


async def test_only_the_last_phrase_asked_for_is_shown(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("escape")
        screen = await follow(reader, "확장억제")
        screen.begin("사드")
        screen.begin("판문점")
        await reader.rest()
        await reader.rest()
        assert screen.followed is not None
        assert screen.followed.asked == "판문점"
        assert screen.lines.lines
        assert all("판문점" in line.hit for line in screen.lines.lines)
        screen.begin("…")
        await reader.rest()
        assert "no words" in reader.lines[1]
        assert screen.followed is None
        assert not screen.lines.lines
        await reader.press("colon")
        await reader.type("사드")
        await reader.press("enter")
        await reader.rest()
        assert screen.followed is not None
        await reader.press("colon")
        await reader.type("52:3")
        await reader.press("enter")
        assert at(reader) == "52:3.1"


async def test_the_concordance_aligns_and_sorts_the_hits(reading: Opener) -> None:
    async with reading("52", size=(100, 30)) as reader:
        await reader.press("escape")
        screen = await follow(reader, "확장억제")
        await reader.press("tab")
        rows = [line for line in reader.lines if ":" in line and "확장억제" in line][:6]
        before = {cell_len(row.split("확장억제")[0]) for row in rows}
        assert len(before) == 1
        for sort in (*list(SORTS)[1:], "meeting"):
            await reader.press("s")
            await reader.rest()
            assert screen.sort == sort
            lines = screen.lines.lines
            assert len(lines) == 6
            if sort == "right":
                first = [line.right.split()[0].strip("·”") if line.right else "" for line in lines]
                assert first == sorted(first)
            if sort == "theme":
                assert screen.lines.taxonomy is not None
                assert "Extended de" in reader.screen
        assert "where it stands in the document" in reader.screen
        await reader.press("G", "enter")
        assert at(reader).startswith("57-article:8")


async def test_the_series_drills_into_its_passages(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("escape")
        screen = await follow(reader, "확장억제")
        await reader.press("tab", "tab")
        await reader.rest()
        assert screen.grid.series is not None
        assert [it.id for it in screen.grid.series.columns] == ["52", "57-article"]
        ids = [row.id for row in screen.grid.series.rows]
        await reader.press(*"j" * ids.index("opcon"), "l", "h")
        assert screen.grid.facts is not None
        assert screen.grid.facts.id == "52"
        assert "OPCON transition · 52: 2 – paragraphs about the theme" in reader.screen
        await reader.press("m")
        await reader.rest()
        assert "%" in reader.screen
        assert "share of all words" in reader.app.message
        await reader.press("t")
        await reader.rest()
        assert screen.grid.series.measure == "times"
        assert "전작권" in [row.name for row in screen.grid.series.rows]
        await reader.press("m")
        assert "how often" in reader.app.message
        await reader.press("escape")
        await reader.rest()
        assert screen.grid.row is not None
        assert "전작권" not in [row.name for row in screen.grid.series.rows]
        await reader.press("escape")
        assert isinstance(reader.app.screen, ReadingScreen)


async def test_a_cell_of_the_series_opens_its_first_passage(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("escape")
        await follow(reader, "확장억제")
        await reader.press("shift+tab")
        await reader.rest()
        await reader.press("left", "enter")
        assert at(reader).startswith("52:")


async def test_what_is_new_and_gone_in_a_document(
    reading: Opener, make_document: Callable[..., Document]
) -> None:
    async with reading("47", shelf=SeriesShelf(make_document(2))) as reader:
        await reader.press("escape")
        screen = await follow(reader, "전력 수준")
        await reader.press("shift+tab")
        await reader.rest()
        await reader.press("d")
        await reader.rest()
        assert screen.detail == "changes"
        assert "47 against 46" in reader.screen
        changes = screen.fresh.changes
        assert changes is not None
        assert any("전력" in it.text for it in changes.gone)
        await reader.press("G")
        assert "46:2.1" in reader.screen
        await reader.press("escape", "1", "1", "h", "d")
        await reader.rest()
        assert "No older document" in reader.screen
        await reader.press("escape", "6", "l", "d")
        await reader.rest()
        await reader.press("G", "enter")
        assert at(reader).startswith("46:2")


async def test_a_comparison_follows_a_phrase_and_reads_on_there(reading: Opener) -> None:
    async with reading("52 57", size=(140, 40)) as reader:
        await reader.press("escape")
        await follow(reader, "판문점")
        await reader.press("enter")
        assert at(reader) == "52:3.1"
    async with reading("52 57", size=(140, 40)) as reader:
        assert isinstance(reader.app.screen, CompareScreen)
        await reader.press("asterisk", "escape")
        assert isinstance(reader.app.screen, CompareScreen)


async def test_gk_shows_the_names_of_the_part_or_of_what_is_selected(reading: Opener) -> None:
    async with reading("52:11") as reader:
        await reader.press("escape", "g", "k")
        await reader.rest()
        glossary = reader.app.screen
        assert isinstance(glossary, GlossaryScreen)
        shorts = [entry.short for entry in glossary.rows.entries]
        assert "FOC" in shorts
        assert "in this part" in reader.screen
        assert "first at" in reader.screen
        everything = len(glossary._all)
        await reader.press("f")
        assert len(glossary.rows.entries) == everything > len(shorts)
        await reader.press("f", *"j" * shorts.index("FOC"), "enter")
        assert at(reader).split(":")[1] in {"11.1", "12.1"}
        await reader.press("ctrl+o", "5", "G", "v", "g", "k")
        await reader.rest()
        assert isinstance(reader.app.screen, GlossaryScreen)
        await reader.press("escape")


async def test_a_phrase_does_not_go_over_two_parts(reading: Opener) -> None:
    async with reading("52:6") as reader:
        await reader.press("escape", "v", "j", "asterisk")
        assert "select less" in reader.app.message


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("size", [(160, 45), (120, 40), (80, 24), (60, 20), (40, 12)])
async def test_no_line_is_torn(
    reading: Opener,
    make_document: Callable[..., Document],
    size: tuple[int, int],
    view: str,
) -> None:
    async with reading("52", size=size, shelf=SeriesShelf(make_document(2))) as reader:
        await reader.press("escape")
        screen = await follow(reader, "현재의 전력 수준")
        screen.view = view
        await reader.rest()
        for key in ("j", "l", "j", "ctrl+e", "G", "ctrl+y", "h"):
            await reader.press(key)
            assert all(cell_len(line) <= size[0] for line in reader.lines)
        assert "현재의 전력 수준" in reader.lines[0]
        assert screen.shown_list.rows_in_sight >= 2


async def test_pictures_are_narrow_where_a_terminal_would_draw_them_wide(
    reading: Opener, make_document: Callable[..., Document]
) -> None:
    settings = Settings(ambiguous_width=2)
    shelf = SeriesShelf(make_document(2))
    async with reading("52", shelf=shelf, settings=settings) as reader:
        await reader.press("escape")
        await follow(reader, "현재의 전력 수준")
        assert "~ near" in reader.screen
        assert "# present" in reader.screen
        rows = [line for line in reader.lines[3:16] if "present" in line]
        assert all("?" not in line for line in rows)
        await reader.press("tab", "tab")
        await reader.rest()
        assert "?" not in "\n".join(reader.lines[3:10])


async def test_the_themes_of_a_document_in_order(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("escape")
        screen = await follow(reader, "확장억제")
        await reader.press("shift+tab")
        await reader.rest()
        await reader.press("o")
        await reader.rest()
        assert screen.detail == "order"
        assert "The themes of 52, in order" in reader.screen
        assert screen.order.count == 20
        await reader.press(*"jjjjj")
        assert "Extended deterrence" in screen.order.pieces(5)[1][0]
        assert "확장억제" in reader.screen
        await reader.press("escape", "j", "t")
        await reader.rest()
        assert screen.theme
        assert screen.grid.series is not None
        assert screen.grid.series.rows[0].name == "“확장억제”"
        assert screen.grid.series.rows[0].cells[0].value == 2
        await reader.press("escape", "o")
        await reader.rest()
        await reader.press("j", "enter")
        assert at(reader) == "52:2.1"


async def test_the_languages_of_a_series_stand_apart(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("escape")
        screen = await follow(reader, "확장억제")
        await reader.press("shift+tab")
        await reader.rest()
        assert screen.language == "ko"
        await reader.press("e")
        assert "no documents in another language" in reader.app.message


async def test_the_phrase_itself_stands_first_among_the_themes(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("escape")
        screen = await follow(reader, "확장억제")
        await reader.press("tab", "tab")
        await reader.rest()
        row = screen.grid.row
        assert row is not None
        assert row.name == "“확장억제”"
        assert [cell.value for cell in row.cells] == [2, 4]
        assert (
            "“확장억제” · 52: 2 – how often it stands there, with its other names" in reader.screen
        )
        await reader.press("t")
        assert not screen.theme
        assert "the phrase itself" in reader.app.message
        await reader.press("asterisk", *"연합방위", "enter")
        await reader.rest()
        assert screen.grid.series is not None
        assert [it.name for it in screen.grid.series.rows if it.is_phrase] == ["“연합방위”"]
        await reader.press("m")
        await reader.rest()
        assert screen.grid.row is not None
        value = int(screen.grid.row.cells[0].value)
        assert f"“연합방위” · 52: {value} – how often it stands there" in reader.screen


@pytest.mark.parametrize("cells", [60, 80, 120])
async def test_what_is_not_official_is_told_wherever_it_is_listed(
    reading: Opener, cells: int
) -> None:
    async with reading("52", size=(cells, 20)) as reader:
        await reader.press("escape")
        screen = await follow(reader, "확장억제")
        screen.history.go_to("57-article")
        await reader.rest()
        assert "not official" in screen.passage.render_line(0).text
        await reader.press("tab")
        assert "* not official" in reader.screen
        rows = [it.split()[0] for it in reader.lines if "…" in it and ":" in it.split()[0]]
        assert {it[0] == "*" for it in rows if "57-article" in it} == {True}
        assert not any(it[0] == "*" for it in rows if "57-article" not in it)


async def test_by_what_lines_are_sorted_stays_on_the_screen(reading: Opener) -> None:
    async with reading("52") as reader:
        await reader.press("escape")
        await follow(reader, "확장억제")
        await reader.press("tab")
        assert "sorted by meeting" in reader.screen
        await reader.press("s", "j")
        assert "sorted by the words before" in reader.screen
        assert "sorted by meeting" not in reader.screen


async def test_an_article_has_no_older_one_though_another_document_is_older(
    reading: Opener,
) -> None:
    async with reading("52") as reader:
        await reader.press("escape")
        await follow(reader, "확장억제")
        await reader.press("tab", "tab")
        await reader.rest()
        await reader.press("l", "d")
        await reader.rest()
        assert "No older document of its kind and language is at hand" in reader.screen


def test_another_text_of_a_meeting_keeps_its_number() -> None:
    library = Library(paths().data)
    facts = Shelf((), library).document("52").facts
    library.close()
    english = replace(facts, id="52-en", language="en")
    assert short_names([facts]) == ["52"]
    assert short_names([replace(facts, id="52-2", official=False)]) == ["52*"]
    assert short_names([english]) == ["52e"]
    again = replace(facts, id="52-2", official=False)
    article = replace(facts, id="52-article", kind=Kind.ARTICLE, official=False)
    assert short_names([facts, again, article]) == ["52", "52-2*", "52a*"]
    assert short_names([facts, english, replace(english, id="52-en-2")]) == ["52", "52e", "52e-2"]
    assert short_names([replace(facts, id="x-memo", meeting=None)]) == ["x-memo"]


LOOKS = {
    "a history": ("52", (100, 30), "ko", "확장억제", []),
    "a concordance": ("52", (100, 24), "ko", "확장억제", ["tab", "s", "s"]),
    "nothing anywhere": ("52", (80, 24), "en", "현재의 전력 수준", []),
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
async def test_the_screens_look_as_they_did(
    reading: Opener,
    speak: Callable[[str], None],
    snapshot: SnapshotAssertion,
    look: tuple[str, tuple[int, int], str, str, list[str]],
) -> None:
    address, size, language, phrase, keys = look
    speak(language)
    async with reading(address, size=size) as reader:
        await reader.press("escape")
        await follow(reader, phrase)
        await reader.press(*keys)
        await reader.rest()
        reader.app.say("")
        await reader.rest()
        assert reader.screen == snapshot


@pytest.mark.parametrize(
    ("written", "phrase"),
    [
        ("“확장억제”,", "확장억제"),
        ("한미안보협의회의(SCM)", "한미안보협의회의(SCM)"),
        ("(SCM)", "SCM"),
        ("(한미) 국방장관", "(한미) 국방장관"),
        ("평가하였다.", "평가하였다"),
        ("…", ""),
    ],
)
def test_marks_around_a_phrase_are_not_part_of_it(written: str, phrase: str) -> None:
    assert bare(written) == phrase


def test_a_word_is_offered_without_its_particle() -> None:
    words = "전작권을 강화하기로 비핵화 SCM 한미동맹이 대한민국에서의 안보협의회의 평가"
    nouns = "전작권 강화 비핵화 SCM 한미동맹 대한민국 안보협의회의 평가"
    assert [noun(it) for it in words.split()] == nouns.split()
    assert phrases_of("전작권을 전환, 전작권으로 가는 길", None) == ["전작권", "전환", "가는"]
