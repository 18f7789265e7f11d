"""What a display believes when messages come late, twice, in the wrong order or broken."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as some

from displays.newest import NOTHING, Newest, shown
from hall_controller.messages import LARGEST_PAYLOAD_BYTES, Payload, Shown
from tests.displays.boards import TOPICS, call, calls, counter, hall, queue, ready

PANEL = TOPICS.display("5")


def json(board: Payload) -> bytes:
    return board.model_dump_json().encode()


@given(some.lists(some.tuples(some.integers(1, 3), some.integers(0, 9)), min_size=1), some.randoms())
def test_a_display_never_shows_an_older_number_however_messages_arrive(
    numbers: list[tuple[int, int]], chance: Random
) -> None:
    told = [*numbers, *numbers[::2]]
    chance.shuffle(told)
    newest, seen = Newest("example"), []
    for epoch, rev in told:
        board = counter(rev, "calling", f"A{rev:03}").model_copy(update={"epoch": epoch})
        newest.take(PANEL, json(board))
        now = newest.counters["5"]
        assert now.ticket == f"A{now.rev:03}"
        seen.append((now.epoch, now.rev))
    assert all(before <= after for before, after in pairwise(seen))
    assert seen[-1] == max(numbers) == newest.number(PANEL)


def test_a_delivery_that_comes_twice_changes_nothing() -> None:
    newest, board = Newest("example"), json(counter(4, "open"))
    assert [newest.take(PANEL, board), newest.take(PANEL, board)] == ["new", "same"]


def test_the_same_number_with_other_words_is_believed_when_it_comes_later() -> None:
    newest = Newest("example")
    newest.take(TOPICS.hall_board, json(hall(open=True)))
    assert newest.take(TOPICS.hall_board, json(hall(open=False))) == "new"
    assert newest.hall is not None
    assert not newest.hall.open


def test_a_restored_backup_raises_the_epoch_and_old_boards_stay_until_newer_come() -> None:
    newest = Newest("example")
    newest.take(PANEL, json(counter(900, "calling", "A012")))
    newest.take(TOPICS.controller_state, json(ready(epoch=2)))
    assert newest.counters["5"].ticket == "A012"
    after = counter(1, "open").model_copy(update={"epoch": 2})
    assert newest.take(PANEL, json(after)) == "new"
    assert newest.take(PANEL, json(counter(901, "calling", "A013"))) == "old"
    assert newest.counters["5"].ticket is None


def test_each_topic_has_its_own_number() -> None:
    newest = Newest("example")
    newest.take(TOPICS.calls, json(calls(9, call("A012", "5"))))
    assert newest.take(PANEL, json(counter(3, "open"))) == "new"
    assert newest.take(TOPICS.queue("a"), json(queue("A", 4))) == "new"
    assert (newest.number(TOPICS.calls), newest.number(PANEL)) == ((1, 9), (1, 3))
    assert newest.board(TOPICS.queue("a")) == newest.queues["a"]


@given(some.binary(max_size=200))
def test_nothing_that_cannot_be_read_changes_what_is_shown(payload: bytes) -> None:
    newest = Newest("example")
    newest.take(PANEL, json(counter(4, "calling", "A012")))
    before = newest.counters["5"]
    if payload:
        assert newest.take(PANEL, payload) == "malformed"
        assert newest.counters["5"] == before


def test_a_known_field_with_an_illegal_value_drops_the_whole_message() -> None:
    newest = Newest("example")
    wrong = json(counter(4, "open")).replace(b'"open"', b'"asleep"')
    assert newest.take(PANEL, wrong) == "malformed"
    assert newest.taken["malformed"] == 1
    assert not newest.counters


def test_a_payload_larger_than_the_contract_allows_is_dropped() -> None:
    board = counter(4, "open", text={"vi": "x" * LARGEST_PAYLOAD_BYTES, "en": ""})
    assert Newest("example").take(PANEL, json(board)) == "malformed"


def test_an_unknown_field_is_ignored() -> None:
    grown = json(counter(4, "open")).replace(b"{", b'{"colour":"blue",', 1)
    assert Newest("example").take(PANEL, grown) == "new"


def test_other_topics_are_ignored() -> None:
    newest = Newest("example")
    for topic in ("qms/1/other/board/calls", TOPICS.announcement, TOPICS.event("ticket.called"), "x", ""):
        assert newest.take(topic, b"{}") == "ignored"


def test_a_counter_that_is_no_more_leaves_but_its_old_boards_do_not_come_back() -> None:
    newest = Newest("example")
    newest.take(PANEL, json(counter(4, "open")))
    assert newest.take(PANEL, b"") == "new"
    assert not newest.counters
    assert newest.take(PANEL, json(counter(3, "open"))) == "old"


def test_every_kind_of_board_can_be_taken_away() -> None:
    newest = Newest("example")
    told = {
        TOPICS.controller_state: ready(),
        TOPICS.calls: calls(1),
        TOPICS.hall_board: hall(),
        TOPICS.queue("a"): queue("A", 1),
    }
    for topic, board in told.items():
        newest.take(topic, json(board))
        newest.take(topic, b"")
    assert (newest.controller, newest.calls, newest.hall, dict(newest.queues)) == (None, None, None, {})


def test_what_is_shown_is_the_number_up_to_which_everything_stands_there() -> None:
    heard = {"panel": (1, 4), "calls": (1, 9), "hall": (1, 2)}
    assert shown(heard, frozenset()) == Shown(epoch=1, rev=9)
    assert shown(heard, frozenset({"calls"})) == Shown(epoch=1, rev=4)
    assert shown(heard, frozenset({"hall"})) is None
    assert shown({}, frozenset()) is None
    assert Newest("example").number("panel") == NOTHING
