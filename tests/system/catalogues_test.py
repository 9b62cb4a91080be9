# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Catalogues from tables: templates filled in by people become the YAML that the service goes by; one
wrong row, and no byte changes."""

import datetime
import json
import shutil

import harness
import openpyxl

NOW = "2024-10-21T08:00:00+07:00"
DAY = datetime.date(2023, 10, 27)


def write_own_catalogues(world):
    """A configuration whose catalogues lie in the test's folder."""
    for name in ("organisations", "procedures"):
        shutil.copy(harness.ROOT / f"config/{name}/so-tnmt-langson.yaml", world.folder / f"{name}.yaml")

    def edit(text):
        for name in ("organisations", "procedures"):
            text = text.replace(f"{harness.ROOT}/config/{name}/so-tnmt-langson.yaml", f"{name}.yaml")
        return text

    return world.write_config(edit=edit)


def fill(world, kind, rows):
    """The template, filled in below its header as a person would."""
    path = world.folder / f"{kind}.xlsx"
    world.thidua("import", "--template", kind, "--out", path)
    book = openpyxl.load_workbook(path)
    sheet = book["Số liệu"]
    labels = [cell.value for cell in sheet[2]]
    for at, row in enumerate(rows, start=3):
        assert row.keys() <= set(labels), (row.keys(), labels)
        for column, label in enumerate(labels, start=1):
            sheet.cell(at, column).value = row.get(label)
    book.save(path)
    return path


def import_table(world, path, kind, *options, code=0):
    done = world.thidua("import", path, "--as", kind, "--json", *options, check=False)
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    outcome = json.loads(done.stdout)
    harness.check_schema(outcome, "import-catalogue.schema.json")
    return outcome


UNITS = [
    ("H37.10", "Sở Tài nguyên và Môi trường", None),
    ("H37.10.01", "Văn phòng Sở", "H37.10"),
    ("H37.10.02", "Phòng Quản lý đất đai", "H37.10"),
    ("H37.10.03", "Phòng Khoáng sản - Nước và Biến đổi khí hậu", "H37.10"),
    ("H37.10.04", "Chi cục Bảo vệ môi trường", "H37.10"),
    ("000.05.10.H37", "Văn phòng Đăng ký đất đai", "H37.10"),
    ("H37.10.06", "Trung tâm Công nghệ thông tin và Kỹ thuật tài nguyên", "H37.10"),
]
BRANCHES = ("thành phố Lạng Sơn", "huyện Cao Lộc", "huyện Lộc Bình", "huyện Chi Lăng",
            "huyện Hữu Lũng", "huyện Bắc Sơn", "huyện Văn Quan", "huyện Tràng Định")


def unit_rows():
    rows = [{"Mã đơn vị": code, "Tên đơn vị": name, "Mã đơn vị cấp trên": parent}
            for code, name, parent in UNITS]
    for number, place in enumerate(BRANCHES, start=1):
        rows.append({
            "Mã đơn vị": f"H37.10.05.{number:02}",
            "Tên đơn vị": f"Chi nhánh Văn phòng Đăng ký đất đai {place}",
            "Mã đơn vị cấp trên": "H37.10.05",
            "Mã khác": f"{number:03}.05.10.H37; H37.10.05{number:02}"})
    return rows


def test_units(world):
    file = world.folder / "organisations.yaml"
    before = file.read_bytes()
    same = import_table(world, fill(world, "units", unit_rows()), "units")
    assert same["state"] == "unchanged" and same["difference"]["unchanged"] == 15, same
    assert file.read_bytes() == before and not list(world.folder.glob("*.bak"))

    rows = unit_rows()
    rows[1]["Tên đơn vị"] = "Văn phòng"
    rows.append({"Mã đơn vị": "H37.10.07", "Tên đơn vị": "Phòng Ví dụ", "Mã đơn vị cấp trên": "H37.10",
                 "Từ ngày": datetime.date(2024, 9, 1)})
    path = fill(world, "units", rows)
    assert import_table(world, path, "units", "--dry-run")["state"] == "rehearsed"
    assert file.read_bytes() == before
    written = import_table(world, path, "units")
    assert written["state"] == "written", written
    assert [one["code"] for one in written["difference"]["added"]] == ["H37.10.07"], written
    assert written["difference"]["changed"] == [
        {"code": "H37.10.01", "text": "name: Văn phòng Sở -> Văn phòng"}], written
    assert (world.folder / "organisations.yaml.bak").read_bytes() == before
    assert "16 units" in world.thidua("validate").stdout
    after = file.read_bytes()
    assert import_table(world, path, "units")["state"] == "unchanged"
    assert file.read_bytes() == after


