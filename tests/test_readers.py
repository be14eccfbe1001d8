"""A file becomes a document: every join right, nothing lost, every doubt recorded."""

from __future__ import annotations

import os
import re
import textwrap
import unicodedata
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import readers, text
from scmtui.model import Kind, Provenance, ReadError
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


def numbered(*texts: str) -> str:
    return "\n".join(f"{number}. {it}" for number, it in enumerate(texts, 1))


@pytest.fixture(scope="module")
def seed() -> Document:
    return readers.read(SEED)


@pytest.fixture(scope="module")
def article() -> Document:
    return readers.read(ARTICLE)


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
        again = readers.read(written(change(SEED.read_text("utf-8"))))
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
        document = readers.read(ARTICLE, text.RULES - {"site-footer"})
        assert document.dropped == ()
        assert "매몰자 7명" in "".join(part.text for part in document.paragraphs[-1].parts)


class TestNumbering:
    """Numbers that jump, repeat or are missing: read all the same, with a doubt for each."""

    def doubts(self, source: str) -> tuple[list[int], list[tuple[str, str]]]:
        document = compose(f"제52차 SCM 공동성명\n{source}", FROM)
        body = "".join(
            f"{item.number or ''}{part.text}" for item in document.paragraphs for part in item.parts
        )
        lost = set(re.findall(r"[가-힣]+", source)) - set(re.findall(r"[가-힣]+", body))
        assert not lost
        return [item.number for item in document.paragraphs], [
            (str(it.address), it.text) for it in document.doubts
        ]

    def test_a_jump(self) -> None:
        numbers, doubts = self.doubts("1. 하나다.\n2. 둘이다.\n5. 다섯이다.\n6. 여섯이다.")
        assert numbers == [1, 2, 5, 6]
        assert doubts == [("52:5", "After paragraph 2 comes paragraph 5.")]

    def test_a_repeated_number_is_a_part_that_keeps_it(self) -> None:
        document = compose("1. 하나다.\n2. 둘이다.\n2. 또 둘이다.\n3. 셋이다.", FROM)
        assert shown(document)[1:] == [(2, "", ["둘이다.", "2. 또 둘이다."]), (3, "", ["셋이다."])]
        numbering = [it for it in document.doubts if it.kind == "numbering"]
        assert [str(it.address) for it in numbering] == ["x-text:2.2"]
        assert numbering[0].text == "A line begins with the number 2, which was there before."

    def test_a_number_that_comes_late(self) -> None:
        numbers, doubts = self.doubts(
            "1. 하나다.\n2. 둘이다.\n4. 넷이다.\n3. 셋이다.\n5. 다섯이다."
        )
        assert numbers == [1, 2, 4, 3, 5]
        assert [at for at, _ in doubts] == ["52:4", "52:3", "52:5"]
        assert doubts[1][1] == "Paragraph 3 stands after paragraph 4."

    def test_a_first_number_that_is_not_one(self) -> None:
        numbers, doubts = self.doubts("3. 셋이다.\n4. 넷이다.")
        assert numbers == [3, 4]
        assert doubts == [("52:3", "The paragraphs begin with the number 3.")]

    def test_no_numbers_at_all(self) -> None:
        numbers, doubts = self.doubts("하나다. 둘이다.\n셋이다. 넷이다.")
        assert numbers == [0]
        assert doubts == [("52:0", "The text has no numbered paragraphs.")]

    def test_a_broken_date_opens_nothing(self) -> None:
        source = "1. 하나다.\n2. 둘이다.\n3. 회의는 2022.\n4. 3. 서울에서 열렸다.\n4. 끝이다."
        document = compose(source, FROM)
        assert shown(document)[2:] == [
            (3, "", ["회의는 2022. 4. 3. 서울에서 열렸다."]),
            (4, "", ["끝이다."]),
        ]

    def test_a_number_within_a_sentence_opens_nothing(self) -> None:
        wrapped = "1. " + "양 장관은 한미동맹의 연합방위태세를 점검하였고 확장억제를\n" * 6
        document = compose(wrapped + "7. 항에 적힌 대로 하였다.\n2. 둘이다.", FROM)
        assert [item.number for item in document.paragraphs] == [1, 2]

    def test_a_number_after_a_comma_or_a_particle_opens_nothing(self) -> None:
        document = compose("1. 하나다.\n2. 셋과,\n3. 넷을\n3. 보았다.\n3. 셋이다.", FROM)
        assert shown(document)[1:] == [(2, "", ["셋과, 3. 넷을 3. 보았다."]), (3, "", ["셋이다."])]

    def test_an_unfinished_line_that_wants_no_other_ends_a_paragraph(self) -> None:
        assert len(compose("1. 합의 사항\n2. 둘이다.", FROM).paragraphs) == 2
        line = "양 장관은 한미동맹의 연합방위태세를 점검하고 확장억제의 실행력을"
        for end in (" ", ""):
            wrapped = f"{line}{end}\n" * 6
            document = compose(f"1. {wrapped}확대 합의\n2. {wrapped}마친다.", FROM)
            assert [item.number for item in document.paragraphs] == [1, 2]

    @pytest.mark.parametrize("before", ["하였음", "추진함", "합의됨.", "확인하였다", "하였다.”"])
    def test_these_endings_finish_a_paragraph(self, before: str) -> None:
        filler = "양 장관은 한미동맹의 연합방위태세를 점검하였고 확장억제의 실행력을 \n" * 6
        document = compose(f"1. {filler}{before} \n2. 둘이다.\n", FROM)
        assert [item.number for item in document.paragraphs] == [1, 2]

    def test_a_number_on_a_line_of_its_own(self) -> None:
        assert shown(compose("1.\n하나다.\n2.\n둘이다.", FROM)) == [
            (1, "", ["하나다."]),
            (2, "", ["둘이다."]),
        ]

    def test_decimals_and_other_marks_are_no_numbers(self) -> None:
        document = compose("1. 하나다.\n2.5% 늘었다.\n2) 세부다.\n2. 둘이다.", FROM)
        assert shown(document) == [
            (1, "", ["하나다. 2.5% 늘었다.", "2) 세부다."]),
            (2, "", ["둘이다."]),
        ]

    def test_ten_thousand_paragraphs(self) -> None:
        source = numbered(*("양 장관은 협력하기로 하였다." for _ in range(10_000)))
        document = compose(source, FROM)
        assert [item.number for item in document.paragraphs] == list(range(1, 10_001))


