# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""What was published can be shown, made again to the byte, and held against what is known now; a
byte that was altered afterwards is found. The editions of units are among it."""

import datetime
import email
import email.policy
import json
import re
import subprocess

import openpyxl

import harness
from harness import expect

UNTIL = "2024-07-16T08:00:00+07:00"
WEEK = "2024-W27"
UNIT = "H37.10.05"
OTHERS = ("Chi cục Bảo vệ môi trường", "Phòng Quản lý đất đai")


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


FONTS = "/usr/share/fonts/truetype"


def reproduce_with_font(world, font, edition):
    """With another font in the place of ours, in a file system of its own; None where that is not
    allowed."""
    regular = f"{FONTS}/liberation2/LiberationSerif-Regular.ttf"
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", 'mount --bind "$1" "$2" && shift 2 && exec "$@"', "sh",
         font, regular, world.programs.thidua, "report", "reproduce", edition, "--now", UNTIL,
         "--config", world.config],
        capture_output=True, text=True, check=False)
    if "unshare" in done.stderr or "mount" in done.stderr:
        print(f"no other font could be mounted: {done.stderr.strip()}")
        return None
    return done


def check_other_engine(world, edition):
    """As after an update of the system: other bytes, the same figures. A font without the letters
    of Vietnamese makes no document."""
    done = reproduce_with_font(world, f"{FONTS}/liberation2/LiberationSerif-Italic.ttf", edition)
    if done is None:
        return
    expect(done.returncode == 0 and "figures identical, engine differs: " in done.stdout
           and ".pdf" in done.stdout, f"{done.returncode} {done.stdout} {done.stderr}")
    print(f"with another font: {done.stdout.strip()}")
    done = reproduce_with_font(world, f"{FONTS}/libreoffice/opens___.ttf", edition)
    expect(done.returncode == 74 and "lacks Vietnamese letters" in done.stderr
           and "fonts-liberation2" in done.stderr, f"{done.returncode} {done.stderr}")


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


def file_evidence(world):
    """Every unit files what it did; whoever improves most will be quoted."""
    now = "2024-06-17T09:00:00+07:00"
    world.thidua("simulate", "--sandbox", world.sandbox_url(), "--until", now)
    for unit in json.loads(world.thidua("units", "list", "--json", "--now", now).stdout):
        world.thidua("evidence", "add", unit["code"], "5", "--title", f"Quầy hỗ trợ {unit['code']}",
                     "--text", "Hướng dẫn từng người", "--by", "Văn thư", "--now", now)


def check_practice(world, edition):
    text = world.thidua("report", "show", edition, "--now", UNTIL).stdout
    (section,) = re.findall(r"Cách làm hay\n-+\n(.*?)\n\n\S[^\n]*\n-+\n", text, re.DOTALL)
    section = " ".join(section.split())
    units = json.loads(world.thidua("units", "list", "--json", "--now", UNTIL).stdout)
    quoted = re.search(r"“Quầy hỗ trợ ([\w.]+)”: “Hướng dẫn từng người”", section)
    expect(quoted, section)
    (name,) = [unit["name"] for unit in units if unit["code"] == quoted[1]]
    expect(section.startswith(name + " tăng nhiều nhất"), f"{name} did not improve most: {section}")


def check_dossier_codes(world):
    """The workbook names dossiers, as reconcile does, and nobody else's."""
    (path,) = (world.folder / "state/editions/2024/W27/don-vi").rglob(f"*_{UNIT}_*.xlsx")
    (sheet,) = openpyxl.load_workbook(path).worksheets
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    head = rows.index(["Mã hồ sơ", "Mã đơn vị", "Chỉ tiêu", "Nguyên nhân", "Cách xử lý"])
    listed = rows[head + 1:]
    expect(listed and all(row[1].startswith(UNIT) and row[4] for row in listed), f"rows: {listed}")
    print(f"{len(listed)} dossiers to have fixed are named in the unit's workbook")


def diff(world, edition, now):
    done = world.thidua("report", "diff", edition, "--json", "--now", now, check=False)
    changes = json.loads(done.stdout)["changes"]
    expect(done.returncode == (1 if changes else 0), f"{done.returncode} {done.stdout} {done.stderr}")
    return changes


