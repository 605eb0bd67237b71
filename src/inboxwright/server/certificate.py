"""The certificate that STARTTLS shows: the one that was given, or one made for the day."""

import ssl
import tempfile
from pathlib import Path

from inboxwright.server.serve_options import Demand, ServerOptions

_NAMES = ("localhost", "127.0.0.1", "::1")


def tls_context(options: ServerOptions) -> ssl.SSLContext | None:
    """What STARTTLS (RFC 3207) needs; None where it is off. Raises OSError for a file that is no certificate."""
    if options.tls is Demand.OFF:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    if options.tls_certificate is None:
        _make(context, options.smtp[0])
        return context
    try:
        context.load_cert_chain(options.tls_certificate, options.tls_key)
    except ssl.SSLError as error:
        raise OSError(f"{options.tls_certificate} holds no certificate with its key: {error}") from error
    return context


def _make(context: ssl.SSLContext, host: str) -> None:
    """Signed by nobody that anybody knows: a client that checks certificates has to be told not to."""
    try:
        import trustme
    except ImportError as error:
        raise RuntimeError(
            "STARTTLS without a certificate needs the package trustme: pip install 'inboxwright[tls]', "
            "or name a certificate with --tls-certificate"
        ) from error
    names = dict.fromkeys((*_NAMES, host) if host not in {"", "0.0.0.0", "::"} else _NAMES)  # noqa: S104 - compared
    made = trustme.CA().issue_cert(*names)
    with tempfile.TemporaryDirectory(prefix="inboxwright-tls-") as folder:
        path = Path(folder) / "server.pem"
        path.touch(mode=0o600)
        made.private_key_and_cert_chain_pem.write_to_path(str(path))
        context.load_cert_chain(path)
