"""Briefings to write: from the bundled documents, and one with every character that bites."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scmtui.briefing.collected import Briefing, Entry, Passage, from_comparison
from scmtui.compare import Comparison, compare
from scmtui.model import Address
from scmtui.themes import taxonomy

if TYPE_CHECKING:
    from scmtui.model import Document

NASTY = "* _ # [ ] < > & = + - @ | \" ' ` ~ \\ {x} $y$ %z ^ <script>alert(1)</script> 1. =SUM(A1)"


@pytest.fixture(scope="session")
def comparison(bundled: dict[str, Document]) -> Comparison:
    """The 52nd communiqué beside the article on the 57th."""
    return compare(bundled["52"], bundled["57-article"], taxonomy())


@pytest.fixture(scope="session")
def opcon(comparison: Comparison) -> Briefing:
    """What both say of the OPCON transition."""
    theme = taxonomy().theme("opcon")
    assert theme
    return from_comparison("전작권 전환", comparison, comparison.narrowed("opcon"), "ko", theme)


@pytest.fixture
def nasty(bundled: dict[str, Document]) -> Briefing:
    """Words that each format might take for its own, everywhere that words can be."""
    facts = bundled["52"].facts
    quote = Passage(Address("52", 1), f"{NASTY}\n{'가' * 400}", f"출처 {NASTY}", facts)
    entries = (
        Entry("heading", text=NASTY),
        Entry("line", text=f"={NASTY}"),
        Entry("passage", (quote,), text=NASTY),
    )
    return Briefing(NASTY, entries)
