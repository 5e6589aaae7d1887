"""Imports from an empty folder, at run time and as types; and the language in cells."""

from pathlib import Path
from typing import Iterator

import pytest
from conftest import KERNEL, Kernel
from jupyter_client.manager import start_new_kernel


def test_mathjs_runs_from_an_empty_folder(kernel: Kernel) -> None:
    result = kernel.ok("import { multiply } from 'mathjs';\nmultiply([[1, 2], [3, 4]], [1, 1])")
    assert result.value == "[ 3, 7 ]"


def test_mathjs_is_type_checked_from_an_empty_folder(kernel: Kernel) -> None:
    result = kernel.run("import { sqrt } from 'mathjs';\nconst wrong: string = sqrt(4);")
    assert result.reply["ename"] == "CompileError"
    assert "is not assignable to type 'string'" in result.reply["evalue"]


def test_tunelab_is_found_with_its_types(kernel: Kernel) -> None:
    result = kernel.ok("import * as tunelab from 'tunelab';\ntypeof tunelab.scales.log")
    assert result.value == "'function'"
    wrong = kernel.run("import { scales } from 'tunelab';\nscales.log('low', 1);")
    assert wrong.reply["ename"] == "CompileError"


def test_nodes_types_are_there(kernel: Kernel) -> None:
    result = kernel.ok(
        "import { readFileSync } from 'fs';\nimport * as path from 'node:path';\n"
        "const joined: string = path.join('a', 'b'); typeof readFileSync + typeof Buffer"
    )
    assert result.value == "'functionfunction'"


def test_a_test_runners_globals_stay_out_of_cells(kernel: Kernel) -> None:
    assert "Cannot find name 'describe'" in kernel.run("describe").reply["evalue"]


def test_an_unknown_package_is_a_compile_error(kernel: Kernel) -> None:
    result = kernel.run("import { x } from 'no-such-package-anywhere';\nx")
    assert result.reply["ename"] == "CompileError"
    assert "Cannot find module 'no-such-package-anywhere'" in result.reply["evalue"]


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("await (Promise.resolve(1))", "1"),
        ("await (async () => 2)()", "2"),
        ("const a3 = (await Promise.all([1, 2]))[0] + 2; a3", "3"),
        ("let sum4 = 0; for await (const x of [1, Promise.resolve(3)]) sum4 += x; sum4", "4"),
        ("if (true) { await null; }\n5", "5"),
        ("const inner = async () => { await null; return 6; };\ntypeof inner", "'function'"),
    ],
)
def test_top_level_await_in_its_forms(kernel: Kernel, code: str, value: str) -> None:
    assert kernel.ok(code).value == value


def test_variables_functions_classes_and_imports_live_on(kernel: Kernel) -> None:
    kernel.ok(
        "import { join } from 'path'; let counter = 1; const add = (n: number) => { counter += n; };\n"
        "class Point { constructor(readonly x: number) {} }\ninterface Named { name: string }"
    )
    kernel.ok("add(4); counter *= 2; const named: Named = { name: join('a', 'b') };")
    assert kernel.ok("[counter, new Point(3).x, typeof named.name]").value == "[ 10, 3, 'string' ]"
    kernel.ok("let counter = 'redeclared with another type';")
    assert kernel.ok("counter.length").value == "28"


@pytest.fixture()
def folder_kernel(tmp_path: Path) -> Iterator[tuple[Kernel, Path]]:
    package = tmp_path / "node_modules" / "mathjs"
    package.mkdir(parents=True)
    (package / "package.json").write_text(
        '{"name": "mathjs", "version": "0.0.1", "main": "index.js", "types": "index.d.ts"}'
    )
    (package / "index.js").write_text("exports.own = () => 'of the folder';")
    (package / "index.d.ts").write_text("export declare function own(): string;")
    (tmp_path / "helper.ts").write_text(
        "export const twice = (x: number): number => {\n"
        "  if (x < 0) {\n    throw new RangeError('negative');\n  }\n  return 2 * x;\n};\n"
    )
    manager, client = start_new_kernel(kernel_name=KERNEL, cwd=str(tmp_path))
    yield Kernel(manager, client), tmp_path
    client.stop_channels()
    manager.shutdown_kernel()


def test_the_notebooks_folder_comes_first(folder_kernel: tuple[Kernel, Path]) -> None:
    kernel, folder = folder_kernel
    # Its own package wins, at run time and in types.
    assert kernel.ok("import { own } from 'mathjs';\nown()").value == "'of the folder'"
    # A TypeScript file beside the notebook is compiled, and its errors have its lines.
    assert kernel.ok("import { twice } from './helper';\ntwice(4)").value == "8"
    result = kernel.run("twice(-1)")
    assert "helper.ts, line 3 in twice" in result.traceback
    # A package that is installed later is found.
    late = folder / "node_modules" / "late"
    assert kernel.run("import { x } from 'late';\nx").reply["status"] == "error"
    late.mkdir()
    (late / "package.json").write_text('{"name": "late", "main": "i.js", "types": "i.d.ts"}')
    (late / "i.js").write_text("exports.x = 5;")
    (late / "i.d.ts").write_text("export declare const x: number;")
    assert kernel.ok("import { x } from 'late';\nx").value == "5"


def test_a_value_of_the_library_lives_on_without_a_written_type(kernel: Kernel) -> None:
    kernel.ok("import { createRng, study, scales } from 'tunelab';\nconst stream = createRng(1);")
    kernel.ok("const later = study({ space: { x: scales.linear(0, 1) } });")
    assert kernel.ok("[stream.integer(1), later.space.x.fromUnit(0)]").value == "[ 0, 0 ]"
    wrong = kernel.run("later.space.y")
    assert "Property 'y' does not exist" in wrong.reply["evalue"]


def test_shorthand_properties_take_variables_of_earlier_cells(kernel: Kernel) -> None:
    kernel.ok("let first = 1, second = 2; function twice(a: number) { return 2 * a; }")
    assert kernel.ok("({ first, second, other: twice(first) })").value == "{ first: 1, second: 2, other: 2 }"
    kernel.ok("const nested = (first: number) => ({ first, second });")
    assert kernel.ok("nested(5)").value == "{ first: 5, second: 2 }"
    kernel.ok("({ first, second = 8 } = { first: 7 } as { first: number; second?: number });")
    assert kernel.ok("[first, second]").value == "[ 7, 8 ]"
