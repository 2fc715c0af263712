"""Thousands of messages that are none, on every channel; then an ordinary client, which must not notice."""

import collections
import os
import random
import socket

import parameters
import pytest
import zmq
from kernels import wait_until
from malformed import DELIMITER, REQUESTS, Malformed, parts_of

PORTS = {"shell": "shell_port", "control": "control_port", "stdin": "stdin_port", "iopub": "iopub_port", "heartbeat": "hb_port"}


@pytest.fixture
def attack(kernel):
    """The kernel with something in it to lose, and sockets to it; afterwards it must be as it was."""
    assert kernel.succeeds('var intruder = 0\nlet kept = ["a", "b"]\nkept.count') == "2"
    context = zmq.Context()
    process, before, opened = kernel.process, kernel.memory(), kernel.descriptors()

    def connect(kind, port, **options):
        made = context.socket(kind)
        made.linger = 2000
        for name, value in options.items():
            setattr(made, name, value)
        info = kernel.manager.get_connection_info()
        made.connect(f"tcp://{info['ip']}:{info[port]}")
        return made

    yield kernel, connect
    context.destroy(linger=2000)
    assert kernel.process == process, "it is still the same process"
    kernel.client.wait_for_ready(timeout=30)
    kernel.drain()
    assert kernel.run("intruder").result == "0", "none of the code was run"
    assert kernel.run("kept").result == '["a", "b"]'
    wait_until(lambda: kernel.descriptors()["kernel"] <= opened["kernel"] + 2, f"the connections' end: {opened}, {kernel.descriptors()}")
    wait_until(lambda: kernel.memory()["kernel"] < before["kernel"] + 100, f"the memory's return: {before}, {kernel.memory()}")
    assert os.path.getsize(kernel.log) < 2_000_000, "a flood does not fill the disk with complaints"


def answers(made):
    """Reads whatever has come back."""
    found = 0
    while made.poll(0):
        made.recv_multipart()
        found += 1
    return found


@pytest.mark.parametrize("channel", ["shell", "control", "stdin"])
def test_malformed_messages(attack, report, channel):
    kernel, connect = attack
    supply = Malformed(channel, kernel.manager.get_connection_info()["key"], random.Random(parameters.SEED))
    counts, before, start = collections.Counter(), kernel.memory()["kernel"], kernel.process.cpu_times().user
    made = connect(zmq.DEALER, PORTS[channel])
    for number in range(parameters.count("messages")):
        kind, messages = supply.next()
        for frames in messages:
            made.send_multipart(frames)
        counts[kind] += 1
        answers(made)
        if number % 500 == 499:
            # A stranger's connections come and go.
            made.close()
            made = connect(zmq.DEALER, PORTS[channel])
    # What was sent is handled before what is sent last.
    kernel.client.wait_for_ready(timeout=60)
    spent = kernel.process.cpu_times().user - start
    report(f"{sum(counts.values())} messages on {channel}, {1000 * spent / sum(counts.values()):.2f} ms of CPU time each; the kernel had {before} MB, has {kernel.memory()['kernel']}")


def test_huge_messages(attack):
    kernel, connect = attack
    for channel, frames in (("shell", [bytes(200 << 20)]), ("control", [bytes(100 << 20)] * 6), ("stdin", [bytes(64 << 20)] * 3)):
        made = connect(zmq.DEALER, PORTS[channel])
        try:
            made.send_multipart(frames)
            kernel.client.wait_for_ready(timeout=60)
        finally:
            made.close()
    # Longer than the limit: the connection is cut.
    made = connect(zmq.DEALER, PORTS["shell"])
    made.send(bytes(300 << 20))
    made.close(linger=5000)
    assert kernel.run("kept.count").result == "2"


def test_a_flood_of_long_messages(attack, report):
    """What waits for the kernel takes hundreds of megabytes, which it gives back: the fixture asks for them."""
    kernel, connect = attack
    parts = parts_of("execute_request", REQUESTS["shell"]["execute_request"] | {"code": "intruder = 1 //" + "x" * 500_000})
    made = connect(zmq.DEALER, PORTS["shell"], sndhwm=0)
    for _ in range(600):
        made.send_multipart([DELIMITER, b"", *parts])
    kernel.client.wait_for_ready(timeout=60)
    report(f"600 messages of 0.5 MB; the kernel has {kernel.memory()['kernel']} MB")


def test_strange_subscriptions(attack, report):
    kernel, connect = attack
    choices = random.Random(parameters.SEED)
    made = connect(zmq.XSUB, PORTS["iopub"], rcvhwm=10)
    for number in range(parameters.count("messages")):
        topic = choices.choice([b"", b"\x01", choices.randbytes(8), b"stream.stdout", choices.randbytes(choices.choice([100, 3000]))])
        made.send(choices.choice([b"\x01", b"\x01", b"\x00", b"\x02", b"\x03", b""]) + topic)
        answers(made)
        if number % 1000 == 999:
            made.close()
            made = connect(zmq.XSUB, PORTS["iopub"], rcvhwm=10)
    made.send(b"\x01" + bytes(60_000))
    made.send_multipart([b"\x01", b"\x01stream", b"x"])
    assert kernel.run("kept.count").result == "2"
    report(f"{parameters.count('messages')} subscriptions; the kernel has {kernel.memory()['kernel']} MB")


def test_strange_heartbeats(attack, report):
    kernel, connect = attack
    choices = random.Random(parameters.SEED)
    made = connect(zmq.DEALER, PORTS["heartbeat"])
    for number in range(parameters.count("messages")):
        made.send_multipart([choices.randbytes(choices.choice([0, 1, 100, 5000])) for _ in range(choices.choice([1, 2, 3, 15, 16, 40]))])
        answers(made)
    made.send(bytes(10 << 20))
    honest = connect(zmq.REQ, PORTS["heartbeat"], rcvtimeo=10_000)
    honest.send(b"ping")
    assert honest.recv() == b"ping"
    report(f"{parameters.count('messages')} heartbeats; the kernel has {kernel.memory()['kernel']} MB")


@pytest.mark.parametrize("channel", PORTS)
def test_bytes_that_are_not_even_zeromq(attack, channel):
    kernel, _ = attack
    info = kernel.manager.get_connection_info()
    choices = random.Random(parameters.SEED)
    openings = [b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"\xff" + bytes(8) + b"\x7f", b"\xff" + b"\x00" * 8 + b"\x7f\x03\x00NULL" + bytes(50), b"\x16\x03\x01", b"", b"\x01\x00"]
    kept = []
    for _ in range(max(20, parameters.count("messages") // 100)):
        raw = socket.create_connection((info["ip"], info[PORTS[channel]]))
        raw.settimeout(5)
        try:
            raw.sendall(choices.choice(openings) + choices.randbytes(choices.choice([0, 10, 5000])))
        except OSError:
            pass
        kept.append(raw)
        if len(kept) > 10:
            kept.pop(0).close()
    for raw in kept:
        raw.close()
    assert kernel.run("kept.count").result == "2"
