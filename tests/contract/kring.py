"""Runs kring with a home of a test's own, and looks at what it wrote."""
import contextlib
import fcntl
import os
import pty
import re
import resource
import select
import shutil
import signal
import struct
import subprocess
import tempfile
import termios
import time

SECONDS = 60  # longer than any command of a test should take

MOST_MB = 600 if "ASAN_OPTIONS" in os.environ else 100  # of memory; a sanitizer keeps what was freed

# What may never reach a terminal from a text: C0 except newline and tab, DEL, C1, bidi controls, and invisible ones.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
                     "\U000e0000-\U000e007f]")


class Ended:
    """Exit status, output and error output of a command; text that is not UTF-8 shows as \\udcXX."""

    def __init__(self, process, out, err, seconds, megabytes=0):
        self.code, self.seconds, self.megabytes = process.returncode, seconds, megabytes
        self.out, self.err = (s.decode("utf-8", "surrogateescape") for s in (out, err))

    def __str__(self):
        return "exit %d, out %r, err %r" % (self.code, self.out[-600:], self.err[-600:])

    def bad_character(self):
        """The first one that no terminal should get, with what stands around it; None when all is well."""
        for text in (self.out, self.err):
            found = CONTROL.search(text) or re.search("[\ud800-\udfff]", text)
            if found:
                return text[max(0, found.start() - 30):found.end() + 30]
        return None


def high_water(pid):
    """The most memory of this process itself (since its exec), in MB."""
    with contextlib.suppress(OSError):
        with open("/proc/%d/status" % pid) as f:
            for line in f:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) / 1024
    return 0


class Kring:
    """`url` and `key` are where this member is logged in, after `login`."""

    def __init__(self, program, language="en"):
        self.program, self.dir = program, tempfile.mkdtemp(prefix="kring-bad-")
        self.data, self.config = os.path.join(self.dir, "data"), os.path.join(self.dir, "config")
        os.makedirs(os.path.join(self.config, "kring"), 0o700)
        self.settings("language: %s\n" % language)
        self.env = {"HOME": self.dir, "XDG_DATA_HOME": self.data, "XDG_CONFIG_HOME": self.config, "LC_ALL": "C.UTF-8",
                    "TZ": "Europe/Amsterdam", "TERM": "xterm", "PATH": os.environ.get("PATH", "/usr/bin:/bin")}
        self.env.update({k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS") or k == "KRING_NOW"})

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        shutil.rmtree(self.dir, ignore_errors=True)

    def settings(self, text):
        with open(os.path.join(self.config, "kring", "config.yaml"), "w") as f:
            f.write(text)

    def run(self, *words, text="", user=None, seconds=SECONDS, limit=None, env=None):
        """`user` (needs root): as another one; `limit`: the largest file it may write, in bytes."""
        def before():
            if limit is not None:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        begun = time.monotonic()
        process = subprocess.Popen([self.program, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, env={**self.env, **(env or {})}, user=user, preexec_fn=before)
        try:
            out, err = process.communicate(text.encode(), seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            err += b"\n(killed: it took too long)"
        return Ended(process, out, err, time.monotonic() - begun)

    def measure(self, *words, seconds=SECONDS, stop=None):
        """Runs a command and measures the memory that it used at most, as the kernel counted shortly before its end. It is
        asked to end after `stop` seconds."""
        begun, megabytes = time.monotonic(), 0
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen([self.program, *words], stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=self.env)
            while process.poll() is None:
                megabytes = max(megabytes, high_water(process.pid))
                if stop is not None and time.monotonic() - begun > stop:
                    process.terminate()
                    stop = None
                if time.monotonic() - begun > seconds:
                    process.kill()
                time.sleep(0.02)
            out.seek(0), err.seek(0)
            return Ended(process, out.read(), err.read(), time.monotonic() - begun, megabytes)

    def login(self, url, key, ca, user="sanne"):
        return self.run("login", url, "--ca-file", ca, "--user", user, "--key-stdin", text=key + "\n")

    @property
    def account(self):
        """The folder of the member's store; there is one."""
        site, = [d for d in sorted(os.listdir(os.path.join(self.data, "kring"))) if d != "last"]
        user, = os.listdir(os.path.join(self.data, "kring", site))
        return os.path.join(self.data, "kring", site, user)

    @property
    def store(self):
        return os.path.join(self.account, "kring.sqlite")

    def move(self, url):
        """The member's account answers at another address from now on."""
        path = os.path.join(self.account, "account.yaml")
        with open(path) as f:
            lines = f.read().splitlines()
        with open(path, "w") as f:
            f.writelines(("url: %s" % url if line.startswith("url:") else line) + "\n" for line in lines)

    @contextlib.contextmanager
    def screen(self, *words, rows=24, cols=80, env=None, memory=None):
        with Screen([self.program, *words], {**self.env, **(env or {})}, rows, cols, memory) as s:
            yield s


class Screen:
    """kring in a pseudo-terminal; `raw` is every byte that it wrote."""

    def __init__(self, argv, env, rows, cols, memory=None):
        self.raw, self.code = b"", None
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            if memory is not None:
                resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            os.execve(argv[0], argv, env)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    def read(self, seconds):
        """Until nothing comes for so long; False at the end."""
        while select.select([self.fd], [], [], seconds)[0]:
            try:
                more = os.read(self.fd, 65536)
            except OSError:
                return False
            if not more:
                return False
            self.raw += more
        return True

    def wait_for(self, words, seconds=20):
        """Words that kring wrote in one piece; False when they do not come."""
        until = time.monotonic() + seconds
        while words.encode() not in self.raw:
            if time.monotonic() > until or not self.read(0.1):
                return words.encode() in self.raw
        return True

    def keys(self, *keys):
        for key in keys:
            with contextlib.suppress(OSError):  # it may have ended already
                os.write(self.fd, key.encode())
            if not self.read(0.15):
                return

    def resize(self, rows, cols):
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
        self.read(0.15)

    def end(self, seconds=10):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
                return self.code
        return None
