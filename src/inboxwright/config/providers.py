"""The providers by name, and the options that each takes.

A plain table that imports no provider: the configuration is checked with it, and `inboxwright.providers` opens by it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

OptionKind = Literal["text", "url", "endpoint", "integer", "flag", "secret"]
"""How the value is written: "endpoint" is host:port; a "secret" comes from the environment only and is masked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One key under `inbox` that a provider takes, beside the keys that all of them take."""

    name: str
    kind: OptionKind
    says: str
    """What it is, for the schema and the documentation."""
    required: bool = False
    default: str | int | bool | None = None
    """What it is without the key, for people; the provider itself fills it in."""
    variable: str | None = None
    """The vendor's own environment variable, read where the file and INBOXWRIGHT_INBOX_… say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderEntry:
    """A provider: where its class is, what installs its client, and its options."""

    module: str
    backend: str
    """The class within the module."""
    options: Sequence[Option]
    extra: str | None = None
    """The extra of this package that brings the client it needs."""


_SMTP = Option(
    name="smtp", kind="endpoint", says="host:port where an application, or a probe, delivers to this mail system"
)


def _web(default: str) -> tuple[Option, ...]:
    return (
        Option(name="url", kind="url", says="base URL of its web interface", default=default),
        Option(name="username", kind="text", says="user of its web interface, where it asks for one"),
        Option(name="password", kind="secret", says="password of that user"),
        _SMTP,
    )


def _key(whose: str, variable: str) -> Option:
    return Option(name="key", kind="secret", says=f"API key of {whose}", required=True, variable=variable)


PROVIDERS: Mapping[str, ProviderEntry] = {
    "embedded": ProviderEntry(
        module="inboxwright.providers.embedded",
        backend="EmbeddedBackend",
        options=(
            Option(name="url", kind="url", says="a server already running; without it, one is started"),
            Option(name="token", kind="secret", says="bearer token of that server", variable="INBOXWRIGHT_TOKEN"),
            Option(name="smtp", kind="endpoint", says="host:port to listen at", default="127.0.0.1:0"),
            Option(name="http", kind="endpoint", says="host:port to listen at", default="127.0.0.1:0"),
        ),
    ),
    "mailpit": ProviderEntry(
        module="inboxwright.providers.mailpit", backend="MailpitBackend", options=_web("http://127.0.0.1:8025")
    ),
    "inbucket": ProviderEntry(
        module="inboxwright.providers.inbucket", backend="InbucketBackend", options=_web("http://127.0.0.1:9000")
    ),
    "maildev": ProviderEntry(
        module="inboxwright.providers.maildev",
        backend="MaildevBackend",
        options=_web("http://127.0.0.1:1080"),
        extra="maildev",
    ),
    "imap": ProviderEntry(
        module="inboxwright.providers.imap",
        backend="ImapBackend",
        extra="imap",
        options=(
            Option(name="host", kind="text", says="host name of the IMAP server", required=True),
            Option(name="port", kind="integer", says="its port", default=993),
            Option(name="security", kind="text", says='"tls", "starttls" or "none"', default="tls"),
            Option(name="username", kind="text", says="user of the catch-all mailbox", required=True),
            Option(name="password", kind="secret", says="password of that user; none for a server that asks for none"),
            Option(name="mailbox", kind="text", says="the folder that mail arrives in", default="INBOX"),
            Option(name="plus", kind="text", says="user@domain: fresh addresses are tags of it, user+tag@domain"),
            _SMTP,
        ),
    ),
    "s3": ProviderEntry(
        module="inboxwright.providers.s3",
        backend="S3Backend",
        extra="s3",
        options=(
            Option(name="bucket", kind="text", says="bucket that receives the messages", required=True),
            Option(name="prefix", kind="text", says="beginning of the keys of messages", default=""),
            Option(name="endpoint", kind="url", says="base URL of a service that is not AWS"),
            Option(name="region", kind="text", says="AWS region; otherwise AWS_REGION or the profile's"),
            Option(name="key", kind="secret", says="access key id; otherwise the usual AWS sources"),
            Option(name="secret", kind="secret", says="secret access key; otherwise the usual AWS sources"),
            Option(name="queue", kind="url", says="URL of the SQS queue that the bucket notifies; this run's own"),
            _SMTP,
        ),
    ),
    "mailosaur": ProviderEntry(
        module="inboxwright.providers.mailosaur",
        backend="MailosaurBackend",
        options=(
            Option(name="server", kind="text", says="id of the server (inbox): 8 characters", required=True),
            _key("Mailosaur", "MAILOSAUR_API_KEY"),
            Option(name="url", kind="url", says="base URL of the service", default="https://mailosaur.com"),
        ),
    ),
    "mailslurp": ProviderEntry(
        module="inboxwright.providers.mailslurp",
        backend="MailslurpBackend",
        options=(
            _key("MailSlurp", "MAILSLURP_API_KEY"),
            Option(name="url", kind="url", says="base URL of the service", default="https://api.mailslurp.com"),
        ),
    ),
    "nylas": ProviderEntry(
        module="inboxwright.providers.nylas",
        backend="NylasBackend",
        options=(
            _key("the Nylas application", "NYLAS_API_KEY"),
            Option(
                name="grant",
                kind="text",
                says="id of the grant that is a wildcard inbox; without it, an agent account is created per address",
                variable="NYLAS_GRANT_ID",
            ),
            Option(name="pattern", kind="text", says="addresses of that inbox, like qa-*@team.nylas.email"),
            Option(name="url", kind="url", says="base URL of the region", default="https://api.us.nylas.com"),
            Option(
                name="webhook",
                kind="url",
                says="https URL by which Nylas reaches `listen`, by a tunnel or a proxy; without it, Nylas is asked",
            ),
            Option(name="listen", kind="endpoint", says="host:port to listen at for what comes to `webhook`"),
        ),
    ),
    "testmail": ProviderEntry(
        module="inboxwright.providers.testmail",
        backend="TestmailBackend",
        options=(
            _key("testmail.app", "TESTMAIL_API_KEY"),
            Option(
                name="namespace",
                kind="text",
                says="namespace of the addresses {namespace}.{tag}@inbox.testmail.app",
                required=True,
                variable="TESTMAIL_NAMESPACE",
            ),
            Option(name="url", kind="url", says="base URL of the service", default="https://api.testmail.app"),
        ),
    ),
    "vaultsandbox": ProviderEntry(
        module="inboxwright.providers.vaultsandbox",
        backend="VaultsandboxBackend",
        extra="vaultsandbox",
        options=(
            Option(
                name="url",
                kind="url",
                says="base URL of the gateway",
                default="https://smtp.vaultsandbox.com",
                variable="VAULTSANDBOX_URL",
            ),
            _key("the gateway", "VAULTSANDBOX_API_KEY"),
            Option(
                name="strategy",
                kind="text",
                says='"sse" or "polling"',
                default="sse",
                variable="VAULTSANDBOX_STRATEGY",
            ),
            Option(
                name="polling_interval",
                kind="integer",
                says="milliseconds between two looks with polling, at least; 250 growing to 1500 without it",
                variable="VAULTSANDBOX_POLLING_INTERVAL",
            ),
            Option(
                name="request_timeout",
                kind="integer",
                says="milliseconds that one request may take",
                default=20_000,
                variable="VAULTSANDBOX_TIMEOUT",
            ),
            Option(name="encryption", kind="text", says='"encrypted" or "plain"; without it as the gateway prefers'),
            _SMTP,
        ),
    ),
}
"""Every provider by the name that `inbox.provider` takes."""
