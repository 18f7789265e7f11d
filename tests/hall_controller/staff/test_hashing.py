"""Secrets are hashed in a process of their own: rightly, one at a time, and never in the controller's memory."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type

from hall_controller.staff import hash_worker
from hall_controller.staff.hashing import NOBODY, Hashing, TooBusy, made_now


async def test_the_right_secret_fits_and_no_other() -> None:
    hashing = Hashing()
    stored = await hashing.made("4711")
    assert await hashing.fits(stored, "4711")
    assert not await hashing.fits(stored, "4712")
    assert not await hashing.fits("not a hash", "4711")


async def test_nobodys_secret_never_fits_and_is_looked_at_as_long() -> None:
    assert not await Hashing().fits(None, "4711")
    assert extract_parameters(NOBODY) == extract_parameters(hash_worker.HASHER.hash("4711"))
    assert hash_worker.answer({"secret": "nobody in this hall", "stored": NOBODY}) == {"fits": True}


def test_the_hash_is_argon2id_with_19_mebibytes() -> None:
    made = extract_parameters(made_now("4711"))
    assert (made.type, made.memory_cost, made.time_cost, made.parallelism) == (Type.ID, 19_456, 2, 1)


def test_the_same_secret_is_never_hashed_alike() -> None:
    assert hash_worker.answer({"secret": "4711"}) != hash_worker.answer({"secret": "4711"})


@pytest.mark.alone
async def test_the_hall_goes_on_while_a_secret_is_checked() -> None:
    longest, last, done = 0.0, time.monotonic(), False

    async def beat() -> None:
        nonlocal longest, last
        while not done:
            await asyncio.sleep(0.005)
            longest, last = max(longest, time.monotonic() - last), time.monotonic()

    beating = asyncio.create_task(beat())
    await asyncio.gather(*(Hashing().fits(NOBODY, "4711") for _ in range(2)))
    done = True
    await beating
    assert longest < 0.5, "the checks take longer than this together, in processes of their own"


async def test_more_guesses_at_once_than_are_taken_are_refused_unread() -> None:
    hashing = Hashing(longest_queue=2)
    taken = [asyncio.create_task(hashing.made("4711")) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(TooBusy):
        await hashing.made("4711")
    await asyncio.gather(*taken)
    assert await hashing.made("4711")


def test_the_controller_itself_never_loads_argon2() -> None:
    loaded = "import sys, hall_controller.app; print('argon2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
