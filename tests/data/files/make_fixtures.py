#!/usr/bin/env python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Makes the table files of this folder anew; all of what they say is invented.

    /usr/bin/python3 tests/data/files/make_fixtures.py            what openpyxl and Python write
    /usr/bin/python3 tests/data/files/make_fixtures.py --office   also what LibreOffice writes

Needs python3-openpyxl, and libreoffice-calc for --office. The tests read the committed files: the
script is how they came about, not a step of the build.
"""
import csv
import datetime
import io
import pathlib
import subprocess
import sys
import tempfile
import zipfile

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font

FOLDER = pathlib.Path(__file__).parent
LABELS = ["STT", "Mã hồ sơ", "Thủ tục", "Ngày tiếp nhận", "Phí, lệ phí (đồng)", "Tỷ lệ", "Hình thức"]
AT = datetime.datetime
ROWS = [
    ["H99.1-240617-0001", "Đăng ký biến động đất đai", AT(2024, 6, 17, 8, 15, 3), 450000, 0.453, "Trực tuyến"],
    ["H99.1-240617-0002", "Cấp giấy phép; khai thác", AT(2024, 6, 17, 23, 59, 59), 0, 1, "Trực tiếp"],
    ["H99.1-240618-0003", 'Hồ sơ "mẫu" số 3', AT(2024, 6, 18, 0, 0, 1), 1234567, 0.07, "Bưu chính"],
    ["0012", "Đo đạc\nbản đồ", AT(2024, 12, 31, 12, 0, 0), 12000, 0.5, "Trực tuyến"],
]


def fill(sheet):
    """A title, the header in row 3, the dossiers, and a total below them."""
    sheet["A1"] = "DANH SÁCH HỒ SƠ (SỐ LIỆU GIẢ)"
    sheet["A1"].font = Font(bold=True)
    sheet.merge_cells("A1:G1")
    sheet.append([])
    for column, label in enumerate(LABELS, start=1):
        sheet.cell(row=3, column=column, value=label)
    for number, row in enumerate(ROWS, start=1):
        at = 3 + number
        for column, value in enumerate([number, *row], start=1):
            sheet.cell(row=at, column=column, value=value)
        sheet.cell(row=at, column=4).number_format = "dd/mm/yyyy\\ hh:mm:ss"
        sheet.cell(row=at, column=5).number_format = '#,##0\\ "đồng"'
        sheet.cell(row=at, column=6).number_format = "0.0%"
    sheet.cell(row=4 + len(ROWS), column=1, value="Tổng cộng")
    sheet.cell(row=4 + len(ROWS), column=5, value=sum(row[3] for row in ROWS))
    sheet.merge_cells(start_row=4 + len(ROWS), end_row=4 + len(ROWS), start_column=1, end_column=3)


def dossiers(name, before=lambda book: None):
    book = openpyxl.Workbook()
    book.active.title = "Hồ sơ"
    before(book)
    fill(book["Hồ sơ"])
    book.save(FOLDER / name)


def hidden_first(book):
    notes = book.create_sheet("Ghi chú", 0)
    notes["A1"] = "Sheet ẩn: không phải số liệu"
    notes.sheet_state = "hidden"
    book.active = 1


def in_1904(book):
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904


def kinds():
    """One cell of every kind, for the table of expectations in xlsx_values_test.cpp."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Kinds"
    cells = [
        (1, "General"), (-2.5, "General"), (1e20, "General"), (0.1, "General"), (True, "General"),
        ("#N/A", "General"), ("=1+1", "General"), (45460, '0 "đồng"'), (45460, "[$-42A]dd mmmm"),
        (45460.34378472222, "yyyy-mm-dd\\ hh:mm:ss"), (59, "dd/mm/yyyy"), (60, "dd/mm/yyyy"),
        (61, "dd/mm/yyyy"), (0.34378472222, "hh:mm:ss"), (45460, "[Red]#,##0"), (0.453, "0.0%"),
        (45460.5, "dd/mm/yyyy"), (-1, "dd/mm/yyyy"), ("14/11/2025", "@"), ("  gọn  ", "@"),
        (45460.99999999, "dd/mm/yyyy"), (12, "d/m/yy h:mm"), (45460, "mmm-yy"), (1.5, "[h]:mm:ss"),
    ]
    for row, (value, number_format) in enumerate(cells, start=1):
        cell = sheet.cell(row=row, column=1, value=value)
        cell.number_format = number_format
    sheet["A1"].comment = Comment("ghi chú", "máy")
    book.save(FOLDER / "kinds.xlsx")


