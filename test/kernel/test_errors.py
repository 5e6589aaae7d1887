"""An error says its name, its message and the cell's own line, in the reply and on iopub alike."""

from conftest import Kernel


def test_a_thrown_error_has_name_message_and_the_line_of_the_cell(kernel: Kernel) -> None:
    code = "interface Unused { a: number }\nfunction low(x: number) {\n  throw new RangeError('too low: ' + x);\n}\n\nlow(3);"
    result = kernel.run(code)
    assert result.reply["status"] == "error"
    assert result.reply["ename"] == "RangeError"
    assert result.reply["evalue"] == "too low: 3"
    lines = result.traceback.split("\n")
    assert lines[0] == "RangeError: too low: 3"
    assert ", line 3 in low" in lines[1]
    assert lines[3] == "> 3 |   throw new RangeError('too low: ' + x);"
    assert lines[4].index("^") == lines[3].index("new")
    assert "line 6:1: low(3);" in lines[5]
    (published,) = result.of_type("error")
    assert published == {k: result.reply[k] for k in ("ename", "evalue", "traceback")}


def test_a_traceback_names_the_cell_that_defined_the_function(kernel: Kernel) -> None:
    count = kernel.ok("const thrower = () => {\n  JSON.parse('{');\n};").reply["execution_count"]
    result = kernel.run("const kept: number = 1;\n\nthrower();")
    assert result.reply["ename"] == "SyntaxError"
    assert f"cell [{count}], line 2" in result.traceback
    assert f"called from cell [{count + 1}], line 3" in result.traceback
    for internal in ("node:", "node_modules", "runInThisContext", "executor", "\n    at "):
        assert internal not in result.traceback


def test_a_rejection_after_an_await_has_its_line(kernel: Kernel) -> None:
    result = kernel.run("await new Promise(r => setTimeout(r, 5));\n\nthrow new TypeError('late');")
    assert result.reply["ename"] == "TypeError"
    assert ", line 3" in result.traceback


def test_a_type_error_is_an_error_and_the_cell_does_not_run(kernel: Kernel) -> None:
    result = kernel.run("console.log('ran');\nconst n: number = 'text';")
    assert result.reply["status"] == "error"
    assert result.reply["ename"] == "CompileError"
    assert "line 2" in result.reply["evalue"]
    assert "Type 'string' is not assignable to type 'number'." in result.reply["evalue"]
    assert "> 2 | const n: number = 'text';" in result.traceback
    assert "TS2322" in result.traceback
    assert result.text() == ""


def test_a_syntax_error_reports_the_syntax_alone(kernel: Kernel) -> None:
    result = kernel.run("unknownName(")
    assert result.reply["ename"] == "CompileError"
    assert "expected" in result.reply["evalue"]
    assert "Cannot find name" not in result.traceback


def test_what_is_no_error_can_be_thrown(kernel: Kernel) -> None:
    result = kernel.run("throw { code: 3 }")
    assert (result.reply["ename"], result.reply["evalue"]) == ("Thrown", "{ code: 3 }")


def test_a_cause_is_told(kernel: Kernel) -> None:
    result = kernel.run("throw new Error('outer', { cause: new RangeError('inner') });")
    assert "Caused by RangeError: inner" in result.traceback


def test_an_error_of_a_timer_and_a_forgotten_promise_are_printed(kernel: Kernel) -> None:
    result = kernel.ok(
        "setTimeout(() => { throw new Error('of the timer'); }, 1);\n"
        "void Promise.reject(new Error('forgotten'));\n"
        "await new Promise(r => setTimeout(r, 50)); 'alive'"
    )
    assert "Error: of the timer" in result.text("stderr")
    assert "Error: forgotten" in result.text("stderr")
    assert result.value == "'alive'"


def test_an_error_aborts_the_cells_that_wait(kernel: Kernel) -> None:
    ids = [
        kernel.client.execute("await new Promise(r => setTimeout(r, 200)); throw new Error('first')"),
        kernel.client.execute("console.log('second')"),
        kernel.client.execute("console.log('third')"),
    ]
    results = [kernel.collect(msg_id) for msg_id in ids]
    assert [r.reply["status"] for r in results] == ["error", "aborted", "aborted"]
    assert all(not r.outputs for r in results[1:])
    assert kernel.ok("'next'").value == "'next'"


def test_without_stop_on_error_the_next_cell_runs(kernel: Kernel) -> None:
    first = kernel.client.execute("throw new Error('first')", stop_on_error=False)
    second = kernel.client.execute("1 + 1")
    assert kernel.collect(first).reply["status"] == "error"
    assert kernel.collect(second).value == "2"
