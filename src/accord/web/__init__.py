"""The workbench in the browser: a record as pages and as JSON, read and corrected from any number of windows.

Sits on `accord.workbench`. Only this package knows HTTP; nothing it serves comes from anywhere but the record and
the files beside it.
"""

from accord.web.app import create_app
from accord.web.server import serve

__all__ = ["create_app", "serve"]
