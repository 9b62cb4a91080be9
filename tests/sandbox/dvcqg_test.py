#!/usr/bin/env python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""The integration API and the older gateway: items 1 to 6 of domain.md 9."""

import json
import re

import ask


class Integration(ask.Case):
    def test_item_01_error_codes(self):
        codes = [self.box.dvcqg("LayDVC")["error_code"] for _ in range(6)]
        self.assertEqual(codes, [0, "0", "00"] * 2)
        answer = self.box.dvcqg("KhongCo")  # an HTTP status of 200, as dvcqg() has seen to
        self.assertNotIn(answer["error_code"], (0, "0", "00"))
        unknown = self.box.dvcqg("LayThuTuc", maTTHC="9.999999")
        self.assertEqual(unknown["error_code"], "0")
        self.assertIn("Không tìm thấy", unknown["message"])
        self.box.fail_next("/dvcqg/", "soft-failure")
        failed = self.box.dvcqg("LayDVC")
        self.assertEqual(failed["error_code"], "0")
        self.assertIn("không thành công", failed["message"])

    def test_item_02_sessions(self):
        self.box.post("/sandbox/sessions", {"calls": 3})
        first = self.box.log_in_to_dvcqg()
        for _ in range(3):
            self.assertIn("result", self.box.dvcqg("LayDVC"))
        refused = self.box.dvcqg("LayDVC")
        self.assertNotIn("result", refused)
        self.assertNotEqual(int(refused["error_code"]), 0)
        second = self.box.log_in_to_dvcqg()
        self.assertNotEqual(first, second)
        self.assertIn("result", self.box.dvcqg("LayDVC"))
        third = self.box.log_in_to_dvcqg()  # another login ends the one before
        self.box.session = second
        self.assertNotIn("result", self.box.dvcqg("LayDVC"))
        self.box.session = third
        self.box.set_clock("2024-11-05T09:30:00+07:00")
        self.assertNotIn("result", self.box.dvcqg("LayDVC"))
        counts = json.loads(self.box.ask("/sandbox/sessions").body)
        self.assertEqual((counts["logins"], counts["refused_calls"]), (3, 3))
        wrong = self.box.post("/dvcqg/auth", {"username": "thidua", "password": "?"})
        self.assertEqual(wrong.status, 200)
        self.assertNotIn("session", json.loads(wrong.body))

    def test_item_03_shapes_of_results(self):
        self.assertIsInstance(self.box.dvcqg("LayDVC")["result"]["data"], list)
        record = self.box.dvcqg("LayThuTuc", maTTHC="1.012756.000.00.00.H37")["result"][0]
        self.assertEqual(record["MATTHC"], "1.012756")
        amounts = {fee["SOTIEN"] for way in record["CACHTHUCTHUCHIEN"]
                   for time in way["THOIGIAN"] for fee in time["PHILEPHI"]}
        self.assertEqual(amounts, {"450000"})
        self.assertEqual(self.box.dvcqg("TraCuuHoSo", mahoso=f"{ask.UNIT}-240617-9999")["result"],
                         [])
        self.box.fail_next("/dvcqg/", "soft-error")
        failed = self.box.dvcqg("LayDVC")
        self.assertNotIn("result", failed)
        self.assertEqual(failed["error_code"], "99")
        for service, key in (("LayDanhSachTTHC", "MATTHC"), ("LayDanhMucCoQuan", "MADONVI"),
                             ("LayDanhMucLinhVuc", "MALINHVUC")):
            rows = self.box.dvcqg(service, endpoint="share")["result"]
            self.assertTrue(rows and all(row[key] for row in rows), service)
            self.assertTrue(all(name == name.upper() for name in rows[0]), service)

    def test_item_04_duplicates_by_message(self):
        code = next(row["nationCode"] for row in self.box.all_dossiers().values()
                    if row.get("nationCode") and row["acceptedDate"] < "2024-10")
        path = f"/api/SynsTTHCC/DongBoHoSoMC?MaDinhDanhDV={ask.UNIT}&isUpdating="
        codes = set()
        for _ in range(3):
            answer = json.loads(self.box.post(path + "False", [{"MaHoSo": code}]).body)
            self.assertIn("đã tồn tại", answer["message"])
            codes.add(answer["error_code"])
        self.assertEqual(codes, {"0", "3", "-3"})
        for updating, asked, word in (("True", code, "thành công"), ("False", "new", "thành công"),
                                      ("True", "new", "chưa có")):
            answer = json.loads(self.box.post(path + updating, [{"MaHoSo": asked}]).body)
            self.assertEqual(answer["error_code"], "0")
            self.assertIn(word, answer["message"])

    def test_item_01_records_are_personal(self):
        """Every personal field is there, so that dropping it can be seen to happen."""
        row = next(row for row in self.box.all_dossiers().values()
                   if row.get("nationCode") and row["acceptedDate"] < "2024-10")
        record = self.box.dvcqg("TraCuuHoSo", mahoso=row["nationCode"])["result"][0]
        text = json.dumps(record, ensure_ascii=False).encode()
        self.assertGreaterEqual(sum(word in text for word in self.box.personal_words()), 4)
        for field in ("ChuHoSo", "SoDienThoai", "Email", "SoGiayToChuHoSo", "MaDoiTuong",
                      "DinhDanhCHS", "ThongTinKhac", "TrichYeuHoSo"):
            self.assertTrue(record[field], field)
        self.assertEqual(record["NgayTiepNhan"], re.sub(r"\D", "", row["acceptedDate"])[:14])


