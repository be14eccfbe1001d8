"""Which wording appeared, vanished or came back, at which meeting, and where it stands.

`texts(documents)` makes documents ready; `history(phrase, texts)` follows a phrase through them.
"""

from scmtui.phrases.course import Change, State, Summary
from scmtui.phrases.history import Beside, History, Near, Occurrence, Place, Related, Row, history
from scmtui.phrases.rules import ORDER, RULES, about, without
from scmtui.phrases.texts import Texts, texts

__all__ = [
    "ORDER",
    "RULES",
    "Beside",
    "Change",
    "History",
    "Near",
    "Occurrence",
    "Place",
    "Related",
    "Row",
    "State",
    "Summary",
    "Texts",
    "about",
    "history",
    "texts",
    "without",
]
