"""What leaves the hall for support holds no password, however it was written."""

from __future__ import annotations

import pytest

from hall_controller.safekeeping.secrets_removed import REMOVED, without_secrets


@pytest.mark.parametrize(
    "line",
    [
        'password = "hush-hush"',
        "settings = { wifi_password = 'hush-hush', baud = 9600 }",
        '{"api_key": "hush-hush", "id": "pad-1"}',
        "token: hush-hush",
        'url = "mqtt://controller:hush-hush@10.0.0.1"',
        "no technician yet code=hush-hush page=http://x/set-up",
    ],
)
def test_a_secret_is_taken_out_and_the_rest_stays(line: str) -> None:
    cleaned = without_secrets(line)
    assert "hush-hush" not in cleaned
    assert REMOVED in cleaned
    assert ("9600" in line) == ("9600" in cleaned)


def test_a_word_of_a_secret_file_is_taken_out_wherever_it_stands() -> None:
    assert (
        without_secrets("the log says s3cr3t-word twice: s3cr3t-word", ["s3cr3t-word", "x"]).count(REMOVED)
        == 2
    )


def test_where_a_password_lies_is_no_secret() -> None:
    line = 'mqtt.password_file = "/etc/hall/controller.secret"'
    assert without_secrets(line) == line
