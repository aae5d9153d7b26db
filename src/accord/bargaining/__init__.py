"""The fourth stage: positions become a table, and the table is computed.

`table.table_from` is its front: positions in, a table out; each other module computes one thing on a table.
"""

__all__ = [
    "changes",
    "conflicts",
    "diff",
    "files",
    "forecast",
    "form",
    "path",
    "ripeness",
    "solutions",
    "table",
    "uncertainty",
    "zone",
]
