# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Chốt số, from 24/12/2024 to 07/01/2025, with the provincial system down on 31/12 and the relay
down on 01/01: the provisional and the final report appear in order and once, and say truly what
they rest on; an amendment afterwards shows what it changed; every verdict leads through clause,
rule and figure to pulls."""

import collections
import email
import email.policy
import hashlib
import json
import pathlib
import re
import shutil

import docx
import harness
from cells import check_cells
from harness import expect

PROVISIONAL = "2025-01-01T00:30:00+07:00"
FINAL = "2025-01-03T17:00:00+07:00"
COUNCIL = 2  # recipients
CLOSED_PORT = 9  # nobody listens there


def config_with(world, *replacements):
    """The demo's configuration for a short campaign, pulled each morning."""
    def edit(text):
        for old, new in (("start: 2024-06-07", "start: 2024-12-16"), ('"00:00"', '"05:00"'),
                         *replacements):
            expect(old in text, f"the configuration has no {old!r}")
            text = text.replace(old, new)
        return text
    return world.write_config(edit=edit)


def simulate_until(world, instant):
    done = world.thidua("simulate", "--sandbox", world.sandbox_url(), "--until", instant,
                        "--quiet", check=False)
    expect(done.returncode in (0, 1), done.stderr)
    return done.returncode


def run_the_days(world):
    config_with(world)
    expect(simulate_until(world, "2024-12-30T23:59:59+07:00") == 0, "a pull failed before 31/12")
    source_down = ("preset: igate-dossiers\n    base_url: " + world.sandbox_url(),
                   f"preset: igate-dossiers\n    base_url: http://127.0.0.1:{CLOSED_PORT}")
    relay_down = (f"smarthost: 127.0.0.1:{world.smtp}", f"smarthost: 127.0.0.1:{CLOSED_PORT}")
    config_with(world, source_down)
    expect(simulate_until(world, "2024-12-31T23:59:59+07:00") == 1, "no pull failed on 31/12")
    config_with(world, source_down, relay_down)
    simulate_until(world, "2025-01-01T00:45:00+07:00")
    config_with(world, relay_down)
    simulate_until(world, "2025-01-01T23:59:59+07:00")
    expect(deliveries(world, 1) == (0, COUNCIL), "a relay that is down took the provisional report")
    config_with(world)
    simulate_until(world, "2025-01-07T12:00:00+07:00")
    simulate_until(world, "2025-01-07T12:00:00+07:00")  # again: nothing comes twice


def deliveries(world, revision):
    report = status(world)["reports"][revision - 1]
    return report["sent"], report["recipients"]


def status(world, now="2025-01-07T12:00:00+07:00"):
    answer = world.thidua("freeze", "status", "--json", "--now", now, check=False)
    expect(answer.returncode in (0, 1), answer.stderr)
    parsed = json.loads(answer.stdout)
    harness.check_schema(parsed, "freeze-status.schema.json")
    return parsed


def manifest_of(world, revision):
    folder = world.folder / "state/editions/2024/chot-so"
    (path,) = folder.glob(f"*_r{revision}.manifest.json")
    return path, json.loads(path.read_text())


def check_order(world):
    reports = status(world)["reports"]
    stages = [(report["stage"], report["known_at"]) for report in reports]
    expect(stages == [("provisional", PROVISIONAL), ("final", FINAL)], f"reports: {stages}")
    for report in reports:
        expect((report["sent"], report["recipients"]) == (COUNCIL, COUNCIL), f"sent: {report}")


