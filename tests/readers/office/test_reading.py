"""Office documents all the way: from a file to documents with numbered paragraphs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scmtui import readers
from scmtui.model import Kind, ReadError

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parents[2] / "samples" / "office"
KOREAN = "양 장관은 한미동맹의 연합방위태세와 확장억제 협력을 지속해 나가기로 하였다."
ENGLISH = "The two sides reaffirmed the combined defense posture of the ROK-U.S. Alliance."


def test_a_communique_with_automatic_numbers_is_read_as_one() -> None:
    (document,) = readers.read(SAMPLES / "autonum.docx").documents
    assert (document.id, document.facts.kind) == ("52", Kind.COMMUNIQUE)
    assert [it.number for it in document.paragraphs] == list(range(1, 21))
    assert document.facts.provenance.format == "docx"


def test_what_was_left_out_stays_with_the_document() -> None:
    (document,) = readers.read(SAMPLES / "features.docx").documents
    told = {it.kind: it.text for it in document.dropped}
    assert told["deleted"] == "삭제문구"
    assert told["hidden"] == "숨긴글"
    assert told["running-head"] == "머리글"
    assert told["footer"] == "꼬리글"


def test_a_bilingual_table_becomes_text_in_both_languages(
    docx: Callable[..., bytes], tmp_path: Path
) -> None:
    def row(korean: str, english: str) -> str:
        cells = (f"<w:tc><w:p><w:r><w:t>{it}</w:t></w:r></w:p></w:tc>" for it in (korean, english))
        return f"<w:tr>{''.join(cells)}</w:tr>"

    rows = [
        row("제57차 한미안보협의회의 공동성명", "Joint Communiqué of the 57th SCM"),
        *(row(f"{at}. {KOREAN * 3}", f"{at}. {ENGLISH * 3}") for at in range(1, 8)),
    ]
    file = tmp_path / "bilingual.docx"
    file.write_bytes(docx(f"<w:tbl>{''.join(rows)}</w:tbl>"))
    made = readers.read(file).documents
    text = "".join(part.text for it in made for item in it.paragraphs for part in item.parts)
    assert text.count("연합방위태세") == text.count("combined defense") == 21


@pytest.mark.parametrize("name", ["deep.docx", "esc.docx", "quad.hwpx", "xxe.docx"])
def test_hostile_files_end_in_a_sentence(name: str) -> None:
    with pytest.raises(ReadError, match=f"“{name}”"):
        readers.read(SAMPLES / name)
