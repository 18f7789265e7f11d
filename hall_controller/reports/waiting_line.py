"""How long a line is to be expected: Erlang C, for arrivals and service times without memory (M/M/c).

A first answer to "what would one more counter do", and a check of the replay. A hall's service times vary less than
these formulas take them to, and its arrivals more over the day.
"""

from __future__ import annotations

from math import exp


def load(arrivals_per_h: float, service_min: float, counters: int) -> float:
    """The share of the time in which a counter is busy; 1 and more means a line that only grows."""
    return arrivals_per_h * service_min / 60 / counters


def share_who_wait(arrivals_per_h: float, service_min: float, counters: int) -> float:
    """The probability that a visitor waits at all (A. K. Erlang, 1917), by the stable recursion through Erlang B.

    >>> round(share_who_wait(4.5, 12, 1), 3)
    0.9
    """
    rho = load(arrivals_per_h, service_min, counters)
    if rho >= 1:
        return 1.0
    offered, lost = rho * counters, 1.0
    for n in range(1, counters + 1):
        lost = offered * lost / (n + offered * lost)
    return lost / (1 - rho * (1 - lost))


def mean_wait_min(arrivals_per_h: float, service_min: float, counters: int) -> float | None:
    """The mean wait of all visitors, those who do not wait included; None when the line only grows.

    >>> round(mean_wait_min(4.5, 12, 1)), round(mean_wait_min(4.5, 12, 2), 2)
    (108, 3.05)
    """
    rho = load(arrivals_per_h, service_min, counters)
    if rho >= 1:
        return None
    return share_who_wait(arrivals_per_h, service_min, counters) * service_min / (counters * (1 - rho))


def share_over(arrivals_per_h: float, service_min: float, counters: int, wait_min: float) -> float:
    """The share of visitors who wait longer than that; 1 when the line only grows."""
    rho = load(arrivals_per_h, service_min, counters)
    if rho >= 1:
        return 1.0
    slower = exp(-counters * (1 - rho) * wait_min / service_min)
    return share_who_wait(arrivals_per_h, service_min, counters) * slower


def counters_needed(arrivals_per_h: float, service_min: float, target_min: float) -> int:
    """The least number of counters with a mean wait within the target; `target_min` above zero."""
    counters = 1
    while (wait := mean_wait_min(arrivals_per_h, service_min, counters)) is None or wait > target_min:
        counters += 1
    return counters
