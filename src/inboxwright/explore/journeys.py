"""The journeys that are tried: how each is walked, and what must have been walked before it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from playwright.async_api import Locator

from inboxwright.errors import MatchError
from inboxwright.explore.forms import Form, forms_of
from inboxwright.explore.scout import Way
from inboxwright.explore.walker import Stuck, Walker
from inboxwright.explore.words import REFUSED, Purpose
from inboxwright.mail import Message

Ways = Mapping[Purpose, Way]
Walk = Callable[[Walker, Ways], Awaitable[None]]


_LINK = (Purpose.BY_LINK, Purpose.BY_CODE)
"""Where a link may be mailed, the likely place first: a mail with a code may hold a link too."""
_CODE = (Purpose.BY_CODE, Purpose.BY_LINK)


class Accepted(Exception):
    """The application took what it has to refuse; the recording asserts that the person is signed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """One journey or one refusal."""

    name: str
    title: str
    needs: tuple[tuple[Purpose, ...], ...]
    """Of each, one form has to be there."""
    walk: Walk
    after: str = "sign_up"
    """The journey that is walked before it; empty: none."""
    wrong: str = ""
    """Of a refusal, what is wrong: a "password" that is old, a "link" that was used, an "older link"."""


async def sign_up(walker: Walker, ways: Ways) -> None:
    """Fill in the form, take the mail's link or code, and be signed in."""
    await walker.bring_forth(ways[Purpose.SIGN_UP])
    form = await walker.form(Purpose.SIGN_UP)
    before = walker.page.url
    await walker.fill(form)
    await walker.send(form, Purpose.SIGN_UP)
    await walker.settled(before)
    try:
        message = await walker.mail()
    except Stuck:
        if await walker.signed_in() is None:
            raise
    else:
        await take(walker, message)
    if await walker.signed_in() is None and Purpose.SIGN_IN in ways:
        await _sign_in(walker, ways, walker.password)
    await walker.assert_signed_in()


async def sign_in(walker: Walker, ways: Ways) -> None:
    """Sign out, and in again with the password."""
    await walker.sign_out()
    await _sign_in(walker, ways, walker.password)
    await walker.assert_signed_in()


async def reset(walker: Walker, ways: Ways) -> None:
    """A new password by mail, and in with it."""
    new = await _reset(walker, ways)
    await _sign_in(walker, ways, new)
    await walker.assert_signed_in()


async def by_link(walker: Walker, ways: Ways) -> None:
    """Sign in with a mailed link."""
    await walker.sign_out()
    await walker.follow(await _ask_by_mail(walker, ways, _LINK))
    await walker.assert_signed_in()


async def by_code(walker: Walker, ways: Ways) -> None:
    """Sign in with a mailed code."""
    await walker.sign_out()
    await walker.enter_code(await _ask_by_mail(walker, ways, _CODE))
    await walker.assert_signed_in()


async def old_password(walker: Walker, ways: Ways) -> None:
    """After a reset the old password has to be refused (OWASP Forgot Password Cheat Sheet)."""
    await _reset(walker, ways)
    await _sign_in(walker, ways, walker.password)
    await _refused(walker)


async def used_link(walker: Walker, ways: Ways) -> None:
    """A link that signed somebody in has to be refused the second time (OWASP Authentication Cheat Sheet)."""
    await walker.sign_out()
    message = await _ask_by_mail(walker, ways, _LINK)
    await walker.follow(message)
    if await walker.signed_in(within=3) is None:
        raise Stuck("the mailed link did not sign in the first time")
    await walker.sign_out()
    await walker.follow(message)
    await _refused(walker)


async def used_reset_link(walker: Walker, ways: Ways) -> None:
    """A reset link has to be refused once it was used (OWASP Forgot Password Cheat Sheet)."""
    message = await _ask_for_reset(walker, ways)
    await _choose_password(walker, message)
    await walker.follow(message)
    await _no_new_password(walker)


async def older_reset_link(walker: Walker, ways: Ways) -> None:
    """Once a newer reset link was used the older one has to be refused (OWASP Forgot Password Cheat Sheet)."""
    older = await _ask_for_reset(walker, ways)
    await walker.open(ways[Purpose.FORGOT].path)
    newer = await _ask_for_reset(walker, ways, signed_out=True)
    await _choose_password(walker, newer)
    await walker.follow(older)
    await _no_new_password(walker)


async def take(walker: Walker, message: Message) -> None:
    """The mail's link, else its code. Raises Stuck."""
    try:
        message.link()
    except MatchError:
        await walker.enter_code(message)
    else:
        await walker.follow(message)


