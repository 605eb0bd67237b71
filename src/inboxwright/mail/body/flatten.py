"""Keep hostile HTML cheap: browsers stop nesting at a few hundred elements, the tree builder does not."""

import re

_DEEPEST = 400  # Chromium's limit is 512
_SUSPICIOUS = 2000  # fewer tags cannot nest deep enough to matter
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})")
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905 - readable
)


def bounded(html: str) -> str:
    """Leave out start tags beyond a nesting that no mail has; one pass, so linear."""
    if html.count("<") < _SUSPICIOUS:
        return html
    out: list[str] = []
    depth, position, dropped = 0, 0, 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if name in _VOID:
            continue
        if tag[1]:
            # End tags that close nothing make the tree builder search all open elements.
            if dropped:
                dropped -= 1
            elif depth:
                depth -= 1
                continue
        elif depth < _DEEPEST:
            depth += 1
            continue
        else:
            dropped += 1
        end = html.find(">", tag.end())
        if end < 0:
            break
        if tag.start() >= position:
            out.append(html[position : tag.start()])
            position = end + 1
    out.append(html[position:])
    return "".join(out)
