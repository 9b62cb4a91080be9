# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""The workbooks of a digest and of a rehearsal, opened by others: openpyxl reads types, formats and
the values that we wrote; LibreOffice computes every formula anew and comes to the same; and both
say what the manifest says."""

import datetime
import json
import math
import pathlib
import subprocess
import tempfile
import warnings

import openpyxl

import harness
from harness import expect

MONDAY = "2024-10-21T07:30:00+07:00"
HOSTILE = '=HYPERLINK("http://example.org";"x")<b>'
END = ["Thủ tục", "Đối soát", "Định nghĩa", "Nguồn gốc"]
# Payments of the week before came late.
DIGEST_SHEETS = ["Tổng hợp", "Biểu đồ", "Diễn biến", "Đơn vị", "Điều chỉnh", *END]
AWARD_SHEETS = ["Tổng hợp", "Biểu đồ", "Đơn vị", "Điều kiện", "Minh chứng", "Dấu hiệu", *END]


def recomputed(path):
    """The same workbook after LibreOffice has computed it."""
    with tempfile.TemporaryDirectory() as folder:
        # A number of LibreOffice's own settings: compute on loading, always.
        profile = pathlib.Path(folder, "profile", "user")
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
            '<item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
            '<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>'
            "</oor:items>\n")
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
             "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder, str(path)],
            check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, timeout=180)
        return openpyxl.load_workbook(pathlib.Path(folder, path.name), data_only=True)


def same(ours, theirs):
    if isinstance(ours, (int, float)) and isinstance(theirs, (int, float)):
        return math.isclose(ours, theirs, rel_tol=1e-12, abs_tol=1e-12)
    return ours == theirs


def compare_formulas(path):
    """How many formulas there are; each comes to what we wrote beside it."""
    formulas = openpyxl.load_workbook(path)
    ours = openpyxl.load_workbook(path, data_only=True)
    theirs = recomputed(path)
    count = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                count += 1
                mine = ours[sheet.title][cell.coordinate].value
                other = theirs[sheet.title][cell.coordinate].value
                expect(mine is not None and same(mine, other),
                       f"{sheet.title}!{cell.coordinate} {cell.value}: {mine!r}, computed {other!r}")
    return count


def column(sheet, title, head):
    """The column under a title, by its number."""
    titles = [cell.value for cell in sheet[head]]
    return titles.index(title) + 1


def check_types(path):
    book = openpyxl.load_workbook(path)
    values = openpyxl.load_workbook(path, data_only=True)
    units = book["Đơn vị"]
    head = next(row for row in range(1, 9) if units.cell(row, 1).value == "Hạng")
    expect(units.freeze_panes == f"E{head + 1}", f"frozen: {units.freeze_panes}")
    expect(units.print_title_rows == f"${head}:${head}", f"repeated: {units.print_title_rows}")
    for sheet in book:
        expect(sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
               and sheet.page_setup.fitToHeight == 0 and sheet.sheet_properties.pageSetUpPr.fitToPage,
               f"{sheet.title}: page set-up")
        expect(sheet.oddFooter.right.text == "Trang &P/&N", f"{sheet.title}: footer")
    ratio, figure = column(units, "Tỷ lệ", head), column(units, "Mã tra cứu", head)
    verdict, numerator = column(units, "Kết luận", head), column(units, "Tử số", head)
    seen = 0
    for row in range(head + 1, units.max_row + 1):
        if not units.cell(row, figure).value:
            continue
        seen += 1
        expect(units.cell(row, ratio).data_type == "f" and "%" in units.cell(row, ratio).number_format,
               f"row {row}: the ratio is {units.cell(row, ratio).value!r}")
        expect(isinstance(values["Đơn vị"].cell(row, numerator).value, int), f"row {row}: no count")
        expect(values["Đơn vị"].cell(row, verdict).value in
               (None, "đạt", "chưa đạt", "không phát sinh"), f"row {row}: verdict")
    expect(seen > 20, f"{seen} figures on the sheet of units")
    expect(len(units.conditional_formatting) >= 4, "no conditional formats")
    expect(len(book["Biểu đồ"]._charts) == 3, "no native charts")


def check_against_manifest(path, manifest):
    """Every figure of the manifest is on the last sheet, with both counts and its command."""
    sheet = openpyxl.load_workbook(path, data_only=True)["Nguồn gốc"]
    rows = {row[0]: row for row in sheet.iter_rows(min_row=2, values_only=True) if row[0]}
    standings = manifest["standings"]
    for unit in [*standings["units"], standings["total"]]:
        for figure in unit["indicators"]:
            row = rows.get(figure["figure"])
            expect(row is not None, f"{figure['figure']} is not on the sheet")
            expect((row[4], row[5]) == (figure["numerator"], figure["denominator"]), f"{row}")
            expect(row[12] == f"thidua explain {figure['figure']}", f"{row}")
            expect(isinstance(row[6], datetime.datetime) and row[7] >= row[9], f"days: {row}")
    payments = next(one for one in standings["total"]["indicators"] if one["id"] == "payments-online")
    procedures = openpyxl.load_workbook(path, data_only=True)["Thủ tục"]
    last = [cell.value for cell in procedures[procedures.max_row]]
    expect((last[10], last[9]) == (payments["numerator"], payments["denominator"]),
           f"procedures add up to {last}, payments are {payments}")


def check_hostile(path):
    """A name that looks like a formula is text wherever it stands, and there is no link."""
    book = openpyxl.load_workbook(path)
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row
             if isinstance(cell.value, str) and HOSTILE in cell.value]
    expect(found and all(cell.data_type == "s" for cell in found), f"hostile: {found}")
    expect(not any(cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row),
           "a link")


def check_edition(world, pattern, sheets):
    folder = world.folder / "state/editions/2024/W42"
    path = next(folder.glob(pattern + ".xlsx"))
    manifest = json.loads(path.with_suffix(".manifest.json").read_text())
    book = openpyxl.load_workbook(path)
    expect(book.sheetnames == sheets, f"sheets: {book.sheetnames}")
    check_types(path)
    check_against_manifest(path, manifest)
    check_hostile(path)
    if "Diễn biến" in sheets:
        expect(len(book["Diễn biến"]._charts) == 3, "no lines over the weeks")
    count = compare_formulas(path)
    expect(count > 200, f"only {count} formulas")
    return count


def write_config(world):
    """The demo's configuration for two weeks, with a unit of a hostile name."""
    demo = harness.ROOT / "config/organisations/so-tnmt-langson.yaml"
    name = 'name: "Văn phòng Đăng ký đất đai"'
    text = demo.read_text()
    expect(name in text, "the demo's units are others")
    units = world.folder / "units.yaml"
    units.write_text(text.replace(name, f"name: '{HOSTILE}'"))

    def edit(text):
        for old, new in ((str(demo), str(units)), ("start: 2024-06-07", "start: 2024-10-07")):
            expect(old in text, f"the configuration has no {old!r}")
            text = text.replace(old, new)
        return text
    world.write_config(edit=edit)


def test(options):
    warnings.filterwarnings("ignore", module="openpyxl")
    with harness.World(options, now=MONDAY, dossiers=3000) as world:
        write_config(world)
        done = world.thidua("simulate", "--sandbox", world.sandbox_url(), "--until",
                            "2024-10-21T12:00:00+07:00", "--quiet", check=False)
        expect(done.returncode in (0, 1), done.stderr)
        counts = [check_edition(world, "*_toan-so_*", DIGEST_SHEETS),
                  check_edition(world, "*_dien-tap_*", AWARD_SHEETS)]
    print(f"{counts[0]} and {counts[1]} formulas come to what was written")


harness.main(test)
