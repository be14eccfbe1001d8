"""The text of Word documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scmtui.model import ReadError
from scmtui.readers.docx import extract
from scmtui.readers.extracted import Extracted, Task

Read = Callable[..., Extracted]
Said = Callable[[Extracted, str], list[str]]
SAMPLES = Path(__file__).parents[2] / "samples" / "office"


def p(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def cell(*paragraphs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(p, map(r, paragraphs)))}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_each_paragraph_is_a_line_and_so_is_what_follows_a_break(read_docx: Read) -> None:
    found = read_docx(
        p(r("하나")) + p(r("둘") + "<w:r><w:br/></w:r>" + r("셋")) + p("") + p(r("넷"))
    )
    assert found.text == "하나\n둘\n셋\n넷"


def test_signs_stand_for_their_characters(read_docx: Read) -> None:
    run = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>c</w:t></w:r>"
    symbols = '<w:r><w:sym w:char="F06C"/><w:sym w:char="zz"/><w:sym w:char="25A0"/></w:r>'
    assert read_docx(p(run + symbols)).text == "a\tb-c●■"


@pytest.mark.parametrize(
    "around",
    [
        "<w:ins>{}</w:ins>",
        "<w:moveTo>{}</w:moveTo>",
        "<w:hyperlink>{}</w:hyperlink>",
        "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<w:fldSimple w:instr="DATE">{}</w:fldSimple>',
        "<w:smartTag><w:customXml>{}</w:customXml></w:smartTag>",
        "<mc:AlternateContent><mc:Choice>{}</mc:Choice></mc:AlternateContent>",
        "<mc:AlternateContent><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
    ],
)
def test_what_stands_around_text_does_not_hide_it(read_docx: Read, around: str) -> None:
    assert read_docx(p(r("앞 ") + around.format(r("속")) + r(" 뒤"))).text == "앞 속 뒤"
    assert read_docx(around.format(p(r("문단")))).text == "문단"


def test_deleted_text_is_left_out_and_told(read_docx: Read, said: Said) -> None:
    gone = "<w:del><w:r><w:delText>삭제</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{r('옮김')}</w:moveFrom>"
    found = read_docx(p(r("가") + gone + r("나") + moved) + f"<w:del>{p(r('문단'))}</w:del>")
    assert found.text == "가나"
    assert said(found, "deleted") == ["삭제옮김", "문단"]


def test_paragraphs_whose_end_is_deleted_or_hidden_go_on_in_the_next(read_docx: Read) -> None:
    for mark in ("<w:rPr><w:del/></w:rPr>", "<w:rPr><w:vanish/></w:rPr>"):
        assert read_docx(p(r("가"), mark) + p(r("나")) + p(r("다"))).text == "가나\n다"
        assert read_docx(p(r("가"), mark)).text == "가"
        assert read_docx(p(r("가"), mark) + table(cell("나", "다"))).text == "가\n나\n다"


def test_hidden_text_is_left_out_and_told(read_docx: Read, said: Said) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="c"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="p"><w:basedOn w:val="q"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="q"><w:basedOn w:val="p"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
    )
    body = (
        p(r("가") + r("숨음1", "<w:vanish/>") + r("나", '<w:vanish w:val="0"/>'))
        + p(r("다") + r("숨음2", '<w:rStyle w:val="c"/>'))
        + p(r("숨음3") + r("보임", '<w:vanish w:val="false"/>'), '<w:pStyle w:val="p"/>')
        + p(r("라"))
        + p(r("숨음4"), "<w:rPr><w:vanish/></w:rPr>" + '<w:pStyle w:val="p"/>')
    )
    found = read_docx(body, styles=styles)
    assert found.text == "가나\n다\n보임라"
    assert said(found, "hidden") == ["숨음1", "숨음2", "숨음3", "숨음4"]


def test_a_field_shows_its_result_and_not_its_instructions(read_docx: Read) -> None:
    inner = field("begin") + r("속") + field("separate") + r("속 결과") + field("end")
    outer = field("begin") + r("지시") + inner + field("separate") + r("결과") + field("end")
    assert read_docx(p(r("앞 ") + outer + r(" 뒤") + field("end"))).text == "앞 결과 뒤"
    over = p(field("begin") + r("지시")) + p(r("지시") + field("separate") + r("결과"))
    assert read_docx(over + p(r("둘째") + field("end") + r(" 뒤"))).text == "결과\n둘째 뒤"


def test_a_box_is_read_once_beside_the_text_it_hangs_on(read_docx: Read) -> None:
    box = f"<w:txbxContent>{p(r('상자'))}{p(r('둘째 줄'))}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert read_docx(p(both + r("글"))).text == "상자\n둘째 줄\n글"
    assert read_docx(p(r("글") + both + r(" 계속"))).text == "글 계속\n상자\n둘째 줄"
    gone = read_docx(p(r("글") + f"<w:del>{both}</w:del>"))
    assert gone.text == "글"
    assert [it.text for it in gone.dropped] == ["상자\n둘째 줄"]


def test_rows_are_lines_and_cells_stand_by_tabs(read_docx: Read) -> None:
    rows = table(cell("가", "나") + cell("다"), cell("") + cell("라"), cell("마") + cell(""))
    assert read_docx(p(r("앞")) + rows + p(r("뒤"))).text == "앞\n가 나\t다\n\t라\n마\n뒤"


def test_rows_and_cells_in_controls_are_read(read_docx: Read) -> None:
    row = f"<w:sdt><w:sdtContent><w:tr>{cell('가')}{cell('나')}</w:tr></w:sdtContent></w:sdt>"
    assert read_docx(f"<w:tbl>{row}</w:tbl>").text == "가\t나"


def test_a_cell_that_goes_on_with_the_one_above_shows_nothing(read_docx: Read, said: Said) -> None:
    merged = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    first = cell("가", properties=merged[0]) + cell("나")
    found = read_docx(table(first, cell("숨음", properties=merged[1]) + cell("다")))
    assert found.text == "가\t나\n다"
    assert said(found, "hidden") == ["숨음"]


def test_deleted_and_hidden_rows_are_left_out(read_docx: Read, said: Said) -> None:
    deleted = f"<w:trPr><w:del/></w:trPr>{cell('지움')}"
    hidden = f"<w:trPr><w:hidden/></w:trPr>{cell('숨김')}"
    found = read_docx(table(cell("가"), deleted, hidden))
    assert found.text == "가"
    assert said(found, "deleted") == ["지움"]
    assert said(found, "hidden") == ["숨김"]


def test_a_frame_around_paragraphs_keeps_their_lines(read_docx: Read) -> None:
    assert read_docx(table(cell("가", "나", "다"))).text == "가\n나\n다"
    inner = f"<w:tbl><w:tr>{cell('안', '쪽')}{cell('표')}</w:tr></w:tbl>"
    assert read_docx(f"<w:tbl><w:tr><w:tc>{p(r('밖'))}{inner}</w:tc></w:tr></w:tbl>").text == (
        "밖\n안 쪽\t표"
    )


def test_the_two_languages_of_a_table_are_read_one_after_the_other(read_docx: Read) -> None:
    korean, english = ["가" * 200] * 3, ["a" * 200] * 3
    found = read_docx(table(cell(*korean) + cell(*english)))
    assert found.text.split("\n") == korean + english
    assert [it.kind for it in found.doubts] == ["table"]


def test_a_bilingual_table_is_read_cell_by_cell(read_docx: Read) -> None:
    korean, english = "1. 양 장관은 한미동맹의 " + "가나다 " * 20, "1. The two sides " + "met " * 20
    title = cell("공동성명") + cell("Joint Communiqué")
    found = read_docx(table(title, cell(korean.strip()) + cell(english.strip())))
    assert found.text.split("\n") == [
        *("공동성명", "Joint Communiqué", korean.strip(), english.strip()),
    ]
    glossary = read_docx(table(title, cell("확장억제") + cell("extended deterrence")))
    assert glossary.text == "공동성명\tJoint Communiqué\n확장억제\textended deterrence"


def test_what_cannot_be_read_is_a_doubt(read_docx: Read) -> None:
    found = read_docx(p(r("글")) + '<w:altChunk r:id="x" xmlns:r="r"/>' + p(r("\uf0e8\U000f02b1")))
    assert [it.kind for it in found.doubts] == ["missing", "signs"]
    assert found.doubts[1].text.endswith(": 2")


def test_headers_footers_comments_and_notes_are_kept_apart(read_docx: Read, said: Said) -> None:
    note = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    end = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    found = read_docx(
        p(r("가") + note.format(2) + r("나") + note.format(1) + note.format(9) + end),
        header1=p(r("머리글")),
        footer1=p(r("꼬리글")),
        comments=f'<w:comment w:id="0">{p(r("설명"))}</w:comment>',
        footnotes=f'<w:footnote w:type="separator" w:id="0">{p(r("-"))}</w:footnote>'
        f'<w:footnote w:id="1">{p(r("둘째"))}</w:footnote>'
        f'<w:footnote w:id="2">{p(r("첫째"))}</w:footnote>',
        endnotes=f'<w:endnote w:id="1">{p(r("끝"))}</w:endnote>',
    )
    assert found.text == "가나"
    assert said(found, "footnote") == ["1) 첫째", "2) 둘째", "1) 끝"]
    assert said(found, "running-head") == ["머리글"]
    assert said(found, "footer") == ["꼬리글"]
    assert said(found, "comment") == ["설명"]


def test_formulas_and_ruby_keep_their_base(read_docx: Read, said: Said) -> None:
    formula = "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"
    ruby = f"<w:r><w:ruby><w:rt>{r('한')}</w:rt><w:rubyBase>{r('韓')}</w:rubyBase></w:ruby></w:r>"
    found = read_docx(p(formula + ruby))
    assert found.text == "x=1韓"
    assert said(found, "ruby") == ["한"]


def test_protection_against_changes_is_told(read_docx: Read) -> None:
    told = '<w:documentProtection w:edit="readOnly" w:enforcement="{}"/>'
    assert "changing" in read_docx(p(r("글")), settings=told.format(1)).rights
    assert read_docx(p(r("글")), settings=told.format(0)).rights == ""
    assert read_docx(p(r("글")), settings="").rights == ""


def test_whoever_waits_is_told_how_far_it_is(docx: Callable[..., bytes]) -> None:
    told: list[tuple[int, int]] = []
    data = docx(p(r("가")) * 250)
    extract(data, Task("a.docx", told=lambda done, total: told.append((done, total))))
    assert told == [(0, 250), (100, 250), (200, 250)]


def test_parts_are_found_by_what_they_are_said_to_be(
    zipped: Callable[[dict[str, str]], bytes], docx: Callable[..., bytes]
) -> None:
    space = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f'<d xmlns="{space}"><body><p><r><t>엄격</t></r></p></body></d>'
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    told = f'<R xmlns="{relations}"><Relationship Type="{kind}" Target="./Any/../Other.XML"/></R>'
    data = zipped({"_rels/.rels": told, "other.xml": body})
    assert extract(data, Task("a.docx")).text == "엄격"


def test_without_a_document_in_it_it_is_none(zipped: Callable[[dict[str, str]], bytes]) -> None:
    with pytest.raises(ReadError, match="no document of Word"):
        extract(zipped({"a.txt": "가"}), Task("a.docx"))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("deep", "unpacks to far more"),
        ("esc", "damaged"),
        ("notzip", "damaged"),
        ("xxe", "DTD"),
    ],
)
def test_hostile_samples_are_refused(name: str, told: str) -> None:
    with pytest.raises(ReadError, match=told):
        extract((SAMPLES / f"{name}.docx").read_bytes(), Task(f"{name}.docx"))


def test_samples_are_read() -> None:
    found = extract((SAMPLES / "features.docx").read_bytes(), Task("features.docx"))
    assert found.text.split("\n") == [
        "블록컨트롤문단",
        "본문 앞 삽입문구하이퍼링크콘텐츠컨트롤필드값줄1",
        "줄2\t탭",
        "표칸1\t표칸2",
        "표 뒤 문단",
        "글상자문단",
    ]
    numbered = extract((SAMPLES / "autonum.docx").read_bytes(), Task("autonum.docx"))
    typed = extract((SAMPLES / "lo_single_myeongjo.docx").read_bytes(), Task("typed.docx"))
    heads = [line.split(" ")[0] for line in numbered.text.split("\n")[2:]]
    assert heads == [*(f"{number}." for number in range(1, 21)), "//끝//"]
    assert numbered.text == typed.text
