"""The last gate: what is still readable when a run ends fails it, by the name of the file."""

import base64
import gzip
import io
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest

from inboxwright.plugin._gate import Search, contents
from tests.plugin.inner import Ran, run

LEAKS = """
    import base64
    import zipfile
    from pathlib import Path

    def test_leaks(identity, output_path, inbox, send):
        send(inbox.address, text="Confirm: https://app.test/confirm?token=" + "q8ZrT2vLw9" + "XyKd4Bn6")
        token = inbox.wait_for_message().link(hosts="app.test").url.partition("=")[2]
        folder = Path(output_path)
        folder.mkdir(parents=True)
        Path("password").write_text(identity.password)
        (folder / "notes.txt").write_text("signed in with " + identity.password)
        with zipfile.ZipFile(folder / "kept.zip", "w") as archive:
            archive.writestr("inner.json", base64.b64encode(b"x" + token.encode()).decode())
            archive.writestr("plain.txt", token)
        (folder / "fine.txt").write_text("nothing to see")

    def test_is_fine(inbox):
        pass
"""


def _left(ran: Ran) -> list[str]:
    return [
        line
        for line in ran.out.partition("secrets left in artifacts")[2].splitlines()
        if ".txt" in line or ".zip" in line
    ]


@pytest.mark.parametrize("workers", [(), ("-n", "1")])
def test_a_secret_that_is_left_fails_the_run_by_the_name_of_its_file(tmp_path: Path, workers: tuple[str, ...]) -> None:
    ran = run(tmp_path, LEAKS, *workers)

    assert ran.code == pytest.ExitCode.TESTS_FAILED, ran.out
    assert "2 passed" in ran.out
    assert [line.rpartition("/")[2] for line in _left(ran)] == ["kept.zip (plain.txt)", "notes.txt"]
    assert (tmp_path / "password").read_text() not in ran.out
    assert "q8ZrT2vLw9XyKd4Bn6" not in ran.out


def test_the_search_can_be_left_out(tmp_path: Path) -> None:
    ran = run(tmp_path, LEAKS, "--no-leak-check")

    assert ran.code == pytest.ExitCode.OK, ran.out
    assert not _left(ran)


@pytest.mark.parametrize(
    "spelt",
    ['pa"s <é>&w0rd1', "pa\\\"s <\\u00e9>&w0rd1", "pa&quot;s &lt;é&gt;&amp;w0rd1", quote('pa"s <é>&w0rd1'),
     base64.b64encode('pa"s <é>&w0rd1'.encode()).decode()],
)  # fmt: skip
def test_every_spelling_is_found(spelt: str) -> None:
    assert Search(['pa"s <é>&w0rd1']).found_in(f'{{"typed": "{spelt}"}}'.encode())
    assert not Search(['pa"s <é>&w0rd1']).found_in(b'{"typed": "another one"}')


def test_a_short_code_is_no_part_of_a_number() -> None:
    assert not Search(["482913"]).found_in(b"1764153482913 0.482913 x482913")
    assert Search(["482913"]).found_in(b"the code 482913.")


def test_archives_within_archives_are_opened() -> None:
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.txt", "deep")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
        archive.writestr("log.gz", gzip.compress(b"packed"))

    assert [content for _, content in contents("outer.zip", outer.getvalue())] == [b"deep", b"packed"]
