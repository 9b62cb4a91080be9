# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Faults of the network below HTTP (C1 to C4 of the fault model), in a network of the test's own:
a name server that misbehaves, packets that a firewall drops, refuses or holds back. Each must be
seen to have happened by the counter of its rule, be bounded, and leave nothing lost afterwards."""

import os
import shutil
import socket
import socketserver
import struct
import subprocess
import sys
import threading
import time

import harness

NOW = "2024-10-21T08:00:00+07:00"
DAY = "2024-10-20"
OWN_NETWORK = "THIDUA_TEST_HAS_ITS_OWN_NETWORK"
SKIPPED = 77
NAME = "source.example"
PUBLIC = "198.51.100.7"  # of RFC 5737, on our own loopback; taken for a public address
OTHER = "198.51.100.8"  # where nobody listens


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, text=True,
                          stdin=subprocess.DEVNULL, capture_output=True).stdout


def enter_own_network():
    """Begins anew where the network and what is mounted are nobody else's."""
    if OWN_NETWORK in os.environ:
        return
    missing = [tool for tool in ("unshare", "ip", "nft", "tc") if not shutil.which(tool)]
    if os.geteuid() != 0 or missing:
        print("skipped: " + (f"missing: {' '.join(missing)}" if missing else "needs root"))
        sys.exit(SKIPPED)
    os.environ[OWN_NETWORK] = "1"
    os.execvp("unshare", ["unshare", "-n", "-m", sys.executable, *sys.argv])


