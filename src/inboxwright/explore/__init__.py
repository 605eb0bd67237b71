"""The explorer: walks an application's mailed journeys by itself, through the recorder, and leaves what passes."""

from inboxwright.explore.explorer import PEOPLE, Exploration, Explorer, Result
from inboxwright.explore.summary import page, table

__all__ = ["PEOPLE", "Exploration", "Explorer", "Result", "page", "table"]
