"""Stands between kring and kringd over TLS, and does to their talk what a bad network and a broken server in between do.
Half of the kills happen here too, so that they fall before, while and after the server does something."""
import http.client
import os
import random
import ssl
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "contract"))
from hostile_server import HOP_BY_HOP, Answer, Handler, Server  # noqa: E402

# What can happen to a request, and how often in a hundred. The rest goes well.
FAULTS = {
    "cut before": 5,     # the server never sees it
    "cut after": 9,      # the server does it, and nobody hears so
    "halved": 5,         # the answer ends in the middle
    "corrupted": 4,      # bytes of the answer are others
    "doubled": 2,        # the answer's bytes come twice
    "old answer": 4,     # an earlier answer to such a request comes instead
    "late": 4,
    "429 before": 2, "502 before": 2, "503 before": 2,
    "502 after": 3, "504 after": 2,  # the server did it all the same
}
MOMENTS = ("before", "at server", "halfway", "after")  # to kill, as seen from one change that is sent
REASONS = {429: "Too Many Requests", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Time-out"}


def changes_something(method, path):
    return method != "GET" and "/message-bus/" not in path


class TortureHandler(Handler):
    disable_nagle_algorithm = True

    def setup(self):
        super().setup()
        self.link = None

    def finish(self):
        if self.link is not None:
            self.link.close()
        super().finish()

    def upstream(self, body):
        where = urllib.parse.urlsplit(self.server.upstream)
        headers = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection", "accept-encoding")}
        if self.link is None:
            self.link = http.client.HTTPSConnection(where.hostname, where.port, context=self.server.trust, timeout=30)
        self.link.request(self.command, self.path, body, headers)
        got = self.link.getresponse()
        return Answer(got.status, [(k, v) for k, v in got.getheaders() if k.lower() not in HOP_BY_HOP], got.read())

    def head(self, answer, length):
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def half(self, answer):
        self.head(answer, len(answer.body) + 1)
        self.wfile.write(answer.body[:len(answer.body) // 2])
        self.close_connection = True

    def refuse(self, status):
        self.say(Answer(status, [], b"").replace("<html><h1>%s</h1></html>" % REASONS[status], "text/html", status,
                                                 **({"Retry_After": "1"} if status == 429 else {})))

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        proxy = self.server.proxy
        writes = changes_something(self.command, self.path)
        fault = proxy.fault(writes)
        moment = proxy.reached(writes)
        proxy.note("%s %s %s%s" % (self.command, self.path, fault, " killed " + moment if moment else ""), body)
        if moment == "before":
            proxy.kill(moment)
            self.close_connection = True
            if proxy.chance(0.5):  # it was on its way already
                self.upstream(body)
            return
        if fault == "cut before":
            self.close_connection = True
            return
        if fault.endswith(" before"):
            self.refuse(int(fault[:3]))
            return
        if fault == "late":
            time.sleep(proxy.between(0.01, 0.12))
        if fault == "old answer" and self.path == "/posts.json" and proxy.chance(0.5):
            earlier = proxy.earlier(self.command, self.path)
            if earlier is not None:  # and the server hears nothing of this text
                self.say(earlier)
                return
        answer = self.upstream(body)
        proxy.note("   %d" % answer.status, answer.body)
        earlier = proxy.remember(self.command, self.path, answer) if writes else None
        if moment == "at server":
            proxy.kill(moment)
            self.close_connection = True
        elif moment == "halfway":
            self.half(answer)
            self.wfile.flush()
            proxy.kill(moment)
        else:
            self.pass_on(fault, answer, earlier)
            if moment == "after":
                time.sleep(proxy.between(0, 0.02))
                proxy.kill(moment)

    def pass_on(self, fault, answer, earlier):
        if fault == "cut after":
            self.close_connection = True
        elif fault.endswith(" after"):
            self.refuse(int(fault[:3]))
        elif fault == "halved":
            self.half(answer)
        elif fault == "corrupted":
            answer.body = self.server.proxy.corrupt(answer.body)
            self.say(answer)
        elif fault == "doubled":
            answer.body += answer.body
            self.say(answer)
        else:
            self.say(earlier if fault == "old answer" and earlier is not None else answer)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer


class Proxy:
    """`url` is where kring finds it. Calm until `wild` is set. `arm(moment, n, changes, kill)` calls kill() when the n-th
    request from now, or the n-th that changes something, is at that moment."""

    def __init__(self, kringd, seed):
        self.random, self.lock = random.Random(seed), threading.Lock()
        self.wild, self.counts, self.kills = False, dict.fromkeys(FAULTS, 0), dict.fromkeys(MOMENTS, 0)
        self.requests, self.changes, self.old = 0, 0, {}
        self.armed, self.journal, self.recording = None, [], False
        self.server = Server(("127.0.0.1", 0), TortureHandler)
        self.server.proxy, self.server.upstream, self.server.trust = self, kringd.url, kringd.context
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(os.path.join(kringd.data, "server.pem"), os.path.join(kringd.data, "server.key"))
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = "https://127.0.0.1:%d" % self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.1,), daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *failure):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def note(self, line, body=b""):
        """What was said, to look for why something went wrong."""
        if self.recording:
            self.journal.append("%.3f %s %s" % (time.time(), line, urllib.parse.unquote_plus(body.decode(errors="replace"))))

    def between(self, low, high):
        with self.lock:
            return self.random.uniform(low, high)

    def chance(self, p):
        with self.lock:
            return self.random.random() < p

    def arm(self, moment, n, changes, kill):
        with self.lock:
            self.armed = [moment, n, kill, changes]

    def disarm(self):
        with self.lock:
            self.armed = None

    def reached(self, writes):
        """The moment at which this request has to kill; None for most."""
        with self.lock:
            self.requests += 1
            self.changes += writes
            if self.armed is None or (self.armed[3] and not writes):
                return None
            self.armed[1] -= 1
            return self.armed[0] if self.armed[1] == 0 else None

    def kill(self, moment):
        with self.lock:
            armed, self.armed = self.armed, None
        if armed is not None and armed[2]():
            self.kills[moment] += 1

    def fault(self, writes):
        """What happens to this request. Answers to questions may come broken, but not with other words that look right: TLS
        and the server's own checks keep those away, and nothing could be asked any more."""
        if not self.wild:
            return ""
        with self.lock:
            fault = self.random.choices([*FAULTS, ""], [*FAULTS.values(), 100 - sum(FAULTS.values())])[0]
            if fault == "old answer" and not writes:
                fault = ""
            if fault:
                self.counts[fault] += 1
            return fault

    def remember(self, method, path, answer):
        """Keeps this answer; the one that it takes the place of."""
        earlier = self.earlier(method, path)
        with self.lock:
            if answer.status == 200:
                self.old[self.kind(method, path)] = Answer(answer.status, list(answer.headers), answer.body)
            return earlier

    def kind(self, method, path):
        return method + " " + path.split("?")[0].rstrip("0123456789/.json")

    def earlier(self, method, path):
        with self.lock:
            return self.old.get(self.kind(method, path))

    def corrupt(self, body):
        """Bytes that end a text or an object too early, so that the whole is no JSON any more."""
        with self.lock:
            bad = bytearray(body)
            for _ in range(self.random.randint(1, 20) if bad else 0):
                bad[self.random.randrange(len(bad))] = self.random.choice(b'\x00"}]{\x01')
            return bytes(bad)
