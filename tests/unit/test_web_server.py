"""The application under test is started, waited for and stopped; each way to fail says what to do."""

import socket
import sys
import textwrap
import time
from pathlib import Path

import pytest

from inboxwright.errors import ConfigError
from inboxwright.processes import WebServer, free_port

APP = """
    import http.server, itertools, sys
    port, *answers = (int(word) for word in sys.argv[1:])
    replies = itertools.chain(answers, itertools.repeat(answers[-1]))

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            status = 200 if self.path == "/moved" else next(replies)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/moved")
            if status == 307:
                self.send_header("Location", "http://sso.example/login")
            if status == 308:
                self.send_header("Location", "http://[nowhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

    http.server.ThreadingHTTPServer.allow_reuse_address = False
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    print("app is up")
    server.serve_forever()
"""


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def app(tmp_path: Path, port: int) -> str:
    """A command that serves; the status codes that it answers, in turn, are to be added."""
    (tmp_path / "app.py").write_text(textwrap.dedent(APP))
    return f"python {tmp_path}/app.py {port}"


def is_up(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_server_is_ready_when_its_url_answers_2xx_and_stopped_at_the_end(app: str, port: int) -> None:
    with WebServer(f"{app} 204", url=f"http://127.0.0.1:{port}/healthz") as server:
        assert is_up(port)
        assert server.poll() is None

    assert not is_up(port)
    assert server.output_tail().startswith("app is up")


def test_a_starting_application_may_answer_503_first(app: str, port: int) -> None:
    with WebServer(f"{app} 503 503 404 200 503", url=f"http://127.0.0.1:{port}/") as server:
        assert server.output_tail().count('"GET / HTTP/1.1" 503') == 2


def test_a_port_is_ready_when_it_accepts_connections(app: str, port: int) -> None:
    with WebServer(f"{app} 500", port=port):
        assert is_up(port)


def test_a_redirect_within_the_application_is_followed(app: str, port: int) -> None:
    with WebServer(f"{app} 302", url=f"http://127.0.0.1:{port}/") as server:
        assert "GET /moved" in server.output_tail()


def test_a_redirect_to_another_host_is_not_followed_and_named(app: str, port: int) -> None:
    with WebServer(f"{app} 307", port=port), pytest.raises(ConfigError, match=r"307 to http://sso\.example/login, and"):
        WebServer("true", url=f"http://127.0.0.1:{port}/", timeout=300, reuse_existing_server=True).start()


def test_a_redirect_that_makes_no_sense_is_named(app: str, port: int) -> None:
    with pytest.raises(ConfigError, match=r"308 to http://\[nowhere, and"):
        WebServer(f"{app} 308", url=f"http://127.0.0.1:{port}/", timeout=2000).start()


def test_an_application_that_answers_500_is_told_with_its_status_and_output(app: str, port: int) -> None:
    with pytest.raises(ConfigError) as caught:
        WebServer(f"{app} 500", url=f"http://127.0.0.1:{port}/healthz", timeout=2500).start()

    assert f"was not ready within 2500 ms: http://127.0.0.1:{port}/healthz answered 500" in str(caught.value)
    assert 'raise webServer "timeout"' in str(caught.value)
    assert "Its last output:\napp is up" in str(caught.value)
    assert '"GET /healthz HTTP/1.1" 500' not in str(caught.value)
    assert not is_up(port)


def test_an_application_that_ends_is_told_at_once_with_code_and_output(port: int) -> None:
    began = time.monotonic()

    with pytest.raises(ConfigError, match=r"exited with code 3 before http.* Its last output:\nno settings"):
        WebServer("echo no settings >&2; exit 3", url=f"http://127.0.0.1:{port}/").start()

    assert time.monotonic() - began < 5


def test_an_application_that_is_killed_names_the_signal(port: int) -> None:
    with pytest.raises(ConfigError, match=r"exited with code 137 \(SIGKILL\) before port \d+ was ready\. It printed"):
        WebServer("kill -9 $$", port=port).start()


def test_an_application_that_never_answers_is_told_so(port: int) -> None:
    with (
        socket.create_server(("127.0.0.1", port)),  # the kernel accepts, nobody answers
        pytest.raises(ConfigError, match=r"accepted a connection but did not answer within 0\.\d s"),
    ):
        WebServer("true", url=f"http://127.0.0.1:{port}/", timeout=900, reuse_existing_server=True).start()


def test_a_taken_port_is_named_with_the_remedy_and_nothing_is_started(tmp_path: Path, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)), pytest.raises(ConfigError) as caught:
        WebServer(f"touch {tmp_path}/started", url=f"http://127.0.0.1:{port}/").start()

    assert f"port {port} is taken: something listens on 127.0.0.1:{port} already" in str(caught.value)
    assert '"reuseExistingServer": true' in str(caught.value)
    assert not (tmp_path / "started").exists()


