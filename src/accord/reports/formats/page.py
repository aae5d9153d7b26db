"""A saved web page: the article without menus, advertisements and comments, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from accord.model.report import Skipped
from accord.reports.decode import decode
from accord.reports.draft import Draft
from accord.reports.formats.format import Format
from accord.reports.formats.plain import damage
from accord.reports.incoming import Incoming, Refused

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_FOUR_WORDS = re.compile(r"\s*(?:\S+\s+){4}")
_SENTENCE_END = re.compile(r"\S[.!?…][\"'”’»)\]]*\s*$", re.MULTILINE)
_EMBEDDED = re.compile(r"data:[a-z]+/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=]{256,}")
_MOST_TAGS = 50_000  # 0.05 to 0.13 ms each, and 1 KB of memory: some seconds at the most
_MOST_PAGE = 4_000_000  # characters, pictures within the page not counted
# What tells nothing of the page itself, and often names other days than its own: running text, neighbouring
# articles, comments, copyright lines, programs. Gone before its metadata are asked.
_ELSEWHERE = (
    "//p[not(@class) and not(@id)] | //li[not(@class) and not(@id)] | //td | //blockquote | //img | //figure | //a"
    " | //footer | //nav | //aside | //*[contains(@class, 'comment') or contains(@id, 'comment')]"
    " | //style | //script[not(contains(@type, 'json'))]"
)
# Advertisements between paragraphs, by the class names that pages give them; trafilatura knows the longer ones.
_ADVERTISEMENTS = [
    f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
    for name in ("ad", "ads", "advert", "advertisement", "promo", "promoted", "sponsored", "sponsor")
]
_DATES: dict[str, Any] = {
    "original_date": True,
    "extensive_search": False,
    "min_date": "1900-01-01",
    "max_date": "2100-12-31",
}


def read(incoming: Incoming) -> Iterator[Draft | Skipped]:
    """One draft: the paragraphs of the article. Its offsets lead to the text as extracted, not into the HTML.

    Raises Refused for a page without an article.
    """
    yield draft_of(incoming.all())


def draft_of(raw: bytes, said: str | None = None) -> Draft:
    """The article of a page and what the page says of itself; `said` is the encoding that whoever sent it named.

    Raises Refused for a page without an article.
    """
    declared = _CHARSET.search(raw[:4096])
    decoded = decode(raw, said or (declared[1].decode("ascii") if declared else None))
    html = _EMBEDDED.sub("", decoded.text)
    if len(html) > _MOST_PAGE or html.count("<") > 2 * _MOST_TAGS:
        raise Refused(
            f"a page must not have more than {_MOST_PAGE:,} characters and {_MOST_TAGS:,} elements; this one has "
            f"{len(html):,} and about {html.count('<') // 2:,}. Save the text of the article as .txt"
        )
    try:
        article, about, published = _extract(html)
    except Exception as problem:  # a library that walks any tree at all; its failures are of every kind
        raise Refused(
            f"a page must be HTML that can be taken apart; trafilatura failed with {type(problem).__name__}: "
            f"{str(problem)[:120]}. Save the page again, or its text as .txt"
        ) from problem
    start = _FOUR_WORDS.match(article)  # in two steps: as one, looking for it takes hours where there is no space
    if start is None or not _SENTENCE_END.search(article, start.end()):
        raise Refused(
            "a page must hold an article, at least one sentence of five words; none was found in this one. "
            "If the text shows only in a browser, copy it into a .txt file"
        )
    return Draft(
        text=article,
        title=about.title,
        outlet=about.sitename,
        url=about.url,
        stated=published,
        stated_in="page metadata",
        notes=damage(decoded),
    )


def _extract(html: str) -> tuple[str, Any, str | None]:
    """The article's text, the page's metadata, and the date that the page (not its address) states."""
    import htmldate
    import trafilatura  # here: its import takes longer than reading a hundred plain files

    tree = trafilatura.load_html(html)
    if tree is None:
        return "", trafilatura.settings.Document(), None
    # Not in its fast mode: that saves a sixth of the time, and lost more than half of the text of one page in 38.
    document: Any = trafilatura.bare_extraction(tree, include_comments=False, prune_xpath=_ADVERTISEMENTS)
    _drop(tree, _ELSEWHERE)  # of the tree as it was parsed: the extraction has worked on a copy
    about = trafilatura.extract_metadata(tree, date_config=dict(_DATES))
    _drop(tree, "//link[@rel='canonical']")  # the address is asked for its date later, and told apart
    return (document.text or "") if document else "", about, htmldate.find_date(tree, url="", **_DATES)


def _drop(tree: Any, selected: str) -> None:
    for element in tree.xpath(selected):
        if element.getparent() is not None:
            element.drop_tree()


FORMAT = Format("web page", (".html", ".htm", ".xhtml"), read)
