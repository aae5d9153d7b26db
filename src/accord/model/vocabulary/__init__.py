"""Words as data: the only door to the files under `data/`, each read once, checked against its form."""
