"""The pages. Each view asks the desk, fills a context, and renders."""

import accord.web.views.actors as actors
import accord.web.views.administering as administering
import accord.web.views.discrepancies as discrepancies
import accord.web.views.edits as edits
import accord.web.views.entering as entering
import accord.web.views.exports as exports
import accord.web.views.items as items
import accord.web.views.lists as lists
import accord.web.views.overview as overview
import accord.web.views.people as people
import accord.web.views.positions as positions
import accord.web.views.proposals as proposals
import accord.web.views.reports as reports
import accord.web.views.search as search
import accord.web.views.table as table
import accord.web.views.timeline as timeline

ROUTERS = (
    actors.router,
    administering.router,
    discrepancies.router,
    edits.router,
    entering.router,
    exports.router,
    items.router,
    lists.router,
    overview.router,
    people.router,
    positions.router,
    proposals.router,
    reports.router,
    search.router,
    table.router,
    timeline.router,
)
"""Every page of the workbench."""
