"""Cells ask the reader for text, where there is a reader."""

from __future__ import annotations

import time
from typing import Any

from conftest import TIMEOUT, Kernel


def question(kernel: Kernel) -> dict[str, Any]:
    return kernel.client.get_stdin_msg(timeout=TIMEOUT)["content"]


def test_prompt_gives_what_the_reader_types(kernel: Kernel) -> None:
    msg_id = kernel.client.execute("const name = await prompt('Your name? '); `Hello ${name}`")
    assert question(kernel) == {"prompt": "Your name? ", "password": False}
    kernel.client.input("Ada")
    assert kernel.collect(msg_id).value == "'Hello Ada'"


def test_a_password_is_asked_for_hidden(kernel: Kernel) -> None:
    msg_id = kernel.client.execute(
        "await (globalThis as any)[Symbol.for('tunelab.kernel')].input('key', { password: true })"
    )
    assert question(kernel) == {"prompt": "key", "password": True}
    kernel.client.input("")
    assert kernel.collect(msg_id).value == "''"


def test_prompt_is_typed_and_documented(kernel: Kernel) -> None:
    result = kernel.run("const n: number = await prompt('a');")
    assert "'string' is not assignable to type 'number'" in result.reply["evalue"]
    found = kernel.reply(kernel.client.inspect("prompt"))["content"]
    assert "Asks the reader" in found["data"]["text/plain"]


def test_questions_asked_at_once_come_one_after_another(kernel: Kernel) -> None:
    msg_id = kernel.client.execute("await Promise.all([prompt('first'), prompt('second')])")
    assert question(kernel)["prompt"] == "first"
    kernel.client.input("1")
    assert question(kernel)["prompt"] == "second"
    kernel.client.input("2")
    assert kernel.collect(msg_id).value == "[ '1', '2' ]"


def test_where_nobody_can_type_prompt_says_so(kernel: Kernel) -> None:
    result = kernel.run("await prompt('anybody?')", allow_stdin=False)
    assert result.reply["status"] == "error"
    assert "allow_stdin: false" in result.reply["evalue"]


def test_an_interrupt_ends_the_question_and_a_late_answer_is_dropped(kernel: Kernel) -> None:
    msg_id = kernel.client.execute("await prompt('never answered')")
    question(kernel)
    start = time.monotonic()
    kernel.manager.interrupt_kernel()
    assert kernel.collect(msg_id).reply["ename"] == "Interrupted"
    assert time.monotonic() - start < 1
    kernel.client.input("late")
    again = kernel.client.execute("await prompt('again')")
    assert question(kernel)["prompt"] == "again"
    kernel.client.input("in time")
    assert kernel.collect(again).value == "'in time'"
