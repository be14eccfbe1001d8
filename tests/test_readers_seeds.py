"""The two seeds are read exactly: every join right, every character kept."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scmtui import readers, text
from scmtui.model import Kind, Provenance
from scmtui.readers.document import compose
from scmtui.readers.lines import Layout, Typesetting, joins, split

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.model import Document

SAMPLES = Path(__file__).parent / "samples"
SEED = SAMPLES / "scm52-communique.ko.txt"
ARTICLE = SAMPLES / "scm57-article.ko.txt"
FROM = Provenance("text.txt", "txt", "0" * 64)


def plain(shown: str) -> str:
    return "".join(shown.split())


def shown(document: Document) -> list[tuple[int, str, list[str]]]:
    """Numbers, headings and parts, to compare two documents by."""
    return [
        (item.number, item.heading, [part.text for part in item.parts])
        for item in document.paragraphs
    ]


@pytest.fixture(scope="module")
def seed() -> Document:
    return readers.read(SEED).documents[0]


@pytest.fixture(scope="module")
def article() -> Document:
    return readers.read(ARTICLE).documents[0]


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """`written("…")`: a file with this text or these bytes."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "some.txt"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


class TestSeed:
    """The 52nd communiqué: text from a PDF, with blanks at the ends of its lines."""

    def test_facts(self, seed: Document) -> None:
        facts = seed.facts
        assert (facts.id, facts.meeting, facts.kind) == ("52", 52, Kind.COMMUNIQUE)
        assert (facts.language, facts.official) == ("ko", True)
        assert facts.title == "제52차 한미안보협의회의(SCM) 공동성명"
        assert (facts.held, facts.published) == (date(2020, 10, 14), None)
        assert facts.place == "워싱턴 D.C."
        assert facts.paragraphs == 20
        assert facts.provenance.file == "scm52-communique.ko.txt"
        assert facts.provenance.sha256.startswith("51cb965348a7b2bc")

    def test_paragraphs(self, seed: Document) -> None:
        assert [item.number for item in seed.paragraphs] == list(range(1, 21))
        assert {len(item.parts) for item in seed.paragraphs} == {1}
        assert {item.heading for item in seed.paragraphs} == {""}
        assert seed.doubts == ()

    def test_source_is_kept_exactly(self, seed: Document) -> None:
        assert seed.source == SEED.read_text("utf-8")

    def test_no_character_is_lost(self, seed: Document) -> None:
        head = f"{seed.facts.title} 2020년 10월 14일, {seed.facts.place}"
        body = "".join(f"{number}.{parts[0]}" for number, _, parts in shown(seed))
        assert len(plain(head + body)) == 5665
        assert plain(head + body) + "//끝//" == plain(seed.source)
        assert [(it.kind, it.text) for it in seed.dropped] == [("end-mark", "//끝//")]

    def test_joins(self, seed: Document) -> None:
        lines = split(seed.source)
        setting = Typesetting(lines)
        assert setting.layout is Layout.TRAILED
        starts = {item.start for item in seed.paragraphs}
        body = [line for line in lines[2:-1] if line.start not in starts]
        pairs = [(lines[lines.index(line) - 1], line) for line in body]
        between = [setting.joint(*pair) for pair in pairs]
        assert between.count((" ", True)) == 153
        assert between.count(("", True)) == 4
        assert len(between) == 157
        glued = {
            (left.text.split()[-1], right.text.split()[0])
            for left, right in pairs
            if setting.joint(left, right) == ("", True)
        }
        assert glued == {
            ("한미군사위원회회의", "("),
            ("대량살상무기", "("),
            ("안보회의", "("),
            (")", "에"),
        }

    @pytest.mark.parametrize(
        ("number", "words"),
        [
            (1, "제52차 한미안보협의회의(SCM)가 2020년 10월 14일 워싱턴에서 개최되었다. 이 회의는"),
            (1, "서 욱 대한민국 국방부장관과 마크 에스퍼(Mark T. Esper) 미합중국 국방장관이"),
            (1, "제45차 한미군사위원회회의(MCM)를 주재하였다."),
            (4, "재확인하였다. 서 장관은 또한 ‘9·19 군사합의’를"),
            (4, "‘9·19 군사합의'의 이행 노력이"),
            (11, "전시작전통제권(전작권) 전환계획에 지정된이행과업의"),
            (11, "완전운용능력(FOC) 검증을"),
            (11, "「2015년 조건에 기초한 전작권 전환 기본 계획」및「2018년 조건에"),
            (12, "명시한방위역량 확충을"),
            (16, "대량살상무기(WMD) 확보 및"),
            (16, "한미 대량살상무기대응위원회(CWMDC)를 통해"),
            (18, "한미 주한미군지위협정(SOFA)에 따른 적시적인"),
            (19, "특별협정(SMA)이 조속히"),
            (20, "제53차 SCM과 제46차 MCM을 2021년 상호 편리한 시기에 서울에서 개최하기로 하였다."),
        ],
    )
    def test_words(self, seed: Document, number: int, words: str) -> None:
        item = seed.paragraph(number)
        assert item
        assert words in item.parts[0].text

    def test_a_missing_full_stop_stays_missing(self, seed: Document) -> None:
        item = seed.paragraph(5)
        assert item
        assert item.parts[0].text.endswith("확인하였다")

    def test_spans_lead_to_the_source(self, seed: Document) -> None:
        for item in seed.paragraphs:
            whole = seed.source[item.start : item.end]
            assert re.match(rf"{item.number}\. ", whole)
            (part,) = item.parts
            assert plain(seed.source[part.start : part.end]) == plain(part.text)
            assert plain(whole) == f"{item.number}." + plain(part.text)

    @pytest.mark.parametrize(
        "change",
        [
            lambda raw: raw.replace("\n", "\r\n").encode(),
            lambda raw: unicodedata.normalize("NFD", raw).encode(),
            lambda raw: raw.encode("cp949"),
            lambda raw: raw.encode("utf-16"),
            lambda raw: raw.encode("utf-32"),
            lambda raw: raw.encode("utf-8-sig"),
            lambda raw: re.sub(r"(?m)[ ]+$", "", raw).encode(),
            lambda raw: re.sub(r"(?m)^[ ]+|[ ]+$", "", raw).replace("\n\n", "\n").encode(),
            lambda raw: re.sub(r"(?m)^( ?\d+)\. ", r"\1.", raw).encode(),
            lambda raw: re.sub(r"(?m)^( ?)(\d+)\. ", r"\1(\2) ", raw).encode(),
            lambda raw: raw.replace("1", "１").replace("１. 제52", "１．제52").encode(),
            lambda raw: raw.replace("//끝//", "").encode(),
        ],
        ids=[
            *("CRLF", "NFD", "cp949", "UTF-16", "UTF-32", "BOM", "no trailing blanks"),
            *("no blank lines", "10.양", "(1)", "wide digits", "no end mark"),
        ],
    )
    def test_however_it_was_saved_it_reads_the_same(
        self,
        seed: Document,
        written: Callable[[bytes], Path],
        change: Callable[[str], bytes],
    ) -> None:
        again = readers.read(written(change(SEED.read_text("utf-8")))).documents[0]
        assert text.fold(repr(shown(again))) == text.fold(repr(shown(seed)))
        assert again.facts.title == seed.facts.title
        assert again.doubts == ()

    def test_one_paragraph_on_each_line(self, seed: Document) -> None:
        lines = [f"{number}. {parts[0]}" for number, _, parts in shown(seed)]
        again = compose("\n".join([seed.facts.title, "2020. 10. 14.(수), 워싱턴", *lines]), FROM)
        assert shown(again) == shown(seed)
        assert (again.facts.held, again.facts.place) == (date(2020, 10, 14), "워싱턴")

    def test_wrapped_at_syllables_most_joins_are_right_and_others_are_doubts(
        self, seed: Document
    ) -> None:
        wrong = sure_and_wrong = total = 0
        for cells in (60, 66, 72, 78, 84, 90):
            wrapped, truth = wrapped_at_syllables(seed, cells)
            lines = split(wrapped)
            setting = Typesetting(lines)
            assert setting.layout is Layout.SYLLABLES
            for left, right, between, sure in joins(lines, setting):
                expected = truth.get((left.text, right.text), between)
                wrong += between != expected
                sure_and_wrong += sure and between != expected
                total += (left.text, right.text) in truth
        assert total > 800
        assert wrong < total * 0.11
        assert sure_and_wrong < total * 0.05


