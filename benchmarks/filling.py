"""A store with many messages, written by the server's own writer: sending 100,000 mails would take minutes."""

from datetime import UTC, datetime
from pathlib import Path

from benchmarks.senders import mail
from inboxwright.server import schema
from inboxwright.server.deliveries import Parcel
from inboxwright.server.writer import Writer

_GROUP = 500


def fill(folder: Path, count: int) -> None:
    """Twenty addresses that are asked for, two mails each; all others have one each."""
    folder.mkdir()
    path = folder / "mail.sqlite3"
    connection = schema.connect(path, schema.Sync.OFF)
    schema.create(connection, path)
    writer = Writer(connection, None)
    asked = [f"rate0-{number}@inbox.test" for number in range(20)] * 2
    others = [f"other-{number}@inbox.test" for number in range(count - len(asked))]
    middle = len(others) // 2
    everybody = others[:middle] + asked + others[middle:]
    for start in range(0, count, _GROUP):
        parcels = [
            Parcel(sender="app@example.com", raw=mail(to), received_at=datetime.now(UTC), recipients=(to,))
            for to in everybody[start : start + _GROUP]
        ]
        for result in writer.run([lambda open_writer, parcels=parcels: open_writer.put(parcels, ())]):
            if isinstance(result, Exception):
                raise result
    writer.close()
