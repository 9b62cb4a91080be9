# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""The alarm of absence speaks up whatever has become of the service: never started, stopped in the
middle, its disk full, its ledger locked, spoilt or gone, its configuration wrong; and not otherwise."""

import datetime
import email
import email.policy
import json
import signal
import sqlite3
import subprocess

import campaign_of_today
import harness
from harness import expect

LIMIT_SECONDS = 120


class Office:
    """A service whose operator is told by a webhook and a second relay; it may not be running."""

    def __init__(self, options, *, relay_is_away=False):
        self.world = harness.World(options, dossiers=300)
        self.program = options.thidua.with_name("thidua-absence")
        self.webhook = campaign_of_today.Webhook(self.world, "hook")
        sink = harness.ROOT / "tests/support/mail_sink.py"
        self.second = self.world.start_server(
            "second", [harness.PYTHON, sink, "--maildir", self.world.folder / "operator-mail"])
        self.world.write_secret("operator-webhook", self.webhook.url)
        self.state = self.world.folder / "state"
        self.state.mkdir()
        self.relay = 9 if relay_is_away else self.world.smtp
        self.world.config = self.world.write_config(edit=self.told)
        self.daemon = None
        # Three hours after the latest slot, or now if that is later.
        moment = campaign_of_today.now()
        monday = moment.date() - datetime.timedelta(days=moment.weekday())
        slot = datetime.datetime.combine(monday, datetime.time(7, 30), moment.tzinfo)
        slot -= datetime.timedelta(days=7 if slot > moment else 0)
        self.now = max(moment, slot + datetime.timedelta(hours=3, minutes=1))

    def told(self, text):
        text = text.replace(f"127.0.0.1:{self.world.smtp}", f"127.0.0.1:{self.relay}")
        return campaign_of_today.of_today(text) + campaign_of_today.operator_section(self.second)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.daemon:
            self.daemon.send_signal(signal.SIGCONT)
            self.daemon.send_signal(signal.SIGTERM)
            self.daemon.wait(timeout=60)
        self.world.__exit__()

    def start(self):
        log = open(self.world.folder / "daemon.log", "ab")
        self.daemon = self.world.start_thidua("run", log=log)

    def slot_state(self):
        done = self.world.thidua("schedule", "list", "--json", "--job", "digest:weekly",
                                 check=False)
        slots = json.loads(done.stdout) if done.returncode == 0 else []
        return slots[0]["state"] if slots else None

    def stop_between_commits(self):
        """SIGSTOP. False, and it goes on, where that caught it in a commit: then it holds a lock."""
        self.daemon.send_signal(signal.SIGSTOP)
        database = sqlite3.connect(f"file:{self.state}/thidua.db?mode=ro", uri=True, timeout=0)
        try:
            database.execute("SELECT count(*) FROM slot").fetchall()
            return True
        except sqlite3.OperationalError:
            self.daemon.send_signal(signal.SIGCONT)
            return False
        finally:
            database.close()

    def look(self, after=datetime.timedelta()):
        command = [self.program, "--config", self.world.config, "--json",
                   "--now", (self.now + after).isoformat(timespec="seconds")]
        done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=120,
                              env=harness.environment())
        answer = json.loads(done.stdout) if done.stdout else None
        if answer:
            harness.check_schema(answer, "absence.schema.json")
        return done, answer

    def mails(self):
        return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                for path in harness.files_below(self.world.folder / "operator-mail")]

    def expect_alarm(self, state, code=1, words=""):
        """It ends with `code`, and has told webhook and mail, each once, of just this."""
        before = len(self.webhook.bodies())
        done, answer = self.look()
        expect((done.returncode, answer["state"]) == (code, state), f"{done} {answer}")
        expect(answer["told_by"] == "webhook, relay", f"{state}: {done.stderr} {answer}")
        bodies = self.webhook.bodies()
        expect(len(bodies) == before + 1, f"{state}: {len(bodies)} calls")
        (notice,) = bodies[-1]["notices"]
        expect(notice["key"].startswith("absence:") and words in notice["what"], f"{notice}")
        expect(all(notice[fact] for fact in ("subject", "period", "step", "class", "next",
                                             "command")), f"{notice}")
        (mail,) = self.mails()[before:before + 1]
        expect(notice["command"] in mail.get_content(), mail.get_content())
        expect("error: notice absence:" in done.stderr, done.stderr)
        return done, notice


def check_never_started(options):
    with Office(options) as office:
        _, notice = office.expect_alarm("unreadable", words="there is no store")
        expect("no witness" in notice["what"], f"{notice}")
        expect("notice absence:" in (office.state / "notices.log").read_text(), "not in the file")
        done, answer = office.look(datetime.timedelta(hours=1))
        expect(done.returncode == 1 and answer["told_by"] is None, f"{answer}")
        done, answer = office.look(datetime.timedelta(hours=24))
        expect(done.returncode == 1 and answer["told_by"] == "webhook, relay", f"{answer}")
        expect(len(office.webhook.bodies()) == 2, "told more than once a day")
        office.start()
        harness.wait_for("the digest", lambda: office.slot_state() == "sent", LIMIT_SECONDS)
        done, answer = office.look()
        expect((done.returncode, answer["state"]) == (0, "ended"), f"{done} {answer}")
        expect(office.webhook.bodies()[-1]["notices"][0]["state"] == "over", "not told of the end")
        done, answer = office.look()
        expect(done.returncode == 0 and answer["told_by"] is None, f"{answer}")
        expect(len(office.webhook.bodies()) == 3, "told of the end twice")


def check_stopped_in_the_middle(options):
    """SIGSTOP while messages wait for a relay; and while the process holds the ledger."""
    with Office(options, relay_is_away=True) as office:
        office.start()
        harness.wait_for("a digest under way", lambda: office.slot_state() == "delivering",
                         LIMIT_SECONDS)
        harness.wait_for("a stop between two commits", office.stop_between_commits)
        office.expect_alarm("absent", words="has not ended: delivering since")
        office.daemon.send_signal(signal.SIGCONT)
        holder = sqlite3.connect(office.state / "thidua.db", isolation_level=None, timeout=30)
        holder.execute("BEGIN EXCLUSIVE")
        office.expect_alarm("unreadable", words="the witness saw its last entry, number ")
        holder.execute("ROLLBACK")
        holder.close()


def check_disk_full(options):
    """Not a byte is left where the store, the file of notices and the alarm's memory are."""
    with Office(options) as office:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", office.state], check=True)
        try:
            with open(office.state / "ballast", "wb", buffering=0) as ballast:
                try:
                    while True:
                        ballast.write(bytes(4096))
                except OSError:
                    pass
            office.start()
            done, _ = office.expect_alarm("unreadable")
            expect("warning: operator.file" in done.stderr, done.stderr)
            done, answer = office.look(datetime.timedelta(hours=1))
            expect(answer["told_by"] == "webhook, relay", f"no memory, so it is told again: {done}")
        finally:
            if office.daemon:
                office.daemon.kill()
                office.daemon.wait()
                office.daemon = None
            subprocess.run(["umount", "--lazy", office.state], check=True)


