"""Walk one of the project's own flows before the recording, so that it can begin behind a sign-up."""

import importlib
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, sync_playwright

from inboxwright.authenticator import Authenticator
from inboxwright.errors import ConfigError, InboxwrightError
from inboxwright.identity import Identity
from inboxwright.inbox import AsyncInbox, Provider
from inboxwright.record.run import BrowserSettings, Walked
from inboxwright.user import User


def find_flow(name: str, root: Path) -> Callable[[User], object]:
    """The function named `module:function`, or `name` for `flows.name:name`. Raises ConfigError."""
    module, _, function = name.partition(":")
    if not function:
        module, function = f"flows.{module}", module
    tops = {module.partition(".")[0], "flows", "pages"}
    others = {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] in tops}
    sys.path.insert(0, str(root))
    try:
        importlib.invalidate_caches()
        found = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError) as error:
        raise ConfigError(
            f"--after {name}: there is no such flow ({error}); write it as flows.sign_up:sign_up"
        ) from None
    finally:  # this process may have folders of these names of its own
        sys.path.remove(str(root))
        for loaded in [name for name in sys.modules if name.partition(".")[0] in tops]:
            del sys.modules[loaded]
        sys.modules.update(others)
    if not callable(found):
        raise ConfigError(f"--after {name}: that is not a function")
    return found  # type: ignore[no-any-return]  # what a module holds is Any


def walk(
    flow: Callable[[User], object], provider: Provider, identity: Identity, browser: BrowserSettings,
    context: Mapping[str, Any], hint: str,
) -> Walked:  # fmt: skip
    """Let a fresh user walk the flow, headless, and return what the recording goes on with. Raises ConfigError."""
    with ThreadPoolExecutor(max_workers=1) as thread:  # Playwright's sync API may not share a thread with asyncio
        return thread.submit(_walk, flow, provider, identity, browser, context, hint).result()


def _walk(
    flow: Callable[[User], object], provider: Provider, identity: Identity, browser: BrowserSettings,
    context: Mapping[str, Any], hint: str,
) -> Walked:  # fmt: skip
    with sync_playwright() as playwright:
        launched = getattr(playwright, browser.name).launch(headless=True, **browser.launch)
        page = launched.new_context(**context).new_page()
        inbox = provider.new_inbox(hint)
        user = User(page=page, inbox=inbox, identity=identity, authenticator=Authenticator())
        try:
            flow(user)
        except (Error, InboxwrightError, AssertionError) as error:
            raise ConfigError(f"the flow before the recording failed: {error}") from error
        state = page.context.storage_state()
        launched.close()
    return Walked(inbox=AsyncInbox(inbox.core), identity=identity, storage_state=state)
