# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""A changed configuration is taken up without a restart, or refused as loudly as a start would refuse
it: what runs then is what ran before. Neither sends anything to anybody."""

import json
import signal
import sys
import time

import campaign_of_today
import harness
from harness import expect

SOON_SECONDS = 60


class Service:
    """A daemon of a campaign of today whose digests are out."""

    def __init__(self, options):
        self.world = harness.World(options, dossiers=300)
        self.webhook = campaign_of_today.Webhook(self.world, "hook")
        self.world.write_secret("operator-webhook", self.webhook.url)
        self.section = "\noperator: {webhook_url_file: secrets/operator-webhook}\n"
        self.write(lambda text: text)
        # What the daemon has read at first, for commands that only look.
        self.first = self.world.folder / "first.yaml"
        self.first.write_text(self.world.config.read_text())
        self.log_path = self.world.folder / "daemon.log"
        self.supervisor = harness.Supervisor(self.world.folder)
        self.daemon = self.world.start_thidua(
            "run", log=open(self.log_path, "ab"), env={"NOTIFY_SOCKET": self.supervisor.path})
        harness.wait_for("the digests", lambda: self.mails() >= 5 and self.is_at_rest())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.daemon.poll() is None:
            self.daemon.kill()
            self.daemon.wait()
        self.supervisor.close()
        self.world.__exit__()

    def write(self, edit):
        """The configuration in force changes on disk; nobody is told."""
        def whole(text):
            return edit(campaign_of_today.of_today(text) + self.section)
        self.world.config = self.world.write_config(edit=whole, secrets=False)
        return self.world.config

    def mails(self):
        return len(list((self.world.folder / "mail/new").glob("*")))

    def is_at_rest(self):
        slots = json.loads(self.world.thidua("schedule", "list", "--json", "--limit", "100").stdout)
        return all(slot["state"] not in ("running", "waiting", "delivering") for slot in slots)

    def log(self):
        return self.log_path.read_text()

    def hang_up(self, word):
        """SIGHUP; what the log says after it, once that has `word` in it."""
        begin = len(self.log())
        self.daemon.send_signal(signal.SIGHUP)
        harness.wait_for(word, lambda: word in self.log()[begin:], SOON_SECONDS)
        return self.log()[begin:]

    def configuration(self):
        """The hash of the newest that was taken up."""
        entries = json.loads(self.world.thidua(
            "audit", "list", "--json", "--limit", "1000", config=self.first).stdout)
        return [entry["subject"] for entry in entries if entry["kind"] == "configuration"][-1]

    def heard_since_reload(self, word):
        heard = [text for _, text in self.supervisor.heard]
        begins = [at for at, text in enumerate(heard) if "RELOADING=1" in text]
        return begins and any(word in text for text in heard[begins[-1]:])

    def notices(self):
        return [(notice["key"], notice["state"]) for body in self.webhook.bodies()
                for notice in body["notices"]]



def check_refused(service):
    """What would fail at a start fails at a reload, by either way, and the operator hears of it."""
    mails, hash_before = service.mails(), service.configuration()
    service.write(lambda text: text.replace("\nsmtp:\n", "\nsmtp:\n  max_atempts: 3\n"))
    said = service.hang_up("nothing was changed")
    expect("configuration refused: " in said and "max_atempts" in said
           and 'did you mean "max_attempts"' in said, said)
    by_command = service.world.thidua("reload", check=False)
    expect(by_command.returncode == 78 and "max_atempts" in by_command.stderr, f"{by_command}")
    harness.wait_for("the notice", lambda: ("configuration", "new") in service.notices(), SOON_SECONDS)
    expect(service.daemon.poll() is None, "it has ended")
    expect(service.configuration() == hash_before, "another configuration is in force")
    expect(service.mails() == mails, "somebody was written to")


def check_needs_restart(service):
    hash_before = service.configuration()
    service.write(lambda text: text + "\nstore: {path: other.db}\n")
    service.hang_up("nothing was changed")
    expect("store.path" in service.log() and "restart it" in service.log(), "no word of the store")
    expect(service.configuration() == hash_before, "another configuration is in force")


def check_taken_up(service):
    """A new recipient and another schedule: the command waits for it, the notice is over, and nobody
    gets anything; what is due afterwards is by the new one."""
    mails, hash_before = service.mails(), service.configuration()
    service.write(lambda text: text
                  + "\nstore: {backup: {folder: copies, schedule: {every: 1m}}}\n")
    done = service.world.thidua("reload", check=False)
    expect("in force" in done.stdout, done.stderr + service.log())
    expect(service.configuration() != hash_before, "the old configuration is in force")
    harness.wait_for("READY=1", lambda: service.heard_since_reload("READY=1"), SOON_SECONDS)
    heard = [word for _, word in service.supervisor.heard]
    expect(any(word.startswith("RELOADING=1\nMONOTONIC_USEC=") for word in heard), f"{heard}")
    harness.wait_for("the notice's end", lambda: ("configuration", "over") in service.notices(),
                     SOON_SECONDS * 2)
    harness.wait_for("a copy by the new schedule",
                     lambda: list((service.world.folder / "state").glob("copies/thidua-*.db")), 150)
    expect(service.mails() == mails, "a reload has sent something")


def check_during_pull(service):
    """A reload while a source is being asked: the pull is begun again, and ends complete."""
    begin = len(service.log())
    pulls = service.world.start_thidua("pull", "tthc", log=open(service.world.folder / "pull.log", "wb"))
    time.sleep(0.2)
    reloaded = service.world.thidua("reload", check=False)
    expect(reloaded.returncode == 0, reloaded.stderr + service.log()[begin:])
    ended = pulls.wait(timeout=120)
    expect(ended == 0, f"pull: {ended}: {(service.world.folder / 'pull.log').read_text()}")
    expect("in force" in service.log()[begin:], service.log()[begin:])
    service.world.thidua("verify")


def check_no_daemon(service):
    done = service.world.thidua("reload", check=False)
    expect(done.returncode == 69 and "no daemon runs" in done.stderr, f"{done}")


def test(options):
    with Service(options) as service:
        check_refused(service)
        check_needs_restart(service)
        check_taken_up(service)
        check_during_pull(service)
        service.daemon.send_signal(signal.SIGTERM)
        expect(service.daemon.wait(timeout=60) == 0, "it does not stop as it should")
        check_no_daemon(service)
    sys.stdout.write("refused by both ways, taken up without a message sent\n")


harness.main(test)
