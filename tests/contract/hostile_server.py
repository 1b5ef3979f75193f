"""Stands between kring and a real kringd, over TLS with kringd's own certificate, and changes what kringd answers.

    with Hostile(kringd, change) as hostile: ... hostile.url ...

`change(path, answer)` gets every answer and may alter it, or return another; it may also return a function that gets the
handler and writes whatever it likes. Nothing in here knows kring."""
import http.client
import http.server
import os
import ssl
import threading
import urllib.parse

HOP_BY_HOP = ("connection", "keep-alive", "transfer-encoding", "content-length", "date", "server")


class Answer:
    """Status, headers (pairs) and body as kringd gave them; json bodies are known by their type."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def is_json(self):
        return "json" in self.header("Content-Type")

    def replace(self, body, kind="application/json; charset=utf-8", status=200, **headers):
        self.status, self.body = status, body if isinstance(body, bytes) else body.encode()
        self.headers = [("Content-Type", kind)] + [(k.replace("_", "-"), v) for k, v in headers.items()]
        return self


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30

    def log_message(self, *words):
        pass

    def upstream(self, body):
        where = urllib.parse.urlsplit(self.server.upstream)
        link = http.client.HTTPSConnection(where.hostname, where.port, context=self.server.trust, timeout=30)
        try:
            headers = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection", "accept-encoding")}
            link.request(self.command, self.path, body, headers)
            got = link.getresponse()
            return Answer(got.status, [(k, v) for k, v in got.getheaders() if k.lower() not in HOP_BY_HOP], got.read())
        finally:
            link.close()

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.seen.append((self.command, self.path, dict(self.headers)))
        answer = self.upstream(body) if self.server.upstream else Answer(404, [], b"")
        changed = self.server.change(self.path, answer) if self.server.change else answer
        if callable(changed):
            self.close_connection = True
            changed(self)
            return
        self.say(changed or answer)

    def say(self, answer):
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request, client_address):
        pass  # clients that hang up are expected here


class Hostile:
    def __init__(self, kringd=None, change=None, cert=None, key=None):
        """Without a kringd everything is 404 before `change`; then cert and key are needed."""
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.upstream = kringd.url if kringd else None
        self.server.trust = kringd.context if kringd else None
        self.server.change, self.server.seen = change, []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert or os.path.join(kringd.data, "server.pem"), key or os.path.join(kringd.data, "server.key"))
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

    @property
    def seen(self):
        """(method, path, headers) of every question that came."""
        return self.server.seen

    def change(self, change):
        self.server.change = change
        self.server.seen.clear()
