"""Raw frames: the heartbeat, the iopub welcome, and messages that must be ignored."""

import hashlib
import hmac
import json
import uuid

import pytest
import zmq
from jupyter_client.session import Session


@pytest.fixture
def wire(kernel):
    """The kernel's connection information, and a ZeroMQ context to reach it with."""
    context = zmq.Context()
    yield kernel, kernel.manager.get_connection_info(), context
    context.destroy(linger=0)


def connect(context, info, kind, port, **options):
    socket = context.socket(kind)
    socket.linger = 0
    socket.rcvtimeo = 10_000
    for name, value in options.items():
        setattr(socket, name, value)
    socket.connect(f"tcp://{info['ip']}:{info[port]}")
    return socket


def test_heartbeat_echoes(wire):
    _, info, context = wire
    socket = connect(context, info, zmq.REQ, "hb_port")
    for beat in (b"ping", b"", bytes(range(256))):
        socket.send(beat)
        assert socket.recv() == beat


def test_every_subscription_is_welcomed(wire):
    _, info, context = wire
    socket = connect(context, info, zmq.SUB, "iopub_port")
    socket.subscribe(b"")
    frames = socket.recv_multipart()
    message = Session(key=info["key"]).deserialize(Session(key=info["key"]).feed_identities(frames)[1])
    assert message["msg_type"] == "iopub_welcome"
    assert message["content"] == {"subscription": ""}
    assert message["parent_header"] == {}


def test_a_subscription_to_a_topic_is_welcomed_with_the_topic(wire):
    _, info, context = wire
    socket = connect(context, info, zmq.SUB, "iopub_port")
    socket.subscribe(b"kernel.topic")
    frames = socket.recv_multipart()
    assert frames[0] == b"kernel.topic"
    message = Session(key=info["key"]).deserialize(Session(key=info["key"]).feed_identities(frames)[1])
    assert message["content"] == {"subscription": "kernel.topic"}


def frames_of(info, code, key=None, signature=None):
    header = {
        "msg_id": uuid.uuid4().hex, "session": uuid.uuid4().hex, "username": "stranger",
        "date": "2026-01-01T00:00:00.000000Z", "msg_type": "execute_request", "version": "5.3",
    }
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
    parts = [json.dumps(part).encode() for part in (header, {}, {}, content)]
    digest = hmac.new((key or info["key"].decode()).encode(), digestmod=hashlib.sha256)
    for part in parts:
        digest.update(part)
    signed = signature if signature is not None else digest.hexdigest().encode()
    return [b"<IDS|MSG>", signed] + parts


@pytest.mark.parametrize(
    "spoil",
    [
        lambda info, code: frames_of(info, code, key="not the key"),
        lambda info, code: frames_of(info, code, signature=b""),
        lambda info, code: frames_of(info, code, signature=b"0" * 64),
        lambda info, code: frames_of(info, code)[:4],
        lambda info, code: frames_of(info, code)[1:],
        lambda info, code: [b"<IDS|MSG>"],
        lambda info, code: [b""],
        lambda info, code: frames_of(info, code)[:2] + [b"{not json", b"{}", b"{}", b"{}"],
        lambda info, code: frames_of(info, code)[:2] + [b"[" * 100_000, b"{}", b"{}", b"{}"],
    ],
    ids=["wrong key", "no signature", "zero signature", "too few frames", "no delimiter", "delimiter only", "empty", "no JSON", "deep JSON"],
)
def test_messages_that_are_not_ours_are_ignored(wire, spoil):
    kernel, info, context = wire
    socket = connect(context, info, zmq.DEALER, "shell_port", rcvtimeo=500)
    socket.send_multipart(spoil(info, "let intruder = 1"))
    with pytest.raises(zmq.Again):
        socket.recv_multipart()
    kernel.drain()
    assert kernel.run("intruder").content["status"] == "error", "the code must not have run"
    assert kernel.run("3 + 4").result == "7"


def test_a_message_that_comes_twice_is_run_once(wire):
    kernel, info, context = wire
    kernel.run("var arrivals = 0")
    socket = connect(context, info, zmq.DEALER, "shell_port")
    frames = frames_of(info, "arrivals += 1")
    socket.send_multipart(frames)
    socket.recv_multipart()
    socket.send_multipart(frames)
    kernel.run("1")
    assert kernel.run("arrivals").result == "1"


def test_replies_carry_the_sender_s_identity_and_the_request_s_header(wire):
    _, info, context = wire
    socket = connect(context, info, zmq.DEALER, "shell_port", identity=b"\x01\xffraw identity")
    frames = frames_of(info, "1")
    socket.send_multipart(frames)
    reply = socket.recv_multipart()
    assert reply[0] == b"<IDS|MSG>"
    assert json.loads(reply[3]) == json.loads(frames[2])
