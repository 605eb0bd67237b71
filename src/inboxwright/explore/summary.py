"""What came of an exploration: a page to look at, a table for the terminal, and what is left to do."""

import base64
from html import escape

from inboxwright.explore.explorer import Exploration, Result

_STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
section { border-top: 1px solid color-mix(in srgb, currentColor 25%, transparent); padding: 1rem 0; }
h2 { margin: 0; font-size: 1.1rem; } .state { font-weight: 600; } .note { overflow-wrap: anywhere; }
img { max-width: 100%; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 6px; }
pre { overflow-x: auto; padding: .75rem; background: color-mix(in srgb, currentColor 8%, transparent); }
"""


def table(found: Exploration) -> str:
    """One line a journey, then what was found out."""
    width = max(len(result.journey.title) for result in found.results)
    lines = [f"{item.journey.title:{width}}  {item.state:11}  {item.note}".rstrip() for item in found.results]
    written = sum(item.state in {"written", "finding"} for item in found.results)
    findings = sum(item.state == "finding" for item in found.results)
    lines.append(f"{written} written, {findings} findings, {found.people} people, {found.seconds / 60:.1f} minutes")
    return "\n".join(lines)


def todo(found: Exploration) -> str:
    """What was seen and not written, as Markdown; empty if there is nothing."""
    left = [item for item in found.results if item.state == "left out"]
    return "".join(f"- TODO: {item.journey.title}: {item.note}\n" for item in left)


def page(found: Exploration) -> str:
    """A page that stands alone: each way in, each journey with its last screen and what was written, findings first."""
    order = {"finding": 0, "left out": 1, "written": 2, "not offered": 3}
    ways = "".join(
        f"<li>{escape(way.purpose.value)} at <code>{escape(way.path)}</code> (by {escape(way.found_by)})</li>"
        for way in found.ways.values()
    )
    away = ", ".join(sorted(found.turned_away)) or "none"
    results = "".join(_section(item) for item in sorted(found.results, key=lambda item: order[item.state]))
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Explored: {escape(found.base_url)}</title>'
        f"<style>{_STYLE}</style><h1>What {escape(found.base_url)} offers</h1>"
        f"<ul>{ways}</ul><p>{found.people} people, {found.seconds / 60:.1f} minutes."
        f" Hosts that pages asked for and that were not touched: {escape(away)}.</p>{results}</html>\n"
    )


def _section(result: Result) -> str:
    picture = ""
    if result.picture:
        data = base64.b64encode(result.picture).decode()
        alt = escape(f"The last page of: {result.journey.title}", quote=True)
        picture = (
            f'<details><summary>The last page</summary><img alt="{alt}" src="data:image/png;base64,{data}"></details>'
        )
    files = "".join(
        f"<details><summary><code>{escape(path)}</code></summary><pre>{escape(text)}</pre></details>"
        for path, text in result.files.items()
    )
    return (
        f'<section><h2>{escape(result.journey.title)}</h2><p><span class="state">{escape(result.state)}</span>'
        f' <span class="note">{escape(result.note)}</span> ({result.seconds:.0f} s)</p>{picture}{files}</section>'
    )
