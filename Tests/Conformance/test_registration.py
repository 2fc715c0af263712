"""Kernels that choose their ports and tell their launcher: as the documentation has it, and as Positron does."""

import hashlib
import hmac
import json
import os
import subprocess

import pytest
import zmq
from conftest import MARTLET
from jupyter_client import BlockingKernelClient
from jupyter_client.session import Session

KEY = "the key that both know"
CHANNELS = {"shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"}


def signature(*parts, key=KEY):
    code = hmac.new(key.encode(), digestmod=hashlib.sha256)
    for part in parts:
        code.update(part)
    return code.hexdigest().encode()


class Launcher:
    """A registration socket, and the kernel that was started to register there."""

    def __init__(self, kind, folder, content):
        self.context = zmq.Context()
        self.socket = self.context.socket(kind)
        self.socket.linger, self.socket.rcvtimeo = 0, 30_000
        port = self.socket.bind_to_random_port("tcp://127.0.0.1")
        file = folder / "registration.json"
        common = {"transport": "tcp", "signature_scheme": "hmac-sha256", "key": KEY, "registration_port": port}
        file.write_text(json.dumps(common | content))
        self.kernel = subprocess.Popen([MARTLET, "kernel", str(file)], stderr=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.kernel.terminate()
        self.kernel.wait(20)
        self.kernel.stderr.close()
        self.context.destroy(linger=0)

    def runs_a_cell(self, ports):
        assert {name for name in ports if name.endswith("_port")} == CHANNELS
        assert len(set(ports.values())) >= 5
        client = BlockingKernelClient(ip="127.0.0.1", transport="tcp", session=Session(key=KEY.encode()))
        for name in CHANNELS:
            setattr(client, name, int(ports[name]))
        client.start_channels()
        try:
            client.wait_for_ready(timeout=60)
            reply = client.execute_interactive("6 * 7", output_hook=lambda message: None, timeout=60)
            assert reply["content"]["status"] == "ok"
            asked = client.session.msg("connect_request", {})
            client.shell_channel.send(asked)
            while (answer := client.get_shell_msg(timeout=10))["parent_header"]["msg_id"] != asked["msg_id"]:
                pass
            assert {name: answer["content"][name] for name in CHANNELS} == {name: int(ports[name]) for name in CHANNELS}
        finally:
            client.stop_channels()


@pytest.mark.parametrize("acknowledgement", [b"ACK", b'{"status": "ok"}'])
def test_the_documented_handshake(tmp_path, acknowledgement):
    with Launcher(zmq.ROUTER, tmp_path, {"kernel_id": "kernel 1", "registration_ip": "127.0.0.1"}) as launcher:
        identity, delimiter, signed, content = launcher.socket.recv_multipart()
        assert delimiter == b"<IDS|MSG>" and signed == signature(content)
        ports = json.loads(content)
        assert ports.pop("kernel_id") == "kernel 1"
        assert all(isinstance(port, str) for port in ports.values())
        launcher.socket.send_multipart([identity, delimiter, signature(acknowledgement), acknowledgement])
        launcher.runs_a_cell(ports)


def test_positron_s_handshake(tmp_path):
    with Launcher(zmq.REP, tmp_path, {"ip": "127.0.0.1"}) as launcher:
        session = Session(key=KEY.encode())
        message = session.deserialize(session.feed_identities(launcher.socket.recv_multipart())[1])
        assert message["msg_type"] == "handshake_request"
        reply = session.msg("handshake_reply", {"status": "ok"}, parent=message)
        launcher.socket.send_multipart(session.serialize(reply))
        launcher.runs_a_cell(message["content"])


def test_who_does_not_know_the_key_is_not_the_launcher(tmp_path):
    with Launcher(zmq.ROUTER, tmp_path, {"kernel_id": "k", "registration_ip": "127.0.0.1"}) as launcher:
        identity, delimiter, _, content = launcher.socket.recv_multipart()
        launcher.socket.send_multipart([identity, delimiter, signature(b"ACK", key="another"), b"ACK"])
        assert "not an acknowledgement" in launcher.kernel.stderr.readline()
        launcher.socket.send_multipart([identity, delimiter, signature(b"ACK"), b"ACK"])
        launcher.runs_a_cell({name: port for name, port in json.loads(content).items() if name != "kernel_id"})


def test_a_bad_file_is_named(tmp_path):
    file = tmp_path / "registration.json"
    file.write_text(json.dumps({"registration_port": 70_000, "registration_ip": "127.0.0.1"}))
    ended = subprocess.run([MARTLET, "kernel", str(file)], capture_output=True, text=True, env=dict(os.environ))
    assert ended.returncode == 1
    assert str(file) in ended.stderr and "registration_port is not a number from 1 to 65535" in ended.stderr
