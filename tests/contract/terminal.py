"""What a person does with kring: reads what stands on the screen, types, waits for words. Nothing waits for time."""
import base64
import contextlib
import datetime
import hashlib
import hmac
import os
import re
import select
import signal
import struct
import subprocess
import time

from kring import Screen

WAIT = 40  # seconds; longer than anything here should take

PIECE = re.compile(rb"\x1b\[([?>]?)([0-9;]*)([@A-Za-z`])|\x1b[()][0AB]|\x1b[=>78cDEHM]|\r|\n|\x08|\x0e|\x0f|\t|"
                   rb"[^\x1b\r\n\x08\x0e\x0f\t]+|\x1b")

UNFINISHED = re.compile(rb"(?:\x1b(?:\[[?>]?[0-9;]*|[()])?|[\xc0-\xff][\x80-\xbf]{0,2})?\Z")  # the rest is still to come


def one_time_code(secret):
    """The code of an authenticator (RFC 6238), on the clock that kringd has."""
    fixed = os.environ.get("KRING_NOW")
    now = datetime.datetime.fromisoformat(fixed.replace("Z", "+00:00")).timestamp() if fixed else time.time()
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(now) // 30), hashlib.sha1).digest()
    at = mac[-1] & 15
    return "%06d" % ((struct.unpack(">I", mac[at:at + 4])[0] & 0x7fffffff) % 1000000)


class Talk:
    """A command of kring between pipes, that asks and is answered."""

    def __init__(self, kring, *words, env=None):
        self.out, self.err, self.code = "", "", None
        self.argv = [kring.program, *words]
        self.process = subprocess.Popen(self.argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        env={**kring.env, **(env or {})})

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            with contextlib.suppress(OSError):
                stream.close()

    def __str__(self):
        return "exit %s, out %r, err %r" % (self.code, self.out[-600:], self.err[-900:])

    def _read(self, seconds):
        streams = [s for s in (self.process.stdout, self.process.stderr) if not s.closed]
        for stream in select.select(streams, [], [], seconds)[0]:
            text = os.read(stream.fileno(), 65536)
            if not text:
                stream.close()
            elif stream is self.process.stdout:
                self.out += text.decode()
            else:
                self.err += text.decode()
        return bool(streams)

    def hear(self, pattern):
        """The match of a pattern in the error output; None when it ended without."""
        until = time.monotonic() + WAIT
        while not re.search(pattern, self.err) and time.monotonic() < until and self._read(0.2):
            pass
        return re.search(pattern, self.err)

    def say(self, text):
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(text.encode())
            self.process.stdin.flush()

    def signal(self, number):
        self.process.send_signal(number)

    def end(self):
        """The exit status."""
        until = time.monotonic() + WAIT
        while time.monotonic() < until and self._read(0.2):
            pass
        try:
            self.code = self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.code = "does not end"
        return self.code


