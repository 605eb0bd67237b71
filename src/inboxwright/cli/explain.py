"""`inboxwright explain`: why a mail gives the link and the code that it gives, or none."""

import json
from contextlib import nullcontext
from pathlib import Path

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from inboxwright.errors import Candidate
from inboxwright.mail import MatchPolicy, Message
from inboxwright.mail.codes.wanted import Alphabet
from inboxwright.mail.explain import Answer, explain_code, explain_link
from inboxwright.mail.urls.tokens import mask_code, mask_text, mask_url, nothing_masked

_MOST_ROWS = 40


@click.command("explain")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--host", "hosts", multiple=True, help="Host of the application, or host:port; repeatable. Default: any.")
@click.option("--path", help="Exact path, or a template such as /confirm/{token}.")
@click.option("--text", help="Words of the link.")
@click.option("--length", type=click.IntRange(1, 64), help="Length of the code without spaces and hyphens.")
@click.option("--alphabet", type=click.Choice(["digits", "alnum"]), help="Characters of the code.")
@click.option("--label", help="Words that stand beside the code.")
@click.option("--show-secrets", is_flag=True, help="Print tokens and codes instead of masking them.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def explain(
    file: Path,
    hosts: tuple[str, ...],
    path: str | None,
    text: str | None,
    length: int | None,
    alphabet: str | None,
    label: str | None,
    *,
    show_secrets: bool,
    as_json: bool,
) -> None:
    """Show which link and code FILE gives, what else was looked at, and the rule that rejected it.

    FILE is one message as a mail program or `inboxwright` saves it (RFC 5322, ".eml").
    """
    with nothing_masked() if show_secrets else nullcontext():
        message = Message.parse(file.read_bytes(), policy=MatchPolicy(link_hosts=hosts or None))
        link = explain_link(message, path=path, text=text)
        chosen: Alphabet | None = "digits" if alphabet == "digits" else "alnum" if alphabet == "alnum" else None
        code = explain_code(message, length=length, alphabet=chosen, label=label)
        if as_json:
            document = {
                "file": str(file),
                "subject": message.subject if show_secrets else mask_text(message.subject),
                "sender": message.sender,
                "recipient": message.recipient,
                "link": _plain(link, show_secrets=show_secrets),
                "code": _plain(code, show_secrets=show_secrets),
            }
            click.echo(json.dumps(document, indent=2, ensure_ascii=False))
            return
        console = Console(highlight=False, soft_wrap=False)
        _print_message(console, message, show_secrets=show_secrets)
        _print_answer(console, link, show_secrets=show_secrets)
        _print_answer(console, code, show_secrets=show_secrets)
        if not show_secrets:
            console.print("Tokens and codes are masked; --show-secrets prints them.", style="dim")


def _plain(answer: Answer, *, show_secrets: bool) -> dict[str, object]:
    return {
        "asked": answer.asked,
        "answer": _shown(answer, show_secrets=show_secrets),
        "why": answer.why,
        "advice": list(answer.advice),
        "candidates": [
            {
                "value": item.value if show_secrets else item.masked,
                "part": item.part,
                "excerpt": item.excerpt,
                "reason": item.reason,
                "called": item.called,
            }
            for item in answer.candidates
        ],
    }


def _shown(answer: Answer, *, show_secrets: bool) -> str | None:
    if answer.value is None or show_secrets:
        return answer.value
    return mask_url(answer.value) if "://" in answer.value else mask_code(answer.value)


def _print_message(console: Console, message: Message, *, show_secrets: bool) -> None:
    bodies = [name for name, body in (("text", message.text), ("html", message.html)) if body.strip()]
    files = f", {len(message.attachments)} attached" if message.attachments else ""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    subject = message.subject if show_secrets else mask_text(message.subject)
    for name, value in (
        ("Subject", subject or "(none)"),
        ("From", message.sender or "(none)"),
        ("To", message.recipient or "(none)"),
        ("Bodies", (", ".join(bodies) or "none") + files),
    ):
        grid.add_row(name, Text(value))
    console.print(grid)
    console.print()


def _print_answer(console: Console, answer: Answer, *, show_secrets: bool) -> None:
    console.print(Text(answer.asked, style="bold"))
    shown = _shown(answer, show_secrets=show_secrets)
    if shown is not None:
        console.print(Padding(Text(f"→ {shown}", style="green", overflow="fold"), (0, 0, 0, 2)))
    else:
        console.print(Text(f"  refused: {answer.why}", style="red"))
    if answer.candidates:
        console.print(_table(answer, show_secrets=show_secrets))
    for line in answer.advice:
        console.print(Padding(Text(f"try {line}", style="yellow", overflow="fold"), (0, 0, 0, 4)))
    console.print()


def _table(answer: Answer, *, show_secrets: bool) -> Table:
    table = Table(show_header=False, box=None, padding=(0, 1), pad_edge=False, expand=False)
    table.add_column(width=3, justify="right", no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    for item in answer.candidates[:_MOST_ROWS]:
        table.add_row(*_row(item, taken=item.value == answer.value, show_secrets=show_secrets))
    if len(answer.candidates) > _MOST_ROWS:
        table.add_row("", Text(f"and {len(answer.candidates) - _MOST_ROWS} more (--json has all)", style="dim"))
    return table


def _row(item: Candidate, *, taken: bool, show_secrets: bool) -> tuple[Text, Text]:
    fits = item.reason is None
    mark = Text("✓" if fits else "✗", style="green" if fits else "red")
    body = Text(item.value if show_secrets else item.masked, style="bold" if taken else "")
    where = f"\n[{item.part}]" + (f" “{item.excerpt}”" if item.excerpt else "")
    body.append(where, style="dim")
    if item.called is not None:
        body.append(f"\ncalled a code by {item.called}", style="dim")
    if item.reason is not None:
        body.append(f"\n{item.reason}", style="red")
    return mark, body
