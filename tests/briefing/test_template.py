"""Templates of the reader's own: what they are given, and what they cannot do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scmtui.briefing import template
from scmtui.briefing.sandbox import LONGEST
from scmtui.model import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.briefing.collected import Briefing

MEMO = """# {{ title }}
{% for entry in entries %}{% for it in entry.left %}
- {{ it.text }} ({{ it.citation }})
{% endfor %}{% endfor %}"""


@pytest.fixture
def keep() -> Callable[[str, str], str]:
    """`keep(name, source)`: a template in the reader's folder."""

    def write(name: str, source: str) -> str:
        template.folder().mkdir(parents=True, exist_ok=True)
        (template.folder() / name).write_text(source, encoding="utf-8")
        return name

    return write


def test_a_template_is_given_what_the_export_holds(
    opcon: Briefing, keep: Callable[[str, str], str]
) -> None:
    assert template.names() == []
    page = template.rendered(keep("memo.md", MEMO), opcon)
    assert template.names() == ["memo.md"]
    assert page.startswith("# 전작권 전환\n")
    for quoted in opcon.entries[0].left:
        assert f"- {quoted.text} ({quoted.citation})\n" in page


def test_a_page_of_html_is_escaped(nasty: Briefing, keep: Callable[[str, str], str]) -> None:
    page = template.rendered(keep("memo.html", "<p>{{ title }}</p>"), nasty)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ title.__init__.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "{{ nothing }}",
        "{% for %}",
        "{{ 1 / 0 }}",
        "{{ range(10 ** 9) | list }}",
        "{{ title.x.y }}",
        "{{ title|xmlattr }}",
        "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
        "{% for a in range(9999) %}{{ 'a' * 9999 }}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ " + "[" * 3000 + "]" * 3000 + " }}",
    ],
)
def test_what_a_template_may_not_do_is_a_sentence(
    opcon: Briefing, keep: Callable[[str, str], str], source: str
) -> None:
    with pytest.raises(SettingsError, match="cannot be used"):
        template.rendered(keep("bad.md", source), opcon)


def test_a_template_that_is_too_large_or_not_there_is_a_sentence(
    opcon: Briefing, keep: Callable[[str, str], str]
) -> None:
    with pytest.raises(SettingsError, match="too large"):
        template.rendered(keep("big.md", "x" * (LONGEST + 1)), opcon)
    with pytest.raises(SettingsError, match="it is not there"):
        template.rendered("none.md", opcon)
    Path(template.folder() / "folder").mkdir()
    assert template.names() == ["big.md"]


def test_a_template_sends_no_commands_to_a_terminal(
    opcon: Briefing, keep: Callable[[str, str], str]
) -> None:
    page = template.rendered(keep("esc.md", 'a\x1b[31mb{{ "\\ud800" }}'), opcon)
    assert page == "ab\n"
