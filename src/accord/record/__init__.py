"""The third stage: readings and edits become one record, kept in one file. Nothing else speaks SQL."""

from accord.record.changes import brought, changes
from accord.record.history import histories, lever_histories, meetings
from accord.record.merge import merge
from accord.record.store import Store

__all__ = ["Store", "brought", "changes", "histories", "lever_histories", "meetings", "merge"]
