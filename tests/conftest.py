"""Puts this folder on the path, so that tests of several stages share the records that are made by hand in it."""
