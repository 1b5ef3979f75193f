"""What strangers can do to kringd below HTTP: old versions of TLS, connections that wait, bodies that do not end."""
import resource
import select
import socket
import ssl
import subprocess
import sys
import time
import urllib.parse
import warnings

from kringd import Kringd, Report

WAITING, MORE = 400, 20  # of 500 connections so many may wait; see http_server.c


def open_plain(server):
    where = urllib.parse.urlsplit(server.url)
    return socket.create_connection((where.hostname, where.port), 10)


def old_tls(server, report):
    warnings.simplefilter("ignore", DeprecationWarning)
    for version, allowed in ((ssl.TLSVersion.TLSv1, False), (ssl.TLSVersion.TLSv1_1, False),
                             (ssl.TLSVersion.TLSv1_2, True), (ssl.TLSVersion.TLSv1_3, True)):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(server.ca)
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = version
        try:
            with context.wrap_socket(open_plain(server), server_hostname="localhost"):
                spoken = True
        except OSError:
            spoken = False
        report.equal(spoken, allowed, "speaks %s" % version.name)


def crowd(server, report):
    """Every place to wait is taken; who comes then is answered at once, and other requests go on."""
    key = server.key("sanne")
    body = "/topic/999999=0"
    poll = ("POST /message-bus/crowd/poll HTTP/1.1\r\nHost: x\r\nUser-Api-Key: %s\r\nContent-Length: %d\r\n\r\n%s"
            % (key, len(body), body)).encode()
    clients = []
    for _ in range(WAITING + MORE):
        clients.append(open_plain(server))
        clients[-1].sendall(poll)
    answered, until = 0, time.monotonic() + 10
    while answered < MORE and time.monotonic() < until:
        time.sleep(0.1)
        answered = sum(readable(client) for client in clients)
    report.equal(answered, MORE, "who finds no place to wait is answered")
    report.equal(server.ask_plain("/srv/status"), 200, "others are answered")
    for client in clients:
        client.close()


def readable(client):
    client.setblocking(False)
    try:
        return len(client.recv(1, socket.MSG_PEEK)) > 0
    except BlockingIOError:
        return False


def endless_bodies(server, report):
    head = b"POST /session HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n"
    clients, refused = [], 0
    for _ in range(30):
        client = open_plain(server)
        client.settimeout(5)
        clients.append(client)
        try:
            client.sendall(head + b"x" * 3900000)
            client.settimeout(0.2)
            refused += client.recv(1) == b""
        except socket.timeout:
            pass
        except OSError:
            refused += 1
    report.check(refused > 0, "bodies that do not end are refused together", refused)
    report.equal(server.ask_plain("/srv/status"), 200, "others are answered")
    for client in clients:
        client.close()


class Plain(Kringd):
    """Without TLS, for clients by the hundreds."""

    def start(self, *more):
        self.process = subprocess.Popen(
            [self.program, "serve", "--data", self.data, "--listen", "127.0.0.1:0", "--insecure-http",
             "--limit-per-minute", "0", "--limit-per-day", "0", *more], stdout=subprocess.PIPE, text=True)
        select.select([self.process.stdout], [], [], 30)
        self.url = self.process.stdout.readline().split()[-1]
        return self

    def ask_plain(self, path):
        with open_plain(self) as client:
            client.sendall(b"GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" % path.encode())
            return int(client.recv(1000).split()[1])


def main(program):
    report = Report()
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),
                                                resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    with Kringd(program) as server:
        old_tls(server.start(), report)
    with Plain(program) as server:
        server.start()
        crowd(server, report)
        endless_bodies(server, report)
        code, seconds = server.stop()
        report.equal(code, 0, "ends in order")
    return report.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