CAUSES = {"late-payment": "thanh toán ghi nhận muộn", "returned-payment": "thanh toán bị hoàn, hủy",
          "late-dossier": "hồ sơ ghi nhận muộn", "other-unit": "hồ sơ chuyển đơn vị",
          "withdrawn": "hồ sơ rút, bị từ chối hoặc trùng", "corrected": "hồ sơ được sửa"}
PARTS = ("numerator", "denominator")


def check_causes(change):
    """They are the whole difference, and none is unknown."""
    for part in PARTS:
        moved = sum(cause[part] for cause in change["causes"])
        expect(change["now"][part] - change["before"][part] == moved, f"{change}")
    expect(all(cause["cause"] in CAUSES for cause in change["causes"]), f"{change}")


def restated_by(world, edition):
    """The section of the digest that tells what the week before said otherwise; empty: none."""
    text = world.thidua("report", "show", edition, "--now", UNTIL).stdout
    found = text.find("\nSố liệu tuần trước đã điều chỉnh\n")
    expect(("- Điều chỉnh: " in text) == (found >= 0), text)
    section = text[found:text.index("\nNguồn số liệu\n")] if found >= 0 else ""
    return " ".join(section.split())


def counts(figure):
    """As a digest prints them: (1.234/5.678)"""
    return "({})".format("/".join(f"{figure[part]:,}".replace(",", ".") for part in PARTS))


def check_next_digest(world, week):
    """The digest of the week after says what `report diff` said at its hour, and why."""
    edition = f"weekly/2024-W{week}/all/1"
    monday = datetime.datetime.fromisocalendar(2024, week + 2, 1).strftime("%Y-%m-%dT07:30:00+07:00")
    changes = diff(world, edition, monday)
    section = restated_by(world, f"weekly/2024-W{week + 1}/all/1")
    expect(bool(section) == bool(changes), f"{edition}: {section} {changes}")
    for change in changes:
        check_causes(change)
        if (change["unit"], change["indicator"]) == ("total", "payments-online"):
            shown = section.split("Toàn cơ quan – Thanh toán trực tuyến")[1].split(" - ")[0]
            for words in (counts(change["before"]), counts(change["now"])):
                expect(words in shown, f"{words}: {section}")
            for cause in change["causes"]:
                expect(CAUSES[cause["cause"]][1:] in shown, f"{cause}: {section}")
    return {cause["cause"] for change in changes for cause in change["causes"]}


def check_restatements(world):
    """Payments come late, and dossiers: a week is not what it was when it was published."""
    expect(restated_by(world, "weekly/2024-W23/all/1") == "", "the first week has no week before")
    causes = set()
    for week in range(23, 28):
        edition = f"weekly/2024-W{week}/all/1"
        published = datetime.datetime.fromisocalendar(2024, week + 1, 1)
        expect(diff(world, edition, published.strftime("%Y-%m-%dT07:30:00+07:00")) == [],
               f"{edition} changed while it was published")
        causes |= check_next_digest(world, week)
    expect({"late-payment", "late-dossier"} <= causes, f"{causes}")
    print(f"restated in the digests that followed: {', '.join(sorted(causes))}")
    shown = world.thidua("report", "diff", "weekly/2024-W23/all/1", "--now", UNTIL, check=False).stdout
    expect(re.search(r"total payments-online: \d+/\d+ before, \d+/\d+ now \(.*late-payment \+1/\+0",
                     shown), shown)


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
        world.write_config(edit=lambda text: text.replace(
            "  units:\n    file_to: editions\n", "  units:\n    file_to: editions\n    dossier_codes: true\n"))
        file_evidence(world)
        world.thidua("simulate", "--sandbox", world.sandbox_url(), "--until", UNTIL)
        check_every_edition_again(world)
        weekly = f"weekly/{WEEK}/all/1"
        check_other_configuration(world, weekly)
        check_other_engine(world, weekly)
        check_unit_edition(world)
        check_dossier_codes(world)
        check_restatements(world)
        check_practice(world, weekly)
        unknown = world.thidua("report", "show", "weekly/2024-W01/all/1", check=False)
        expect(unknown.returncode == 64 and "report list" in unknown.stderr, unknown.stderr)
        check_altered_bytes(world)


harness.main(test)
