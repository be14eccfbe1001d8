"""The words of the program: meetings, documents, paragraphs, addresses, themes, and the errors.

Everything here is frozen and knows neither files nor screens.

The errors are one family, shown once by each front end:

    ScmError
    ├── UsageError          the reader's input is malformed             exit 2
    │   ├── AddressError    an address that cannot be parsed
    │   ├── QueryError      a search that cannot be read
    │   ├── SettingsError   a configuration file that cannot be used
    │   └── TerminalError   a terminal the screens cannot be drawn on
    ├── NotFoundError             well-formed, but there is no such thing     exit 1
    ├── ReadError           a file that cannot be read as a document    exit 3
    │   └── PasswordError   a file that opens with a password only
    ├── LibraryError        the library cannot be opened or written     exit 3
    └── ExportError         a file cannot be written                    exit 3
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class ScmError(Exception):
    """Something the reader should know of: what happened, what was kept, what to do.

    The three are templates in English, filled with `values` where they are shown: a front end
    translates the template first (`language.say`), `str()` gives the English sentences.
    """

    exit_status = 3

    def __init__(self, what: str, *, kept: str = "", todo: str = "", **values: object) -> None:
        super().__init__(what)
        self.sentences = tuple(filter(None, (what, kept, todo)))
        self.values = values

    def __str__(self) -> str:
        return " ".join(sentence.format(**self.values) for sentence in self.sentences)


class UsageError(ScmError):
    """The reader's input is malformed."""

    exit_status = 2


class AddressError(UsageError):
    """A text that is not an address."""


class QueryError(UsageError):
    """A search that cannot be read; `at` is where, in characters of the query from 0."""

    def __init__(self, what: str, *, at: int, todo: str = "", **values: object) -> None:
        super().__init__(what, kept="", todo=todo, place=at + 1, **values)
        self.at = at


class SettingsError(UsageError):
    """A configuration file that cannot be used as it stands."""


class TerminalError(UsageError):
    """A terminal that the screens cannot be drawn on."""


class NotFoundError(ScmError):
    """A well-formed request for something that is not there."""

    exit_status = 1


class ReadError(ScmError):
    """A file that cannot be read as a document."""


class PasswordError(ReadError):
    """A file that opens with a password only, and none or another one was given."""


class LibraryError(ScmError):
    """The library cannot be opened or written."""


