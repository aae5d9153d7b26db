"""Finds who says what: quotations, cue words, phrases and headline lines, put together into attributions."""
