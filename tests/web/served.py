"""What tests of the workbench share beside fixtures."""

SECRET = "the secret of this run"
"""What the forms of the workbench under test carry."""