class Window(Screen):
    """kring in a pseudo-terminal, with what stands on the screen as a person sees it."""

    def __init__(self, kring, *words, rows=40, cols=100, env=None):
        self.rows, self.cols, self.seen = rows, cols, 0
        self.cells = [[" "] * cols for _ in range(rows)]
        self.row = self.col = self.top = 0
        self.bottom = rows
        super().__init__([kring.program, *words], {**kring.env, **(env or {})}, rows, cols)

    def _clear(self, row, first, last):
        self.cells[row][first:last] = [" "] * (min(last, self.cols) - first)

    def _scroll(self, top, n):
        """n rows less at `top` (or -n more), within the part that scrolls."""
        part, empty = self.cells[top:self.bottom], [[" "] * self.cols for _ in range(abs(n))]
        self.cells[top:self.bottom] = (part[n:] + empty if n > 0 else empty + part[:n])[:len(part)]

    def _put(self, text):
        for c in text:
            if self.row < self.rows and self.col < self.cols:
                self.cells[self.row][self.col] = self.last = c
            self.col += 1

    def _control(self, private, text, verb):
        numbers = [int(n) if n else 0 for n in text.split(";")]
        n = max(1, numbers[0])
        if private:
            return
        if verb in "Hf":
            self.row, self.col = n - 1, (max(1, numbers[1]) if len(numbers) > 1 else 1) - 1
        elif verb in "G`":
            self.col = n - 1
        elif verb == "d":
            self.row = n - 1
        elif verb == "A":
            self.row = max(0, self.row - n)
        elif verb == "B":
            self.row += n
        elif verb == "C":
            self.col += n
        elif verb == "D":
            self.col = max(0, self.col - n)
        elif verb == "X":
            self._clear(self.row, self.col, self.col + n)
        elif verb == "b":
            self._put(self.last * n)
        elif verb == "K":
            self._clear(self.row, 0 if numbers[0] else self.col, self.cols if numbers[0] != 1 else self.col + 1)
        elif verb == "J":
            below = numbers[0] == 0
            self._clear(self.row, self.col if below else 0, self.cols)
            for row in range(self.row if below else 0, self.rows):
                self._clear(row, 0 if row != self.row or not below else self.col, self.cols)
        elif verb == "r":
            self.top, self.bottom = n - 1, numbers[1] if len(numbers) > 1 else self.rows
            self.row = self.col = 0
        elif verb in "ST":
            self._scroll(self.top, n if verb == "S" else -n)
        elif verb in "LM":
            self._scroll(self.row, n if verb == "M" else -n)
        elif verb == "P":
            line = self.cells[self.row]
            self.cells[self.row] = line[:self.col] + line[self.col + n:] + [" "] * n
        elif verb == "@":
            line = self.cells[self.row]
            self.cells[self.row] = (line[:self.col] + [" "] * n + line[self.col:])[:self.cols]

    @property
    def lines(self):
        """The rows as they are now, without the spaces at their ends."""
        whole = len(self.raw) - len(UNFINISHED.search(self.raw, self.seen).group(0))
        for m in PIECE.finditer(self.raw, self.seen, whole):
            piece = m.group(0)
            if m.group(3):
                self._control(m.group(1), m.group(2).decode(), m.group(3).decode())
            elif piece == b"\r":
                self.col = 0
            elif piece == b"\n" and self.row + 1 == self.bottom:
                self._scroll(self.top, 1)
            elif piece == b"\n":
                self.row += 1
            elif piece == b"\x1bM" and self.row == self.top:
                self._scroll(self.top, -1)
            elif piece == b"\x1bM":
                self.row -= 1
            elif piece == b"\x08":
                self.col = max(0, self.col - 1)
            elif piece[0] != 0x1b and piece not in (b"\x0e", b"\x0f", b"\t"):
                self._put(piece.decode("utf-8", "replace"))
        self.seen = whole
        return ["".join(line).rstrip() for line in self.cells]

    @property
    def text(self):
        return "\n".join(self.lines)

    def see(self, *words, key=None):
        """Waits until all these words stand on the screen; presses `key` now and then. False when they do not come."""
        until, pressed = time.monotonic() + WAIT, time.monotonic()
        while not all(w in self.text for w in words):
            if time.monotonic() > until or not self.read(0.1):
                return all(w in self.text for w in words)
            if key and time.monotonic() - pressed > 1:
                os.write(self.fd, key.encode())
                pressed = time.monotonic()
        return True

    def type(self, text):
        os.write(self.fd, text.encode())

    def address(self):
        """A web address that goes on over several rows."""
        found = re.search(r"https://\S+(?:\n {0,4}\S+)*", self.text)
        return re.sub(r"\s", "", found.group(0)) if found else ""

    def signal(self, number=signal.SIGTERM):
        os.kill(self.pid, number)

    def choose(self, words):
        """Goes to the row with these words and opens it."""
        for arrow in ["\x1b[B"] * 12 + ["\x1b[A"] * 12:
            if any(line.lstrip().startswith("> ") and words in line for line in self.lines):
                self.type("\r")
                return True
            self.type(arrow)
            self.read(0.2)
        return False
