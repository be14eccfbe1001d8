"""A text tells its title, days, place, meeting, kind and language."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest

from scmtui import readers, text
from scmtui.model import Kind, Meeting, Name, Provenance
from scmtui.readers.catalogue import checked
from scmtui.readers.chairs import chairs
from scmtui.readers.document import compose
from scmtui.readers.facts import language

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.model import Document, Finding


SAMPLES = Path(__file__).parent / "samples"
ARTICLE = SAMPLES / "scm57-article.ko.txt"
FROM = Provenance("text.txt", "txt", "0" * 64)


def shown(document: Document) -> list[tuple[int, str, list[str]]]:
    """Numbers, headings and parts, to compare two documents by."""
    return [
        (item.number, item.heading, [part.text for part in item.parts])
        for item in document.paragraphs
    ]


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """`written("…")`: a file with this text or these bytes."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "some.txt"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


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
            ("english", ("54-en", Kind.COMMUNIQUE, False)),
            ("english, wrapped, no title", ("54-en", Kind.COMMUNIQUE, False)),
            ("title on two lines", ("55", Kind.COMMUNIQUE, False)),
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
        document = readers.read(path).documents[0]
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


def found(source: str, form: str = "txt") -> dict[str, Finding]:
    document = compose(textwrap.dedent(source), replace(FROM, format=form))
    for finding in document.findings:
        assert finding.agrees is None
        if finding.at is not None:
            near = document.source[finding.at : finding.at + 400]
            assert "".join(near.split()).startswith("".join(finding.quote.split())[:20])
    return {it.fact: it for it in document.findings}


KOREAN = """\
    제54차 한미안보협의회의(SCM) 공동성명
    2022년 11월 3일, 워싱턴 D.C.

    1. 제54차 한미안보협의회의(SCM)가 2022년 11월 3일 워싱턴 D.C.에서 개최되었다. 이종섭 대한민국
    국방부 장관과 로이드 오스틴(Lloyd J. Austin III) 미합중국 국방장관이 회의를 공동 주재하였다.
    2. 양 장관은 협력하기로 하였다.
    3. 끝이다.
    """
ENGLISH = """\
    JOINT COMMUNIQUÉ
    FIFTY-FOURTH SECURITY CONSULTATIVE MEETING
    Washington, D.C.
    November 3, 2022

    1. The 54th United States (U.S.)-Republic of Korea (ROK) Security Consultative Meeting (SCM)
    was held in Washington, D.C. on November 3, 2022. U.S. Secretary of Defense Lloyd J. Austin III
    and ROK Minister of National Defense Lee Jong-Sup led their respective delegations.
    2. They met. See No. 5 of the U.S. text.
    3. The end.
    """


NAME = "FIFTY-FOURTH SECURITY CONSULTATIVE MEETING"