class RestJsp(ask.Case):
    month = {"p_nam": "2024", "p_6thang": 0, "p_quy": 0, "p_thang": 9}

    def test_item_05_strings_and_shapes(self):
        shapes = set()
        for _ in range(2):
            rows, wrapped = self.box.rest_jsp("report_by_month_sum_service", **self.month,
                                              p_tinh_id="417489")
            shapes.add(wrapped)
            self.assertEqual(len(rows), 1)
            self.assertTrue(all(isinstance(value, str) for value in rows[0].values()))
        self.assertEqual(shapes, {False, True})
        row = rows[0]
        parts = ("HTN_TRUCTIEP_TOTAL", "HTN_BUUCHINH_TOTAL", "HTN_TRUCTUYEN_TOTAL")
        self.assertEqual(sum(int(row[part]) for part in parts), int(row["DB_TOTAL"]))
        states = ("DXLTH_TOTAL", "DXLQH_TOTAL", "HTDH_TOTAL", "HTQH_TOTAL")
        self.assertEqual(sum(int(row[state]) for state in states), int(row["DB_TOTAL"]))
        tree = self.box.report("formality-online-payment-tree",
                               rootDepartmentId=self.box.department("H37.10"))
        self.assertEqual(int(row["GDTT_TOTAL"]), tree["parent"]["totalDossierOnlinePaymentSuccess"])
        self.assertLess(int(row["GDTTQG_TOTAL"]), int(row["GDTT_TOTAL"]))
        self.assertGreater(int(row["NTTQG_TOTAL"]), 0)
        empty = {**self.month, "p_nam": 2023}
        for service in ("report_by_month_sum_service", "report_tinh_766_service"):
            for _ in range(2):
                self.assertEqual(self.box.rest_jsp(service, **empty, p_tinh_id="417489"),
                                 ([], False))
        refused = self.box.post("/jsp/rest.jsp", {"service": "report_tinh_766_service"})
        self.assertEqual((refused.status, refused.type), (500, "text/html;charset=UTF-8"))

    def test_item_05_pages(self):
        codes, page = [], 0
        while True:
            page += 1
            rows, _ = self.box.rest_jsp("procedure_advanced_search_service_v2", pageIndex=page,
                                        recordPerPage=25, keyword="")
            codes += [row["PROCEDURE_CODE"] for row in rows]
            if int(rows[-1]["ROW_STT"]) >= int(rows[-1]["TOTAL"]):
                break
        self.assertGreater(page, 1)
        self.assertEqual(len(codes), int(rows[-1]["TOTAL"]))
        self.assertEqual(len(set(codes)), len(codes))

    def test_item_06_codes_and_renumbered_units(self):
        asked = {"p_tinh_id": "417489", "pageSize": 100, "pageIndex": 1}
        year, _ = self.box.rest_jsp("report_tinh_766_service", p_nam="2024", **asked)
        codes = [row["MA_COQUAN"] for row in year]
        old_form = [code for code in codes if code.endswith(".H37")]
        self.assertTrue(0 < len(old_form) < len(codes))
        names = [row["TEN_COQUAN"] for row in year]
        self.assertEqual(len(names) - len(set(names)), 3)  # three were renumbered in October
        self.assertEqual(len({row["ID"] for row in year}), len(year))
        months = [
            {row["TEN"]: row["ID"] for row in self.box.rest_jsp(
                "report_tinh_766_service", p_nam="2024", p_thang=month, **asked)[0]}
            for month in (9, 10)
        ]
        changed = [name for name in months[0] if months[0][name] != months[1][name]]
        self.assertEqual(len(changed), 3)
        self.assertTrue(any("," in row["TONG_SCORE"] for row in year))
        provinces, _ = self.box.rest_jsp("report_tinh_766_service", p_nam="2024", p_tinh_id=0)
        self.assertEqual({row["MA_COQUAN"] for row in provinces}, {"H01", "H05", "000.00.00.H37"})
        both = [row for row in year if row["ID"] in ("418005", "11363")]
        self.assertEqual(sorted(row["MA_COQUAN"] for row in both),
                         ["000.05.10.H37", "H37.10.05"])


if __name__ == "__main__":
    ask.main()
