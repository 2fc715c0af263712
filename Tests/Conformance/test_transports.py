"""Encrypted sockets, and sockets that are files."""

import zmq
from conversation import Conversation


def test_an_encrypted_kernel():
    with Conversation(transport_encryption="required") as kernel:
        assert kernel.manager.get_connection_info()["curve_publickey"]
        assert kernel.run("40 + 2").result == "42"
        request = kernel.send("readLine()!", allow_stdin=True)
        kernel.client.get_stdin_msg(timeout=30)
        kernel.client.input("secret")
        assert kernel.collect(request).result == '"secret"'
        assert kernel.ask("kernel_info_request", {}, channel="control").content["status"] == "ok"


def test_an_encrypted_kernel_does_not_talk_in_the_clear():
    with Conversation(transport_encryption="required") as kernel:
        info = kernel.manager.get_connection_info()
        context = zmq.Context()
        socket = context.socket(zmq.REQ)
        socket.linger, socket.rcvtimeo = 0, 1000
        socket.connect(f"tcp://{info['ip']}:{info['hb_port']}")
        socket.send(b"ping")
        try:
            socket.recv()
            raise AssertionError("the heartbeat answered a client without keys")
        except zmq.Again:
            pass
        finally:
            context.destroy(linger=0)


def test_sockets_that_are_files(tmp_path):
    with Conversation(transport="ipc", ip=str(tmp_path / "kernel")) as kernel:
        assert kernel.run("40 + 2").result == "42"
