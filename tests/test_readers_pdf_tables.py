"""Pages printed from tables: narrow columns, numbers in cells of their own, raised marks."""

from __future__ import annotations

import pytest

from scmtui.model import Kind, Provenance
from scmtui.readers import pdf
from scmtui.readers.document import compose_all
from scmtui.readers.extracted import Extracted, Task
from tests.bench.hostile import page, stream

WIDE = 6.0
"""Points of a letter of ten points in a font of one width."""


def at(x: float, y: float, text: str, size: float = 10) -> str:
    escaped = text.replace(")", "\\)")
    return f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET"


def extract(*written: str) -> Extracted:
    data = page(stream(" ".join(written).encode())).replace(b"/Helvetica", b"/Courier  ")
    return pdf.extract(data, Task("a.pdf"))


LEFT = ("this column on the left side is rather wide", "with lines that end before it does")
RIGHT = "the other one is not"


def columns(gap: float, rows: int = 20) -> list[str]:
    """Lines of two columns, each of the right one written at once after that of the left one."""
    start = 50 + len(LEFT[0]) * WIDE + gap
    return [
        piece
        for row in range(rows)
        for piece in (at(50, 750 - 14 * row, LEFT[row % 2]), at(start, 750 - 14 * row, RIGHT))
    ]


@pytest.mark.parametrize("gap", [5, 7, 9, 14, 30])
def test_columns_are_read_one_after_the_other(gap: float) -> None:
    lines = [it.strip() for it in extract(*columns(gap)).text.split("\n") if it.strip()]
    assert lines == [*LEFT * 10, *[RIGHT] * 20]


def test_a_title_across_narrow_columns_stays_whole() -> None:
    title = "A title that stands across both of the columns of this page below"
    lines = extract(at(50, 790, title), *columns(8)).text.split("\n")
    assert lines[0].strip() == title


def test_one_column_of_prose_is_not_parted() -> None:
    lines = [f"words of line {row} and as many more as make it a full line" for row in range(30)]
    written = [at(50, 780 - 14 * row, it) for row, it in enumerate(lines)]
    assert [it.strip() for it in extract(*written).text.split("\n")] == lines


@pytest.mark.parametrize("rows", [2, 3, 4, 5, 7])
def test_a_number_at_half_the_height_of_its_cell_stands_before_the_text(rows: int) -> None:
    """A browser sets the number of a row there, and writes it first."""
    written, expected, y = [], [], 780.0
    for number in range(1, 7):
        texts = [f"item {number} has a line {row} here." for row in range(rows)]
        written.append(at(50, y - 14 * (rows - 1) / 2, f"{number}."))
        written += [at(80, y - 14 * row, it) for row, it in enumerate(texts)]
        expected.append(" ".join(texts))
        y -= 14 * rows + 6
    found = extract(*written).text
    (document,) = compose_all(found, Provenance("a.pdf", "pdf", "0" * 64))
    assert document.facts.kind is Kind.OTHER
    assert [it.number for it in document.paragraphs] == list(range(1, 7))
    told = [" ".join(part.text for part in it.parts) for it in document.paragraphs]
    assert told == expected


@pytest.mark.parametrize("size", [5, 6, 7, 8.3, 8.9])
def test_a_raised_mark_goes_with_its_note(size: float) -> None:
    text = "The two sides agreed."
    end = 50 + len(text) * WIDE
    found = extract(
        at(50, 700, text),
        at(end, 704, "1)", size),
        at(50, 686, "They went on with it for long."),
        *(at(50, 672 - 14 * row, "It is the text of the page as it is.") for row in range(8)),
        at(50, 100, "1) What the note says.", 8),
    )
    assert found.text.split("\n")[0].strip() == text
    assert [it.text for it in found.dropped if it.kind == "footnote"] == ["1) What the note says."]


def test_a_sentence_with_a_mark_is_finished() -> None:
    source = "1. 양 장관은 논의하였다.16)\n2. 양 장관은 합의하였다.17)\n3. 양 장관은 평가하였다."
    (document,) = compose_all(source, Provenance("a.pdf", "pdf", "0" * 64))
    assert [it.number for it in document.paragraphs] == [1, 2, 3]
