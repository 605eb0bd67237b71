"""Every axis has labels, however near or far its values are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inboxwright.report.axes import linear, logarithmic
from inboxwright.report.latency import Latency
from inboxwright.report.plots import mail_plot


@given(low=st.floats(0.05, 1e6), ratio=st.floats(1, 1e6))
def test_a_logarithmic_axis_has_three_to_nine_labels_within_it(low: float, ratio: float) -> None:
    axis = logarithmic(low, low * ratio)

    assert 3 <= len(axis.ticks) <= 9
    assert all(-0.001 <= axis.place(tick) <= 1.001 for tick in axis.ticks)
    assert list(axis.ticks) == sorted(set(axis.ticks))


@given(end=st.floats(0.001, 1e6))
def test_a_linear_axis_starts_at_0_and_has_up_to_ten_labels(end: float) -> None:
    axis = linear(end)

    assert axis.ticks[0] == 0
    assert 4 <= len(axis.ticks) <= 10
    assert axis.place(axis.ticks[-1]) <= 1.000001


@pytest.mark.parametrize("took", [(430.0, 512.0), (12.0,), (210.0, 980.0), (3.0, 45_000.0)])
def test_the_plot_of_mail_is_labelled_where_all_times_lie_within_one_decade(took: tuple[float, ...]) -> None:
    drawing = mail_plot([Latency(journey="sign_up", provider="mailpit", took=took, without=0)])

    labels = [
        part.partition("<")[0] for part in drawing.split('class="label"')[1:] for part in [part.partition(">")[2]]
    ]
    assert len([label for label in labels if label.endswith("s")]) >= 3, labels
