"""The second application under test: Flask-Security-Too with its own pages, mails and defaults; a home page is ours."""
