"""The fourth stage: positions become a table, and the table is computed."""
