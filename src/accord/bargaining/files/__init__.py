"""Tables and games as files of other tools: GENIUS (NegMAS reads it too) and Gambit."""