async def _sign_in(walker: Walker, ways: Ways, password: str) -> None:
    if not [form for form in await forms_of(walker.page) if form.purpose() is Purpose.SIGN_IN]:
        await walker.reach(ways[Purpose.SIGN_IN])
    form = await walker.form(Purpose.SIGN_IN)
    before = walker.page.url
    await walker.fill(form, password=password)
    await walker.send(form, Purpose.SIGN_IN)
    await walker.settled(before)


async def _ask_by_mail(walker: Walker, ways: Ways, wanted: Sequence[Purpose]) -> Message:
    way = next(ways[purpose] for purpose in wanted if purpose in ways)
    await walker.reach(way)
    form = await walker.form(way.purpose)
    await walker.fill(form)
    await walker.send(form, way.purpose)
    return await walker.mail()


async def _reset(walker: Walker, ways: Ways) -> str:
    """Up to the new password, signed out again. Returns it."""
    return await _choose_password(walker, await _ask_for_reset(walker, ways))


async def _ask_for_reset(walker: Walker, ways: Ways, *, signed_out: bool = False) -> Message:
    if not signed_out:
        await walker.sign_out()
    await walker.reach(ways[Purpose.FORGOT])
    form = await walker.form(Purpose.FORGOT)
    await walker.fill(form)
    await walker.send(form, Purpose.FORGOT)
    return await walker.mail()


async def _choose_password(walker: Walker, message: Message) -> str:
    await take(walker, message)
    asked = await _new_password_form(walker)
    if asked is None:
        raise Stuck(f"no form for a new password at {walker.page.url}; it says: {await walker.said()}")
    new, before = walker.session.another_password(), walker.page.url
    await walker.fill(asked, password=new)
    await walker.send(asked)
    await walker.settled(before)
    if await walker.signed_in(within=1) is not None:
        await walker.sign_out()
    return new


async def _new_password_form(walker: Walker) -> Form | None:
    forms = await forms_of(walker.page)
    return next((form for form in forms if form.of("password") and not form.of("address")), None)


async def _no_new_password(walker: Walker) -> None:
    """Assert what the application says. Raises Accepted, with that asserted, where it asks for a new password again."""
    asked = await _new_password_form(walker)
    if asked is not None:
        await walker.assert_shown(asked.of("password")[0].locator)
        raise Accepted
    await walker.assert_shown(await _what_it_says(walker))


async def _refused(walker: Walker) -> None:
    """Assert what the application says. Raises Accepted, with that asserted, where it refused nothing."""
    if await walker.signed_in(within=1.5) is not None:
        await walker.assert_signed_in()
        raise Accepted
    await walker.assert_shown(await _what_it_says(walker))


async def _what_it_says(walker: Walker) -> Locator:
    alert = walker.page.get_by_role("alert").filter(visible=True, has_text=REFUSED).first
    if await alert.count():
        return alert
    said = walker.page.get_by_text(REFUSED).filter(visible=True).first
    if await said.count():
        return said
    return walker.page.get_by_role("heading").filter(visible=True).first


_UP, _IN, _FORGOT = (Purpose.SIGN_UP,), (Purpose.SIGN_IN,), (Purpose.FORGOT,)
JOURNEYS = (
    Journey(name="sign_up", title="Sign up", needs=(_UP,), walk=sign_up, after=""),
    Journey(name="sign_in", title="Sign in with the password", needs=(_UP, _IN), walk=sign_in),
    Journey(name="reset", title="Reset the password", needs=(_UP, _IN, _FORGOT), walk=reset),
    Journey(name="sign_in_by_link", title="Sign in with a mailed link", needs=(_UP, _LINK), walk=by_link),
    Journey(name="sign_in_by_code", title="Sign in with a mailed code", needs=(_UP, _CODE), walk=by_code),
    Journey(
        name="old_password_after_reset", title="The old password is refused after a reset",
        needs=(_UP, _IN, _FORGOT), walk=old_password, wrong="password",
    ),
    Journey(
        name="link_used_twice", title="A sign-in link is refused the second time", needs=(_UP, _LINK), walk=used_link,
        wrong="link",
    ),
    Journey(
        name="reset_link_used_twice", title="A reset link is refused the second time", needs=(_UP, _FORGOT),
        walk=used_reset_link, wrong="link",
    ),
    Journey(
        name="older_reset_link", title="An older reset link is refused after a newer one", needs=(_UP, _FORGOT),
        walk=older_reset_link, wrong="older link",
    ),
)  # fmt: skip
