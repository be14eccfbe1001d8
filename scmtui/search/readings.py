"""How a query was read, and in which words that is said."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from scmtui.language import N_, _


class How(Enum):
    """A way of reading what was typed; the value is its word in JSON."""

    LITERAL = "literal"
    HALF = "half-typed"
    INITIALS = "initials"
    ENGLISH_KEYS = "english-keys"
    KOREAN_KEYS = "korean-keys"
    ALIAS = "alias"
    RELATED = "related"
    PARTICLE = "particle"
    FUZZY = "approximate"
    REGEX = "regex"


WORTH = {
    How.LITERAL: 1.0,
    How.REGEX: 1.0,
    How.HALF: 1.0,
    How.ENGLISH_KEYS: 0.95,
    How.KOREAN_KEYS: 0.95,
    How.INITIALS: 0.9,
    How.ALIAS: 0.88,
    How.PARTICLE: 0.9,
    How.RELATED: 0.6,
    How.FUZZY: 0.7,
}
"""What a hit is worth that was found by reading the query so; several readings multiply."""

_SAID = {
    How.INITIALS: N_("by initial consonants (초성)"),
    How.ENGLISH_KEYS: N_("as typed on the English keyboard"),
    How.KOREAN_KEYS: N_("as typed on the Korean keyboard"),
    How.ALIAS: N_("as another name of “{asked}”"),
    How.RELATED: N_("as a name related to “{asked}”"),
    How.PARTICLE: N_("without its particle or ending"),
    How.FUZZY: N_("approximately (letters that differ: {errors})"),
}


class Reading(NamedTuple):
    """How a term was read: as typed, or in one or more steps from what was typed."""

    asked: str
    meant: str
    how: tuple[How, ...] = ()
    worth: float = 1.0
    """What a hit is worth that was found by this reading, at most 1."""
    errors: int = 0
    """Letters that differ between what was meant and what stands in the text."""

    @property
    def kind(self) -> How:
        """The last step, which says most about the hit."""
        return self.how[-1] if self.how else How.LITERAL

    def then(self, how: How, meant: str, *, less: float = 0.0, errors: int = 0) -> Reading:
        """This reading with one more step, which is worth `less` than such a step usually is."""
        worth = self.worth * (WORTH[how] - less)
        return Reading(self.asked, meant, (*self.how, how), worth, self.errors + errors)

    def say(self) -> str:
        """The reading in words; empty when the term was taken as it stands."""
        said = ", ".join(
            _(_SAID[how]).format(asked=self.asked, errors=self.errors)
            for how in self.how
            if how in _SAID
        )
        return said and f"“{self.meant}” {said}"