class TestFindings:
    """What is found comes with the line that says so, in both languages."""

    def test_korean(self) -> None:
        known = found(KOREAN)
        assert {fact: it.value for fact, it in known.items()} == {
            "meeting": "54",
            "kind": "communique",
            "language": "ko",
            "held": "2022-11-03",
            "place": "워싱턴 D.C.",
            "official": "false",
            "rok_minister": "이종섭",
            "us_secretary": "로이드 오스틴",
        }
        assert known["held"].quote == known["place"].quote == "2022년 11월 3일, 워싱턴 D.C."
        assert known["rok_minister"].quote.startswith("이종섭 대한민국 국방부 장관과")
        assert known["rok_minister"].at == textwrap.dedent(KOREAN).index("이종섭")

    def test_english(self) -> None:
        known = found(ENGLISH)
        assert {fact: it.value for fact, it in known.items()} == {
            "meeting": "54",
            "kind": "communique",
            "language": "en",
            "held": "2022-11-03",
            "place": "Washington, D.C.",
            "official": "false",
            "rok_minister": "Lee Jong-Sup",
            "us_secretary": "Lloyd J. Austin III",
        }
        assert known["meeting"].quote == known["kind"].quote == "JOINT COMMUNIQUÉ " + NAME
        document = compose(textwrap.dedent(ENGLISH), FROM)
        assert [item.number for item in document.paragraphs] == [1, 2, 3]
        assert document.paragraphs[1].parts[0].text == "They met. See No. 5 of the U.S. text."

    @pytest.mark.parametrize(
        ("line", "who"),
        [
            (
                "서 욱 대한민국 국방부장관과 마크 에스퍼 ( Mark T. Esper ) 미합중국 국방장관",
                ("서 욱", "마크 에스퍼"),
            ),
            ("안규백 국방부 장관과 미국의 피트 헤그세스 전쟁부 장관", ("안규백", "피트 헤그세스")),
            ("신원식 국방부 장관과 로이드 오스틴 미 국방장관", ("신원식", "로이드 오스틴")),
            ("한미 국방부 장관", (None, None)),
            (
                "Secretary of War Pete Hegseth and Minister of National Defense Ahn Gyu-back",
                ("Ahn Gyu-back", "Pete Hegseth"),
            ),
            (
                "ROK Defense Minister Suh Wook and Mark T. Esper, the U.S. Secretary of Defense",
                ("Suh Wook", "Mark T. Esper"),
            ),
        ],
    )
    def test_who_chaired(self, line: str, who: tuple[str | None, str | None]) -> None:
        chaired = {it: name for it, name, _ in chairs(line, language(line))}
        assert (chaired.get("rok_minister"), chaired.get("us_secretary")) == who

    @pytest.mark.parametrize(
        ("title", "meeting"),
        [
            ("제54차 한미안보협의회의 공동성명", "54"),
            ("제 54 차 SCM 공동성명", "54"),
            ("제54차 한·미 안보협의회의(SCM) 공동성명", "54"),
            ("Joint Communiqué of the 51st Security Consultative Meeting", "51"),
            ("Joint Communiqué of the Thirtieth Security Consultative Meeting", "30"),
            ("Joint Communiqué of the Forty-Second U.S.-ROK Security Consultative Meeting", "42"),
            ("Joint Statement of the ninety first SCM", "91"),
            ("제99999999999999999999차 SCM 공동성명", None),
            ("제0차 SCM 공동성명", None),
            ("제1234차 SCM 공동성명", None),
        ],
    )
    def test_which_meeting(self, title: str, meeting: str | None) -> None:
        document = compose(f"{title}\n1. 하나다.\n2. 둘이다.", FROM)
        assert str(document.facts.meeting) == str(meeting)
        doubtful = [it.text for it in document.doubts if it.kind == "meeting"]
        assert bool(doubtful) == (meeting is None)

    OFFICIAL = "제54차 한미안보협의회의(SCM) 공동성명\n2022년 11월 3일\n1. 하나다.\n2. 둘이다.\n"

    @pytest.mark.parametrize(
        ("source", "form", "official"),
        [
            (OFFICIAL, "txt", False),
            (f"{OFFICIAL}//끝//", "pdf", True),
            (f"{OFFICIAL}끝.", "pdf", False),
            (f"{OFFICIAL}//끝//", "html", False),
            (f"대한민국 국방부\n보도자료\n{OFFICIAL}", "html", True),
            (f"{OFFICIAL}https://www.mnd.go.kr/user/a", "html", True),
            (f"{OFFICIAL}https://www.mnd.go.kr.example.com/a", "html", False),
            (f"{OFFICIAL}출처: 아무개 신문\n//끝//", "txt", False),
            (f"{OFFICIAL}홍길동 기자\n//끝//", "txt", False),
        ],
    )
    def test_a_title_alone_makes_nothing_official(
        self, source: str, form: str, official: bool
    ) -> None:
        known = found(source, form)["official"]
        assert known.value == ("true" if official else "false")
        assert known.quote or not official

    @pytest.mark.parametrize(
        ("source", "place"),
        [
            ("제54차 SCM의 의의\n2022. 11. 10.\n김 아무개\n\n제54차 SCM을 다룬다.\n끝.", None),
            (
                "제54차 SCM 결과\n\n양국은 3일 워싱턴에서 제54차 SCM을 열고 협력하기로 했다.",
                "워싱턴",
            ),
            ("제54차 SCM 결과\n\n국방부 청사에서 제54차 SCM 준비회의를 마련했다.", None),
            ("펫코파크에서 열린 경기다. 회의가 아니다.", None),
            (
                "The 54th SCM was held at the Pentagon in Washington, D.C. on a day.",
                "Washington, D.C.",
            ),
            ("The 55th SCM was held in Seoul, Republic of Korea. It ended.", "Seoul"),
        ],
    )
    def test_place(self, source: str, place: str | None) -> None:
        known = found(source).get("place")
        assert (known.value if known else None) == place

    def test_published_is_not_held(self) -> None:
        known = found("제54차 SCM 공동성명\n등록일 2022-11-04\n2022년 11월 3일, 서울\n1. 하나다.")
        assert (known["held"].value, known["published"].value) == ("2022-11-03", "2022-11-04")
        assert known["published"].quote == "등록일 2022-11-04"
        later = found(
            "제54차 SCM 공동성명\n2022. 11. 4.\n"
            "1. 제54차 SCM이 2022년 11월 3일 서울에서 개최되었다.\n2. 둘이다."
        )
        assert (later["held"].value, later["published"].value) == ("2022-11-03", "2022-11-04")

    def test_a_text_without_a_first_sentence_is_named_after_its_file(self) -> None:
        document = compose("1.\n2.\n3.", FROM)
        assert document.facts.title == "[text.txt]"
        assert [it.kind for it in document.doubts] == ["title", *["empty"] * 3]


class TestCatalogue:
    """What is found is compared with what is known of the meeting."""

    MEETING = Meeting(
        54,
        date(2022, 11, 3),
        Name("워싱턴 D.C.", "Washington, D.C."),
        Name("이종섭", "Lee Jong-sup"),
        Name("로이드 오스틴", "Lloyd J. Austin III"),
    )

    @pytest.mark.parametrize("source", [KOREAN, ENGLISH])
    def test_it_agrees(self, source: str) -> None:
        document = checked(compose(textwrap.dedent(source), FROM), self.MEETING)
        agrees = {it.fact for it in document.findings if it.agrees}
        assert agrees == {"meeting", "held", "place", "rok_minister", "us_secretary"}
        assert all(it.agrees is not False for it in document.findings)
        assert document.doubts == ()

    def test_it_differs_with_a_doubt_for_each(self) -> None:
        source = KOREAN.replace("11월 3일", "12월 3일").replace("이종섭", "홍길동")
        document = compose(textwrap.dedent(source.replace("워싱턴 D.C.", "서울")), FROM)
        once = checked(document, self.MEETING)
        differing = [it.fact for it in once.findings if it.agrees is False]
        assert differing == ["held", "place", "rok_minister"]
        assert [it.kind for it in once.doubts] == ["catalogue"] * 3
        assert checked(once, self.MEETING) == once

    def test_of_what_it_does_not_know_it_says_nothing(self) -> None:
        document = compose(textwrap.dedent(KOREAN), FROM)
        assert checked(document, None) == document
        bare = checked(document, Meeting(54))
        assert [it.fact for it in bare.findings if it.agrees is not None] == ["meeting"]
