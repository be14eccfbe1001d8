"""What the reader corrects is a layer over the source: made, taken back, kept, and never lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import readers, text
from scmtui.model import Address, Correction, Provenance
from scmtui.readers.corrections import Seam, corrected, seams, uncorrected
from scmtui.readers.document import compose
from scmtui.stored import dumps, loads

SEED = Path(__file__).parent / "samples" / "scm52-communique.ko.txt"
FROM = Provenance("text.txt", "txt", "0" * 64)
LINES = """\
제54차 SCM 공동성명
1. 첫째 문장이다. 둘째
문장이 이어진다.
2. 셋째 문장이다. 넷째 문장이다.
다섯째는
여섯째이다.
"""


def parts(document: object) -> list[tuple[int, str, list[str]]]:
    from scmtui.model import Document

    assert isinstance(document, Document)
    return [
        (item.number, item.heading, [part.text for part in item.parts])
        for item in document.paragraphs
    ]


def at(words: str) -> int:
    return LINES.index(words)


@pytest.mark.parametrize(
    ("correction", "shown"),
    [
        (
            Correction("join", at("문장이 이어진다"), ""),
            [
                (1, "", ["첫째 문장이다. 둘째문장이 이어진다."]),
                (2, "", ["셋째 문장이다. 넷째 문장이다. 다섯째는 여섯째이다."]),
            ],
        ),
        (
            Correction("part", at("넷째")),
            [
                (1, "", ["첫째 문장이다. 둘째 문장이 이어진다."]),
                (2, "", ["셋째 문장이다.", "넷째 문장이다. 다섯째는 여섯째이다."]),
            ],
        ),
        (
            Correction("paragraph", at("다섯째")),
            [
                (1, "", ["첫째 문장이다. 둘째 문장이 이어진다."]),
                (2, "", ["셋째 문장이다. 넷째 문장이다."]),
                (3, "", ["다섯째는 여섯째이다."]),
            ],
        ),
        (
            Correction("paragraph", at("다섯째"), "9"),
            [
                (1, "", ["첫째 문장이다. 둘째 문장이 이어진다."]),
                (2, "", ["셋째 문장이다. 넷째 문장이다."]),
                (9, "", ["다섯째는 여섯째이다."]),
            ],
        ),
        (
            Correction("join", at("2. 셋째"), " "),
            [
                (
                    1,
                    "",
                    [
                        (
                            "첫째 문장이다. 둘째 문장이 이어진다. 2. 셋째 문장이다. 넷째 문장이다."
                            " 다섯째는 여섯째이다."
                        )
                    ],
                )
            ],
        ),
        (
            Correction("paragraph", at("1. 첫째"), "4"),
            [
                (4, "", ["1. 첫째 문장이다. 둘째 문장이 이어진다."]),
                (2, "", ["셋째 문장이다. 넷째 문장이다. 다섯째는 여섯째이다."]),
            ],
        ),
    ],
    ids=lambda it: f"{it.kind} {it.at} {it.value}" if isinstance(it, Correction) else "",
)
def test_a_correction_is_made_kept_and_taken_back(
    correction: Correction, shown: list[tuple[int, str, list[str]]]
) -> None:
    document = compose(LINES, FROM)
    made = corrected(document, correction)
    assert parts(made) == shown
    assert made.corrections == (correction,)
    assert made.source == document.source
    assert made.findings == document.findings
    assert replace(made.facts, paragraphs=0) == replace(document.facts, paragraphs=0)
    assert readers.reread(made, text.RULES) == made
    assert loads(dumps(made)) == made
    assert uncorrected(made, correction.at) == document


def test_a_correction_beyond_the_text_changes_nothing() -> None:
    document = compose(LINES, FROM)
    for place in (-1, len(LINES) - 1, len(LINES) + 5):
        assert parts(corrected(document, Correction("part", place))) == parts(document)


def test_one_correction_takes_the_place_of_another() -> None:
    document = corrected(compose(LINES, FROM), Correction("part", at("넷째")))
    document = corrected(document, Correction("part", at("다섯째")))
    document = corrected(document, Correction("paragraph", at("넷째"), "3"))
    assert [(it.kind, it.at) for it in document.corrections] == [
        ("paragraph", at("넷째")),
        ("part", at("다섯째")),
    ]
    assert [item.number for item in document.paragraphs] == [1, 2, 3]


def test_a_doubt_on_a_join_leads_to_its_seam_and_goes_when_it_is_settled() -> None:
    words = " ".join(it.parts[0].text for it in readers.read(SEED).documents[0].paragraphs)
    lines = [words[start : start + 33].strip() for start in range(0, len(words), 33)]
    document = compose("1. " + "\n".join(lines), FROM)
    doubts = [it for it in document.doubts if it.kind == "join"]
    assert doubts
    for doubt in doubts[:5]:
        (seam,) = [it for it in seams(document, doubt.address) if it.at == doubt.at]
        assert not seam.sure
        assert seam.others[0].kind == "join"
        settled = corrected(document, seam.now)
        assert parts(settled) == parts(document)
        assert doubt.at not in [it.at for it in settled.doubts]
        other = corrected(document, seam.others[0])
        assert parts(other) != parts(document)


def test_seams_of_a_document_a_paragraph_and_a_part() -> None:
    document = corrected(compose(LINES, FROM), Correction("part", at("넷째")))
    everywhere = seams(document)
    assert [(LINES[it.at : it.at + 2], it.now.kind, it.shown) for it in everywhere] == [
        ("둘째", "join", 9),
        ("문장", "join", 12),
        ("2.", "paragraph", 0),
        ("넷째", "part", 0),
        ("다섯", "join", 9),
        ("여섯", "join", 14),
    ]
    assert seams(document, Address("54", 2)) == everywhere[2:]
    assert seams(document, Address("54", 2, 2)) == everywhere[3:]
    within = everywhere[0]
    assert [it.kind for it in within.others] == ["part", "paragraph"]
    between = everywhere[1]
    assert [(it.kind, it.value) for it in between.others] == [
        ("join", ""),
        ("part", ""),
        ("paragraph", ""),
    ]


def test_seams_of_the_seed_lead_to_its_words() -> None:
    document = readers.read(SEED).documents[0]
    found = seams(document)
    assert len(found) > 200
    for seam in found:
        assert not document.source[seam.at].isspace()
        item = document.paragraph(seam.address.paragraph or 0)
        assert item
        shown = item.parts[(seam.address.part or 1) - 1].text
        if seam.now.kind == "join":
            assert shown[seam.shown] == document.source[seam.at]


@given(st.data())
def test_any_corrections_lose_nothing_and_can_be_taken_back(data: st.DataObject) -> None:
    document = before = compose(LINES, FROM)
    made: list[Seam] = []
    for _ in range(data.draw(st.integers(1, 4))):
        seam = data.draw(st.sampled_from(seams(document)))
        document = corrected(document, data.draw(st.sampled_from(seam.others)))
        made.append(seam)
        kept = "".join(document.source[item.start : item.end] for item in document.paragraphs)
        assert "".join(kept.split()) == "".join(LINES.split("\n", 1)[1].split())
    for seam in made:
        document = uncorrected(document, seam.at)
    assert document == before


def test_a_heading_that_is_none_becomes_text_by_joining_what_follows() -> None:
    source = "1. 확장억제\n첫째다.\n2. 주한미군\n둘째다.\n"
    document = compose(source, FROM)
    assert [item.heading for item in document.paragraphs] == ["확장억제", "주한미군"]
    seam = next(it for it in seams(document) if source[it.at :].startswith("둘째다"))
    assert (seam.now.kind, seam.shown, str(seam.address)) == ("part", 0, "x-text:2.1")
    joined = next(it for it in seam.others if (it.kind, it.value) == ("join", " "))
    assert parts(corrected(document, joined))[1] == (2, "", ["주한미군 둘째다."])


@pytest.mark.parametrize("value", ["x", "9" * 5000, "-1", "2"])
def test_a_number_that_cannot_be_is_the_next_one(value: str) -> None:
    document = corrected(compose(LINES, FROM), Correction("paragraph", at("다섯째"), value))
    assert [item.number for item in document.paragraphs] == [1, 2, 3]
