"""The version of this program, as it was installed.

One constant, read from the package's metadata; it is written down nowhere else.
"""

from importlib.metadata import version
from typing import Final

VERSION: Final = version("hall-controller")
