"""Jupyter's own test of kernels, with every sample that applies to TypeScript."""

import jupyter_kernel_test


class TunelabKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "tslab"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("to stderr")'
    completion_samples = [
        {"text": "Math.sqr", "matches": {"sqrt", "SQRT2", "SQRT1_2"}},
        {"text": "process.argv0.toUpperC", "matches": {"toUpperCase"}},
        {"text": '"😀".padSt', "matches": {"padStart"}},
    ]
    complete_code_samples = ["1", "const x = 3;", "function f(a: number) {\n  return a\n}"]
    incomplete_code_samples = ["function f(a: number) {", "[1, 2", "if (true) {\n  f()"]
    invalid_code_samples = ["let let = 3 +* 4", "const 3 = x;"]
    code_generate_error = 'throw new Error("on purpose")'
    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": "[1, 2, 3].map(x => x * x)", "result": "[ 1, 4, 9 ]"},
        {"code": '"a" + "b"', "result": "'ab'"},
        {"code": "await Promise.resolve(7)", "result": "7"},
    ]
    code_display_data = [
        {"code": 'import { display } from "tslab"; display.html("<b>x</b>")', "mime": "text/html"},
        {"code": 'import { newDisplay } from "tslab"; newDisplay().png(new Uint8Array([1]))',
         "mime": "image/png"},
    ]
    code_history_pattern = "1 + 2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.max"
    code_clear_output = "console.clear()"
    # TypeScript has no syntax that asks for the pager: there is nothing to test.
    test_pager = None


class TunelabIopubWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "tslab"
    support_iopub_welcome = True


del jupyter_kernel_test
