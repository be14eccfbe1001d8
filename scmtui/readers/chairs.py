"""Who chaired a meeting, as a text names them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scmtui.model import Name

_NO_NAME = r"(?!(?:한미|한 미|양국|미국|한국|신임|당시|현직|전임|우리|대한민국|미합중국)\b)"
_KOREAN = rf"(?<![가-힣]){_NO_NAME}(?P<name>[가-힣]{{2,4}}|[가-힣] [가-힣]{{1,2}})"
_FOREIGN = r"(?<![가-힣])(?P<name>[가-힣]{1,6} (?:[A-Z]\. ?)?[가-힣]{1,6})(?: ?\([^)\n]{2,40}\))?"
_ENGLISH = (
    r"(?P<name>[A-Z][A-Za-z’'-]+(?: [A-Z]\.)*(?:[ -][A-Z][A-Za-z’'-]+){1,2}"
    r"(?:,? (?:III|II|IV|Jr\.?|Sr\.?))?)"
)
_WHO = {
    ("rok_minister", "ko"): (
        rf"{_KOREAN} (?:대한민국|한국|우리) ?국방부? ?장관",
        rf"{_KOREAN} 국방부 ?장관",
    ),
    ("us_secretary", "ko"): (
        rf"{_FOREIGN} (?:미합중국|미국|미) ?(?:국방부?|전쟁부?) ?장관",
        rf"(?:미합중국|미국)의? {_FOREIGN} (?:국방부?|전쟁부?) ?장관",
    ),
    ("rok_minister", "en"): (
        rf"Minister of (?:National )?Defen[sc]e,? (?:Dr\. |Mr\. )?{_ENGLISH}",
        rf"(?:Korean|ROK) Defen[sc]e Minister {_ENGLISH}",
        rf"{_ENGLISH}, (?:the )?(?:ROK |Republic of Korea )?Minister of (?:National )?Defen[sc]e",
    ),
    ("us_secretary", "en"): (
        rf"Secretary of (?:Defen[sc]e|War),? (?:Dr\. |Mr\. )?{_ENGLISH}",
        rf"U\.S\. Defen[sc]e Secretary {_ENGLISH}",
        rf"{_ENGLISH}, (?:the )?(?:U\.S\. )?Secretary of (?:Defen[sc]e|War)",
    ),
}


def chairs(stretch: str, language: str) -> Iterator[tuple[str, str, int]]:
    """Those who chaired: "rok_minister" or "us_secretary", the name, and where it stands."""
    for (who, spoken), forms in _WHO.items():
        if spoken != language:
            continue
        found = next(filter(None, (re.search(form, stretch) for form in forms)), None)
        if found:
            yield who, found["name"], found.start("name")


def same(name: str, known: Name) -> bool | None:
    """Whether a name found is the one that is known; None when none is."""
    if not known.ko and not known.en:
        return None
    plain = _plain(name)
    return any(plain == _plain(it) or _family(name) == _family(it) for it in (known.ko, known.en))


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


def _family(name: str) -> str:
    """The last name of one who has a first name before it; nothing for a Korean name."""
    parts = re.sub(r",? (?:III|II|IV|Jr\.?|Sr\.?)$", "", name).split()
    western = len(parts) > 1 and len(parts[0]) > 1 and "-" not in parts[-1]
    return parts[-1].lower() if western else name
