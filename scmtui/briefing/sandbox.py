"""Templates of the reader's own, made into text: in so many steps, so much time and so much text.

They are Jinja templates in its sandbox. That keeps them from reading what they are not given; what
is here keeps them from taking the machine: a template that grows beyond all measure, goes on for
ever, or comes upon an error of any sort ends with a `TemplateError` of one line.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, TypeVar

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2 import Template
    from jinja2.runtime import Context

_T = TypeVar("_T")

__all__ = ["LONGEST", "TemplateError", "written"]

LONGEST = 100_000
"""Characters of a template at most."""
LARGEST = 200_000
"""Characters and things that a value may be made of, beside what is given."""
STEPS = 100_000
"""Rounds of loops and calls, of all together."""
PATIENCE = 2.0
"""Seconds that a template may take."""
_WIDEST = 1_000
"""The largest number that may be said of a width, an indent or a count."""
_CUT = 10_000
"""Characters and things of a value that a slow filter is given."""
_TOLD = 200
"""Characters of what is told of an error."""
_most: ContextVar[int] = ContextVar("most", default=LARGEST)
"""The same for the template that is being written."""
_STEP, _WHOLE, _BUDGET = "a step", "a whole", "the budget"
"""Names within the template that no template can write."""
_KEPT_GLOBALS = ("dict", "namespace", "range")
_GROWING = frozenset(
    """batch center format indent join ljust replace rjust round slice tojson wordwrap
    zfill""".split()  # noqa: SIM905
)
_SLOW = frozenset(("pprint", "striptags", "sum", "title", "urlize", "wordwrap", "xmlattr"))
_METHODS = frozenset(
    """capitalize casefold center count date endswith find get index is_integer isalnum isalpha
    isascii isdecimal isdigit islower isnumeric isspace istitle isupper items join keys ljust lower
    lstrip partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip
    split splitlines startswith strip swapcase title upper values zfill""".split()  # noqa: SIM905
)
"""What may be called of texts, numbers and lists."""
_PLAIN = (str, bytes, int, float, list, tuple, dict, set, frozenset, type)


def written(template: str, given: Mapping[str, object], *, escaped: bool, longest: int) -> str:
    """What a template writes with what it is given, cut after about `longest` characters.

    Raises TemplateError, whatever it is that goes wrong.
    """
    try:
        _most.set(LARGEST + 2 * _size(given, sys.maxsize))
        pieces, size = [], 0
        budget = _Budget()
        for piece in _compiled(template, escaped).generate({**given, _BUDGET: budget}):
            budget.step()
            pieces.append(piece)
            size += len(piece)
            if size > longest:
                break
        return "".join(pieces)
    except TemplateSyntaxError as error:
        raise TemplateError(f"{error.lineno}: {error.message}") from None
    except TemplateError as error:
        raise TemplateError(_told(error)) from None
    except MemoryError:
        raise TemplateError("it takes too much memory") from None
    except Exception as error:  # noqa: BLE001 - a filter raises whatever its values raise
        raise TemplateError(_told(error)) from None


def _told(error: Exception) -> str:
    """What is wrong, on a line that can be read."""
    return " ".join(str(error).split())[:_TOLD] or type(error).__name__


@lru_cache(maxsize=4)
def _compiled(template: str, escaped: bool) -> Template:
    if len(template) > LONGEST:
        raise TemplateError("it is too large")
    return _Sandbox(escaped).from_string(template)


class _Budget:
    """The steps and the time that are left to a template."""

    def __init__(self) -> None:
        self._steps = 0
        self._end = time.monotonic() + PATIENCE

    def step(self) -> None:
        self._steps += 1
        if self._steps > STEPS or time.monotonic() > self._end:
            raise TemplateError("it goes on for too long")


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, in which nothing grows beyond measure."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, escaped: bool) -> None:
        super().__init__(autoescape=escaped, undefined=StrictUndefined, optimized=False)
        self.globals = {name: self.globals[name] for name in _KEPT_GLOBALS}
        self.filters = {name: _bounded(name, it) for name, it in self.filters.items()}
        self.filters |= {_STEP: _counted, _WHOLE: _measured}
        self.concat = _joined  # type: ignore[method-assign]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _Watched().visit(tree)
        tree.set_environment(self)
        return tree

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Of texts, numbers and lists, only what cannot grow beyond measure."""
        safe = super().is_safe_attribute(obj, attr, value)
        return safe and (not isinstance(obj, _PLAIN) or attr in _METHODS)

    def wrap_str_format(self, value: object) -> None:
        """No method of texts is there to format, since it says widths where nobody looks."""

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """Calculate, unless what comes out is too large."""
        _refuse_large(operator, left, right)
        return _measured(super().call_binop(context, operator, left, right))

    def call(self, context: Context, called: object, /, *args: object, **named: object) -> object:
        """Call a macro or a method: each is a step."""
        context[_BUDGET].step()
        name = getattr(called, "__name__", "")
        owner = getattr(called, "__self__", None)
        if isinstance(owner, _PLAIN):
            args = _lists(args)
            _refuse_growth(name, owner, (*args, *named.values()))
        return _measured(super().call(context, called, *args, **named))