def check_stamps(world):
    """The provisional report knows nothing of 31/12, and says so; the final one has it all."""
    path, provisional = manifest_of(world, 1)
    through = {source["name"]: source["data_through"] for source in provisional["standings"]["sources"]}
    state = {source["name"]: source["state"] for source in provisional["standings"]["sources"]}
    expect(through["tthc"] == "2024-12-30T05:00:00+07:00", f"provisional: {through}")
    expect(state["tthc"] in ("stale", "failed"), f"provisional: {state}")
    text = path.with_name(path.name.replace(".manifest.json", ".txt")).read_text()
    expect("TẠM THỜI" in text and "05:00 30/12/2024" in text, text[:800])
    path, final = manifest_of(world, 2)
    through = {source["name"]: source["data_through"] for source in final["standings"]["sources"]}
    expect(through["tthc"] == "2025-01-03T05:00:00+07:00", f"final: {through}")
    expect(final["standings"]["as_of"] == "2024-12-31", "the final report's last day")
    expect(final["undecided"], "the shipped register has entries that nobody has decided on")
    text = path.with_name(path.name.replace(".manifest.json", ".txt")).read_text()
    expect("CHÍNH THỨC, CHƯA CHỐT" in text, text[:800])


def check_mails(world):
    """Each recipient has each report once, whatever the relay did."""
    seen = collections.Counter()
    for path in harness.files_below(world.folder / "mail"):
        message = email.message_from_bytes(pathlib.Path(path).read_bytes(),
                                           policy=email.policy.default)
        if message["Subject"].startswith(("[TẠM THỜI]", "[CHÍNH THỨC")):
            seen[message["Delivered-To"], message["Subject"]] += 1
    expect(len(seen) == 2 * COUNCIL and set(seen.values()) == {1}, f"mails: {seen}")


def check_rehearsals(world):
    found = sorted((world.folder / "state/editions").rglob("*_dien-tap_r1.txt"))
    expect(len(found) == 2, f"rehearsals: {found}")  # of the weeks that ended before the freeze
    expect("DIỄN TẬP" in found[0].read_text(), "a rehearsal that does not say so")


def check_chain(world, manifest):
    """Clause, rule, figure, pulls: of every verdict, down to its last condition."""
    figures = set()

    def walk(finding):
        expect(finding["text"] or finding["terms"] or finding["figure"], f"says nothing: {finding}")
        if finding["figure"]:
            figures.add(finding["figure"])
            return
        expect(finding["clause"], f"no clause: {finding}")
        expect(finding["terms"] or (finding["question"] and finding["judged_by"]),
               f"rests on nothing: {finding}")
        for term in finding["terms"]:
            walk(term)

    expect(manifest["verdicts"], "there are no verdicts")
    for verdict in manifest["verdicts"]:
        walk(verdict["finding"])
        expect(verdict["verdict"] != "đủ điều kiện", f"without any decision: {verdict['candidate']}")
    for figure in sorted(figures):
        explanation = json.loads(world.thidua("explain", figure, "--json").stdout)
        expect(explanation["recomputed_equal"] and explanation["legal_basis"], explanation)
        expect(explanation["slices"] and all(one["pull"] > 0 for one in explanation["slices"]),
               f"{figure}: no pulls")
    print(f"{len(manifest['verdicts'])} verdicts, {len(figures)} figures explained")


LINE = r"Dòng ghi vào biên bản: (Báo cáo (final/\S+), SHA-256 của bản kê:(?: [0-9a-f]{4}){16})"


def lines(text):
    """{edition: line for the minutes}, wherever the text was wrapped."""
    return {edition: line for line, edition in re.findall(LINE, " ".join(text.split()))}


