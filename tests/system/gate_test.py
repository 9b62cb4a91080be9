# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""The publication gate, with a source that is away since Thursday: without a gate the digest goes out
and says so first; with one it waits until its hour, and is then published or withheld, as the policy
says; if the source comes back in time it is published as if nothing had been. And what was refused is
sent again, the same bytes, once a person says so."""

import json
import sys

import harness
from harness import expect

LAST_GOOD = "2024-06-13T12:00:00+07:00"  # a Thursday
MONDAY = "2024-06-17T07:30:00+07:00"
CLOSED_PORT = 9


class Case:
    """A campaign of its own, up to the Thursday on which the source went away."""

    def __init__(self, world, name, requires):
        self.world = world
        self.name = name
        self.requires = requires
        self.configure(is_away=False)
        self.simulate(LAST_GOOD)

    def configure(self, is_away):
        def edit(text):
            text = text.replace(str(self.world.folder / "state"),
                                str(self.world.folder / f"state-{self.name}"))
            text = text.replace('schedule: {at: "00:00"}', 'schedule: {at: "00:00"}\n'
                                "    expect: {freshness: 36h}")
            text = text.replace("    # Filed as", f"    requires: {self.requires}\n    # Filed as"
                                if self.requires else "    # Filed as")
            if is_away:
                text = text.replace(self.world.sandbox_url(), f"http://127.0.0.1:{CLOSED_PORT}")
            return text
        self.world.config = self.world.write_config(f"{self.name}.yaml", edit)

    def simulate(self, until):
        done = self.world.thidua("simulate", "--sandbox", self.world.sandbox_url(), "--until", until,
                                 "--quiet", check=False)
        expect(done.returncode in (0, 1), done.stderr)

    def go_away_until(self, until):
        self.configure(is_away=True)
        self.simulate(until)

    def slot(self):
        """The digest's slot of that Monday."""
        slots = json.loads(self.world.thidua("schedule", "list", "--job", "digest:weekly", "--json",
                                             "--limit", "100").stdout)
        (slot,) = [each for each in slots if each["scheduled_at"] == MONDAY] or [None]
        return slot

    def subjects(self):
        editions = json.loads(self.world.thidua("report", "list", "--json").stdout)
        return {each["period"]: each["subject"] for each in editions
                if each["id"].startswith("weekly/")}


def check_without(world):
    case = Case(world, "none", "")
    case.go_away_until("2024-06-17T09:00:00+07:00")
    expect(case.slot()["state"] in ("sent", "partly-sent"), f"{case.slot()}")
    text = next((world.folder / "state-none/editions/2024/W24").glob("2024-W24_*.txt")).read_text()
    expect("13/06/2024" in text[:1500], f"the first screen does not say since when: {text[:1500]}")


def check_withheld(world):
    case = Case(world, "withhold", '{wait_until: "11:00", on_unfit: withhold}')
    case.go_away_until("2024-06-17T10:59:00+07:00")
    slot = case.slot()
    expect(slot["state"] == "waiting" and "tthc has data through 2024-06-13" in slot["reason"],
           f"before its hour: {slot}")
    case.simulate("2024-06-17T11:10:00+07:00")
    slot = case.slot()
    expect(slot["state"] == "withheld" and "tthc" in slot["reason"], f"at its hour: {slot}")
    expect("2024-W24" not in case.subjects(), "it was published all the same")


def check_degraded(world):
    case = Case(world, "degrade", '{sources: [tthc], wait_until: "11:00"}')
    case.go_away_until("2024-06-17T11:10:00+07:00")
    expect(case.slot()["state"] in ("sent", "partly-sent"), f"{case.slot()}")
    expect("[GỬI BÙ]" in case.subjects()["2024-W24"], case.subjects())


def check_back_in_time(world):
    case = Case(world, "back", '{wait_until: "11:00", on_unfit: withhold}')
    case.go_away_until("2024-06-17T08:00:00+07:00")
    expect(case.slot()["state"] == "waiting", f"{case.slot()}")
    case.configure(is_away=False)
    case.simulate("2024-06-17T09:30:00+07:00")
    expect(case.slot()["state"] in ("sent", "partly-sent"), f"{case.slot()}")
    return case


def check_resend(case, refused):
    """The one who was refused gets the archived bytes, once, and the slot's end is another then."""
    world = case.world
    edition = "weekly/2024-W24/all/1"
    expect(case.slot()["state"] == "partly-sent", f"{case.slot()}")
    mime = world.thidua("report", "show", edition, "--mime", refused).stdout
    # The mailbox is there now.
    case.world.smtp = case.world.start_server("smtp2", [
        harness.PYTHON, harness.ROOT / "tests/support/mail_sink.py", "--maildir", world.folder / "again"])
    case.configure(is_away=False)
    now = ("--now", "2024-06-18T08:00:00+07:00")
    world.thidua("delivery", "resend", edition, "--failed", "--by", "Bà An", *now)
    got = list((world.folder / "again").glob("new/*"))
    expect(len(got) == 1, f"{len(got)} messages")
    sent = got[0].read_bytes().split(b"\r\n", 3)[3]
    expect(sent == mime.replace("\n", "\r\n").encode(), "other bytes than the archived")
    expect(case.slot()["state"] == "sent", f"{case.slot()}")
    again = world.thidua("delivery", "resend", edition, "--recipient", refused, "--by", "An", *now,
                         check=False)
    expect(again.returncode == 64 and "already" in again.stderr, again.stderr)
    world.thidua("audit", "verify")


def test(options):
    refuse = ["--refuse", "pho-giam-doc@example.vn:550"]
    with harness.World(options, dossiers=500, mail_options=refuse) as world:
        check_without(world)
        check_withheld(world)
        check_degraded(world)
        check_resend(check_back_in_time(world), "pho-giam-doc")
    sys.stdout.write("waited, withheld, degraded, published in time, sent again\n")


harness.main(test)
