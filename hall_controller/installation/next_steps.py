"""What the technician does after `hall install`, as commands to type.

Pure sentences; the README of firmware_config tells why.
"""

from __future__ import annotations

from typing import Final

from hall_controller.settings import Config

USERS: Final = (
    "sudo systemd-sysusers && sudo systemd-tmpfiles --create   # users, and who may read the secrets"
)
PORTS: Final = (
    "sudo udevadm control --reload && sudo udevadm trigger   # the names below /dev/hall; see 85-hall.rules"
)
BOOT: Final = (
    "/boot/firmware/config.txt: add the line `include hall.txt`; cmdline.txt (one line!): add what hall-cmdline.txt"
    " holds and take out console=serial0,115200; then sudo reboot"
)


def of_controller(config: Config) -> list[str]:
    """After a controller's files; what its settings still lack comes first."""
    wanting = []
    if not config.mqtt.username or not config.mqtt.password_file:
        wanting.append(
            'in hall.toml: mqtt.username = "controller" and mqtt.password_file = "/etc/hall/controller.secret",'
            " because the broker lets nobody in without"
        )
    return [
        "look at /etc/hall/hall.toml, then: hall check /etc/hall/hall.toml",
        *wanting,
        "sudo apt-get install mosquitto chrony   # if they are not there yet; keep the mosquitto.conf that is here",
        USERS,
        PORTS,
        BOOT,
        "sudo systemctl daemon-reload && sudo systemctl restart systemd-journald",
        "sudo systemctl enable chrony mosquitto hall-controller hall-retain.timer",
        "sudo systemctl restart chrony mosquitto hall-controller hall-retain.timer",
        "systemctl status hall-controller mosquitto   # both active (running)",
    ]


def of_display(*, brought: bool) -> list[str]:
    """After a display's files."""
    lacking = (
        "on the controller: sudo hall firmware /etc/hall/hall.toml --out out; bring the folder of this screen here and"
        " run this again with --from that folder"
    )
    return [
        *([] if brought else [lacking]),
        USERS,
        PORTS,
        BOOT,
        "sudo systemctl daemon-reload && sudo systemctl restart systemd-journald systemd-timesyncd",
        "a hall screen or LED panels: sudo systemctl enable --now hall-display",
        "or a touch kiosk: sudo apt-get install cage chromium seatd && sudo systemctl enable --now seatd hall-kiosk",
        "systemctl status hall-display   # active (running); the technician's page shows the screen as ready",
    ]
