"""The options of each provider: what `inbox` takes beside the keys that all providers share.

Declared here and not beside the providers: the configuration is checked without importing one, and each provider is
made from its options.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from inboxwright.config._keys import key as option  # an API key is called `key`, which would hide the function
from inboxwright.config._keys import keys_of
from inboxwright.config._kinds import Choice, Integer, Kind, Milliseconds, SecretText, Text, Url, Wrong
from inboxwright.config._kinds_special import HostPort
from inboxwright.config._reading import did_you_mean
from inboxwright.errors import ConfigError

Demand = Literal["off", "offered", "required"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderOptions:
    """What every provider's options are; `Options(**values)` gives them their defaults."""


def _smtp() -> Any:
    about = "host:port where an application, or a probe, delivers to this mail system."
    return option(HostPort(), about, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedOptions(ProviderOptions):
    """The server of this package."""

    url: str | None = option(Url(), "A server already running; without it, one is started.", default=None)
    token: str | None = option(
        SecretText(), "Bearer token of that server.", default=None, variable="INBOXWRIGHT_TOKEN"
    )  # fmt: skip
    smtp: str = option(HostPort(), "host:port to listen at for mail. Port 0: a free one.", default="127.0.0.1:0")
    http: str = option(HostPort(), "host:port to listen at for tests and people.", default="127.0.0.1:0")
    smtp_auth: Demand = option(
        Choice("off", "offered", "required"), "AUTH (RFC 4954), with any name and password.", default="offered"
    )
    smtp_tls: Demand = option(
        Choice("off", "offered", "required"),
        "STARTTLS (RFC 3207), with a certificate made for the day, which the application must not verify.",
        default="off",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WebOptions(ProviderOptions):
    """A mail catcher with a web interface."""

    url: str
    username: str | None = option(Text(), "User of its web interface, where it asks for one.", default=None)
    password: str | None = option(SecretText(), "Password of that user.", default=None)
    smtp: str | None = _smtp()


@dataclass(frozen=True, slots=True, kw_only=True)
class MailpitOptions(WebOptions):
    """Mailpit."""

    url: str = option(Url(), "Base URL of its web interface.", default="http://127.0.0.1:8025")


@dataclass(frozen=True, slots=True, kw_only=True)
class InbucketOptions(WebOptions):
    """Inbucket."""

    url: str = option(Url(), "Base URL of its web interface.", default="http://127.0.0.1:9000")


@dataclass(frozen=True, slots=True, kw_only=True)
class MaildevOptions(WebOptions):
    """maildev."""

    url: str = option(Url(), "Base URL of its web interface.", default="http://127.0.0.1:1080")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapOptions(ProviderOptions):
    """One mailbox of any IMAP server."""

    host: str = option(Text(public=True), "Host name of the IMAP server.")
    port: int = option(Integer("a port", most=65535), "Its port.", default=993)
    security: Literal["tls", "starttls", "none"] = option(
        Choice("tls", "starttls", "none", capitals=True), "How the connection is encrypted.", default="tls"
    )
    username: str = option(Text(), "User of the catch-all mailbox.")
    password: str | None = option(
        SecretText(), "Password of that user; none for a server that asks for none.", default=None
    )
    mailbox: str = option(Text(public=True), "The folder that mail arrives in.", default="INBOX")
    plus: str | None = option(
        Text(public=True), "user@domain: fresh addresses are tags of it, user+tag@domain.", default=None
    )
    smtp: str | None = _smtp()


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Options(ProviderOptions):
    """A bucket that a mail system writes to."""

    bucket: str = option(Text(public=True), "Bucket that receives the messages.")
    prefix: str = option(Text(public=True), "Beginning of the keys of messages.", default="")
    endpoint: str | None = option(Url(), "Base URL of a service that is not AWS.", default=None)
    region: str | None = option(Text(public=True), "AWS region; otherwise AWS_REGION or the profile's.", default=None)
    key: str | None = option(SecretText(), "Access key id; otherwise the usual AWS sources.", default=None)
    secret: str | None = option(SecretText(), "Secret access key; otherwise the usual AWS sources.", default=None)
    queue: str | None = option(Url(), "URL of the SQS queue that the bucket notifies; this run's own.", default=None)
    smtp: str | None = _smtp()


@dataclass(frozen=True, slots=True, kw_only=True)
class MailosaurOptions(ProviderOptions):
    """Mailosaur."""

    server: str = option(Text(public=True), "Id of the server (inbox): 8 characters.")
    key: str = option(SecretText(), "API key of Mailosaur.", variable="MAILOSAUR_API_KEY")
    url: str = option(Url(), "Base URL of the service.", default="https://mailosaur.com")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailslurpOptions(ProviderOptions):
    """MailSlurp."""

    key: str = option(SecretText(), "API key of MailSlurp.", variable="MAILSLURP_API_KEY")
    url: str = option(Url(), "Base URL of the service.", default="https://api.mailslurp.com")


@dataclass(frozen=True, slots=True, kw_only=True)
class NylasOptions(ProviderOptions):
    """Nylas."""

    key: str = option(SecretText(), "API key of the Nylas application.", variable="NYLAS_API_KEY")
    grant: str | None = option(
        Text(),
        "Id of the grant that is a wildcard inbox; without it, an agent account is created per address.",
        default=None,
        variable="NYLAS_GRANT_ID",
    )
    pattern: str | None = option(
        Text(public=True), "Addresses of that inbox, like qa-*@team.nylas.email.", default=None
    )
    url: str = option(Url(), "Base URL of the region.", default="https://api.us.nylas.com")
    webhook: str | None = option(
        Url(),
        "https URL by which Nylas reaches `listen`, by a tunnel or a proxy; without it, Nylas is asked.",
        default=None,
    )
    listen: str | None = option(HostPort(), "host:port to listen at for what comes to `webhook`.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TestmailOptions(ProviderOptions):
    """testmail.app."""

    __test__ = False  # for pytest, which takes Test… for tests

    key: str = option(SecretText(), "API key of testmail.app.", variable="TESTMAIL_API_KEY")
    namespace: str = option(
        Text(public=True),
        "Namespace of the addresses {namespace}.{tag}@inbox.testmail.app.",
        variable="TESTMAIL_NAMESPACE",
    )
    url: str = option(Url(), "Base URL of the service.", default="https://api.testmail.app")


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultsandboxOptions(ProviderOptions):
    """A VaultSandbox gateway."""

    url: str = option(
        Url(), "Base URL of the gateway.", default="https://smtp.vaultsandbox.com", variable="VAULTSANDBOX_URL"
    )
    key: str = option(SecretText(), "API key of the gateway.", variable="VAULTSANDBOX_API_KEY")
    strategy: Literal["sse", "polling"] = option(
        Choice("sse", "polling", capitals=True),
        "Whether it is listened to or asked.",
        default="sse",
        variable="VAULTSANDBOX_STRATEGY",
    )
    polling_interval: int | None = option(
        Milliseconds(),
        "Between two looks with polling, at least; 250 growing to 1500 without it.",
        default=None,
        variable="VAULTSANDBOX_POLLING_INTERVAL",
    )
    request_timeout: int = option(
        Milliseconds(least=1), "How long one request may take.", default=20_000, variable="VAULTSANDBOX_TIMEOUT"
    )
    encryption: Literal["encrypted", "plain"] | None = option(
        Choice("encrypted", "plain", capitals=True), "Without it, as the gateway prefers.", default=None
    )
    smtp: str | None = _smtp()


PROVIDERS: Mapping[str, type[ProviderOptions]] = {
    "embedded": EmbeddedOptions,
    "mailpit": MailpitOptions,
    "inbucket": InbucketOptions,
    "maildev": MaildevOptions,
    "imap": ImapOptions,
    "s3": S3Options,
    "mailosaur": MailosaurOptions,
    "mailslurp": MailslurpOptions,
    "nylas": NylasOptions,
    "testmail": TestmailOptions,
    "vaultsandbox": VaultsandboxOptions,
}
"""Every provider by the name that `inbox.provider` takes."""


def provider_options(provider: str, given: Mapping[str, Any]) -> ProviderOptions:
    """The options of a provider from keyword arguments, None standing for those that are left out.

    Raises ConfigError for an unknown provider or option, a missing one, or a value that it does not take.
    """
    if provider not in PROVIDERS:
        raise ConfigError(f'inbox.provider "{provider}" is unknown{did_you_mean(provider, PROVIDERS)}')
    of = PROVIDERS[provider]
    known = {key.attribute: key for key in keys_of(of).values()}
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            takes = ", ".join(sorted(known))
            raise ConfigError(f'the provider "{provider}" takes no option "{name}"; it takes {takes}')
        kind = known[name].kind
        if value is None or not isinstance(kind, Kind):
            continue
        try:
            values[name] = kind.read(value)
        except Wrong as wrong:
            raise ConfigError(f"inbox.{known[name].name} {wrong}") from None
    for name, key in known.items():
        if key.required and name not in values:
            raise ConfigError(f'the provider "{provider}" needs inbox.{key.name}')
    return of(**values)


def users_of(option: str) -> list[str]:
    """The providers that have the option of this name in the file."""
    return [provider for provider, of in PROVIDERS.items() if option in keys_of(of)]
