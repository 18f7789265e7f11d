"""An officer never sees a single score: no reply of the API holds one, and nothing changes with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hall_controller.web.hall_on_the_web import WebHall, web_hall

PLACES = ("/api/hall", "/counter/1", "/board", "/metrics", "/readyz")


def properties(schema: object, components: dict[str, Any]) -> Iterator[str]:
    """Every property that a reply may have, however deep."""
    match schema:
        case {"$ref": str(ref)}:
            yield from properties(components[ref.rpartition("/")[2]], components)
        case dict():
            yield from schema.get("properties", {})
            for part in schema.values():
                yield from properties(part, components)
        case list():
            for part in schema:
                yield from properties(part, components)
        case _:
            pass


async def test_no_reply_is_described_with_a_score(hall: WebHall) -> None:
    described = (await hall.http.get("/openapi.json")).json()
    components = described["components"]["schemas"]
    in_whole_groups = components.pop("ScoresReleased")  # how many are told, held to fives in test_counter_day
    assert in_whole_groups["properties"].keys() == {"scores", "mean"}
    components["ScoresReleased"] = {}
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    found = {name for operation in operations for name in properties(operation["responses"], components)}
    assert "ticket" in found
    assert not {name for name in found if "score" in name or "flag" in name}


async def rated_with(score: int, folder: Path) -> list[str]:
    """All that the web tells after a rating with that score, but for times and counts of the machine."""
    async with web_hall(folder) as hall:
        code = (await hall.take())["code"]
        for key in ("open", "next", "complete"):
            await hall.press("1", key)
        told = [(await hall.http.post("/api/counters/1/ratings", json={"score": score})).text]
        told += [(await hall.http.get(f"/api/tickets/{code}")).json()["state"]]
        hall_now = (await hall.http.get("/api/hall")).json()
        told += [str(sorted(hall_now)), str(hall_now["counters"]).count("score") * "score"]
        for path in PLACES:
            answer = await hall.http.get(path)
            assert answer.status_code == 200
            told += [line for line in answer.text.splitlines() if "score" in line.lower()]
    return told


@pytest.mark.parametrize("score", [1, 3])
async def test_what_the_web_tells_is_the_same_whatever_the_score(
    tmp_path_factory: pytest.TempPathFactory, score: int
) -> None:
    told, best = [await rated_with(given, tmp_path_factory.mktemp("hall")) for given in (score, 5)]
    assert told == best