class TestParts:
    """Several 문단 in one paragraph, however they are set."""

    PARTS = ("첫째 문단이다. 그 둘째 문장이다.", "둘째 문단이다. 길게 이어진다.", "셋째 문단이다.")

    @pytest.mark.parametrize("glue", ["\n", "\n\n", "\n   "])
    def test_on_lines_of_their_own(self, glue: str) -> None:
        document = compose("1. 하나다.\n2. " + glue.join(self.PARTS) + "\n3. 셋이다.", FROM)
        assert [parts for _, _, parts in shown(document)][1] == list(self.PARTS)

    def test_after_a_line_that_ends_early(self) -> None:
        long = (
            "양 장관은 한미동맹의 연합방위태세를 점검하고 확장억제의 실행력을 높이기로 하였다. " * 5
        )
        wrapped = [textwrap.fill(long + end, 44) for end in ("이로써 끝났다.", "이만 마친다.")]
        document = compose(f"1. {wrapped[0]}\n{wrapped[1]}\n2. 둘이다.", FROM)
        assert [len(parts) for _, _, parts in shown(document)] == [2, 1]
        assert plain(document.paragraphs[0].parts[1].text) == plain(long + "이만 마친다.")

    def test_after_a_finished_line_without_the_trailing_blank(self) -> None:
        lines = "양 장관은 한미동맹의 연합방위태세를 \n" * 8
        document = compose(f"1. {lines}점검하였다.\n{lines}마친다.\n2. 둘이다. \n", FROM)
        assert [len(parts) for _, _, parts in shown(document)] == [2, 1]

    def test_bullets_begin_parts(self) -> None:
        source = "□ 개최함.\n  ㅇ 논의하고\n   협력하기로 함.\n  - 점검함.\n※ 끝 부분"
        assert shown(compose(f"개최 결과\n{source}", FROM))[0][2] == [
            "□ 개최함.",
            "ㅇ 논의하고 협력하기로 함.",
            "- 점검함.",
            "※ 끝 부분",
        ]

    def test_lines_stay_broken_when_the_rule_is_off(self) -> None:
        document = compose(
            "1. 양 장관은 핵을,\n  논의하였다.\n2. 끝이다.", FROM, text.RULES - {"line-breaks"}
        )
        assert document.paragraphs[0].parts[0].text == "양 장관은 핵을,\n논의하였다."


