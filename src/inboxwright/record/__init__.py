"""The recorder: a journey walked once in a browser becomes page objects, a flow and tests."""

from inboxwright.record.check import Checked, check
from inboxwright.record.codegen import codegen_driver, codegen_start, run_codegen
from inboxwright.record.generate import WouldOverwrite, needs_ruff, refuse_taken
from inboxwright.record.leaks import SecretLeft
from inboxwright.record.marking import Recording, to_timeline
from inboxwright.record.outcome import write_and_check
from inboxwright.record.run import BrowserSettings, Driver, Walked, needs_playwright, record
from inboxwright.record.session import Session, Settings
from inboxwright.record.starting import browser_for, settings_for, start_services, test_dir_of, walked_before
from inboxwright.record.timeline import Step, Timeline, TimelineError
from inboxwright.record.walk import find_flow, walk

__all__ = [
    "BrowserSettings",
    "Checked",
    "Driver",
    "Recording",
    "SecretLeft",
    "Session",
    "Settings",
    "Step",
    "Timeline",
    "TimelineError",
    "Walked",
    "WouldOverwrite",
    "browser_for",
    "check",
    "codegen_driver",
    "codegen_start",
    "find_flow",
    "needs_playwright",
    "needs_ruff",
    "record",
    "refuse_taken",
    "run_codegen",
    "settings_for",
    "start_services",
    "test_dir_of",
    "to_timeline",
    "walk",
    "walked_before",
    "write_and_check",
]
