"""Older and newer: documents by their dates, and pairs with the older text on the left."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scmtui.briefing.dates import dated
from scmtui.compare import redline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scmtui.briefing.collected import Entry
    from scmtui.model import Facts


def by_age(documents: Iterable[Facts]) -> tuple[Facts, ...]:
    """The documents, the older ones first; those without a date stand at the end."""
    return tuple(sorted(documents, key=lambda it: dated(it) or date.max))


def older_first(entry: Entry) -> Entry:
    """A pair with the older text on the left; everything else as it is."""
    if not entry.left or not entry.right:
        return entry
    left, right = entry.left[0].facts, entry.right[0].facts
    if left is None or right is None or by_age((left, right))[0] == left:
        return entry
    texts = ("\n".join(it.text for it in side) for side in (entry.right, entry.left))
    contrast = entry.contrast
    return entry._replace(
        left=entry.right,
        right=entry.left,
        runs=redline(*texts) if entry.runs else (),
        contrast=contrast._replace(
            left=contrast.right, right=contrast.left, looks=contrast.looks[::-1]
        ),
    )
