"""Where an attachment stands in the MIME tree, as Mailpit numbers it: "1.2" is the second part of the first."""

from collections.abc import Iterator, Sequence
from email.message import Message as Tree
from email.parser import BytesParser
from email.policy import compat32

from inboxwright.mail import Attachment, Message
from inboxwright.server.api.shapes import media_type

_PARSER = BytesParser(policy=compat32)
_DEEPEST = 30


def part_ids(raw: bytes, attachments: Sequence[Attachment]) -> list[str]:
    """One id an attachment, in their order."""
    places = list(_leaves(_PARSER.parsebytes(raw), "", 0))
    ids: list[str] = []
    for number, each in enumerate(attachments):
        fitting = [
            index for index, (_, kind, name) in enumerate(places) if kind == each.content_type or name == each.name
        ]
        if fitting:
            ids.append(places[fitting[0]][0])
            del places[: fitting[0] + 1]
        else:
            ids.append(f"a{number + 1}")
    return ids


def _leaves(tree: "Tree[str, str]", path: str, depth: int) -> Iterator[tuple[str, str, str]]:
    children = tree.get_payload() if tree.get_content_maintype() == "multipart" and depth < _DEEPEST else None
    if not isinstance(children, list):
        yield path or "0", tree.get_content_type(), tree.get_filename() or "\0"
        return
    for number, child in enumerate(children, 1):
        if isinstance(child, Tree):
            yield from _leaves(child, f"{path}.{number}" if path else str(number), depth + 1)


def part(raw: bytes, recipient: str | None, wanted: str) -> tuple[str, bytes] | None:
    """Media type and content of the attachment of this id; None if there is none."""
    attachments = Message.parse(raw, recipient=recipient).attachments
    for identity, each in zip(part_ids(raw, attachments), attachments, strict=True):
        if identity == wanted:
            return media_type(each), each.content
    return None
