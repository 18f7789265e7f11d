"""A key that bounces or sticks calls one visitor, and the hall after a restart knows it as well as the hall before."""

from __future__ import annotations

from pathlib import Path

from hall_controller.domain.catalogue import Calls
from hall_controller.domain.commands import CallNext, IssueTicket, OpenCounter
from hall_controller.domain.hall import Hall, evolve
from hall_controller.presses import key_command
from tests.hall_controller.live_hall import LiveHall

A_MINUTE = Calls(double_press_s=60)


async def test_a_key_that_sticks_calls_one_visitor_and_every_press_is_written_down(tmp_path: Path) -> None:
    async with LiveHall(tmp_path, calls=A_MINUTE) as hall:
        for _ in range(3):
            await hall.do(IssueTicket("land", "submit"))
        await hall.do(OpenCounter("1"))
        answers = [await hall.controller.submit(CallNext("1"), f"pad-1/41/{seq}") for seq in range(5)]
        assert [answer.ticket for answer in answers] == ["A001", None, None, None, None]
        assert {answer.refusal.code for answer in answers if answer.refusal} == {"double_press"}
        last = hall.controller.hall.desk("1").pressed_at
        called = hall.controller.hall.desk("1").called_at
        assert last is not None
        assert called is not None
        assert last > called, "each press begins the time anew"
        replayed = Hall(hall.catalogue)
        for record in hall.journal.replay():
            replayed = evolve(replayed, record.fact)
        assert replayed == hall.controller.hall


def test_the_key_next_can_name_a_visitor() -> None:
    assert key_command("next", "1", ticket="A007") == CallNext("1", "A007")
    assert key_command("next", "1") == CallNext("1")
