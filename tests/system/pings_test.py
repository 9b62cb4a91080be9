# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""A watch outside hears that a digest begins and how it ends; the leaders' webhook gets its verdict,
once; neither holds up the digest, and neither address is ever printed."""

import signal
import urllib.parse

import campaign_of_today
import harness
from harness import expect

LIMIT_SECONDS = 180


class Office:
    def __init__(self, options, *, ping_answer="200", leaders_answer="200"):
        self.world = harness.World(options, dossiers=300)
        self.watch = campaign_of_today.Webhook(self.world, "watch")
        self.leaders = campaign_of_today.Webhook(self.world, "leaders")
        self.watch.answer.write_text(ping_answer)
        self.leaders.answer.write_text(leaders_answer)
        self.world.write_secret("ping", self.watch.url)
        self.world.write_secret("leaders", self.leaders.url)

        def told(text):
            text = campaign_of_today.of_today(text).replace(
                "  weekly:\n", "  weekly:\n    webhook_url_file: secrets/leaders\n")
            return text + "\noperator: {ping_url_file: secrets/ping}\n"

        self.world.config = self.world.write_config(edit=told)

    def __enter__(self):
        self.log = open(self.world.folder / "daemon.log", "ab")
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        self.world.__exit__()

    def start(self):
        self.supervisor = harness.Supervisor(self.world.folder)
        self.daemon = self.world.start_thidua(
            "run", log=self.log, env={"NOTIFY_SOCKET": self.supervisor.path})

    def stop(self):
        harness.wait_for("READY=1", lambda: self.supervisor.has_heard("READY=1"))
        self.daemon.send_signal(signal.SIGTERM)
        expect(self.daemon.wait(timeout=60) == 0, "it does not stop as it should")
        self.supervisor.close()

    def pings(self):
        return [urllib.parse.urlsplit(request["path"]) for request in self.watch.requests()]

    def log_text(self):
        return (self.world.folder / "daemon.log").read_text()

    def digests(self):
        return len(list((self.world.folder / "mail/new").glob("*")))


def check_begin_and_end(options):
    with Office(options) as office:
        harness.wait_for("two pings", lambda: len(office.pings()) >= 2, LIMIT_SECONDS)
        harness.wait_for("the verdict", office.leaders.bodies, LIMIT_SECONDS)
        begin, end = office.pings()[:2]
        expect([begin.path, end.path] == ["/watch/s3cret/start", "/watch/s3cret"],
               f"{begin} {end}")
        expect(begin.query == end.query and begin.query.startswith("rid="), f"{begin} {end}")
        expect(all(request["method"] == "GET" for request in office.watch.requests()), "no GET")
        office.stop()
        office.start()
        harness.wait_for("READY=1", lambda: office.supervisor.has_heard("READY=1"))
        office.stop()
        office.start()
        (verdict,) = office.leaders.bodies()
        week = campaign_of_today.week_of_last_slot(campaign_of_today.now())
        expect((verdict["edition"], verdict["week"]) == (f"weekly/{week}/all/1", week), f"{verdict}")
        expect("[Tuần " in verdict["text"] and "\n" not in verdict["text"], f"{verdict}")
        expect(len(office.pings()) == 2, f"pings: {office.pings()}")
        expect("s3cret" not in office.log_text(), "an address is in the log")


def check_in_trouble(options, answer, words):
    """A watch that redirects, breaks or says nothing, and leaders whose webhook is broken."""
    with Office(options, ping_answer=answer, leaders_answer="500") as office:
        harness.wait_for("the digests", lambda: office.digests() >= 5, LIMIT_SECONDS)
        harness.wait_for("a warning", lambda: "ping: operator.ping_url_file: " in office.log_text(),
                         LIMIT_SECONDS)
        harness.wait_for("a notice", lambda: "notice leaders-webhook: " in office.log_text(),
                         LIMIT_SECONDS)
        expect(words in office.log_text(), office.log_text())
        expect(not [ping for ping in office.pings() if ping.path == "/elsewhere"], "followed")
        office.watch.answer.write_text("200")
        office.leaders.answer.write_text("200")
        harness.wait_for("the verdict", lambda: "webhook: told weekly/" in office.log_text(),
                         LIMIT_SECONDS)
        harness.wait_for("the ping of the end",
                         lambda: office.pings()[-1].path == "/watch/s3cret", LIMIT_SECONDS)
        expect("s3cret" not in office.log_text(), "an address is in the log")


def test(options):
    check_begin_and_end(options)
    print("begin, end, verdict: each once, also over restarts")
    check_in_trouble(options, "redirect", "answered 302: a redirect, which is not followed")
    check_in_trouble(options, "silent", "Timeout was reached")
    print("a watch that redirects or says nothing: the digest went out, and the rest later")


if __name__ == "__main__":
    harness.main(test)
