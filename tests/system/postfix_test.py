# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""A real relay, Postfix: STARTTLS with a certificate of the agency's own authority, a password, one
refused recipient, a limit on size. What arrives is read back by parsers that are not ours.

Ends with 77 where it cannot run: Postfix is started by root alone."""

import email
import email.policy
import os
import pathlib
import shutil
import signal
import subprocess
import sys

import harness
from harness import expect

MONDAY = "2024-10-21T07:30:00+07:00"
NEXT_MONDAY = "2024-10-28T07:30:00+07:00"
LATER = "2024-10-28T07:40:00+07:00"
USER, PASSWORD, REALM = "thidua", "relay-password", "relay.localhost"
SMALL_MESSAGE = 150_000  # less than a digest with its attachments, more than one without
MAILBOX_OWNER = 5000

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
maillog_file = {folder}/log/mail.log
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
myhostname = relay.localhost
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
virtual_mailbox_domains = example.vn
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = inline:{{ {mailboxes} }}
virtual_uid_maps = static:{owner}
virtual_gid_maps = static:{owner}
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_tls_cert_file = {folder}/relay.pem
smtpd_tls_key_file = {folder}/relay.key
smtpd_sasl_auth_enable = yes
smtpd_sasl_path = smtpd
smtpd_sasl_local_domain = {realm}
smtpd_recipient_restrictions =
    check_recipient_access inline:{{ pho-giam-doc@example.vn=REJECT }},
    permit_sasl_authenticated, reject
message_size_limit = 0
virtual_mailbox_limit = 0
"""

MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """An instance of the test's own, ended on leaving."""

    def __init__(self, folder, recipients):
        self.folder = folder
        self.port = harness.free_port()
        for name in ("etc", "etc/sasl", "spool", "data", "log", "mail"):
            (folder / name).mkdir(parents=True)
        shutil.chown(folder / "data", "postfix")
        os.chown(folder / "mail", MAILBOX_OWNER, MAILBOX_OWNER)
        self.make_certificates()
        self.make_password()
        mailboxes = ", ".join(f"{{ {name}@example.vn = {name}/ }}" for name in recipients)
        (folder / "etc/main.cf").write_text(MAIN.format(
            folder=folder, mailboxes=mailboxes, owner=MAILBOX_OWNER, realm=REALM))
        (folder / "etc/master.cf").write_text(MASTER.format(port=self.port))
        self.run("postfix", "-c", folder / "etc", "start")

    def __enter__(self):
        return self

    def __exit__(self, failure, *_):
        self.run("postfix", "-c", self.folder / "etc", "stop")
        if failure:
            print((self.folder / "log/mail.log").read_text()[-3000:], file=sys.stderr)

    def run(self, *command, **options):
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                              check=False, **options)
        if done.returncode != 0:
            log = self.folder / "log/mail.log"
            sys.exit(f"{command}: {done.stdout}{done.stderr}{log.read_text() if log.exists() else ''}")

    def make_certificates(self):
        """An authority of the agency's own, and a certificate by it for this relay."""
        authority = ["-days", "2", "-nodes", "-subj", "/CN=Agency"]
        self.run("openssl", "req", "-x509", "-newkey", "rsa:2048", *authority,
                 "-keyout", self.folder / "ca.key", "-out", self.folder / "ca.pem")
        self.run("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=relay",
                 "-keyout", self.folder / "relay.key", "-out", self.folder / "relay.csr")
        (self.folder / "names").write_text("subjectAltName=IP:127.0.0.1\n")
        self.run("openssl", "x509", "-req", "-days", "2", "-in", self.folder / "relay.csr",
                 "-CA", self.folder / "ca.pem", "-CAkey", self.folder / "ca.key", "-CAcreateserial",
                 "-extfile", self.folder / "names", "-out", self.folder / "relay.pem")

    def make_password(self):
        database = self.folder / "etc/sasl/sasldb2"
        (self.folder / "etc/sasl/smtpd.conf").write_text(
            "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\n"
            f"sasldb_path: {database}\n")
        self.run("saslpasswd2", "-p", "-c", "-f", database, "-u", REALM, USER, input=PASSWORD)
        shutil.chown(database, "postfix")  # Debian reads smtpd.conf below the configuration

    def set_size_limit(self, size):
        self.run("postconf", "-c", self.folder / "etc", "-e", f"message_size_limit={size}",
                 f"virtual_mailbox_limit={size}")
        self.run("postfix", "-c", self.folder / "etc", "reload")

    def mails(self, name):
        return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                for path in sorted((self.folder / "mail" / name).glob("new/*"))]


