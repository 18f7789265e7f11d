"""A test that lacks a Debian package says so: skipped for a person, failed for continuous integration."""

from __future__ import annotations

import subprocess

import pytest

from tests import debian


@pytest.fixture
def a_machine_without_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "installed", frozenset)


@pytest.mark.usefixtures("a_machine_without_packages")
def test_a_person_sees_the_test_skipped_and_the_command_that_would_help(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="sudo apt-get install mosquitto strace"):
        debian.demand("strace", "mosquitto")


@pytest.mark.usefixtures("a_machine_without_packages")
def test_continuous_integration_fails_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="sudo apt-get install mosquitto"):
        debian.program("mosquitto", package="mosquitto")


def test_a_package_that_set_up_would_not_install_may_not_be_asked_for() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"add to debian-packages\.txt.*: sl"):
        debian.demand("sl")


@debian.needs_debian("mosquitto")
def test_the_broker_is_found_off_the_path_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    answer = subprocess.run(
        [debian.program("mosquitto", package="mosquitto"), "-h"], capture_output=True, text=True, check=False
    )
    assert answer.stdout.startswith("mosquitto version 2")