def check_minutes(world):
    """What a secretary copies out of the mail is what the archived files come to, and no others."""
    edition = "final/langson-2024/council/2"
    path, final = manifest_of(world, 2)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    line = lines(world.thidua("report", "show", edition).stdout)[edition]
    expect(line.split(": ")[1].replace(" ", "") == digest, f"{line}: the manifest is {digest}")
    mailed = 0
    for mail in harness.files_below(world.folder / "mail"):
        message = email.message_from_bytes(pathlib.Path(mail).read_bytes(),
                                           policy=email.policy.default)
        text = message.get_body(("plain",)).get_content()
        html = re.sub(r"<[^>]+>", " ", message.get_body(("html",)).get_content())
        if not message["Subject"].startswith("[CHÍNH THỨC"):
            expect(edition not in lines(text), f"{message['Subject']}: {lines(text)}")
            continue
        mailed += 1
        expect(lines(text) == {edition: line}, f"the mail says {lines(text)}, not {line}")
        expect(line in " ".join(html.split()).replace(" : ", ": "), "the other part does not say it")
    expect(mailed == COUNCIL, f"{mailed} mails")
    for rehearsal in (world.folder / "state/editions").rglob("*_dien-tap_r1.txt"):
        expect("biên bản" not in rehearsal.read_text(), rehearsal)

    def verified(folder, code):
        done = world.thidua("report", "verify", folder, check=False)
        expect(done.returncode == code, f"{done.returncode}: {done.stdout}")
        return lines(done.stdout)[edition]
    expect(verified(world.folder / "state/editions", 0) == line, "the files come to another line")
    figure = final["standings"]["units"][1]["indicators"][1]
    copy = world.folder / "copy"
    shutil.copytree(world.folder / "state/editions", copy)
    forged = copy / path.relative_to(world.folder / "state/editions")
    told = f'"numerator": {figure["numerator"]},'
    text = forged.read_text()
    expect(told in text, f"the manifest has no {told}")
    forged.write_text(text.replace(told, f'"numerator": {figure["numerator"] + 1},', 1))
    expect(verified(copy, 0) != line, "a figure was altered, and the line is the same")
    forged.write_text(text)
    document = forged.with_name(forged.name.replace(".manifest.json", ".txt"))
    document.write_text(document.read_text().replace("CHƯA CHỐT", "ĐÃ CHỐT", 1))
    expect(verified(copy, 1) == line, "a document was altered")
    check_drafted_minutes(world, line)


def check_drafted_minutes(world, line):
    """The draft quotes the report that has its figures, and none that has not."""
    told = {}
    for day in ("2024-12-31", "2024-12-30"):
        folder = world.folder / f"drafts-{day}"
        world.thidua("nominations", "draft", "--candidate", "H37.10.05", "--award", "giay-khen",
                     "--as-of", day, "--known-at", FINAL, "--to", folder)
        told[day] = "\n".join(
            one.text for one in docx.Document(folder / "bien-ban_H37.10.05_giay-khen.docx").paragraphs)
    expect(f"Số liệu trên là của {line}." in told["2024-12-31"], told["2024-12-31"])
    expect("SHA-256" not in told["2024-12-30"] and "[Thư ký ghi: “Dòng ghi vào biên bản”"
           in told["2024-12-30"], told["2024-12-30"])


def check_amendment(world):
    refused = world.thidua("freeze", "start", "--by", "Chánh Văn phòng", "--now",
                           "2025-01-07T13:00:00+07:00", check=False)
    expect(refused.returncode == 64 and "has begun" in refused.stderr, refused.stderr)
    _, before = manifest_of(world, 2)
    config_with(world, ("start: 2024-12-16",
                        "start: 2024-12-16\n  indicators: {services-online: {denominator: active}}"))
    world.thidua("freeze", "amend", "--reason", "Hội đồng thống nhất mẫu số", "--approved-by",
                 "Giám đốc Sở", "--document", "12/BB-HĐ", "--by", "Chánh Văn phòng", "--now",
                 "2025-01-07T14:00:00+07:00")
    path, after = manifest_of(world, 3)
    expect(after["amendment"]["number"] == 1 and after["stage"] == "amendment", after["amendment"])
    text = path.with_name(path.name.replace(".manifest.json", ".txt")).read_text()
    for words in ("SỬA ĐỔI LẦN 1", "Hội đồng thống nhất mẫu số", "Giám đốc Sở, văn bản số 12/BB-HĐ",
                  "Thay đổi so với bản final/langson-2024/council/2"):
        expect(words in text, f"the amendment does not say {words!r}:\n{text[:2000]}")
    changed = 0
    for old, new in zip(before["standings"]["units"], after["standings"]["units"]):
        for was, now in zip(old["indicators"], new["indicators"]):
            counts = [f"{f['numerator']}/{f['denominator']}" for f in (was, now)]
            if counts[0] != counts[1]:
                changed += 1
                expect(all(one in text for one in counts), f"{new['code']}: {counts} not shown")
    expect(changed > 0, "nothing changed")
    expect(deliveries(world, 3) == (COUNCIL, COUNCIL), "the amendment was not sent")
    print(f"the amendment shows {changed} changed figures")


