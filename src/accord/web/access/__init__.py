"""Who may do what: tokens with roles, sessions of browsers, limits of how often, and a log of what was done."""
