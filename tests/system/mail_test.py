# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Mail in trouble: one refused recipient is nobody else's trouble, a relay that is away is tried
again with the same bytes, a late digest says so, and nobody gets a digest twice."""

import email
import email.policy
import hashlib
import json
import pathlib
import sqlite3
import sys

import harness

MONDAY = "2024-10-21T07:30:00+07:00"
LATER = "2024-10-21T08:00:00+07:00"
THURSDAY = "2024-10-24T10:00:00+07:00"
WEEK = "2024-W42"


def mails(world):
    found = {}
    for path in harness.files_below(world.folder / "mail"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        found.setdefault(message["To"].addresses[0].addr_spec, []).append(message)
    return found


def send(world, now, config=None):
    return world.thidua("report", "send", "--week", WEEK, "--now", now, config=config, check=False)


def states(world):
    database = sqlite3.connect(f"file:{world.folder}/state/thidua.db?mode=ro", uri=True)
    rows = database.execute("SELECT recipient, state, attempts FROM delivery").fetchall()
    database.close()
    return {recipient: (state, attempts) for recipient, state, attempts in rows}


def check_relay_away(world):
    away = world.write_config(
        "away.yaml", lambda text: text.replace(f"127.0.0.1:{world.smtp}", "127.0.0.1:9"))
    done = send(world, MONDAY, away)
    if done.returncode != 69 or "last reply" not in done.stderr:
        sys.exit(f"relay away: {done.returncode} {done.stdout} {done.stderr}")
    if set(states(world).values()) != {("deferred", 1)} or mails(world):
        sys.exit(f"relay away: {states(world)}, {len(mails(world))} mails")
    if send(world, MONDAY).returncode != 0 or mails(world):
        sys.exit("a deferred message was tried before its time")


def check_one_refused(world):
    done = send(world, LATER)
    expected = {"giam-doc": ("sent", 2), "pho-giam-doc": ("refused", 2),
                "chanh-van-phong": ("sent", 2)}
    if done.returncode != 69 or "550" not in done.stderr or states(world) != expected:
        sys.exit(f"one refused: {done.returncode} {done.stderr} {states(world)}")
    send(world, LATER)
    got = {address: len(messages) for address, messages in mails(world).items()}
    if got != {"giam-doc@example.vn": 1, "chanh-van-phong@example.vn": 1}:
        sys.exit(f"one refused: {got}")


def check_late(world):
    world.thidua("report", "send", "--week", "2024-W41", "--now", THURSDAY, check=False)
    editions = json.loads(world.thidua("report", "list", "--json").stdout)
    subjects = {edition["period"]: edition["subject"] for edition in editions}
    if "[GỬI BÙ]" not in subjects["2024-W41"] or "[GỬI BÙ]" in subjects[WEEK]:
        sys.exit(f"late: {subjects}")
    if "[Tuần 41]" not in subjects["2024-W41"]:
        sys.exit(f"late: {subjects}")


def check_trial(world):
    before = states(world)
    world.thidua("report", "send", "--week", WEEK, "--now", THURSDAY, "--to", "toi@example.vn")
    trial = mails(world).get("toi@example.vn", [])
    if len(trial) != 1 or "[GỬI THỬ]" not in trial[0]["Subject"] or states(world) != before:
        sys.exit(f"trial: {len(trial)} mails, {states(world)}")


def check_cut_after_the_dot(options):
    """A relay that takes each message and cuts off before it says so: a digest comes a few times, a
    report on awards once."""
    with harness.World(options, now=MONDAY, dossiers=300,
                       mail_options=["--drop-after-dot", "1"]) as world:
        world.thidua("pull", "--now", MONDAY)
        for day in range(21, 31):
            send(world, f"2024-10-{day}T07:30:00+07:00")
        copies = {address: len(messages) for address, messages in mails(world).items()}
        if len(copies) != 3 or set(copies.values()) != {5}:
            sys.exit(f"copies of a digest: {copies}")
        if set(states(world).values()) != {("unknown", 5)}:
            sys.exit(f"cut after the dot: {states(world)}")
        world.thidua("freeze", "start", "--by", "Bà An", "--now", "2025-01-01T08:00:00+07:00")
        send(world, "2025-01-02T08:00:00+07:00")
        send(world, "2025-01-03T08:00:00+07:00")
        if len(mails(world).get("hoi-dong@example.vn", [])) != 1:
            sys.exit("a report on awards did not come once")


TYPES = {
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def check_attachments(world, filed):
    """Each mail of the week brings the PDF and the workbook as they are filed, and as the manifest
    says they are."""
    manifest = json.loads(next(path for path in filed if path.suffix == ".json").read_text())
    hashes = {entry["file"]: entry["sha256"] for entry in manifest["documents"]}
    expected = {path.name: (TYPES[path.suffix], path.read_bytes())
                for path in filed if path.suffix in TYPES}
    for name, (_, content) in expected.items():
        if hashes.get(name) != hashlib.sha256(content).hexdigest():
            sys.exit(f"manifest: {name} is {hashes.get(name)}")
    seen = 0
    for message in (one for messages in mails(world).values() for one in messages):
        if "[Tuần 42]" not in message["Subject"] or "[GỬI THỬ]" in message["Subject"]:
            continue
        seen += 1
        got = {part.get_filename(): (part.get_content_type(), part.get_content())
               for part in message.iter_attachments()}
        if got != expected:
            sys.exit(f"attachments: {[(name, kind) for name, (kind, _) in got.items()]}")
        if message.get_body(("html",)) is None or message.get_body(("plain",)) is None:
            sys.exit("a mail with attachments has lost its text or its HTML")
    if seen != 2:
        sys.exit(f"attachments: {seen} mails of week 42")


def test(options):
    check_cut_after_the_dot(options)
    refuse = ["--refuse", "pho-giam-doc@example.vn:550"]
    with harness.World(options, now=MONDAY, dossiers=3000, mail_options=refuse) as world:
        world.thidua("pull", "--now", MONDAY)
        check_relay_away(world)
        check_one_refused(world)
        check_late(world)
        check_trial(world)
        filed = sorted(pathlib.Path(world.folder / "state/editions/2024/W42").iterdir())
        if [path.suffix for path in filed] != [".html", ".json", ".pdf", ".txt", ".xlsx"]:
            sys.exit(f"filed: {filed}")
        check_attachments(world, filed)
        print("one refused, one relay away, one late, one trial, one cut: each as it should be")


harness.main(test)
