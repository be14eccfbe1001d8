"""Two words that differ → what of them differs: the stem, the particle, the ending or the number.

A word is pieces: runs of one script, whole numbers, single marks. Of two Korean pieces the stem
stays when only particles or endings follow it, and the particle or ending when the stems differ; of
compounds stays what is at least two syllables long beside as much, or beside nothing. A Latin word
keeps its stem before the common endings of English. So no crumbs are left: 국방비 and 국방부 are
two words, and so are commitment and community.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from scmtui import hangul
from scmtui.compare.words import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Op = Literal["=", "~", "-", "+", "<", ">"]

CELLS = 400
"""Pairs of words, or of pieces of two words, that are weighed; when there are more none stays."""

_LOOSE = "·- \t\n"
_ENGLISH = frozenset(
    ("", "s", "es", "d", "ed", "ing", "er", "ers", "ly", "al", "ion", "ions", "ment", "ments")
)
_LATIN_STEM = 4
"""The fewest letters of a Latin stem."""
_LONGEST_ENDING = 12


class Stretch(NamedTuple):
    """A stretch of two texts: the same (=), alike (~), or on one side only (- left, + right)."""

    op: Op
    left: str
    right: str


@cache
def _piece() -> re.Pattern[str]:
    return re.compile(
        r"\d+(?:[.,·]\d+)*|[가-힣]+(?:[·\-\s]+[가-힣]+)*|[^\W\d_가-힣]+|\s+|.", re.DOTALL
    )


@cache
def _ending() -> re.Pattern[str]:
    """What may follow the stem of a noun or a verb."""
    after = (
        "다|다고|다는|며|으며|고|고자|면서|으면서|지만|으나|나|는데"
        "|는|은|던|을|기|기로|기에|음|임|지|도록|게"
    )
    return re.compile(
        f"{hangul.PARTICLES}"
        f"|(?:(?:하|되|시키|받|당하)(?:였|었|았|겠)?|했|됐|시켰|[였었았겠])?(?:{after})"
        "|(?:하여|되어|해|돼|시켜|받아)야?|[한할함합된될됨됩]|시[킨킬킴]"
    )


@lru_cache(maxsize=20_000)
def inside(left: str, right: str) -> tuple[Stretch, ...]:
    """What of two words stays and what does not, in order."""
    if key(left) == key(right):
        return (_alike(left, right),)
    lefts, rights = _piece().findall(left), _piece().findall(right)
    few = len(lefts) * len(rights) <= CELLS
    pairs = best_pairs(lefts, rights, _worth) if few else []
    found: list[Stretch] = []
    i = j = 0
    for one, other in (*pairs, (len(lefts), len(rights))):
        found += _one_sided("".join(lefts[i:one]), "".join(rights[j:other]))
        if one < len(lefts):
            found += _of_pieces(lefts[one], rights[other])
        i, j = one + 1, other + 1
    return tuple(stretch for stretch in found if stretch.left or stretch.right)


def kept(left: str, right: str) -> float:
    """The share of two words that stays, from 0 to 1."""
    one, other = left.strip(".,"), right.strip(".,")
    if one[:1] != other[:1] and one[-1:] != other[-1:]:
        return 0.0
    stays = sum(len(it.left) for it in inside(left, right) if it.op in "=~")
    return stays / max(len(left), len(right))


def best_pairs(
    lefts: Sequence[str], rights: Sequence[str], worth: Callable[[str, str], float]
) -> list[tuple[int, int]]:
    """The pairs of places, in order on both sides, whose worth adds up to the most."""
    values = [[worth(left, right) for right in rights] for left in lefts]
    best = [[0.0] * (len(rights) + 1) for _ in range(len(lefts) + 1)]
    for i in range(len(lefts) - 1, -1, -1):
        for j in range(len(rights) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], values[i][j] + best[i + 1][j + 1])
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(lefts) and j < len(rights):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            found.append((i, j))
            i, j = i + 1, j + 1
    return found


def _worth(left: str, right: str) -> float:
    """What it is worth to set two pieces against one another."""
    if key(left) == key(right):
        return len(left) + 1.0 if left[0].isalnum() else 0.5
    if left[0].isdigit() and right[0].isdigit():
        return 1.0
    return 0.9 * sum(_ends(left, right))


def _of_pieces(left: str, right: str) -> Iterator[Stretch]:
    """What of two pieces stays, at the beginning and at the end."""
    if key(left) == key(right):
        yield _alike(left, right)
        return
    first, last = _ends(left, right)
    heads = _at(left, first), _at(right, first)
    tails = len(left) - _at(left[::-1], last), len(right) - _at(right[::-1], last)
    yield _alike(left[: heads[0]], right[: heads[1]])
    yield from _one_sided(left[heads[0] : tails[0]], right[heads[1] : tails[1]])
    yield _alike(left[tails[0] :], right[tails[1] :])


def _alike(left: str, right: str) -> Stretch:
    return Stretch("=" if left == right else "~", left, right)


def _one_sided(left: str, right: str) -> tuple[Stretch, ...]:
    if key(left) == key(right):
        return (_alike(left, right),)
    return Stretch("-", left, ""), Stretch("+", "", right)


def _at(piece: str, letters: int) -> int:
    """Where so many letters of a piece end; what makes no difference is not counted."""
    places = [at for at, character in enumerate(piece, 1) if character not in _LOOSE]
    return places[letters - 1] if letters else 0


@lru_cache(maxsize=20_000)
def _ends(left: str, right: str) -> tuple[int, int]:
    """How many letters stay at the beginning and at the end of two different pieces."""
    one, other = key(left), key(right)
    if not one.isalpha() or not other.isalpha() or _is_hangul(one) != _is_hangul(other):
        return 0, 0
    first = _common(one, other)
    if _is_hangul(one):
        return _korean_ends(one, other, first)
    stays = first >= _LATIN_STEM and {one[first:], other[first:]} <= _ENGLISH
    return (first if stays else 0), 0


def _korean_ends(left: str, right: str, first: int) -> tuple[int, int]:
    """How many syllables stay of two words of which so many are the same from the start on."""
    if _only_endings(left, right, first):
        return first, 0
    shorter, longer = sorted((len(left), len(right)))
    last = min(_common(left[::-1], right[::-1]), shorter - first)
    endings = range(min(last, _LONGEST_ENDING), 0, -1)
    ending = next((n for n in endings if _is_ending(left, n, shorter - n)), 0)
    stem, tail = (first if first > 1 else 0), (last if last - ending > 1 else 0)
    stays = [
        (begin, end)
        for begin, end in ((stem, tail), (stem, ending), (0, tail))
        if shorter - begin - end != 1 and (begin + end) * 3 >= longer
    ]
    return max(stays, key=sum, default=(0, ending))


def _is_ending(word: str, letters: int, before: int) -> bool:
    """Whether the last so many letters are an ending, when so many letters at least precede it."""
    ending = word[-letters:]
    return bool(_ending().fullmatch(ending)) and before > (ending[0] not in "하되")


def _only_endings(left: str, right: str, stem: int) -> bool:
    """Whether nothing but particles and endings follows the stem that two words share.

    Of 하였다 and 하였으며 the stem has taken a part: the ending may begin a little before.
    """
    for at in range(stem, max(0, stem - 3), -1):
        tails = left[at:], right[at:]
        if all(not tail or _ending().fullmatch(tail) for tail in tails):
            return at > 1 or all(tails)
    return False


def _is_hangul(piece: str) -> bool:
    return "가" <= piece[0] <= "힣"


def _common(left: str, right: str) -> int:
    """How many letters are the same from the start on."""
    shorter = min(len(left), len(right))
    return next((at for at in range(shorter) if left[at] != right[at]), shorter)
