"""Listening at a websocket for as long as it takes: reconnects, and says when something may have been missed."""

import asyncio
import logging
from collections.abc import Callable

from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus, WebSocketException

from inboxwright.providers._http import HttpAccount, retry_after
from inboxwright.providers.listing import Interval

_log = logging.getLogger("inboxwright.providers")


def websocket_url(url: str, path: str) -> str:
    """The ws or wss URL of a path below an http or https base URL."""
    return "ws" + url.removeprefix("http") + path


async def listen(
    url: str,
    *,
    account: HttpAccount,
    heard: Callable[[str], None],
    connected: Callable[[bool], None],
) -> None:
    """Hand every text frame to `heard`, forever. `connected` is told of each beginning and end of a connection."""
    interval = Interval()
    while True:
        await account.pause.wait()
        try:
            async with connect(
                url, additional_headers=account.basic, max_size=None, compression=None, open_timeout=5, proxy=None
            ) as socket:
                interval.reset()
                connected(True)  # noqa: FBT003 - a state
                async for frame in socket:
                    heard(frame if isinstance(frame, str) else frame.decode())
        except InvalidStatus as error:
            account.pause.extend(retry_after(error.response.headers))
        except (OSError, WebSocketException, TimeoutError):
            pass  # the next look says whether the server is there at all
        except Exception:  # noqa: BLE001 - a frame that nobody foresaw must not end the listening
            _log.exception("unexpected")
        finally:
            connected(False)  # noqa: FBT003 - a state
        await asyncio.sleep(interval.next(pushing=False))