def make_network(folder):
    # Packets of the size that they have on a wire: else one loss is that of a whole answer.
    run("ip", "link", "set", "lo", "up", "mtu", "1500")
    for address in (PUBLIC, OTHER):
        run("ip", "address", "add", f"{address}/32", "dev", "lo")
    resolver = folder / "resolv.conf"
    resolver.write_text("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
    run("mount", "--bind", resolver, os.path.realpath("/etc/resolv.conf"))
    hosts = folder / "hosts"
    hosts.write_text("127.0.0.1 localhost\n")
    run("mount", "--bind", hosts, "/etc/hosts")


class Firewall:
    """Rules that count, on what is sent through `port`; gone on leaving."""

    def __init__(self, *rules):
        run("nft", "add", "table", "inet", "fault")
        run("nft", "add chain inet fault in { type filter hook input priority 0; }")
        for rule in rules:
            run("nft", f"add rule inet fault in {rule}")

    def __enter__(self):
        return self

    def packets(self):
        """How often the faults of all rules fired."""
        words = run("nft", "list", "table", "inet", "fault").split()
        return sum(int(words[at + 1]) for at, word in enumerate(words) if word == "packets")

    def __exit__(self, *_):
        run("nft", "delete", "table", "inet", "fault")


class NameServer(socketserver.UDPServer):
    """Answers every question in the way that `manner` says: an address, a code, or silence."""

    def __init__(self):
        self.manner = PUBLIC
        self.questions = 0
        super().__init__(("127.0.0.1", 53), None)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def finish_request(self, request, client_address):
        question, channel = request
        self.questions += 1
        if self.manner == "silent":
            return
        codes = {"SERVFAIL": 2, "NXDOMAIN": 3}
        end = question.index(b"\0", 12) + 5
        is_ipv4 = question[end - 4:end - 2] == b"\0\1"
        has_answer = self.manner not in codes and is_ipv4
        head = question[:2] + struct.pack(">HHHHH", 0x8180 | codes.get(self.manner, 0), 1,
                                          int(has_answer), 0, 0)
        record = b"\xc0\x0c\0\1\0\1" + struct.pack(">IH", 0, 4)
        answer = record + socket.inet_aton(self.manner) if has_answer else b""
        channel.sendto(head + question[12:end] + answer, client_address)


class Forwarder(socketserver.ThreadingTCPServer):
    """Passes connections to PUBLIC on to the sandbox, and counts them."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address, sandbox):
        self.sandbox = sandbox
        self.connections = 0
        super().__init__((address, 0), None)
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def finish_request(self, request, client_address):
        self.connections += 1
        with socket.create_connection(("127.0.0.1", self.sandbox)) as onward:
            back = threading.Thread(target=self.copy, args=(onward, request), daemon=True)
            back.start()
            self.copy(request, onward)
            back.join()

    @staticmethod
    def copy(source, target):
        try:
            while part := source.recv(65536):
                target.sendall(part)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass


class Network:
    """A sandbox behind a name, and thidua that asks it by that."""

    def __init__(self, world):
        self.world = world
        self.names = NameServer()
        self.forwarder = Forwarder(PUBLIC, world.sandbox)
        self.stores = 0

    def config(self, timeout="2s", attempts=2):
        """A store that is still empty, and one source, `tthc`."""
        self.stores += 1

        def edit(text):
            text = text.replace("/state\n", f"/state-{self.stores}\n")
            first, rest = text.split("  # What the national portal", 1)
            first = first.replace(f"127.0.0.1:{self.world.sandbox}", f"{NAME}:{self.forwarder.port}")
            first = first.replace("max_backoff: 200ms}", f"max_backoff: 200ms, "
                                  f"max_attempts: {attempts}}}\n    timeout: {timeout}")
            return first + "  # What the national portal" + rest
        return self.world.write_config(f"network-{self.stores}.yaml", edit)

    def pull(self, config):
        """Its exit code, what it said, and how long it took."""
        began = time.monotonic()
        done = self.world.thidua("pull", "tthc", "--now", NOW, config=config, check=False)
        return done.returncode, done.stdout + done.stderr, time.monotonic() - began

    def expect_failure(self, what, config, words, limit_seconds):
        code, said, took = self.pull(config)
        if code == 0 or words not in said or "Sanitizer" in said or took > limit_seconds:
            sys.exit(f"{what}: {code} after {took:.1f} s, not a failure with {words!r}: {said}")
        if "0 records" not in said:
            sys.exit(f"{what}: something was published: {said}")
        print(f"{what}: {code} after {took:.1f} s: {words}")

    def expect_all(self, what, config):
        """The pull succeeds, and every count of dossiers is as in truth."""
        code, said, took = self.pull(config)
        if code != 0:
            sys.exit(f"{what}: {code}: {said}")
        figures = self.world.thidua("standings", "--as-of", DAY, "--known-at", NOW, "--json",
                                    config=config).stdout
        total = harness.json.loads(figures)["total"]["indicators"]
        online = next(one for one in total if one["id"] == "dossiers-online")
        truth = self.world.truth(DAY, NOW)[("total", "dossiers-online")]
        if (online["numerator"], online["denominator"]) != truth:
            sys.exit(f"{what}: {online}, in truth {truth}")
        print(f"{what}: all there after {took:.1f} s")


def must_have_fired(what, count):
    if not count:
        sys.exit(f"{what}: the fault did not fire")


def check_c01_names(network):
    """C1: whatever the name server does, the pull ends in time, and the next one asks anew."""
    for manner in ("SERVFAIL", "NXDOMAIN", "silent"):
        config = network.config()
        network.names.manner = manner
        network.names.questions = before = 0
        connections = network.forwarder.connections
        network.expect_failure(f"C01 {manner}", config, "name cannot be resolved" if
                               manner != "silent" else "", 30)
        must_have_fired(f"C01 {manner}", network.names.questions - before)
        if network.forwarder.connections != connections:
            sys.exit(f"C01 {manner}: somebody was asked")
        network.names.manner = PUBLIC
        network.expect_all(f"C01 after {manner}", config)


def check_c01_changed_address(network):
    """C1: an address that is right no longer, and the right one again."""
    config = network.config()
    network.names.manner = OTHER
    network.expect_failure("C01 a changed address", config, "refused or unreachable", 30)
    network.names.manner = PUBLIC
    network.expect_all("C01 the address changed back", config)


def check_c01_rebinding(network):
    """C1: a public name that leads to an address of this machine, its network or its link."""
    config = network.config()
    inside = Forwarder("127.0.0.1", network.world.sandbox)
    for address in ("127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254"):
        network.names.manner = address
        with Firewall(f"ip daddr {address} tcp dport {network.forwarder.port} counter") as firewall:
            network.expect_failure(f"C01 rebinding to {address}", config,
                                   "link-local, private or loopback", 30)
            if firewall.packets() or inside.connections:
                sys.exit(f"C01 rebinding to {address}: it was asked")
    network.names.manner = PUBLIC
    inside.shutdown()


def check_c01_no_server(network):
    """C1: nobody listens where the name server should be."""
    config = network.config()
    with Firewall("udp dport 53 counter reject") as firewall:
        network.expect_failure("C01 no server", config, "name cannot be resolved", 30)
        must_have_fired("C01 no server", firewall.packets())
    network.expect_all("C01 the server is back", config)


def check_c02_refused_and_dropped(network):
    port = network.forwarder.port
    config = network.config()
    for what, verdict, words, least in (
            ("refused", "reject with tcp reset", "connection refused or unreachable", 0),
            ("unreachable", "reject with icmpx host-unreachable", "", 0),
            ("SYN dropped", "drop", "timed out", 3)):
        with Firewall(f"tcp dport {port} tcp flags syn / syn,ack counter {verdict}") as firewall:
            began = time.monotonic()
            network.expect_failure(f"C02 {what}", config, words, 30)
            must_have_fired(f"C02 {what}", firewall.packets())
            if time.monotonic() - began < least:
                sys.exit(f"C02 {what}: not waited for")
    network.expect_all("C02 afterwards", config)


def check_c03_link_cut(network):
    """C3: after so many bytes of the answers the link is silent."""
    config = network.config()
    port = network.forwarder.port
    with Firewall(f"tcp sport {port} quota over 30 kbytes counter drop") as firewall:
        network.expect_failure("C03 link cut in mid body", config, "timed out", 60)
        must_have_fired("C03", firewall.packets())
    network.expect_all("C03 afterwards", config)


def check_c04_loss_and_delay(network):
    """C4: one packet of ten is lost, and the link is slow: slower, and right."""
    config = network.config(timeout="60s", attempts=6)
    port = network.forwarder.port
    run("tc", "qdisc", "add", "dev", "lo", "root", "tbf", "rate", "20mbit", "burst", "64kb",
        "latency", "400ms")
    try:
        with Firewall(f"tcp sport {port} numgen random mod 10 < 1 counter drop") as firewall:
            network.expect_all("C04 loss and delay", config)
            must_have_fired("C04 loss", firewall.packets())
    finally:
        run("tc", "qdisc", "del", "dev", "lo", "root")


def test(options):
    enter_own_network()
    with harness.tempfile.TemporaryDirectory() as folder:
        make_network(harness.pathlib.Path(folder))
        with harness.World(options, now=NOW, dossiers=600) as world:
            network = Network(world)
            network.expect_all("without a fault", network.config())
            check_c01_names(network)
            check_c01_changed_address(network)
            check_c01_rebinding(network)
            check_c01_no_server(network)
            check_c02_refused_and_dropped(network)
            check_c03_link_cut(network)
            check_c04_loss_and_delay(network)


harness.main(test)
