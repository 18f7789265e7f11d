"""The demo's own processes: watched while it runs, and ended with it whatever they do."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from hall_controller.demonstration.children import GOODBYE_S, Children
from hall_controller.errors import HallError

SLEEPS = "import time; print('here', flush=True); time.sleep(60)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + SLEEPS


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


async def said(stream: asyncio.StreamReader | None) -> None:
    """Wait for the first line of a process."""
    assert stream is not None
    assert await stream.readline() == b"here\n"


async def test_a_process_that_ends_by_itself_is_told_with_its_last_words(tmp_path: Path) -> None:
    children = Children(tmp_path)
    await children.start("printer", python("import sys; sys.exit('no paper\\n +--- \\n')"))
    with pytest.raises(HallError, match=r"its printer ended by itself \(code 1\), and last said: no paper"):
        await asyncio.wait_for(children.watch(), 10)
    await children.end()


async def test_a_silent_end_is_told_as_such(tmp_path: Path) -> None:
    children = Children(tmp_path)
    await children.start("printer", python(""))
    with pytest.raises(HallError, match=r"code 0.*it said nothing"):
        await asyncio.wait_for(children.watch(), 10)


async def test_a_process_started_while_watching_is_watched_too(tmp_path: Path) -> None:
    children = Children(tmp_path)
    watching = asyncio.create_task(children.watch())
    await asyncio.sleep(0)
    await children.start("late", python("raise SystemExit(3)"))
    with pytest.raises(HallError, match="its late ended by itself"):
        await asyncio.wait_for(watching, 10)


async def test_a_window_may_be_closed(tmp_path: Path) -> None:
    children = Children(tmp_path)
    child = await children.start("window", python(""), may_end=True)
    watching = asyncio.create_task(children.watch())
    await child.process.wait()
    done, _ = await asyncio.wait({watching}, timeout=0.1)
    assert not done
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


@pytest.mark.alone
async def test_all_are_ended_even_one_that_does_not_listen(tmp_path: Path) -> None:
    children = Children(tmp_path)
    pipe = asyncio.subprocess.PIPE
    tame = await children.start("tame", python(SLEEPS), stdout=pipe)
    deaf = await children.start("deaf", python(DEAF), stdout=pipe)
    await said(tame.process.stdout)
    await said(deaf.process.stdout)
    began_s = time.monotonic()
    await children.end()
    assert (tame.process.returncode, deaf.process.returncode) == (-signal.SIGTERM, -signal.SIGKILL)
    assert time.monotonic() - began_s < GOODBYE_S + 1
    await children.end()


async def test_ctrl_c_in_the_terminal_reaches_only_the_demo(tmp_path: Path) -> None:
    children = Children(tmp_path)
    child = await children.start("part", python(SLEEPS), stdout=asyncio.subprocess.PIPE)
    assert os.getpgid(child.process.pid) != os.getpgid(0)
    await children.end()


async def test_a_program_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(HallError, match="/no/such/program: cannot be started"):
        await Children(tmp_path).start("ghost", ["/no/such/program"])
