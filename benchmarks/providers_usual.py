"""How people wait for mail today, one script a mail system, each run in a process of its own.

A script is started with the server's options as JSON, and its `wait(address)` returns once the whole message is there.
"""

from dataclasses import dataclass

_LOOP = """
import json, sys, threading, time
options = json.loads(sys.argv[1])
pause = threading.Event().wait

{body}

for line in sys.stdin:
    address = line.strip()
    prepare(address)
    print("waiting", flush=True)
    wait(address)
    print(time.monotonic(), flush=True)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """One way to wait."""

    server: str
    """The program that it reads, by its name in tests/contract/servers."""
    says: str
    packages: tuple[str, ...]
    """What it needs, pinned; installed into .cache/."""
    body: str
    polls: bool = True
    """Whether it polls where we are woken; then ours has to be ten times faster."""
    takes_turns: bool = True
    """Whether ours may be connected meanwhile; not where a message is handed to one client only."""

    @property
    def script(self) -> str:
        """The whole program."""
        prepare = "" if "def prepare" in self.body else "def prepare(address): pass\n"
        return _LOOP.replace("{body}", prepare + self.body)


_IMAP_LOGIN = """
from imap_tools import AND, MailBoxUnencrypted
box = MailBoxUnencrypted(options["host"], options["port"]).login(options["username"], options["password"])
def find(address): return list(box.fetch(AND(to=address), mark_seen=False))
"""
_IMAP_IDLE = """
def prepare(address):
    box.client.noop()
    box.idle.start()
def wait(address):
    while True:
        arrived = box.idle.poll(timeout=30)
        box.idle.stop()
        if arrived and find(address): return
        box.idle.start()
"""
_IMAP_POLL = """
def wait(address):
    while not find(address): pause(1.0)
"""
_IMAP = ("imap-tools==1.16.0",)
_S3 = """
import boto3
s3 = boto3.client("s3", endpoint_url=options["endpoint"], region_name="us-east-1",
                  aws_access_key_id=options["key"], aws_secret_access_key=options["secret"])
seen = set()
def read(key, address):
    seen.add(key)
    return address.encode() in s3.get_object(Bucket=options["bucket"], Key=key)["Body"].read()
"""
_S3_POLL = """
def keys():
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=options["bucket"], Prefix=options["prefix"])
    return [entry["Key"] for page in pages for entry in page.get("Contents", ()) if entry["Key"] not in seen]
def wait(address):
    while not any(read(key, address) for key in keys()): pause(1.0)
"""
_S3_QUEUE = """
from urllib.parse import unquote_plus
sqs = boto3.client("sqs", endpoint_url=options["endpoint"], region_name="us-east-1",
                   aws_access_key_id=options["key"], aws_secret_access_key=options["secret"])
def wait(address):
    while True:
        got = sqs.receive_message(QueueUrl=options["queue"], WaitTimeSeconds=20, MaxNumberOfMessages=10)
        for message in got.get("Messages", ()):
            sqs.delete_message(QueueUrl=options["queue"], ReceiptHandle=message["ReceiptHandle"])
            for record in json.loads(message["Body"]).get("Records", ()):
                if read(unquote_plus(record["s3"]["object"]["key"]), address): return
"""
_BOTO = ("boto3==1.44.5",)

USUAL = (
    Usual(
        server="mailpit",
        says="pytest-mailpit",
        packages=("pytest-mailpit==0.4.1",),
        body="""
from pytest_mailpit import MailpitClient
client = MailpitClient(options["url"])
def wait(address): client.wait_for_message(recipient=address, timeout=30)
""",
    ),
    Usual(
        server="maildev",
        says="polling /email every 0.5 s",
        packages=("httpx==0.28.1",),
        body="""
import httpx
client = httpx.Client(base_url=options["url"], trust_env=False)
def wait(address):
    while not any(to["address"] == address for mail in client.get("/email").json() for to in mail["to"]): pause(0.5)
""",
    ),
    Usual(
        server="inbucket",
        says="polling the mailbox every 0.5 s",
        packages=("httpx==0.28.1",),
        body="""
import httpx
client = httpx.Client(base_url=options["url"], trust_env=False)
def wait(address):
    name = address.partition("@")[0]
    while not (mails := client.get(f"/api/v1/mailbox/{name}").json()): pause(0.5)
    client.get(f"/api/v1/mailbox/{name}/{mails[0]['id']}/source")
""",
    ),
    Usual(server="dovecot", says="imap-tools, IDLE", packages=_IMAP, body=_IMAP_LOGIN + _IMAP_IDLE, polls=False),
    Usual(server="dovecot", says="imap-tools, polling every 1 s", packages=_IMAP, body=_IMAP_LOGIN + _IMAP_POLL),
    Usual(server="greenmail", says="imap-tools, IDLE", packages=_IMAP, body=_IMAP_LOGIN + _IMAP_IDLE, polls=False),
    Usual(server="greenmail", says="imap-tools, polling every 1 s", packages=_IMAP, body=_IMAP_LOGIN + _IMAP_POLL),
    Usual(
        server="minio", says="boto3, listing every 1 s (both poll)", packages=_BOTO, body=_S3 + _S3_POLL, polls=False
    ),
    Usual(
        server="moto",
        says="boto3, the queue held open",
        packages=_BOTO,
        body=_S3 + _S3_QUEUE,
        polls=False,
        takes_turns=False,
    ),
)
