# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Every schema in docs/schema describes what its command answers under --json, and nothing else
comes."""

import json
import sys

import jsonschema

import harness

NOW = "2024-06-14T16:00:00+07:00"
LATER = "2024-06-14T16:30:00+07:00"
SCHEMAS = harness.ROOT / "docs/schema"
FIXTURE = harness.ROOT / "tests/data/sources/igate-dossiers"
FILE = """Mã hồ sơ;Mã TTHC;Mã đơn vị;Trạng thái;Ngày tiếp nhận
H37.10-240610-9001;1.012756;H37.10.05;4;10/06/2024
H37.10-240610-9002;1.012756;H37.10.99;4;10/06/2024
;1.012756;H37.10.05;4;10/06/2024
"""


class Checks:
    def __init__(self, world):
        self.world = world
        # thidua-absence is a program of its own: system.absence holds it to its schema. What a running
        # daemon's pages say, system.web holds to theirs.
        self.unused = {path.name.removesuffix(".schema.json")
                       for path in SCHEMAS.glob("*.schema.json")}
        self.unused -= {"absence", "web-status", "web-version"}

    def answer(self, schema, *arguments, codes=(0,)):
        """What the command says, which must be as its schema describes it."""
        done = self.world.thidua(*arguments, "--json", check=False)
        if done.returncode not in codes:
            sys.exit(f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}")
        said = json.loads(done.stdout)
        rules = json.loads((SCHEMAS / f"{schema}.schema.json").read_text())
        jsonschema.Draft202012Validator.check_schema(rules)
        jsonschema.validate(said, rules, jsonschema.Draft202012Validator)
        self.unused.discard(schema)
        if not said:
            sys.exit(f"{arguments}: an empty answer shows nothing")
        return said


def check_pulls(checks, folder):
    checks.answer("pull-dry-run", "pull", "tthc", "services", "--dry-run", "--now", NOW)
    checks.answer("pull", "pull", "tthc", "payments", "services", "--now", NOW)
    checks.answer("pulls-list", "pulls", "list")
    checks.answer("status", "status", "--now", NOW)
    checks.answer("check", "check", "--now", NOW, codes=(2,))
    checks.answer("purge", "purge", "--now", LATER)
    checks.answer("backfill", "backfill", "tthc", "--from", "2024-06-07", "--to", "2024-06-08",
                  "--now", NOW)
    checks.answer("replay", "replay", "--now", NOW)
    file = folder / "tay.csv"
    file.write_text(FILE)
    missing = folder / "none.csv"
    # One row cannot be read, and of the two files one cannot be.
    checks.answer("import", "import", file, missing, "--as", "files", "--now", LATER, codes=(74,))
    checks.answer("test", "test", FIXTURE, codes=(0, 1))
    table = folder / "can-bo.csv"
    table.write_text("Mã cán bộ;Họ và tên;Mã đơn vị\nCB-1;Nguyễn Văn Mẫu;H37.10.99\n")
    checks.answer("import-catalogue", "import", table, "--as", "officers", "--dry-run",
                  "--out", folder / "can-bo.yaml", codes=(65,))


def check_decisions(checks):
    refused = checks.answer("quarantine-list", "quarantine", "list")
    number = str(refused[0]["id"])
    checks.answer("quarantine-show", "quarantine", "show", number)
    checks.answer("quarantine-drop", "quarantine", "drop", number, "--by", "An", "--now", LATER)
    checks.answer("units-list", "units", "list", "--now", NOW)
    checks.answer("procedures-list", "procedures", "list", "--now", NOW)
    checks.answer("units-map", "units", "map", "X.1", "H37.10.05", "--by", "An", "--now", LATER)


def check_figures(checks):
    standings = checks.answer("standings", "standings", "--now", LATER)
    figure = standings["total"]["indicators"][0]["figure"]
    checks.answer("explain", "explain", figure)
    checks.answer("reconcile", "reconcile", "--dossiers", "--now", LATER)
    verdicts = checks.answer("rules-eval", "rules", "eval", "--now", LATER)
    if any("đủ điều kiện" == each["verdict"] for each in verdicts):
        sys.exit(f"nobody has decided anything yet: {verdicts}")
    earlier = checks.answer("rules-sensitivity", "rules", "sensitivity", "--known-at", NOW,
                            "--now", LATER)
    if earlier["known_at"] != NOW:
        sys.exit(f"rules sensitivity --known-at {NOW}: as known at {earlier['known_at']}")
    checks.answer("gap", "gap", "--now", LATER)
    checks.answer("rules-explain", "rules", "explain", "H37.10", "bang-khen", "--now", LATER)
    checks.answer("freeze-status", "freeze", "status", "--now", LATER, codes=(1,))
    checks.answer("rules-decide", "rules", "decide", "H37.10.05", "content/2/met", "met",
                  "--by", "An", "--now", LATER)
    check_records(checks)
    checks.answer("audit-list", "audit", "list")
    checks.answer("audit-verify", "audit", "verify")
    checks.answer("verify", "verify", "--now", LATER)


def check_records(checks):
    """What people put on file for awards."""
    by = ("--by", "An", "--now", LATER)
    checks.answer("evidence-add", "evidence", "add", "H37.10.05", "3", "--title", "Hội nghị", "--text",
                  "Tuyên truyền", *by)
    checks.answer("evidence-decide", "evidence", "decide", "1", "rejected", "--why", "thiếu ảnh", *by)
    checks.answer("evidence-list", "evidence", "list", "--now", LATER)
    reviewed = checks.answer("procedures-review", "procedures", "review", "--now", LATER)
    first = reviewed["procedures"][0]
    unit = ("--unit", first["units"][0])
    checks.answer("procedures-propose", "procedures", "propose", first["code"], "keep", *unit, *by)
    checks.answer("procedures-propose", "procedures", "decide", first["code"], "refused", *unit, *by)
    checks.answer("procedures-review", "procedures", "review", "--now", LATER)
    checks.answer("nominations-receive", "nominations", "receive", "H37.10.05", "bang-khen", "to-trinh", *by)
    checks.answer("nominations-check", "nominations", "check", "H37.10.05", "bang-khen", "--now", LATER,
                  codes=(1,))
    checks.answer("nominations-list", "nominations", "list", "--now", LATER)
    checks.answer("rules-explain", "rules", "explain", "H37.10.05", "giay-khen", "--now", LATER)


def check_reminders(checks):
    checks.answer("alerts-list", "alerts", "list", "--now", LATER)
    checks.answer("alerts-backtest", "alerts", "backtest", "--now", LATER)
    checks.answer("silence", "silence", "add", "--unit", "H37.10.05", "--until", "2024-06-20",
                  "--reason", "chuyển trụ sở", "--by", "An", "--now", LATER)
    checks.answer("silence-list", "silence", "list", "--now", LATER)
    checks.answer("alerts-explain", "alerts", "explain", "H37.10.05", "payments-online", "--now",
                  LATER)
    checks.answer("urge-record", "urge", "record", "H37.10.05", "--indicator", "payments-online",
                  "--by", "An", "--now", LATER)
    checks.answer("urge-list", "urge", "list", "--now", LATER)
    checks.answer("silence", "silence", "expire", "1", "--by", "An", "--now", LATER)


def check_editions(checks):
    world = checks.world
    world.thidua("report", "send", "--week", "2024-W24", "--now", "2024-06-17T08:00:00+07:00")
    edition = "weekly/2024-W24/all/1"
    checks.answer("report-list", "report", "list")
    checks.answer("report-reproduce", "report", "reproduce", edition)
    checks.answer("report-diff", "report", "diff", edition, "--now", "2024-06-17T08:00:00+07:00")
    checks.answer("report-verify", "report", "verify", world.folder / "state/editions")
    checks.answer("delivery-list", "delivery", "list", edition)


def check_schedule(checks):
    """What is due next, and what became of what was due."""
    checks.answer("schedule-next", "schedule", "next", "--now", LATER)
    world = checks.world
    store = world.write_config("simulated.yaml", lambda text: text.replace("/state", "/simulated"))
    world.thidua("simulate", "--sandbox", world.sandbox_url(), "--until", "2024-06-10T08:00:00+07:00",
                 "--quiet", config=store, check=False)
    kept, world.config = world.config, store
    slots = checks.answer("schedule-list", "schedule", "list", "--job", "digest:weekly")
    world.config = kept
    if [slot["state"] for slot in slots] != ["sent", "skipped"]:
        sys.exit(f"slots of the digest: {slots}")


def check_configuration(checks):
    checks.answer("validate", "validate", "--now", NOW)
    checks.answer("config-show", "config", "show", "--redacted")


def check_drafts(checks, folder):
    """Papers as Word files: what was written, and what stands in it."""
    for paper in (("report", "render", "urging"), ("report", "render", "procedure-review"),
                  ("nominations", "draft", "--candidate", "H37.10.05")):
        checks.answer("drafts", *paper, "--to", folder / "drafts", "--now", LATER)


def check_unmapped(checks):
    """By the file's word the unit of one dossier is nobody's."""
    world = checks.world
    world.config = world.write_config(edit=lambda text: add_sources(world, text).replace(
        "campaign:\n", "campaign:\n  indicators:\n"
        "    dossiers-online: {system_of_record: files}\n", 1))
    checks.answer("units-unmapped", "units", "unmapped", "--now", NOW)


def add_sources(world, text):
    return text.replace(
        "\n# The mail relay.",
        harness.preset_sources(world.sandbox_url()) + "\nalerts: {}\n\n# The mail relay.", 1)


def test(options):
    with harness.World(options, dossiers=300, now=NOW) as world:
        world.config = world.write_config(edit=lambda text: add_sources(world, text))
        harness.write_preset_secrets(world)
        checks = Checks(world)
        check_pulls(checks, world.folder)
        check_decisions(checks)
        check_figures(checks)
        check_reminders(checks)
        check_editions(checks)
        check_schedule(checks)
        check_drafts(checks, world.folder)
        check_configuration(checks)
        check_unmapped(checks)
        if checks.unused:
            sys.exit(f"schemas of no command: {sorted(checks.unused)}")
        print("every schema describes what its command says")


harness.main(test)
