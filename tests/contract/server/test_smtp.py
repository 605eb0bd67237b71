"""SMTP, line by line."""

import base64
import re
import smtplib
import ssl
import subprocess
from pathlib import Path

import pytest

from tests.contract.server.process import Server, running

HELLO = "EHLO client.example"
ENHANCED = re.compile(r"^(\d)\d\d[ -]\1\.\d{1,3}\.\d{1,3} ")


def test_announces_what_it_does_and_nothing_else(server: Server) -> None:
    with server.talk() as talk:
        (reply,) = talk.say(HELLO)

    assert {line[4:] for line in reply.splitlines()[1:]} == {
        "SIZE 26214400", "8BITMIME", "SMTPUTF8", "AUTH LOGIN PLAIN", "DSN", "PIPELINING", "ENHANCEDSTATUSCODES", "HELP",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("commands", "reply"),
    [
        (["MAIL FROM:<a@example.com>"], "250 2.1.0 "),
        (["MAIL FROM:<>"], "250 2.1.0 "),
        (["MAIL FROM:<a@example.com>", "RCPT TO:<b@inbox.test>"], "250 2.1.5 "),
        (["MAIL FROM:<a@example.com> SIZE=99999999"], "552 5.3.4 "),
        (["MAIL FROM:<a@example.com> FLY=1"], "555 5.5.4 "),
        (["MAIL a@example.com"], "501 5.5.4 "),
        (["MAIL FROM:<ü@example.com>"], "553 5.6.7 "),
        (["MAIL FROM:<ü@example.com> SMTPUTF8"], "250 2.1.0 "),
        (["MAIL FROM:<a@example.com>", "MAIL FROM:<a@example.com>"], "503 5.5.1 "),
        (["RCPT TO:<b@inbox.test>"], "503 5.5.1 "),
        (["DATA"], "503 5.5.1 "),
        (["MAIL FROM:<a@example.com>", "RCPT TO:<b@inbox.test>", "DATA now"], "501 5.5.4 "),
        (["MAIL FROM:<a@example.com>", "RCPT TO:<>"], "553 5.1.3 "),
        (["MAIL FROM:<a@example.com> AUTH=<>"], "250 2.1.0 "),
        (["MAIL FROM:<a@example.com> AUTH=kim+2Bx@app.example RET=HDRS ENVID=a1"], "250 2.1.0 "),
        (["MAIL FROM:<a@example.com> ret=full"], "250 2.1.0 "),
        (["MAIL FROM:<a@example.com> RET=ALL"], "501 5.5.4 "),
        (["MAIL FROM:<a@example.com> ENVID=a ENVID=b"], "501 5.5.4 "),
        (["MAIL FROM:<a@example.com> AUTH=a b"], "555 5.5.4 "),
        (["MAIL FROM:<a@example.com>", "RCPT TO:<b@inbox.test> NOTIFY=SUCCESS,DELAY"], "250 2.1.5 "),
        (["MAIL FROM:<a@example.com>", "RCPT TO:<b@inbox.test> NOTIFY=NEVER,DELAY"], "501 5.5.4 "),
        (["MAIL FROM:<a@example.com>", "RCPT TO:<b@inbox.test> ORCPT=rfc822;b@inbox.test"], "250 2.1.5 "),
        (["MAIL FROM:<a@example.com>", "RCPT TO:<b@inbox.test> ORCPT=b"], "501 5.5.4 "),
        (["AUTH PLAIN AGEAYg=="], "235 2.7.0 "),
        (["STARTTLS"], "454 4.7.0 "),
        (["VRFY b@inbox.test"], "252 2.5.0 "),
        (["EXPN list"], "502 5.5.1 "),
        (["NOOP"], "250 2.0.0 "),
        (["RSET"], "250 2.0.0 "),
        (["HELP"], "250 2.0.0 "),
        (["QUIT"], "221 2.0.0 "),
        (["FLY"], "500 5.5.1 "),
        (["NOOP " + "x" * 2000], "500 5.5.2 "),
        (["", ""], "500 5.5.2 "),
    ],
)
def test_reply_carries_its_enhanced_code(server: Server, commands: list[str], reply: str) -> None:
    with server.talk() as talk:
        *_, last = talk.say(HELLO, *commands)

    assert last.startswith(reply)
    assert ENHANCED.match(last)


def test_greeting_and_hello_carry_none(server: Server) -> None:
    with server.talk() as talk:
        replies = [talk.greeting, *talk.say("HELO client.example", HELLO)]

    assert not [reply for reply in replies if ENHANCED.match(reply)]


