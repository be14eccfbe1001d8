"""Citations as the reader writes them: a template under [citation] in config.toml.

It is a template of the `sandbox`, for one line. What is not official is marked in it even if
the template does not say so.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from scmtui import corpus, settings
from scmtui.briefing.dates import dated, korean_day
from scmtui.language import N_, current
from scmtui.model import SettingsError
from scmtui.text import safe
from scmtui.wording import kind

if TYPE_CHECKING:
    from scmtui.model import Address, Document, Facts

NAME = "own"
KEY = "citation.template"
_MARKS = ("비공식", "unofficial", "not official")
LONGEST = 1_000
"""Characters of a citation."""


def style() -> tuple[str, SettingsError | None]:
    """The style that is used where nobody says otherwise, and what is wrong with that of config.

    A template that cannot be used leaves the style of the language.
    """
    chosen = _chosen()
    usual = "ko" if current() == "ko" else "en"
    name = chosen.style
    if name == "auto":
        name = NAME if chosen.template else usual
    problem = _problem() if name == NAME else None
    return usual if problem else name, problem


def works() -> bool:
    """Whether there is a template that can be used."""
    return _problem() is None


def _problem() -> SettingsError | None:
    try:
        _cited(*_example(), kept=N_("Sources are cited in another style meanwhile."))
    except SettingsError as error:
        return error
    return None


def cited(document: Document, address: Address) -> str:
    """The citation of what stands at an address. Raises SettingsError, with the line."""
    return _cited(document.facts, address, document)


def _cited(
    facts: Facts,
    address: Address,
    document: Document | None = None,
    kept: str = N_("Nothing was written."),
) -> str:
    from scmtui.briefing.sandbox import TemplateError, written

    template = _chosen().template
    if not template.strip():
        raise _unusable("there is none", kept)
    try:
        fields = _fields(facts, address, document)
        line = written(template, fields, escaped=False, longest=4 * LONGEST)
    except TemplateError as error:
        raise _unusable(str(error), kept) from None
    line = " ".join(safe(line).split())[:LONGEST]
    if not line:
        raise _unusable("it says nothing", kept)
    if facts.official or any(mark in line for mark in _MARKS):
        return line
    return f"{line} (비공식)" if current() == "ko" else f"{line} (unofficial)"


def _unusable(why: str, kept: str) -> SettingsError:
    return settings.unusable(KEY, safe(why), kept)


def _fields(facts: Facts, address: Address, document: Document | None) -> dict[str, object]:
    """What a template can name."""
    days = {"date": dated(facts), "held": facts.held, "published": facts.published}
    return {
        "title": facts.title,
        "meeting": facts.meeting,
        "kind": facts.kind.value,
        "words": kind(facts),
        "language": facts.language,
        "place": facts.place,
        **{name: korean_day(day) if day else "" for name, day in days.items()},
        **{f"{name}_iso": day.isoformat() if day else "" for name, day in days.items()},
        "id": facts.id,
        "address": str(address),
        "paragraph": address.paragraph,
        "part": address.part if _is_told(address, document) else None,
        "sentence": address.sentence,
        "official": facts.official,
        "unofficial": "" if facts.official else "[비공식]",
    }


def _is_told(address: Address, document: Document | None) -> bool:
    """Whether a part is to be named: where there are several, or a sentence of it is meant."""
    paragraph = document.paragraph(address.paragraph or 0) if document else None
    return bool(address.sentence) or len(paragraph.parts if paragraph else ()) > 1


def _example() -> tuple[Facts, Address]:
    """Something that can always be cited, to see whether the template can be used."""
    from scmtui.model import Address

    facts = corpus.facts()[0]
    return facts, Address(facts.id, 1)


def _chosen() -> settings.Citation:
    file = settings.config_file()
    try:
        at = file.stat().st_mtime_ns
    except OSError:
        return settings.Citation()
    return _read(str(file), at)


@lru_cache(maxsize=2)
def _read(file: str, at: int) -> settings.Citation:  # noqa: ARG001 - another time, another text
    from pathlib import Path

    return settings.load(Path(file))[0].citation
