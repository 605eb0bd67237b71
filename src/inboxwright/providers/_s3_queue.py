"""The SQS queue that a bucket notifies, asked in a thread of its own: it only says which objects came."""

import json
import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

from inboxwright.providers.listing import Interval

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

_HELD = 20
"""Seconds that SQS holds a request open: its longest."""
_HIDDEN = 2
"""Seconds after which another client of the queue sees a notification that was none of ours."""

_TEST_EVENT = "s3:TestEvent"
"""What S3 sends when a bucket's notifications are set up; it is nobody's."""

_log = logging.getLogger("inboxwright.providers")


class S3Queue(threading.Thread):
    """Calls `arrived` with the keys of new objects, and deletes the notifications that were `ours`."""

    def __init__(
        self,
        client: "SQSClient",
        url: str,
        *,
        arrived: Callable[[list[str]], bool],
        connected: Callable[[bool], None],
    ) -> None:
        super().__init__(name="inboxwright s3 queue", daemon=True)
        self._client = client
        self._url = url
        self._arrived = arrived
        self._connected = connected
        self._stop_asked = threading.Event()

    def run(self) -> None:
        """Until `stop`."""
        interval = Interval()
        while not self._stop_asked.is_set():
            try:
                self._ask()
                interval.reset()
            except Exception as error:  # noqa: BLE001 - what stands in a queue may be anybody's
                if self._stop_asked.is_set():
                    return
                _log.warning("queue %s: %r", self._url, error)
                self._connected(False)  # noqa: FBT003 - a state
                self._stop_asked.wait(interval.next(pushing=False))

    def _ask(self) -> None:
        self._connected(True)  # noqa: FBT003 - a state
        answer = self._client.receive_message(
            QueueUrl=self._url, MaxNumberOfMessages=10, WaitTimeSeconds=_HELD, VisibilityTimeout=_HIDDEN
        )
        for message in answer.get("Messages", ()):
            if _TEST_EVENT in message["Body"] or self._arrived(list(keys_in(message["Body"]))):
                self._client.delete_message(QueueUrl=self._url, ReceiptHandle=message["ReceiptHandle"])

    def stop(self) -> None:
        """Ask no more; a request that is held open ends by itself."""
        self._stop_asked.set()


def keys_in(body: str) -> Iterator[str]:
    """The object keys in a notification: from S3, or from SES, each also as SNS wraps it."""
    try:
        content = json.loads(body)
    except ValueError:
        return
    yield from _keys(content)


def _keys(content: Any) -> Iterable[str]:
    if not isinstance(content, dict):
        return
    if isinstance(content.get("Message"), str):
        yield from keys_in(content["Message"])
    for record in content.get("Records") or ():
        if "s3" in record:
            yield unquote_plus(record["s3"]["object"]["key"])
    action = (content.get("receipt") or {}).get("action") or {}
    if "objectKey" in action:
        yield action["objectKey"]
