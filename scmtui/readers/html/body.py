"""Where on a page its text stands, and what is only around it.

What the page is called by its makers (navigation, related posts, comments) and lists of links are
left out; of the rest, the smallest element that holds nearly all prose is the text, with the lines
of a title, a date or an end that stand close to it.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from scmtui.readers.html.elements import BLOCKS, Element

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOISE_TAGS = {
    "nav": "navigation",
    "aside": "navigation",
    "footer": "footer",
    "iframe": "frame",
    "object": "frame",
    "select": "form",
    "button": "form",
    "input": "form",
    "textarea": "form",
    "svg": "picture",
    "canvas": "picture",
    "figure": "picture",
    "figcaption": "picture",
    "audio": "picture",
    "video": "picture",
}
_NOISE_NAMES = {
    "navigation": "nav navi navigation gnb lnb snb tnb menu menubar breadcrumb breadcrumbs skipnav"
    " skipnavi skip skiplink toc sitemap quickmenu quick prevnext prev next paging pagination pager"
    " sidebar side aside topmenu tabmenu location",
    "footer": "footer foot copyright ccl license byline reporter journalist subscribe newsletter"
    " familysite policy",
    "related": "related relation relate relatednews recommend recommended popular ranking rank"
    " another category hot best mostread also outbrain taboola dable more morenews headline-list",
    "comments": "comment comments cmt reply replies disqus guestbook trackback livere",
    "sharing": "sns share sharing social util utility toolbar tool tools print scrap fontsize"
    " like postbtn addthis btn",
    "advertisement": "ad ads adsense advert advertisement adsbygoogle adfit banner promotion promo"
    " sponsor sponsored popup modal cookie",
    "tags": "tag tags hashtag hashtags keyword keywords posttag tagtrail",
    "attachments": "attach attachment attachments attachfile filelist addfile",
    "search": "search login",
    "footnote": "footnote footnotes endnotes",
}
_NOISE = {name: kind for kind, names in _NOISE_NAMES.items() for name in names.split()}
_TEXTS_LISTED = """
entrycontent articleview articlebody articlebodycontents articletxt articlecontent articlecontents
semaincontainer postviewarea postcontent postbody postct dicarea newsctarticle newsbody newsview
articleviewcontentdiv bbsview boardview viewcont viewcontent viewcontents viewcon contview
boardcontent bodycopy harmonycontainer ttarticle ttarticleuselesspmargin usertxt
"""
_TEXTS = set(_TEXTS_LISTED.split())
_INLINE = {"span", "em", "time", "i", "strong", "b"}
_HEADINGS = {"h1", "h2", "h3", "h4"}
_LABEL = (
    r"조회|작성자|등록자|작성일|등록일|게시일|담당|부서|첨부|파일|목록|인쇄|글자|크기|공유"
    r"|이전 ?글|다음 ?글|스크랩|댓글|좋아요|구독|주소|URL|신고|복사|전화|연락처"
    r"|(?i:views?\b|share|print|comments?\b|download|posted by)"
)
_DAY = (
    r"(?:작성일|등록일|게시일|입력|승인|보도일|배포일|발행일|수정|날짜|일자|(?i:published|posted|updated|released))?"
    r"[^\d\n]{0,12}"
    r"(?:(?:19|20)\d\d ?[년./-] ?\d\d?|[A-Z][a-z]{2,8}\.? \d\d?, (?:19|20)\d\d).{0,40}"
)
_ENDS = r"[.?!다음함됨임。…”’\"'」』)]$"
_RELATED = (
    r"(?:관련|추천|인기|다른|많이 본|주요) ?(?:글|기사|뉴스|보도|포스트)|이 (?:글|기사)"
    r"|댓글|첨부 ?파일|공유하기"
    r"|'.{1,40}' 카테고리의 다른 글|(?i:related|recommended|more (?:news|stories)|comments|tags)\b"
)


class Found(NamedTuple):
    """The text of a page, and what stands before it on the page and belongs to it."""

    body: Element
    title: str = ""
    day: str = ""


def find(top: Element) -> Found:
    """The element of a page that holds its text, and the title and the day that stand over it.

    What is not text is marked as gone on the way.
    """
    page = next((it for it in top.elements() if it.tag == "body"), top)
    _weigh(page)
    _drop_noise(page)
    _weigh(page)
    body = _climb(_descend(_named(page) or page), page)
    return Found(body, _title(top, page, body), _day(page, body))


def _weigh(page: Element) -> None:
    """Weigh how much prose each element holds: letters outside links, more if they end as such."""
    for element in reversed(list(page.elements())):
        inside = [it for it in element.children if isinstance(it, Element) and not it.gone]
        own = "" if element.mute else " ".join(it for it in element.children if isinstance(it, str))
        own = " ".join(own.split())
        prose = len(own) > 40 or re.search(_ENDS, own)
        element.letters = len(own) + sum(it.letters for it in inside)
        element.linked = sum(it.linked for it in inside)
        element.weight = sum(it.weight for it in inside) + len(own) * (1 if prose else 0.3)
        if element.tag == "a":
            element.linked, element.weight = element.letters, 0


def _drop_noise(page: Element) -> None:
    whole = page.weight or 1
    for element in page.elements():
        if element is page or element.gone:
            continue
        kind = _noise(element)
        if kind and element.weight < whole * 0.5 and not _is_text(element):
            element.gone = kind
        elif element.tag in BLOCKS and _is_links(element, whole):
            element.gone = "navigation"


def _noise(element: Element) -> str:
    if element.tag in _NOISE_TAGS:
        return _NOISE_TAGS[element.tag]
    role = element.attributes.get("role", "")
    if element.tag == "header" and not any(
        it.tag in {"article", "main"} for it in element.within()
    ):
        return "navigation"
    if role in {"navigation", "banner", "complementary", "contentinfo", "search", "dialog"}:
        return "navigation"
    tokens = re.findall(r"[A-Za-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", element.names))
    named = next((_NOISE[it.lower()] for it in tokens if it.lower() in _NOISE), "")
    if named:
        return named
    heading = next((it for it in element.children if isinstance(it, Element)), None)
    related = heading and heading.tag in {"h2", "h3", "h4", "h5", "strong", "dt", "p"}
    if related and heading and element.tag in {"div", "section", "dl", "ul"}:
        return "related" if re.match(_RELATED, heading.text()[:40]) else ""
    return ""


def _is_text(element: Element) -> bool:
    """Whether an element is the text of the page by the name that its makers gave it."""
    joined = {re.sub(r"[^a-z]", "", name.lower()) for name in element.names.split()}
    return bool(joined & _TEXTS) or "articleBody" in element.attributes.get("itemprop", "")


def _is_links(element: Element, whole: float) -> bool:
    """Whether an element is a list of links and hardly anything else."""
    if element.weight > whole * 0.3:
        return False
    return element.linked > 0 and element.linked >= element.letters * 0.7


def _named(page: Element) -> Element | None:
    """The smallest element with a name for the text of a page that holds a good part of it."""
    found = None
    for element in page.elements():
        main = element.tag in {"article", "main"} or element.attributes.get("role") == "main"
        if (main or _is_text(element)) and element.weight >= page.weight * 0.4:
            found = element
    return found


def _descend(element: Element) -> Element:
    """The smallest block in an element that holds nine tenths of its prose."""
    goal = element.weight * 0.9
    while element.tag not in {"ol", "ul", "dl", "p", "pre", "tr"}:
        blocks = (it for it in element.children if isinstance(it, Element) and not it.gone)
        heavy = next((it for it in blocks if it.weight >= goal and it.weight), None)
        if heavy is None or (heavy.tag not in BLOCKS and heavy.tag != "span"):
            break
        element = heavy
    return element


def _climb(element: Element, page: Element) -> Element:
    """The element around a text that adds no more to it than a title, a date or an end."""
    while element is not page and element.parent and element.parent.tag not in {"body", "html"}:
        more = [it for it in element.parent.children if it is not element]
        told = [it.strip() if isinstance(it, str) else "" if it.gone else it.text() for it in more]
        told = list(filter(None, told))
        if len(told) > 6 or any(len(it) > 400 or re.search(_LABEL, it) for it in told):
            break
        if any(isinstance(it, Element) and _holds_links(it) for it in more):
            break
        element = element.parent
    return element


def _holds_links(element: Element) -> bool:
    return not element.gone and element.linked > 0


def _title(top: Element, page: Element, body: Element) -> str:
    """The title over the text: a heading of the page that its `title` repeats, or the title."""
    named = _page_title(top)
    plain = _plain(named)
    first = _plain(body.text()[:300])
    candidates = [
        it.text()
        for it in page.elements()
        if it.letters < 200 and (it.tag in _HEADINGS or _is_titled(it)) and not _in(it, body)
    ]
    for told in candidates:
        solid = _plain(told)
        if 4 < len(solid) < 200 and (solid in plain or (plain and plain in solid)):
            return "" if first.startswith(solid) or solid in first else told
    _label, labelled = _cell(page, r"제 ?목|Title|Subject")
    before = [it for it in _before(page, body) if it.tag in _HEADINGS and 0 < it.letters < 200]
    heading = min(reversed(before), key=lambda it: it.tag).text() if before else ""
    told = labelled or re.split(r" [|<>–—:-]{1,2} | ?:: ?", named)[0].strip() or heading
    return "" if _plain(told) in first else told


def _before(page: Element, body: Element) -> Iterator[Element]:
    """The elements of a page that come before its text."""
    return takewhile(lambda element: element is not body, page.elements())


def _is_titled(element: Element) -> bool:
    return bool(
        re.search(r"(?i)(?:^|[\s_-])(?:tit|title|subject|headline)(?:$|[\s_-])", element.names)
    )


def _page_title(top: Element) -> str:
    head = next((it for it in top.children if isinstance(it, Element) and it.tag == "head"), None)
    inside = [it for it in head.children if isinstance(it, Element)] if head else []
    for meta in inside:
        if meta.attributes.get("property") == "og:title" and meta.attributes.get("content"):
            return " ".join(meta.attributes["content"].split())
    return next((it.text(gone=True) for it in inside if it.tag == "title"), "")


def _plain(told: str) -> str:
    return re.sub(r"[\W_]+", "", told).lower()


def _in(element: Element, around: Element) -> bool:
    return element is around or any(it is around for it in element.within())


def _cell(page: Element, label: str) -> tuple[str, str]:
    """A label in a table or a list of what is known of the text, and what stands beside it."""
    for element in page.elements():
        if element.tag not in {"th", "dt", "td"} or not 0 < element.letters < 20:
            continue
        if re.fullmatch(label, told := element.text()):
            inside = element.parent.children if element.parent else []
            after = [it for it in inside if isinstance(it, Element)]
            return told, next((it.text() for it in after[after.index(element) + 1 :]), "")
    return "", ""


def _day(page: Element, body: Element) -> str:
    """The line over the text that says when it was published, with its label."""
    label, beside = _cell(
        page, r"(?:작성|등록|게시|배포|보도|발행) ?일자?|날짜|일자|Date|Published"
    )
    if re.fullmatch(_DAY, beside):
        return f"{label} {beside}"
    for element in _before(page, body):
        likely = 0 < element.letters < 70 and (element.tag in BLOCKS or element.tag in _INLINE)
        if likely and re.fullmatch(_DAY, told := element.text()):
            return told
    return ""
