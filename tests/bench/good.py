"""One communiqué in every format of an office, as its programs write it: what damage begins with.

Each has twenty paragraphs with automatic numbers and, where its format can have them, a table, a
footnote, a running head, a deletion and something hidden.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

from tests.bench.office import docx, hwp, hwp_paragraph, hwpx, record

_TEXT = Path(__file__).parents[1] / "samples" / "scm52-communique.ko.txt"
TITLE = "제52차 한미안보협의회의(SCM) 공동성명"
NOTE = "안보협의회의(Security Consultative Meeting)"
HEAD = "국방부 보도자료"


def paragraphs(count: int = 20) -> list[str]:
    """The paragraphs of a communiqué, of each the first sentence, without their numbers."""
    found = []
    for item in re.split(r"\n *\d{1,2}\. *(?=[가-힣])", _TEXT.read_text("utf-8"))[1 : count + 1]:
        whole = " ".join(item.split())
        found.append(whole[: whole.index("다. ") + 2] if "다. " in whole else whole)
    return found


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{_escaped(text)}</w:t></w:r>'


def good_docx() -> bytes:
    """As Word writes it: the numbers come from a list that a style is in."""
    number = "<w:pPr><w:pStyle w:val='Item'/></w:pPr>"
    cells = "".join(f"<w:tc><w:p>{_run(it)}</w:p></w:tc>" for it in ("구분", "내용", "비고"))
    body = [f"<w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr>{_run(TITLE)}</w:p>"]
    for at, text in enumerate(paragraphs()):
        note = "<w:r><w:footnoteReference w:id='1'/></w:r>" if at == 1 else ""
        gone = f"<w:del>{_run('지운 말').replace('w:t', 'w:delText')}</w:del>" if at == 2 else ""
        body.append(f"<w:p>{number}{_run(text)}{note}{gone}</w:p>")
    body += [f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"]
    body += [f"<w:p>{_run('숨긴 말', '<w:rPr><w:vanish/></w:rPr>')}</w:p>"]
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:pStyle w:val="Item"/><w:lvlText w:val="%1."/></w:lvl>'
    )
    return docx(
        "".join(body),
        numbering=f'<w:abstractNum w:abstractNumId="7">{level}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>',
        styles='<w:style w:type="paragraph" w:styleId="Base"/>'
        '<w:style w:type="paragraph" w:styleId="Title"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Item"><w:basedOn w:val="Base"/><w:pPr><w:numPr>'
        '<w:numId w:val="3"/></w:numPr></w:pPr></w:style>',
        footnotes=f'<w:footnote w:id="1"><w:p>{_run(NOTE)}</w:p></w:footnote>',
        header1=f"<w:p>{_run(HEAD)}</w:p>",
    )


def _paragraph(inner: str, shape: int = 0) -> str:
    return f'<hp:p paraPrIDRef="{shape}"><hp:run>{inner}</hp:run></hp:p>'


def _text(text: str) -> str:
    return f"<hp:t>{_escaped(text)}</hp:t>"


def good_hwpx() -> bytes:
    """As Hangul writes it: the numbers come from the shape of the paragraphs."""
    inner = f"<hp:subList>{_paragraph(_text(HEAD))}</hp:subList>"
    note = f"<hp:subList>{_paragraph(_text(NOTE))}</hp:subList>"
    cell = "<hp:tc><hp:subList>{}</hp:subList></hp:tc>"
    row = "".join(cell.format(_paragraph(_text(it))) for it in ("구분", "내용", "비고"))
    table = f"<hp:tbl><hp:tr>{row}</hp:tr><hp:tr>{row}</hp:tr></hp:tbl>"
    body = [_paragraph(f"<hp:ctrl><hp:header>{inner}</hp:header></hp:ctrl>{_text(TITLE)}")]
    for at, text in enumerate(paragraphs()):
        noted = f"<hp:ctrl><hp:footNote>{note}</hp:footNote></hp:ctrl>" if at == 1 else ""
        gone = "<hp:t>가<hp:deleteBegin/>지운 말<hp:deleteEnd/></hp:t>" if at == 2 else ""
        body.append(_paragraph(_text(text) + noted + gone, 1))
    body += [_paragraph(table)]
    header = (
        '<hh:numberings><hh:numbering id="1"><hh:paraHead level="1" start="1" numFormat="DIGIT">'
        '^1.</hh:paraHead></hh:numbering></hh:numberings><hh:paraProperties><hh:paraPr id="0"/>'
        '<hh:paraPr id="1"><hh:heading type="NUMBER" idRef="1" level="0"/></hh:paraPr>'
        "</hh:paraProperties>"
    )
    return hwpx("".join(body), header=header)


def _control(name: bytes, told: bytes, inner: bytes) -> bytes:
    return record(71, 1, name[::-1] + told) + inner


def _sign(code: int) -> str:
    return chr(code) + "\ud7ff" * 6 + chr(code)


def _list(text: str, told: bytes = bytes(8)) -> bytes:
    return record(72, 2, told) + hwp_paragraph(text, 2)


def good_hwp(*, deflated: bool = True) -> bytes:
    """As Hangul 5 writes it, its streams deflated or as they are."""
    form = "^1.".encode("utf-16-le")
    level = struct.pack("<IHHI", 0, 0, 0, 0xFFFFFFFF) + struct.pack("<H", 3) + form
    others = (struct.pack("<IHHI", 0, 0, 0, 0xFFFFFFFF) + bytes(2)) * 6
    numbering = record(23, 1, level + others + struct.pack("<H7I", 1, *[1] * 7))
    shapes = b"".join(
        record(
            25,
            1,
            struct.pack("<I", kind << 23) + bytes(26) + struct.pack("<H", kind // 2) + bytes(22),
        )
        for kind in (0, 2)
    )
    cells = b"".join(
        _list(it, bytes(8) + struct.pack("<HHHH", column, 0, 1, 1))
        for column, it in enumerate(("구분", "내용", "비고"))
    )
    table = _control(b"tbl ", bytes(40), record(77, 2, struct.pack("<IHH", 0, 1, 3)) + cells)
    noted = _control(b"fn  ", b"", _list(NOTE))
    headed = _control(b"head", b"", _list(HEAD))
    body = [hwp_paragraph(_sign(16) + TITLE) + headed]
    for at, text in enumerate(paragraphs()):
        body.append(hwp_paragraph(text + (_sign(17) if at == 1 else ""), 0, 1))
        body += [noted] if at == 1 else []
    body.append(hwp_paragraph(_sign(11)) + table)
    return hwp(b"".join(body), info=numbering + shapes, flags=int(deflated))


def _listed() -> str:
    items = "".join(f"<li>{_escaped(it)}</li>" for it in paragraphs())
    return f"<h1>{TITLE}</h1><ol>{items}</ol>"


def good_html() -> bytes:
    """A page in EUC-KR that says so, with a style that hides something."""
    head = f"<meta charset=euc-kr><title>{TITLE}</title><style>.a{{display:none}}</style>"
    page = f"<html><head>{head}</head><body><nav><a href=/>처음</a></nav><article>{_listed()}"
    return f"{page}<p class=a>숨긴 말</p></article></body></html>".encode("cp949", "replace")


def good_md() -> bytes:
    """Markdown with front matter, a list that numbers itself, a link and a table."""
    items = "\n".join(f"1. {it}" for it in paragraphs())
    table = "| 구분 | 내용 |\n|---|---|\n| **가** | [나](https://a.example/b) |"
    return f"---\ntitle: {TITLE}\n---\n# {TITLE}\n\n{items}\n\n{table}\n".encode()


def good_txt() -> bytes:
    """Text in the encoding of Korean Windows, lines broken by hand."""
    lines = [TITLE, ""]
    for number, text in enumerate(paragraphs(), 1):
        told = f"{number}. {text}"
        lines += [told[at : at + 40] for at in range(0, len(told), 40)]
    return "\r\n".join(lines).encode("cp949", "replace")


GOOD = {
    "good.docx": good_docx,
    "good.hwpx": good_hwpx,
    "good.hwp": good_hwp,
    "plain.hwp": lambda: good_hwp(deflated=False),
    "good.html": good_html,
    "good.md": good_md,
    "good.txt": good_txt,
}
"""What makes each file, by its name."""
