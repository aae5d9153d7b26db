"""The page of exports: the record, or what of it passes the filter, as files to take away."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from accord.publishing.exports import EXPORTS
from accord.publishing.exports.packed import can_parquet
from accord.publishing.exports.pdf import browser
from accord.web.asking import Where
from accord.web.pages import page

router = APIRouter(include_in_schema=False)

BRIEFS = {
    "html": ("HTML", "One page that can be mailed: no script, nothing to load, made for paper as well."),
    "pdf": ("PDF", "The same page, printed."),
    "md": ("Markdown", "For notes and wikis."),
    "json": ("JSON", "Its sections, lines and the sentences behind them, as data."),
}


@router.get("/exports")
def exports(request: Request, asked: Where) -> Response:
    """Every form of the brief and of the record, each with what it is for and a link."""
    missing = {name for name, there in (("pdf", browser() is not None), ("parquet", can_parquet())) if not there}
    return page(request, "exports.html", lambda _: {"briefs": BRIEFS, "exports": EXPORTS, "missing": missing}, asked)
