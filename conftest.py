"""Wiring only. Its folder is on the import path of the tests, so that they find flows/ and pages/."""
