"""The recorder's timeline and generator: no browser, no network."""