class TestFacts:
    """What a text says of itself."""

    SOURCES: ClassVar[dict[str, str]] = {
        "english": """\
            JOINT COMMUNIQUÉ
            54TH U.S.-ROK SECURITY CONSULTATIVE MEETING
            November 3, 2022, Washington D.C.

            1. The 54th Security Consultative Meeting (SCM) was held in Seoul.

            2. They agreed.
            """,
        "english, wrapped, no title": """\
            1. The 54th United States (U.S.)-Republic of Korea (ROK)
            Security Consultative Meeting (SCM) was held in
            Washington, D.C. on November 3, 2022. They met.
            2. They agreed on the alliance and on its future, and on
            what it stands for.
            3. They left.
            """,
        "title on two lines": """\
            제55차 한미안보협의회의(SCM)
            공동성명
            2023. 11. 13.(월)
            서울
            1. 하나다.
            """,
        "copy of a site, impossible date": """\
            제55차 SCM 공동성명
            (2023년 13월 40일)
            1. 하나다.
            출처: https://example.com/a
            """,
        "press release": """\
            보도자료
            국방부
            2023. 11. 13.

            제55차 한미안보협의회의(SCM) 개최 결과

            □ 제55차 SCM을 개최함.
            끝.
            """,
        "article": """\
            한미 SCM 분석
            홍길동 기자
            2024-10-31

            제56차 SCM이 워싱턴에서 열렸다. 이는 길다.
            끝났다.
            """,
        "another text": """\
            국방백서 2022

            제1장 안보환경

            세계는 변한다. 동북아도 변한다.
            """,
        "no meeting and no title": "이 글은 회의와 무관하다. 그래도 읽는다.",
        "nothing but a sentence": "The end.",
    }

    @pytest.mark.parametrize(
        ("source", "known"),
        [
            ("english", ("54-en", Kind.COMMUNIQUE, True)),
            ("english, wrapped, no title", ("54-en", Kind.COMMUNIQUE, True)),
            ("title on two lines", ("55", Kind.COMMUNIQUE, True)),
            ("copy of a site, impossible date", ("55", Kind.COMMUNIQUE, False)),
            ("press release", ("55-press", Kind.PRESS, True)),
            ("article", ("56-article", Kind.ARTICLE, False)),
            ("another text", ("x-국방백서-2022", Kind.OTHER, False)),
            ("no meeting and no title", ("x-text", Kind.OTHER, False)),
            ("nothing but a sentence", ("x-text", Kind.OTHER, False)),
        ],
    )
    def test_kind(self, source: str, known: tuple[str, Kind, bool]) -> None:
        facts = compose(textwrap.dedent(self.SOURCES[source]), FROM).facts
        assert (facts.id, facts.kind, facts.official) == known
        assert facts.language == ("en" if "en" in source or "sentence" in source else "ko")

    @pytest.mark.parametrize(
        ("source", "title"),
        [
            ("english", "JOINT COMMUNIQUÉ 54TH U.S.-ROK SECURITY CONSULTATIVE MEETING"),
            (
                "english, wrapped, no title",
                "[Security Consultative Meeting (SCM) 54: joint communiqué]",
            ),
            ("title on two lines", "제55차 한미안보협의회의(SCM) 공동성명"),
            ("copy of a site, impossible date", "제55차 SCM 공동성명"),
            ("press release", "제55차 한미안보협의회의(SCM) 개최 결과"),
            ("article", "한미 SCM 분석"),
            ("another text", "국방백서 2022"),
            ("no meeting and no title", "[이 글은 회의와 무관하다.]"),
            ("nothing but a sentence", "[The end.]"),
        ],
    )
    def test_title(self, source: str, title: str) -> None:
        assert compose(textwrap.dedent(self.SOURCES[source]), FROM).facts.title == title

    @pytest.mark.parametrize(
        ("source", "held", "published", "place"),
        [
            ("english", date(2022, 11, 3), None, "Washington D.C."),
            ("english, wrapped, no title", date(2022, 11, 3), None, "Washington, D.C."),
            ("title on two lines", date(2023, 11, 13), None, "서울"),
            ("copy of a site, impossible date", None, None, ""),
            ("press release", None, date(2023, 11, 13), ""),
            ("article", None, date(2024, 10, 31), "워싱턴"),
            ("another text", None, None, ""),
        ],
    )
    def test_days_and_place(
        self, source: str, held: date | None, published: date | None, place: str
    ) -> None:
        facts = compose(textwrap.dedent(self.SOURCES[source]), FROM).facts
        assert (facts.held, facts.published, facts.place) == (held, published, place)

    def test_a_long_title_over_narrow_lines(self) -> None:
        title = "Joint Communiqué of the 54th U.S.-ROK Security Consultative Meeting"
        wrapped = textwrap.fill("They met and they agreed on all that was before them. " * 9, 60)
        document = compose(f"{title}\n\n{wrapped}", FROM)
        assert document.facts.title == title
        assert [item.number for item in document.paragraphs] == [0]

    def test_a_title_is_not_taken_for_the_whole_text(self) -> None:
        document = compose("국방백서", FROM)
        assert shown(document) == [(0, "", ["국방백서"])]

    def test_other_lines_before_the_text_are_recorded(self, written: Callable[[str], Path]) -> None:
        path = written(
            "제56차 SCM 분석\n홍길동 기자\n2024. 10. 31.\n\n제56차 SCM이 열렸다.\n끝났다."
        )
        document = readers.read(path)
        assert [(it.kind, it.text) for it in document.dropped] == [("header", "홍길동 기자")]
        assert document.facts.provenance.origin == "홍길동 기자"

    def test_an_end_mark_within_the_last_line(self) -> None:
        document = compose("1. 하나다.\n2. 둘이다. <끝>\n담당: 홍길동", FROM)
        assert shown(document)[-1] == (2, "", ["둘이다."])
        assert [(it.kind, it.text) for it in document.dropped] == [
            ("end-mark", "<끝>\n담당: 홍길동")
        ]
        kept = compose("1. 하나다.\n2. 둘이다. <끝>", FROM, text.RULES - {"end-mark"})
        assert shown(kept)[-1] == (2, "", ["둘이다. <끝>"])

    def test_a_word_of_a_footer_with_paragraphs_below_is_none(self) -> None:
        source = "1. 하나다.\n관련 기사\n2. 둘이다.\n3. 셋이다."
        assert compose(source, FROM).dropped == ()


