"""The hall's own certificate authority and the broker's certificate, made with openssl and kept.

Everything that leaves a machine of the hall is encrypted, and no authority of the Internet is asked: devices know this
one. Never here: sending anything.
"""

from __future__ import annotations

import subprocess
import tempfile
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from hall_controller.errors import HallError
from hall_controller.installation.pi_files import READABLE, SECRET
from hall_controller.installation.putting import write

CA_NAME: Final = "hall-ca.crt"
KEY_NAME: Final = "hall-ca.key"
CA_DAYS: Final = 20 * 365
BROKER_DAYS: Final = 10 * 365
RENEW_BEFORE_S: Final = 180 * 86_400
CURVE: Final = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


def authority(folder: Path) -> bytes:
    """The authority's certificate (PEM) in this folder, made with its key when there is none. Raises HallError."""
    certificate, key = folder / CA_NAME, folder / KEY_NAME
    if not certificate.exists():
        extensions = ("-addext", "keyUsage=critical,keyCertSign,cRLSign")
        with tempfile.TemporaryDirectory() as name:
            made = Path(name)
            new_key, new = made / "key", made / "crt"
            _openssl(
                *("req", "-x509", *CURVE, "-days", str(CA_DAYS), "-subj", "/CN=Hall certificate authority"),
                *(*extensions, "-keyout", str(new_key), "-out", str(new)),
            )
            write(key, new_key.read_bytes(), SECRET)
            write(certificate, new.read_bytes(), READABLE)
    return certificate.read_bytes()


def broker_certificate(folder: Path, host: str, before: bytes = b"") -> bytes:
    """The broker's key and certificate (PEM) for this name or address; `before` while it is still good."""
    if before and _still_good(before, folder, host):
        return before
    names = ",".join(dict.fromkeys([_alternative(host), "DNS:localhost", "IP:127.0.0.1"]))
    with tempfile.TemporaryDirectory() as name:
        key, certificate = Path(name) / "key", Path(name) / "crt"
        _openssl(
            *("req", "-x509", *CURVE, "-days", str(BROKER_DAYS), "-subj", f"/CN={host}"),
            *("-CA", str(folder / CA_NAME), "-CAkey", str(folder / KEY_NAME)),
            *("-addext", f"subjectAltName={names}", "-addext", "basicConstraints=critical,CA:FALSE"),
            *("-addext", "extendedKeyUsage=serverAuth", "-keyout", str(key), "-out", str(certificate)),
        )
        return key.read_bytes() + certificate.read_bytes()


def _alternative(host: str) -> str:
    try:
        return f"IP:{ip_address(host)}"
    except ValueError:
        return f"DNS:{host}"


def _still_good(pem: bytes, folder: Path, host: str) -> bool:
    kind, name = _alternative(host).split(":", 1)
    check = "-checkip" if kind == "IP" else "-checkhost"
    with tempfile.NamedTemporaryFile() as file:
        file.write(pem)
        file.flush()
        named = _run("x509", "-noout", "-in", file.name, check, name)
        lasting = _run("x509", "-noout", "-in", file.name, "-checkend", str(RENEW_BEFORE_S))
        signed = _run("verify", "-CAfile", str(folder / CA_NAME), file.name)
    return b"does match" in named.stdout and not lasting.returncode and not signed.returncode


def _openssl(*words: str) -> None:
    done = _run(*words)
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise HallError(f"openssl could not make a certificate: {' '.join(last)}")


def _run(*words: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["openssl", *words], capture_output=True, check=False)  # noqa: S603, S607 - Debian's own
    except FileNotFoundError:
        raise HallError("openssl is missing; install it with: sudo apt-get install openssl") from None
