# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Reminders from 23/08 to 18/09/2024: a ladder over the holidays of Quốc khánh, a silence, a
provincial system that is away for two days, and the same days once more as a backtest; then the
urging ledger, until 15/10."""

import collections
import email
import email.policy
import json
import pathlib

import harness
import openpyxl
from harness import expect

CLOSED_PORT = 9  # nobody listens there
SILENCED = "H37.10.02"
READ = "H37.10.05"
SERVICES = "services-online"
ALERTS = """
alerts:
  schedule: {at: "06:00"}
  for: 3d
  recover_after: 3d
  escalate: {second: 3, leaders: 6}
  leaders:
    - {id: giam-doc, name: Giám đốc Sở, address: giam-doc@example.vn}
  file_to: editions

# What is printed on papers"""


class Mornings:
    def __init__(self, world):
        self.world = world
        self.now = ""
        self.configure()

    def configure(self, *replacements):
        def edit(text):
            for old, new in (("start: 2024-06-07", "start: 2024-08-23"), ('"00:00"', '"05:00"'),
                             ("\n# What is printed on papers", ALERTS), *replacements):
                expect(old in text, f"the configuration has no {old!r}")
                text = text.replace(old, new)
            return text
        self.world.config = self.world.write_config(edit=edit)

    def cut_off(self):
        """The provincial system does not answer."""
        self.configure(("preset: igate-dossiers\n    base_url: " + self.world.sandbox_url(),
                        f"preset: igate-dossiers\n    base_url: http://127.0.0.1:{CLOSED_PORT}"))

    def until(self, day):
        """Lives on until noon of that day; what was said on stderr."""
        self.now = f"{day}T12:00:00+07:00"
        done = self.world.thidua("simulate", "--sandbox", self.world.sandbox_url(), "--until",
                                 self.now, "--quiet", check=False)
        expect(done.returncode in (0, 1), done.stderr)
        return done.stderr

    def ask(self, schema, *arguments):
        done = self.world.thidua(*arguments, "--json", "--now", self.now, check=False)
        expect(done.returncode == 0, f"{arguments}: {done.returncode}\n{done.stderr}")
        said = json.loads(done.stdout)
        harness.check_schema(said, f"{schema}.schema.json")
        return said

    def alerts(self):
        """{(unit, indicator): alert}"""
        said = self.ask("alerts-list", "alerts", "list", "--all")
        return {(each["unit"], each["indicator"]): each for each in said["alerts"]}

    def explain(self, unit, indicator=SERVICES):
        return self.ask("alerts-explain", "alerts", "explain", unit, indicator)

    def mails(self):
        """[(day, recipient)] of the reminders that were delivered."""
        found = []
        for path in harness.files_below(self.world.folder / "mail"):
            message = email.message_from_bytes(pathlib.Path(path).read_bytes(),
                                               policy=email.policy.default)
            if "[NHẮC LẦN" in message["Subject"] or "[BÁO CÁO LÃNH ĐẠO]" in message["Subject"]:
                day = email.utils.parsedate_to_datetime(message["Date"]).date().isoformat()
                found.append((day, message["Delivered-To"].split("@")[0]))
        return sorted(found)


def steps_of(said):
    return [(step["day"], step["step"]) for step in said["steps"]]


def check_silence(mornings):
    """It is told of in the digest, and holds the message back, not the state."""
    mornings.until("2024-08-25")
    by = ("--by", "Bà An", "--reason", "chuyển trụ sở")
    refused = mornings.world.thidua("silence", "add", "--until", "2025-01-01", *by, "--now",
                                    mornings.now, check=False)
    expect(refused.returncode == 64 and "2024-12-31" in refused.stderr, refused.stderr)
    mornings.ask("silence", "silence", "add", "--unit", SILENCED, "--until", "2024-08-30", *by)
    other = mornings.ask("silence", "silence", "add", "--indicator", SERVICES, "--until",
                         "2024-12-01", *by)
    mornings.ask("silence", "silence", "expire", str(other["id"]), "--by", "Bà An")
    mornings.until("2024-08-26")
    expect(len(mornings.ask("silence-list", "silence", "list")) == 1, "one is in force")
    silenced = mornings.explain(SILENCED)
    expect(silenced["state"] == "firing" and not silenced["steps"], f"silenced: {silenced}")
    expect((silenced["next"]["step"], silenced["next"]["day"], silenced["next"]["wait"])
           == ("first", "2024-09-04", "silenced"), f"next: {silenced['next']}")
    (digest,) = (mornings.world.folder / "state/editions/2024/W34").glob("*_toan-so_*_r1.txt")
    text = " ".join(digest.read_text().split())
    expect("Đang tạm ngưng nhắc" in text and "đến hết 30/08/2024 (chuyển trụ sở); Bà An" in text,
           f"the digest does not tell of the silence: {text}")


