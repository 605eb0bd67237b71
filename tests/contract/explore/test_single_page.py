"""A single-page application without a form element: sign-up in a dialog, a code by mail, routes in the fragment."""

import sys
from pathlib import Path

from tests.contract.explore.test_explorer import explored, states

APP = Path(__file__).parent / "single_page" / "app.py"


def test_a_dialog_a_required_box_and_a_mailed_code(tmp_path: Path) -> None:
    found = explored(tmp_path, f"{sys.executable} {APP}", "sign_up", path="/")

    assert states(found) == {"sign_up": "written"}
    assert "refuses_a_wrong_code" in (tmp_path / "e2e" / "test_sign_up.py").read_text(encoding="utf-8")
    assert (tmp_path / "flows" / "sign_up.py").read_text(encoding="utf-8").count(".open()") == 1
