"""Where reports disagree, found by definition: one file per kind. All sides are shown, none is held right."""
