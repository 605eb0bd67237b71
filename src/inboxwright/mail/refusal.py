"""What a refusal says: what was wanted, everything that was looked at, and the argument that would decide."""

from collections.abc import Sequence

from inboxwright.errors import AmbiguousMatch, Candidate, MatchError, NoMatch

_MOST_SHOWN = 12  # of each kind; a newsletter has hundreds


def refusal(wanted: str, why: str, candidates: Sequence[Candidate], advice: Sequence[str], *, where: str) -> MatchError:
    """Make the error: AmbiguousMatch when several would do, else NoMatch."""
    fitting = [item for item in candidates if item.reason is None]
    rejected = [item for item in candidates if item.reason is not None]
    lines = [f"{wanted}: {why} ({where})"]
    if fitting:
        lines.append("would do:")
        lines += _listed(fitting)
    if rejected:
        lines.append("looked at and rejected:")
        lines += _listed(rejected)
    if not candidates:
        lines.append("nothing in the mail looks like one")
    if advice:
        lines.append("what would decide:")
        lines += (f"  {item}" for item in advice)
    kind = AmbiguousMatch if len(fitting) > 1 else NoMatch
    return kind("\n".join(lines), candidates=candidates)


def _listed(candidates: Sequence[Candidate]) -> list[str]:
    lines = []
    for item in candidates[:_MOST_SHOWN]:
        excerpt = f"  “{item.excerpt}”" if item.excerpt and item.excerpt != item.masked else ""
        lines.append(f"  {item.masked}  [{item.part}]{excerpt}")
        if item.reason is not None:
            lines.append(f"      {item.reason}")
    if len(candidates) > _MOST_SHOWN:
        lines.append(f"  and {len(candidates) - _MOST_SHOWN} more")
    return lines
