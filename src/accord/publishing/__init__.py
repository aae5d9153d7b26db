"""The fifth stage: the record as a brief, as tables and as exports. Writes text; opens no record."""
