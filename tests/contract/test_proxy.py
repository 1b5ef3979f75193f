"""kringd counts who asks: each client behind a trusted proxy by itself, and the connections of one address.

usage: test_proxy.py KRINGD"""
import socket
import ssl
import sys
import time
import urllib.error
import urllib.request

from kringd import Kringd, Report

TEN_SECONDS = ("--limit-local", "--limit-ip-per-10s", "5")


def ask(server, forwarded):
    request = urllib.request.Request(server.url + "/srv/status", headers={"X-Forwarded-For": forwarded})
    try:
        with urllib.request.urlopen(request, context=ssl.create_default_context(cafile=server.ca)) as answer:
            return answer.status
    except urllib.error.HTTPError as e:
        return e.code


def connected(server, count):
    """How many of so many connections at once are answered."""
    host, port = server.url.split("://")[1].split(":")
    context = ssl.create_default_context(cafile=server.ca)
    open_ones = [socket.create_connection((host, int(port)), 5) for _ in range(count)]
    answered = 0
    for one in open_ones:
        try:
            with context.wrap_socket(one, server_hostname=host) as tls:
                tls.sendall(b"GET /srv/status HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                answered += tls.recv(100).startswith(b"HTTP/1.1 200")
                time.sleep(0.01)
        except OSError:
            pass
    return answered


def main(kringd):
    report = Report()
    with Kringd(kringd, options=TEN_SECONDS + ("--trusted-proxy", "127.0.0.1")) as server:
        server.start()
        report.equal([ask(server, "203.0.113.1") for _ in range(6)], [200] * 5 + [429], "one client")
        report.equal(ask(server, "203.0.113.2"), 200, "another one")
        report.equal(ask(server, "203.0.113.2, 203.0.113.1"), 429, "what a client wrote itself")
    with Kringd(kringd, options=TEN_SECONDS) as server:
        server.start()
        report.equal([ask(server, "203.0.113.%d" % i) for i in range(6)], [200] * 5 + [429], "no proxy is trusted")
    with Kringd(kringd, options=("--limit-local", "--limit-connections", "3")) as server:
        server.start()
        # They are held open until all are made: the first one that is answered closes only then.
        report.check(3 <= connected(server, 6) < 6, "three connections at once")
        time.sleep(0.5)
        report.equal(connected(server, 3), 3, "they are given back")
    return report.end()


sys.exit(main(sys.argv[1]))
