"""Child processes that cannot outlive the run: the application under test, servers, helpers."""

from inboxwright.processes._managed import ManagedProcess
from inboxwright.processes._ports import free_port
from inboxwright.processes._tether import end_tree
from inboxwright.processes._webserver import WebServer

__all__ = ["ManagedProcess", "WebServer", "end_tree", "free_port"]