def test_a_port_that_was_taken_in_between_is_explained(app: str, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))  # bound, but not listening yet

        with pytest.raises(ConfigError, match=rf"exited with code 1 .* Port {port}, or another it wants, is taken"):
            WebServer(f"{app} 200", url=f"http://127.0.0.1:{port}/").start()


def test_a_running_server_is_reused_and_left_running(app: str, port: int, tmp_path: Path) -> None:
    with WebServer(f"{app} 200", port=port):
        with WebServer(f"touch {tmp_path}/no", url=f"http://127.0.0.1:{port}/", reuse_existing_server=True):
            pass

        assert is_up(port)
    assert not (tmp_path / "no").exists()


def test_a_running_server_that_answers_500_is_not_blamed_on_the_command(app: str, port: int) -> None:
    with (
        WebServer(f"{app} 500", port=port),
        pytest.raises(ConfigError, match=r"what listens on .* answered 500"),
    ):
        WebServer("true", url=f"http://127.0.0.1:{port}/", timeout=300, reuse_existing_server=True).start()


def test_reuse_starts_the_server_where_none_runs(app: str, port: int) -> None:
    with WebServer(f"{app} 200", url=f"http://127.0.0.1:{port}/", reuse_existing_server=True):
        assert is_up(port)

    assert not is_up(port)


def test_python_in_the_command_is_the_one_that_runs_the_tests(
    app: str, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    show = f"python -c 'import sys; print(sys.prefix)'; {app} 200"

    with WebServer(show, port=port) as server:
        assert server.output_tail().splitlines()[0] == sys.prefix


def test_the_environment_and_the_directory_reach_the_application(app: str, port: int, tmp_path: Path) -> None:
    command = f'echo "$SMTP_PORT in $(pwd)"; {app} 200'

    with WebServer(command, port=port, env={"SMTP_PORT": "2525"}, cwd=tmp_path) as server:
        assert server.output_tail().splitlines()[0] == f"2525 in {tmp_path.resolve()}"


def test_an_interrupted_start_leaves_nothing_behind(app: str, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    server = WebServer(f"{app} 503", url=f"http://127.0.0.1:{port}/")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(WebServer, "_is_ready", interrupt)
    with pytest.raises(KeyboardInterrupt):
        server.start()

    assert server.poll() is not None


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "http://", "http://127.0.0.1:0/", "ftp://x/", "http://h:port/"])
def test_an_url_that_cannot_be_waited_for_is_refused(url: str) -> None:
    with pytest.raises(ConfigError, match=r"it must be like http://"):
        WebServer("true", url=url)


@pytest.mark.parametrize("given", [{}, {"url": "http://127.0.0.1:1/", "port": 1}])
def test_url_or_port_must_be_given_and_not_both(given: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="by 'url' or by 'port', not both"):
        WebServer("true", **given)  # type: ignore[arg-type]  # on purpose
