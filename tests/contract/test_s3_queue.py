"""What only S3 with a queue has: it wakes early, and takes nothing from the queue that is another's."""

from inboxwright import Inbox, Provider, connect
from tests.contract.mail import Post
from tests.contract.servers.s3 import Moto
from tests.contract.targets import Target, one


def _waiting(server: Moto, queue: str) -> int:
    found = server.sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    return int(found["ApproximateNumberOfMessages"]) + int(found["ApproximateNumberOfMessagesNotVisible"])


@one("moto")
def test_the_queue_makes_it_push(provider: Provider, target: Target) -> None:
    assert provider.capabilities.push, target.name


@one("moto")
def test_only_notifications_of_ours_are_taken(server: Moto, post: Post, target: Target) -> None:
    options = server.options
    with connect(server.provider, **options) as provider:
        inbox: Inbox = provider.new_inbox("queue")
        post("another-run@inbox.test")
        with inbox.expect_message(timeout=10_000):
            post(inbox.address)
        with inbox.expect_no_message(within=1000):
            pass  # until the queue's thread has deleted what it was told of

        left = _waiting(server, options["queue"])

    assert left == 1, target.name