def test_blanks_that_stray_at_the_ends_of_loose_lines_mean_nothing() -> None:
    lines = [
        "양측은 ",
        "핵 위협을 점검하고 또한 아주 길게 이어지는 문장에서 ",
        "앞으로도",
        "협력한다.",
    ]
    document = compose("\n".join(["1. 하나다.", "2. 둘이다.", *lines]), FROM)
    assert document.paragraphs[1].parts[0].text.endswith("문장에서 앞으로도 협력한다.")


def test_doubtful_joins_are_reported_where_they_are() -> None:
    wrapped, _ = wrapped_at_syllables(readers.read(SEED), 72)
    document = compose(wrapped, FROM)
    doubts = [it for it in document.doubts if it.kind == "join"]
    assert doubts
    for doubt in doubts:
        assert doubt.address
        item = document.paragraph(doubt.address.paragraph or 0)
        assert item
        assert doubt.text.replace("|", "") in item.parts[0].text


def test_english_lines_join_at_blanks_and_hyphens() -> None:
    lines = [
        "1. The Secretary and the Minister reaffirmed the U.S.-",
        "ROK alliance and noted that the Security Consultative",
        "(SCM) meetings have been held every year since it was",
        "founded, and they agreed to meet again in the year to",
        "come. 2.",
    ]
    assert compose("\n".join(lines), FROM).paragraphs[0].parts[0].text == (
        "The Secretary and the Minister reaffirmed the U.S.-ROK alliance and noted that the"
        " Security Consultative (SCM) meetings have been held every year since it was founded,"
        " and they agreed to meet again in the year to come. 2."
    )


def test_reading_again_by_other_rules_keeps_the_facts(written: Callable[[str], Path]) -> None:
    read = readers.read(written("제52차 SCM 공동성명\u200b\n1. 회의 ( SCM ) 가 열렸다.\n//끝//"))
    assert readers.reread(read, text.RULES) == read
    other = readers.reread(read, frozenset())
    assert other.facts == read.facts
    assert shown(other) == [(1, "", ["회의 ( SCM ) 가 열렸다.\n//끝//"])]
    assert [it.text for it in other.dropped] == ["invisible characters: 1"]


