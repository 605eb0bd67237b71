"""One scenario a vendor's client: run in the client's own virtual environment, with nothing of ours but this file."""
