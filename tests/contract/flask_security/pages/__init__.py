"""Flask-Security's own screens, in page objects with the names that the flows and tests of the demo use."""
