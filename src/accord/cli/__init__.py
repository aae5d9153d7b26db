"""The command line: one command per method of the workbench, in the same words."""
