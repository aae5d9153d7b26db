"""How near two passages are in meaning, by packaged vectors of word pieces."""
