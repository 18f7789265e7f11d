"""Panels on a shared line take turns: the one whose number changed goes first."""

from __future__ import annotations

import asyncio

import pytest

from displays.turns import Turns


def with_news() -> bool:
    return True


def without_news() -> bool:
    return False


class Queue:
    """Panels that wait at one line, and the order in which they got it."""

    def __init__(self) -> None:
        self.turns = Turns()
        self.order: list[str] = []
        self._frame_ends = asyncio.Event()
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def comes(self, name: str, *, news: bool = False) -> None:
        self._tasks[name] = asyncio.create_task(self._wait(name, news=news))
        await asyncio.sleep(0)

    async def _wait(self, name: str, *, news: bool) -> None:
        async with self.turns.turn(with_news if news else without_news):
            self.order.append(name)
            await self._frame_ends.wait()

    async def leaves(self, name: str) -> None:
        self._tasks[name].cancel()
        await asyncio.gather(self._tasks[name], return_exceptions=True)

    async def served(self) -> list[str]:
        self._frame_ends.set()
        await asyncio.wait_for(asyncio.gather(*self._tasks.values(), return_exceptions=True), 15)
        return self.order


async def test_a_free_line_is_given_at_once_and_again() -> None:
    turns = Turns()
    for _ in range(3):
        async with turns.turn(without_news):
            pass


async def test_without_news_panels_come_in_the_order_in_which_they_asked() -> None:
    queue = Queue()
    for name in "abcd":
        await queue.comes(name)
    assert await queue.served() == ["a", "b", "c", "d"]


async def test_a_panel_whose_number_changed_goes_before_all_refreshes() -> None:
    queue = Queue()
    for name in "abc":
        await queue.comes(name)
    await queue.comes("called", news=True)
    assert await queue.served() == ["a", "called", "b", "c"]


async def test_two_calls_keep_their_order() -> None:
    queue = Queue()
    await queue.comes("a")
    await queue.comes("b")
    await queue.comes("first", news=True)
    await queue.comes("second", news=True)
    assert await queue.served() == ["a", "first", "second", "b"]


async def test_a_panel_that_waits_to_be_refreshed_goes_first_when_its_number_changes_meanwhile() -> None:
    turns, order, changed = Turns(), [], set[str]()

    async def panel(name: str) -> None:
        async with turns.turn(lambda: name in changed):
            order.append(name)

    async with turns.turn(without_news):
        tasks = [asyncio.create_task(panel(name)) for name in "abc"]
        await asyncio.sleep(0)
        changed.add("c")
    await asyncio.gather(*tasks)
    assert order == ["c", "a", "b"]


async def test_a_panel_that_gives_up_waiting_holds_up_nobody() -> None:
    queue = Queue()
    for name in "abc":
        await queue.comes(name)
    await queue.leaves("b")
    assert await queue.served() == ["a", "c"]


async def test_a_turn_that_comes_to_somebody_who_just_left_is_passed_on() -> None:
    turns = Turns()
    async with turns.turn(without_news):
        leaving = asyncio.create_task(turns._take(without_news))  # noqa: SLF001 - given and cancelled in one step
        await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    async with asyncio.timeout(15), turns.turn(without_news):
        pass


async def test_a_panel_that_fails_in_its_turn_gives_the_line_away() -> None:
    turns = Turns()
    with pytest.raises(ZeroDivisionError):
        async with turns.turn(without_news):
            int(1 / 0)
    async with asyncio.timeout(15), turns.turn(without_news):
        pass
