"""A page with every control that a recorder has to know: `python -m tests.contract.record.controls_app PORT`."""

import json
import os
import secrets
import smtplib
import sys
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

_PAGES = Path(__file__).with_name("controls")
_KINDS = {".js": "text/javascript", "css": "text/css"}
_STRICT = "default-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
_CODES: dict[str, str] = {}
_SUMMARIES: dict[str, str] = {}


class Handler(BaseHTTPRequestHandler):
    """Serves the pages, mails a code, and checks it."""

    def do_GET(self) -> None:
        """A page, a download, or what was entered."""
        path = urlsplit(self.path).path
        if path == "/report.csv":
            self._answer(b"a,b\n", kind="text/csv", headers={"Content-Disposition": "attachment; filename=report.csv"})
        elif path == "/summary":
            email = parse_qs(urlsplit(self.path).query)["email"][0]
            self._answer(_SUMMARIES.get(email, "").encode())
        elif path == "/healthz":
            self._answer(b"ok")
        elif path in {"/shop.js", "/shop.css"}:
            self._answer((_PAGES / path[1:]).read_bytes(), kind=_KINDS[path[-3:]])
        else:
            file = _PAGES / f"{path.strip('/') or 'join'}.html"
            headers = {"Content-Security-Policy": _STRICT} if path == "/shop" else {}
            status = 200 if file.is_file() else 404
            self._answer(file.read_bytes() if file.is_file() else b"", status=status, headers=headers)

    def do_POST(self) -> None:
        """Register and mail a code; or check one."""
        form = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        email = form["email"]
        if urlsplit(self.path).path == "/api/join":
            _CODES[email] = f"{secrets.randbelow(10**6):06}"
            _SUMMARIES[email] = form["summary"]
            self._mail(
                email,
                f"Your code is {_CODES[email]}",
                f"Hello,\n\nyour code: {_CODES[email]}\n\nIt is valid for 10 minutes.\n",
            )
            self._answer(b"{}", kind="application/json")
        else:
            right = form["code"] == _CODES.get(email)
            self._answer(json.dumps({"right": right}).encode(), kind="application/json")

    def _mail(self, to: str, subject: str, text: str) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "app@controls.test", to, subject
        message.set_content(text)
        with smtplib.SMTP(os.environ["SMTP_HOST"], int(os.environ["SMTP_PORT"])) as smtp:
            smtp.send_message(message)

    def _answer(
        self,
        body: bytes,
        *,
        status: int = 200,
        kind: str = "text/html; charset=utf-8",
        headers: dict[str, str] | None = None,
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
