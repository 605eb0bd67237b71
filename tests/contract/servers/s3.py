"""Buckets that receive mail as Amazon SES stores it: MinIO for the real S3 API, moto for the queue that S3 notifies."""

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import boto3

from tests.contract.servers.base import Ports, Server
from tests.contract.servers.bridge import Bridge
from tests.contract.servers.programs import MINIO, MOTO

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient

_KEY, _SECRET, _REGION = "inboxwright", "inboxwright-secret", "us-east-1"
_BUCKET, _PREFIX = "mail", "inbound/"
_TRACE = (
    "Return-Path: <{sender}>\r\n"
    "Received: from sender.example (sender.example [192.0.2.1])\r\n"
    " by inbound-smtp.us-east-1.amazonaws.com with SMTP id {id}\r\n"
    " for {recipient};\r\n Sat, 01 Jan 2028 00:00:00 +0000 (UTC)\r\n"
)


class _Bucket(Server):
    """A bucket, and an SMTP server that puts each mail into it as one object."""

    provider = "s3"

    def __init__(self, ports: Ports | None = None) -> None:
        super().__init__(ports)
        self._bridge = Bridge(self.ports["smtp"], self._put)
        self._bridge.start()

    @property
    def s3(self) -> "S3Client":
        """A client of our own."""
        return boto3.client(
            "s3", endpoint_url=self.url, region_name=_REGION, aws_access_key_id=_KEY, aws_secret_access_key=_SECRET
        )

    def start(self) -> "_Bucket":
        super().start()
        if _BUCKET not in [bucket["Name"] for bucket in self.s3.list_buckets()["Buckets"]]:
            self.s3.create_bucket(Bucket=_BUCKET)
        return self

    def _put(self, sender: str, recipients: Sequence[str], content: bytes) -> None:
        id_ = uuid.uuid4().hex
        trace = _TRACE.format(sender=sender, id=id_, recipient=recipients[0]).encode()
        self.s3.put_object(Bucket=_BUCKET, Key=f"{_PREFIX}{id_}", Body=trace + content)

    @property
    def options(self) -> dict[str, Any]:
        return {
            "bucket": _BUCKET,
            "prefix": _PREFIX,
            "endpoint": self.url,
            "key": _KEY,
            "secret": _SECRET,
            "smtp": f"127.0.0.1:{self.ports['smtp']}",
        }

    def stored(self, address: str) -> int:
        entries = self.s3.list_objects_v2(Bucket=_BUCKET, Prefix=_PREFIX).get("Contents", ())
        bodies = (self.s3.get_object(Bucket=_BUCKET, Key=entry["Key"])["Body"].read() for entry in entries)
        return sum(f" for {address};".encode() in body for body in bodies)

    def close(self) -> None:
        self._bridge.stop()
        super().close()


class Minio(_Bucket):
    """A real S3 server."""

    program = MINIO
    ports_needed = ("smtp", "http", "console")

    @property
    def command(self) -> Sequence[str]:
        address, console = f"127.0.0.1:{self.ports['http']}", f"127.0.0.1:{self.ports['console']}"
        data = str(self.home / "data")
        return [str(self.program.path()), "server", "--quiet", "--address", address, "--console-address", console, data]

    @property
    def environment(self) -> Mapping[str, str]:
        return {"MINIO_ROOT_USER": _KEY, "MINIO_ROOT_PASSWORD": _SECRET, "MINIO_UPDATE": "off"}

    @property
    def ready(self) -> Mapping[str, Any]:
        return {"url": f"{self.url}/minio/health/ready"}


class Moto(_Bucket):
    """A simulation of S3 and SQS: no judge of S3, but it notifies a queue as S3 does."""

    program = MOTO

    @property
    def command(self) -> Sequence[str]:
        return [str(self.program.path()), "-H", "127.0.0.1", "-p", str(self.ports["http"])]

    @property
    def ready(self) -> Mapping[str, Any]:
        return {"url": f"{self.url}/moto-api/"}

    @property
    def sqs(self) -> "SQSClient":
        """A client of our own."""
        return boto3.client(
            "sqs", endpoint_url=self.url, region_name=_REGION, aws_access_key_id=_KEY, aws_secret_access_key=_SECRET
        )

    def queue(self) -> str:
        """The URL of a fresh queue that the bucket notifies of every new object."""
        url = self.sqs.create_queue(QueueName=f"mail-{uuid.uuid4().hex[:8]}")["QueueUrl"]
        arn = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        rules = {"QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}]}
        self.s3.put_bucket_notification_configuration(
            Bucket=_BUCKET, NotificationConfiguration=json.loads(json.dumps(rules))
        )
        return url

    @property
    def options(self) -> dict[str, Any]:
        return {**super().options, "queue": self.queue()}
