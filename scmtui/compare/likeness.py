"""How alike paragraphs are: by the letters that tell them from others, and by their themes.

A text is the counts of its features: runs of two and three syllables inside a word, words in Latin
letters by their stems, numbers, and the shape of what stands at a number (제#차), since numbers
change from meeting to meeting and their places do not. Features are weighed by TF-IDF over the
paragraphs of both documents, and two texts compared by the cosine. Themes add to that where letters
leave a doubt.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from heapq import nlargest
from itertools import chain, repeat
from math import log, sqrt
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from scmtui.text import fold
from scmtui.themes import touched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scmtui.compare.rows import Tell
    from scmtui.model import Document, Paragraph
    from scmtui.themes import Taxonomy

Places = Sequence[int]
"""Paragraphs of a document by their places in it, from 0."""
Text = tuple[int, ...]
"""Such paragraphs taken together as one text."""
Weights = dict[str, float]

THEMES = 0.3
"""What the same themes add to texts without a letter in common."""
SURE = 0.5
"""From this likeness of the letters on themes are not asked; up to it they fade."""
CARRIED = 0.9
"""The share of all weight that the features carry which are looked at: the rarest ones."""
FEW = 40_000
"""Pairs of paragraphs up to which every one is weighed."""
AFFORDED = 3_000_000
"""When there are more, how often two paragraphs may meet in a feature by which they are found."""
CLOSEST = 6
"""With how many of those found a paragraph is then weighed,"""
AROUND = 2
"""and with how many before and after the one at the same place."""
CHUNK = 100
"""After how many paragraphs it is told how far this is."""
STEM = 6
"""Letters by which a Latin word is known: reaffirm, reaffirmed, reaffirming."""


@cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Runs of syllables or Latin letters, and numbers."""
    return re.compile(r"[가-힣#]+|[a-z]+"), re.compile(r"\d+")


@lru_cache(maxsize=50_000)
def features(word: str) -> tuple[str, ...]:
    """The features of a word (어절); kept, since texts of one kind share most of their words."""
    runs, numbers = _forms()
    folded = fold(word)
    found = [number for number in numbers.findall(folded) if len(number) > 1]
    for run in runs.findall(numbers.sub("#", folded)):
        if "a" <= run[0] <= "z":
            found.append(run[:STEM])
        else:
            found += [run[at : at + 2] for at in range(len(run) - 1)]
            found += [run[at : at + 3] for at in range(len(run) - 2)]
    return tuple(found)


class Side:
    """One of the two documents, and what is known of its paragraphs."""

    def __init__(self, document: Document, taxonomy: Taxonomy) -> None:
        self.document = document
        self.texts = [_text(paragraph) for paragraph in document.paragraphs]
        self.numbers = {it.number: place for place, it in enumerate(document.paragraphs)}
        """The place of each paragraph by its number."""
        self._taxonomy = taxonomy
        self._touched: dict[int, Weights] = {}

    def counts(self, place: int) -> Counter[str]:
        """How often the paragraph has which features."""
        return Counter(chain.from_iterable(map(features, self.texts[place].split())))

    def touch(self, places: Iterable[int]) -> list[Weights]:
        """How strongly each of these paragraphs touches which themes."""
        places = list(places)
        if wanted := [place for place in places if place not in self._touched]:
            paragraphs = tuple(self.document.paragraphs[place] for place in wanted)
            found: dict[int, Weights] = {paragraph.number: {} for paragraph in paragraphs}
            for touch in touched(replace(self.document, paragraphs=paragraphs), self._taxonomy):
                found[touch.paragraph][touch.theme] = touch.strength
            for place, paragraph in zip(wanted, paragraphs, strict=True):
                self._touched[place] = found[paragraph.number]
        return [self._touched[place] for place in places]


def _text(paragraph: Paragraph) -> str:
    """The heading and the parts of a paragraph, each on a line of its own."""
    lines = (paragraph.heading, *(part.text for part in paragraph.parts))
    return "\n".join(filter(None, lines))


class Candidate(NamedTuple):
    """Two paragraphs that may belong together, by the likeness of their letters."""

    letters: float
    left: int
    right: int


