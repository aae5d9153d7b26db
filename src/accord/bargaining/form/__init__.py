"""The table as a file: YAML for people, JSON for programs."""
