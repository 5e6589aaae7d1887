"""Values, bundles, displays and streams reach the right cell, whole and in order."""

import pytest
from conftest import Kernel

HOST = "const host = (globalThis as any)[Symbol.for('tunelab.kernel')];"


def test_a_value_that_shows_itself_is_an_execute_result_with_its_bundle(kernel: Kernel) -> None:
    result = kernel.ok(
        "({ async [Symbol.for('Jupyter.display')]() {\n"
        "  await new Promise(r => setTimeout(r, 20));\n"
        "  return { data: { 'text/plain': 'p', 'application/json': { a: [1] } },\n"
        "           metadata: { 'application/json': { expanded: true } } };\n"
        "} })"
    )
    (content,) = result.of_type("execute_result")
    assert content["data"] == {"text/plain": "p", "application/json": {"a": [1]}}
    assert content["metadata"] == {"application/json": {"expanded": True}}


def test_a_value_may_give_representations_alone(kernel: Kernel) -> None:
    result = kernel.ok("({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>x</b>' }) })")
    (content,) = result.of_type("execute_result")
    assert (content["data"], content["metadata"]) == ({"text/html": "<b>x</b>"}, {})


def test_an_error_while_a_value_shows_itself_is_the_cells_error(kernel: Kernel) -> None:
    result = kernel.run(
        "({ [Symbol.for('Jupyter.display')]: async () => { throw new Error('no picture'); } })"
    )
    assert (result.reply["ename"], result.reply["evalue"]) == ("Error", "no picture")


def test_a_value_that_shows_itself_wrongly_is_told_how(kernel: Kernel) -> None:
    result = kernel.run("({ [Symbol.for('Jupyter.display')]: () => ({ html: 'x' }) })")
    assert result.reply["ename"] == "TypeError"
    assert 'a MIME bundle such as' in result.reply["evalue"]
    assert '"html"' in result.reply["evalue"]


def test_display_sends_whole_bundles_and_updates_them(kernel: Kernel) -> None:
    result = kernel.ok(
        HOST + "\nawait host.display({ data: { 'text/plain': 'a', 'image/png': 'AA==' },"
        " metadata: { 'image/png': { width: 3 } } }, { displayId: 'one' });\n"
        "await host.display({ data: { 'text/plain': 'b' } }, { displayId: 'one', update: true });"
    )
    (shown,) = result.of_type("display_data")
    assert shown["data"] == {"text/plain": "a", "image/png": "AA=="}
    assert shown["metadata"] == {"image/png": {"width": 3}}
    assert shown["transient"] == {"display_id": "one"}
    (updated,) = result.of_type("update_display_data")
    assert updated["data"] == {"text/plain": "b"}
    assert updated["transient"] == {"display_id": "one"}


def test_idle_waits_for_displays_that_nobody_awaits(kernel: Kernel) -> None:
    result = kernel.ok(
        HOST + "\nhost.display(new Promise(r => setTimeout("
        "() => r({ data: { 'text/plain': 'late' } }), 150)));\nconsole.log('printed');"
    )
    kinds = [m["msg_type"] for m in result.outputs]
    assert kinds == ["execute_input", "stream", "display_data"]


def test_a_display_that_fails_is_reported(kernel: Kernel) -> None:
    failing = "host.display(Promise.reject(new Error('no bundle')));"
    last = kernel.run(f"{HOST}\n{failing}")
    assert (last.reply["status"], last.reply["evalue"]) == ("error", "no bundle")
    forgotten = kernel.ok(f"{HOST}\n{failing}\n'more'")
    assert "Error: no bundle" in forgotten.text("stderr")


def test_a_promise_as_last_value_is_not_awaited_but_nothing_is_not_shown(kernel: Kernel) -> None:
    assert kernel.ok("new Promise<void>(() => {})").value == "Promise { <pending> }"
    assert kernel.ok("Promise.resolve(3)").value == "Promise { 3 }"
    assert kernel.ok(
        HOST + "\nhost.display(new Promise(r => setTimeout(() => r({ 'text/plain': 'x' }), 50)))"
    ).of_type("execute_result") == []


def test_tslabs_own_displays_work(kernel: Kernel) -> None:
    result = kernel.ok(
        "import * as tslab from 'tslab';\n"
        "const shown = tslab.newDisplay(); shown.text('1'); shown.text('2'); tslab.display.html('h');"
    )
    kinds = [m["msg_type"] for m in result.outputs[1:]]
    assert kinds == ["display_data", "update_display_data", "display_data"]


