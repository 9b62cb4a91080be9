# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""A thousand slow connections, endless headers, garbage and slow readers, all at once: whoever asks
as one should is answered within 100 ms, pulls go on, and the daemon neither grows nor ends."""

import pathlib
import random
import resource
import socket
import subprocess
import sys
import threading
import time

import harness
import web_office
from harness import expect

SECONDS = 10
SLOW_CONNECTIONS = 1000
REOPENED_AT_ONCE = 100  # every 50 ms
WORST_SECONDS = 0.100
DESCRIPTORS_OF_UNIT = 1024
METHODS = (b"GET", b"HEAD", b"POST", b"PUT", b"TRACE", b"CONNECT", b"PRI", b"\x16\x03\x01", b"get", b"")


class Attack:
    """Attackers in a process of their own, so that they do not slow down the one who measures."""

    def __init__(self, port):
        self.port = port
        self.stop = threading.Event()
        self.random = random.Random(7)

    def connect(self):
        peer = socket.socket()
        peer.settimeout(2)
        peer.connect(("127.0.0.1", self.port))
        return peer

    def slow(self, count):
        """Connections that send a letter of a header now and then, opened anew when they are ended."""
        peers = []
        while not self.stop.is_set():
            for _ in range(min(count - len(peers), REOPENED_AT_ONCE)):
                try:
                    peer = self.connect()
                    peer.setblocking(False)
                    peer.send(b"GET / HTTP/1.1\r\nX-Slow: ")
                    peers.append(peer)
                except OSError:
                    break
            for peer in self.random.sample(peers, len(peers) // 10):
                try:
                    peer.send(b"a")
                    if not peer.recv(1):
                        raise ConnectionError
                except BlockingIOError:
                    pass
                except OSError:
                    peers.remove(peer)
                    peer.close()
            time.sleep(0.05)

    def again_and_again(self, once):
        while not self.stop.is_set():
            try:
                with self.connect() as peer:
                    once(peer)
            except OSError:
                pass
            time.sleep(0.005)

    def flood(self, peer):
        peer.sendall(b"GET / HTTP/1.1\r\n")
        for number in range(2000):
            peer.sendall(b"X-%d: %s\r\n" % (number, b"a" * 100))

    def garbage(self, peer):
        parts = [self.random.choice(METHODS), b" ", self.random.randbytes(self.random.randint(0, 40)),
                 self.random.choice((b" HTTP/1.1", b" HTTP/9.9", b"", b"\0")), b"\r\n",
                 self.random.choice((b"Host: x", b"Content-Length: 99999999999999999999",
                                     b"Transfer-Encoding: chunked", b"Content-Length: 5\r\n\r\nhello",
                                     b"Accept-Language: " + b"en;q=" * 200, b":", b" folded",
                                     self.random.randbytes(60))), b"\r\n\r\n"]
        peer.sendall(b"".join(parts))
        peer.recv(4096)

    def fuzzed_paths(self, peer):
        heads = (b"/units/", b"/explain/F", b"/editions/", b"/", b"/%", b"/../", b"//", b"/api/")
        path = self.random.choice(heads) + bytes(
            self.random.choice(b"%2e/\\.AZaz09-_~<>\"'?#&=\xc3\xa9") for _ in range(20))
        peer.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
        peer.recv(4096)

    def pipelined(self, peer):
        peer.sendall(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n" * 50)
        peer.recv(64)

    def never_reads(self, peer):
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        peer.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        self.stop.wait(1)

    def run(self, seconds):
        work = [(self.slow, (SLOW_CONNECTIONS,))]
        work += [(self.again_and_again, (once,)) for once in (
            self.flood, self.garbage, self.fuzzed_paths, self.pipelined,
            self.never_reads, self.never_reads)]
        threads = [threading.Thread(target=what, args=with_what) for what, with_what in work]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        self.stop.set()
        for thread in threads:
            thread.join()


def measure(office, path, seconds):
    """Seconds that each request took, from connecting to the last byte."""
    times = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.monotonic()
        status, _, body = office.get(path)
        times.append(time.monotonic() - begun)
        expect(status == 200 and body, f"{path}: {status}")
        time.sleep(0.02)
    return times


def resident_kib(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return sys.exit("no VmRSS")


def test(options):
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS_OF_UNIT, most))
    with web_office.WebOffice(options, dossiers=600, weeks=()) as office:
        for path in ("/", "/-/healthy", "/metrics"):
            office.get(path)
        before = resident_kib(office.daemon.pid)
        attack = subprocess.Popen(
            [sys.executable, __file__, "--attack", str(office.port), str(SECONDS)],
            stdin=subprocess.DEVNULL)
        time.sleep(1.5)  # so that all connections are there
        pulled = office.world.thidua("pull", "tthc")
        expect("tthc: complete" in pulled.stdout, pulled.stdout)
        slowest = {path: max(measure(office, path, (SECONDS - 4) / 2)) for path in ("/-/healthy", "/")}
        still = attack.poll() is None
        descriptors = len(list(pathlib.Path(f"/proc/{office.daemon.pid}/fd").iterdir()))
        expect(attack.wait(timeout=60) == 0, "the attack failed")
        expect(still, "the attack was over before it was measured")
        metrics = office.get("/metrics")[2].decode()
        evicted = int(metrics.split("\nthidua_web_evicted_total ")[1].split()[0])
        refused = int(metrics.split("\nthidua_web_refused_total ")[1].split()[0])
        expect(evicted > SLOW_CONNECTIONS / 2 and refused > 50, f"{evicted} {refused}")
        expect(descriptors < 400, f"{descriptors} descriptors")
        for path, seconds in slowest.items():
            print(f"{path}: {seconds * 1000:.0f} ms at worst, {descriptors} descriptors, "
                  f"{evicted} evicted, {refused} refused")
            expect(seconds < WORST_SECONDS, f"{path}: {seconds:.3f} s")
        grown = resident_kib(office.daemon.pid) - before
        print(f"{grown} KiB more resident")
        pulled = office.world.thidua("pull", "tthc")
        expect("tthc: complete" in pulled.stdout, pulled.stdout)


if __name__ == "__main__" and sys.argv[1:2] == ["--attack"]:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    Attack(int(sys.argv[2])).run(float(sys.argv[3]))
else:
    harness.main(test)
