"""Starts and stops a kringd of a test's own: a folder that goes away, any free port, TLS with an own authority."""
import base64
import contextlib
import html.parser
import http.cookiejar
import json
import os
import select
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

SKIPPED = 77
PASSWORD = "kring-voorbeeld"  # of every member of the sample
READY = "kringd: ready "

# A test that takes too long is asked to end; then it cleans up too.
signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))


def skip(sentence):
    print("skipped: " + sentence)
    sys.exit(SKIPPED)


class Report:
    """Prints what a test did. `end()` is the test's exit status."""

    def __init__(self):
        self.failed = 0

    def check(self, good, what, why=""):
        print("%s %s%s" % ("ok" if good else "not ok", what, "" if good else ": %s" % (why,)), flush=True)
        self.failed += not good
        return good

    def equal(self, got, wanted, what):
        return self.check(got == wanted, what, "%r, not %r" % (got, wanted))

    def end(self):
        print("%d not ok" % self.failed if self.failed else "all ok")
        return 1 if self.failed else 0


class Kringd:
    """A community in a temporary folder, and the server that answers for it while it runs."""

    def __init__(self, program, sample="nl", options=()):
        self.program, self.options, self.process, self.url = program, list(options), None, None
        self.dir = tempfile.mkdtemp(prefix="kring-contract-")
        self.data = os.path.join(self.dir, "data")
        self.ca = os.path.join(self.data, "ca.pem")
        if sample:
            self.run("init", "--sample", sample)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.kill()
        shutil.rmtree(self.dir, ignore_errors=True)

    def run(self, command, *words, text=None):
        """A kringd command about this folder; its output."""
        done = subprocess.run([self.program, command, "--data", self.data, *words], input=text, capture_output=True,
                              text=True, timeout=60)
        if done.returncode != 0:
            raise RuntimeError("kringd %s: %s" % (command, done.stderr))
        return done.stdout.strip()

    def start(self, *more):
        """Serves without limits; `more` are options for serve that come after, and so win."""
        self.process = subprocess.Popen(
            [self.program, "serve", "--data", self.data, "--listen", "127.0.0.1:0", "--tls-self-signed", "--no-limits",
             *self.options, *more], stdout=subprocess.PIPE, text=True)
        if not select.select([self.process.stdout], [], [], 30)[0]:
            raise RuntimeError("kringd does not start")
        line = self.process.stdout.readline()
        if not line.startswith(READY):
            raise RuntimeError("kringd does not start: %r" % line)
        self.url = line[len(READY):].strip()
        self.context = ssl.create_default_context(cafile=self.ca)
        return self

    def stop(self, how=signal.SIGTERM, seconds=10):
        """Sends the signal; the exit status and how many seconds it took."""
        begun = time.monotonic()
        self.process.send_signal(how)
        code = self.process.wait(seconds)
        self.process.stdout.close()
        self.process = None
        return code, time.monotonic() - begun

    def kill(self):
        if self.process is not None:
            self.stop(signal.SIGKILL)

    def key(self, username=None):
        """A user API key of a member; without a name an admin key."""
        return self.run("key", username) if username else self.run("key", "--admin")

    def ask(self, path, key=None, body=None, headers=None, method=None):
        """The status and the JSON of the answer; None when it is not JSON. A `body` is sent as JSON."""
        all_headers = {"Accept": "application/json", **({"User-Api-Key": key} if key else {}), **(headers or {})}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            all_headers["Content-Type"] = "application/json"
        request = urllib.request.Request(self.url + path, data=data, headers=all_headers, method=method)
        try:
            with urllib.request.urlopen(request, context=self.context, timeout=30) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                status, text = error.code, error.read()
        try:
            return status, json.loads(text)
        except ValueError:
            return status, None


class KeyPair:
    """A program's RSA keys, made and used by openssl."""

    def __init__(self, folder):
        if not shutil.which("openssl"):
            skip("openssl is not installed")
        self.path = os.path.join(folder, "program.pem")
        self._openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", self.path)
        self.public = self._openssl("pkey", "-in", self.path, "-pubout").decode()

    def _openssl(self, *words, text=None):
        return subprocess.run(["openssl", *words], input=text, capture_output=True, check=True, timeout=60).stdout

    def request(self, **more):
        """What a program asks for: the parameters of a key."""
        return {"application_name": "kring", "client_id": "kring-contract", "scopes": "read", "nonce": "n1",
                "public_key": self.public, "padding": "oaep", **more}

    def open(self, payload):
        """The key in a payload that the page or the answer gives."""
        plain = self._openssl("pkeyutl", "-decrypt", "-inkey", self.path, "-pkeyopt", "rsa_padding_mode:oaep",
                              text=base64.b64decode(payload))
        return json.loads(plain)["key"]


class Page(html.parser.HTMLParser):
    """A page's forms (fields by name, address, buttons by value), its <code> and all its text."""

    def __init__(self, status, url, text):
        super().__init__()
        self.status, self.url, self.html = status, url, text
        self.forms, self.text, self.code, self._in_code = [], "", "", False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "form":
            self.forms.append({"action": values["action"], "fields": {}, "buttons": []})
        elif tag == "input" and self.forms:
            self.forms[-1]["fields"][values["name"]] = values.get("value", "")
        elif tag == "button" and self.forms:
            self.forms[-1]["buttons"].append((values["name"], values["value"]))
        elif tag == "code":
            self._in_code = True

    def handle_endtag(self, tag):
        self._in_code = self._in_code and tag != "code"

    def handle_data(self, data):
        self.text += data
        if self._in_code:
            self.code += data


class Visitor:
    """A browser without scripts: keeps cookies, follows redirects, sends forms."""

    def __init__(self, kringd, language="en"):
        self.kringd = kringd
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=kringd.context),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.opener.addheaders = [("Accept", "text/html"), ("Accept-Language", language)]

    def open(self, url, form=None):
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        try:
            with self.opener.open(urllib.parse.urljoin(self.kringd.url, url), data, timeout=30) as answer:
                return Page(answer.status, answer.url, answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Page(error.code, error.url, error.read().decode())

    def send(self, page, button, **values):
        """Fills in the page's only form and presses the button with this value."""
        form, = page.forms
        pressed, = [b for b in form["buttons"] if b[1] == button]
        return self.open(form["action"], {**form["fields"], **values, pressed[0]: pressed[1]})

    def log_in(self, username, password=PASSWORD, page=None):
        return self.send(page or self.open("/login"), "login", login=username, password=password)


@contextlib.contextmanager
def ended(process):
    """The process, which is surely gone afterwards."""
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
