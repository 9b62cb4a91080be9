# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""The store under an operator's hands: verified, backed up beside the daemon, altered, replaced by an
older copy, refused, restored."""

import hashlib
import json
import pathlib
import re
import shutil
import sqlite3
import time

import harness

NOW = "2024-10-21T08:00:00+07:00"
LATER = "2024-10-28T08:00:00+07:00"


def verify(world, expected_code):
    done = world.thidua("audit", "verify", "--json", "--quiet", check=False)
    assert done.returncode == expected_code, (done.returncode, done.stdout, done.stderr)
    report = json.loads(done.stdout)
    harness.check_schema(report, "audit-verify.schema.json")
    assert report["whole"] == (expected_code == 0)
    return report


def refuses(world, code, words, *arguments):
    done = world.thidua(*arguments, check=False)
    assert done.returncode == code, (arguments, done.returncode, done.stdout, done.stderr)
    assert words in done.stderr, (words, done.stderr)


def listed_pulls(world, *options):
    done = world.thidua("pulls", "list", "--json", *options)
    pulls = json.loads(done.stdout)
    harness.check_schema(pulls, "pulls-list.schema.json")
    return pulls


def check_history_of_pulls(world):
    """Two pulls of everything, the second without news, and one of a source that says no."""
    world.thidua("pull", "--now", NOW)
    world.write_secret("tthc-client-secret", "not-the-secret")
    assert world.thidua("pull", "tthc", "--now", LATER, check=False).returncode == 77
    world.write_secret("tthc-client-secret", "sandbox-secret")
    pulls = listed_pulls(world)
    assert [pull["state"] for pull in pulls] == ["failed"] + 6 * ["complete"], pulls
    failed, again, first = (one for one in pulls if one["source"] == "tthc")
    assert failed["error_kind"] == "auth" and "client_secret_file" in failed["error"], failed
    assert again["slices"] > 0 == again["changed"], again
    assert first["repeats"] == 0 and first["changed"] > 1000 and first["sweep"], first
    assert [one["pull"] for one in pulls] == list(range(7, 0, -1)), pulls
    assert listed_pulls(world, "--limit", "2") == pulls[:2]
    assert listed_pulls(world, "--source", "tthc") == [failed, again, first]
    text = world.thidua("pulls", "list", "--source", "tthc").stdout.splitlines()
    assert len(text) == 3 and "auth: " in text[0] and "sweep" in text[2], text
    refuses(world, 64, "no source nobody", "pulls", "list", "--source", "nobody")


def change_archived_byte(store):
    """Returns the bytes as they were, to put them back."""
    database = sqlite3.connect(store)
    sha256, kept = database.execute(
        "SELECT a.sha256, a.bytes FROM artefact a JOIN edition_document d ON d.sha256 = a.sha256"
        " ORDER BY d.edition, d.position LIMIT 1").fetchone()
    changed = bytes([kept[0] ^ 1]) + kept[1:]
    put = "UPDATE artefact SET bytes = ? WHERE sha256 = ?"
    database.execute(put, (changed, sha256))
    database.commit()
    database.close()

    def put_back():
        database = sqlite3.connect(store)
        database.execute(put, (kept, sha256))
        database.commit()
        database.close()
    return put_back


def forge_chain(store):
    """What somebody does who may write everywhere: alters the first entry, makes all hashes behind it
    anew as docs/decisions/0011 says, and deletes the witness."""
    database = sqlite3.connect(store)
    previous = ""
    rows = database.execute(
        "SELECT number, at, kind, subject, detail FROM audit ORDER BY number").fetchall()
    for number, at, kind, subject, detail in rows:
        detail += " forged=1" if number == 1 else ""
        parts = [previous, str(number), str(at), kind, subject, detail]
        text = "thidua-audit-1" + "".join(f"{len(part.encode())}:{part}" for part in parts)
        previous = hashlib.sha256(text.encode()).hexdigest()
        database.execute("UPDATE audit SET detail = ?, hash = ? WHERE number = ?",
                         (detail, previous, number))
    database.commit()
    database.close()
    pathlib.Path(f"{store}.witness").unlink()


def printed_seal(path):
    """As a reader has it: "1.234, a1b2c3d4e5f6…"."""
    text = " ".join(path.read_text().split())
    return re.search(r"Dấu kiểm tra sổ ghi: số ([0-9.]+, [0-9a-f]{12}…)", text).group(1)


def check_seals(world, store):
    filed = world.folder / "state/editions/2024/W42"
    seal = printed_seal(next(filed.glob("*.txt")))
    assert seal == printed_seal(next(filed.glob("*.html")))
    kept = json.loads(next(filed.glob("*.manifest.json")).read_text())["audit_seal"]
    number, letters = seal.replace(".", "").rstrip("…").split(", ")
    assert kept["number"] == int(number) and kept["hash"].startswith(letters), (kept, seal)
    entries = json.loads(world.thidua("audit", "list", "--json", "--limit", "1000").stdout)
    edition = next(entry for entry in entries if entry["kind"] == "edition")
    assert edition["number"] == kept["number"] + 1, (edition, kept)
    world.thidua("audit", "verify", "--seal", seal)
    world.thidua("audit", "verify", "--seal", f"{kept['number']}:{kept['hash']}")
    other = "0" if letters[0] != "0" else "1"
    for wrong in (f"{number}:{other}{letters[1:]}", f"{len(entries) + 1}:{letters}"):
        done = world.thidua("audit", "verify", "--seal", wrong, check=False)
        assert done.returncode == 1 and "the digest was sealed with" in done.stdout, done
    refuses(world, 64, "is no seal", "audit", "verify", "--seal", "1234")
    # The same bytes again, although there are more entries now.
    again = world.folder / "again"
    world.thidua("report", "render", "--week", "2024-W42", "--now", NOW, "--out", again)
    for path in filed.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes(), path.name
    whole = world.folder / "whole.db"
    shutil.copy(store, whole)
    shutil.copy(f"{store}.witness", f"{whole}.witness")
    forge_chain(store)
    report = verify(world, 1)
    assert report["witnessed"] is None and "was sealed with" in report["faults"][0]["problem"], report
    assert world.thidua("audit", "verify", "--seal", seal, check=False).returncode == 1
    shutil.copy(whole, store)
    shutil.copy(f"{whole}.witness", f"{store}.witness")


def test_one_campaign(world):
    store = world.folder / "state/thidua.db"
    backup, too_late = world.folder / "backup.db", world.folder / "older.db"
    world.thidua("pull", "--now", NOW)
    check_history_of_pulls(world)
    world.thidua("report", "send", "--week", "2024-W42", "--now", NOW)
    sealed = verify(world, 0)
    assert sealed["artefacts"] > 3 and sealed["sealed_editions"] == 1, sealed
    check_seals(world, store)
    entries = json.loads(world.thidua("audit", "list", "--json", "--limit", "1000").stdout)
    harness.check_schema(entries, "audit-list.schema.json")
    assert entries[0]["kind"] == "configuration"
    assert {"slice", "pull", "edition", "delivery"} <= {entry["kind"] for entry in entries}

    put_back = change_archived_byte(store)
    assert "edition weekly/2024-W42/all/1" in verify(world, 1)["faults"][0]["problem"]
    put_back()
    assert verify(world, 0)["whole"]

    world.thidua("backup", backup)
    refuses(world, 64, "not overwritten", "backup", backup)
    shutil.copy(store, too_late)
    world.thidua("report", "send", "--week", "2024-W43", "--now", LATER)
    shutil.copy(too_late, store)
    refuses(world, 74, "are missing", "pull", "--now", LATER)
    assert "missing at the end" in verify(world, 1)["faults"][0]["problem"]
    world.thidua("status")  # to look is allowed

    refuses(world, 64, "--by NAME", "restore", "--accept-loss")
    done = world.thidua("restore", backup, "--by", "An", "--now", LATER)
    assert "are not in it" in done.stderr, done.stderr
    assert verify(world, 0)["epoch"] == 2
    # The store does not know the week that is filed already: it would make other bytes of it.
    refuses(world, 65, "other bytes are filed", "report", "send", "--week", "2024-W43", "--now", LATER)
    shutil.move(world.folder / "state/editions/2024/W43", world.folder / "W43-before-restore")
    world.thidua("report", "send", "--week", "2024-W43", "--now", LATER)
    assert verify(world, 0)["whole"]
    shutil.copy(too_late, store)
    refuses(world, 74, "is of epoch 2", "pull", "--now", LATER)
    world.thidua("restore", "--accept-loss", "--by", "An", "--now", LATER)
    refuses(world, 64, "nothing is missing", "restore", "--accept-loss", "--by", "An", "--now", LATER)
    assert verify(world, 0)["epoch"] == 3


def test_beside_the_daemon(world):
    """A second store, of the real clock's."""
    world.config = world.write_config(edit=lambda text: text.replace(
        'schedule: {at: "00:00"}', "schedule: {every: 1m}").replace("/state", "/live"))
    log_path = world.folder / "daemon.log"
    with open(log_path, "wb") as log:
        daemon = world.start_thidua("run", log=log)
        store = world.folder / "live/thidua.db"
        deadline = time.monotonic() + 60
        while not store.exists() or not json.loads(world.thidua("pulls", "list", "--json").stdout):
            assert daemon.poll() is None and time.monotonic() < deadline, log_path.read_text()
            time.sleep(0.2)
        for number in range(5):
            world.thidua("backup", world.folder / f"live-{number}.db")
            verify(world, 0)
        refuses(world, 74, "is being written by", "restore", world.folder / "live-4.db")
        daemon.terminate()
        assert daemon.wait(timeout=60) == 0, log_path.read_text()
    assert "busy" not in log_path.read_text() and "holds it" not in log_path.read_text()
    assert verify(world, 0)["whole"]
    world.thidua("restore", world.folder / "live-4.db", "--by", "An")
    assert verify(world, 0)["epoch"] == 2


def test_older_store(world):
    """Reading commands say what to do, writing ones do it themselves."""
    for name, command in (("by-hand", ["db", "migrate"]), ("by-itself", ["pull"])):
        world.config = world.write_config(edit=lambda text: text.replace("/state", f"/{name}"))
        store = world.folder / name / "thidua.db"
        store.parent.mkdir()
        database = sqlite3.connect(store)
        database.executescript((harness.ROOT / "tests/store/fixtures/schema-1.sql").read_text())
        database.close()
        store.chmod(0o600)
        refuses(world, 74, "thidua db migrate", "status")
        world.thidua(*command)
        assert len(list(store.parent.glob("thidua.db.before-schema-4-*"))) == 1
        assert verify(world, 0)["entries"] >= 4


def test(options):
    with harness.World(options, now=LATER, dossiers=options.dossiers) as world:
        test_one_campaign(world)
        test_beside_the_daemon(world)
        test_older_store(world)
    print("altered and replaced stores were found out; backups were made and restored")


harness.main(test, dossiers=5000)
