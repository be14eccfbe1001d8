"""The text of HWPX documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scmtui.model import ReadError
from scmtui.readers.extracted import Extracted, Task
from scmtui.readers.hwpx import extract

Read = Callable[..., Extracted]
Said = Callable[[Extracted, str], list[str]]
PARAGRAPH = "http://www.hancom.co.kr/hwpml/2011/paragraph"
SAMPLES = Path(__file__).parents[2] / "samples" / "office"


def t(text: str) -> str:
    return f"<hp:t>{text}</hp:t>"


def p(inner: str, shape: int = 0) -> str:
    return f'<hp:p paraPrIDRef="{shape}"><hp:run charPrIDRef="0">{inner}</hp:run></hp:p>'


def box(*lines: str, place: str = "0", caption: str = "", around: str = "rect") -> str:
    inner = "".join(p(t(line)) for line in lines)
    drawn = f"<hp:drawText><hp:subList>{inner}</hp:subList></hp:drawText>"
    told = f'<hp:pos treatAsChar="{place}"/>{caption}'
    return f"<hp:{around}>{drawn}{told}</hp:{around}>"


def table(*rows: list[str], caption: str = "", place: str = "0") -> str:
    cells = (
        "".join(f"<hp:tc><hp:subList>{p(t(it))}</hp:subList></hp:tc>" for it in row) for row in rows
    )
    told = "".join(f"<hp:tr>{row}</hp:tr>" for row in cells)
    return f'<hp:tbl><hp:pos treatAsChar="{place}"/>{caption}{told}</hp:tbl>'


def control(inner: str) -> str:
    return f"<hp:ctrl>{inner}</hp:ctrl>"


def heading(key: int, kind: str, of: int, level: int) -> str:
    told = f'<hh:heading type="{kind}" idRef="{of}" level="{level}"/>'
    return f'<hh:paraPr id="{key}">{told}</hh:paraPr>'


def numbering(key: int, *levels: tuple[str, str, int]) -> str:
    heads = "".join(
        f'<hh:paraHead level="{at}" numFormat="{style}" start="{start}">{form}</hh:paraHead>'
        for at, (form, style, start) in enumerate(levels, 1)
    )
    return f'<hh:numbering id="{key}">{heads}</hh:numbering>'


def test_each_paragraph_is_a_line_and_so_is_what_follows_a_break(read_hwpx: Read) -> None:
    found = read_hwpx(p(t("하나")) + p(t("둘<hp:lineBreak/>셋")) + p("") + p(t("넷") + t(" 다섯")))
    assert found.text == "하나\n둘\n셋\n넷 다섯"


def test_signs_stand_for_their_characters(read_hwpx: Read) -> None:
    signs = (
        "a<hp:tab/>b<hp:nbSpace/>c<hp:fwSpace/>d<hp:hyphen/>e<hp:titleMark/>f<hp:markpenBegin/>g"
    )
    assert read_hwpx(p(t(signs))).text == "a\tb c d-efg"


def test_sections_follow_the_spine(read_hwpx: Read, zipped: Callable[..., bytes]) -> None:
    assert read_hwpx(p(t("하나")), p(t("둘"))).text == "하나\n둘"
    space = 'xmlns:s="http://www.owpml.org/owpml/2024/section"'
    section = f"<s:sec {space}><s:p><s:run><s:t>글</s:t></s:run></s:p></s:sec>"
    parts = {
        "Contents/section10.xml": section.replace("글", "둘"),
        "Contents/section2.xml": section,
    }
    assert extract(zipped(parts), Task("a.hwpx")).text == "글\n둘"


def test_deleted_text_is_left_out_and_told(read_hwpx: Read, said: Said) -> None:
    found = read_hwpx(
        p(t("가<hp:deleteBegin/>나") + t("다<hp:deleteEnd/>라<hp:insertBegin/>마<hp:insertEnd/>"))
        + p(t("<hp:deleteBegin/>") + box("상자") + t("<hp:deleteEnd/>바"))
    )
    assert found.text == "가라마\n바"
    assert said(found, "deleted") == ["나다", "상자"]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next(read_hwpx: Read) -> None:
    header = numbering(1, ("^1.", "DIGIT", 1)) + heading(1, "NUMBER", 1, 0)
    gone = '<hp:deleteBegin/>나<hp:deleteEnd paraend="1"/>'
    body = (
        p(t(f"가{gone}"), 1) + p(t("다"), 1) + p(t(gone), 1) + p(t("라"), 1) + p(t(f"마{gone}"), 1)
    )
    assert read_hwpx(body, header=header).text == "1. 가다\n2. 라\n3. 마"


def test_numbers_and_bullets_stand_in_front(read_hwpx: Read) -> None:
    header = (
        numbering(
            1, ("^1.", "DIGIT", 1), ("^2)", "HANGUL_SYLLABLE", 3), ("^1.^3", "ROMAN_SMALL", 1)
        )
        + numbering(2, ("제^1조", "DIGIT", 7), ("^n", "DIGIT", 1), ("^N", "CIRCLED_DIGIT", 1))
        + '<hh:bullet id="1" char="&#xF06C;"/><hh:bullet id="2" char="ㅇ"/>'
        + "".join(heading(at, "NUMBER", 1, at) for at in range(3))
        + "".join(heading(3 + at, "OUTLINE", 0, at) for at in range(3))
        + heading(6, "BULLET", 1, 0)
        + heading(7, "BULLET", 2, 0)
        + heading(8, "NONE", 0, 0)
        + heading(9, "NUMBER", 9, 0)
        + heading(10, "NUMBER", 1, 9)
        + heading(11, "BULLET", 9, 0)
    )
    shapes = (0, 1, 1, 2, 0, 3, 4, 5, 3, 6, 7, 8, 9, 10, 11, 0)
    body = p('<hp:secPr outlineShapeIDRef="2"/>', 8) + "".join(
        p(t("글"), shape) for shape in shapes
    )
    heads = [
        "1. ",
        "다) ",
        "라) ",
        "1.i ",
        "2. ",
        "제7조 ",
        "7.1 ",
        "7.1.1. ",
        "제8조 ",
        "● ",
        "ㅇ ",
    ]
    found = read_hwpx(body, header=header).text.split("\n")
    assert found == [f"{head}글" for head in [*heads, "", "", "", "", "3. "]]


def test_an_empty_item_counts_but_is_no_line(read_hwpx: Read) -> None:
    header = numbering(1, ("^1.", "DIGIT", 1)) + heading(1, "NUMBER", 1, 0)
    assert read_hwpx(p(t("가"), 1) + p("", 1) + p(t("다"), 1), header=header).text == "1. 가\n3. 다"


def test_headers_footers_comments_and_notes_are_kept_apart(read_hwpx: Read, said: Said) -> None:
    def aside(kind: str, inner: str) -> str:
        return control(f"<hp:{kind}><hp:subList>{p(inner)}</hp:subList></hp:{kind}>")

    number = control(
        '<hp:autoNum num="2" numType="FOOTNOTE"><hp:autoNumFormat type="ROMAN_SMALL" '
        'prefixChar="(" suffixChar=")"/></hp:autoNum>'
    )
    page = control('<hp:autoNum num="5" numType="PAGE"/>')
    memo = control(
        f'<hp:fieldBegin type="MEMO"><hp:subList>{p(t("메모"))}</hp:subList></hp:fieldBegin>'
    )
    found = read_hwpx(
        p(
            aside("header", t("머리말"))
            + aside("footer", t("- ") + page + t("꼬리말"))
            + t("본")
            + aside("footNote", number + t(" 각주"))
            + aside("endNote", t("미주"))
            + aside("hiddenComment", t("설명"))
            + memo
            + t("문")
        )
    )
    assert found.text == "본문"
    assert said(found, "running-head") == ["머리말"]
    assert said(found, "footer") == ["- 꼬리말"]
    assert said(found, "footnote") == ["(ii) 각주", "미주"]
    assert said(found, "comment") == ["설명", "메모"]


def test_what_stands_on_every_page_is_left_out(read_hwpx: Read, said: Said) -> None:
    told = f'<m:masterPage xmlns:m="urn:x/2011/master-page" xmlns:hp="{PARAGRAPH}">'
    told += f"<hp:subList>{p(t('대외비'))}</hp:subList></m:masterPage>"
    found = read_hwpx(p(t("글")), Contents__masterpage0=told)
    assert found.text == "글"
    assert said(found, "running-head") == ["대외비"]


def test_fields_show_their_text(read_hwpx: Read) -> None:
    begin = control(
        '<hp:fieldBegin type="CLICK_HERE"><hp:parameters><hp:stringParam>x</hp:stringParam>'
        "</hp:parameters></hp:fieldBegin>"
    )
    assert read_hwpx(p(begin + t("누름틀") + control("<hp:fieldEnd/>"))).text == "누름틀"


def test_rows_are_lines_and_captions_stand_where_they_are_told(read_hwpx: Read) -> None:
    def caption(side: str) -> str:
        told = p(t("표 ") + control('<hp:autoNum num="1" numType="TABLE"/>'))
        return f'<hp:caption side="{side}"><hp:subList>{told}</hp:subList></hp:caption>'

    rows = ["가", "나"], ["다", ""], ["", "라"]
    assert read_hwpx(p(table(*rows, caption=caption("TOP")))).text == "표 1\n가\t나\n다\n\t라"
    assert read_hwpx(p(table(["가"], caption=caption("BOTTOM")))).text == "가\n표 1"
    assert read_hwpx(p(table(["가"], caption='<hp:caption side="TOP"/>'))).text == "가"


def test_boxes_stand_where_they_are_seen(read_hwpx: Read) -> None:
    assert read_hwpx(p(box("상자", "둘째") + t("글"))).text == "상자\n둘째\n글"
    assert read_hwpx(p(t("글") + box("상자") + t(" 계속"))).text == "글 계속\n상자"
    assert read_hwpx(p(t("글 ") + box("상자", place="1") + t(" 계속"))).text == "글 상자 계속"
    inline = table(["가", "나"], ["다", "라"], place="1")
    assert read_hwpx(p(t("앞") + inline + t("뒤"))).text == "앞\n가\t나\n다\t라\n뒤"
    grouped = f"<hp:container>{box('하나')}{box('둘', around='ellipse')}</hp:container>"
    assert read_hwpx(p(grouped)).text == "하나\n둘"


def test_what_is_drawn_from_text_is_read(read_hwpx: Read, said: Said) -> None:
    ruby = "<hp:dutmal><hp:mainText>韓</hp:mainText><hp:subText>한</hp:subText></hp:dutmal>"
    found = read_hwpx(
        p(
            '<hp:compose composeText="①"/>'
            + ruby
            + "<hp:equation><hp:script>x over\n y</hp:script>"
            '</hp:equation><hp:textart text="글맵시"/>'
        )
    )
    assert found.text == "①韓x over y\n글맵시"
    assert said(found, "ruby") == ["한"]


def test_an_encrypted_document_is_refused(hwpx: Callable[..., bytes]) -> None:
    told = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry>'
    told += "<m:encryption-data/></m:file-entry></m:manifest>"
    with pytest.raises(ReadError, match="locked"):
        extract(hwpx("", META__INF="x", **{"META-INF__manifest": told}), Task("a.hwpx"))


def test_without_sections_it_is_none(
    zipped: Callable[..., bytes], hwpx: Callable[..., bytes]
) -> None:
    with pytest.raises(ReadError, match="no document of Hangul"):
        extract(zipped({"mimetype": "application/hwp+zip"}), Task("a.hwpx"))
    data = zipped(
        {
            "Contents/content.hpf": '<p xmlns="urn:x:manifest:1.0"><item id="a" '
            'href="section3.xml"/><itemref idref="a"/></p>'
        }
    )
    with pytest.raises(ReadError, match="damaged"):
        extract(data, Task("a.hwpx"))


def test_without_a_header_there_are_no_numbers(zipped: Callable[..., bytes]) -> None:
    section = '<s xmlns="urn:x/section"><p paraPrIDRef="1"><run><t>글</t></run></p></s>'
    assert extract(zipped({"section0.xml": section}), Task("a.hwpx")).text == "글"


def test_whoever_waits_is_told_how_far_it_is(hwpx: Callable[..., bytes]) -> None:
    told: list[tuple[int, int]] = []
    data = hwpx(p(t("가")) * 150, p(t("나")))
    extract(data, Task("a.hwpx", told=lambda done, total: told.append((done, total))))
    assert told == [(0, 2), (0, 2), (1, 2)]


def test_a_sample_that_grows_without_end_is_refused() -> None:
    with pytest.raises(ReadError, match="DTD"):
        extract((SAMPLES / "quad.hwpx").read_bytes(), Task("quad.hwpx"))