def wrapped_at_syllables(document: Document, cells: int) -> tuple[str, dict[tuple[str, str], str]]:
    """The text broken wherever a line is full, without trailing blanks, and the right joins."""
    lines: list[str] = []
    truth = {}
    for number, _, parts in shown(document):
        pieces = [""]
        for word in re.findall(r"[A-Za-z0-9()]+|.", f"{number}. {parts[0]}"):
            if text.width(pieces[-1] + word.rstrip()) > cells:
                pieces.append("")
            pieces[-1] += word
        for left, right in pairwise(pieces):
            blank = left.endswith(" ") or right.startswith(" ")
            truth[left.strip(), right.strip()] = " " if blank else ""
        lines += pieces
    return "\n".join(line.strip() for line in lines), truth


class TestArticle:
    """The article on the 57th: headed sections, sentences broken over lines, a site's footer."""

    def test_facts(self, article: Document) -> None:
        facts = article.facts
        assert (facts.id, facts.meeting, facts.kind) == ("57-article", 57, Kind.ARTICLE)
        assert not facts.official
        assert (facts.published, facts.held) == (date(2025, 11, 14), None)
        assert facts.place == "서울"
        assert facts.provenance.origin == "The file names no author and no address."
        assert facts.provenance.rights == "Nothing is known of its rights."

    def test_a_title_that_it_has_not_is_marked_as_given(self, article: Document) -> None:
        assert article.facts.title == "[제57차 한미안보협의회의(SCM) 해설]"
        assert [(it.kind, it.address) for it in article.doubts] == [("title", None)]

    def test_lead_in_and_eight_headed_sections(self, article: Document) -> None:
        assert [item.number for item in article.paragraphs] == list(range(9))
        headings = [item.heading for item in article.paragraphs]
        assert headings[0] == ""
        assert headings[1] == "한국 국방비 GDP 대비 3.5% 증액 — ‘안보 투자’의 전환점"
        assert headings[8] == "결론 — 21세기형 한미동맹, ‘동맹에서 파트너십으로’"
        assert all(headings[1:])

    def test_a_section_is_one_part_and_its_sentences_are_whole(self, article: Document) -> None:
        assert {len(item.parts) for item in article.paragraphs} == {1}
        section = article.paragraphs[6].parts[0].text
        ends = [section[start:end] for start, end in text.sentences(section)]
        assert len(ends) == 4
        assert all(end.endswith("다.") for end in ends)
        assert "위성체계(SEWS)’ 및 ‘한미 국방우주정책실무협의회(SCWG)’를 통한" in section

    def test_headings_may_be_set_off_by_empty_lines(self) -> None:
        source = "1. 확장억제\n\n첫째다.\n이어진다.\n2. 주한미군\n\n둘째다.\n이어진다."
        assert shown(compose(source, FROM)) == [
            (1, "확장억제", ["첫째다. 이어진다."]),
            (2, "주한미군", ["둘째다. 이어진다."]),
        ]

    def test_one_short_line_is_no_heading(self) -> None:
        source = "1. 확장억제\n첫째다.\n2. 둘째다.\n3. 셋째다."
        assert shown(compose(source, FROM))[0] == (1, "", ["확장억제 첫째다."])

    def test_the_footer_is_left_out_and_recorded(self, article: Document) -> None:
        (footer,) = article.dropped
        assert footer.kind == "site-footer"
        assert footer.text.startswith("'생활정보' 카테고리의 다른 글\n| 울산")
        assert footer.text.endswith("2025.11.14 |")
        kept = "".join(f"{n or ''}{'.' * (n > 0)}{h}{p[0]}" for n, h, p in shown(article))
        assert plain(kept) + plain(footer.text) == plain(article.source)

    def test_the_footer_stays_when_its_rule_is_off(self) -> None:
        document = readers.read(ARTICLE, text.RULES - {"site-footer"}).documents[0]
        assert document.dropped == ()
        assert "매몰자 7명" in "".join(part.text for part in document.paragraphs[-1].parts)


def test_doubtful_joins_are_reported_where_they_are() -> None:
    wrapped, _ = wrapped_at_syllables(readers.read(SEED).documents[0], 72)
    document = compose(wrapped, FROM)
    doubts = [it for it in document.doubts if it.kind == "join"]
    assert doubts
    for doubt in doubts:
        assert doubt.address
        item = document.paragraph(doubt.address.paragraph or 0)
        assert item
        assert doubt.text.replace("|", "") in item.parts[0].text