def check_ladder(mornings):
    """Three days below, then working days: 31/08 to 03/09 are none."""
    read = mornings.explain(READ)
    expect(read["state"] == "firing" and read["below_since"] == "2024-08-23", f"read: {read}")
    expect(steps_of(read) == [("2024-08-26", "first")], f"steps: {read['steps']}")
    expect((read["next"]["step"], read["next"]["day"]) == ("second", "2024-08-29"), read["next"])
    mornings.until("2024-08-30")
    expect(mornings.explain(READ)["next"]["day"] == "2024-09-05", "four days off come between")
    text = mornings.world.thidua("alerts", "explain", READ, SERVICES, "--now", mornings.now).stdout
    expect("next action: leaders on 2024-09-05" in text, text)
    mornings.until("2024-09-06")
    steps = steps_of(mornings.explain(READ))
    expect(steps == [("2024-08-26", "first"), ("2024-08-29", "second"), ("2024-09-05", "leaders")],
           f"steps: {steps}")
    expect(steps_of(mornings.explain(SILENCED))[0] == ("2024-09-04", "first"),
           "the silence was over on 31/08, and the first working day was 04/09")
    mails = mornings.mails()
    expect(("2024-08-26", "vpdkdd") in mails and ("2024-09-05", "giam-doc") in mails, f"{mails}")
    expect(min(day for day, reader in mails if reader == "don-vi-02") == "2024-09-04", f"{mails}")
    expect(max(collections.Counter(mails).values()) == 1, f"twice on one day: {mails}")


def state_of(alert):
    return alert["held"], alert["recovering"], alert["run"]


def check_outage(mornings):
    """One source away: every alert frozen, nobody reminded, one line; and no false end after it."""
    before = mornings.alerts()
    mails = mornings.mails()
    mornings.cut_off()
    said = mornings.until("2024-09-08")
    expect(said.count("alerts: source tthc is not up to date") == 1, f"lines:\n{said}")
    frozen = mornings.alerts()
    expect(frozen.keys() == before.keys(), "alerts come and go with a source")
    for key, alert in frozen.items():
        expect(alert["state"] == "undetermined" and state_of(alert) == state_of(before[key]),
               f"{key}: {before[key]} became {alert}")
        expect(not alert["next"] or alert["next"]["wait"] in ("frozen", "recovery"), f"{alert}")
    expect(mornings.mails() == mails, "somebody was reminded without data")
    mornings.configure()
    said = mornings.until("2024-09-09")
    expect("alerts: going on where they were frozen" in said, said)
    for key, alert in mornings.alerts().items():
        expect(alert["state"] != "undetermined", f"{key}: {alert}")
        last = mornings.explain(*key)["changes"][-1]
        was_firing = before[key]["held"] == "firing" and not before[key]["recovering"]
        expect(not was_firing or alert["state"] == "firing", f"{key} resolved falsely: {last}")


def recorded(mornings):
    changes, steps = [], []
    for unit, indicator in mornings.alerts():
        said = mornings.explain(unit, indicator)
        changes += said["changes"]
        steps += said["steps"]
    return changes, steps


def in_order(rows):
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def check_backtest(mornings):
    """By what was known on each morning it comes to what really happened; and writes nothing."""
    mornings.until("2024-09-18")
    store = mornings.world.folder / "state/thidua.db"
    bytes_before = store.read_bytes()
    said = mornings.ask("alerts-backtest", "alerts", "backtest")
    changes, steps = recorded(mornings)
    expect(len(changes) > 20 and len(steps) > 5, f"{len(changes)} changes, {len(steps)} steps")
    expect(in_order(said["changes"]) == in_order(changes), "the backtest has other changes")
    reminders = [{name: value for name, value in each.items() if name != "recipient"}
                 for each in said["reminders"]]
    expect(in_order(reminders) == in_order(steps), "the backtest has other reminders")
    late = mornings.ask("alerts-backtest", "alerts", "backtest", "--from", "2024-09-05", "--to",
                        "2024-09-05")
    expect({each["day"] for each in late["reminders"]} == {"2024-09-05"}, f"{late['reminders']}")
    expect(store.read_bytes() == bytes_before, "a backtest wrote into the store")
    mornings.configure(("for: 3d", "for: 14d"))
    slower = mornings.ask("alerts-backtest", "alerts", "backtest")
    expect(all(each["day"] >= "2024-09-06" for each in slower["reminders"]),
           "a slower rule reminds nobody in the first two weeks")
    mornings.configure()


def check_archive(mornings):
    """Editions of reminders are like others: listed, filed, made again."""
    world = mornings.world
    edition = "alert/2024-08-26/vpdkdd/1"
    folder = world.folder / "state/editions/2024/nhac/2024-08-26/vpdkdd"
    expect(len(list(folder.iterdir())) == 4, f"files: {list(folder.iterdir())}")
    again = world.thidua("report", "reproduce", edition, "--now", mornings.now, check=False)
    expect(again.returncode == 0, again.stdout + again.stderr)
    diff = world.thidua("report", "diff", edition, "--json", "--now", mornings.now, check=False)
    expect(diff.returncode in (0, 1), diff.stdout + diff.stderr)
    told = {each["unit"] for each in json.loads(diff.stdout)["changes"]}
    expect(told <= {READ}, f"a reminder says nothing of other units: {told}")
    shown = world.thidua("report", "show", edition, "--now", mornings.now).stdout
    expect("NHẮC LẦN 1" in shown and "chưa đạt" in shown, shown)
    expect(world.thidua("audit", "verify", check=False).returncode == 0, "the chain")
    verified = world.thidua("report", "verify", world.folder / "state/editions", check=False)
    expect(verified.returncode == 0, verified.stdout + verified.stderr)


