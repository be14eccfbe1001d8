"""Other names: the file of aliases, names with their abbreviations in texts, dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scmtui import corpus
from scmtui.search.names import Names, pairs, written

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = Names.load(corpus.assets() / "aliases.toml")


def same(names: Names, name: str) -> set[str]:
    return {other.name for other in names.of(name) if not other.related}


def related(names: Names, name: str) -> set[str]:
    return {other.name for other in names.of(name) if other.related}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("전작권", "OPCON"),
        ("opcon", "전시작전통제권"),
        ("wartime  operational control", "전작권"),
        ("한미연합군사령부", "CFC"),
        ("FCFC", "미래연합사"),
        ("유엔사", "United Nations Command"),
        ("THAAD", "사드"),
        ("9·19 군사합의", "CMA"),
        ("919군사합의", "남북군사합의"),
        ("北", "북한"),
        ("美國", "미합중국"),
    ],
)
def test_names_of_one_thing(name: str, other: str) -> None:
    assert other in same(SHIPPED, name)


def test_two_commands_are_related_and_not_the_same() -> None:
    assert "미래연합사" in related(SHIPPED, "한미연합군사령부")
    assert "미래연합사" not in same(SHIPPED, "한미연합군사령부")
    assert "연합사령관" in SHIPPED.of("CFC")[0].without


def test_a_drum_is_not_a_country() -> None:
    assert not SHIPPED.of("북")
    assert not SHIPPED.of("없는 이름")


def test_every_related_name_is_a_name() -> None:
    import tomllib

    rows = tomllib.loads((corpus.assets() / "aliases.toml").read_text(encoding="utf-8"))["name"]
    assert all(SHIPPED.of(name) for row in rows for name in row.get("related", ()))
    assert all(len(set(row["same"])) == len(row["same"]) > 1 for row in rows)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("완전운용능력(FOC) 검증", [("완전운용능력", "FOC")]),
        ("북방한계선 (NLL)이", [("북방한계선", "NLL")]),
        ("조건에 기초한 전시작전통제권(전작권) 전환", [("전시작전통제권", "전작권")]),
        ("미국의 ‘핵·재래식 통합 도상연습(TTX)’을", [("핵·재래식 통합 도상연습", "TTX")]),
        ("한미 WMD 대응(CWMD)", [("WMD 대응", "CWMD")]),
        ("미래연합군사령부(Future Combined Forces Command)", [
            ("미래연합군사령부", "Future Combined Forces Command")]),
        ("the Full Operational Capability (FOC) of", [("Full Operational Capability", "FOC")]),
        ("Weapons of Mass Destruction (WMD)", [("Weapons of Mass Destruction", "WMD")]),
        ("operational control (OPCON)", []),
        ("마크 에스퍼(Mark T. Esper)", []),
        ("애슈턴 카터(Ashton Carter)", []),
        ("국방부장관(이하 장관)", []),
        ("회의(오전)", []),
        ("사이버동맹(Cyber)", []),
        ("(FOC)", []),
        ("국방비, (FOC)", []),
        ("and (FOC)", []),
        ("Capability (FOC)", []),
        ("없음", []),
    ],
)  # fmt: skip
def test_names_with_their_abbreviation(text: str, found: list[tuple[str, str]]) -> None:
    assert list(pairs(text)) == found


def test_pairs_add_to_the_file_only_what_it_does_not_know(tmp_path: Path) -> None:
    file = tmp_path / "aliases.toml"
    file.write_text('[[name]]\nsame = ["완전운용능력", "FOC"]\n', encoding="utf-8")
    names = Names.load(file, [("미래연합사 완전운용능력", "FOC"), ("공동경비구역", "JSA")])
    assert same(names, "FOC") == {"완전운용능력"}
    assert same(names, "jsa") == {"공동경비구역"}
    assert same(names, "공동 경비구역") == {"JSA"}


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("2020.10.14", "2020년 10월 14일"),
        ("2020. 10. 14.", "October 14, 2020"),
        ("2020-10-14", "14 October 2020"),
        ("10월 14일", "October 14"),
        ("oct 14", "10월 14일"),
        ("14 october 2020", "2020. 10. 14."),
        ("october 14, 2020", "2020-10-14"),
        ("52차", "52nd"),
        ("제11차", "11th"),
        ("53rd", "제53차"),
        ("9.19", "9·19"),
    ],
)
def test_dates_and_numbers_of_meetings(text: str, other: str) -> None:
    assert other in {alternative.name for alternative in written(text)}


@pytest.mark.parametrize(
    "text", ["2020.13.14", "2020.10.40", "확장억제", "may", "foo 14", "52", ""]
)
def test_what_is_no_date(text: str) -> None:
    assert not written(text)
