"""Bytes become characters, and Markdown becomes words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import readers
from scmtui.model import ReadError
from scmtui.readers import formats, md, txt
from scmtui.readers.encoding import decoded, forgiving
from scmtui.readers.extracted import Task

if TYPE_CHECKING:
    from scmtui.readers.extracted import Extracted

SEED = Path(__file__).parent / "samples" / "scm52-communique.ko.txt"


class TestEncoding:
    """The encodings that Korean text comes in."""

    @pytest.mark.parametrize(
        "encoding",
        ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
    )
    def test_with_a_mark_or_without(self, encoding: str) -> None:
        source = SEED.read_text("utf-8")
        assert txt.extract(source.encode(encoding), Task("a.txt")).text == source
        english = "1. The 54th SCM was held.\n2. They met.\n" * 9
        assert decoded(english.encode(encoding), "a.txt") == english

    @pytest.mark.parametrize(
        ("data", "declared", "text"),
        [
            ("한미".encode("johab"), "JOHAB", "한미"),
            ("한미".encode("iso2022_kr"), "ISO-2022-KR", "한미"),
            ("café".encode("cp1252"), "iso-8859-1", "café"),
            ("한미".encode(), "euc-kr", "한미"),
            ("한미".encode("cp949"), "utf-8", "한미"),
            ("한미".encode("cp949"), "zip", "한미"),
        ],
    )
    def test_what_is_declared_comes_second(self, data: bytes, declared: str, text: str) -> None:
        assert decoded(data, "a.html", declared) == text

    @pytest.mark.parametrize(
        "data", [bytes(range(256)) * 8, b"\x00\x01\x02\x03" * 50, b"\xff\xfe\x00\xd8\x00", b"\xff"]
    )
    def test_what_is_no_text_is_refused(self, data: bytes) -> None:
        with pytest.raises(ReadError, match="is not a text that can be read"):
            decoded(data, "a.txt")
        with pytest.raises(ReadError, match="is not a text that can be read"):
            forgiving(data * 9, "a.txt")

    def test_a_few_broken_characters_are_counted(self) -> None:
        source = SEED.read_text("utf-8")
        broken = source.encode().replace("동맹".encode(), b"\xff\xfe", 1)
        found, (doubt,) = forgiving(broken, "a.html")
        assert doubt.text == "2 characters were broken and are shown as “�”."
        assert found.replace("\ufffd\ufffd", "동맹") == source
        assert forgiving(source.encode(), "a.html") == (source, ())
        for reader in (txt, md):
            page = reader.extract(broken, Task("a.txt"))
            assert page.doubts == (doubt,)
            assert "\ufffd\ufffd" in page.text

    @given(st.binary(max_size=200))
    def test_no_bytes_are_too_odd(self, data: bytes) -> None:
        try:
            found = decoded(data, "a.txt")
        except ReadError as error:
            assert "a.txt" in str(error)  # noqa: PT017 - either is right
        else:
            assert isinstance(found, str)

    def test_mac_line_ends_and_form_feeds(self, tmp_path: Path) -> None:
        path = tmp_path / "mac.txt"
        path.write_bytes("제54차 SCM 공동성명\r1. 하나다.\f2. 둘이다.\r".encode())
        (document,) = readers.read(path).documents
        assert [(it.number, it.parts[0].text) for it in document.paragraphs] == [
            (1, "하나다."),
            (2, "둘이다."),
        ]


def read(source: str) -> Extracted:
    return md.extract(source.encode(), Task("a.md"))


class TestMarkdown:
    """Its words, its numbers, and none of its marks."""

    @pytest.mark.parametrize(
        ("line", "shown"),
        [
            ("**굵은** *기운* ***둘 다*** ~~지운~~ `코드` 글", "굵은 기운 둘 다 지운 코드 글"),
            ("__굵은__ _기운_ snake_case_name 글", "굵은 기운 snake_case_name 글"),
            ("[한미동맹](https://example.com)과 [SCM][1]", "한미동맹과 SCM"),
            ("![그림](a.png)글 <https://example.com/a>", "글 https://example.com/a"),
            ("<b>굵은</b> <span style='x'>글</span> 3 < 4", "굵은 글 3 < 4"),
            (r"\*별\* \# 1\. \[괄호\]", "*별* # 1. [괄호]"),
            ("> 따온 글", "따온 글"),
            ("* 점", "- 점"),
            ("  + 점", "  - 점"),
            ("| 가 | **나** |", "가\t나"),
            ("2 * 3 * 4", "2 * 3 * 4"),
            ("글이 끝난다.  ", "글이 끝난다."),
        ],
    )
    def test_marks_are_taken_away(self, line: str, shown: str) -> None:
        assert read(line).text == shown

    def test_headings_stand_alone_and_rules_are_gaps(self) -> None:
        source = "# 제목 #\n글이다.\n\n***\n| a |\n|---|\n##### 끝"
        lines = [line for line in read(source).text.split("\n") if line]
        assert lines == ["제목", "글이다.", "a", "끝"]
        assert "\n\n끝\n" in read(source).text

    @pytest.mark.parametrize(
        ("source", "numbers"),
        [
            ("1. 가\n1. 나\n1. 다", ["1. 가", "2. 나", "3. 다"]),
            ("1. 가\n2. 나\n4. 라", ["1. 가", "2. 나", "4. 라"]),
            ("3) 다\n3) 라", ["3) 다", "4) 라"]),
            ("1. 가\n   1. 속\n   1. 속\n1. 나", ["1. 가", "   1. 속", "   2. 속", "2. 나"]),
            ("1. 가\n\n   이어진 글\n\n1. 나", ["1. 가", "   이어진 글", "2. 나"]),
            ("1. 가\n\n글이다.\n\n1. 나", ["1. 가", "글이다.", "1. 나"]),
            ("1. 가\n\n# 새 장\n\n1. 나", ["1. 가", "새 장", "1. 나"]),
        ],
    )
    def test_lists_number_themselves(self, source: str, numbers: list[str]) -> None:
        assert [line for line in read(source).text.split("\n") if line] == numbers

    def test_what_is_not_text_is_told(self) -> None:
        page = read("---\ntitle: 공동성명\n---\n글이다.\n<!-- 숨은\n글 -->\n<p>둘</p><br>셋")
        assert [line for line in page.text.split("\n") if line] == ["글이다.", "둘", "셋"]
        assert [(it.kind, it.text) for it in page.dropped] == [
            ("front-matter", "---\ntitle: 공동성명\n---"),
            ("hidden", "숨은\n글"),
        ]

    def test_code_is_left_as_it_is(self) -> None:
        assert read("```text\n# 글 **굵게**\n```\n**글**\n~~~\n*a*\n~~~").text == (
            "# 글 **굵게**\n글\n*a*"
        )

    def test_what_never_ends_takes_no_time(self) -> None:
        long = "**가** " * (md.LONGEST // 3)
        assert read(long).text == long
        assert read("<!--" * 200_000).text == "<!--" * 200_000
        assert read("가<!-- a --> <!-- b").text == "가 <!-- b"

    def test_a_communique_in_markdown(self, tmp_path: Path) -> None:
        path = tmp_path / "54.md"
        path.write_text(
            "# 제54차 한미안보협의회의(SCM) 공동성명\n\n2022년 11월 3일, 워싱턴 D.C.\n\n"
            "1. **제54차** SCM이 2022년 11월 3일 워싱턴에서 개최되었다.\n\n"
            "1. 양 장관은 [확장억제](x)를 재확인하였다.\n\n   그 둘째 문단이다.\n\n1. 셋째이다.\n",
            "utf-8",
        )
        (document,) = readers.read(path).documents
        assert document.id == "54"
        assert document.facts.provenance.format == "md"
        assert [[part.text for part in item.parts] for item in document.paragraphs] == [
            ["제54차 SCM이 2022년 11월 3일 워싱턴에서 개최되었다."],
            ["양 장관은 확장억제를 재확인하였다.", "그 둘째 문단이다."],
            ["셋째이다."],
        ]
        assert str(document.facts.held) == "2022-11-03"

    @given(st.text("#*_`~[]()<>!\\|-+>1. 가a\n\t&", max_size=80))
    def test_no_letter_is_lost(self, source: str) -> None:
        shown = read(source).text
        if not set("<([`~!") & set(source):
            assert shown.count("가") == source.count("가")
            assert shown.count("a") == source.count("a")


def test_the_sample_reads_like_the_seed() -> None:
    (document,) = readers.read(SEED.with_name("scm52-opening.ko.md")).documents
    (seed,) = readers.read(SEED).documents
    assert document.id == "52"
    assert str(document.facts.held) == "2020-10-14"
    assert document.facts.place == "워싱턴 D.C."
    assert [it.kind for it in document.dropped] == ["front-matter", "hidden"]
    for item, truth in zip(document.paragraphs, seed.paragraphs[:8], strict=True):
        assert (item.number, item.parts[0].text) == (truth.number, truth.parts[0].text)
    assert [part.text for part in document.paragraphs[-1].parts[1:]] == [
        "구분\t날짜",
        "개최\t2020-10-14",
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<div hidden>\n숨긴 말\n</div>",
        '<p style="color:red; display: none">숨긴 말</p>',
        "<template>숨긴 말</template>",
        "<STYLE>숨긴 말</style>",
        "[//]: # (숨긴 말)",
        "[1]: https://a.example/숨긴 '말'",
    ],
)
def test_what_markdown_hides_is_told_and_not_read(hidden: str) -> None:
    found = md.extract(f"1. 가나다라.\n\n{hidden}\n\n2. 마바사.\n".encode(), Task("a.md"))
    assert "숨긴" not in found.text
    assert [line for line in found.text.split("\n") if line] == ["1. 가나다라.", "2. 마바사."]
    assert ["숨긴" in it.text for it in found.dropped if it.kind == "hidden"] == [True]


def test_what_is_never_closed_hides_nothing() -> None:
    source = "<div hidden>\n" * 5000 + "1. 가나다라."
    assert md.extract(source.encode(), Task("a.md")).text.strip() == "1. 가나다라."
    assert (
        md.extract("[각주]: 이것은 글이다.".encode(), Task("a.md")).text == "[각주]: 이것은 글이다."
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_page_in_utf_16_without_a_mark_is_a_page(encoding: str) -> None:
    data = "<!doctype html><html><body><p>여기</p></body></html>".encode(encoding)
    assert formats.detect(data, "a.txt") == "html"
    assert formats.detect("Hello there, 여기".encode(encoding), "a.txt") == "txt"