def config_of(world, postfix):
    world.write_secret("relay-password", PASSWORD)
    return world.write_config(edit=lambda text: text.replace(
        f"smarthost: 127.0.0.1:{world.smtp}", f"smarthost: 127.0.0.1:{postfix.port}").replace(
        "require_tls: false", f"auth_username: {USER}@{REALM}\n"
        "  auth_password_file: secrets/relay-password\n"
        f"  tls: {{ca_file: {postfix.folder}/ca.pem}}"))


def send(world, week, now):
    return world.thidua("report", "send", "--week", week, "--now", now, check=False)


def check_week(world, postfix):
    """Two get the digest with its files; one is refused, in the relay's own words."""
    done = send(world, "2024-W42", MONDAY)
    expect(done.returncode == 69 and "554" in done.stderr, f"{done.returncode} {done.stderr}")
    for name in ("giam-doc", "chanh-van-phong"):
        harness.wait_for(f"a mail for {name}", lambda: len(postfix.mails(name)) == 1)
        message = postfix.mails(name)[0]
        kinds = sorted(part.get_filename() for part in message.iter_attachments())
        expect([pathlib.Path(kind).suffix for kind in kinds] == [".pdf", ".xlsx"], kinds)
        expect("ESMTPSA" in message["Received"], message["Received"])  # with TLS and AUTH
    expect(not postfix.mails("pho-giam-doc"), "the refused one got something")


def check_size(world, postfix):
    """A relay that says SIZE: the digest goes without its files, and says where they are."""
    postfix.set_size_limit(SMALL_MESSAGE)
    send(world, "2024-W43", NEXT_MONDAY)
    done = send(world, "2024-W43", LATER)
    expect("2 sent" in done.stdout, f"{done.stdout} {done.stderr}")
    for name in ("giam-doc", "chanh-van-phong"):
        harness.wait_for(f"a light mail for {name}", lambda: len(postfix.mails(name)) == 2)
        light = next(one for one in postfix.mails(name) if "[Tuần 43]" in one["Subject"])
        expect(not list(light.iter_attachments()), "it has attachments after all")
        folder = f"{world.folder}/state/editions/2024/W43"
        for kind in ("plain", "html"):
            text = light.get_body((kind,)).get_content()
            expect(folder in text and "không kèm tệp" in text, text[:600])
        expect(light["Message-ID"].startswith("<khong-tep."), light["Message-ID"])
    listed = world.thidua("delivery", "list", "weekly/2024-W43/all/1", "--json").stdout
    expect(listed.count('"state": "sent"') == 2, listed)


def check_wrong_password(world):
    world.write_secret("relay-password", "wrong")
    done = send(world, "2024-W41", LATER)
    expect(done.returncode == 69 and "credentials" in done.stderr, done.stderr)
    expect(PASSWORD not in done.stderr and "wrong" not in done.stderr, done.stderr)


def test(options):
    if os.geteuid() != 0:
        print("Postfix is started by root alone")
        sys.exit(77)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    with harness.World(options, now=NEXT_MONDAY, dossiers=500) as world:
        os.chmod(world.folder, 0o755)  # Postfix drops what it may do
        with Postfix(world.folder / "postfix", ["giam-doc", "pho-giam-doc", "chanh-van-phong"]) as relay:
            world.config = config_of(world, relay)
            world.thidua("pull", "--now", NEXT_MONDAY)
            check_week(world, relay)
            check_size(world, relay)
            check_wrong_password(world)
            checked = subprocess.run(
                [harness.PYTHON, harness.ROOT / "tests/support/check_mail.py",
                 "--expect-recipients", "2", gathered(world, relay)],
                capture_output=True, text=True, check=False)
            expect(checked.returncode == 0, checked.stderr)
        print("STARTTLS, a password, a refused recipient and SIZE with Postfix; "
              + checked.stdout.strip().splitlines()[-1])


def gathered(world, relay):
    """All of the relay's mail as one Maildir, with the line ends it was sent with."""
    maildir = world.folder / "gathered"
    for name in ("new", "cur", "tmp"):
        (maildir / name).mkdir(parents=True)
    for path in (relay.folder / "mail").glob("*/new/*"):
        content = path.read_bytes().replace(b"\n", b"\r\n")
        (maildir / "new" / f"{path.parent.parent.name}-{path.name}").write_bytes(content)
    return maildir


harness.main(test)
