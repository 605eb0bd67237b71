"""Of the explorer: what needs no browser."""
