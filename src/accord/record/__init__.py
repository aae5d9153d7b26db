"""The third stage: readings and edits become one record, kept in one file. Nothing else speaks SQL."""
