"""A good file of every format is read whole, and damaged ones are made of it the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from scmtui import text
from scmtui.readers import contents, detect
from scmtui.readers.docx import extract as extract_docx
from scmtui.readers.extracted import Task
from scmtui.readers.hwpx import extract as extract_hwpx
from tests.bench import fuzz, good, office

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.mark.parametrize("name", good.GOOD)
def test_it_is_read_whole(name: str) -> None:
    data = good.GOOD[name]()
    assert detect(data, name) == name.rpartition(".")[2]
    (document,) = contents.documents(data, Task(name), text.RULES)
    assert document.facts.title.startswith("제52차 한미안보협의회의")
    assert [it.number for it in document.paragraphs] == list(range(1, 21))
    first = [it.parts[0].text for it in document.paragraphs[1:-1]]
    tidied = [text.tidy(it, text.RULES) for it in good.paragraphs()[1:-1]]
    if not name.endswith(".txt"):  # whose lines are joined by guessing
        assert [a.split()[:6] for a in first] == [b.split()[:6] for b in tidied]
    written = "\n".join(part.text for it in document.paragraphs for part in it.parts)
    for hidden in ("숨긴 말", "지운 말", good.HEAD, good.NOTE, "처음"):
        assert hidden not in written


@pytest.mark.parametrize("name", good.GOOD)
def test_what_is_damaged_is_the_same_each_time(name: str) -> None:
    form = name.rpartition(".")[2]
    files = fuzz.samples(form, [SAMPLES / "office"])
    assert name in dict(files)
    made = [fuzz.mutation(form, files, 1, number) for number in range(30)]
    assert made == [fuzz.mutation(form, files, 1, number) for number in range(30)]
    kinds = {data[:4] == good.GOOD[name]()[:4] for data, its in made if its == name}
    assert True in kinds  # most are damaged inside, and still of their kind


NUMBERED = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
HEADED = (
    '<hh:numbering id="1"><hh:paraHead level="1" start="1">^1.</hh:paraHead></hh:numbering>'
    '<hh:paraPr id="1"><hh:heading type="NUMBER" idRef="1" level="0"/></hh:paraPr>'
)


def test_a_cell_may_hold_a_number_and_nothing_else() -> None:
    """Tables are numbered so: a column of empty paragraphs that count."""
    item = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    text = "<w:p><w:r><w:t>글</w:t></w:r></w:p>"
    row = f"<w:tr><w:tc>{item}</w:tc><w:tc>{text}</w:tc></w:tr>"
    data = office.docx(f"<w:tbl>{row * 2}</w:tbl>{item}{text}", numbering=NUMBERED)
    assert extract_docx(data, Task("a.docx")).text == "1.\t글\n2.\t글\n글"
    cells = (
        f'<hp:tc><hp:subList><hp:p paraPrIDRef="{shape}">{inner}</hp:p></hp:subList></hp:tc>'
        for shape, inner in ((1, ""), (0, "<hp:run><hp:t>글</hp:t></hp:run>"))
    )
    row = f"<hp:tr>{''.join(cells)}</hp:tr>"
    body = f"<hp:p><hp:run><hp:tbl>{row * 2}</hp:tbl></hp:run></hp:p>"
    found = extract_hwpx(office.hwpx(body, header=HEADED), Task("a.hwpx"))
    assert found.text == "1.\t글\n2.\t글"


def test_a_heading_within_a_choice_counts() -> None:
    choice = HEADED.replace("<hh:heading", "<hh:switch><hh:case><hh:heading")
    choice = choice.replace('level="0"/>', 'level="0"/></hh:case></hh:switch>')
    body = '<hp:p paraPrIDRef="1"><hp:run><hp:t>글</hp:t></hp:run></hp:p>'
    assert extract_hwpx(office.hwpx(body, header=choice), Task("a.hwpx")).text == "1. 글"
