"""What the tests of comparing stand on: documents from plain texts, the themes, marks to read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scmtui import themes
from scmtui.model import Kind, Paragraph, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from scmtui.compare import Run
    from scmtui.model import Document
    from scmtui.themes import Taxonomy

MARKS = {"-": "[-{}-]", "+": "{{+{}+}}", "<": "[<{}<]", ">": "{{>{}>}}"}


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    """The themes that come with the program."""
    from scmtui import corpus

    return themes.load(corpus.assets() / "themes.toml")


@pytest.fixture
def write(make_document: Callable[..., Document]) -> Callable[..., Document]:
    """`write(texts, id="99", language="ko")`: a document whose paragraphs 1, 2, … have these texts.

    A text is one part, a tuple of texts several; “Heading: text” has a heading.
    """

    def written(
        texts: Sequence[str | tuple[str, ...]],
        id: str = "99",  # noqa: A002
        language: str = "ko",
        kind: Kind = Kind.COMMUNIQUE,
    ) -> Document:
        paragraphs = []
        for number, text in enumerate(texts, 1):
            parts = [text] if isinstance(text, str) else list(text)
            heading, colon, rest = parts[0].partition(": ")
            if colon:
                parts[0] = rest
            made = tuple(Part(part, 0, len(part)) for part in parts)
            paragraphs.append(Paragraph(number, heading if colon else "", made, 0, 0))
        base = make_document(1, id=id.partition("-")[0])
        facts = replace(base.facts, id=id, language=language, kind=kind, official=True)
        return replace(base, facts=facts, paragraphs=tuple(paragraphs))

    return written


@pytest.fixture(scope="session")
def marked() -> Callable[[Iterable[Run]], str]:
    """A redline with marks: [-gone-], {+new+}, [<moved away<], {>moved here>}, «alike»."""

    def written(runs: Iterable[Run]) -> str:
        return "".join(
            run.left
            if run.op == "="
            else f"«{run.right}»"
            if run.op == "~"
            else MARKS[run.op].format(run.left or run.right)
            for run in runs
        )

    return written