def check_weeks(world, complete_weeks, tested):
    """Weeks that stand out are told of to the council alone, and not tested where they are too few
    or the figures not fit; `tested`: revisions."""
    for path in (world.folder / "state/editions").rglob("*.txt"):
        text = path.read_text()
        for_council = "dien-tap" in path.name or "ket-qua" in path.name
        expect(("Dấu hiệu cần kiểm tra" in text) == for_council, f"{path.name}: {text[:400]}")
    for revision in (1, 2):
        path, _ = manifest_of(world, revision)
        text = path.with_name(path.name.replace(".manifest.json", ".txt")).read_text()
        told = " ".join(text.split("Dấu hiệu cần kiểm tra")[1].split())
        untested = f"Chưa xét được: có {complete_weeks} tuần trọn" in told
        found = "- Cần kiểm tra: " in told or f"phần đã xét: {complete_weeks} tuần trọn của" in told
        expect((found, untested) == (revision in tested, revision not in tested),
               f"{path.name}: {told[:600]}")


def check_another_plan(options):
    """A quarter, other indicators, targets and awards: by its file alone."""
    with harness.World(options, dossiers=options.dossiers) as world:
        def edit(text):
            text = text.replace("langson-2024.yaml\n  start: 2024-06-07", "vi-du-quy.yaml")
            text = re.sub(r"without_witness: .*", "without_witness: [ho-so-truc-tuyen]", text)
            return text.replace('schedule: {at: "00:00"}',
                                'schedule: {weekday: monday, at: "00:00"}')
        world.write_config(edit=edit)
        done = world.thidua("simulate", "--sandbox", world.sandbox_url(), "--quiet")
        expect(done.returncode == 0, done.stderr)
        editions = [e["id"] for e in json.loads(world.thidua("report", "list", "--json").stdout)]
        kinds = collections.Counter(edition.split("/")[0] for edition in editions)
        expect(kinds == {"weekly": 14, "unit": 28, "rehearsal": 13, "final": 2}, f"editions: {kinds}")
        (path,) = (world.folder / "state/editions/2024/chot-so").glob("*_r2.manifest.json")
        final = json.loads(path.read_text())
        expect(final["undecided"] == [], "its register has no entry")
        awards = {verdict["award"] for verdict in final["verdicts"]}
        expect(awards == {"co-thi-dua", "bieu-duong"}, f"awards: {awards}")
        figures = [f for unit in final["standings"]["units"] for f in unit["indicators"]]
        expect({f["target"] for f in figures} == {"60%", "20%"}, "targets of the last day")
        for figure in figures:
            met = figure["numerator"] * 100 >= int(figure["target"][:-1]) * figure["denominator"]
            wanted = "no-activity" if figure["denominator"] == 0 else "met" if met else "below"
            expect(figure["verdict"] == wanted, figure)
        check_weeks(world, 13, tested={1})
        print(f"another plan: {dict(kinds)}, {len(final['verdicts'])} verdicts")


def test(options):
    check_another_plan(options)
    with harness.World(options, dossiers=options.dossiers) as world:
        run_the_days(world)
        check_order(world)
        check_stamps(world)
        check_mails(world)
        check_rehearsals(world)
        check_weeks(world, 2, tested=set())
        check_chain(world, manifest_of(world, 2)[1])
        figures, cells = check_cells(world, manifest_of(world, 2)[0])
        print(f"{figures} figures and {cells} cells of the final report counted again")
        check_minutes(world)
        check_amendment(world)


harness.main(test, dossiers=2000)
