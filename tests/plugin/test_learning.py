"""What is taken for a secret, and what stays readable."""

import pytest

from inboxwright import Message
from inboxwright.plugin._learning import is_name, of_header, of_message, of_trace, without_tokens


def _mail(text: str) -> Message:
    return Message.parse(f"From: a@app.test\nSubject: Hello\n\n{text}\n".encode())


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Your password is now: wX4kTq9mZr2v", "wX4kTq9mZr2v"),
        ("Your new password:\n\n  gqhtwzbvkp\n", "gqhtwzbvkp"),
        ("https://app.test/confirm?token=q8ZrT2vLw9XyKd4Bn6", "q8ZrT2vLw9XyKd4Bn6"),
        ("https://app.test/login?code=QGRVJ7", "QGRVJ7"),
        ("Your code is 482913.", "482913"),
    ],
)
def test_what_works_is_learned(text: str, secret: str) -> None:
    assert secret in of_message(_mail(text))[0]


@pytest.mark.parametrize(
    "text",
    [
        "Sign in to localhost:3000",
        "http://wiki.test/index.php/Special:ConfirmEmail",
        "https://app.test/verifyEmailAddress2024?lang=en-GB",
        "https://app.test/login?email=kim.miller%40inbox.test",
        "Choose a password: it has to have eight letters.",
    ],
)
def test_routes_hosts_and_addresses_are_not(text: str) -> None:
    assert of_message(_mail(text)) == ([], [])


@pytest.mark.parametrize(
    "line",
    [
        "ConnectionRefusedError: [Errno 111] Connection refused",
        "    at com.example.shop.MailController.sendConfirmationEmail(MailController.java:42)",
        "self.RequestHandlerClass(request, client_address, self)",
        "GET /static/bootstrap-5.3.min.css?v=20240101 HTTP/1.1 200",
    ],
)
def test_a_line_of_a_log_that_holds_no_secret_stays_as_it_is(line: str) -> None:
    assert without_tokens(line) == line


@pytest.mark.parametrize("token", ["q8ZrT2vLw9XyKd4Bn6Ht3Jx5", "xKqWvRtZbNmPlHgFdSjC", "QGRVJ7"])
def test_a_token_in_a_url_of_a_log_is_masked(token: str) -> None:
    assert without_tokens(f"GET /confirm?token={token}&next=home 200") == "GET /confirm?token=****&next=home 200"


@pytest.mark.parametrize(
    ("name", "value", "secrets"),
    [
        ("Set-Cookie", "session=s9Vq2LmX7rTz4KbN; Path=/; HttpOnly\ntheme=dark", ["s9Vq2LmX7rTz4KbN"]),
        ("Cookie", "theme=dark; session=s9Vq2LmX7rTz4KbN", ["s9Vq2LmX7rTz4KbN"]),
        ("Authorization", "Bearer t5Rk9PzW3xQv", ["t5Rk9PzW3xQv"]),
        ("Authorization", "Basic a2ltOm9yY2hhcmQtMTk=", ["a2ltOm9yY2hhcmQtMTk=", "orchard-19"]),
        ("X-CSRFToken", "Fz81kQx0", ["Fz81kQx0"]),
        ("Accept", "text/html", []),
    ],
)
def test_headers_tell_what_a_session_lives_on(name: str, value: str, secrets: list[str]) -> None:
    assert of_header(name, value) == secrets


def test_a_trace_tells_it_by_its_headers() -> None:
    line = b'{"snapshot": {"response": {"headers": [{"name": "set-cookie", "value": "id=s9Vq2LmX7rTz4KbN; Path=/"}]}}}'

    assert list(of_trace([line, b'not json with "headers"'])) == ["s9Vq2LmX7rTz4KbN"]


def test_names_are_made_of_words() -> None:
    assert is_name("SMTPNotSupportedError:")
    assert not is_name("q8ZrT2vLw9XyKd4Bn6Ht3Jx5")
