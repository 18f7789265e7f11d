"""`hall install` puts a machine's files in their places, keeps what was changed, may be killed at any moment."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from hall_controller import config
from hall_controller.__main__ import cli
from hall_controller.errors import ConfigError, HallError
from hall_controller.installation import install as installing
from hall_controller.installation import secret_file
from hall_controller.installation.install import install
from tests.debian import needs_debian
from tests.hall_controller.installation.installed_machine import hall_with_devices

pytestmark = needs_debian("openssl")
ACL = "etc/mosquitto/hall.acl"
UNIT = "etc/systemd/system/hall-controller.service"
PASSWORDS = "etc/mosquitto/hall.passwords"
PORTS = "etc/udev/rules.d/85-hall.rules"
HALL = "etc/hall/hall.toml"


def tree(root: Path) -> dict[str, bytes]:
    """Every file below a root, by its path."""
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def outcomes(root: Path, report: object) -> dict[str, str]:
    """What became of each file."""
    lines = str(report).partition("\n\n")[0].splitlines()
    return {line.split()[1].removeprefix(f"{root}/"): line.split()[0] for line in lines}


def test_an_empty_machine_gets_a_whole_controller(tmp_path: Path) -> None:
    report = install(tmp_path, "controller")
    assert set(outcomes(tmp_path, report).values()) == {"new"}
    installed = config.load(tmp_path / HALL)
    assert installed.mqtt.username == "controller"
    assert installed.mqtt.password_file == "/etc/hall/controller.secret"
    assert installed.kiosk.dossiers == ""  # nobody's example dossiers are shown in a real hall
    assert installed.catalogue.file == str(tmp_path / "etc/hall/catalogue.csv")
    assert f"qms/1/{installed.hall.id}/device/%u/input" in (tmp_path / ACL).read_text("utf-8")
    assert not [
        name for name, content in tree(tmp_path).items() if b"@HALL@" in content or b"@BROKER@" in content
    ]


def test_installing_again_changes_nothing(tmp_path: Path) -> None:
    hall_with_devices(tmp_path)
    install(tmp_path, "controller")
    before = tree(tmp_path)
    again = outcomes(tmp_path, install(tmp_path, "controller"))
    assert tree(tmp_path) == before
    assert set(again.values()) == {"same", "kept"}
    assert again[HALL] == "kept"


def test_secrets_can_be_read_by_their_service_only(tmp_path: Path) -> None:
    install(tmp_path, "controller")
    modes = {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in tree(tmp_path)}
    assert {name for name, mode in modes.items() if mode == 0o600} == {
        "etc/hall/secrets.yaml",
        "etc/hall/tls/hall-ca.key",
    }
    assert {name for name, mode in modes.items() if mode == 0o640} == {
        "etc/hall/controller.secret",
        "etc/mosquitto/hall.passwords",
        "etc/mosquitto/hall-broker.pem",
    }
    assert all(mode == 0o644 for mode in modes.values() if mode not in {0o600, 0o640})


def test_every_device_has_a_secret_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    path = hall_with_devices(tmp_path)
    install(tmp_path, "controller")
    first = secret_file.read(tmp_path / "etc/hall/secrets.yaml")
    assert first.pop("wifi_ssid") == "hall-small"
    at_broker = {"controller_mqtt", "pad-1_mqtt", "pad-2_mqtt", "screen-1_mqtt"}
    assert set(first) == {*at_broker, "pad-1_ota", "pad-2_ota", "wifi_password"}
    assert len(set(first.values())) == len(first)
    assert all(len(secret) == 32 for secret in first.values())
    path.write_text(path.read_text("utf-8").replace('id = "pad-2"', 'id = "pad-3"'), "utf-8")
    install(tmp_path, "controller")
    second = secret_file.read(tmp_path / "etc/hall/secrets.yaml")
    assert {name: second[name] for name in first} == first
    assert "pad-3_mqtt" in second
    users = [
        line.split(":")[0] for line in (tmp_path / "etc/mosquitto/hall.passwords").read_text().splitlines()
    ]
    assert users == ["controller", "pad-1", "pad-3", "screen-1"]  # pad-2 is no device of the hall any more


def test_a_technicians_change_is_kept_beside_the_new_file(tmp_path: Path) -> None:
    install(tmp_path, "controller")
    (tmp_path / ACL).write_text("mine\n", "utf-8")
    report = install(tmp_path, "controller")
    assert outcomes(tmp_path, report)[ACL] == "changed"
    assert (tmp_path / f"{ACL}.bak-1").read_text("utf-8") == "mine\n"
    assert "hall.acl.bak-1" in str(report)
    (tmp_path / ACL).write_text("mine again\n", "utf-8")
    install(tmp_path, "controller")
    assert (tmp_path / f"{ACL}.bak-1").read_text("utf-8") == "mine\n"
    assert (tmp_path / f"{ACL}.bak-2").read_text("utf-8") == "mine again\n"


def test_a_new_version_of_our_own_file_leaves_no_backup(tmp_path: Path) -> None:
    install(tmp_path, "controller")
    report = install(tmp_path, "controller", programs="/srv/hall/bin")
    assert outcomes(tmp_path, report)[UNIT] == "changed"
    assert "ExecStart=/srv/hall/bin/hall run" in (tmp_path / UNIT).read_text("utf-8")
    assert not list(tmp_path.rglob("*.bak-*"))


def test_files_from_before_the_first_install_get_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "etc/mosquitto/mosquitto.conf"
    path.parent.mkdir(parents=True)
    path.write_text("persistence true\n", "utf-8")
    install(tmp_path, "controller")
    assert (path.parent / "mosquitto.conf.bak-1").read_text("utf-8") == "persistence true\n"


def test_names_of_ports_belong_to_the_technician(tmp_path: Path) -> None:
    install(tmp_path, "controller")
    (tmp_path / PORTS).write_text("# socket 3 is dead\n", "utf-8")
    assert outcomes(tmp_path, install(tmp_path, "controller"))[PORTS] == "kept"
    assert (tmp_path / PORTS).read_text("utf-8") == "# socket 3 is dead\n"


def test_wrong_settings_are_told_before_any_service_is_touched(tmp_path: Path) -> None:
    path = hall_with_devices(tmp_path, "[mqtt]\nport = 'abc'\n")
    with pytest.raises(ConfigError):
        install(tmp_path, "controller")
    assert set(tree(tmp_path)) == {"etc/hall/catalogue.csv", HALL}
    assert "abc" in path.read_text("utf-8")


def test_damaged_secrets_are_not_made_anew(tmp_path: Path) -> None:
    install(tmp_path, "controller")
    secrets = tmp_path / "etc/hall/secrets.yaml"
    secrets.write_bytes(b"pad-1_mqtt: [\x00")
    with pytest.raises(HallError, match="mend it"):
        install(tmp_path, "controller")
    assert secrets.read_bytes() == b"pad-1_mqtt: [\x00"


def test_settings_that_would_not_let_the_controller_in_are_told(tmp_path: Path) -> None:
    hall_with_devices(tmp_path)
    assert 'mqtt.username = "controller"' in install(tmp_path, "controller").steps[1]


def test_a_display_machine_takes_what_the_controller_made_for_it(tmp_path: Path) -> None:
    brought, root = tmp_path / "screen-1", tmp_path / "root"
    brought.mkdir()
    (brought / "display.toml").write_text('[mqtt]\nhost = "10.1.2.3"\n', "utf-8")
    (brought / "screen-1.secret").write_text("s3cret\n", "utf-8")
    (brought / "notes.txt").write_text("mine", "utf-8")
    install(root, "display", brought)
    assert (root / "etc/hall/screen-1.secret").read_text("utf-8") == "s3cret\n"
    assert stat.S_IMODE((root / "etc/hall/screen-1.secret").stat().st_mode) == 0o640
    assert not (root / "etc/hall/notes.txt").exists()
    assert "NTP=10.1.2.3" in (root / "etc/systemd/timesyncd.conf.d/hall.conf").read_text("utf-8")
    assert "http://10.1.2.3:8080/kiosk" in (root / "etc/systemd/system/hall-kiosk.service").read_text("utf-8")
    with pytest.raises(HallError, match=r"holds no display\.toml"):
        install(root, "display", tmp_path)


def interrupted(root: Path, step: int) -> bool:
    """Install in a process that is killed as it begins its `step`-th write to the disk; whether it was."""
    child = os.fork()
    if child == 0:
        steps = 0
        real: dict[str, Any] = {name: getattr(os, name) for name in ("fsync", "replace", "unlink")}

        def watched(name: str) -> Any:  # noqa: ANN401 - as os has it
            def call(*words: Any, **more: Any) -> Any:  # noqa: ANN401 - as os has it
                nonlocal steps
                steps += 1
                if steps == step:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real[name](*words, **more)

            return call

        for name in real:
            setattr(os, name, watched(name))
        code = 1
        try:
            install(root, "controller", programs="/srv/new/bin")
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def test_killed_at_any_step_every_file_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    """Fault 31, as far as files go: what starts after an interrupted update is whole."""
    path = hall_with_devices(tmp_path)
    install(tmp_path, "controller")
    (tmp_path / ACL).write_text("mine\n", "utf-8")
    (tmp_path / UNIT).write_text("old\n", "utf-8")
    path.write_text(path.read_text("utf-8").replace('id = "pad-2"', 'id = "pad-3"'), "utf-8")
    old = tree(tmp_path)
    allowed: dict[str, set[bytes]] = {name: {content} for name, content in old.items()}
    allowed[PASSWORDS] = {b"controller pad-1 pad-2 screen-1"}  # salted anew, so compared by names
    kills = 0
    while interrupted(tmp_path, kills := kills + 1):
        now = {name: content for name, content in tree(tmp_path).items() if not name.endswith(".new")}
        assert set(old) <= set(now)
        now[PASSWORDS] = b" ".join(
            sorted(re.findall(rb"^([\w-]+):\$7\$101\$.{16}\$.{86}==$", now[PASSWORDS], re.MULTILINE))
        )
        assert json.loads(now.pop("etc/hall/installed.json"))
        for name, content in now.items():
            seen = allowed.setdefault(name, set())
            seen.add(content)
            assert len(seen) <= 2, f"{name} was neither the old one nor the new one after {kills} steps"
        secrets = secret_file.read(tmp_path / "etc/hall/secrets.yaml")
        assert secrets["pad-1_mqtt"].encode() in old["etc/hall/secrets.yaml"]
        restart(tmp_path, old)
    assert kills > 20
    after = tree(tmp_path)
    assert after[f"{ACL}.bak-1"] == b"mine\n"
    assert b"/srv/new/bin/hall run" in after[UNIT]


def restart(root: Path, old: dict[str, bytes]) -> None:
    """The machine as it was before; secrets that were made meanwhile may stay."""
    for path in [path for path in root.rglob("*") if path.is_file()]:
        name = str(path.relative_to(root))
        if name == "etc/hall/secrets.yaml":
            continue
        if name in old:
            path.write_bytes(old[name])
        else:
            path.unlink()


def test_the_command_says_what_it_did_and_what_is_next(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["install", "--root", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert f"new      {tmp_path}/{UNIT}" in done.output
    assert "Next:\n1. look at /etc/hall/hall.toml" in done.output


def test_a_place_that_cannot_be_written_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "etc").write_text("a file where a folder should be", "utf-8")
    done = CliRunner().invoke(cli, ["install", "--root", str(tmp_path)])
    assert done.exit_code == 1
    assert len(done.output.splitlines()) == 1
    assert CliRunner().invoke(cli, ["install"]).exit_code == 2


def test_without_openssl_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(HallError, match="sudo apt-get install openssl"):
        installing.install(tmp_path, "controller")
