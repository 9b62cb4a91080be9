# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Who is told when something goes wrong: the operator, soon, by a way that has no part in the
failure, with what, where, what next and which command; and nobody else."""

import email
import email.policy
import signal
import time

import campaign_of_today
import harness
from harness import expect

# "Within ten minutes"; a notice that is under way at once comes within seconds.
TOLD_WITHIN_SECONDS = 120
FACTS = ("severity", "key", "subject", "period", "step", "class", "what", "next", "command")


class Office:
    """A service with a second relay and a webhook for its operator."""

    def __init__(self, options, *, relay_is_away=False):
        self.world = harness.World(options, dossiers=300)
        self.webhook = campaign_of_today.Webhook(self.world, "hook")
        sink = harness.ROOT / "tests/support/mail_sink.py"
        self.second = self.world.start_server(
            "second", [harness.PYTHON, sink, "--maildir", self.world.folder / "operator-mail"])
        self.world.write_secret("operator-webhook", self.webhook.url)
        self.relay = 9 if relay_is_away else self.world.smtp
        self.configure()

    def configure(self):
        def told(text):
            text = text.replace(f"127.0.0.1:{self.world.smtp}", f"127.0.0.1:{self.relay}")
            return campaign_of_today.of_today(text) + campaign_of_today.operator_section(self.second)
        self.world.config = self.world.write_config(edit=told)

    def __enter__(self):
        self.log = open(self.world.folder / "daemon.log", "ab")
        self.daemon = self.world.start_thidua("run", log=self.log)
        return self

    def __exit__(self, *_):
        self.daemon.send_signal(signal.SIGTERM)
        stopped = self.daemon.wait(timeout=60)
        self.world.__exit__()
        expect(stopped == 0, f"it stopped with {stopped}")

    def restart(self):
        self.daemon.send_signal(signal.SIGTERM)
        expect(self.daemon.wait(timeout=60) == 0, "it does not stop as it should")
        self.daemon = self.world.start_thidua("run", log=self.log)

    def notices(self):
        return [notice for body in self.webhook.bodies() for notice in body["notices"]]

    def wait_for_notice(self, key, state="new"):
        def found():
            return [notice for notice in self.notices()
                    if (notice["key"], notice["state"]) == (key, state)]
        harness.wait_for(f"{key} {state}", found, TOLD_WITHIN_SECONDS)
        return found()[0]

    def operator_mails(self):
        return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                for path in harness.files_below(self.world.folder / "operator-mail")]

    def text_of(self, name):
        return (self.world.folder / name).read_text()


def check_relay_away(options):
    """Twelve messages wait for a relay that is away: one notice, not twelve, and not by mail."""
    began = time.monotonic()
    with Office(options, relay_is_away=True) as office:
        notice = office.wait_for_notice("mail")
        took = time.monotonic() - began
        expect(all(notice[fact] for fact in FACTS), f"a fact is missing: {notice}")
        week = campaign_of_today.week_of_last_slot(campaign_of_today.now())
        expect(notice["subject"].startswith("report ") and week in notice["period"], f"{notice}")
        expect(notice["step"] == "mail" and notice["class"] == "transient", f"{notice}")
        expect("tried again from" in notice["next"] and notice["command"].startswith("thidua "),
               f"{notice}")
        expect(sum(each["key"] == "mail" for each in office.notices()) == 1, "told twice")
        expect("notice mail: " in office.text_of("daemon.log"), "not in the journal")
        expect("notice mail: " in office.text_of("state/notices.log"), "not in the file")
        expect(not office.operator_mails(), "the second relay was bothered though the webhook took it")
        expect(not harness.files_below(office.world.folder / "mail"), "who wrote to the leaders?")
        body = office.webhook.requests()[0]
        expect(body["type"].startswith("application/json"), f"{body}")
        expect("giam-doc@" not in body["body"], "a leader's address went to the webhook")
    return took


def check_webhook_away(options):
    """The webhook fails too: the second relay tells of both. It stays one notice over a restart."""
    with Office(options, relay_is_away=True) as office:
        office.webhook.answer.write_text("500")
        harness.wait_for("a mail to the operator", office.operator_mails, TOLD_WITHIN_SECONDS)
        (mail,) = office.operator_mails()
        expect(mail["To"].addresses[0].addr_spec == "quan-tri@example.vn", f"{mail['To']}")
        expect("command: thidua " in mail.get_content() and "[warning]" in mail.get_content(),
               mail.get_content())
        expect("answered 500; told by relay" in office.text_of("daemon.log"), "the log hides it")
        for name in ("daemon.log", "state/notices.log"):
            expect("s3cret" not in office.text_of(name), f"the webhook's URL is in {name}")
        office.restart()
        time.sleep(3)
        expect(len(office.operator_mails()) == 1, "told again after a restart")


def check_webhook_silent(options):
    """A webhook that does not answer holds up no digest, and no reader hears of any trouble."""
    office = Office(options)
    office.webhook.answer.write_text("silent")
    office.world.write_secret("tthc-client-secret", "wrong")
    with office:
        mails = office.world.folder / "mail/new"
        began = time.monotonic()
        harness.wait_for("the digests", lambda: len(list(mails.glob("*"))) >= 5)
        took = time.monotonic() - began
        for path in mails.glob("*"):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            plain = message.get_body(("plain",)).get_content()
            for word in ("401", "refused", "127.0.0.1", "thidua pull"):
                expect(word not in plain, f"a recipient reads {word!r}: {plain}")
    return took


def check_cleared(options):
    """A source refuses the credentials: one notice. Somebody puts them right and pulls by hand, and
    the operator hears that it is over, once."""
    office = Office(options)
    office.world.write_secret("tthc-client-secret", "wrong")
    with office:
        notice = office.wait_for_notice("pull:tthc")
        expect(notice["class"] == "auth" and notice["command"] == "thidua pull tthc", f"{notice}")
        office.world.write_secret("tthc-client-secret", "sandbox-secret")
        office.world.thidua("pull", "tthc")
        over = office.wait_for_notice("pull:tthc", "over")
        expect(over["since"] == notice["since"], f"{over}")
        expect("notice pull:tthc: cleared" in office.text_of("state/notices.log"), "not in the file")
        told = [each["state"] for each in office.notices() if each["key"] == "pull:tthc"]
        expect(told == ["new", "over"], f"{told}")


def test(options):
    took = check_relay_away(options)
    print(f"relay away: the operator was told after {took:.1f} s")
    check_webhook_away(options)
    print("webhook away too: told by the second relay, once, also after a restart")
    took = check_webhook_silent(options)
    print(f"a webhook that says nothing: digests went out {took:.1f} s after the start")
    check_cleared(options)
    print("a source put right by hand: told of it, once")


if __name__ == "__main__":
    harness.main(test)
