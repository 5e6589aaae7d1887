"""The long tests use the fixtures of the kernel's ordinary ones, and print what they measure."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

# The ordinary tests import `conftest` by name; here the name means this file, which stands in.
_folder = Path(__file__).parents[1] / "kernel"
_spec = importlib.util.spec_from_file_location("kernel_conftest", _folder / "conftest.py")
assert _spec and _spec.loader
_shared = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _shared
_spec.loader.exec_module(_shared)

# Last in the path: of what both folders may have, this one's is meant.
sys.path.append(str(_folder))

KERNEL, TIMEOUT = _shared.KERNEL, _shared.TIMEOUT
Kernel, Result, kernel, plain = _shared.Kernel, _shared.Result, _shared.kernel, _shared.plain
is_running, logged_kernel = _shared.is_running, _shared.logged_kernel
