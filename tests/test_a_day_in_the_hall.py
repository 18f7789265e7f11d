"""Read this first: a day in the hall, from a press to panel, screen and paper; real parts, without hardware.

A real broker, the real controller as a process of its own, the displays' own feed and screen, an RS-485 panel at the
far end of a pseudo terminal. Belongs here: one story. Never here: its corners, which have tests of their own.
"""

from __future__ import annotations

from pathlib import Path

from hall_controller.journal_check import verify
from tests.debian import needs_debian
from tests.opened_hall import opened_hall


@needs_debian("mosquitto")
async def test_a_visitor_takes_a_number_is_called_is_served_and_rates(tmp_path: Path) -> None:
    async with opened_hall(tmp_path) as hall:
        # It is Tuesday, half past eight. The panel of counter 1 says "đóng", closed: LED letters have no marks.
        await hall.panel_shows("DONG")

        # Its officer opens it, and the panel shows that nobody is called.
        assert await hall.officer_presses("open") == ("ok", None)
        await hall.panel_shows("----")

        # A visitor comes about land and takes a number. Before the kiosk shows it, it is in the journal and on paper.
        given = await hall.visitor_takes_a_number("dat-dai", "submit")
        assert (given["number"], given["ahead"], given["printed"]) == ("A001", 0, True)
        assert len(hall.printed()) == 1

        # The officer presses "next". The number stands on the LED panel, and large on the screen.
        assert await hall.officer_presses("next") == ("ok", "A001")
        await hall.panel_shows("A001")
        words = await hall.screen_says(lambda words: words.hero.title == "A001")
        assert (words.hero.counter, words.hero.now) == ("1", True)

        # Nobody comes, so the officer calls once more: the same number, the second call, and no second row.
        assert await hall.officer_presses("recall") == ("ok", "A001")
        (call,) = (await hall.told())["calls"]
        assert (call["ticket"], call["name"], call["call"]) == ("A001", "1", 2)
        assert [row.ticket for row in hall.screen.view().rows] == ["A001"]

        # The visitor comes, is served and goes; the panel is free again.
        assert await hall.officer_presses("complete") == ("ok", None)
        await hall.panel_shows("----")

        # On the way out the visitor presses five, the best: it counts for this visit.
        assert await hall.visitor_rates(5) == ("ok", "A001")

        # The power fails and comes back. The journal is whole, and tells the very same hall.
        before = await hall.told()
        await hall.power_fails_and_returns()
        assert await hall.told() == before
        assert verify(hall.controller.data / "journal.sqlite").good

        # The next visitor gets the next number.
        assert (await hall.visitor_takes_a_number("dat-dai", "collect"))["number"] == "A002"