def two_row_header():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Tổng hợp"
    sheet.append(["BIỂU TỔNG HỢP (SỐ LIỆU GIẢ)"])
    sheet.append(["TT", "Mã đơn vị", "Tiếp nhận", None, "Giải quyết", None, "Ghi chú"])
    sheet.append([None, None, "Trực\ntuyến", "Trực tiếp", "Trước hạn", "Quá hạn", None])
    sheet.append(["(1)", "(2)", "(3)", "(4)", "(5)", "(6)=(3)+(4)", "(7)"])
    sheet.append([1, "H99.1", 12, 3, 10, 0, None])
    sheet.append([2, "H99.2", 1200, 0, 1100, 7, "bản nháp"])
    sheet.append(["Cộng", None, 1212, 3, 1110, 7])
    for area in ("A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3", "A7:B7"):
        sheet.merge_cells(area)
    book.save(FOLDER / "two_row_header.xlsx")


def text_rows():
    """The dossiers as a person would type them."""
    yield ["DANH SÁCH HỒ SƠ (SỐ LIỆU GIẢ)"] + [""] * (len(LABELS) - 1)
    yield LABELS
    for number, (code, procedure, at, fee, share, channel) in enumerate(ROWS, start=1):
        percent = f"{share * 100:.1f}".rstrip("0").rstrip(".").replace(".", ",") + "%"
        grouped = f"{fee:,}".replace(",", ".")
        yield [number, code, procedure, at.strftime("%d/%m/%Y %H:%M:%S"), grouped, percent, channel]
    total = f"{sum(row[3] for row in ROWS):,}".replace(",", ".")
    yield ["Tổng cộng", "", "", "", total, "", ""]


def text_file(name, delimiter, encode):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(text_rows())
    (FOLDER / name).write_bytes(encode(text.getvalue()))


def by_iconv(encoding):
    """Letter by letter: iconv refuses no letter of the alphabet, but windows-1258 needs NFD marks."""

    def encode(text):
        run = ["iconv", "-f", "UTF-8", "-t", encoding]
        return subprocess.run(run, input=text.encode(), capture_output=True, check=True).stdout

    return encode


def office(source, target, kind):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
             "--convert-to", kind, "--outdir", folder, str(FOLDER / source)],
            check=True, capture_output=True,
        )
        made = pathlib.Path(folder, pathlib.Path(source).stem + "." + kind)
        (FOLDER / target).write_bytes(made.read_bytes())


def without_time(name):
    """The same parts with a fixed date, so that making them anew changes nothing."""
    path = FOLDER / name
    with zipfile.ZipFile(path) as source:
        parts = [(info.filename, source.read(info)) for info in source.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for part, content in parts:
            if part == "docProps/core.xml":
                continue
            if part in ("_rels/.rels", "[Content_Types].xml"):
                content = without_core(content)
            target.writestr(zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def without_core(content):
    """docProps/core.xml says when a file was made; nobody needs it."""
    text = content.decode()
    for tag in ("<Relationship ", "<Override "):
        pieces = text.split(tag)
        kept = [pieces[0]]
        for piece in pieces[1:]:
            end = piece.index("/>") + 2
            kept.append(piece[end:] if "core.xml" in piece[:end] else tag + piece)
        text = "".join(kept)
    return text.encode()


def main():
    dossiers("dossiers_openpyxl.xlsx")
    dossiers("dossiers_hidden_sheet.xlsx", hidden_first)
    dossiers("dossiers_1904.xlsx", in_1904)
    kinds()
    two_row_header()
    made = ["dossiers_openpyxl.xlsx", "dossiers_hidden_sheet.xlsx", "dossiers_1904.xlsx",
            "kinds.xlsx", "two_row_header.xlsx"]
    if "--office" in sys.argv[1:]:
        office("dossiers_openpyxl.xlsx", "dossiers_libreoffice.ods", "ods")
        office("dossiers_libreoffice.ods", "dossiers_libreoffice.xlsx", "xlsx")
        (FOLDER / "dossiers_libreoffice.ods").unlink()
        made.append("dossiers_libreoffice.xlsx")
    for name in made:
        without_time(name)
    text_file("dossiers_utf8_semicolon.csv", ";", lambda text: b"\xEF\xBB\xBF" + text.encode())
    text_file("dossiers_tab.tsv", "\t", str.encode)
    text_file("dossiers_comma_utf16.csv", ",", lambda text: b"\xFF\xFE" + text.encode("utf-16-le"))
    text_file("dossiers_windows1258.csv", ";", by_iconv("WINDOWS-1258"))
    text_file("dossiers_tcvn3.csv", ";", by_iconv("TCVN5712-1"))
    text_file("dossiers_viscii.csv", ";", by_iconv("VISCII"))


if __name__ == "__main__":
    main()