class ExportError(ScmError):
    """A file of the reader's cannot be written."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the two languages of the communiqués; either may be empty when not known."""

    ko: str = ""
    en: str = ""

    def in_language(self, language: str) -> str:
        """The name in `language` ("ko" or "en"), or in the other one when that is all there is."""
        return (self.ko or self.en) if language == "ko" else (self.en or self.ko)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One Security Consultative Meeting. What is not known is None or an empty name."""

    number: int
    held: date | None = None
    place: Name = Name()
    rok_minister: Name = Name()
    us_secretary: Name = Name()
    mcm: int | None = None
    """Number of the Military Committee Meeting that was held with it."""


class Kind(Enum):
    """What a document is; the value is its word in addresses, queries and JSON."""

    COMMUNIQUE = "communique"
    ARTICLE = "article"
    PRESS = "press"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a document came from. `sha256` is of the file's bytes, in hexadecimal."""

    file: str
    format: str
    sha256: str
    origin: str = ""
    """What is known of where the file was found and of its author, in words."""
    rights: str = ""
    added: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a document without its text."""

    id: str
    meeting: int | None
    kind: Kind
    language: str
    """"ko" or "en"."""
    title: str
    provenance: Provenance
    held: date | None = None
    published: date | None = None
    place: str = ""
    official: bool = False
    paragraphs: int = 0
    """How many numbered items the document has, a lead-in included."""


@dataclass(frozen=True, slots=True)
class Part:
    """One 문단: the text as shown, and its span [start, end) in the document's source."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered item (항); 0 is a lead-in. The span covers number and heading too."""

    number: int
    heading: str
    parts: tuple[Part, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a reading leaves to the reader's eye: a doubt, or text that was left out.

    `kind` is a short stable word ("numbering", "join", "footer", ...), `text` says or quotes it.
    """

    kind: str
    text: str
    address: Address | None = None
    at: int | None = None
    """Where in the source, when it is one place: of a join, where the second line begins."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a text says of itself, with its own words for it.

    `fact` is the name of a field ("meeting", "kind", "language", "held", "published", "place",
    "official") or of one who chaired ("rok_minister", "us_secretary"); `value` is written as it
    is stored: a number, a day as 2025-11-04, the value of a Kind, "true" or "false".
    """

    fact: str
    value: str
    quote: str = ""
    """The line or the sentence of the source that says so; empty when it is only supposed."""
    at: int | None = None
    """Where the quote begins in the source."""
    agrees: bool | None = None
    """Whether the catalogue of meetings says the same; None when it says nothing."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What the reader made of a place in a source that was read otherwise; the source stays.

    `kind` says what begins at `at`, in characters of the source: "join" nothing new, with `value`
    (a blank or nothing) between it and the line before; "part" a part; "paragraph" a paragraph,
    with `value` for its number when none is written there.
    """

    kind: str
    at: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One text about a meeting: its facts, its numbered paragraphs and its source as read."""

    facts: Facts
    paragraphs: tuple[Paragraph, ...]
    source: str
    doubts: tuple[Remark, ...] = ()
    dropped: tuple[Remark, ...] = ()
    corrections: tuple[Correction, ...] = ()
    """The reader's own layer over the source, by where they stand; one at a place."""
    findings: tuple[Finding, ...] = ()

    @property
    def id(self) -> str:
        """The full id, as stored and cited: `52`, `57-article`."""
        return self.facts.id

    def paragraph(self, number: int) -> Paragraph | None:
        """The paragraph with this number, or None."""
        for at in (number - 1, number):  # where it stands, as a rule
            if 0 <= at < len(self.paragraphs) and self.paragraphs[at].number == number:
                return self.paragraphs[at]
        return next((item for item in self.paragraphs if item.number == number), None)


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject (주제) with the terms, by language, that show a text touches it."""

    id: str
    name: Name
    terms: tuple[str, ...]
    """Korean and English together; a text only ever contains those of its own language."""
    general: tuple[str, ...] = ()
    """Those of the terms that are too common to show that a text is about the theme."""
    without: tuple[str, ...] = ()
    """Longer words that contain a term and mean something else."""


_ADDRESS = re.compile(
    r"(?P<document>x-[0-9a-z가-힣][0-9a-z가-힣-]*|[1-9]\d{0,2}(?:-[a-z]+)*(?:-\d+)?)"
    r"(?::(?P<paragraph>\d{1,9})(?:\.(?P<part>\d{1,9})(?:\.(?P<sentence>\d{1,9}))?)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Where a text stands: a document, and down to a paragraph, part or sentence of it.

    Paragraphs carry the document's own numbers (0 is a lead-in); parts and sentences count from 1.
    """

    document: str
    paragraph: int | None = None
    part: int | None = None
    sentence: int | None = None

    @classmethod
    def parse(cls, text: str) -> Address:
        """The address written as `52`, `52:12`, `52:12.1`, `52:12.1.3` or `57-article:3`.

        Raises AddressError for anything else.
        """
        match = _ADDRESS.fullmatch(text.strip())
        numbers = [int(n) if n else None for n in match.groups()[1:]] if match else []
        if not match or 0 in numbers[1:]:
            raise AddressError(
                "“{text}” is not an address.",
                todo="Write 52, 52:12, 52:12.1, 52:12.1.3 or 57-article:3.",
                text=text,
            )
        return cls(match["document"], *numbers)

    def __str__(self) -> str:
        below = [str(n) for n in (self.paragraph, self.part, self.sentence) if n is not None]
        return f"{self.document}:{'.'.join(below)}" if below else self.document

    @property
    def up(self) -> Address:
        """The address one level outward; a document's is itself."""
        if self.sentence is not None:
            return replace(self, sentence=None)
        if self.part is not None:
            return replace(self, part=None)
        return replace(self, paragraph=None)
