"""A USB printer for pyusb: a backend of its own, as libusb would show it, that can be unplugged and plugged in again.

Belongs here: descriptors and bulk ends, as pyusb asks for them. Never here: checks.
"""

from __future__ import annotations

import array
from types import SimpleNamespace
from typing import Any, Final

import usb.backend
import usb.core

VENDOR, PRODUCT = 0x04B8, 0x0E28
OUT, IN = 0x01, 0x82
BULK: Final = 2
PRINTER_CLASS: Final = 7
STATUS_REQUEST: Final = b"\x10\x04"
DONE_REQUEST: Final = b"\x1dr\x01"


class UsbPrinter(usb.backend.IBackend):  # type: ignore[misc]
    """One printer on the bus; `received` is what came for the paper, `plugged` whether it is there."""

    def __init__(self, *, bulk_in: bool = True) -> None:
        super().__init__()
        self.plugged = True
        self.hangs = False
        self.received = b""
        self.claimed = 0
        self.kernel_driver = True
        self.pulled_out_at_byte: int | None = None
        self._back = b""
        self._ends = [OUT, IN] if bulk_in else [OUT]

    def enumerate_devices(self) -> list[str]:
        return ["printer"] if self.plugged else []

    def get_device_descriptor(self, _dev: object) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=VENDOR, idProduct=PRODUCT, bcdDevice=0x100, iManufacturer=0, iProduct=0,
            iSerialNumber=0, bNumConfigurations=1, address=5, bus=1, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, _dev: object, config: int) -> SimpleNamespace:
        if config:
            raise IndexError(config)
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1,
            iConfiguration=0, bmAttributes=0xC0, bMaxPower=1, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, _dev: object, intf: int, alt: int, _config: int) -> SimpleNamespace:
        if intf or alt:
            raise IndexError(intf)
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0,
            bNumEndpoints=len(self._ends), bInterfaceClass=PRINTER_CLASS, bInterfaceSubClass=1,
            bInterfaceProtocol=2, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(
        self, _dev: object, ep: int, _intf: int, _alt: int, _config: int
    ) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=self._ends[ep], bmAttributes=BULK, wMaxPacketSize=64,
            bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, _dev: object) -> str:
        self._alive()
        return "handle"

    def close_device(self, _dev_handle: object) -> None:
        self.claimed = 0

    def get_configuration(self, _dev_handle: object) -> int:
        return 1

    def claim_interface(self, _dev_handle: object, _intf: int) -> None:
        self._alive()
        self.claimed += 1

    def release_interface(self, _dev_handle: object, _intf: int) -> None:
        self.claimed -= 1

    def is_kernel_driver_active(self, _dev_handle: object, _intf: int) -> bool:
        return self.kernel_driver

    def detach_kernel_driver(self, _dev_handle: object, _intf: int) -> None:
        self.kernel_driver = False

    def bulk_write(self, _dev_handle: object, _ep: int, _intf: int, data: Any, _timeout: int) -> int:  # noqa: ANN401
        self._alive()
        if self.hangs:
            raise usb.core.USBTimeoutError("Operation timed out", -7, 110)
        sent = bytes(data)
        if sent.startswith(STATUS_REQUEST):
            self._back += b"\x12"
        else:
            self.received += sent
            self.plugged = self.pulled_out_at_byte is None or len(self.received) < self.pulled_out_at_byte
            if self.received.endswith(DONE_REQUEST):
                self._back += b"\x00"
        return len(sent)

    def bulk_read(
        self, _dev_handle: object, _ep: int, _intf: int, buff: array.array[int], _timeout: int
    ) -> int:
        self._alive()
        if not self._back:
            raise usb.core.USBTimeoutError("Operation timed out", -7, 110)
        found, self._back = self._back[: len(buff)], self._back[len(buff) :]
        buff[: len(found)] = array.array("B", found)
        return len(found)

    def _alive(self) -> None:
        if not self.plugged:
            raise usb.core.USBError("No such device (it may have been disconnected)", -4, 19)
