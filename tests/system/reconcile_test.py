# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Reconciliation against a world whose differences are known dossier by dossier: each kind is found
out, nothing is wrongly certain, and what nobody can explain makes figures unfit."""

import collections
import datetime
import json
import re
import subprocess
import sys

import harness

DOSSIERS = 6000
MISHAPS = 20  # of a thousand, for each kind
START = datetime.date(2024, 6, 7)
SETTLED = datetime.date(2024, 8, 30)
LAST = datetime.date(2024, 9, 14)
SETTLE_AFTER = "15d"  # the portal hears of dossiers up to 14 days late
RIGHT_AT_LEAST = 0.99

# A dossier that the portal renumbered is not found by its first number, and is asked about by the
# other one the next time: both sides come to the same later, as with one that is late.
# What a cause makes a right reason, by what is compared: receipt and unit, or payment.
OF_RECEIPT = {"lost": "unknown", "late": "late-sync", "duplicate": "duplicate",
              "other-unit": "unit-mapping"}
OF_PAYMENT = {"cash": "cash-as-online", "refund": "refund", "unconfirmed": "unconfirmed"}
LEAST_SEEN = {"unknown": 20, "late-sync": 50, "duplicate": 20, "unit-mapping": 20,
              "cash-as-online": 10, "refund": 3, "unconfirmed": 5}


def midnight(day):
    return f"{day}T00:00:00+07:00"


def configure(tolerance, url):
    """With the national portal as a witness that names units, and everything received counted."""
    def edit(text):
        sources = harness.preset_sources(url).split("\n  lgsp:")[0]
        national = "  national:" + sources.split("\n  national:")[1] + (
            "\n    map: {unit_code: /MaDonVi}\n")
        own = (f"  reconciliation: {{tolerance: {tolerance}, settle_after: {SETTLE_AFTER}}}\n"
               "  indicators: {dossiers-online: {procedures: all}}\n")
        text = re.sub(r"  reconciliation:\n.*\n", "", text)  # there is a witness here
        text = text.replace("\n# Where the presets are.", own + "\n# Where the presets are.", 1)
        return text.replace("\n# The mail relay.", "\n" + national + "\n# The mail relay.", 1)
    return edit


def pull_days(world):
    """Every midnight, as a payment that succeeds and is given back must be seen in between; the
    portal where it is compared and where it is read again."""
    day = START + datetime.timedelta(days=1)
    while day <= LAST:
        world.ask_sandbox("/sandbox/clock", {"now": midnight(day)})
        sources = ["tthc", "payments"] + (["national"] if day in (SETTLED, LAST) else [])
        world.thidua("pull", *sources, "--now", midnight(day))
        day += datetime.timedelta(days=1)


def mishaps(world, day):
    """{code: causes} of what had been received by then."""
    done = subprocess.run(
        [str(world.programs.sandbox), *world.seed_options, "--mishap-truth",
         "--known-at", midnight(day)], capture_output=True, text=True, check=True)
    causes = {}
    for line in map(json.loads, done.stdout.splitlines()):
        if START.isoformat() <= line["accepted"]:
            for code in line["codes"]:
                causes[code] = set(line["causes"])
    return causes


def right_reasons(difference, then, now):
    """The reasons that the world bears out. Late is what both agree on in the end."""
    causes = then.get(difference["dossier"], set())
    left = now.get(difference["dossier"], set())
    is_payment = difference["indicator"] == "payments-online"
    of = {**OF_RECEIPT, **(OF_PAYMENT if is_payment else {})}
    right = {of[cause] for cause in causes if cause in of} - {"late-sync"}
    if not left & set(of) or "renumbered" in causes:
        right.add("late-sync")
    return right


def check_reasons(answer, then, now):
    rows = [(pair["kind"], one) for pair in answer["pairs"] for one in pair["dossiers"]]
    seen, right, wrong, missed = collections.Counter(), collections.Counter(), [], []
    for kind, one in rows:
        reasons = right_reasons(one, then, now)
        if one["reason"] != "unknown" and one["reason"] not in reasons:
            wrong.append((kind, one, then.get(one["dossier"]), now.get(one["dossier"])))
        if one["reason"] not in reasons:
            missed.append((one["dossier"], one["indicator"], reasons, then.get(one["dossier"])))
        for wanted in [one["reason"]] if one["reason"] in reasons else reasons or {"no reason"}:
            seen[wanted] += 1
            right[wanted] += one["reason"] == wanted
    if wrong:
        sys.exit(f"wrongly certain of {len(wrong)} of {len(rows)}: {wrong[:5]}")
    for reason, least in LEAST_SEEN.items():
        # One that two things happened to at once, such as a new number and a payment that was not
        # heard of, may be unknown.
        missed_max = max(1, (1 - RIGHT_AT_LEAST) * seen[reason])
        if seen[reason] < least or seen[reason] - right[reason] > missed_max:
            sys.exit(f"{reason}: {right[reason]} right of {seen[reason]}; {dict(seen)}, "
                     f"not found out: {missed[:8]}")
    if sum(right.values()) < RIGHT_AT_LEAST * len(rows):
        sys.exit(f"{sum(right.values())} right of {len(rows)}: {dict(right)} of {dict(seen)}")
    print(f"{sum(right.values())} of {len(rows)} differences rightly explained: {dict(right)}")


def check_nothing_is_left_out(answer, then):
    """Every dossier that both did not receive, or that is of another unit, is in the list."""
    (pair,) = [pair for pair in answer["pairs"] if pair["kind"] == "records"]
    listed = {one["dossier"] for one in pair["dossiers"] if one["indicator"] == "dossiers-online"}
    missing = [code for code, causes in then.items()
               if causes & set(OF_RECEIPT) and code not in listed and not is_other_code(code)]
    if missing:
        sys.exit(f"{len(missing)} differences were not found: {missing[:5]}")


def is_other_code(code):
    """The number that the portal gives to a dossier, which few have."""
    return 500_000 <= int(code.rsplit("-", 1)[1]) < 600_000


def check_counts(answer):
    for pair in answer["pairs"]:
        for indicator in pair["indicators"]:
            of = [one for one in pair["dossiers"] if one["indicator"] == indicator["id"]]
            (total,) = [unit for unit in indicator["units"] if unit["code"] == "total"]
            counted = collections.Counter(one["reason"] for one in of)
            reasons = {name: count for name, count in total["reasons"].items() if count}
            if reasons != dict(counted) or total["differing"] != len(of):
                sys.exit(f"{pair['own']}, {pair['witness']}: {total} does not add up to {counted}")


def fitness(standings, indicator):
    (figure,) = [one for one in standings["total"]["indicators"] if one["id"] == indicator]
    return figure["fitness"]


def check_fitness(world, lenient, answer):
    """2 % of what was received is lost: above a 500th, within 10 %."""
    standings = json.loads(world.thidua("standings", "--json", "--now", midnight(LAST)).stdout)
    harness.check_schema(standings, "standings.schema.json")
    if standings["fitness"] != "chua-doi-soat":
        sys.exit(f"the worst does not come first: {standings['fitness']}")
    for pair in answer["pairs"]:
        for indicator in pair["indicators"]:
            for unit in indicator["units"]:
                too_much = 500 * unit["reasons"]["unknown"] > unit["compared"]
                if unit["compared"] and too_much != (unit["fitness"] == "chua-doi-soat"):
                    sys.exit(f"{indicator['id']}: {unit}")
    for indicator, wanted in (("dossiers-online", "chua-doi-soat"),
                              ("services-online", "chua-doi-soat")):
        if fitness(standings, indicator) != wanted:
            sys.exit(f"{indicator}: {fitness(standings, indicator)}")
    verdicts = json.loads(world.thidua("rules", "eval", "--json", "--now", midnight(LAST)).stdout)
    root = [one for one in verdicts if one["candidate"] == "H37.10"]
    if not root or any(one["value"] != "undetermined" for one in root):
        sys.exit(f"awards over figures that are not fit: {root}")
    within = json.loads(
        world.thidua("standings", "--json", "--now", midnight(LAST), config=lenient).stdout)
    for indicator in ("services-online", "dossiers-online", "payments-online"):
        if fitness(within, indicator) != "da-doi-soat":
            sys.exit(f"within the tolerance: {indicator} is {fitness(within, indicator)}")


def check_early(world):
    """Before the pairs have had their time, nothing was compared."""
    early = json.loads(world.thidua("reconcile", "--json", "--now", midnight(SETTLED)).stdout)
    states = {pair["kind"]: pair["state"] for pair in early["pairs"]}
    if states != {"records": "too-early", "payments": "compared"}:
        sys.exit(f"on {SETTLED}: {states}")
    standings = world.standings(SETTLED.isoformat(), midnight(SETTLED))
    if fitness(standings, "dossiers-online") != "tam-tinh":
        sys.exit(f"nothing was compared, but: {standings['total']}")


def check_words(world):
    """What people read: the table, and a unit's own list."""
    table = world.thidua("reconcile", "--unit", "H37.10.05", "--dossiers", "--now",
                         midnight(LAST)).stdout
    for words in ("H37.10.05", "trùng hồ sơ", "ánh xạ đơn vị", "Mã hồ sơ"):
        if words not in table:
            sys.exit(f"{words} is not in:\n{table[:2000]}")
    if "trễ đồng bộ" in table:
        sys.exit("what is settled needs no fixing")
    if world.thidua("reconcile", "--unit", "H37.99", "--now", midnight(LAST),
                    check=False).returncode != 64:
        sys.exit("there is no unit H37.99")


def test(options):
    with harness.World(options, dossiers=DOSSIERS, mishaps=MISHAPS) as world:
        lenient = world.write_config("lenient.yaml", configure("10%", world.sandbox_url()))
        world.config = world.write_config(edit=configure("1/500", world.sandbox_url()))
        harness.write_preset_secrets(world)
        pull_days(world)
        done = world.thidua("reconcile", "--json", "--dossiers", "--now", midnight(LAST))
        answer = json.loads(done.stdout)
        harness.check_schema(answer, "reconcile.schema.json")
        if {(pair["kind"], pair["state"]) for pair in answer["pairs"]} != {
                ("records", "compared"), ("payments", "compared")}:
            sys.exit(f"{[(pair['kind'], pair['state']) for pair in answer['pairs']]}")
        then, now = mishaps(world, SETTLED), mishaps(world, LAST)
        check_counts(answer)
        check_reasons(answer, then, now)
        check_nothing_is_left_out(answer, then)
        check_fitness(world, lenient, answer)
        check_early(world)
        check_words(world)


harness.main(test)
