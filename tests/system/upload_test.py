# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Editions on another machine too: by SFTP into a real sshd, by WebDAV into a real Apache, both on
loopback and the test's own. Whole or not there, never over other bytes, and no mail waits for it."""

import getpass
import os
import pathlib
import signal
import socket
import subprocess

import campaign_of_today
import harness
from harness import expect

LIMIT_SECONDS = 120
MODULES = "/usr/lib/apache2/modules"


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def run(*command):
    subprocess.run([str(part) for part in command], check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL)


def wait_for_port(port):
    def answers():
        with socket.socket() as asked:
            return asked.connect_ex(("127.0.0.1", port)) == 0
    harness.wait_for(f"port {port}", answers)


class Server:
    """Something that takes files; ended on leaving."""

    def __init__(self, world):
        self.folder = world.folder / self.name
        self.root = self.folder / "root"
        self.root.mkdir(parents=True)
        self.port = free_port()
        self.prepare(world)
        self.child = None

    def start(self):
        self.child = subprocess.Popen(
            self.command(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=open(self.folder / "log", "ab"))
        wait_for_port(self.port)

    def stop(self):
        if self.child:
            self.child.terminate()
            self.child.wait(timeout=30)
            self.child = None


class Sshd(Server):
    """With host key, user key and configuration of its own; it runs as whoever runs the test."""

    name = "sshd"

    def prepare(self, world):
        for key in ("host", "user"):
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.folder / key)
        keys = self.folder / "authorized_keys"
        keys.write_text((self.folder / "user.pub").read_text())
        keys.chmod(0o600)
        host_key = " ".join((self.folder / "host.pub").read_text().split()[:2])
        (self.folder / "known_hosts").write_text(f"[127.0.0.1]:{self.port} {host_key}\n")
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.folder / "other")
        other_key = " ".join((self.folder / "other.pub").read_text().split()[:2])
        (self.folder / "other_hosts").write_text(f"[127.0.0.1]:{self.port} {other_key}\n")
        pathlib.Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where it gives up its rights
        (self.folder / "config").write_text(f"""
ListenAddress 127.0.0.1:{self.port}
HostKey {self.folder}/host
PidFile none
AuthorizedKeysFile {keys}
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
PasswordAuthentication no
Subsystem sftp internal-sftp
""")
        self.filing = f"""
filing:
  url: sftp://127.0.0.1:{self.port}{self.root}/
  user: {getpass.getuser()}
  key_file: {self.folder}/user
  known_hosts_file: {self.folder}/known_hosts
"""

    def command(self):
        return ["/usr/sbin/sshd", "-D", "-e", "-f", str(self.folder / "config")]


class Apache(Server):
    """With nothing but what WebDAV and a password take."""

    name = "apache"

    def prepare(self, world):
        world.write_secret("dav-password", "dav-s3cret")
        hashed = subprocess.run(["openssl", "passwd", "-apr1", "dav-s3cret"], check=True,
                                capture_output=True, text=True).stdout.strip()
        (self.folder / "users").write_text(f"thidua:{hashed}\n")
        modules = ("mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic",
                   "dav", "dav_fs")
        load = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in modules)
        as_user = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
        if os.geteuid() == 0:
            for path in (world.folder, self.folder, self.root):
                path.chmod(0o777)
        (self.folder / "config").write_text(f"""
ServerName 127.0.0.1
ServerRoot {self.folder}
Listen 127.0.0.1:{self.port}
PidFile {self.folder}/pid
ErrorLog {self.folder}/error.log
{load}
{as_user}DocumentRoot {self.root}
DavLockDB {self.folder}/locks
<Directory {self.root}>
  Dav On
  AuthType Basic
  AuthName thidua
  AuthUserFile {self.folder}/users
  Require valid-user
</Directory>
""")
        self.filing = f"""
filing:
  url: http://127.0.0.1:{self.port}/
  user: thidua
  password_file: secrets/dav-password
"""

    def command(self):
        return ["/usr/sbin/apache2", "-X", "-f", str(self.folder / "config")]


def files(root):
    """What lies below a folder by its path; what is being renamed just now is left out."""
    found = {}
    for path in harness.files_below(root):
        try:
            if ".DAV" not in path.parts:
                found[path.relative_to(root)] = path.read_bytes()
        except FileNotFoundError:
            pass
    return found