def test_pipelined_transaction(server: Server, address: str) -> None:
    one = f"MAIL FROM:<a@example.com>\r\nRCPT TO:<{address}>\r\nDATA\r\n"
    with server.watching(address) as watch, server.talk() as talk:
        talk.say(HELLO)

        talk.write(one.encode())
        first = [talk.reply()[:3] for _ in range(3)]
        talk.write(f"Subject: one\r\n\r\nbody\r\n.\r\n{one}".encode())
        second = [talk.reply()[:3] for _ in range(4)]
        talk.write(b"Subject: two\r\n\r\n.\r\nQUIT\r\n")
        third = [talk.reply()[:3] for _ in range(2)]

        mails = watch.all()
    assert (first, second, third) == (["250", "250", "354"], ["250", "250", "250", "354"], ["250", "221"])
    assert [mail["raw"] for mail in mails] == [b"Subject: one\r\n\r\nbody\r\n", b"Subject: two\r\n\r\n"]


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        (b".\r\n", b""),
        (b"\r\n.\r\n", b"\r\n"),
        (b"a\r\n.\r\n", b"a\r\n"),
        (b"..\r\n.\r\n", b".\r\n"),
        (b"a\r\n..b\r\n...\r\n.\r\n", b"a\r\n.b\r\n..\r\n"),
        (b"a\n.\nb\r\n.\r\n", b"a\n.\nb\r\n"),
        (b"a\n.\r\nb\r\n.\r\n", b"a\n.\r\nb\r\n"),
        (b"a\r.\r\r\n.\r\n", b"a\r.\r\r\n"),
        (b"hello\n.\r\nbody\r\n.\r\n", b"hello\n.\r\nbody\r\n"),
        (b"hello\r\n.\nbody\r\n.\r\n", b"hello\r\n\nbody\r\n"),
        (b"\xff\x00 8 bits\r\n.\r\n", b"\xff\x00 8 bits\r\n"),
    ],
)
def test_only_crlf_dot_crlf_ends_a_message(server: Server, address: str, sent: bytes, stored: bytes) -> None:
    with server.watching(address) as watch, server.talk() as talk:
        talk.say(HELLO, "MAIL FROM:<a@example.com>", f"RCPT TO:<{address}>", "DATA")
        talk.write(sent)

        assert talk.reply().startswith("250 2.0.0 ")
        assert [mail["raw"] for mail in watch.all()] == [stored]


def test_message_in_single_octets(server: Server, address: str) -> None:
    with server.watching(address) as watch, server.talk() as talk:
        talk.say(HELLO, "MAIL FROM:<a@example.com>", f"RCPT TO:<{address}>", "DATA")
        for octet in b"a\r\n..\r\nb\r\n.\r\n":
            talk.write(bytes([octet]))

        assert talk.reply().startswith("250 2.0.0 ")
        assert [mail["raw"] for mail in watch.all()] == [b"a\r\n.\r\nb\r\n"]


def test_bounce_has_an_empty_sender(server: Server, address: str) -> None:
    with server.watching(address) as watch:
        server.send(address, sender="")

        assert [mail["sender"] for mail in watch.all()] == [""]


def test_address_beyond_ascii(server: Server) -> None:
    with server.watching("jürgen@bücher.test") as watch, smtplib.SMTP(*server.smtp) as client:
        client.sendmail("a@example.com", "jürgen@BÜCHER.test", "Subject: x\r\n\r\n", ["SMTPUTF8"])

        assert [mail["recipient"] for mail in watch.all()] == ["jürgen@bücher.test"]


def test_bad_bytes_in_an_address_are_refused(server: Server) -> None:
    with server.talk() as talk:
        talk.say(HELLO, "MAIL FROM:<a@example.com> SMTPUTF8")
        talk.write(b"RCPT TO:<\xff@inbox.test>\r\n")

        assert talk.reply().startswith("553 5.1.3 ")


def test_too_many_unknown_commands_end_the_connection(server: Server) -> None:
    with server.talk() as talk:
        talk.say(HELLO, *["FLY"] * 5)

        assert talk.reply() == ""


