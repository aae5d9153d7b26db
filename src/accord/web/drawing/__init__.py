"""Where things are drawn: days on a scale, marks on lanes, actors in a network. Geometry alone; templates draw it."""
