"""The sandbox of the reader's templates: nothing hangs, nothing grows, and every error is told."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from scmtui.briefing import sandbox
from scmtui.briefing.sandbox import TemplateError, written

MOST_TIME = 10.0
"""Seconds of the processor."""
MOST_MEMORY = 16_000_000
"""Bytes."""

DOUBLED = 60
LARGE = {
    "lorem": "{{ lipsum(n=100000) }}",
    "cycler": "{{ cycler(1) }}",
    "times": '{{ "a" * 2000000000 }}',
    "times list": "{{ [1] * 2000000000 }}",
    "times before": '{{ 2000000000 * "a" }}',
    "power": "{{ 9 ** 9 ** 9 ** 9 }}",
    "large numbers": "{% set n = 9 ** 999 %}{{ n ** n }}",
    "format": '{{ "%999999999d"|format(1) }}',
    "per cent": '{{ "%999999999d" % 1 }}',
    "star": '{{ "%*d" % (999999999, 1) }}',
    "many values": '{{ "%s" * 9000 % (("a" * 9000,) * 9000) }}',
    "method format": '{{ "{:999999999d}".format(1) }}',
    "format map": '{{ "{a:999999999d}".format_map({"a": 1}) }}',
    "attr": '{{ (title|attr("format"))(1) }}',
    "center": '{{ "a"|center(1000000000) }}',
    "method center": '{{ "a".center(1000000000) }}',
    "zfill": '{{ "a".zfill(1000000000) }}',
    "indent": '{{ "a\nb"|indent(1000000000) }}',
    "indent lines": '{{ ("a\n" * 100000)|indent(999) }}',
    "batch": '{{ [1]|batch(1000000000, "x")|list }}',
    "round": "{{ 1.5|round(1000000000) }}",
    "json": "{{ [1]|tojson(indent=1000000000) }}",
    "replace": '{{ "aaa".replace("", "b" * 200000).replace("", "c" * 200000) }}',
    "join": '{{ range(99999)|map("string")|join("x" * 1000) }}',
    "add": '{% set a = "aaaaaaaa" %}' + "{% set a = a + a %}" * DOUBLED,
    "concatenate": '{% set a = "aaaaaaaa" %}' + "{% set a = a ~ a %}" * DOUBLED,
    "capture": '{% set a = "aa" %}' + "{% set a %}{{ a }}{{ a }}{% endset %}" * DOUBLED,
    "lists": "{% set a = [1] %}" + "{% set a = [a, a] %}" * DOUBLED,
    "tuples": "{% set a = (1,) %}" + "{% set a = (a, a) %}" * DOUBLED,
    "dicts": "{% set a = 1 %}" + "{% set a = {1: a, 2: a} %}" * DOUBLED,
    "calls": "{% set a = 1 %}" + "{% set a = dict(x=a, y=a) %}" * DOUBLED,
    "names": "{% set n = namespace(a='aa') %}{% for i in range(99) %}{% set n.a = n.a + n.a %}"
    "{% endfor %}",
    "range": "{{ range(1000000000)|list }}",
    "tags": '{{ ("<!--x-->" * 30000)|striptags }}',
    "sum": "{{ ([[1]] * 90000)|sum(start=[]) }}",
    "source": "x" * (sandbox.LONGEST + 1),
}
LONG = {
    "nested": "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "letters": '{% set a = "a" * 9999 %}{% for i in a %}{% for j in a %}{% endfor %}{% endfor %}',
    "macros": "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}"
    "{{ f(60) }}",
}
WRONG = {
    "attribute": "{{ title|xmlattr }}",
    "dictsort": "{{ 1|dictsort }}",
    "recursion": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "nested": "{{ " + "[" * 3000 + "]" * 3000 + " }}",
    "filter": "{{ title|nothing }}",
    "include": "{% include 'x' %}",
    "assert": "{{ title.x.y }}",
    "bytes": "{{ title.encode() }}",
    "private": "{{ title.__class__ }}",
    "unbalanced": "{% for %}",
}


def _refused(template: str) -> str:
    with pytest.raises(TemplateError) as raised:
        written(template, {"title": "Title"}, escaped=False, longest=4000)
    return str(raised.value)


@pytest.mark.parametrize("template", LARGE.values(), ids=list(LARGE))
def test_what_would_grow_beyond_measure_is_refused_at_once(template: str) -> None:
    begun = time.process_time()
    assert _refused(template)
    assert time.process_time() - begun < MOST_TIME


@pytest.mark.parametrize("name", ["times", "power", "format", "center", "batch", "capture"])
def test_what_is_refused_is_not_made_first(name: str) -> None:
    _refused("{{ nothing }}")
    tracemalloc.start()
    assert _refused(LARGE[name])
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MOST_MEMORY


def test_what_is_given_may_be_large() -> None:
    given = {"entries": [{"text": "a" * 1000, "sort": "b"} for _ in range(2000)]}
    source = (
        "{{ entries|length }} {{ entries|selectattr('sort', 'equalto', 'b')|list|length }}"
        "{% for it in entries %}{{ it.text|replace('a', 'bc') }}{% endfor %}"
    )
    page = written(source, given, escaped=False, longest=10_000_000)
    assert page == "2000 2000" + "bc" * 2_000_000


@pytest.mark.parametrize("template", LONG.values(), ids=list(LONG))
def test_what_goes_on_for_ever_says_so(template: str) -> None:
    begun = time.process_time()
    assert _refused(template) == "it goes on for too long"
    assert time.process_time() - begun < MOST_TIME


@pytest.mark.parametrize("template", WRONG.values(), ids=list(WRONG))
def test_an_error_of_any_sort_is_a_line(template: str) -> None:
    told = _refused(template)
    assert told
    assert "\n" not in told
    assert len(told) <= 200


def test_the_time_is_limited_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "PATIENCE", -1.0)
    assert _refused("{% for i in 'ab' %}{% endfor %}") == "it goes on for too long"


def test_want_of_memory_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_template: str, _escaped: bool) -> None:
        raise MemoryError

    monkeypatch.setattr(sandbox, "_compiled", fails)
    assert _refused("x") == "it takes too much memory"


def test_a_long_text_is_written_no_further_than_asked() -> None:
    page = written(
        "{% for i in range(9999) %}0123456789{% endfor %}", {}, escaped=False, longest=95
    )
    assert len(page) == 100


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ('{{ "%02d"|format(7) }} {{ "%02d" % 7 }} {{ 7 % 4 }} {{ 2 ** 10 }}', "07 07 3 1024"),
        ('{{ ", ".join(["a", "b"]) }} {{ ["a", "b"]|join("-") }}', "a, b a-b"),
        ("{{ title ~ 1 ~ '!' }} {{ title + '!' }} {{ 2 * 3 }} {{ '-' * 3 }}", "T1! T! 6 ---"),
        (
            "{% for _, b in [(1, 2), (3, 4)] %}{{ loop.index }}/{{ loop.length }}{{b}}{% endfor %}",
            "1/222/24",
        ),
        ("{% for k, v in {'a': 1}.items() %}{{ k }}{{ v }}{% endfor %}", "a1"),
        ("{{ title|replace('T', 'U')|center(5) }}|{{ title.center(3) }}", "  U  | T "),
        ("{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(1) }}{{ none_here|default('d') }}", "<1>d"),
        ("{{ [3, 1]|sort|map('string')|list|join }}{{ range(3)|list }}", "13[0, 1, 2]"),
        ("{% set n = namespace() %}{% for x in 'ab' %}{% set n.i = 2 %}{% endfor %}{{ n.i }}", "2"),
        ("{{ {'b': (1, 2)}|tojson(indent=1) }}", '{\n "b": [\n  1,\n  2\n ]\n}'),
        ("{{ 2 * 1.5 }} {{ 1.25|round(1) }} {{ 'a b'|title }} {{ [1, 2]|sum }}", "3.0 1.2 A B 3"),
    ],
)  # fmt: skip
def test_what_templates_are_written_with_goes_on_working(template: str, told: str) -> None:
    assert written(template, {"title": "T"}, escaped=False, longest=4000) == told


def test_an_escaped_page_stays_escaped_however_it_is_put_together() -> None:
    source = (
        "{{ title ~ '<i>' }}{{ '<b>' + title }}{% set x %}<p>{{ title }}</p>{% endset %}{{ x }}"
    )
    page = written(source, {"title": "<T>"}, escaped=True, longest=4000)
    assert page == "&lt;T&gt;&lt;i&gt;&lt;b&gt;&lt;T&gt;<p>&lt;T&gt;</p>"