class _Watched(NodeTransformer):
    """Counts the rounds of loops, and measures what is put together."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - the library's name
        self.generic_visit(node)
        node.iter = _filtered(node.iter, _STEP)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Expr:  # noqa: N802 - as above
        self.generic_visit(node)
        first, *others = (_filtered(it, "string") for it in node.nodes)
        whole: nodes.Expr = first
        for it in others:
            whole = nodes.Add(whole, it, lineno=node.lineno)
        return whole

    def visit_List(self, node: nodes.List) -> nodes.Expr:  # noqa: N802 - as above
        self.generic_visit(node)
        return _filtered(node, _WHOLE)

    def visit_Dict(self, node: nodes.Dict) -> nodes.Expr:  # noqa: N802 - as above
        self.generic_visit(node)
        return _filtered(node, _WHOLE)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Expr:  # noqa: N802 - as above
        self.generic_visit(node)
        return _filtered(node, _WHOLE) if node.ctx == "load" else node


def _filtered(node: nodes.Node, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


@pass_context
def _counted(context: Context, things: Iterable[object]) -> Iterator[object]:
    """The things, each a step."""
    for thing in things:
        context[_BUDGET].step()
        yield thing


def _joined(pieces: Iterable[str]) -> str:
    """The pieces as one text, as long as one may be."""
    known, size = [], 0
    for piece in pieces:
        known.append(piece)
        size += len(piece)
        if size > _most.get():
            raise _too_much()
    return "".join(known)


def _bounded(name: str, filter_: Callable[..., object]) -> Callable[..., object]:
    """The filter, given and giving only what is not too large."""
    told = int(hasattr(filter_, "jinja_pass_arg"))  # it is told of the template first

    @wraps(filter_)
    def bounded(*args: object, **named: object) -> object:
        around, (value, *others) = args[:told], _lists(args[told:])
        _refuse_growth(name, value, (*others, *named.values()))
        return _measured(filter_(*around, value, *others, **named))

    return bounded


def _lists(values: Iterable[object]) -> tuple[object, ...]:
    """The values; what comes one by one is taken as a list, so that it can be measured."""
    return tuple(_measured(_listed(it)) if isinstance(it, Iterator) else it for it in values)


def _listed(things: Iterable[object]) -> list[object]:
    known = []
    for thing in things:
        known.append(thing)
        if len(known) > _most.get():
            raise _too_much()
    return known


def _refuse_growth(name: str, value: object, others: tuple[object, ...]) -> None:
    """Refuse what a filter or a method would make too large, or be too slow with."""
    size = _size(value)
    for it in others:
        _size(it)
    if name in _SLOW and size > _CUT:
        raise _too_much()
    if name not in _GROWING:
        return
    widths = [abs(it) for it in others if isinstance(it, int)]
    if max(widths, default=0) > _WIDEST:
        raise _too_much()
    if name == "format":
        _refuse_format(value, others)
    elif size * max((*widths, *map(_size, others)), default=1) > 10 * _most.get():
        raise _too_much()


def _refuse_large(operator: str, left: object, right: object) -> None:
    """Refuse to calculate what would be too large."""
    if operator == "**":
        large = any(isinstance(it, int) and abs(it) > _WIDEST for it in (left, right))
    elif operator == "*":
        large = _product(left, right) > _most.get()
    elif operator == "%":
        _refuse_format(left, (right,))
        large = False
    else:
        large = _size(left) + _size(right) > _most.get()
    if large:
        raise _too_much()


def _product(left: object, right: object) -> int:
    """The size of what comes out where two things are multiplied."""
    if isinstance(left, int) and isinstance(right, int):
        return _size(left) + _size(right)
    if isinstance(left, int):
        return _size(right) * left
    return _size(left) * right if isinstance(right, int) else 0


def _refuse_format(form: object, values: tuple[object, ...]) -> None:
    """Refuse a format that says more of widths than there may be."""
    if not isinstance(form, str):
        return
    widths = [int(it[:9]) for it in re.findall(r"\d+", form)]
    each = max(map(_size, values), default=0)
    if "*" in form or sum(widths) > _most.get() or max(widths, default=0) > 10**5:
        raise _too_much()
    if form.count("%") * each > 10 * _most.get():
        raise _too_much()


def _measured(value: _T) -> _T:
    """The value, if it is not too large."""
    _size(value)
    return value


def _size(value: object, most: int = 0) -> int:
    """Characters and things that a value is made of, each as often as it is there."""
    size, waiting, most = 0, [value], most or _most.get()
    while waiting:
        it = waiting.pop()
        size += 1
        if isinstance(it, (str, bytes)):
            size += len(it)
        elif isinstance(it, int):
            size += it.bit_length() // 3
        elif isinstance(it, Mapping):
            waiting += (*it.keys(), *it.values())
        elif isinstance(it, (list, tuple, set, frozenset)):
            waiting += it
        if size + len(waiting) > most:
            raise _too_much()
    return size


def _too_much() -> SecurityError:
    return SecurityError("it makes too much of it")
