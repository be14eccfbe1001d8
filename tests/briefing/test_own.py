"""Citations by the reader's own template: what it is given, and what becomes of a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scmtui.briefing import own
from scmtui.briefing.citation import cite, source
from scmtui.model import Address, SettingsError
from scmtui.settings import config_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scmtui.model import Document

FULL = (
    "{{ meeting }}|{{ date }}|{{ date_iso }}|{{ place }}|{{ address }}|{{ paragraph }}"
    "|{{ part }}|{{ sentence }}|{{ official }}{{ unofficial }}"
)


@pytest.fixture
def template(home: Path) -> Callable[[str], None]:
    """`template(source)`: the reader's own citation."""
    assert home

    def write(source: str) -> None:
        config_file().parent.mkdir(parents=True, exist_ok=True)
        config_file().write_text(f"[citation]\ntemplate = '''{source}'''\n", encoding="utf-8")

    return write


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("52:11", "52|2020. 10. 14.|2020-10-14|워싱턴 D.C.|52:11|11|None|None|True"),
        ("52:1.1.2", "52|2020. 10. 14.|2020-10-14|워싱턴 D.C.|52:1.1.2|1|1|2|True"),
        ("57-article:0", "57|2025. 11. 14.|2025-11-14|서울|57-article:0|0|None|None|False[비공식]"),
    ],
)
def test_a_template_is_given_what_can_be_cited(
    bundled: dict[str, Document], template: Callable[[str], None], address: str, told: str
) -> None:
    template(FULL)
    at = Address.parse(address)
    assert own.style() == ("own", None)
    assert cite(bundled[at.document], at, "own") == told


def test_what_is_not_official_says_so_whatever_the_template_leaves_out(
    bundled: dict[str, Document], template: Callable[[str], None], speak: Callable[[str], None]
) -> None:
    template("{{ id }}")
    at = Address("57-article", 2)
    assert cite(bundled["57-article"], at, "own") == "57-article (unofficial)"
    speak("ko")
    assert cite(bundled["57-article"], at, "own") == "57-article (비공식)"
    assert "비공식" in source(bundled["57-article"].facts, "own")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("{{ titel }}", "'titel' is undefined"),
        ("{{ title", "unexpected end of template"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ title|xmlattr }}", "has no attribute"),
        ("{{ 'a' * 2000000000 }}", "it makes too much of it"),
        ("{% if no %}", "'no' is undefined|Unexpected end"),
        ("  {# nothing #} ", "it says nothing"),
    ],
)
def test_a_template_that_cannot_be_used_is_told_with_its_line(
    bundled: dict[str, Document], template: Callable[[str], None], source: str, why: str
) -> None:
    template(source)
    style, problem = own.style()
    assert style == "en"
    assert problem
    assert f"{config_file()}:2: “citation.template” cannot be used" in str(problem)
    assert str(problem).endswith("Sources are cited in another style meanwhile.")
    with pytest.raises(SettingsError, match=why):
        cite(bundled["52"], Address("52", 1), "own")
    assert not own.works()


def test_lines_and_escapes_make_no_page_of_a_citation(
    bundled: dict[str, Document], template: Callable[[str], None]
) -> None:
    template("{{ id }}\n\n  {{ '\\u001b[31m' }}{{ paragraph }}")
    cited = cite(bundled["52"], Address("52", 1), "own")
    assert "\n" not in cited
    assert "\x1b" not in cited
    assert cited.startswith("52 ")


def test_without_a_template_there_is_no_style_of_ones_own(
    bundled: dict[str, Document], speak: Callable[[str], None]
) -> None:
    speak("ko")
    assert own.style() == ("ko", None)
    with pytest.raises(SettingsError):
        cite(bundled["52"], Address("52", 1), "own")


def test_a_style_can_be_chosen_without_a_template(home: Path) -> None:
    assert home
    config_file().parent.mkdir(parents=True, exist_ok=True)
    config_file().write_text('[citation]\nstyle = "short"\n', encoding="utf-8")
    assert own.style() == ("short", None)
