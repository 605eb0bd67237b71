"""A journey recorded where another mail system receives: nothing of the recording or the test knows of it."""

from pathlib import Path

from tests.contract.record import journeys
from tests.contract.record.studio import Studio
from tests.contract.record.test_demo import run
from tests.contract.servers import SERVERS


def test_a_journey_is_recorded_with_mailpit_and_its_test_passes_there(tmp_path: Path) -> None:
    with SERVERS["mailpit"]() as server:
        inbox = {"provider": "mailpit", **server.options}
        with Studio(root=tmp_path, command="python -m demo", env={"DEMO_RATE_LIMITS": "off"}, inbox=inbox) as studio:
            recorded = studio.record("sign_up", "/accounts/signup/", journeys.sign_up)
            received = server.stored(recorded.timeline.values["inbox.address"].value)
        done = run(tmp_path, "pytest", "e2e", "-q")

    assert recorded.generated.notes == ()
    assert received == 1
    assert done.returncode == 0, done.stdout[-5000:]
    assert "mailpit" in done.stdout
