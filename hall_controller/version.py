"""The version of this program, as it was installed."""

from importlib.metadata import version
from typing import Final

VERSION: Final = version("hall-controller")
