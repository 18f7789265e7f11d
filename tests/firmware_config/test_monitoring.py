"""The dashboard and the alert rules that ship ask only for what a hall really tells.

The queries are read by a parser of PromQL, and the rules by Prometheus' own promtool where somebody has it: its Debian
package starts a server, so set-up does not install it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import promql_parser
import pytest
import pytest_asyncio
import yaml

from hall_controller.settings import Config
from tests.hall_controller.web.busy_hall import busy, families
from tests.hall_controller.web.hall_on_the_web import web_hall

FOLDER: Final = Path(__file__).parents[2] / "firmware_config"
RULES: Final = FOLDER / "prometheus" / "alerts.yml"
SCRAPING: Final = FOLDER / "prometheus" / "prometheus.yml"
DASHBOARD: Final = FOLDER / "grafana" / "hall-dashboard.json"
OF_PROMETHEUS: Final = {"up"}
ADDED_BY_SCRAPING: Final = {"hall", "job", "instance"}


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load(RULES.read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(DASHBOARD.read_text("utf-8"))["panels"]
    return found


def queries() -> list[str]:
    shown = [target["expr"] for panel in panels() for target in panel["targets"]]
    return [*(rule["expr"] for rule in rules()), *shown]


def asked(query: str) -> Iterator[tuple[str, set[str]]]:
    """Each metric that a query asks for, with the labels by which it chooses."""
    found: list[promql_parser.VectorSelector] = []

    def look(node: promql_parser.Expr) -> None:
        if isinstance(node, promql_parser.VectorSelector):
            found.append(node)

    promql_parser.walk(promql_parser.parse(query.replace("$__range", "6h")), look)
    for selector in found:
        assert selector.name, query
        yield selector.name, {matcher.name for matcher in selector.matchers.matchers}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What a busy hall tells: names, each with its labels."""
    found: dict[str, set[str]] = {}
    async with web_hall(tmp_path_factory.mktemp("busy")) as hall:
        await busy(hall)
        for family in await families(hall):
            for sample in family.samples:
                found.setdefault(sample.name, set()).update(sample.labels)
    return found


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("query", sorted(set(queries())))
async def test_every_query_asks_for_metrics_and_labels_that_exist(
    query: str, told: dict[str, set[str]]
) -> None:
    metrics = list(asked(query))
    assert metrics, "a query about nothing"
    for name, labels in metrics:
        if name not in OF_PROMETHEUS:
            assert name in told, f"{query}: the hall tells no {name}"
            assert labels <= told[name] | ADDED_BY_SCRAPING, f"{query}: {name} has labels {told[name]}"


def test_a_metric_that_nobody_tells_would_be_found() -> None:
    found = dict(asked('sum by (le) (rate(hall_invented_bucket{mood="bad"}[5m])) > bool 3 or up'))
    assert found == {"hall_invented_bucket": {"mood"}, "up": set()}


def test_borders_of_waits_that_a_query_names_are_borders_of_the_metric() -> None:
    borders = [query for query in queries() if 'le="' in query]
    assert len(borders) == 2
    assert all('le="900.0"' in query or 'le="1800.0"' in query for query in borders)


def test_every_rule_says_how_bad_it_is_and_what_to_do() -> None:
    names = [rule["alert"] for rule in rules()]
    assert len(names) == len(set(names))
    for rule in rules():
        assert rule["labels"]["severity"] in {"info", "warning", "critical"}
        assert rule["annotations"]["summary"].startswith("{{ $labels.hall }}")
        assert len(rule["annotations"]["description"]) > 20


def test_panels_do_not_lie_on_each_other() -> None:
    taken: dict[tuple[int, int], str] = {}
    for panel in panels():
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        for x in range(place["x"], place["x"] + place["w"]):
            for y in range(place["y"], place["y"] + place["h"]):
                assert taken.setdefault((x, y), panel["title"]) == panel["title"]
    assert len({panel["id"] for panel in panels()}) == len(panels())


def test_the_scraping_example_goes_where_a_hall_answers() -> None:
    (job,) = yaml.safe_load(SCRAPING.read_text("utf-8"))["scrape_configs"]
    port = Config.model_json_schema()["$defs"]["Http"]["properties"]["port"]["default"]
    assert job["metrics_path"] == "/metrics"
    assert all(target.endswith(f":{port}") for each in job["static_configs"] for target in each["targets"])
    assert all("hall" in each["labels"] for each in job["static_configs"])


@pytest.mark.parametrize("words", [("rules", str(RULES)), ("config", str(SCRAPING))], ids=lambda w: w[0])
def test_promtool_finds_nothing_wrong(words: tuple[str, str]) -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip(
            "promtool is in Debian's prometheus, which starts a server: sudo apt-get install prometheus"
        )
    done = subprocess.run([promtool, "check", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
