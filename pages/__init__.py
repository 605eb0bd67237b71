"""Page objects: one screen a file, locators as attributes, intents as methods, no assertions."""
