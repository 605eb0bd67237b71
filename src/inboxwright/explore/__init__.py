"""The explorer: walks an application's mailed journeys by itself, through the recorder, and leaves what passes."""

from inboxwright.explore.explorer import PEOPLE, Exploration, Explorer, Result
from inboxwright.explore.journeys import JOURNEYS, Journey
from inboxwright.explore.summary import page, table, todo

__all__ = ["JOURNEYS", "PEOPLE", "Exploration", "Explorer", "Journey", "Result", "page", "table", "todo"]
