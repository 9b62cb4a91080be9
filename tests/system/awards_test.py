# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""What people record changes what awards come to: decisions, evidence, reviews of procedures and papers
of nominations, each by the command by which a person puts it on file."""

import hashlib
import json

import harness
import openpyxl
from office import AWARD, LATER, UNIT, Office, never_eligible

NOW = "2024-10-21T08:00:00+07:00"
# Targets that every unit passes, so that content 1 is met and the rest is for the council to judge.
CAMPAIGN = """campaign:
  targets:
    - {indicator: services-online, op: ">", value: 1%, decision: thử}
    - {indicator: payments-online, op: ">", value: 1%, decision: thử}
"""
OFFICERS = """version: 1
officers:
  - {id: CB-017, name: Nguyễn Văn Mẫu, unit: H37.10.05, position: Chuyên viên}
"""


def leaves(finding):
    yield finding
    for term in finding["terms"]:
        yield from leaves(term)


def leaf_of(finding, question):
    return next(leaf for leaf in leaves(finding) if leaf["question"] == question)


def test_decisions(office):
    """Content 1 passes, 2-5 are for the council: the text says so until it has spoken."""
    first = office.explain()
    assert first["value"] == "pending", first
    assert first["verdict"].startswith("đủ điều kiện về số liệu; chờ thẩm định nội dung 2-5; "), first
    figures = [leaf for leaf in leaves(first["finding"]) if leaf["figure"]]
    assert len(figures) == 2 and all(leaf["value"] == "met" for leaf in figures), figures
    never_eligible(office.world.thidua("rules", "explain", UNIT, AWARD, "--now", LATER).stdout)

    assert office.decide("giay-khen/collective/1", "met")["recorded"] is True
    assert office.decide("giay-khen/collective/1", "met")["recorded"] is False
    second = office.explain()
    assert second["verdict"] == "đủ điều kiện về số liệu; chờ thẩm định nội dung 2-5", second
    text = office.world.thidua("rules", "explain", UNIT, AWARD, "--now", LATER).stdout
    never_eligible(text)
    never_eligible(office.world.thidua("rules", "eval", "--now", LATER).stdout)
    assert "văn bản 12/BB-HĐ, Bà An ghi nhận" in text, text
    decided = leaf_of(second["finding"], "giay-khen/collective/1")
    assert decided["decision"]["body"] == "hoi-dong" and decided["decision"]["by"] == "Bà An", decided

    office.decide("content/2/met", "met")
    office.decide("content/3/met", "not-met")
    assert office.explain()["verdict"] == "đủ điều kiện về số liệu; chờ thẩm định nội dung 4-5"
    office.decide("content/4/met", "met")
    assert office.explain()["verdict"] == "đủ điều kiện"
    assert office.explain("--known-at", "2024-10-21T20:00:00+07:00")["verdict"] == first["verdict"], "nobody had spoken yet"
    office.decide("content/2/met", "not-met", now="2024-10-22T09:00:00+07:00")
    again = office.explain(now="2024-10-22T10:00:00+07:00")
    assert again["verdict"] == "đủ điều kiện về số liệu; chờ thẩm định nội dung 5", again
    assert office.explain()["verdict"] == "đủ điều kiện", "known an hour later only"


def test_wrong_decisions(office):
    told = office.refused("rules", "decide", "H37.10.99", "content/2/met", "met", "--by", "An")
    assert "there is no unit and no officer H37.10.99" in told and "H37.10.05" in told, told
    told = office.refused("rules", "decide", UNIT, "content/1/met", "met", "--by", "An")
    assert "no award asks content/1/met" in told and "content/2/met (hoi-dong)" in told, told
    told = office.refused("rules", "decide", "CB-017", "giay-khen/collective/1", "met", "--by", "An")
    assert "giay-khen/individual/2" in told, told
    office.refused("rules", "decide", UNIT, "content/2/met", "perhaps", "--by", "An")
    office.refused("rules", "decide", UNIT, "content/2/met", "met")


def test_evidence(office):
    paper = office.world.folder / "thong-bao.pdf"
    paper.write_bytes(b"%PDF-1.7 demo")
    arguments = ("evidence", "add", UNIT, "5", "--title", "Quầy hỗ trợ", "--text",
                 "Bố trí quầy hỗ trợ thanh toán", "--day", "2024-09-12", "--document", "15/TB-VPĐK",
                 "--file", paper, "--by", "Ông Bình")
    added = office.ask("evidence-add", *arguments)
    number = added["evidence"][0]["id"]
    assert added["recorded"] == 1 and added["evidence"][0]["new"], added
    assert office.ask("evidence-add", *arguments)["recorded"] == 0
    leaf = leaf_of(office.explain()["finding"], "content/5/met")
    assert leaf["value"] == "pending" and leaf["evidence"][0]["state"] == "filed", leaf
    assert leaf["evidence"][0]["sha256"] == hashlib.sha256(b"%PDF-1.7 demo").hexdigest(), leaf
    decided = office.ask("evidence-decide", "evidence", "decide", str(number), "accepted", "--by",
                         "Bà An", "--why", "đủ hồ sơ")
    assert decided["recorded"], decided
    leaf = leaf_of(office.explain()["finding"], "content/5/met")
    assert leaf["value"] == "pending" and leaf["evidence"][0]["state"] == "accepted", leaf
    text = office.world.thidua("rules", "explain", UNIT, AWARD, "--now", LATER).stdout
    assert "minh chứng 1 (được chấp nhận): Quầy hỗ trợ, 15/TB-VPĐK, 2024-09-12" in text, text
    told = office.refused("evidence", "add", UNIT, "9", "--title", "x", "--text", "y", "--by", "An")
    assert "content/5" in told, told
    office.refused("evidence", "decide", "77", "accepted", "--by", "An", "--why", "x")


def fill(world, path, rows):
    """The template, filled in below its header as a person would."""
    book = openpyxl.load_workbook(path)
    sheet = book["Số liệu"]
    labels = [cell.value for cell in sheet[2]]
    for at, row in enumerate(rows, start=3):
        assert row.keys() <= set(labels), (row.keys(), labels)
        for column, label in enumerate(labels, start=1):
            sheet.cell(at, column).value = row.get(label)
    book.save(path)
    return path


def test_evidence_table(office):
    world = office.world
    path = world.folder / "minh-chung.xlsx"
    world.thidua("evidence", "template", "--unit", UNIT, "--out", path)
    rows = [{"Mã đơn vị hoặc cán bộ": UNIT, "Nội dung": "Nội dung 3", "Tên minh chứng": "Hội nghị",
             "Việc đã làm": "Tuyên truyền tại 8 chi nhánh", "Ngày thực hiện": "15/08/2024",
             "Tên tệp": "thong-bao.pdf"},
            {"Mã đơn vị hoặc cán bộ": "CB-017", "Nội dung": "giay-khen/individual/2",
             "Tên minh chứng": "Sáng kiến", "Việc đã làm": "Tờ hướng dẫn có mã QR"}]
    wrong = [dict(rows[0]), {**rows[1], "Nội dung": "Nội dung 8"}, {**rows[0], "Tên tệp": "khong.pdf"}]
    refused = office.ask("evidence-add", "evidence", "add", fill(world, path, wrong), "--by", "An", code=65)
    assert refused["recorded"] == 0 and [one["row"] for one in refused["mistakes"]] == [4, 5], refused
    assert len(office.ask("evidence-list", "evidence", "list")) == 1, "not one row was taken"
    assert "“Nội dung 8” không phải là nội dung" in refused["mistakes"][0]["reason"], refused
    world.thidua("evidence", "template", "--unit", UNIT, "--out", path)
    fill(world, path, rows)
    assert office.ask("evidence-add", "evidence", "add", path)["recorded"] == 2
    assert office.ask("evidence-add", "evidence", "add", path)["recorded"] == 0
    listed = office.ask("evidence-list", "evidence", "list", "--unit", "CB-017")
    assert [one["topic"] for one in listed] == ["giay-khen/individual/2"], listed
    assert listed[0]["filed_by"] == path.owner(), "the owner of the file"
    officer = office.explain(unit="CB-017")["finding"]
    assert len(leaf_of(officer, "giay-khen/individual/2")["evidence"]) == 1, officer


def test_dropped_tables(office):
    """A unit drops its table, and the next cycle files it or says why not."""
    world = office.world
    inbox = world.folder / "state/minh-chung"
    inbox.mkdir(parents=True)
    (inbox / "to-roi.pdf").write_bytes(b"%PDF-1.7 leaflet")
    row = {"Mã đơn vị hoặc cán bộ": UNIT, "Nội dung": "Nội dung 4", "Tên minh chứng": "Tập huấn",
           "Việc đã làm": "Tập huấn 40 viên chức", "Tên tệp": "to-roi.pdf"}
    for name, rows in (("tot.xlsx", [row]), ("sai.xlsx", [row, {**row, "Nội dung": "Nội dung 8"}])):
        world.thidua("evidence", "template", "--unit", UNIT, "--out", inbox / name)
        fill(world, inbox / name, rows)
        (inbox / f"{name}.done").touch()
    owner = (inbox / "tot.xlsx").owner()
    done = world.thidua("simulate", "--sandbox", world.sandbox_url(), "--until",
                        "2024-06-07T00:30:00+07:00", check=False)
    assert done.returncode == 1 and "sai.xlsx: was not taken" in done.stderr, done.stderr
    listed = office.ask("evidence-list", "evidence", "list", "--unit", UNIT)
    new = [one for one in listed if one["topic"] == "content/4"]
    assert len(listed) == 1, listed
    assert new[0]["filed_by"] == owner and new[0]["file"] == "to-roi.pdf", new
    assert sorted(path.name for path in inbox.iterdir() if path.is_file()) == ["to-roi.pdf"]
    assert [path.suffix for path in (inbox / "da-nhan").iterdir()] == [".xlsx"]
    (note,) = (inbox / "tu-choi").glob("*.ly-do.txt")
    assert "dòng 4" in note.read_text() and "“Nội dung 8” không phải là nội dung" in note.read_text()


def test_reviews(office):
    before = office.ask("procedures-review", "procedures", "review", "--unit", UNIT)
    fees = [row["fee_bearing"] for row in before["procedures"]]
    assert fees == sorted(fees, reverse=True) and before["counts"]["reviewed"] == 0, before
    assert all(row["level"] != "full" for row in before["procedures"]) and before["procedures"], before
    row, other = before["procedures"][:2]
    unit = UNIT
    office.ask("procedures-propose", "procedures", "propose", row["code"], "full", "--by", "An",
               "--unit", unit, "--document", "22/BC", "--note", "đủ điều kiện kỹ thuật")
    told = office.refused("procedures", "propose", "9.999999", "full", "--by", "An")
    assert "there is no procedure 9.999999" in told, told
    office.ask("procedures-propose", "procedures", "decide", row["code"], "approved", "--by", "An",
               "--unit", unit)
    after = office.ask("procedures-review", "procedures", "review", "--unit", unit)
    assert after["counts"]["reviewed"] == after["counts"]["proposed_full"] == 1, after
    assert after["counts"]["approved"] == 1, after
    leaf = leaf_of(office.explain(unit="H37.10")["finding"], "content/2/met")
    assert leaf["reviewed"]["reviewed"] == 1 and leaf["value"] == "pending", leaf
    path = office.world.folder / "ra-soat.xlsx"
    office.world.thidua("procedures", "review", "--template", "--out", path)
    fill(office.world, path, [{"Mã TTHC": other["code"], "Đề nghị": "Giữ nguyên", "Mã đơn vị": unit, "Lý do": "cần bản gốc"},
                              {"Mã TTHC": row["code"], "Đề nghị": "Có"}])
    refused = office.ask("procedures-propose", "procedures", "propose", path, code=65)
    assert [(one["row"], one["column"]) for one in refused["mistakes"]] == [(4, "Đề nghị")], refused
    office.world.thidua("procedures", "review", "--template", "--out", path)
    fill(office.world, path, [{"Mã TTHC": other["code"], "Đề nghị": "Giữ nguyên", "Mã đơn vị": unit, "Lý do": "cần bản gốc"}])
    assert office.ask("procedures-propose", "procedures", "propose", path)["recorded"] == 1
    assert office.ask("procedures-propose", "procedures", "propose", path)["recorded"] == 0


PARTS = ("to-trinh", "bien-ban", "bao-cao-thanh-tich", "bieu-tom-tat")


def test_nominations(office):
    def at(day, hour="09:00"):
        return f"{day}T{hour}:00+07:00"

    def receive(part, *options, award="bang-khen", now=at("2025-01-02")):
        return office.ask("nominations-receive", "nominations", "receive", UNIT, award, part,
                          "--by", "An", *options, now=now)

    listed = office.ask("nominations-list", "nominations", "list", now=at("2024-12-25"))
    windows = {one["id"]: one for one in listed["deadlines"]}
    assert windows["nop-ho-so"]["days_off"] == [
        {"day": "2025-01-01", "why": "Tết Dương lịch"}], windows
    assert [one["day"] for one in windows["trinh-chu-tich-ubnd-tinh"]["days_off"]] == [
        "2025-01-04", "2025-01-05"], windows
    assert windows["nop-ho-so"]["working_days"] == windows["trinh-chu-tich-ubnd-tinh"]["working_days"] == 1
    assert {one["kind"] for one in listed["reminders"]} == {"coming-up"}, listed["reminders"]
    assert receive("to-trinh", "--copies", "1")["received"] == 1
    check = office.ask("nominations-check", "nominations", "check", UNIT, "bang-khen", code=1,
                       now=at("2025-01-02", "10:00"))
    first, second = check
    assert first["timing"] == second["timing"] == "open" and first["begun"] and not second["begun"], check
    assert (first["parts"][0]["received"], first["parts"][0]["required"]) == (1, 2), first
    due = office.ask("nominations-list", "nominations", "list", now=at("2025-01-02", "11:00"))["reminders"]
    assert {"kind": "last-day", "candidate": UNIT, "award": "bang-khen", "deadline": "nop-ho-so",
            "missing": list(PARTS)} in due, due
    receive("to-trinh", "--copies", "1")
    for part in PARTS[1:]:
        assert receive(part)["received"] == 2
    told = office.world.thidua("nominations", "receive", UNIT, "bang-khen", "to-trinh", "--by", "An", "--now",
                               at("2025-01-02"), check=False)
    assert told.returncode == 64 and "is it on file already" in told.stderr, told
    first = office.ask("nominations-check", "nominations", "check", UNIT, "bang-khen", code=1,
                       now=at("2025-01-03"))[0]
    assert first["timing"] == "in-time" and first["complete_on"] == "2025-01-02", first
    for part in PARTS:
        receive(part, award="giay-khen", now=at("2025-01-03"))
    late = office.ask("nominations-check", "nominations", "check", UNIT, "giay-khen",
                      now=at("2025-01-03", "10:00"))
    assert [one["timing"] for one in late] == ["late"], late
    receive("bien-ban", "--copies", "-1", now=at("2025-01-03", "11:00"))
    back = office.ask("nominations-check", "nominations", "check", UNIT, "bang-khen", code=1,
                      now=at("2025-01-03", "12:00"))[0]
    assert back["timing"] == "missed" and back["parts"][1]["received"] == 1, back
    text = office.world.thidua("nominations", "check", UNIT, "bang-khen", "--now", at("2025-01-03", "12:00"),
                               check=False).stdout
    assert "01/02 bộ Biên bản họp bình xét khen thưởng của phòng, đơn vị: còn thiếu" in text, text


def test(options):
    with harness.World(options, now=NOW, dossiers=2000) as world:
        (world.folder / "officers.yaml").write_text(OFFICERS)
        world.config = world.write_config(edit=lambda text: text.replace("campaign:\n", CAMPAIGN, 1)
                                          + "\nofficers: officers.yaml\n")
        world.thidua("pull", "--now", NOW)
        office = Office(world)
        test_wrong_decisions(office)
        test_decisions(office)
        test_evidence(office)
        test_evidence_table(office)
        test_reviews(office)
        test_nominations(office)
        verified = json.loads(world.thidua("audit", "verify", "--json").stdout)
        assert not verified["faults"], verified
    with harness.World(options, dossiers=300) as world:
        test_dropped_tables(Office(world))
    print("what people record is what awards come to")


harness.main(test)
