# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Papers that people sign: measured against NĐ 30/2020 as python-docx reads them and as LibreOffice lays
them out; edited ones are never lost; an agency's own form is filled in."""

import hashlib
import re
import subprocess

import docx
import harness
from docx.shared import Cm, Mm, Pt
from office import Office, never_eligible

NOW = "2024-10-21T08:00:00+07:00"
UNIT = "H37.10.05"
MM = 72 / 25.4  # points
OFFICERS = """version: 1
officers:
  - {id: CB-017, name: Nguyễn Văn Mẫu, unit: H37.10.05, position: Chuyên viên}
"""


def draft(office, folder, *arguments, code=0):
    return office.ask("drafts", *arguments, "--to", folder, code=code, now=NOW)


def text_of(document):
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines += [cell.text for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def style_of(document, name):
    style = document.styles[name]
    return style.font.size, bool(style.font.bold), bool(style.font.italic)


def test_measures(folder):
    """Page, fonts and head of a letter, as phụ lục I has them."""
    letter = docx.Document(folder / f"don-doc_{UNIT}_2024-10-21.docx")
    section = letter.sections[0]
    near = lambda given, wanted: abs(given - wanted) < Mm(0.2)
    assert near(section.page_width, Mm(210)) and near(section.page_height, Mm(297)), section.page_width
    assert near(section.top_margin, Mm(20)) and near(section.bottom_margin, Mm(20))
    assert near(section.left_margin, Mm(30)) and Mm(15) <= section.right_margin <= Mm(20)
    assert section.different_first_page_header_footer
    assert "PAGE" not in section.first_page_header._element.xml and "PAGE" in section.header._element.xml
    for header in (section.first_page_header, section.header):
        assert 'string="DỰ THẢO"' in header._element.xml
    fonts = set(re.findall(r'w:ascii="([^"]+)"', letter.styles.element.xml + letter.element.xml))
    assert fonts == {"Times New Roman"}, fonts
    body = letter.styles["Body"].paragraph_format
    assert style_of(letter, "Body") == (Pt(14), False, False) and body.space_after >= Pt(6)
    assert abs(body.first_line_indent - Cm(1.27)) < Mm(0.2) and 1 <= body.line_spacing <= 1.5
    for name, wanted in {"National Name": (12, True, False), "Motto": (13, True, False),
                         "Parent Organisation": (12, False, False), "Organisation": (12, True, False),
                         "Number": (13, False, False), "Place And Day": (13, False, True),
                         "Kind": (14, True, False), "Subject": (14, True, False),
                         "Recipients Title": (12, True, True), "Recipients": (11, False, False),
                         "Signature": (14, True, False), "Page Number Line": (13, False, False)}.items():
        size, bold, italic = wanted
        assert style_of(letter, name) == (Pt(size), bold, italic), (name, style_of(letter, name))
    left, right = (cell.text.split("\n") for cell in letter.tables[0].rows[0].cells)
    assert left == ["UBND TỈNH LẠNG SƠN", "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", "", "Số:      /STNMT-VP",
                    "V/v đôn đốc thực hiện chỉ tiêu của đợt thi đua"], left
    assert right[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"], right
    assert right[-1] == "Lạng Sơn, ngày       tháng       năm 2024", right


def words(pdf):
    """(page, x0, y0, x1, word) of each, in millimetres."""
    told = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True)
    found = []
    for number, page in enumerate(told.stdout.split("<page ")[1:], start=1):
        for word in re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)<',
                               page):
            x0, y0, x1 = (float(value) / MM for value in word[:3])
            found.append((number, x0, y0, x1, word[3]))
    return found


def test_layout(folder):
    """What LibreOffice makes of every file."""
    files = sorted(folder.glob("*.docx"))
    done = subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/lo", "--headless", "--convert-to", "pdf",
         "--outdir", folder / "pdf", *files],
        capture_output=True, text=True, timeout=300, check=False)
    for file in files:
        pdf = folder / "pdf" / (file.stem + ".pdf")
        assert pdf.exists(), (file, done.stdout, done.stderr)
        placed = words(pdf)
        head = {word: (x0, y0, x1) for page, x0, y0, x1, word in reversed(placed) if page == 1}
        assert head["CỘNG"][0] > 95 and head["NAM"][2] <= 194, (file, head["CỘNG"], head["NAM"])
        assert abs(head["CỘNG"][1] - head["NAM"][1]) < 1, "the nation's name stays on one line"
        if file.stem.startswith("bieu-tom-tat"):
            assert {page for page, *_ in placed} == {1}, f"{file}: one page"
        for page, x0, y0, x1, word in placed:
            wide = 297 if file.stem.startswith("ra-soat") and page > 1 else 210
            assert x0 >= 29.5 and x1 <= wide - 15, (file, page, word, x0, x1)
            if y0 < 19:
                assert page > 1 and word == str(page), (file, page, word, y0)
                middle = 30 + (wide - 30 - 17) / 2
                assert abs((x0 + x1) / 2 - middle) < 1.5, (file, page, x0)


def test_papers(office, folder):
    """Every paper of a nomination, once; no verdict before its time; figures that explain finds."""
    said = draft(office, folder, "nominations", "draft", "--candidate", UNIT, "--award", "giay-khen")
    names = [f"{part}_{UNIT}_giay-khen.docx"
             for part in ("to-trinh", "bien-ban", "bao-cao-thanh-tich", "bieu-tom-tat")]
    assert [file["file"] for file in said["files"]] == names, said
    draft(office, folder, "nominations", "draft", "--candidate", "CB-017")
    draft(office, folder, "nominations", "draft", "--candidate", "H37.10", "--award", "bang-khen")
    for name in names:
        text = text_of(docx.Document(folder / name))
        never_eligible(text)
        assert "[Đơn vị viết: " in text or "[Thư ký ghi: " in text, text
        for figure in said["files"][0]["figures"]:
            assert figure in text, (name, figure)
    explained = office.ask("explain", "explain", said["files"][0]["figures"][0], now=None)
    assert explained["unit"] == UNIT, explained
    report = text_of(docx.Document(folder / "bao-cao-thanh-tich_CB-017_giay-khen.docx"))
    assert "không phải kết quả riêng của cá nhân" in report, report
    for file in said["files"]:
        bytes_there = (folder / file["file"]).read_bytes()
        assert hashlib.sha256(bytes_there).hexdigest() == file["sha256"]


