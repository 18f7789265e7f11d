"""`hall device`: list the devices of a running hall, let one show which it is, try it, or put a new one in its place.

Asks the running controller; whoever may read its register of staff may ask.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from hall_controller import config as settings
from hall_controller.asking import Running, running
from hall_controller.command_line.options import HallFile, Overrides
from hall_controller.command_line.told import told_in_one_line
from hall_controller.errors import HallError
from hall_controller.installation import secret_file
from hall_controller.messages import adoption_code

cli = typer.Typer(
    help="List the devices of a running hall, identify and test one, adopt a new one.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

Which = Annotated[str, typer.Argument(metavar="ID", help="The device's id, as pad-5.")]
Data = Annotated[Path | None, typer.Option("--data", help="Where the journal lives; else data.dir.")]
LOOK_EVERY_S: Final = 0.5


@cli.command(name="list", epilog="Example: hall device list /etc/hall/hall.toml")
def list_all(hall: HallFile, data: Data = None, overrides: Overrides = None) -> None:
    """List every device: how it is, since when, and what to do."""
    with told_in_one_line(), running(settings.load(hall, overrides or []), data) as controller:
        told = controller.ask("GET", "/api/devices")
        for device in told["devices"]:
            typer.echo(_line(device))
        for stranger in told["strangers"]:
            doubt = "  chưa chứng minh / unproven: it says no code" if stranger["unproven"] else ""
            typer.echo(f"waiting  {stranger['id']:<20} {stranger['type']:<10} code {stranger['code']}{doubt}")


@cli.command(epilog="Example: hall device identify /etc/hall/hall.toml pad-5")
def identify(hall: HallFile, device: Which, data: Data = None, overrides: Overrides = None) -> None:
    """Let a device show which one it is: its name, its light, or a test page."""
    _order(hall, device, "identify", data, overrides)


@cli.command(name="test", epilog="Example: hall device test /etc/hall/hall.toml printer-1")
def try_out(hall: HallFile, device: Which, data: Data = None, overrides: Overrides = None) -> None:
    """Let a device show all that it can: every segment, every colour, or a test page."""
    _order(hall, device, "test", data, overrides)


@cli.command(epilog="Example: hall device adopt /etc/hall/hall.toml pad-5")
def adopt(
    hall: HallFile,
    device: Annotated[str, typer.Argument(metavar="ID", help="The device that is replaced.")],
    *,
    code: Annotated[str, typer.Option(help="The code on the new one's label; else it is asked for.")] = "",
    data: Data = None,
    overrides: Overrides = None,
) -> None:
    """Put a new device in the place of another: within two minutes, press a key on the new one."""
    with told_in_one_line(), running(settings.load(hall, overrides or []), data) as controller:
        controller.ask("POST", "/api/adoption", {"replaces": device})
        typer.echo("Press a key on the new device now. / Bấm một phím trên thiết bị mới.")
        new = _proposed(controller)
        prove(hall, new, _code_of(controller, new))
        typed = code or typer.prompt(f"{new}: the code on its label / mã trên nhãn")
        done = controller.ask("POST", "/api/adoption/confirm", {"device": new, "code": typed})
        typer.echo(
            f"{done['device']} stands at counter {done['counter']} now; {done['replaces']} is retired."
        )


def prove(hall: Path, device: str, code: str) -> None:
    """Raise HallError for a device whose code is not that of its secret, where secrets.yaml may be read.

    Only root may read the file of an installed hall. Where it cannot be read, or names no such device, the code is
    proven by its label alone.
    """
    path = hall.absolute().parent / secret_file.FILE_NAME
    secret = secret_file.read(path).get(secret_file.mqtt_secret(device)) if os.access(path, os.R_OK) else None
    if secret and code != adoption_code(device, secret):
        raise HallError(
            f"{device} does not say the code of its secret: is it another device, or flashed with an older secret?"
            " Make its file again (hall firmware) and flash it"
        )


def _code_of(controller: Running, device: str) -> str:
    strangers = controller.ask("GET", "/api/devices")["strangers"]
    return next((str(stranger["code"]) for stranger in strangers if stranger["id"] == device), "")


def _order(hall: Path, device: str, wish: str, data: Path | None, overrides: list[str] | None) -> None:
    with told_in_one_line(), running(settings.load(hall, overrides or []), data) as controller:
        reply = controller.ask("POST", f"/api/devices/{device}/{wish}")
        if reply["result"] != "ok":
            raise HallError(f"{device}: {reply['result']} {reply['data'].get('reason', '')}".rstrip())
        typer.echo(f"{device}: ok")


def _proposed(controller: Running) -> str:
    """The device on which a key was pressed; raises HallError when the time is up."""
    while True:
        window: dict[str, Any] | None = controller.ask("GET", "/api/adoption")["window"]
        if window is None:
            raise HallError("nobody pressed a key within two minutes: try again")
        if window["proposed"]:
            return str(window["proposed"])
        time.sleep(LOOK_EVERY_S)


def _line(device: dict[str, Any]) -> str:
    """One device in one line; what is wrong stands below it."""
    where = f"counter {device['counter']}" if device["counter"] else ""
    line = f"{device['state']:<8} {device['id']:<20} {device['type']:<10} {where}".rstrip()
    why, todo = device["why"], device["todo"] or {"vi": "", "en": ""}
    if why is None:
        return line
    return "\n".join([line, *(f"         {why[tongue]} {todo[tongue]}".rstrip() for tongue in ("vi", "en"))])
