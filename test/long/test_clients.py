"""nbclient, papermill and Jupyter console run cells and report an error well."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import KERNEL, plain

METADATA = {
    "kernelspec": {"name": KERNEL, "display_name": "x", "language": "typescript"},
    "language_info": {"name": "typescript"},
}


def notebook(folder: Path, *cells: str) -> Path:
    content = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells], metadata=METADATA
    )
    path = folder / "a notebook.ipynb"
    nbformat.write(content, path)
    return path


def run(*command: str, cwd: Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=cwd, input=text, capture_output=True, text=True, timeout=180,
    )


COMMANDS = {
    "papermill": ["papermill", "a notebook.ipynb", "out.ipynb"],
    "nbclient": ["jupyter", "execute", "a notebook.ipynb", "--output=out.ipynb"],
    "nbconvert": ["nbconvert", "--to=notebook", "--execute", "a notebook.ipynb", "--output=out"],
}


@pytest.mark.parametrize("client", COMMANDS)
def test_a_notebook_is_executed(tmp_path: Path, client: str) -> None:
    notebook(tmp_path, "const x: number = 20;", "console.log('out'); x + 1")
    result = run(*COMMANDS[client], cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    outputs = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells[-1].outputs
    assert [o.get("text") or o["data"]["text/plain"] for o in outputs] == ["out\n", "21"]


@pytest.mark.parametrize("client", COMMANDS)
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("const a = 1;\n\nthrow new RangeError('on purpose');", "RangeError: on purpose"),
        ("process.abort()", "KernelCrashed"),
        ("await prompt('?')", "allow_stdin: false"),
    ],
    ids=["thrown", "crash", "prompt"],
)
def test_an_error_is_reported(tmp_path: Path, client: str, code: str, words: str) -> None:
    notebook(tmp_path, "1", code)
    result = run(*COMMANDS[client], cwd=tmp_path)
    assert result.returncode != 0
    assert words in plain(result.stdout + result.stderr)


def test_jupyter_console_shows_values_and_errors_and_goes_on(tmp_path: Path) -> None:
    result = run(
        "jupyter_console", f"--kernel={KERNEL}", "--simple-prompt", "--no-confirm-exit",
        cwd=tmp_path,
        text="const x = 20;\nx + 1\nthrow new Error('on purpose')\nx + 2\n",
    )
    text = plain(result.stdout + result.stderr)
    assert "21" in text and "22" in text
    assert "Error: on purpose" in text