def test_review(office, folder):
    reviewed = office.ask("procedures-review", "procedures", "review", now=NOW)["procedures"]
    draft(office, folder, "report", "render", "procedure-review")
    report = docx.Document(folder / "ra-soat-tthc_2024-10-21.docx")
    rows = report.tables[-1].rows[1:]
    assert [row.cells[1].text for row in rows] == [procedure["code"] for procedure in reviewed]
    fees = [row.cells[5].text for row in rows]
    assert fees == sorted(fees), "those with a fee first"
    assert report.sections[1].page_width > report.sections[1].page_height


def test_edited(office, folder):
    """A file that somebody has edited stays as it is until it is given up."""
    ask = ("report", "render", "urging", "--unit", UNIT)
    file = folder / f"don-doc_{UNIT}_2024-10-21.docx"
    first = file.read_bytes()
    assert draft(office, folder, *ask)["files"][0]["state"] == "unchanged"
    edited = docx.Document(file)
    edited.add_paragraph("đã sửa")
    edited.save(file)
    told = office.world.thidua(*ask, "--to", folder, "--now", NOW, check=False)
    assert told.returncode == 74 and "--replace" in told.stderr, told
    assert "đã sửa" in text_of(docx.Document(file))
    assert draft(office, folder, *ask, "--replace")["files"][0]["state"] == "replaced"
    assert file.read_bytes() == first, "the same figures give the same bytes"


def test_form(office, folder):
    """A form as people make it with Word: names in pieces, in a header, in a row of a table."""
    form = docx.Document()
    form.sections[0].header.paragraphs[0].text = "{{co_quan}}"
    line = form.add_paragraph("Đề nghị tặng {{hinh")
    line.add_run("_thuc}} cho ").bold = True
    line.add_run("{{ung_vien}} ({{chuc_vu}})")
    table = form.add_table(rows=2, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Chỉ tiêu", "Kết quả"
    table.rows[1].cells[0].text = "{{#chi_tieu}}{{ten}}"
    table.rows[1].cells[1].text = "{{ket_qua}} {{ma_tra_cuu}}"
    path = folder / "Mẫu của Sở.docx"
    form.save(path)
    out = folder / "forms"
    said = draft(office, out, "nominations", "draft", "--candidate", UNIT, "--award", "giay-khen",
                 "--form", path)
    assert said["without_value"] == ["chuc_vu"], said
    filled = docx.Document(out / said["files"][0]["file"])
    assert said["files"][0]["file"] == f"mau-cua-so_{UNIT}_giay-khen.docx", said
    assert filled.sections[0].header.paragraphs[0].text == "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG"
    assert filled.paragraphs[0].text == "Đề nghị tặng Giấy khen của Giám đốc Sở cho Văn phòng Đăng ký đất đai (……)"
    assert len(filled.tables[0].rows) == 4, "three indicators"
    assert filled.tables[0].rows[1].cells[1].text.endswith(said["files"][0]["figures"][0])
    form.add_paragraph("{{khong_co}}")
    form.save(path)
    told = office.world.thidua("nominations", "draft", "--candidate", UNIT, "--form", path, "--to", out,
                               "--now", NOW, check=False)
    assert told.returncode == 65 and "khong_co" in told.stderr and "chi_tieu.ten" in told.stderr, told
    path.write_bytes(b"no zip")
    told = office.world.thidua("report", "render", "urging", "--form", path, "--to", out, "--now", NOW,
                               check=False)
    assert told.returncode == 65 and "not a whole .docx" in told.stderr, told


def test_refusals(office, folder):
    told = office.refused("report", "render", "urging", "--unit", "H37.10.99", "--to", folder)
    assert "there is no unit H37.10.99" in told, told
    office.refused("report", "render", "urging")
    office.refused("report", "render", "--unit", UNIT, "--out", folder)
    office.refused("nominations", "draft", "--candidate", "H37.10.99", "--to", folder)
    world = office.world
    plain = world.write_config(
        "without.yaml", edit=lambda text: text.split("\n# What is printed on papers")[0] + "\n")
    told = world.thidua("nominations", "draft", "--to", folder / "none", "--now", NOW, config=plain, check=False)
    assert told.returncode == 78 and '"texts:" is missing' in told.stderr, told
    assert not (folder / "none").exists()


def test(options):
    with harness.World(options, dossiers=1500, now=NOW) as world:
        (world.folder / "officers.yaml").write_text(OFFICERS)
        world.config = world.write_config(edit=lambda text: text + "officers: officers.yaml\n")
        world.thidua("pull", "--now", NOW)
        office = Office(world)
        folder = world.folder / "drafts"
        urged = draft(office, folder, "report", "render", "urging")
        assert UNIT in [file["candidate"] for file in urged["files"]], urged
        test_measures(folder)
        test_papers(office, folder)
        test_review(office, folder)
        test_layout(folder)
        test_edited(office, folder)
        test_form(office, world.folder)
        test_refusals(office, folder)
        print("drafts are laid out as the decree says, and nobody's words are lost")


harness.main(test)