class Likeness:
    """Two documents, whose paragraphs can be weighed against one another, also several as one."""

    def __init__(self, sides: tuple[Side, Side]) -> None:
        self.sides = sides
        self._among = sum(len(side.texts) for side in sides)
        many: Counter[str] = Counter()
        for side in sides:
            for place in range(len(side.texts)):
                many.update(side.counts(place).keys())
        worth = [0.0, *(log((self._among + 1) / count) for count in range(1, self._among + 1))]
        most = _most_common_asked(Counter(many.values()), worth)
        self._worth = {feature: worth[count] for feature, count in many.items() if count <= most}
        self._many = many
        self._theme_worth: Weights = {}
        self._weighed: dict[tuple[int, Text], Weights] = {}
        self._themes: dict[tuple[int, Text], Weights] = {}

    def forget(self) -> None:
        """Let go of what can be worked out again: the weights of thousands of texts are large."""
        self._weighed.clear()

    def candidates(
        self, lefts: Places, rights: Places, tell: Tell | None = None
    ) -> Iterator[Candidate]:
        """The pairs of these paragraphs that have letters in common; most of all the work.

        Of many paragraphs, those that share rare features or stand at about the same place.
        """
        few = len(lefts) * len(rights) <= FEW
        standing = self._standing(rights, None if few else self._rarest())
        for number, left in enumerate(lefts):
            if tell and not number % CHUNK:
                tell(0.7 * number / len(lefts))
            found: defaultdict[int, float] = defaultdict(float)
            for feature, weight in self.weights(0, (left,)).items():
                for right, other in standing.get(feature, ()):
                    found[right] += weight * other
            if few:
                chosen = found.items()
            else:
                at = number * len(rights) // len(lefts)
                near = rights[max(0, at - AROUND) : at + AROUND + 1]
                closest = {*nlargest(CLOSEST, found, key=lambda it: (found[it], -it)), *near}
                chosen = {it: self._letters((left,), (it,)) for it in sorted(closest)}.items()
            for right, letters in chosen:
                yield Candidate(min(letters, 1.0), left, right)

    def _standing(
        self, rights: Places, most: int | None
    ) -> Mapping[str, Sequence[tuple[int, float]]]:
        """Where on the right features stand, or those that stand in so many paragraphs at most."""
        standing: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for right in rights:
            for feature, weight in self.weights(1, (right,)).items():
                if weight and (most is None or self._many[feature] <= most):
                    standing[feature].append((right, weight))
        return standing

    def _rarest(self) -> int:
        """In how many paragraphs a feature may stand by which others are found."""
        features = Counter(self._many.values())
        meetings = 0
        for many in sorted(features):
            meetings += many * many * features[many] // 4
            if meetings > AFFORDED:
                return many - 1
        return self._among

    def weights(self, side: int, text: Text) -> Weights:
        """What each feature says of a text of one side (0 or 1); nothing if too many have it."""
        if (side, text) not in self._weighed:
            counts = map(self.sides[side].counts, text)
            self._weighed[side, text] = self._weigh(
                next(counts) if len(text) == 1 else _added(counts)
            )
        return self._weighed[side, text]

    def _weigh(self, counts: Mapping[str, int]) -> Weights:
        worth = map(self._worth.get, counts, repeat(0.0))
        weights = dict(zip(counts, worth, strict=True))
        for feature in [feature for feature, count in counts.items() if count > 1]:
            weights[feature] *= 1 + log(counts[feature])
        return _normal(weights)

    def covered(self, left: Text, right: Text) -> tuple[float, float]:
        """How much of what either text says has its letters in the other, from 0 to 1."""
        one, other = self.weights(0, left), self.weights(1, right)
        return _covered(one, other), _covered(other, one)

    def _letters(self, left: Text, right: Text) -> float:
        return _cosine(self.weights(0, left), self.weights(1, right))

    def ask_themes(self, lefts: Places, rights: Places, tell: Tell | None = None) -> None:
        """Find the themes of these paragraphs; what few of them touch weighs more."""
        touches: list[Weights] = []
        for side, places in zip(self.sides, (lefts, rights), strict=True):
            for at in range(0, len(places), CHUNK):
                if tell:
                    tell(0.7 + 0.3 * len(touches) / (len(lefts) + len(rights)))
                touches += side.touch(places[at : at + CHUNK])
        many = Counter(chain.from_iterable(touches))
        self._theme_worth = {it: log((len(touches) + 1) / count) for it, count in many.items()}
        self._themes.clear()

    def themes(self, side: int, text: Text) -> Weights:
        """What each theme that a text touches says of it."""
        if (side, text) not in self._themes:
            strongest: Weights = {}
            for touches in self.sides[side].touch(text):
                for theme, strength in touches.items():
                    strongest[theme] = max(strength, strongest.get(theme, 0.0))
            rare = log(self._among + 1)
            self._themes[side, text] = _normal(
                {it: how * self._theme_worth.get(it, rare) for it, how in strongest.items()}
            )
        return self._themes[side, text]

    def score(self, left: Text, right: Text, letters: float | None = None) -> float:
        """How alike two texts are, from 0 to 1; `letters` is the likeness of theirs if known."""
        if letters is None:
            letters = self._letters(left, right)
        if letters >= SURE:
            return letters
        themes = _cosine(self.themes(0, left), self.themes(1, right))
        return letters + THEMES * themes * (1 - letters / SURE)


def _most_common_asked(features: Counter[int], worth: Sequence[float]) -> int:
    """In how many paragraphs a feature may stand to be looked at, so that CARRIED is carried.

    `features` is how many features stand in so many paragraphs.
    """
    total = sum(many * count * worth[many] ** 2 for many, count in features.items())
    carried, most = 0.0, 0
    for many in sorted(features):
        if carried >= CARRIED * total:
            break
        carried += many * features[many] * worth[many] ** 2
        most = many
    return most


def _added(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    added: dict[str, int] = {}
    for each in counts:
        for feature, count in each.items():
            added[feature] = added.get(feature, 0) + count
    return added


def _normal(weights: Weights) -> Weights:
    """The weights made so that their squares add up to 1."""
    values = weights.values()
    length = sqrt(sum(map(mul, values, values))) or 1.0
    return {it: weight / length for it, weight in weights.items()}


def _cosine(one: Weights, other: Weights) -> float:
    products: Iterable[float] = map(mul, one.values(), map(other.get, one, repeat(0.0)))
    return min(1.0, sum(products))


def _covered(one: Weights, other: Weights) -> float:
    return sum(weight * weight for it, weight in one.items() if other.get(it))
