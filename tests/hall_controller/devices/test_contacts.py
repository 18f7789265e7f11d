"""Contacts that bounce, are tapped twice, or stick: calls are those that were intended (fault 25)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from hall_controller.devices.contacts import STUCK_S, Contacts, Freed, Pressed, Stuck

SETTLE_S = 0.02
EARLIEST_S = 100.0
bounces = some.lists(some.floats(0.0001, 0.9 * SETTLE_S), max_size=6).map(
    lambda gaps: gaps[: len(gaps) // 2 * 2]
)
"""How long the level stays between bounces; an even number of edges, so that it ends where it began."""
quiet = some.floats(1.1 * SETTLE_S, 2.0)
press = some.tuples(bounces, quiet, bounces, quiet)
"""Bouncing on the way down, how long it is held, bouncing on the way up, how long it rests."""


def edges(presses: list[tuple[list[float], float, list[float], float]]) -> list[tuple[bool, float]]:
    """The edges of a finger that means so many presses."""
    now_s, found = EARLIEST_S, []
    for down_bounces, held_s, up_bounces, rest_s in presses:
        for down, gaps, then_s in ((True, down_bounces, held_s), (False, up_bounces, rest_s)):
            level = down
            for gap_s in [*gaps, then_s]:
                found.append((level, now_s))
                now_s += gap_s
                level = not level
    return found


def played(train: list[tuple[bool, float]], looks: list[float]) -> list[object]:
    """All that happened, looked at after the edges given by `looks` (0 to 1 of the way to the next) and at the end."""
    contacts = Contacts[str](SETTLE_S)
    happened: list[object] = []
    for number, (down, at_s) in enumerate(train):
        contacts.change("next", down, at_s)
        if number < len(looks) and number + 1 < len(train):
            happened += contacts.look(at_s + looks[number] * (train[number + 1][1] - at_s))
    return [*happened, *contacts.look(train[-1][1] + 5.0 if train else 0.0)]


@given(presses=some.lists(press, max_size=8), looks=some.lists(some.floats(0, 1), max_size=40))
def test_presses_are_those_intended_however_the_contacts_bounce_and_whenever_somebody_looks(
    presses: list[tuple[list[float], float, list[float], float]], looks: list[float]
) -> None:
    happened = played(edges(presses), looks)
    assert [type(one) for one in happened] == [Pressed] * len(presses)


@given(presses=some.lists(press, min_size=1, max_size=8))
def test_a_press_is_told_with_the_time_from_which_on_the_key_was_down(
    presses: list[tuple[list[float], float, list[float], float]],
) -> None:
    train = edges(presses)
    times = [one.at_s for one in played(train, []) if isinstance(one, Pressed)]
    assert times == sorted(times)
    assert set(times) <= {at_s for down, at_s in train if down}


@given(gaps=some.lists(some.floats(0.0001, 0.9 * SETTLE_S), min_size=1, max_size=60))
def test_sparks_and_crosstalk_press_nothing(gaps: list[float]) -> None:
    contacts, now_s, level = Contacts[str](SETTLE_S), EARLIEST_S, True
    for gap_s in gaps:
        contacts.change("next", level, now_s)
        now_s, level = now_s + gap_s, not level
    contacts.change("next", down=False, at_s=now_s)
    assert contacts.look(now_s + 60) == []


@given(held_s=some.floats(STUCK_S, 100 * STUCK_S), jitter=bounces)
def test_a_key_that_sticks_is_one_press_told_once_and_freed_once(held_s: float, jitter: list[float]) -> None:
    contacts = Contacts[str](SETTLE_S)
    now_s = EARLIEST_S
    contacts.change("next", down=True, at_s=now_s)
    for gap_s in jitter:  # somebody wiggles it, and it stays down
        now_s += SETTLE_S + gap_s
        contacts.change("next", down=False, at_s=now_s)
        contacts.change("next", down=True, at_s=now_s + gap_s)
    up_s = EARLIEST_S + held_s + 1
    happened = [*contacts.look(now_s + 1), *contacts.look(up_s)]
    contacts.change("next", down=False, at_s=up_s)
    happened += contacts.look(up_s + 1)
    assert happened == [Pressed("next", EARLIEST_S), Stuck("next"), Freed("next")]


@given(train=some.lists(some.tuples(some.booleans(), some.floats(0, 1)), max_size=30))
def test_whoever_looks_when_it_is_due_misses_nothing_and_is_not_called_for_nothing(
    train: list[tuple[bool, float]],
) -> None:
    contacts, now_s = Contacts[str](SETTLE_S), EARLIEST_S
    for down, gap_s in train:
        contacts.change("next", down, now_s)
        contacts.look(now_s)
        while (due_s := contacts.due_s) is not None and due_s < now_s + gap_s:
            contacts.look(due_s)
            assert contacts.due_s != due_s
        now_s += gap_s


def test_a_key_that_came_up_in_time_was_not_stuck_however_late_somebody_looks() -> None:
    assert played([(True, 1.0), (False, 1.0 + 0.9 * STUCK_S)], []) == [Pressed("next", 1.0)]
    contacts = Contacts[str](SETTLE_S)
    contacts.change("next", down=True, at_s=1.0)
    contacts.change("next", down=False, at_s=5.0)
    assert contacts.look(1000.0) == [Pressed("next", 1.0)]


def test_two_quick_taps_are_two_presses_for_the_rules_to_judge() -> None:
    train = [(True, 1.0), (False, 1.05), (True, 1.1), (False, 1.15)]
    assert played(train, []) == [Pressed("next", 1.0), Pressed("next", 1.1)]


def test_a_key_that_was_down_before_is_no_press_but_may_be_stuck() -> None:
    contacts = Contacts[str](SETTLE_S)
    contacts.change("next", down=True, at_s=1.0, before=True)
    assert contacts.look(5.0) == []
    assert contacts.look(1.0 + STUCK_S) == [Stuck("next")]
    contacts.change("next", down=False, at_s=20.0)
    contacts.change("next", down=True, at_s=21.0)
    assert contacts.look(22.0) == [Freed("next"), Pressed("next", 21.0)]


def test_keys_of_one_pad_do_not_mind_each_other() -> None:
    contacts = Contacts[str](SETTLE_S)
    contacts.change("next", down=True, at_s=1.0)
    contacts.change("recall", down=True, at_s=1.01)
    contacts.change("recall", down=False, at_s=1.02)
    assert contacts.look(2.0) == [Pressed("next", 1.0)]


def test_a_line_that_goes_away_frees_what_was_stuck_and_forgets_what_was_down() -> None:
    contacts = Contacts[str](SETTLE_S)
    contacts.change("next", down=True, at_s=1.0)
    contacts.look(20.0)
    contacts.forget()
    assert contacts.look(21.0) == [Freed("next")]
    assert contacts.due_s is None


def test_keys_without_bounce_are_pressed_at_once() -> None:
    contacts = Contacts[str](settle_s=0)
    contacts.change("next", down=True, at_s=1.0)
    assert contacts.look(1.0) == [Pressed("next", 1.0)]
