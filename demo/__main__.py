"""Start the demo: `python -m demo`.

Environment: HOST, PORT (0: a free one), SMTP_HOST, SMTP_PORT, DEMO_CONFIRM (link, code), DEMO_LINKS (open, press),
DEMO_RATE_LIMITS (on, off), DEMO_PASSWORD_HASHER (strong, fast), DEMO_CODE_TIMEOUT, DEMO_LINK_TIMEOUT and
DEMO_TOTP_PERIOD (seconds), DEMO_DATABASE (a path; without it a temporary file).
"""

import os
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

try:
    import allauth.mfa  # noqa: F401 - only to say in one line what is missing
    import django
    import sesame  # noqa: F401 - as above
    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application
except ModuleNotFoundError as missing:
    sys.exit(f'demo: {missing.name} is not installed; run: pip install "inboxwright[demo]"')


def listen(host: str, port: str) -> ThreadedWSGIServer:
    """Bind the address before anything else, so that a port that is taken is known at once."""
    try:
        return ThreadedWSGIServer((host, int(port)), WSGIRequestHandler, ipv6=":" in host)
    except (OSError, OverflowError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a port number"
        sys.exit(f"demo: cannot listen on {host} port {port}: {reason}; set HOST and PORT to a free address")


def main() -> None:
    """Migrate a fresh database and serve until SIGTERM or Ctrl-C."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with ExitStack() as stack:
        if "DEMO_DATABASE" not in os.environ:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="inboxwright-demo-"))
            os.environ["DEMO_DATABASE"] = str(Path(folder, "demo.sqlite3"))
        host = os.environ.get("HOST", "127.0.0.1")
        server = listen(host, os.environ.get("PORT", "8000"))
        stack.callback(server.server_close)
        os.environ["DJANGO_SETTINGS_MODULE"] = f"{__package__}.settings"
        django.setup()
        call_command("migrate", verbosity=0)
        server.set_app(get_wsgi_application())
        sys.stdout.write(f"demo: http://{f'[{host}]' if ':' in host else host}:{server.server_port}/\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
