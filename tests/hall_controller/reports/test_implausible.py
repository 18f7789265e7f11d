"""Scores that chance cannot explain are told; scores that it can are not."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall_controller.reports.implausible import Count, binomial_p, implausible

STEADY = settings(derandomize=True, database=None, deadline=None)


@STEADY
@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 20))
def test_the_test_is_exact(of: int, count: int, twentieths: int) -> None:
    count, share = min(count, of), Fraction(twentieths, 20)
    exact = [comb(of, n) * share**n * (1 - share) ** (of - n) for n in range(of + 1)]
    expected = min(Fraction(1), 2 * min(sum(exact[: count + 1]), sum(exact[count:])))
    assert binomial_p(count, of, twentieths / 20) == pytest.approx(float(expected), rel=1e-9, abs=1e-300)


def test_thousands_of_ratings_are_no_trouble() -> None:
    assert binomial_p(5000, 10_000, 0.5) == pytest.approx(1.0)
    assert 0 < binomial_p(9_800, 10_000, 0.9) < 1e-100


def test_an_officer_like_the_others_is_not_told() -> None:
    assert implausible({"lan": Count(90, 100), "minh": Count(85, 100), "hoa": Count(93, 100)}) == []


def test_an_officer_whom_everybody_likes_in_a_hall_that_few_like_is_told() -> None:
    (odd,) = implausible({"lan": Count(200, 200), "minh": Count(700, 1000), "hoa": Count(710, 1000)})
    assert (odd.officer, odd.ratings) == ("lan", Count(200, 200))
    assert odd.hall == pytest.approx(1610 / 2200)
    assert odd.p_value < 1e-20


def test_an_officer_whom_nobody_likes_is_told_first_when_that_is_rarer() -> None:
    others = {f"officer-{n}": Count(70, 100) for n in range(20)}
    told = implausible({"lan": Count(60, 60), "minh": Count(0, 60)} | others)
    assert [odd.officer for odd in told] == ["minh", "lan"]


def test_the_more_officers_are_looked_at_the_rarer_it_must_be() -> None:
    few = {"lan": Count(20, 20), "rest": Count(3980, 5480)}
    assert [odd.officer for odd in implausible(few)] == ["lan"]
    crowd = {"lan": Count(20, 20)} | {f"officer-{n}": Count(80, 110) for n in range(49)}
    assert binomial_p(20, 20, 3940 / 5410) < 0.005, "alone it would be told"
    assert implausible(crowd) == []


def test_a_hall_in_which_all_are_satisfied_or_nobody_rated_has_nobody_to_ask() -> None:
    assert implausible({"lan": Count(5000, 5000), "minh": Count(251, 251)}) == []
    assert implausible({"lan": Count(0, 0)}) == []
    assert implausible({}) == []
