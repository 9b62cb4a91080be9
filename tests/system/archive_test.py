# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""What was published can be shown, made again to the byte, and held against what is known now; a
byte that was altered afterwards is found. The editions of units are among it."""

import email
import email.policy
import json
import sys

import harness

UNTIL = "2024-07-16T08:00:00+07:00"
WEEK = "2024-W27"
UNIT = "H37.10.05"
OTHERS = ("Chi cục Bảo vệ môi trường", "Phòng Quản lý đất đai")


def expect(condition, words):
    if not condition:
        sys.exit(words)


def reproduce(world, edition, codes=(0,)):
    done = world.thidua("report", "reproduce", edition, "--json", "--now", UNTIL, check=False)
    expect(done.returncode in codes, f"reproduce {edition}: {done.returncode} {done.stderr}")
    return json.loads(done.stdout)


def check_every_edition_again(world):
    listed = json.loads(world.thidua("report", "list", "--json", "--now", UNTIL).stdout)
    ids = [each["id"] for each in listed]
    for wanted in (f"weekly/{WEEK}/all/1", f"unit/{WEEK}/{UNIT}/1", f"rehearsal/{WEEK}/coordinator/1"):
        expect(wanted in ids, f"{wanted} was not published: {ids}")
    for edition in ids:
        answer = reproduce(world, edition)
        expect(answer["outcome"] == "byte-identical", f"{answer}")
    print(f"{len(ids)} editions made again, byte for byte")
    return ids


def check_other_configuration(world, edition):
    changed = world.write_config(
        "changed.yaml", lambda text: text.replace("from_name: Bản tin", "from_name: Tin"))
    done = world.thidua("report", "reproduce", edition, "--now", UNTIL, config=changed)
    expect("figures identical, configuration differs" in done.stdout, done.stdout)


def check_unit_edition(world):
    text = world.thidua("report", "show", f"unit/{WEEK}/{UNIT}/1", "--now", UNTIL).stdout
    expect("Văn phòng Đăng ký đất đai" in text, text)
    expect("Các tuần trước, như đã công bố" in text, text)
    for name in OTHERS:
        expect(name not in text, f"the unit is told of {name}")
    sent = world.thidua("report", "show", f"unit/{WEEK}/{UNIT}/1", "--mime", "vpdkdd",
                        "--now", UNTIL).stdout
    message = email.message_from_string(sent, policy=email.policy.default)
    expect("vpdkdd@example.vn" in message["To"], str(message["To"]))
    stranger = world.thidua("report", "show", f"unit/{WEEK}/{UNIT}/1", "--mime", "giam-doc",
                            "--now", UNTIL, check=False)
    expect(stranger.returncode == 64, f"{stranger.returncode} {stranger.stderr}")


def check_restatements(world, edition):
    """Payments come late: a week is not what it was when it was published."""
    at_once = world.thidua("report", "diff", edition, "--json", "--now", "2024-07-08T07:30:00+07:00",
                           check=False)
    expect(json.loads(at_once.stdout)["changes"] == [], "it has changed while it was published")
    later = world.thidua("report", "diff", edition, "--json", "--now", UNTIL, check=False)
    changes = json.loads(later.stdout)["changes"]
    expect(later.returncode == 1 and changes, f"nothing came late: {later.stdout}")
    expect(all(each["before"] != each["now"] for each in changes), f"{changes}")


def verify(world):
    done = world.thidua("report", "verify", world.folder / "state/editions", "--json", check=False)
    return done.returncode, json.loads(done.stdout)


def check_altered_bytes(world):
    code, answer = verify(world)
    expect(code == 0 and answer["editions"] > 6 and not answer["problems"], f"{answer}")
    folder = world.folder / "state/editions/2024/W27"
    victims = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    expect(len(victims) >= 8, f"{victims}")
    for victim in victims:
        whole = victim.read_bytes()
        middle = len(whole) // 2
        victim.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1:])
        code, answer = verify(world)
        victim.write_bytes(whole)
        # Nobody follows on a rehearsal: its manifest is vouched for by the store alone.
        if "dien-tap" in victim.name and victim.name.endswith(".manifest.json"):
            continue
        found = [each for each in answer["problems"] if WEEK in each["file"]]
        expect(code == 1 and found, f"{victim}: {answer}")
    code, answer = verify(world)
    expect(code == 0, f"{answer}")
    gone = folder / "gone"
    victims[0].rename(gone)
    expect(verify(world)[0] == 1, f"{victims[0]} is missing")


def test(options):
    with harness.World(options, dossiers=2500) as world:
        world.thidua("simulate", "--sandbox", world.sandbox_url(), "--until", UNTIL)
        check_every_edition_again(world)
        weekly = f"weekly/{WEEK}/all/1"
        check_other_configuration(world, weekly)
        check_unit_edition(world)
        check_restatements(world, weekly)
        unknown = world.thidua("report", "show", "weekly/2024-W01/all/1", check=False)
        expect(unknown.returncode == 64 and "report list" in unknown.stderr, unknown.stderr)
        check_altered_bytes(world)


harness.main(test)
