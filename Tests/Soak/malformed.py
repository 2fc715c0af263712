"""Messages that no frontend would send, made from ones that they do send."""

import hashlib
import hmac
import json
import uuid

DELIMITER = b"<IDS|MSG>"

REQUESTS = {
    "shell": {
        "execute_request": {"code": "intruder = 1", "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False},
        "kernel_info_request": {},
        "complete_request": {"code": "prin", "cursor_pos": 4},
        "inspect_request": {"code": "print", "cursor_pos": 3, "detail_level": 0},
        "is_complete_request": {"code": "func f() {"},
        "history_request": {"output": False, "raw": True, "hist_access_type": "tail", "n": 3},
        "comm_info_request": {"target_name": "x"},
        "comm_open": {"comm_id": "c", "target_name": "nobody", "data": {}},
        "comm_msg": {"comm_id": "c", "data": {}},
        "comm_close": {"comm_id": "c", "data": {}},
    },
    "control": {
        "kernel_info_request": {}, "interrupt_request": {}, "debug_request": {"seq": 1, "type": "request", "command": "inspectVariables", "arguments": {}},
        "create_subshell_request": {}, "delete_subshell_request": {"subshell_id": "x"}, "list_subshell_request": {}, "usage_request": {},
    },
    "stdin": {"input_reply": {"value": "intruder", "status": "ok"}},
}

# What stands where something else is expected.
STRANGE = [None, True, -1, 0, 10**30, -(10**30), 1e308, "", "\x00", "🎉" * 100, [], {}, [[]], {"": {}}, "x" * 5000, list(range(300)), 2**63, -(2**63), 0.5, "NaN"]


def parts_of(kind, content):
    header = {
        "msg_id": uuid.uuid4().hex, "session": uuid.uuid4().hex, "username": "stranger", "date": "2026-01-01T00:00:00.000000Z",
        "msg_type": kind, "version": "5.4",
    }
    return [json.dumps(part).encode() for part in (header, {}, {}, content)]


def signed(parts, key, buffers=()):
    digest = hmac.new(key, digestmod=hashlib.sha256)
    for part in parts:
        digest.update(part)
    return [DELIMITER, digest.hexdigest().encode(), *parts, *buffers]


class Malformed:
    """An endless supply for one channel. What is signed properly is still no message that any code would follow from."""

    def __init__(self, channel, key, choices):
        self.channel, self.key, self.choices = channel, key, choices
        self.kinds = [
            self.wrong_signature, self.frames_lost, self.frames_twice, self.frames_swapped, self.noise, self.broken_json, self.deep_json,
            self.other_types, self.strange_header, self.invalid_text, self.many_frames, self.unknown_type, self.replayed, self.long_part,
        ]

    def request(self):
        kind = self.choices.choice(list(REQUESTS[self.channel]))
        return kind, REQUESTS[self.channel][kind]

    def parts(self):
        return parts_of(*self.request())

    def next(self):
        """A kind of damage, and the frames of one message or of two."""
        kind = self.choices.choice(self.kinds)
        frames = kind()
        return kind.__name__, frames if isinstance(frames[0], list) else [frames]

    def wrong_signature(self):
        frames = signed(self.parts(), self.key)
        right = frames[1]
        frames[1] = self.choices.choice([b"", b"0" * 64, right[:-1], right + b"0", right.upper(), b"\xff" * 64, right[::-1]])
        # The reverse may be the same again, once in an age.
        return frames if frames[1] != right else self.wrong_signature()

    def frames_lost(self):
        frames = signed(self.parts(), self.key)
        for _ in range(self.choices.randint(1, len(frames) - 1)):
            del frames[self.choices.randrange(len(frames))]
        return frames or [b""]

    def frames_twice(self):
        frames = signed(self.parts(), self.key)
        place = self.choices.randrange(1, 5)
        return frames[:place] + [frames[place]] * self.choices.randint(1, 3) + frames[place:]

    def frames_swapped(self):
        frames = signed(self.parts(), self.key)
        self.choices.shuffle(frames)
        return frames if frames[0] != DELIMITER else self.frames_lost()

    def noise(self):
        return [self.choices.randbytes(self.choices.choice([0, 1, 7, 64, 3000])) for _ in range(self.choices.randint(1, 12))]

    def broken_json(self):
        parts = self.parts()
        place = self.choices.randrange(4)
        text = parts[place]
        cut = self.choices.randrange(len(text))
        # The parent's header is never read, only sent back: what is no header there is the sender's own affair.
        parts[0 if place == 1 else place] = text[:cut] + self.choices.choice([b"", b"}", b"\x00", b",", b"\\", b'"', b"[", b"1e999"])
        try:
            if all(isinstance(json.loads(parts[index]), dict) for index in (0, 2, 3)):
                # Mended by chance.
                return self.broken_json()
        except ValueError:
            pass
        return signed(parts, b"a stranger's" if self.channel == "stdin" else self.key)

    def deep_json(self):
        parts = self.parts()
        opening = self.choices.choice([b"[", b'{"a":', b'[{"b":['])
        parts[self.choices.choice([0, 2, 3])] = opening * self.choices.choice([513, 5_000, 200_000])
        return signed(parts, self.key)

    def other_types(self):
        kind, content = self.request()
        content = dict(content)
        for name in content or ["extra"]:
            if name != "code" and self.choices.random() < 0.7:
                content[name] = self.choices.choice(STRANGE)
        if "code" in content:
            content["code"] = self.choices.choice([value for value in STRANGE if not isinstance(value, str)])
        return signed(parts_of(kind, content), self.key)

    def strange_header(self):
        parts = parts_of(*self.request())
        header = json.loads(parts[0])
        header[self.choices.choice(["msg_id", "msg_type"])] = self.choices.choice([value for value in STRANGE if not isinstance(value, str)])
        header["subshell_id"] = self.choices.choice(STRANGE)
        parts[0] = json.dumps(header).encode()
        return signed(parts, self.key)

    def invalid_text(self):
        parts = self.parts()
        place = self.choices.choice([0, 2, 3])
        parts[place] = parts[place][:1] + self.choices.choice([b"\xff\xfe", b'"\xc3', b'"\xed\xa0\x80":1,', b"\x80", b'"\xf8\x88\x80\x80\x80":1,']) + parts[place][1:]
        return signed(parts, self.key)

    def many_frames(self):
        return signed(self.parts(), b"not the key", buffers=[b"x"] * self.choices.choice([100, 4_000, 6_000]))

    def unknown_type(self):
        kind = self.choices.choice(["", "nobody_knows", "execute_reply", "status", "x" * 10_000, "execute_request\x00", "__init__"])
        return signed(parts_of(kind, self.choices.choice(STRANGE[-6:] + [{}])), self.key)

    def replayed(self):
        frames = signed(parts_of("kernel_info_request" if self.channel != "stdin" else "input_reply", {}), self.key)
        return [frames, frames]

    def long_part(self):
        parts = self.parts()
        parts[3] = b'{"code":"' + b"x" * self.choices.choice([100_000, 1_000_000]) + b'"'
        return signed(parts, b"not the key")
