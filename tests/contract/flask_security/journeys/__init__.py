"""Flows for Flask-Security's mails as they come, word for word."""
