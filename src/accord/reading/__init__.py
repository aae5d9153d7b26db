"""The second stage: a reader turns a report into a reading."""
