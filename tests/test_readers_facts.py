"""A text tells its title, days, place, meeting, kind and language."""

from __future__ import annotations

import textwrap
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest

from scmtui import readers, text
from scmtui.model import Kind, Provenance
from scmtui.readers.document import compose

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.model import Document


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
