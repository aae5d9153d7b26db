"""The pages. Each view asks the desk, fills a context, and renders."""

import accord.web.views.edits as edits
import accord.web.views.items as items
import accord.web.views.lists as lists
import accord.web.views.overview as overview
import accord.web.views.reports as reports
import accord.web.views.search as search

ROUTERS = (overview.router, lists.router, reports.router, items.router, search.router, edits.router)
"""Every page of the workbench."""