def test_streams_keep_their_order_with_displays(kernel: Kernel) -> None:
    result = kernel.ok(
        HOST + "\nconsole.log('a'); console.error('b'); process.stdout.write('c');"
        " await host.display({ data: { 'text/plain': 'd' } }); console.table([{ e: 1 }]);"
    )
    seen = [
        m["content"].get("text") or m["content"]["data"]["text/plain"] for m in result.outputs[1:]
    ]
    assert seen[:4] == ["a\n", "b\n", "c", "d"]
    assert "e" in seen[4]


def test_a_loop_shows_its_progress_before_it_ends(kernel: Kernel) -> None:
    msg_id = kernel.client.execute(
        "const until = Date.now() + 2000; console.log('begun');"
        " while (Date.now() < until) { if (Date.now() % 100 === 0) console.log('.'); }\n'end'"
    )
    while True:
        message = kernel.client.get_iopub_msg(timeout=1.5)
        if message["msg_type"] == "stream":
            break
    assert message["content"]["text"].startswith("begun")
    assert kernel.collect(msg_id).value == "'end'"


@pytest.mark.parametrize("burst", [1, 2])
def test_a_burst_of_1000_cells_with_displays_loses_nothing(kernel: Kernel, burst: int) -> None:
    kernel.ok(HOST)
    codes = [
        f"console.log('out {i}'); await host.display({{ 'text/plain': 'shown {i}' }}); {i}"
        for i in range(1000)
    ]
    ids = [kernel.client.execute(code) for code in codes]
    for i, msg_id in enumerate(ids):
        result = kernel.collect(msg_id)
        assert result.reply["status"] == "ok"
        assert [m["msg_type"] for m in result.outputs] == [
            "execute_input",
            "stream",
            "display_data",
            "execute_result",
        ]
        assert result.text() == f"out {i}\n"
        assert result.value == str(i)


def test_silent_cells_leave_no_trace(kernel: Kernel) -> None:
    before = kernel.ok("0").reply["execution_count"]
    result = kernel.run("const silently = 5; silently", silent=True)
    assert result.reply["status"] == "ok"
    assert result.outputs == []
    after = kernel.ok("silently")
    assert after.value == "5"
    assert after.reply["execution_count"] == before + 1


def test_without_store_history_the_count_stays(kernel: Kernel) -> None:
    before = kernel.ok("0").reply["execution_count"]
    assert kernel.run("1", store_history=False).reply["execution_count"] == before


def test_user_expressions_are_answered_one_by_one(kernel: Kernel) -> None:
    reply = kernel.run(
        "const six = 6;", user_expressions={"good": "six * 7", "bad": "nothingOfThisName"}
    ).reply
    good, bad = reply["user_expressions"]["good"], reply["user_expressions"]["bad"]
    assert good["status"] == "ok" and good["data"] == {"text/plain": "42"}
    assert bad["status"] == "error" and bad["ename"] == "CompileError"


def test_comms_go_both_ways_with_buffers(kernel: Kernel) -> None:
    kernel.ok(
        HOST + "\nhost.registerTarget('echo', (comm: any) => {\n"
        "  comm.onMessage = (m: any) => comm.send({ got: m.data.x }, m.buffers);\n});"
    )
    session, channel = kernel.client.session, kernel.client.shell_channel
    content = {"comm_id": "c1", "target_name": "echo", "data": {}}
    channel.send(session.msg("comm_open", content))
    message = session.msg("comm_msg", {"comm_id": "c1", "data": {"x": 3}})
    session.send(channel.socket, message, buffers=[b"\x01\x02"])
    while True:
        answer = kernel.client.get_iopub_msg(timeout=10)
        if answer["msg_type"] == "comm_msg":
            break
    assert answer["content"]["data"] == {"got": 3}
    assert [bytes(b) for b in answer["buffers"]] == [b"\x01\x02"]
    info = kernel.reply(kernel.client.comm_info())["content"]
    assert info["comms"] == {"c1": {"target_name": "echo"}}
    channel.send(session.msg("comm_close", {"comm_id": "c1", "data": {}}))
    assert kernel.reply(kernel.client.comm_info())["content"]["comms"] == {}


def test_a_comm_to_an_unknown_target_is_closed(kernel: Kernel) -> None:
    session, channel = kernel.client.session, kernel.client.shell_channel
    channel.send(session.msg("comm_open", {"comm_id": "c2", "target_name": "nobody", "data": {}}))
    while True:
        answer = kernel.client.get_iopub_msg(timeout=10)
        if answer["msg_type"].startswith("comm_"):
            break
    assert (answer["msg_type"], answer["content"]["comm_id"]) == ("comm_close", "c2")
