"""How pieces of streams are looked for: what is indexed of a passage, and what is then asked for.

Two tables know where letters stand. In the table of *words* a passage is the row of its runs, so
that words, beginnings of words and words that follow one another are found at once. What stands
inside words is found by the runs that contain it, or, when they are too many, by *trigrams* of
letters. Initials are found by trigrams only; since Korean is written with or without blanks
between words, initials are indexed without them.

What is asked for gives every passage that contains a piece. Some that do not contain it may be
given, too; `test` tells them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from scmtui.search.passages import Piece
    from scmtui.search.streams import Vocabulary

LONGEST = 60
"""Letters of a piece that are asked for; the rest is only compared with what is found."""
MOST_WORDS = 300
"""Different words with a piece inside that are all asked for."""
MOST_CUTS = 16
"""Ways to cut letters into words of the texts that are all asked for."""
FIRST_PLACE = 0x400
"""The sign of the first place in a run; those of the others follow."""
MOST_TRIGRAMS = 5
"""Trigrams that are asked for, evenly from the whole: more take longer and hardly tell more."""

_STRETCH = re.compile("[@-`]+")  # where the streams put the letters of Hangul
_INNER_BLANK = re.compile("(?<=[@-`]) (?=[@-`])")
# Consonants get a sign each that no stream contains; vowels never begin a syllable, so one will do.
_SIGNS = dict(zip(range(ord("@"), ord("`") + 1), "!#$&'()*+,-/:;<=>?{" + "|" * 14, strict=True))
_BETWEEN = " \x1e "
# A table of words knows no capitals, and takes signs for blanks.
_WORDS = {code: code + 0xC0 for code in range(ord("@"), ord("`") + 1)} | {0x1F: 0x1FF}


def as_trigrams(letters: str, initials: str) -> str:
    """The text of a passage in the table of trigrams, from its streams with their blanks."""
    if not _STRETCH.search(initials):
        return letters
    return letters + _BETWEEN + _INNER_BLANK.sub("", initials).translate(_SIGNS)


def as_words(letters: str) -> str:
    """The text of a passage in the table of words, or of a run."""
    return letters.translate(_WORDS)


def runs_in(texts: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    """The runs of each different word in the texts, also those put together: 핵·미사일."""
    streams = [vocabulary.letters[word] for word in {*" ".join(texts).split()}]
    found = " ".join(streams).split()
    for stream in streams:
        if " " in stream:
            runs = stream.split(" ")
            found += ["".join(runs[first:]) for first in range(len(runs) - 1)]
    return found


def as_places(run: str) -> str:
    """The text of a run in the table that knows which letters stand at which place."""
    word = as_words(run)
    return " ".join(
        [f"{chr(FIRST_PLACE + place)}{word[place : place + 3]}" for place in range(len(word))]
    )


class Known(Protocol):
    """What is known of all that is indexed."""

    def alphabet(self) -> Iterable[str]:
        """Every character that stands in the table of trigrams."""
        ...

    def has_run(self, letters: str) -> bool:
        """Whether a run of letters in the texts is this one."""
        ...

    def begun(self, letters: str) -> bool:
        """Whether a run of letters in the texts begins with these."""
        ...

    def runs_with(self, letters: str, most: int, *, last: bool) -> Sequence[str] | None:
        """Runs that have these letters (`last`: at their end) but not at their beginning.

        At most so many; None when the letters are too few to look for.
        """
        ...


class Queries(NamedTuple):
    """What to ask each of the two tables (in FTS5's language): what either finds may answer."""

    words: str = ""
    trigrams: str = ""


def queries(row: Sequence[Piece], known: Known) -> Queries | None:
    """What to ask for passages that may contain one of the pieces; None: any passage may."""
    asked = [_Asked(piece, known).queries() for piece in dict.fromkeys(row)]
    found = [it for it in asked if it]
    if not found or len(found) < len(asked):
        return None
    return Queries(*(_joined("OR", texts) for texts in zip(*found, strict=True)))


def all_of(asked: Iterable[str]) -> str:
    """The query for what answers all of these."""
    return _joined("AND", asked)


def test(rows: Iterable[Sequence[Piece]]) -> Callable[[str, str], bool]:
    """Whether a passage, of which letters and initials are given, contains a piece of each row."""
    tests = [
        [(piece.stream == "initials", piece.test()) for piece in dict.fromkeys(row)]
        for row in rows
        if row
    ]
    return lambda letters, initials: all(
        any(holds(initials if by_initials else letters) for by_initials, holds in row)
        for row in tests
    )


class _Asked:
    """One piece, and what is asked for it."""

    def __init__(self, piece: Piece, known: Known) -> None:
        self._known = known
        self._begins = piece.begins
        self._by_initials = piece.stream == "initials"
        self._typed = piece.letters[:LONGEST].strip().split(" ")
        self._bare = "".join(self._typed)

    def queries(self) -> Queries | None:
        """What to ask; None when the piece says too little."""
        if self._by_initials:
            return self._by_trigrams()
        begun = self._from_beginnings()
        inside = [] if self._begins else self._inside()
        if inside is not None:
            return Queries(words=_joined("OR", (*begun, *inside)))
        trigrams = self._by_trigrams()
        cut = (it for it in begun if it != _phrase([self._bare]))  # the others have all trigrams
        return trigrams and trigrams._replace(words=_joined("OR", cut))

    def _from_beginnings(self) -> list[str]:
        """Where a word begins: the letters as one, or as several words.

        When there are too many ways, only the first word and a letter of the next one are asked.
        """
        ways = self._ways(self._bare, [True] * len(self._bare))
        if len(ways) <= MOST_CUTS:
            return [_phrase(way) for way in ways]
        ends = range(1, len(self._bare))
        firsts = (self._bare[:end] for end in ends if self._known.has_run(self._bare[:end]))
        return [_phrase([self._bare]), *(_phrase([it, self._bare[len(it)]]) for it in firsts)]

    def _inside(self) -> list[str] | None:
        """Inside of words, and on into the next ones that were typed; None: inside too many."""
        found: list[str] = []
        for count in range(len(self._typed), 0, -1):
            start = "".join(self._typed[:count])
            if len({_script(it) for it in self._typed[:count]}) > 1:
                continue
            last = count < len(self._typed)
            words = self._known.runs_with(start, MOST_WORDS + 1, last=last)
            ways = self._ways_on(count) if last else [[]]
            if words is None or len(words) * len(ways) > MOST_WORDS - len(found):
                return None
            found += [
                _phrase([word, *way]) if way else _token(word) for word in words for way in ways
            ]
        return found

    def _ways_on(self, count: int) -> list[list[str]]:
        """Ways in which what was typed after the first words may be set apart."""
        rest = self._typed[count:]
        at = {len("".join(rest[:number])) for number in range(len(rest))}
        bare = "".join(rest)
        return self._ways(bare, [place in at for place in range(len(bare))])

    def _ways(self, letters: str, cuts: Sequence[bool]) -> list[list[str]]:
        """Ways to cut letters into words of the texts, of which the last need only begin so.

        There are cuts at the places where `cuts` is true; there is one way more than are asked for
        when there are more.
        """
        ways: dict[int, list[list[str]]] = {}
        for start in range(len(letters) - 1, -1, -1):
            if start and not cuts[start]:
                continue
            found = [[letters[start:]]] if self._known.begun(letters[start:]) else []
            for end, of_rest in ways.items():
                if of_rest and self._known.has_run(first := letters[start:end]):
                    found += [[first, *rest] for rest in of_rest]
            ways[start] = found[: MOST_CUTS + 1]
        return ways.get(0, [])

    def _by_trigrams(self) -> Queries | None:
        """Inside of words; for initials, anywhere."""
        texts = self._typed
        if self._by_initials:  # a word or number between them may be cut, so only its ends count
            text = _INNER_BLANK.sub("", " ".join(self._typed))
            spans = [match.span() for match in _STRETCH.finditer(text)]
            texts = [text[max(0, start - 2) : end + 2].translate(_SIGNS) for start, end in spans]
        asked = _joined("AND", map(some_trigrams, texts))
        longest = max(texts, key=len, default="")
        if not asked and len(longest) == 2:
            asked = _joined("OR", [_quoted(longest + more) for more in self._known.alphabet()])
        return Queries(trigrams=asked) if asked else None


def some_trigrams(text: str) -> str:
    """The query for some of the trigrams of a text; empty when it has none."""
    found = list(dict.fromkeys([text[start : start + 3] for start in range(len(text) - 2)]))
    if len(found) > MOST_TRIGRAMS:
        step = (len(found) - 1) / (MOST_TRIGRAMS - 1)
        found = [found[round(number * step)] for number in range(MOST_TRIGRAMS)]
    return _joined("AND", map(_quoted, found))


def _phrase(words: Sequence[str]) -> str:
    """The query for words that follow one another, of which the last need only begin so."""
    return f'"{as_words(" ".join(words))}"*'


def _token(word: str) -> str:
    return f'"{as_words(word)}"'


def _joined(operator: str, queries: Iterable[str]) -> str:
    different = list(dict.fromkeys(filter(None, queries)))
    return f"({f' {operator} '.join(different)})" if different[1:] else "".join(different)


def _quoted(gram: str) -> str:
    return '"' + gram.replace('"', '""') + '"'


def _script(word: str) -> str:
    return "한" if _STRETCH.match(word) else "1" if word[0].isdigit() else "a"
