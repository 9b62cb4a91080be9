# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Every cell of a report's tables, counted again from what `thidua explain` lists."""

import collections
import json

import openpyxl

from harness import expect


def explained(world, figure):
    """What explain lists of a figure, and the two counts that the list gives."""
    explanation = json.loads(world.thidua("explain", figure["figure"], "--json").stdout)
    listed = explanation["procedures" if figure["id"] == "services-online" else "dossiers"]
    counts = (sum(one["in_numerator"] for one in listed),
              sum(one.get("in_denominator", True) for one in listed))
    expect(counts == (figure["numerator"], figure["denominator"]),
           f"{figure['figure']}: published {figure}, its list gives {counts}")
    return listed, counts


def rows_below(sheet, first_title):
    """The rows of a table as dictionaries by title."""
    titles = None
    for row in sheet.iter_rows(values_only=True):
        if titles is None:
            titles = row if row[0] == first_title else None
        else:
            yield dict(zip(titles, row))


def check_units(book, counts):
    seen = set()
    for row in rows_below(book["Đơn vị"], "Hạng"):
        figure = row["Mã tra cứu"]
        if figure:
            seen.add(figure)
            expect((row["Tử số"], row["Mẫu số"]) == counts[figure], f"Đơn vị: {row}")
            ratio = row["Tỷ lệ"]
            numerator, denominator = counts[figure]
            expect(ratio == "không phát sinh" if denominator == 0
                   else abs(ratio - numerator / denominator) < 1e-12, f"Đơn vị: {row}")
    expect(seen == set(counts), f"Đơn vị: {set(counts) ^ seen} on one side alone")


def unit_of(code):
    """The unit's own code: sources also write 003.05.10.H37 and H37.10.0503 for H37.10.05.03."""
    parts = code.split(".")
    if parts[0] != "H37":
        parts.reverse()
    digits = "".join(part[-2:] if len(part) == 3 else part for part in parts[1:])
    return ".".join([parts[0], *(digits[at:at + 2] for at in range(0, len(digits), 2))])


def check_procedures(book, listed):
    """By the dossiers of the whole: received and online, owing and paid. explain does not list what
    was received of procedures that are not offered online: of those, what they owe alone."""
    columns = ("Tiếp nhận", "Nộp trực tuyến", "Phải nộp phí", "Thanh toán trực tuyến")
    sums = collections.defaultdict(lambda: [0, 0, 0, 0])
    for one in listed["dossiers-online"]:
        counted = sums[unit_of(one["unit"]), one["procedure"]]
        counted[0] += 1
        counted[1] += one["online"]
    for one in listed["payments-online"]:
        counted = sums[unit_of(one["unit"]), one["procedure"]]
        counted[2] += one["in_denominator"]
        counted[3] += one["in_numerator"]
    cells = 0
    for row in rows_below(book["Thủ tục"], "Mã đơn vị"):
        if row["Mã thủ tục"]:
            found = [row[column] or 0 for column in columns]
            wanted = sums.pop((unit_of(row["Mã đơn vị"]), row["Mã thủ tục"]), [0, 0, 0, 0])
            is_offered = row["Mức độ trực tuyến"] in ("toàn trình", "một phần")
            first = 0 if is_offered else 2
            expect(found[first:] == wanted[first:], f"Thủ tục: {row}, counted {wanted}")
            cells += len(columns) - first
    expect(not any(any(rest) for rest in sums.values()), f"Thủ tục: not there: {dict(sums)}")
    return cells


def check_cells(world, manifest_path):
    """Returns how many figures and cells were counted again."""
    standings = json.loads(manifest_path.read_text())["standings"]
    counts, of_total = {}, {}
    for unit in [*standings["units"], standings["total"]]:
        for figure in unit["indicators"]:
            rows, counts[figure["figure"]] = explained(world, figure)
            if unit is standings["total"]:
                of_total[figure["id"]] = rows
    name = manifest_path.name.replace(".manifest.json", ".xlsx")
    book = openpyxl.load_workbook(manifest_path.with_name(name), data_only=True)
    check_units(book, counts)
    return len(counts), 3 * len(counts) + check_procedures(book, of_total)