def test_limits(address: str) -> None:
    with running("--max-message-size", "1000", "--max-recipients", "3", "--max-line-length", "200") as server:
        transaction = (HELLO, "MAIL FROM:<a@example.com>", f"RCPT TO:<{address}>", "DATA")
        with server.watching(address) as watch, server.talk() as talk:
            talk.say(*transaction)
            talk.write((b"x" * 98 + b"\r\n") * 11 + b".\r\n")
            too_big = talk.reply()
            talk.say(*transaction[1:])
            talk.write(b"x" * 300 + b"\r\n.\r\n")
            too_long = talk.reply()
            recipients = talk.say(transaction[1], *[f"RCPT TO:<{n}@inbox.test>" for n in range(4)])
            talk.say("RSET", *transaction[1:])
            talk.write((b"x" * 98 + b"\r\n") * 10 + b".\r\n")
            just_fits = talk.reply()

            assert len(watch.all()) == 1
    assert too_big.startswith("552 5.3.4 ")
    assert too_long.startswith("500 5.5.2 ")
    assert [reply[:10] for reply in recipients[-2:]] == ["250 2.1.5 ", "452 4.5.3 "]
    assert just_fits.startswith("250 2.0.0 ")


def test_endless_message_is_cut_off(address: str) -> None:
    with running("--max-message-size", "1000") as server, server.talk() as talk:
        talk.say(HELLO, "MAIL FROM:<a@example.com>", f"RCPT TO:<{address}>", "DATA")
        with pytest.raises(OSError, match=r"reset|Broken pipe|aborted"):
            while True:
                talk.write(b"x" * 65_536)


def test_full_quota_is_452_and_the_waiter_is_told(address: str) -> None:
    with running("--max-storage", "1000") as server, server.watching(address) as watch:
        watch.all()
        server.send(address, body="x" * 700)
        with pytest.raises(smtplib.SMTPDataError) as refused, smtplib.SMTP(*server.smtp) as client:
            client.ehlo()
            client.does_esmtp = False  # so that no SIZE is declared
            client.sendmail("a@example.com", address, "Subject: x\r\n\r\n" + "x" * 700)
        with pytest.raises(smtplib.SMTPRecipientsRefused) as declared:
            server.send(address, body="x" * 700)

        mail, *told = watch.all()
        server.api("DELETE", "/v1/messages", {"addresses": [address]})
        server.send(address, body="x" * 700)
    assert (refused.value.smtp_code, refused.value.smtp_error[:5]) == (452, b"4.3.1")
    assert declared.value.recipients[address][0] == 452
    assert b"x" * 700 in mail["raw"]
    assert [(each["refused"]["recipient"], each["refused"]["code"]) for each in told] == [(address, 452)] * 2


def test_starttls_and_auth(tmp_path: Path, address: str) -> None:
    pem, key = _certificate(tmp_path)
    arguments = ["--tls-certificate", str(pem), "--tls-key", str(key), "--smtp-auth", "required"]
    login = {"INBOXWRIGHT_SMTP_USER": "app", "INBOXWRIGHT_SMTP_PASSWORD": "s3cret"}
    with running(*arguments, env=login) as server, server.watching(address) as watch:
        with server.talk() as talk:
            plain = talk.say(HELLO, "AUTH PLAIN AGEAYg==", "MAIL FROM:<a@example.com>")
        with smtplib.SMTP(*server.smtp) as client:
            client.starttls(context=_trusting(pem))
            with pytest.raises(smtplib.SMTPAuthenticationError) as wrong:
                client.login("app", "guess")
            client.login("app", "s3cret")
            client.sendmail("a@example.com", address, "Subject: private\r\n\r\n")

        assert len(watch.all()) == 1
    assert "250-STARTTLS" in plain[0]
    assert "AUTH" not in plain[0]
    assert [reply[:11] for reply in plain[1:]] == ["538 5.7.11 ", "530 5.7.0 A"]
    assert "5.7.8 " in str(wrong.value.smtp_error)


def test_what_was_sent_before_tls_is_forgotten_with_it(tmp_path: Path) -> None:
    pem, key = _certificate(tmp_path)
    with running("--tls-certificate", str(pem), "--tls-key", str(key)) as server, server.talk() as talk:
        talk.say(HELLO)
        talk.write(b"STARTTLS\r\nEHLO injected\r\nMAIL FROM:<injected@example.com>\r\n")
        assert talk.reply().startswith("220 ")
        with _trusting(pem).wrap_socket(talk.socket) as secure, secure.makefile("rwb") as lines:
            lines.write(b"RCPT TO:<a@inbox.test>\r\n")
            lines.flush()

            assert lines.readline().startswith(b"503 ")


def test_auth_login_asks_in_the_words_that_clients_compare() -> None:
    with running("--smtp-auth", "any") as server, server.talk() as talk:
        _, user, password, done = talk.say(HELLO, "AUTH LOGIN", "YW55Ym9keQ==", "YW55dGhpbmc=")

    assert [base64.b64decode(reply[4:]) for reply in (user, password)] == [b"Username:", b"Password:"]
    assert done.startswith("235 2.7.0 ")