class Office:
    def __init__(self, options, server, edit=lambda text: text):
        self.world = harness.World(options, dossiers=300)
        self.server = server(self.world)
        self.world.config = self.world.write_config(edit=lambda text: edit(
            campaign_of_today.of_today(text) + self.server.filing))
        self.local = self.world.folder / "state/editions"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.daemon.send_signal(signal.SIGTERM)
        code = self.daemon.wait(timeout=60)
        self.server.stop()
        self.world.__exit__()
        expect(code == 0, f"it stopped with {code}")

    def start(self):
        log = open(self.world.folder / "daemon.log", "ab")
        self.daemon = self.world.start_thidua("run", log=log)

    def log(self):
        return (self.world.folder / "daemon.log").read_text()

    def there(self):
        return files(self.server.root)

    def here(self):
        return files(self.local)

    def wait_until_mirrored(self):
        harness.wait_for("all files on both sides",
                         lambda: len(self.here()) >= 10 and self.there() == self.here(),
                         LIMIT_SECONDS)


def check_mirror(options, server):
    """The server is away at first: mail goes out, a notice is told, and the files come later."""
    with Office(options, server) as office:
        office.start()
        mails = office.world.folder / "mail/new"
        harness.wait_for("the digests", lambda: len(list(mails.glob("*"))) >= 5, LIMIT_SECONDS)
        harness.wait_for("a notice", lambda: "notice filing: " in office.log(), LIMIT_SECONDS)
        expect(not office.there(), "files without a server")
        office.server.start()
        office.wait_until_mirrored()
        manifests = [path for path in office.there() if path.name.endswith(".manifest.json")]
        expect(len(manifests) >= 4, f"manifests: {manifests}")
        verified = office.world.thidua("report", "verify", str(office.server.root))
        expect(verified.returncode == 0, verified.stderr)
        harness.wait_for("the end of it", lambda: "notice filing: cleared" in office.log(),
                         LIMIT_SECONDS)
        expect("dav-s3cret" not in office.log(), "the password is in the log")


def check_other_bytes(options, server):
    """A name that is taken is left as it is, and told of; the other editions are filed."""
    week = campaign_of_today.week_of_last_slot(campaign_of_today.now())
    with Office(options, server) as office:
        folder = office.server.root / week[:4] / week[5:]
        folder.mkdir(parents=True)
        for path in (folder.parent, folder):
            path.chmod(0o777)
        for fitness in ("thieu-so-lieu", "tam-tinh", "chua-doi-soat", "da-doi-soat"):
            (folder / f"{week}_toan-so_{fitness}_r1.txt").write_text("somebody else's")
        office.server.start()
        office.start()
        harness.wait_for("an error", lambda: "other bytes are filed under this name already; it is "
                         "not tried again" in office.log(), LIMIT_SECONDS)
        harness.wait_for("the others", lambda: office.log().count("is there") >= 3, LIMIT_SECONDS)
        ours = {path.name: data for path, data in office.there().items()
                if path.name.startswith(f"{week}_toan-so_") and path.parent.name == week[5:]}
        texts = {data for name, data in ours.items() if name.endswith("_r1.txt")}
        expect(texts == {b"somebody else's"}, f"{texts}")
        expect(not [name for name in ours if "manifest" in name], "a manifest beside other bytes")


def check_other_host(options):
    """A host with another key than the one that is known gets nothing."""
    with Office(options, Sshd, lambda text: text.replace("known_hosts\n", "other_hosts\n")) as office:
        office.server.start()
        office.start()
        harness.wait_for("a warning", lambda: "the host's key is not that of" in office.log(),
                         LIMIT_SECONDS)
        expect(not office.there(), "files on a host that nobody knows")


def test(options):
    for server in (Sshd, Apache):
        check_mirror(options, server)
        print(f"{server.name}: away at first, then everything is there")
        check_other_bytes(options, server)
        print(f"{server.name}: other bytes stay as they are")
    check_other_host(options)
    print("sshd: a host with another key gets nothing")


if __name__ == "__main__":
    harness.main(test)
