"""What stands around every page: its sources, what is not official, and the mark of its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.briefing.blocks import End, Item, said
from scmtui.briefing.citation import is_korean, source
from scmtui.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scmtui.briefing.collected import Briefing
    from scmtui.model import Facts

END = "끝."
"""What ends a Korean official's page."""
FEW = 12
"""Letters of a checksum that tell two files apart."""


def unofficial(known: Iterable[Facts]) -> Iterator[Item]:
    """What is to be known of a source that is not official."""
    what = _("{document} is not official: what it leaves out may stand in the communiqué.")
    for facts in known:
        if not facts.official:
            yield Item(said(what.format(document=facts.id)), 3)


def sources(briefing: Briefing) -> Iterator[Item]:
    """The documents that are quoted, with the files that they were read from."""
    if briefing.sources:
        yield Item(said(_("Sources"), "strong"), 0)
    for facts in briefing.sources:
        provenance = facts.provenance
        where = ", ".join(filter(None, (provenance.file, provenance.sha256[:FEW])))
        yield Item(said(f"{source(facts, briefing.style)} — {where}"), 2)


def closing(briefing: Briefing) -> Iterator[Item | End]:
    """The sources, with the mark of the end behind the last word, as officials write it."""
    items = list(sources(briefing))
    if items and is_korean(briefing.style):
        items[-1] = items[-1]._replace(line=(*items[-1].line, *said(f"  {END}")))
    yield from items or ended(briefing)


def ended(briefing: Briefing) -> Iterator[End]:
    """The mark of the end, where a page is written as Korean officials write it."""
    if is_korean(briefing.style):
        yield End(END)