def test_auth_with_any_name(server: Server, address: str) -> None:
    with smtplib.SMTP(*server.smtp) as client:
        client.login("anybody", "anything")

        assert client.sendmail("a@example.com", address, "Subject: x\r\n\r\n") == {}


def test_auth_that_is_switched_off_is_not_offered() -> None:
    with running("--smtp-auth", "off") as server, server.talk() as talk:
        hello, auth = talk.say(HELLO, "AUTH PLAIN AGEAYg==")

    assert "AUTH" not in hello
    assert auth.startswith("502 5.5.1 ")


def test_auth_that_is_demanded_refuses_who_did_not_sign_in() -> None:
    with running("--smtp-auth", "required") as server, server.talk() as talk:
        _, mail, signed_in, again = talk.say(
            HELLO, "MAIL FROM:<a@example.com>", "AUTH PLAIN AGEAYg==", "MAIL FROM:<a@example.com>"
        )

    assert [mail[:9], signed_in[:9], again[:9]] == ["530 5.7.0", "235 2.7.0", "250 2.1.0"]


def test_starttls_with_a_certificate_of_its_own(address: str) -> None:
    with running("--smtp-tls", "required") as server, server.watching(address) as watch:
        with server.talk() as talk:
            hello, plain = talk.say(HELLO, "MAIL FROM:<a@example.com>")
        with smtplib.SMTP(*server.smtp) as client:
            client.starttls()
            client.login("anybody", "anything")
            client.sendmail("a@example.com", address, "Subject: private\r\n\r\n")

        assert len(watch.all()) == 1
    assert "250-STARTTLS" in hello
    assert plain.startswith("530 5.7.0 ")


def test_what_the_client_said_of_the_message_is_kept_with_it(server: Server, address: str) -> None:
    with smtplib.SMTP(*server.smtp) as client:
        client.login("mailer", "s3cret")
        client.sendmail(
            "a@example.com", address, "Subject: x\r\n\r\n",
            ["RET=HDRS", "ENVID=q+2B1", "AUTH=kim@app.example"], ["NOTIFY=failure,delay", f"ORCPT=rfc822;{address}"],
        )  # fmt: skip
    with server.watching(address) as watch:
        (mail,) = watch.all()
    read = server.api("GET", f"/v1/messages/{mail['seq']}")

    said = {
        "ret": "HDRS", "envid": "q+1", "auth": "kim@app.example", "username": "mailer",
        "notify": "FAILURE,DELAY", "orcpt": f"rfc822;{address}",
    }  # fmt: skip
    assert (mail["said"], read["said"]) == (said, said)


def test_dialogue_is_kept_without_passwords_and_messages(server: Server, address: str) -> None:
    with server.talk() as talk:
        talk.say(HELLO, "AUTH PLAIN AGEAYg==", "MAIL FROM:<a@example.com>", f"RCPT TO:<{address}>", "DATA")
        talk.write(b"Subject: private\r\n\r\nbody\r\n.\r\n")
        talk.reply()
        talk.say("FLY", "QUIT")

    *_, last = server.api("GET", "/v1/dialogues")["dialogues"]
    said = [line["text"] for line in last["lines"] if line["by"] == "client"]
    assert said == [
        HELLO, "AUTH PLAIN ****", "MAIL FROM:<a@example.com>", f"RCPT TO:<{address}>", "DATA", "QUIT"
    ]  # fmt: skip
    assert '500 5.5.1 Error: command "FLY" not recognized' in [line["text"] for line in last["lines"]]
    assert "body" not in str(last)


def test_dialogues_of_long_ago_are_not_told(server: Server) -> None:
    with server.talk() as talk:
        talk.say(HELLO, "QUIT")

    assert server.api("GET", "/v1/dialogues", params={"within": 0})["dialogues"] == []


def test_failed_handshake_is_kept_with_the_dialogue() -> None:
    with running("--smtp-tls", "offered") as server:
        with pytest.raises(ssl.SSLError), smtplib.SMTP(*server.smtp) as client:
            client.starttls(context=ssl.create_default_context())
        with server.talk() as talk:
            talk.say(HELLO, "QUIT")
        first, *_ = server.api("GET", "/v1/dialogues")["dialogues"]

    assert "TLS handshake failed" in first["lines"][-1]["text"]


def _certificate(folder: Path) -> tuple[Path, Path]:
    pem, key = folder / "server.pem", folder / "key.pem"
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout {key} -out {pem}"
    subprocess.run(command.split(), check=True, capture_output=True)
    return pem, key


def _trusting(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(certificate))
    context.check_hostname = False
    return context
