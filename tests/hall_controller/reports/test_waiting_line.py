"""The formulas of waiting lines give the numbers of the textbooks and those of a simulation by somebody else."""

from __future__ import annotations

from statistics import fmean

import ciw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall_controller.reports.waiting_line import (
    counters_needed,
    load,
    mean_wait_min,
    share_over,
    share_who_wait,
)

STEADY = settings(derandomize=True, database=None, deadline=None)


def test_one_counter_at_4_and_a_half_an_hour_and_12_minutes_is_108_minutes_and_two_are_3() -> None:
    one, two = mean_wait_min(4.5, 12, 1), mean_wait_min(4.5, 12, 2)
    assert one == pytest.approx(108)
    assert two is not None
    assert round(two, 2) == 3.05


@pytest.mark.parametrize(
    ("offered", "counters", "waits"),
    [(0.5, 1, 0.5), (1.0, 2, 0.3333), (2.0, 3, 0.4444), (5.0, 6, 0.5875), (8.0, 10, 0.4092)],
)
def test_the_share_who_wait_is_erlangs(offered: float, counters: int, waits: float) -> None:
    """Erlang C, as tabled in the textbooks: 5 erlangs at 6 servers wait with 0.5875."""
    assert share_who_wait(offered * 6, 10, counters) == pytest.approx(waits, abs=5e-4)


@pytest.mark.parametrize("arrivals", [5.0, 6.0, 100.0])
def test_a_line_that_only_grows_has_no_mean(arrivals: float) -> None:
    assert load(arrivals, 12, 1) >= 1
    assert mean_wait_min(arrivals, 12, 1) is None
    assert share_who_wait(arrivals, 12, 1) == 1
    assert share_over(arrivals, 12, 1, 30) == 1


@STEADY
@given(st.floats(0.1, 40), st.floats(1, 20), st.integers(1, 20))
def test_one_counter_more_never_makes_anybody_wait_longer(
    arrivals: float, service: float, counters: int
) -> None:
    before, after = (mean_wait_min(arrivals, service, n) for n in (counters, counters + 1))
    if before is not None:
        assert after is not None
        assert 0 <= after <= before
        assert share_over(arrivals, service, counters + 1, 15) <= share_over(arrivals, service, counters, 15)


@STEADY
@given(st.floats(0.1, 5), st.floats(1, 11.9))
def test_with_one_counter_the_share_who_wait_is_the_load(arrivals: float, service: float) -> None:
    if load(arrivals, service, 1) < 1:
        assert share_who_wait(arrivals, service, 1) == pytest.approx(load(arrivals, service, 1))


def test_the_share_over_nothing_is_the_share_who_wait_and_falls_from_there() -> None:
    assert share_over(4.5, 12, 2, 0) == share_who_wait(4.5, 12, 2)
    shares = [share_over(4.5, 12, 1, minutes) for minutes in (0, 15, 30, 60)]
    assert shares == sorted(shares, reverse=True)
    assert shares[2] == pytest.approx(0.9 * 2.718281828 ** (-0.25), rel=1e-6)


@pytest.mark.parametrize(
    ("arrivals", "service", "target", "counters"),
    [(4.5, 12, 15, 2), (4.5, 12, 109, 1), (40, 9, 15, 7), (0.1, 5, 1, 1)],
)
def test_so_many_counters_are_needed(arrivals: float, service: float, target: float, counters: int) -> None:
    assert counters_needed(arrivals, service, target) == counters
    wait = mean_wait_min(arrivals, service, counters)
    assert wait is not None
    assert wait <= target + 1e-9


@pytest.mark.parametrize(("arrivals", "service", "counters"), [(4.5, 12, 2), (13.0, 8, 3)])
def test_a_simulation_by_somebody_else_waits_as_long(arrivals: float, service: float, counters: int) -> None:
    """Ciw (G. I. Palmer et al., 2019), seeded; 30,000 visitors after the first 2,000."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(arrivals / 60)],
        service_distributions=[ciw.dists.Exponential(1 / service)],
        number_of_servers=[counters],
    )
    ciw.seed(7)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(32_000)
    records = sorted(simulation.get_all_records(), key=lambda record: record.arrival_date)[2_000:]
    waits = [record.waiting_time for record in records]
    expected = mean_wait_min(arrivals, service, counters)
    assert fmean(waits) == pytest.approx(expected, rel=0.1)
    assert fmean(wait > 15 for wait in waits) == pytest.approx(
        share_over(arrivals, service, counters, 15), abs=0.02
    )
