"""Documents made for tests: a few paragraphs of plain text each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from scmtui.model import Document, Facts, Kind, Paragraph, Part, Provenance

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., Document]


def made(
    meeting: int | None,
    *texts: str,
    language: str = "ko",
    kind: Kind = Kind.COMMUNIQUE,
    official: bool = True,
    name: str = "",
) -> Document:
    paragraphs = tuple(
        Paragraph(number, "", tuple(Part(it, 0, len(it)) for it in text.split("\n")), 0, len(text))
        for number, text in enumerate(texts, 1)
    )
    id_ = name or "-".join(
        filter(
            None,
            (
                str(meeting) if meeting else "x-made",
                "" if language == "ko" else language,
                "" if kind is Kind.COMMUNIQUE else kind.value,
            ),
        )
    )
    facts = Facts(
        id=id_,
        meeting=meeting,
        kind=kind,
        language=language,
        title=f"제{meeting}차 공동성명",
        provenance=Provenance(file=f"{id_}.txt", format="txt", sha256="0" * 64),
        held=date(1968 + meeting, 10, 14) if meeting else None,
        official=official,
        paragraphs=len(paragraphs),
    )
    return Document(facts, paragraphs, "\n".join(texts))


@pytest.fixture(scope="session")
def make() -> Make:
    """`make(52, "첫 항", "둘째 항")`: the official Korean communiqué of the 52nd, two paragraphs.

    A line break parts the parts of a paragraph.
    """
    return made
