"""A web page is read as it is seen: its text and its numbers, nothing around it or hidden in it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import readers, text
from scmtui.model import Document, Facts, Kind, Provenance, ReadError
from scmtui.readers.document import compose_all
from scmtui.readers.extracted import Task
from scmtui.readers.html import extract
from scmtui.readers.html.elements import DEEPEST
from scmtui.readers.html.flow import _written

if TYPE_CHECKING:
    from scmtui.readers.extracted import Extracted

SAMPLES = Path(__file__).parent / "samples"
SENTENCE = "양 장관은 한미동맹의 연합방위태세를 점검하고 협력하기로 하였다."
ITEMS = "".join(f"<p>{number}. {SENTENCE}</p>" for number in range(1, 6))
HIDDEN = "숨은 문장이다. 6. 이는 읽히지 않는다."


def read(markup: str | bytes) -> Extracted:
    data = markup.encode() if isinstance(markup, str) else markup
    return extract(data, Task("page.html"))


def kinds(page: Extracted) -> dict[str, str]:
    return {it.kind: it.text for it in page.dropped}


@pytest.fixture(scope="module")
def seed() -> Document:
    return readers.read(SAMPLES / "scm52-communique.ko.txt").documents[0]


@pytest.mark.parametrize("name", ["ministry_euckr", "ministry_table", "naver_blog", "tistory_ol"])
def test_samples_read_like_the_seed(name: str, seed: Document) -> None:
    (document,) = readers.read(SAMPLES / "html" / f"{name}.html").documents
    assert [item.number for item in document.paragraphs] == list(range(1, 21))
    for item, truth in zip(document.paragraphs, seed.paragraphs, strict=True):
        assert "".join(item.parts[0].text.split()) == "".join(truth.parts[0].text.split())
    facts = document.facts
    assert (facts.id, facts.kind, facts.title) == ("52", Kind.COMMUNIQUE, seed.facts.title)
    assert (facts.held, facts.place) == (seed.facts.held, seed.facts.place)
    assert not facts.official, "anybody can copy a page"
    told = " ".join(it.text for it in document.dropped)
    assert "국방부 소개" in told
    assert "COPYRIGHT" in told


STYLES = [
    'style="display:none"',
    'style="DISPLAY : None !important"',
    'style="visibility:hidden"',
    'style="opacity:0"',
    'style="font-size:0"',
    'style="font-size:1px"',
    'style="font:0/0 a"',
    'style="position:absolute;left:-9999px"',
    'style="position:fixed;top:-1000em"',
    'style="text-indent:-9999px"',
    'style="margin-left:-9999px"',
    'style="transform:translateX(-9999px)"',
    'style="transform:scale(0)"',
    'style="filter:opacity(0)"',
    'style="zoom:0"',
    'style="position:absolute;clip:rect(0,0,0,0)"',
    'style="clip-path: inset(50%)"',
    'style="height:0;overflow:hidden"',
    'style="max-height:0;overflow:hidden"',
    'style="color:#fff"',
    'style="color:rgb(255, 255, 255)"',
    'style="color:transparent"',
    'style="color:rgba(0,0,0,0)"',
    'style="background:#102030;color:#102030"',
    'style="left:-100vw;position:absolute"',
    'style="display:/* */none"',
    'style="d\\69splay:none"',
    'style="mso-hide:all"',
    'style="clip-path:circle(0)"',
    'style="color:#ffff"',
    'style="color:#12345600"',
    'style="color:hsl(0, 0%, 100%)"',
    'style="color:rgb(0 0 0 / 0)"',
    'style="color:snow"',
    'class="wide"',
    "hidden",
    'aria-hidden="true"',
    'class="gone"',
    'class="sr-only"',
    'id="gone"',
]


@pytest.mark.parametrize("style", STYLES)
def test_what_is_not_seen_is_not_read_but_told(style: str) -> None:
    sheet = "<style>/* */ .gone{display:none} div #gone { visibility : hidden }</style>"
    sheet += "<style media=screen>@media (min-width:10px) { .wide { display:none } }</style>"
    inside = f"<p {style}>{HIDDEN}</p><p {style}><span>{HIDDEN}</span></p>"
    page = read(f"<html><head>{sheet}</head><body><div class=entry>{ITEMS}{inside}</div></body>")
    assert "숨은" not in page.text
    assert [it.text for it in page.dropped if it.kind == "hidden"] == [HIDDEN, HIDDEN]


@pytest.mark.parametrize(
    "element",
    [
        f"<template><p>{HIDDEN}</p></template>",
        f"<noscript>{HIDDEN}</noscript>",
        f"<!-- {HIDDEN} -->",
        f"<script>document.write('{HIDDEN}')</script>",
        f"<dialog>{HIDDEN}</dialog>",
        f"<del>{HIDDEN}</del>",
        f"<font color=white>{HIDDEN}</font>",
        f"<select><option>{HIDDEN}</select>",
        f"<svg><text>{HIDDEN}</text></svg>",
        f"<div style='visibility:hidden'><p style='visibility:inherit'>{HIDDEN}</p></div>",
    ],
)
def test_what_a_page_carries_and_does_not_show(element: str) -> None:
    assert "숨은" not in read(f"<body>{ITEMS}{element}</body>").text


@pytest.mark.parametrize(
    "markup",
    [
        f"<style>.t{{display:none}} .t.on{{display:block}}</style><div class='t on'>{ITEMS}</div>",
        f"<style>@media print{{.a{{display:none}}}}</style><div class=a>{ITEMS}</div>",
        f"<style>@media (max-width:9px){{.a{{display:none}}}}</style><div class=a>{ITEMS}</div>",
        f"<style>div{{font-size:0}} p{{font-size:14px}}</style><div>{ITEMS}</div>",
        f"<style>.a:hover{{display:none}} p::before{{display:none}}</style><p class=a>{ITEMS}",
        f"<style>p{{display:none}} p{{display:block}}</style>{ITEMS}",
        f"<style media=print>p{{display:none}}</style>{ITEMS}",
        f"<noscript><style>p{{display:none}}</style></noscript>{ITEMS}",
        f"<style>@media (prefers-color-scheme:dark){{p{{display:none}}}}</style>{ITEMS}",
        f"<style>@media print, (min-width:3000px){{p{{display:none}}}}</style>{ITEMS}",
        f"<div style='color:rgb(0,0,0)'>{ITEMS}</div>",
        f"<div style='color:hsl(0, 100%, 0%)'>{ITEMS}</div>",
        f"<div style='color:#333;background:#eee'>{ITEMS}</div>",
        f"<div style='left:-20px;position:absolute;text-indent:-2em'>{ITEMS}</div>",
        f"<div style='background:#000'><div style='color:#fff'>{ITEMS}</div></div>",
        f"<div style='background:url(x.png)'><div style='color:#fff'>{ITEMS}</div></div>",
        f"<div style='visibility:hidden'><div style='visibility:visible'>{ITEMS}</div></div>",
        f"<style>p {{ color: #fff; }} @media screen {{ p {{ color: #000 }} }}</style>{ITEMS}",
        f"<style>{'}' * 9} @font-face{{src:x}} p[[ {{display:none}}</style>{ITEMS}",
    ],
)
def test_what_is_seen_is_read_whatever_the_rules_say_elsewhere(markup: str) -> None:
    assert f"5. {SENTENCE}" in read(f"<body>{markup}</body>").text


def listed(count: int) -> str:
    return "".join(f"<li>{number}번째 항목은 이렇게 끝난다." for number in range(1, count + 1))


@pytest.mark.parametrize(
    ("opening", "numbers"),
    [
        ("<ol>", ["1. ", "2. ", "3. "]),
        ("<ol start=5>", ["5. ", "6. ", "7. "]),
        ("<ol start=x>", ["1. ", "2. ", "3. "]),
        ("<ol reversed>", ["3. ", "2. ", "1. "]),
        ("<ol start=9 reversed>", ["9. ", "8. ", "7. "]),
        ("<ol><li value=4>이 항목은 이렇게 끝난다.", ["4. ", "5. ", "6. ", "7. "]),
        ("<ol type=a>", ["a. ", "b. ", "c. "]),
        ("<ol type=I>", ["I. ", "II. ", "III. "]),
        ("<ol style='list-style-type: hangul'>", ["가. ", "나. ", "다. "]),
        ("<ol style='list-style: none'>", ["", "", ""]),
        ("<ul>", ["- ", "- ", "- "]),
        ("<ul style='list-style-type:none'>", ["", "", ""]),
    ],
)
def test_lists_number_themselves(opening: str, numbers: list[str]) -> None:
    lines = read(f"<body>{opening}{listed(3)}").text.split("\n")
    assert [re.sub(r"(?:이|\d번째) 항목은 이렇게 끝난다\.", "", line) for line in lines] == numbers


def test_a_number_that_is_written_is_not_written_twice() -> None:
    page = read("<ol><li>1. 첫째 항목은 이렇게 끝난다.<li>2. 둘째 항목은 이렇게 끝난다.</ol>")
    assert page.text.split("\n") == [
        "1. 첫째 항목은 이렇게 끝난다.",
        "2. 둘째 항목은 이렇게 끝난다.",
    ]
    assert read("<ul><li>□ 첫째 항목은 이렇게 끝난다.</ul>").text.startswith("□")


def test_lists_within_lists_and_paragraphs_within_items() -> None:
    page = read(
        "<ol><li><p>첫째는 이것이다.</p><p>그 둘째 문단이다.</p>"
        "<ol type=a><li>가는 이것이다.</ol></li><li>둘째는 저것이다.</ol>"
    )
    assert page.text.split("\n") == [
        "1. 첫째는 이것이다.",
        "그 둘째 문단이다.",
        "a. 가는 이것이다.",
        "2. 둘째는 저것이다.",
    ]


@pytest.mark.parametrize(
    ("number", "kind", "written"),
    [
        (28, "lower-alpha", "ab"),
        (0, "upper-latin", "0"),
        (1994, "upper-roman", "MCMXCIV"),
        (4000, "lower-roman", "4000"),
        (15, "hangul", "가가"),
        (7, "decimal", "7"),
    ],
)
def test_how_numbers_are_written(number: int, kind: str, written: str) -> None:
    assert _written(number, kind) == written


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("제49<sup>th</sup> 회의는 이렇게 끝났다.", "제49th 회의는 이렇게 끝났다."),
        ("공약<sup>1)</sup>을 확인하였다고 말했다.", "공약을 확인하였다고 말했다."),
        ("그렇게 확인하였다.<sup><a href=#f>[12]</a></sup>", "그렇게 확인하였다."),
        ("면적은 5 km<sup>2</sup>라고 한다.", "면적은 5 km²라고 한다."),
        ("하나라고 한다.<br>둘이다.<br><br>셋이다.", "하나라고 한다.\n둘이다.\n\n셋이다."),
        ("&#xD55C;&middot;&#48120; &amp;lt; &ldquo;x&rdquo;라고 한다.", "한·미 &lt; “x”라고 한다."),
        ("그는 <q>그렇다</q>고 하였다고 한다.", "그는 “그렇다”고 하였다고 한다."),
        ("한 <font>줄</font>\n  로 <b>이어</b>진다고 한다.", "한 줄 로 이어진다고 한다."),
        ("이는 <s>지운 글</s>을 뺀 것이라고 한다.", "이는 을 뺀 것이라고 한다."),
    ],
)
def test_inline_elements(inside: str, text: str) -> None:
    assert read(f"<body><div>{inside}</div></body>").text == text


def test_footnotes_and_their_marks_are_told() -> None:
    notes = "<ol class=footnotes><li>주석은 이것이다.</ol>"
    row = "<table><tr><td>가<sup>3</sup><td>나</table>"
    page = read(f"<p>공약<sup>1)</sup>과 동맹<sup>2</sup>이다.</p>{row}{ITEMS}{notes}")
    assert page.text.startswith("공약과 동맹이다.\n가\t나\n1. ")
    assert kinds(page) == {"footnote": "주석은 이것이다.", "footnote-mark": "1) 2 3"}


def test_whoever_waits_is_told_how_far_it_is() -> None:
    heard: list[tuple[int, int]] = []
    extract(ITEMS.encode(), Task("page.html", told=lambda *said: heard.append(said)))
    assert heard == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_preformatted_lines_stay() -> None:
    lines = "1. 하나라고 한다.\n  둘이라고 한다.\n\n셋이라고 한다."
    assert read(f"<pre>{lines}</pre>").text == lines
    assert read(f"<div style='white-space:pre-wrap'>{lines}</div>").text == lines


def test_headings_are_set_off() -> None:
    page = read(
        "<div><p>앞의 글은 이렇게 끝난다.</p><h3>확장억제</h3><p>뒤의 글은 이렇다.</p></div>"
    )
    assert page.text == "앞의 글은 이렇게 끝난다.\n\n확장억제\n\n뒤의 글은 이렇다."


def test_tables_have_a_line_for_each_row_unless_they_lay_out_a_page() -> None:
    table = "<table><tr><th>구분<th>내용<tr><td>가<td>나<b>다</b><tr><td><td>라</table>"
    assert "구분\t내용\n가\t나다\n\t라\n" in read(f"<body>{table}{ITEMS}").text
    several = f"<table><tr><td>왼쪽 글이다.</td><td>{ITEMS}</td></tr></table>"
    assert f"왼쪽 글이다.\n1. {SENTENCE}\n2." in read(f"<body><p>앞 글은 이렇다.</p>{several}").text
    nested = f"<table><tr><td><table><tr><td>가<td>나</table>{ITEMS}</td></tr></table>"
    assert read(f"<body>{nested}").text.startswith("가\t나\n1. ")


PAGE = f"<html><head><title>공동성명</title></head><body>{ITEMS}</body></html>"


@pytest.mark.parametrize(
    "data",
    [
        PAGE.encode("cp949"),
        PAGE.replace("<head>", "<head><meta charset=euc-kr>").encode("cp949"),
        PAGE.replace("<head>", "<head><meta charset=utf-8>").encode("cp949"),
        PAGE.replace(
            "<head>", '<head><meta http-equiv="Content-Type" content="text/html; charset=EUC-KR">'
        ).encode(),
        PAGE.encode("utf-8-sig"),
        PAGE.encode("utf-16"),
        PAGE.replace("<head>", "<head><meta charset=hex>").encode(),
    ],
    ids=["none", "euc-kr", "wrong utf-8", "wrong euc-kr", "mark", "utf-16", "no encoding at all"],
)
def test_encodings_declared_or_not(data: bytes) -> None:
    page = read(data)
    assert f"5. {SENTENCE}" in page.text
    assert page.doubts == ()


def test_a_few_broken_bytes_are_shown_and_told() -> None:
    page = read(PAGE.encode().replace("동맹".encode(), b"\xff", 2))
    assert "한미�의" in page.text
    assert [(it.kind, it.text) for it in page.doubts] == [
        ("broken", "2 characters were broken and are shown as “�”.")
    ]
    with pytest.raises(ReadError, match="is not a text that can be read"):
        read(b"<html>" + bytes(range(128, 256)) * 40)


COMMENTS = "".join(
    f"<li class=comment><b>독자</b><p>{SENTENCE} 숨은 뜻이 있다.</p></li>" for _ in range(30)
)


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        (
            (
                f"<h1>제54차 공동성명</h1><div class=txt>{ITEMS * 2}</div>"
                f"<div id=comments><h3>댓글 30</h3><ul>{COMMENTS}</ul></div>"
            ),
            ["제54차 공동성명", "1. "],
        ),
        (
            (
                "<header><a>홈</a><h1>숨은</h1></header><main><article><h1>제54차 SCM 공동성명</h1>"
                f"<p class=date>입력 2022-11-04 09:00</p><div class=sns>공유 숨은</div>"
                f"<div class=article-body>{ITEMS}<div class=ad>숨은 광고</div></div>"
                "<div class=reporter>숨은 기자</div></article><aside>숨은 글</aside></main>"
            ),
            ["제54차 SCM 공동성명", "", "입력 2022-11-04 09:00", "1. "],
        ),
        (
            (
                "<form><div class=view><h3 class=tit>제54차 SCM 공동성명</h3><ul class=info>"
                "<li>등록일 : 2022-11-04</li><li>조회 : 12</li><li><a>숨은 목록</a></li></ul>"
                f"<div class=cont>{ITEMS}</div></div><input value=숨은></form>"
            ),
            ["제54차 SCM 공동성명", "등록일 : 2022-11-04", "1. "],
        ),
        (
            (
                "<div><h2>제54차 SCM 공동성명</h2><dl><dt>작성일</dt><dd>2022-11-04</dd>"
                f"<dt>조회수</dt><dd>1</dd></dl></div><div class=cont>{ITEMS}</div>"
                "<div><h4>관련기사</h4><p>숨은 기사</p></div>"
            ),
            ["제54차 SCM 공동성명", "작성일 2022-11-04", "1. "],
        ),
    ],
    ids=["comments", "newspaper", "ministry", "list of facts"],
)
def test_the_text_of_a_page_and_its_title_and_day(markup: str, lines: list[str]) -> None:
    named = "" if "comments" in markup else "<title>제54차 SCM 공동성명 - 연합</title>"
    page = read(f"<html><head>{named}</head><body>{markup}</body></html>")
    assert "숨은" not in page.text
    shown = [line[: len(it)] for line, it in zip(page.text.split("\n"), lines, strict=False)]
    assert shown == lines
    assert "숨은" in " ".join(it.text for it in page.dropped)
    assert f"5. {SENTENCE}" in page.text


def test_the_title_is_taken_from_the_head_when_the_page_has_no_heading() -> None:
    head = (
        "<head><meta property='og:title' content='제54차 SCM 공동성명'><title>신문</title></head>"
    )
    assert read(f"<html>{head}<body>{ITEMS}").text.startswith("제54차 SCM 공동성명\n1. ")


def test_a_page_that_is_nested_too_deeply_is_refused() -> None:
    with pytest.raises(ReadError, match="nested too deeply"):
        read("<div>" * (DEEPEST + 1) + ITEMS)
    closed = "<div></div>" * (DEEPEST + 1) + "<p>" * (DEEPEST + 1) + "</i>" * (DEEPEST + 1)
    assert SENTENCE in read(closed + ITEMS).text


ODD = (
    "<p> </p> <div> </div> <ol> <li> </ol> <table> <tr> <td> </table> <b> <sup> </sup> <br> <pre>"
    " </pre> <q> <style> </style> <!-- --> <h2> </h2> <a> </a> 가나다. 1. x"
)


@given(
    st.lists(
        st.sampled_from(ODD.split(" ")),
        max_size=40,
    )
)
def test_no_page_is_too_odd(pieces: list[str]) -> None:
    page = read("".join(pieces))
    assert "<" not in page.text


@pytest.mark.parametrize(
    ("head", "origin", "official"),
    [
        (
            (
                "<link rel=canonical href='https://www.mnd.go.kr/a?b=1'>"
                "<meta property='og:site_name' content='대한민국 국방부'>"
            ),
            "https://www.mnd.go.kr/a?b=1 · 대한민국 국방부",
            True,
        ),
        (
            (
                "<meta property='og:url' content='https://blog.example.com/1'>"
                "<meta name=author content='홍길동'>"
            ),
            "https://blog.example.com/1 · 홍길동",
            False,
        ),
        (
            "<!-- saved from url=(0030)https://www.korea.kr/briefing/1 -->",
            "https://www.korea.kr/briefing/1",
            True,
        ),
        (
            "<link rel=canonical href='javascript:x'>",
            "The file names no author and no address.",
            False,
        ),
        ("", "The file names no author and no address.", False),
    ],
)
def test_where_a_page_comes_from(tmp_path: Path, head: str, origin: str, official: bool) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        f"<html><head>{head}</head><body><h1>제54차 SCM 공동성명</h1>{ITEMS}</body>", "utf-8"
    )
    (document,) = readers.read(path).documents
    assert document.facts.provenance.origin == origin
    assert document.facts.official == official


LINKS = (
    "<ul>" + "".join(f"<li><a href={n}>한미, {n}차 회의를 열었다</a>" for n in range(9)) + "</ul>"
)


def laid_out(seed: Document) -> dict[str, str]:
    """The communiqué of the seed, as different sites would lay its page out."""
    title = f"<p>{seed.facts.title}</p><p>2020년 10월 14일, 워싱턴 D.C.</p>"
    items = [f"{item.number}. {item.parts[0].text}" for item in seed.paragraphs]
    lines = [seed.facts.title, "2020년 10월 14일, 워싱턴 D.C.", *items, "//끝//"]
    bare = [item.parts[0].text for item in seed.paragraphs]
    body = "".join(f"<p>{line}</p>" for line in lines)
    advert = "<ins class=adsbygoogle style='display:block'>광고입니다. 지금 누르세요!</ins>"
    return {
        "div": f"<div id=x><div>{body.replace('p>', 'div>')}</div></div>",
        "br": f"<div class=article>{'<br><br>'.join(lines)}</div>",
        "one br": f"<div class=article>{'<br>'.join(lines)}</div>",
        "pre": "<pre>" + "\n\n".join(lines) + "</pre>",
        "spans": f"<div>{body.replace('<p>', '<p>&nbsp;</p><p><span><font size=2>')}</div>",
        "rows": f"<table>{body.replace('<p>', '<tr><td>').replace('</p>', '</td></tr>')}</table>",
        "layout": f"<table><tr><td>{LINKS}</td><td><table><tr><td>{body}</table></td></tr></table>",
        "numbers apart": "<table>"
        + "".join(f"<tr><td>{n}.</td><td>{it}</td></tr>" for n, it in enumerate(bare, 1))
        + "</table>",
        "many lists": title
        + "".join(f"<ol start={n}><li>{it}</ol>" for n, it in enumerate(bare, 1)),
        "adverts": f"<div>{body.replace('</p>', f'</p>{advert}', 9)}</div>",
        "related": f"<div>{body.replace('</p>', f'</p><h4>관련기사</h4>{LINKS}', 1)}</div>",
        "links": f"<div>{body.replace('한미동맹', '<a href=x>한미동맹</a>')}</div>",
        "photo": "<div><figure><img><figcaption>악수하고 있다.</figcaption></figure>" + body,
        "caption": f"<div><table><tr><td>▲ 악수하고 있다.</td></tr></table>{body}</div>",
        "form": f"<form>{body}<div><a href=x>목록</a> <a href=y>인쇄</a></div></form>",
        "by hand": "<div>"
        + "<br>".join("<br>".join(re.findall(".{1,40}(?: |$)", line)) for line in lines),
    }


WAYS = laid_out(
    Document(Facts("52", 52, Kind.COMMUNIQUE, "ko", "", Provenance("", "html", "")), (), "")
)


@pytest.mark.parametrize("way", WAYS)
def test_however_a_page_is_laid_out_its_text_is_the_same(seed: Document, way: str) -> None:
    page = laid_out(seed)[way]
    head = f"<title>{seed.facts.title} - 어느 신문</title>"
    comments = f"<div class=cmt><h4>댓글 30</h4><ul>{COMMENTS}</ul></div>"
    extracted = read(f"<html><head>{head}</head><body>{LINKS}{page}{comments}{LINKS}</body></html>")
    (document,) = compose_all(extracted.text, replace(seed.facts.provenance, format="html"))
    shown = [(item.number, [part.text for part in item.parts]) for item in document.paragraphs]
    assert shown == [
        (item.number, [text.tidy(part.text) for part in item.parts]) for item in seed.paragraphs
    ]
    assert document.facts.title == seed.facts.title


STYLE = st.text('colr:background#f0%(),;{}!@media .px-1e*/\\" ', max_size=60)


@given(STYLE, STYLE)
def test_no_style_is_too_odd(inline: str, sheet: str) -> None:
    quoted = inline.replace('"', "")
    page = read(f'<style>{sheet}</style><p style="{quoted}">{SENTENCE}</p>{ITEMS}')
    assert SENTENCE in page.text or any(SENTENCE in it.text for it in page.dropped)


@pytest.mark.parametrize(
    ("name", "form"), [("a.html", "html"), ("a.htm", "html"), ("a.txt", "txt")]
)
def test_a_piece_of_a_page_is_known_by_its_name(tmp_path: Path, name: str, form: str) -> None:
    path = tmp_path / name
    path.write_text("제54차 SCM 공동성명<br>1. 하나라고 한다.<br>2. 둘이라고 한다.", "utf-8")
    (document,) = readers.read(path).documents
    assert document.facts.provenance.format == form
    assert (document.id == "54") == (form == "html")
