"""The automatic numbers of Word documents."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scmtui.readers.extracted import Extracted

Read = Callable[..., Extracted]


def item(text: str, list_id: int | str | None = 1, level: int | None = 0, more: str = "") -> str:
    own = "" if list_id is None else f'<w:numId w:val="{list_id}"/>'
    at = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    numbers = f"<w:numPr>{at}{own}</w:numPr>" if own or at else ""
    return f"<w:p><w:pPr>{numbers}{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def lvl(level: int, form: str, style: str = "decimal", start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{form}"/>{more}</w:lvl>'
    )


def abstract(key: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def num(key: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def style(key: str, numbers: str = "", based_on: str = "", more: str = "") -> str:
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}" {more}>{based}'
        f"<w:pPr><w:numPr>{numbers}</w:numPr></w:pPr></w:style>"
    )


def of_style(key: str) -> str:
    return f'<w:pStyle w:val="{key}"/>'


THREE = abstract(0, lvl(0, "%1."), lvl(1, "%2.", "ganada"), lvl(2, "%1.%3)", "upperRoman"))


def test_levels_count_for_themselves_and_begin_anew(read_docx: Read) -> None:
    levels = (0, 1, 1, 2, 2, 0, 1, 2)
    body = "".join(item("글", level=level) for level in levels)
    found = read_docx(body, numbering=THREE + num(1, 0))
    heads = ["1.", "가.", "나.", "1.I)", "1.II)", "2.", "가.", "2.I)"]
    assert found.text.split("\n") == [f"{head} 글" for head in heads]


def test_a_level_that_was_passed_over_counts_as_begun(read_docx: Read) -> None:
    body = item("글") + item("글", level=2) + item("글", level=1)
    numbering = abstract(0, *(lvl(at, form) for at, form in enumerate(("%1", "%1.%2", "%1.%2.%3"))))
    assert read_docx(body, numbering=numbering + num(1, 0)).text == "1 글\n1.1.1 글\n1.2 글"


@pytest.mark.parametrize(
    ("restart", "third"), [("0", "1 2 3"), ("1", "1 2 1"), ("2", "1 1 1"), ("no", "1 2 3")]
)
def test_a_level_begins_anew_after_the_level_it_names(
    read_docx: Read, restart: str, third: str
) -> None:
    told = f'<w:lvlRestart w:val="{restart}"/>'
    numbering = abstract(0, lvl(0, "%1"), lvl(1, "%2"), lvl(2, "%3", more=told)) + num(1, 0)
    levels = (0, 1, 2, 1, 2, 0, 2)
    body = "".join(item(f"수준{level}", level=level) for level in levels)
    lines = read_docx(body, numbering=numbering).text.split("\n")
    assert " ".join(line.split()[0] for line in lines if line.endswith("수준2")) == third


def test_lists_of_one_definition_count_on_unless_they_begin_anew(read_docx: Read) -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = THREE + num(1, 0) + num(2, 0) + num(3, 0, anew)
    body = item("a", 1) + item("b", 2) + item("c", 3) + item("d", 3) + item("e", 1)
    assert read_docx(body, numbering=numbering).text == "1. a\n2. b\n5. c\n6. d\n7. e"


def test_a_list_may_write_a_level_in_its_own_way(read_docx: Read) -> None:
    own = f'<w:lvlOverride w:ilvl="0">{lvl(0, "제%1조", "decimal", 3)}</w:lvlOverride>'
    body = item("a", 2) + item("b") + item("c", 2)
    assert read_docx(body, numbering=THREE + num(1, 0, own) + num(2, 0)).text == (
        "1. a\n제2조 b\n3. c"
    )


def test_styles_put_their_paragraphs_in_lists(read_docx: Read) -> None:
    numbering = abstract(
        0, lvl(0, "%1.", more=of_style("h1")), lvl(1, "%1.%2", more=of_style("h2"))
    ) + num(1, 0)
    styles = (
        style("h1", '<w:numId w:val="1"/>', more='w:default="1"')
        + style("h2", based_on="h1")
        + style("off", '<w:numId w:val="0"/>', based_on="h1")
        + style("loop", based_on="loop")
        + style("at", '<w:ilvl w:val="1"/>', based_on="h1")
    )
    body = (
        item("제목", None, None, of_style("h1"))
        + item("절", None, None, of_style("h2"))
        + item("기본", None, None)
        + item("끔", None, None, of_style("off"))
        + item("직접 끔", 0, None, of_style("h1"))
        + item("돎", None, None, of_style("loop"))
        + item("수준", None, 1, of_style("h1"))
        + item("정함", None, None, of_style("at"))
    )
    found = read_docx(body, numbering=numbering, styles=styles).text.split("\n")
    assert found == [
        *("1. 제목", "1.1 절", "2. 기본", "끔", "직접 끔", "돎", "2.1 수준", "2.2 정함"),
    ]


def test_a_list_may_be_defined_by_a_style(read_docx: Read) -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="s"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="6"><w:numStyleLink w:val="t"/></w:abstractNum>'
    )
    numbering = THREE + linked + num(1, 0) + num(2, 5) + num(3, 6)
    styles = style("s", '<w:numId w:val="1"/>') + style("t", '<w:numId w:val="3"/>')
    body = item("a", 1) + item("b", 2) + item("c", 3)
    assert read_docx(body, numbering=numbering, styles=styles).text == "1. a\n2. b\nc"


def test_bullets_legal_numbers_and_what_follows_them(read_docx: Read) -> None:
    numbering = abstract(
        0,
        lvl(0, "\uf06c", "bullet"),
        lvl(1, "%2)", "upperRoman", more='<w:suff w:val="nothing"/>'),
        lvl(2, "%2.%3", more="<w:isLgl/>"),
        lvl(3, "", "none"),
        lvl(4, "", "bullet"),
    ) + num(1, 0)
    body = "".join(item("글", level=level) for level in range(6))
    assert read_docx(body, numbering=numbering).text.split("\n") == [
        *("● 글", "I)글", "1.1 글", "글", "글", "글"),
    ]


def test_newer_styles_fall_back(read_docx: Read) -> None:
    level = (
        '<w:lvl w:ilvl="0"><mc:AlternateContent><mc:Choice><w:numFmt w:val="custom"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="lowerLetter"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="%1."/><w:start w:val="3"/></w:lvl>'
    )
    assert read_docx(item("글"), numbering=abstract(0, level) + num(1, 0)).text == "c. 글"


def test_what_is_not_seen_does_not_count(read_docx: Read) -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    gone = f'<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>{mark}</w:pPr></w:p>'
    body = item("가") + gone + item("나", more=mark) + item("다") + item("라")
    assert read_docx(body, numbering=THREE + num(1, 0)).text == "1. 가\n2. 나다\n3. 라"


def test_an_item_that_was_moved_counts_where_it_went(read_docx: Read) -> None:
    moved = item("나", more="<w:rPr><w:moveFrom/></w:rPr>")
    moved = moved.replace("<w:r>", "<w:moveFrom><w:r>").replace("</w:r>", "</w:r></w:moveFrom>")
    body = item("가") + moved + item("다") + item("나")
    assert read_docx(body, numbering=THREE + num(1, 0)).text == "1. 가\n2. 다\n3. 나"


def test_an_empty_item_counts_but_is_no_line(read_docx: Read) -> None:
    body = item("가") + item("") + item("다")
    assert read_docx(body, numbering=THREE + num(1, 0)).text == "1. 가\n3. 다"


@pytest.mark.parametrize("told", ["x", "", "99999999999999", "-5"])
def test_numbers_that_are_none_do_no_harm(read_docx: Read, told: str) -> None:
    numbering = f"{THREE}{num(1, 0)}".replace('w:start w:val="1"', f'w:start w:val="{told}"')
    assert read_docx(item("글", level=0), numbering=numbering).text.endswith(". 글")
    assert "글" in read_docx(item("글", told), numbering=numbering).text
    body = item("글").replace('w:ilvl w:val="0"', f'w:ilvl w:val="{told}"')
    assert "글" in read_docx(body, numbering=numbering).text