def test_wrong_rows(world):
    file = world.folder / "organisations.yaml"
    before = file.read_bytes()
    rows = unit_rows()
    rows[2]["Mã đơn vị cấp trên"] = "H37.11"
    rows[3]["Từ ngày"] = "hôm qua"
    rows[4]["Tên đơn vị"] = "#N/A"
    path = fill(world, "units", rows)
    refused = import_table(world, path, "units", code=65)
    assert refused["state"] == "refused" and len(refused["mistakes"]) == 3, refused
    assert [(one["sheet"], one["row"], one["column"]) for one in refused["mistakes"]] == [
        ("Số liệu", 5, "Mã đơn vị cấp trên"), ("Số liệu", 6, "Từ ngày"),
        ("Số liệu", 7, "B")], refused
    done = world.thidua("import", path, "--as", "units", check=False)
    assert done.returncode == 65 and (
        "units.xlsx: Trang “Số liệu”, dòng 6, cột “Từ ngày”: “hôm qua” không phải là ngày; ghi "
        "ngày/tháng/năm, ví dụ 15/08/2024") in done.stderr, done.stderr
    assert file.read_bytes() == before

    # Rows that are right, and a configuration that would not be: procedures name what is gone.
    gone = import_table(world, fill(world, "units", unit_rows()[:7]), "units", code=78)
    assert gone["state"] == "refused" and gone["problems"], gone
    assert file.read_bytes() == before
    assert import_table(world, world.folder / "nobody.xlsx", "units", code=74)["error_kind"] == "io"
    done = world.thidua("import", path, path, "--as", "units", check=False)
    assert done.returncode == 64, done


def test_procedures(world):
    row = {"Mã TTHC": "1.012750", "Tên TTHC": "Thủ tục ví dụ", "Mã đơn vị": "H37.10.05; H37.10.05.01",
           "Mức độ": "Một phần", "Có phí, lệ phí": "Có", "Từ ngày": DAY}
    later = {**row, "Mức độ": 4, "Có phí, lệ phí": None, "Từ ngày": "15/08/2024"}
    undated = {**row, "Mã TTHC": "1.012751", "Từ ngày": None}
    path = fill(world, "procedures", [row, later, undated])
    refused = import_table(world, path, "procedures", code=65)
    assert [(one["row"], one["column"]) for one in refused["mistakes"]] == [(5, "Từ ngày")], refused
    written = import_table(world, path, "procedures", "--from", "2024-01-01")
    assert written["state"] == "written" and written["entries"] == 2, written
    text = (world.folder / "procedures.yaml").read_text()
    assert "levels: [{level: partial, from: 2023-10-27}, {level: full, from: 2024-08-15}]" in text, text
    assert "levels: [{level: partial, from: 2024-01-01}]" in text, text
    assert "fees: [{fee_bearing: true, from: 2023-10-27}]" in text, text
    # Known by now, so its day is known too.
    assert import_table(world, path, "procedures")["state"] == "unchanged"


def test_officers(world):
    rows = [{"Mã cán bộ": "CB-001", "Họ và tên": "Nguyễn Văn Mẫu", "Mã đơn vị": "000.05.10.H37",
             "Chức vụ": "Chuyên viên", "Từ ngày": DAY},
            {"Mã cán bộ": 2, "Họ và tên": "Trần Thị Ví Dụ", "Mã đơn vị": "H37.10.07"}]
    world.config.write_text(world.config.read_text() + "\nofficers: officers.yaml\n")
    assert world.thidua("validate", check=False).returncode == 78  # their file is not there yet
    written = import_table(world, fill(world, "officers", rows), "officers")
    assert written["state"] == "written" and written["backup"] is None, written
    assert "2 officers" in world.thidua("validate").stdout


def test_what_counts(world):
    """The catalogues are what the other commands go by."""
    world.thidua("pull", "tthc", "--now", NOW)
    listed = world.thidua("units", "list", "--as-of", "2024-09-01", "--now", NOW).stdout
    assert "Phòng Ví dụ" in listed, listed
    assert "Phòng Ví dụ" not in world.thidua("units", "list", "--as-of", "2024-08-31", "--now", NOW).stdout
    standings = world.standings("2024-10-18", NOW)
    names = {unit["code"]: unit["name"] for unit in standings["units"]}
    assert names["H37.10.01"] == "Văn phòng" and names["H37.10.07"] == "Phòng Ví dụ", names


def test(options):
    with harness.World(options, now=NOW, dossiers=500) as world:
        world.config = write_own_catalogues(world)
        test_units(world)
        test_wrong_rows(world)
        test_what_counts(world)
        test_procedures(world)
        test_officers(world)
    print("tables became catalogues; wrong ones changed nothing")


harness.main(test)