def check_ledger_spoilt_or_gone(options):
    with Office(options) as office:
        office.start()
        harness.wait_for("the digest", lambda: office.slot_state() == "sent", LIMIT_SECONDS)
        office.daemon.kill()
        office.daemon.wait()
        office.daemon = None
        done, _ = office.look()
        expect(done.returncode == 0, f"killed behind the digest's end: {done}")
        store = office.state / "thidua.db"
        whole = store.read_bytes()
        store.write_bytes(b"spoilt" * 1000)
        office.expect_alarm("unreadable")
        store.write_bytes(whole)
        expect(office.look()[0].returncode == 0, "whole again")
        (office.state / "thidua.db").unlink()
        done, answer = office.look()
        expect((done.returncode, answer["state"]) == (1, "unreadable"), f"{answer}")
        expect("the witness saw its last entry" in answer["what"], f"{answer}")


def check_configuration(options):
    """Wrong: the operator is reached by the part that can be read. No YAML: journal and exit code."""
    with Office(options) as office:
        good = office.world.config.read_text()
        office.world.config.write_text(good.replace("sources:\n", "sorces:\n", 1))
        done, notice = office.expect_alarm("configuration", 78, "mistakes")
        expect("thidua validate" in notice["command"], f"{notice}")
        expect("sorces: unknown key" in done.stderr, done.stderr)
        done, answer = office.look(datetime.timedelta(hours=1))
        expect(done.returncode == 78 and answer["told_by"] is None, f"{answer}")
        office.world.config.write_text("reports: {")
        done, answer = office.look()
        expect(done.returncode == 78 and answer["told_by"] is None, f"{done} {answer}")
        expect("error: notice absence:configuration" in done.stderr, done.stderr)


def check_nobody_answers(options):
    """Webhook and second relay are away too: exit code, journal and file remain, and nothing is
    taken for told."""
    with Office(options) as office:
        office.webhook.answer.write_text("500")
        office.world.config.write_text(
            office.world.config.read_text().replace(f":{office.second}\n", ":9\n"))
        for _ in range(2):
            done, answer = office.look()
            expect(done.returncode == 1 and answer["told_by"] is None, f"{answer}")
            expect("warning: telling the operator: operator.webhook_url_file: answered 500; second "
                   "relay: quan-tri: " in done.stderr, done.stderr)
            expect("s3cret" not in done.stderr + done.stdout, "the webhook's URL is shown")
        expect(len(office.webhook.requests()) == 2, "it gave up")


def test(options):
    harness.enter_own_mounts()
    check_never_started(options)
    print("never started: told, once a day, and of the end")
    check_stopped_in_the_middle(options)
    print("stopped by SIGSTOP, ledger locked: told")
    check_ledger_spoilt_or_gone(options)
    print("ledger spoilt, ledger gone: told")
    check_configuration(options)
    print("configuration wrong: told, exit code 78")
    check_nobody_answers(options)
    print("nobody answers: exit code, journal and file")
    check_disk_full(options)
    print("disk full: told, each time")


if __name__ == "__main__":
    harness.main(test)
