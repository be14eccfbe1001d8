"""Asking for a phrase: the words and terms of a part, found as they are typed, or any other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scmtui import hangul
from scmtui.language import _
from scmtui.text import words
from scmtui.tui.picking import PickList, PickScreen
from scmtui.tui.shown import highlighted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scmtui.themes import Taxonomy
    from scmtui.tui.picking import Spans
    from scmtui.tui.rows import Piece

MARKS = "\"'“”‘’()[]「」『』《》〈〉.,;:!?…·"
_VERBAL = re.compile("(?<=..)(?:하|되|시키)기$")
_WHOLE = re.compile("(?:[회협합논동주결건]의|국가|평가|증가|참가|추가)$")
"""Nouns that end as if a particle followed."""
_HALF_TYPED = re.compile("[ㄱ-ㅣ]")


def bare(phrase: str) -> str:
    """A phrase without the marks around it: a bracket stays where its other half is inside."""
    phrase = phrase.strip()
    while phrase and phrase[0] in MARKS and not (phrase[0] == "(" and ")" in phrase[1:-1]):
        phrase = phrase[1:].lstrip()
    while phrase and phrase[-1] in MARKS and not (phrase[-1] == ")" and "(" in phrase[1:]):
        phrase = phrase[:-1].rstrip()
    return phrase


def noun(word: str) -> str:
    """A word without its particles, or without what makes a verb of it: 전작권을, 강화하기로."""
    stems = [] if _WHOLE.search(word) else hangul.nouns(word)
    for stem in reversed(stems):
        ending = word[len(stem) :]
        if re.fullmatch(hangul.PARTICLES, ending) and hangul.suits(stem, ending):
            return _VERBAL.sub("", stem)
    return stems[0] if stems else word


def phrases_of(text: str, taxonomy: Taxonomy | None) -> list[str]:
    """What one may wish to follow of a text: the terms of themes, then its words, each once."""
    found: dict[str, None] = {}
    if taxonomy:
        hits = (hit for those in taxonomy.lexicon.find(text).values() for hit in those)
        for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
            found.setdefault(" ".join(text[hit.start : hit.end].split()))
    for start, end in words(text):
        word = noun(bare(text[start:end]))
        if len(word) > 1:
            found.setdefault(word)
    return list(found)


class PhraseList(PickList[str]):
    """Phrases to choose from, and what was typed as it stands."""

    def pieces(self, index: int) -> list[Piece]:
        """A phrase with the letters that were found."""
        phrase, spans = self._rows[index]
        return list(highlighted(phrase, (0, len(phrase)), self.plain, (spans, self.look("strong"))))

    def found(self, typed: str) -> list[tuple[str, Spans]]:
        """What was typed, and the phrases that it finds; half a syllable is not meant yet."""
        from scmtui.search.pick import pick

        typed = " ".join(typed.split())
        found = [(self._all[place], spans) for place, spans in pick(typed, self._all)]
        own: list[tuple[str, Spans]] = (
            [(typed, ())] if typed and typed not in (phrase for phrase, _spans in found) else []
        )
        return [*found, *own] if _HALF_TYPED.search(typed) else [*own, *found]

    def choose(self, index: int) -> None:
        """Give the phrase back."""
        self.screen.dismiss(self._rows[index][0])


class PhrasePicker(PickScreen[str]):
    """A field and the phrases it finds."""

    def __init__(self, phrases: Sequence[str], typed: str = "") -> None:
        rows = PhraseList(_("Follow a phrase"), phrases)
        super().__init__(rows, _("Any word or phrase"), typed)