def proposed(mornings):
    said = mornings.ask("urge-list", "urge", "list")
    return [(each["unit"], each["indicator"]) for each in said["proposed"]], said["ledger"]


def received_online(mornings, day):
    """Dossiers of READ that were handed in online by that day."""
    standings = mornings.ask("standings", "standings", "--unit", READ, "--as-of", day)
    (figure,) = [each for each in standings["units"][0]["indicators"]
                 if each["id"] == "dossiers-online"]
    return figure["numerator"]


def check_urging(mornings):
    """Who is below is proposed, once within the interval; the effect is of complete weeks."""
    world = mornings.world
    keys, ledger = proposed(mornings)
    expect(keys and not ledger, f"proposed: {keys}, ledger: {ledger}")
    unit, indicator = keys[0]
    letters = world.folder / "letters"
    for _ in range(2):  # the same letter twice is one entry
        done = world.thidua("report", "render", "urging", "--unit", unit, "--to", letters, "--by",
                            "Ông Bình", "--now", mornings.now)
        expect(not done.stderr, done.stderr)
    after, ledger = proposed(mornings)
    expect(after == keys, "a draft is no urging")
    expect({(each["kind"], each["by"]) for each in ledger} == {("drafted", "Ông Bình")}, f"{ledger}")
    expect(len(ledger) == len([key for key in keys if key[0] == unit]), f"{ledger}")
    record = ("--by", "Bà An", "--document", "120/STNMT-VP")
    said = mornings.ask("urge-record", "urge", "record", unit, "--indicator", indicator, "--day",
                        "2024-09-10", *record)
    expect(said["recorded"], f"{said}")
    expect(proposed(mornings)[0] == keys[1:], "urged a week ago, and proposed again")
    effect = proposed(mornings)[1][-1]["effect"]
    expect(effect == {"before": None, "after": None, "movement": None}, f"too early: {effect}")
    mornings.ask("silence", "silence", "add", "--until", "2024-09-20", "--by", "An", "--reason", "họp")
    expect(proposed(mornings)[0] == [], "all are silenced")

    mornings.until("2024-10-15")
    mornings.ask("urge-record", "urge", "record", READ, "--indicator", "dossiers-online", "--day",
                 "2024-09-24", *record)
    keys, ledger = proposed(mornings)
    by_day = {each["day"]: each["effect"] for each in ledger if each["kind"] == "recorded"}
    expect(by_day["2024-09-10"]["before"] is None and by_day["2024-09-10"]["after"]["weeks"] == 2,
           f"only two complete weeks before 10/09: {by_day}")
    effect = by_day["2024-09-24"]
    before = received_online(mornings, "2024-09-22") - received_online(mornings, "2024-08-25")
    later = received_online(mornings, "2024-10-13") - received_online(mornings, "2024-09-29")
    expect((effect["before"]["weeks"], effect["before"]["numerator"]) == (4, before), f"{effect}")
    expect((effect["after"]["weeks"], effect["after"]["numerator"]) == (2, later), f"{effect}")
    expect(effect["movement"] == ("faster" if 2 * later > before else
                                  "same" if 2 * later == before else "slower"), f"{effect}")
    over = json.loads(world.thidua("urge", "list", "--json", "--now",
                                   "2025-01-01T09:00:00+07:00").stdout)
    expect(keys and not over["proposed"] and over["ledger"], "nobody is urged after the campaign")
    file = world.folder / "so-don-doc.xlsx"
    world.thidua("urge", "list", "--out", file, "--now", mornings.now)
    book = openpyxl.load_workbook(file)
    expect(book.sheetnames == ["Đề nghị đôn đốc", "Sổ đôn đốc"], f"{book.sheetnames}")
    cells = [str(cell.value) for row in book["Sổ đôn đốc"].iter_rows() for cell in row]
    expect("120/STNMT-VP" in cells and "chưa đủ tuần" in cells, f"{cells}")
    mails = [path for path in harness.files_below(world.folder / "mail")
             if "120/STNMT-VP" in path.read_text(errors="replace")]
    expect(not mails, "a letter was sent")


def test(options):
    with harness.World(options, dossiers=options.dossiers) as world:
        mornings = Mornings(world)
        check_silence(mornings)
        check_ladder(mornings)
        check_outage(mornings)
        check_backtest(mornings)
        check_archive(mornings)
        check_urging(mornings)
        print(f"{len(mornings.mails())} reminders, the ladder over the holidays, an outage without one")


harness.main(test, dossiers=1500)
