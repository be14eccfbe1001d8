"""Changes of the library in words: what was undone, or done again."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from scmtui.language import _
from scmtui.library.tables import TABLES
from scmtui.tui.notes.beside import theme_names

if TYPE_CHECKING:
    from scmtui.library import Change

TOGETHER, MADE = map(TABLES["pins"].columns.index, ("together", "made"))


def in_words(change: Change) -> str:
    """What a change of the library was about."""
    row = change.after or change.before or ()
    if change.table == "pins":
        return _pairs(change)
    if change.table in {"marks", "documents"}:
        what = {
            "marks": _("mark {key}"),
            "documents": _("document {key}"),
        }
        return what[change.table].format(key=change.key)
    known = dict(zip(TABLES[change.table].columns, row, strict=True))
    if change.table == "tags":
        named = theme_names().get(str(known["tag"]), str(known["tag"]))
        return _("the tag {tag} on {address}").format(tag=named, address=known["address"])
    if change.table == "items" and not known["address"]:
        return _("“{text}” in the tray").format(text=known["text"])
    what = {
        "notes": _("the note on {address}"),
        "links": _("the link from {address} to {other}"),
        "items": _("{address} in the tray"),
        "trays": _("the tray “{name}”"),
    }
    return what.get(change.table, change.key).format(**known)


def _pairs(change: Change) -> str:
    """The pairs that were put together or parted, whichever was done last."""
    lefts, rights = zip(*(part.key.split(" ") for part in change.parts), strict=True)
    ends = " ↔ ".join(", ".join(dict.fromkeys(side)) for side in (lefts, rights))
    done = max(filter(None, (change.before, change.after)), key=itemgetter(MADE))
    said = _("the pair {pair}") if done[TOGETHER] else _("the parting of {pair}")
    return said.format(pair=ends)