def test_what_cleaning_removed_is_told(written: Callable[[str], Path]) -> None:
    document = readers.read(written("1. \x1b[31m하나\u200b\u200b다.\u202e"))
    assert shown(document) == [(1, "", ["하나다."])]
    assert [(it.kind, it.text) for it in document.dropped] == [
        ("cleaned", "characters that turn the direction of writing: 1"),
        ("cleaned", "escape sequences: 1"),
        ("cleaned", "invisible characters: 2"),
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "“some.txt” is empty."),
        (b" \n\t\n\xe2\x80\x8b", "“some.txt” holds no text."),
        (b"\n" * readers.LARGEST, "“some.txt” holds no text."),
        (b"\n" * (readers.LARGEST + 1), "“some.txt” is larger than 5 MB."),
        (b"a\n" * 200_001, "“some.txt” has more than 200000 lines."),
        (b"%PDF-1.7 ...", "“some.txt” is a PDF file, which cannot be read here."),
        (b"PK\x03\x04....", "“some.txt” is a ZIP file, which cannot be read here."),
        (bytes(range(256)) * 8, "“some.txt” is not a text that can be read."),
        (b"\x00\x01\x02\x03" * 50, "“some.txt” is not a text that can be read."),
        (b"\xff\xfe\x00\xd8\x00", "“some.txt” is not a text that can be read."),
        ("고요".encode("utf-16")[:-1], "“some.txt” is not a text that can be read."),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(
    written: Callable[[bytes], Path], content: bytes, told: str
) -> None:
    with pytest.raises(ReadError) as refusal:
        readers.read(written(content))
    assert str(refusal.value).startswith(f"{told} Nothing was changed.")


def test_only_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "link").symlink_to(SEED)
    assert readers.read(tmp_path / "link").facts.id == "52"
    for path, told in [
        (tmp_path / "none.txt", "There is no file “none.txt”."),
        (tmp_path, f"“{tmp_path.name}” is a folder."),
        (tmp_path / "pipe", "“pipe” is not a file with text in it."),
        (Path("/dev/zero"), "“zero” is not a file with text in it."),
        (tmp_path / "loop", "“loop” cannot be read: Too many levels of symbolic links."),
        (tmp_path / "a\0b", "“ab” cannot be read: embedded null byte."),
    ]:
        with pytest.raises(ReadError) as refusal:
            readers.read(path)
        assert str(refusal.value) == f"{told} Nothing was changed."


def test_a_file_that_may_not_be_read(
    written: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    path = written("1. 하나다.")
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(ReadError, match=r"You may not read “some\.txt”"):
        readers.read(path)


source_lines = st.lists(
    st.text("가나다 1.2)(,다함”“A-|□", max_size=30)
    | st.sampled_from(
        ["1. 하나다.", "2. 둘이다. ", "", " \t", "제52차 SCM 공동성명", "2020. 10. 14.", "끝."]
    )
)


@given(source_lines.map("\n".join), st.sets(st.sampled_from(sorted(text.RULES))))
def test_no_character_of_any_text_is_lost(raw: str, rules: set[str]) -> None:
    source = text.clean(raw).text
    document = compose(source, FROM, rules)
    covered = 0
    for item in document.paragraphs:
        if covered:
            assert not source[covered : item.start].strip()
        covered = item.end
        inside = plain(source[item.start : item.end])
        body = plain(item.heading + "".join(part.text for part in item.parts))
        assert inside.endswith(body)
        opened = text.fold(inside[: len(inside) - len(body)])
        assert re.fullmatch(rf"\(?0*{item.number}[.)]" if item.number else "", opened)
        for part in item.parts:
            assert plain(part.text) == plain(source[part.start : part.end])
    below = "".join(it.text for it in document.dropped if it.kind in {"end-mark", "site-footer"})
    assert plain(source[covered:]) == plain(below) or not document.paragraphs
    assert document.paragraphs or plain(source) == plain(below)
    assert len({item.number for item in document.paragraphs}) == len(document.paragraphs)


@given(source_lines.map("\n".join))
def test_reading_again_gives_the_same(raw: str) -> None:
    document = compose(text.clean(raw).text, FROM)
    assert readers.reread(document, text.RULES) == document
