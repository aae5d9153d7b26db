"""Which findings of different reports are one: a rule per layer, each tested on its own."""
