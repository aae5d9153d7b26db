"""The pages. Each view asks the desk, fills a context, and renders."""

from accord.web.views import lists, overview

ROUTERS = (overview.router, lists.router)
"""Every page of the workbench."""
