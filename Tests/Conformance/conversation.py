"""A running Martlet kernel, and what was said about a request."""

import queue
import time
from dataclasses import dataclass, field

from jupyter_client.manager import KernelManager

LIMIT = 60


@dataclass
class Exchange:
    """A request's reply, and its iopub messages in their order up to the idle status."""

    request: str
    reply: dict | None = None
    published: list = field(default_factory=list)

    @property
    def content(self):
        return self.reply["content"]

    @property
    def types(self):
        return [m["msg_type"] for m in self.published]

    def of_type(self, kind):
        return [m["content"] for m in self.published if m["msg_type"] == kind]

    def text(self, name="stdout"):
        return "".join(c["text"] for c in self.of_type("stream") if c["name"] == name)

    @property
    def result(self):
        results = self.of_type("execute_result")
        return results[-1]["data"]["text/plain"] if results else None

    def assert_framed(self):
        """Busy first, idle last, nothing of another request between, and no second status."""
        states = [m["content"]["execution_state"] for m in self.published if m["msg_type"] == "status"]
        assert states == ["busy", "idle"], states
        assert self.types[0] == "status" and self.types[-1] == "status", self.types
        assert {m["parent_header"]["msg_id"] for m in self.published} == {self.request}


class Conversation:
    """A kernel and its client; the options are those of jupyter_client's KernelManager."""

    def __init__(self, kernel="martlet", environment=None, **options):
        self.kernel, self.environment, self.options = kernel, environment, options

    def __enter__(self):
        self.manager = KernelManager(kernel_name=self.kernel, **self.options)
        self.manager.start_kernel(**({"env": self.environment} if self.environment else {}))
        self.client = self.manager.client()
        self.client.start_channels()
        try:
            self.client.wait_for_ready(timeout=LIMIT)
        except BaseException:
            self.__exit__()
            raise
        self.drain()
        return self

    def __exit__(self, *unused):
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=True)

    def drain(self):
        """Forgets what has arrived so far."""
        for channel in (self.client.iopub_channel, self.client.shell_channel):
            while channel.msg_ready():
                channel.get_msg(timeout=1)

    def request(self, kind, content, channel="shell"):
        """Sends any message; returns its identifier."""
        message = self.client.session.msg(kind, content)
        getattr(self.client, f"{channel}_channel").send(message)
        return message["header"]["msg_id"]

    def send(self, code, **options):
        return self.client.execute(code, allow_stdin=options.pop("allow_stdin", False), **options)

    def run(self, code, **options):
        """Executes a cell to its end."""
        return self.collect(self.send(code, **options))

    def ask(self, kind, content, channel="shell"):
        return self.collect(self.request(kind, content, channel), channel)

    def collect(self, request, channel="shell", limit=LIMIT):
        """Waits for a request's reply and its idle status; what belongs to other requests is dropped."""
        exchange = Exchange(request)
        self.publish_until(exchange, lambda m: m["msg_type"] == "status" and m["content"]["execution_state"] == "idle", limit)
        exchange.reply = self.reply_to(request, channel, limit)
        return exchange

    def publish_until(self, exchange, is_last, limit=LIMIT):
        """Adds the request's iopub messages until one of them is the last."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            try:
                message = self.client.get_iopub_msg(timeout=1)
            except queue.Empty:
                continue
            if message["parent_header"].get("msg_id") != exchange.request:
                continue
            exchange.published.append(message)
            if is_last(message):
                return exchange
        raise AssertionError(f"no end of {exchange.request} within {limit} s: {exchange.types}")

    def reply_to(self, request, channel="shell", limit=LIMIT):
        end = time.monotonic() + limit
        get = self.client.get_shell_msg if channel == "shell" else self.client.get_control_msg
        while time.monotonic() < end:
            try:
                reply = get(timeout=1)
            except queue.Empty:
                continue
            if reply["parent_header"].get("msg_id") == request:
                return reply
        raise AssertionError(f"no reply to {request} on {channel} within {limit} s")

    def wait_for_text(self, exchange, text, limit=LIMIT):
        """Waits until a cell that still runs has written a text."""
        return self.publish_until(exchange, lambda m: m["msg_type"] == "stream" and text in exchange.text(), limit)
