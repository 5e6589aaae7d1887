"""Executes one notebook with nbconvert, in its own folder, and writes it with its outputs and as HTML.

python executeNotebook.py NOTEBOOK OUT_NOTEBOOK OUT_HTML TIMEOUT_SECONDS

The last line on standard output is JSON: seconds, cells, slowest (cell and seconds), and of a failure its cell's number,
source and error. What ran before a failure is written all the same.
"""

import datetime
import json
import pathlib
import sys
import time

import nbformat
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert import HTMLExporter
from nbconvert.preprocessors import ExecutePreprocessor

source, out_notebook, out_html, timeout = sys.argv[1:]
notebook = nbformat.read(source, as_version=4)
code = [cell for cell in notebook.cells if cell.cell_type == "code"]
runner = ExecutePreprocessor(timeout=float(timeout), kernel_name="tslab")
began = time.perf_counter()
failure = None


def failed_cell():
    """The last cell that began; a kernel may die before it answers."""
    begun = [cell for cell in code if "iopub.execute_input" in cell.metadata.get("execution", {})]
    return (begun or code)[-1]


try:
    runner.preprocess(notebook, {"metadata": {"path": str(pathlib.Path(source).parent)}})
except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
    cell = failed_cell()
    said = [output for output in cell.outputs if output.output_type == "error"]
    text = "\n".join(said[-1].traceback) if said else str(error)
    failure = {"cell": notebook.cells.index(cell) + 1, "source": cell.source, "error": text}
seconds = time.perf_counter() - began


def span(cell):
    """Seconds from the cell's start to its reply."""
    times = cell.metadata.get("execution", {})
    ends = times.get("iopub.execute_input"), times.get("shell.execute_reply")
    if None in ends:
        return 0.0
    parse = datetime.datetime.fromisoformat
    start, stop = (parse(end.replace("Z", "+00:00")) for end in ends)
    return (stop - start).total_seconds()


slowest = max(code, key=span, default=None)
slow = slowest and {"cell": notebook.cells.index(slowest) + 1, "seconds": span(slowest)}
for cell in code:
    # Moments differ from run to run; what is stored shall not.
    cell.metadata.pop("execution", None)
pathlib.Path(out_notebook).write_text(
    json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8"
)
html, _ = HTMLExporter().from_notebook_node(notebook)
pathlib.Path(out_html).write_text(html, encoding="utf-8")
print(json.dumps({"seconds": seconds, "cells": len(code), "slowest": slow, "failure": failure}))
