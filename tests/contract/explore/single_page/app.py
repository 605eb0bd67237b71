"""Sign-up in a dialog, without a form element, confirmed by a mailed code. `python app.py`: serves on $PORT."""

import http.server
import json
import os
import secrets
import smtplib
from pathlib import Path

CODES: dict[str, str] = {}
PAGE = Path(__file__).with_name("page.html").read_bytes()


class App(http.server.BaseHTTPRequestHandler):
    """One page, and two things that it asks for."""

    def answer(self, status: int, body: bytes = b"") -> None:
        """Send it."""
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        """The page."""
        self.answer(200, PAGE)

    def do_POST(self) -> None:
        """/send mails a code, /enter takes it."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/send":
            CODES[asked["to"]] = code = f"{secrets.randbelow(900_000) + 100_000}"
            mail = f"From: a@app.example\nTo: {asked['to']}\nSubject: Your Orchard code\n\nYour code is {code}\n"
            with smtplib.SMTP(os.environ["SMTP_HOST"], int(os.environ["SMTP_PORT"])) as smtp:
                smtp.sendmail("a@app.example", asked["to"], mail)
            self.answer(200)
        else:
            self.answer(200 if CODES.get(asked["to"]) == asked["code"] else 401)


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), App).serve_forever()
