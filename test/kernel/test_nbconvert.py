"""nbconvert runs notebooks, and a failing cell makes it fail with the error's name, message, line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
from conftest import KERNEL, plain


def execute(folder: Path, *cells: str) -> tuple[subprocess.CompletedProcess[str], Path]:
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
        metadata={"kernelspec": {"name": KERNEL, "display_name": "x", "language": "typescript"}},
    )
    path = folder / "a notebook.ipynb"
    nbformat.write(notebook, path)
    command = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--inplace"]
    return subprocess.run([*command, str(path)], capture_output=True, text=True), path


def test_a_good_notebook_is_executed(tmp_path: Path) -> None:
    result, path = execute(tmp_path, "const x: number = 20;", "console.log('out'); x + 1")
    assert result.returncode == 0, result.stderr
    outputs = nbformat.read(path, as_version=4).cells[1].outputs
    assert outputs[0].text == "out\n"
    assert outputs[1].data["text/plain"] == "21"


def test_a_failing_cell_fails_with_name_message_and_line(tmp_path: Path) -> None:
    result, _ = execute(tmp_path, "1", "const a = 1;\n\nthrow new RangeError('on purpose');")
    assert result.returncode != 0
    text = plain(result.stderr)
    assert "RangeError: on purpose" in text
    assert "cell [2], line 3" in text


def test_a_cell_that_does_not_compile_fails_too(tmp_path: Path) -> None:
    result, _ = execute(tmp_path, "const a: number = 'text';")
    assert result.returncode != 0
    assert "CompileError: line 1: Type 'string' is not assignable" in plain(result.stderr)
