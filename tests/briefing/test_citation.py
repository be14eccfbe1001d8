"""Citations: their form in each style, and that each one leads back to the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scmtui import corpus
from scmtui.briefing.citation import STYLES, cite, source
from scmtui.briefing.collected import passage
from scmtui.briefing.dates import dated
from scmtui.model import Address
from scmtui.positions import position
from scmtui.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scmtui.model import Document

COMMUNIQUE = "「제52차 한미안보협의회의(SCM) 공동성명」(2020. 10. 14., 워싱턴 D.C.)"
ARTICLE = "「[제57차 한미안보협의회의(SCM) 해설]」(2025. 11. 14.)[비공식]"
MEETING = "ROK-U.S. Security Consultative Meeting"
HELD = "Washington, D.C., 14 October 2020"
IN_ENGLISH = f"Joint Communiqué of the 52nd {MEETING} ({HELD}, Korean text)"
OF_PRESS = f"Article about the 57th {MEETING} (14 November 2025, Korean text, unofficial)"
FORMS = [
    ("52:11", "ko", f"{COMMUNIQUE} 제11항"),
    ("52:1.1.2", "ko", f"{COMMUNIQUE} 제1항 제1문단 제2문장"),
    ("57-article:2", "ko", f"{ARTICLE} 제2항"),
    ("57-article:0", "ko", f"{ARTICLE} 도입부"),
    ("52", "ko", COMMUNIQUE),
    ("52:11", "en", f"{IN_ENGLISH}, para. 11"),
    ("57-article:0", "en", f"{OF_PRESS}, introduction"),
    ("52:1.1.2", "en", f"{IN_ENGLISH}, para. 1, subpara. 1, sentence 2"),
    ("52:11", "short", "52:11"),
    ("57-article:2", "short", "57-article:2 (비공식)"),
]


@pytest.mark.parametrize(("address", "style", "form"), FORMS)
def test_a_citation_has_the_form_of_its_style(
    bundled: dict[str, Document], address: str, style: str, form: str
) -> None:
    at = Address.parse(address)
    assert cite(bundled[at.document], at, style) == form


def places(document: Document) -> Iterator[Address]:
    for paragraph in document.paragraphs:
        yield Address(document.id, paragraph.number)
        for number, part in enumerate(paragraph.parts, 1):
            yield Address(document.id, paragraph.number, number)
            for count in range(1, len(sentences(part.text)) + 1):
                yield Address(document.id, paragraph.number, number, count)


@pytest.mark.parametrize("id_", ["52", "57-article"])
def test_every_citation_leads_back_to_the_words(bundled: dict[str, Document], id_: str) -> None:
    document = bundled[id_]
    seen: dict[str, str] = {}
    for address in places(document):
        quoted = passage(position(document, address), bundled.__getitem__, "ko")
        assert not quoted.lost
        shown = corpus.passage(document, quoted.address)
        assert quoted.text.endswith(shown)
        assert seen.setdefault(quoted.citation, quoted.text).endswith(shown)


def test_what_is_not_official_says_so_in_every_style(bundled: dict[str, Document]) -> None:
    for style in STYLES:
        told = source(bundled["57-article"].facts, style)
        assert "비공식" in told or "unofficial" in told
        assert "비공식" not in source(bundled["52"].facts, style)


def test_a_communique_goes_by_the_meeting_and_others_by_their_print(
    bundled: dict[str, Document],
) -> None:
    assert str(dated(bundled["52"].facts)) == "2020-10-14"
    assert str(dated(bundled["57-article"].facts)) == "2025-11-14"
