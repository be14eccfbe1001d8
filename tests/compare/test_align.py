"""Which paragraphs belong together: bundled texts, changed copies, languages, the reader's word."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scmtui.compare import Comparison, Pin, compare
from scmtui.compare.align import Group
from scmtui.compare.order import placed
from scmtui.model import Address, Kind
from tests.bench.copies import Copier

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.compare import Row
    from scmtui.model import Document
    from scmtui.themes import Taxonomy

    Write = Callable[..., Document]

COPIES = 40
MOVING = 60
KOREAN = (
    "제52차 한미안보협의회의가 2020년 10월 14일 워싱턴에서 개최되었다.",
    "양 장관은 유엔사의 정전협정 준수와 집행을 재확인하였다. 양측은 북방한계선에 주목하였다.",
    "양측은 우주 역량을 강화하고 우주상황인식 정보를 공유하기로 하였다.",
    "양 장관은 방위비 분담의 중요성을 강조하고 특별협정의 조속한 타결에 공감하였다.",
    "양 장관은 용산 기지 반환의 신속한 추진이 양국의 이익에 부합한다는 것을 재확인하였다.",
)
ENGLISH = (
    "The 52nd Security Consultative Meeting was held in Washington on October 14, 2020.",
    "The two reaffirmed the role of the UN Command. They noted the Northern Limit Line.",
    "Both sides decided to strengthen space capabilities and to share space situational awareness.",
    "The Secretary stressed defense cost sharing and the Special Measures Agreement.",
    "The two leaders confirmed that the return of the Yongsan garrison serves both nations.",
    "The Secretary reiterated extended deterrence with the full range of military capabilities.",
)


def sides(row: Row) -> tuple[list[int | None], list[int | None]]:
    return [it.paragraph for it in row.left], [it.paragraph for it in row.right]


def kinds(comparison: Comparison) -> list[tuple[str, list[int | None], list[int | None]]]:
    return [(row.kind, *sides(row)) for row in comparison.rows]


def pairs(comparison: Comparison) -> set[tuple[int | None, int | None]]:
    return {
        (left.paragraph, right.paragraph)
        for row in comparison.rows
        for left in row.left
        for right in row.right
    }


def at(text: str) -> Address:
    return Address.parse(text)


# The bundled texts


def test_the_52nd_beside_the_article_on_the_57th(
    bundled: dict[str, Document], taxonomy: Taxonomy
) -> None:
    comparison = compare(bundled["52"], bundled["57-article"], taxonomy)
    rows = {address: row for row in comparison.rows for address in row.left + row.right}
    assert sides(rows[at("57-article:2")]) == ([11, 12], [2])
    assert rows[at("57-article:2")].kind == "merged"
    assert sides(rows[at("52:6")]) == ([6], [3])
    assert sides(rows[at("52:17")]) == ([17], [5])
    assert sides(rows[at("52:13")]) == ([13], [6])
    assert rows[at("57-article:1")].kind == "right"
    for alone in (4, 5, 18, 19):
        assert rows[at(f"52:{alone}")].kind == "left"


def test_reasons_name_words_and_themes_that_both_sides_have(
    bundled: dict[str, Document], taxonomy: Taxonomy
) -> None:
    comparison = compare(bundled["52"], bundled["57-article"], taxonomy)
    (row,) = (row for row in comparison.rows if at("57-article:2") in row.right)
    words, themes = row.reasons
    assert (words.kind, themes.kind) == ("words", "themes")
    assert themes.names[0] == "opcon"
    left, right = (re.sub(r"\s", "", text) for text in comparison.texts(row))
    assert words.names
    assert all(word in left and word in right for word in words.names)


def test_a_document_beside_itself_shows_no_change(
    bundled: dict[str, Document], taxonomy: Taxonomy
) -> None:
    for document in bundled.values():
        comparison = compare(document, document, taxonomy)
        assert [row.kind for row in comparison.rows] == ["pair"] * len(document.paragraphs)
        assert all(row.left == row.right for row in comparison.rows)
        assert comparison.counts() == (len(document.paragraphs), *[0] * 7)
        assert all(run.op == "=" for row in comparison.rows for run in comparison.runs(row))
        assert {row.reasons[0].kind for row in comparison.rows} == {"same"}


def test_the_other_way_round_the_same_paragraphs_belong_together(
    bundled: dict[str, Document], taxonomy: Taxonomy
) -> None:
    there = compare(bundled["52"], bundled["57-article"], taxonomy)
    back = compare(bundled["57-article"], bundled["52"], taxonomy)
    assert {(left, right) for right, left in pairs(back)} == pairs(there)


# Copies, changed by machine


@pytest.mark.parametrize("source", ["52", "57-article"])
def test_changed_copies_find_their_paragraphs_again(
    source: str, bundled: dict[str, Document], taxonomy: Taxonomy
) -> None:
    document = bundled[source]
    tally: Counter[str] = Counter()
    for seed in range(COPIES):
        other, truth = Copier(document, random.Random(seed)).copy()
        found = pairs(compare(document, other, taxonomy))
        tally.update(true=len(truth.pairs), found=len(found), right=len(found & truth.pairs))
    assert tally["right"] >= 0.98 * tally["true"]
    assert tally["found"] - tally["right"] <= 0.01 * tally["found"]


def test_a_paragraph_put_elsewhere_has_moved_and_no_other(
    bundled: dict[str, Document], taxonomy: Taxonomy
) -> None:
    document = bundled["52"]
    chance = random.Random(52)
    for _ in range(COPIES):
        taken, place = chance.sample(range(len(document.paragraphs)), 2)
        if abs(taken - place) < 2:
            continue  # of two neighbours that change places either may be said to have moved
        order = list(document.paragraphs)
        order.insert(place, order.pop(taken))
        moved = [replace(item, number=number) for number, item in enumerate(order, 1)]
        other = replace(document, facts=replace(document.facts, id="99"), paragraphs=tuple(moved))
        comparison = compare(document, other, taxonomy)
        assert [sides(row) for row in comparison.rows if row.kind == "moved"] == [
            ([taken + 1], [place + 1])
        ]
        assert [row.left[0].paragraph for row in comparison.rows] == list(range(1, 21))


def test_a_sentence_put_into_another_paragraph_is_found_there(
    bundled: dict[str, Document], taxonomy: Taxonomy
) -> None:
    found = true = false = 0
    for name, seed in product(("52", "57-article"), range(MOVING)):
        document = bundled[name]
        other, truth = Copier(document, random.Random(seed)).copy()
        moves = {
            (move.left, move.right.paragraph) for move in compare(document, other, taxonomy).moves
        }
        true += len(truth.travelled)
        found += sum((it, truth.stands[it]) in moves for it in truth.travelled)
        false += sum(truth.stands.get(left) != right for left, right in moves)
    assert true > MOVING
    assert found >= 0.98 * true
    assert false <= 0.01 * found


# Splitting, merging, order


def test_a_paragraph_in_two_is_split_and_two_in_one_are_merged(
    write: Write, taxonomy: Taxonomy
) -> None:
    one, two = re.findall(r"[^.]+\.", KOREAN[1])
    apart = (KOREAN[0], one, two.strip(), *KOREAN[2:])
    there = compare(write(KOREAN, "52"), write(apart, "53"), taxonomy)
    assert ("split", [2], [2, 3]) in kinds(there)
    back = compare(write(apart, "52"), write(KOREAN, "53"), taxonomy)
    assert ("merged", [2, 3], [2]) in kinds(back)
    assert there.counts() == (4, 0, 0, 0, 1, 0, 0, 0)
    assert back.counts() == (4, 0, 0, 0, 0, 1, 0, 0)


def test_a_paragraph_in_three_is_one_row(write: Write, taxonomy: Taxonomy) -> None:
    three = (
        "양측은 훈련 여건을 살폈다.",
        "국방부는 시설과 공역을 내주었다.",
        "사격장도 함께 지었다.",
    )
    whole = (KOREAN[0], " ".join(three), KOREAN[3])
    parted = (KOREAN[0], *three, KOREAN[3])
    comparison = compare(write(whole, "52"), write(parted, "53"), taxonomy)
    assert ("split", [2], [2, 3, 4]) in kinds(comparison)


def test_pieces_far_apart_still_belong_to_what_they_were(write: Write, taxonomy: Taxonomy) -> None:
    one, two = re.findall(r"[^.]+\.", KOREAN[1])
    comparison = compare(
        write(KOREAN, "52"), write((one, *KOREAN[2:], two.strip(), KOREAN[0]), "53"), taxonomy
    )
    assert ("split", [2], [1, 5]) in kinds(comparison)


def test_new_and_gone_paragraphs_stand_where_they_stood(write: Write, taxonomy: Taxonomy) -> None:
    old = (KOREAN[0], KOREAN[2], KOREAN[3])
    new = (KOREAN[0], KOREAN[4], KOREAN[3])
    assert kinds(compare(write(old, "52"), write(new, "53"), taxonomy)) == [
        ("pair", [1], [1]),
        ("left", [2], []),
        ("right", [], [2]),
        ("pair", [3], [3]),
    ]


def test_like_paragraphs_pair_in_order(write: Write, taxonomy: Taxonomy) -> None:
    twice = "양 장관은 이를 지속 협의하기로 하였다."
    old = (twice, KOREAN[2], twice, KOREAN[3])
    comparison = compare(write(old, "52"), write((twice, *old), "53"), taxonomy)
    assert len([row for row in comparison.rows if row.kind == "pair"]) == 4
    assert all(row.kind in {"pair", "right"} for row in comparison.rows)


def test_the_chain_keeps_the_longer_text_where_either_could_have_moved(
    write: Write, taxonomy: Taxonomy
) -> None:
    short, long = KOREAN[2], f"{KOREAN[1]} {KOREAN[3]}"
    comparison = compare(write((short, long), "52"), write((long, short), "53"), taxonomy)
    assert kinds(comparison) == [("moved", [1], [2]), ("pair", [2], [1])]


@given(st.permutations(range(9)), st.sets(st.integers(0, 8)), st.sets(st.integers(0, 8)))
def test_rows_hold_everything_once_and_the_longest_chain_is_in_order(
    order: list[int], no_left: set[int], no_right: set[int]
) -> None:
    groups = [
        Group((left,), (right,), 1.0)
        for left, right in enumerate(order)
        if left not in no_left and right not in no_right
    ]
    rows = list(placed(groups, ([1] * 9, [1] * 9)))
    assert sorted(place for row in rows for place in row.left) == list(range(9))
    assert sorted(place for row in rows for place in row.right) == list(range(9))
    assert [row.left for row in rows if row.left] == sorted(row.left for row in rows if row.left)
    chain = [row.right for row in rows if row.left and row.right and not row.moved]
    assert chain == sorted(chain)
    assert len(chain) == _longest([group.right[0] for group in groups])


def _longest(numbers: list[int]) -> int:
    best: list[int] = []
    for number in numbers:
        place = next((at for at, last in enumerate(best) if last >= number), len(best))
        best[place : place + 1] = [number]
    return len(best)


# Languages


def test_two_language_versions_of_a_meeting_align_by_number(
    write: Write, taxonomy: Taxonomy
) -> None:
    korean, english = write(KOREAN, "52"), write(ENGLISH, "52-en", "en")
    comparison = compare(korean, english, taxonomy)
    assert kinds(comparison) == [
        *(("pair", [number], [number]) for number in range(1, 6)),
        ("right", [], [6]),
    ]
    assert comparison.counts()._asdict() == dict.fromkeys(comparison.counts()._fields, 0) | {
        "beside": 5,
        "right": 1,
    }
    assert comparison.rows[0].reasons[0].kind == "number"


def test_texts_of_other_kinds_in_two_languages_align_by_their_themes(
    write: Write, taxonomy: Taxonomy
) -> None:
    korean = write(KOREAN, "52")
    english = write(ENGLISH[::-1], "53-en-article", "en", Kind.ARTICLE)
    found = pairs(compare(korean, english, taxonomy))
    assert {(2, 5), (3, 4), (4, 3), (5, 2)} <= found


def test_english_texts_align_by_their_words(write: Write, taxonomy: Taxonomy) -> None:
    later = [
        text.replace("52nd", "54th").replace("2020", "2022").replace("reaffirmed", "reaffirms")
        for text in (ENGLISH[0], ENGLISH[3], *ENGLISH[1:3], *ENGLISH[4:])
    ]
    comparison = compare(write(ENGLISH, "52-en", "en"), write(later, "54-en", "en"), taxonomy)
    assert pairs(comparison) == {(1, 1), (2, 3), (3, 4), (4, 2), (5, 5), (6, 6)}
    assert [sides(row) for row in comparison.rows if row.moved] == [([4], [2])]


# The reader's word


def test_a_pin_holds_and_the_rest_settles_around_it(
    bundled: dict[str, Document], taxonomy: Taxonomy
) -> None:
    base, other = bundled["52"], bundled["57-article"]
    pin = Pin(at("52:19"), at("57-article:1"))
    comparison = compare(base, other, taxonomy, [pin])
    (row,) = (row for row in comparison.rows if at("52:19") in row.left)
    assert sides(row) == ([19], [1])
    assert row.reasons[0].kind == "pinned"
    plain = pairs(compare(base, other, taxonomy))
    assert pairs(comparison) == plain | {(19, 1)}


def test_a_broken_pair_stays_broken(bundled: dict[str, Document], taxonomy: Taxonomy) -> None:
    base, other = bundled["52"], bundled["57-article"]
    broken = [
        Pin(at("52:12"), at("57-article:2"), together=False),
        Pin(at("52:6"), at("57-article:3"), together=False),
    ]
    comparison = compare(base, other, taxonomy, broken)
    assert {(12, 2), (6, 3)}.isdisjoint(pairs(comparison))
    assert (11, 2) in pairs(comparison)


def test_even_the_same_text_can_be_broken(write: Write, taxonomy: Taxonomy) -> None:
    old, new = write(KOREAN[:2], "52"), write((KOREAN[0], KOREAN[1], KOREAN[0]), "53")
    broken = [Pin(at("52:1"), at("53:1"), together=False)]
    assert pairs(compare(old, new, taxonomy, broken)) == {(1, 3), (2, 2)}
    broken.append(Pin(at("52:1"), at("53:3"), together=False))
    assert pairs(compare(old, new, taxonomy, broken)) == {(2, 2)}


def test_paragraphs_pinned_to_the_same_one_are_one_row(write: Write, taxonomy: Taxonomy) -> None:
    old, new = write(KOREAN, "52"), write(KOREAN, "53")
    pins = [Pin(at("52:1"), at("53:4")), Pin(at("52:1"), at("53:5")), Pin(at("52:2"), at("53:5"))]
    comparison = compare(old, new, taxonomy, pins[:2])
    assert ("split", [1], [4, 5]) in kinds(comparison)
    comparison = compare(old, new, taxonomy, pins)
    assert ("split", [1, 2], [4, 5]) in kinds(comparison)


def test_the_last_word_counts_from_either_side(write: Write, taxonomy: Taxonomy) -> None:
    old, new = write(KOREAN, "52"), write(KOREAN, "53")
    pins = [
        Pin(at("52:1"), at("53:1"), together=False),
        Pin(at("53:2.1"), at("52:1"), together=True),
        Pin(at("52:1"), at("53:2"), together=False),
        Pin(at("53:1"), at("52:1"), together=True),
    ]
    assert (1, 1) in pairs(compare(old, new, taxonomy, pins))
    assert (1, 2) in pairs(compare(old, new, taxonomy, pins[:2]))


@pytest.mark.parametrize("pin", ["52:9 53:1", "52:1 54:1", "52 53:1", "54:1 55:1"])
def test_a_pin_to_nothing_here_is_no_pin(pin: str, write: Write, taxonomy: Taxonomy) -> None:
    old, new = write(KOREAN, "52"), write(KOREAN, "53")
    left, right = map(at, pin.split())
    assert pairs(compare(old, new, taxonomy, [Pin(left, right)])) == {(n, n) for n in range(1, 6)}


def test_language_versions_obey_too(write: Write, taxonomy: Taxonomy) -> None:
    korean, english = write(KOREAN, "52"), write(ENGLISH, "52-en", "en")
    pins = [Pin(at("52:1"), at("52-en:6")), Pin(at("52:2"), at("52-en:2"), together=False)]
    assert pairs(compare(korean, english, taxonomy, pins)) == {(1, 6), (3, 3), (4, 4), (5, 5)}


# Laws


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from([*KOREAN, *ENGLISH, "", "양 장관은 동의하였다."]), max_size=7),
    st.lists(st.sampled_from([*KOREAN, *ENGLISH, "", "양 장관은 동의하였다."]), max_size=7),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.booleans()), max_size=5),
)
def test_every_paragraph_is_in_exactly_one_row(
    write: Write,
    taxonomy: Taxonomy,
    lefts: list[str],
    rights: list[str],
    said: list[tuple[int, int, bool]],
) -> None:
    old, new = write(lefts, "52"), write(rights, "53")
    pins = [Pin(Address("52", one), Address("53", two), together) for one, two, together in said]
    comparison = compare(old, new, taxonomy, pins)
    for document, found in ((old, "left"), (new, "right")):
        addresses = [address for row in comparison.rows for address in getattr(row, found)]
        assert sorted(addresses) == [Address(document.id, it.number) for it in document.paragraphs]
    assert all(0 <= row.score <= 1 for row in comparison.rows)
    assert sum(comparison.counts()) == len(comparison.rows)
    in_order = [row for row in comparison.rows if not row.moved]
    for end in ("left", "right"):
        firsts = [getattr(row, end)[0] for row in in_order if getattr(row, end)]
        assert all(one < other for one, other in pairwise(firsts))
    last = {(one, two): together for one, two, together in said}
    for (one, two), together in last.items():
        if one in range(1, len(lefts) + 1) and two in range(1, len(rights) + 1) and together:
            assert (one, two) in pairs(comparison)


def test_large_documents_pair_by_rare_words_and_by_place(
    make_document: Callable[..., Document], taxonomy: Taxonomy
) -> None:
    old = make_document(600, id="98")
    edited = tuple(
        replace(
            item,
            parts=tuple(replace(part, text=f"다시 {part.text}") for part in item.parts),
        )
        for item in old.paragraphs
    )
    new = replace(old, facts=replace(old.facts, id="99"), paragraphs=edited)
    comparison = compare(old, new, taxonomy)
    assert pairs(comparison) == {(number, number) for number in range(1, 601)}
