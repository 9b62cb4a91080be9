# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Reminders of nomination papers, from Christmas to Epiphany: the coordinator hears of all, the head of
a unit of that unit's own, an officer's only the coordinator; on the days that the plan's deadlines and the
holidays make, once each."""

import email
import email.policy
import json

import harness
from harness import expect

UNIT, READER, COORDINATOR = "H37.10.05", "vpdkdd@example.vn", "van-phong@example.vn"
OFFICER = "Nguyễn Văn Mẫu"
OFFICERS = f"""version: 1
officers:
  - {{id: CB-017, name: {OFFICER}, unit: {UNIT}, position: Chuyên viên}}
"""
NOMINATIONS = """
  nominations:
    schedule: {at: "06:30"}
    recipients:
      - {id: van-phong, name: Văn phòng Sở, address: van-phong@example.vn}
"""
PARTS = ("to-trinh", "bien-ban", "bao-cao-thanh-tich", "bieu-tom-tat")


class Season:
    """The end of a campaign that began in the middle of December."""

    def __init__(self, world):
        self.world = world
        (world.folder / "officers.yaml").write_text(OFFICERS)

        def edit(text):
            text = text.replace("start: 2024-06-07", "start: 2024-12-16")
            # Papers are asked for; leave digests and reports to other tests, but keep who reads of a unit.
            return text.replace("\n  final:\n", NOMINATIONS + "  final:\n") + "\nofficers: officers.yaml\n"
        world.config = world.write_config(edit=edit)

    def simulate(self, until):
        self.world.thidua("simulate", "--sandbox", self.world.sandbox_url(), "--until", until, "--quiet")

    def receive(self, *arguments, now):
        self.world.thidua("nominations", "receive", UNIT, *arguments, "--by", "An", "--now", now)

    def editions(self):
        listed = json.loads(self.world.thidua("report", "list", "--json").stdout)
        return sorted(each["id"] for each in listed if each["id"].startswith("nomination/"))

    def mails(self):
        """(recipient, subject, text) of every reminder so far."""
        told = []
        for path in harness.files_below(self.world.folder / "mail"):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            plain = message.get_body(("plain",)).get_content()
            if "hồ sơ đề nghị khen thưởng còn thiếu" in message["Subject"]:
                told.append((message["To"].addresses[0].addr_spec, message["Subject"], plain))
        return told

    def slots(self):
        return json.loads(self.world.thidua("schedule", "list", "--job", "nominations:daily", "--json",
                                            "--limit", "100").stdout)


def text_to(mails, reader):
    (text,) = [plain for to, _, plain in mails if to == reader]
    return text


def check_coming_up(season):
    season.simulate("2024-12-25T06:00:00+07:00")
    expect(not season.mails(), "too early")
    season.simulate("2024-12-25T12:00:00+07:00")
    mails = season.mails()
    expect(all("[SẮP ĐẾN HẠN]" in subject for _, subject, _ in mails), f"{mails}")
    coordinator = text_to(mails, COORDINATOR)
    expect(OFFICER in coordinator and "Tết Dương lịch" in coordinator and "02/01/2025" in coordinator,
           coordinator)
    own = text_to(mails, READER)
    expect("Văn phòng Đăng ký đất đai" in own and OFFICER not in own, own)
    others = [line for line in own.splitlines() if "Trung tâm" in line or "Chi cục" in line]
    expect(not others, f"the head of one unit reads of others: {others}")
    again = season.editions()
    season.simulate("2024-12-26T12:00:00+07:00")
    expect(season.editions() == again and len(season.mails()) == len(mails), "told twice")
    edition = "nomination/2024-12-25/van-phong/1"
    told = season.world.thidua("report", "reproduce", edition, check=False)
    expect(told.returncode == 0 and "identical" in told.stdout, told.stdout + told.stderr)


def check_last_day(season):
    """Only who has begun is reminded after the window has opened; a holiday is nobody's last day."""
    season.simulate("2024-12-30T08:00:00+07:00")
    season.receive("giay-khen", "to-trinh", now="2024-12-30T09:00:00+07:00")
    season.simulate("2025-01-01T12:00:00+07:00")
    expect(not [one for one in season.editions() if "2025-01-01" in one], "reminded on a holiday")
    season.simulate("2025-01-02T12:00:00+07:00")
    last = [one for one in season.mails() if "[HẠN CUỐI HÔM NAY]" in one[1]]
    expect({to for to, _, _ in last} == {COORDINATOR, READER}, f"{last}")
    for _, _, plain in last:
        expect("Biên bản họp bình xét" in plain and "Tờ trình (" not in plain, plain)
    for part in PARTS[1:]:
        season.receive("giay-khen", part, now="2025-01-02T15:00:00+07:00")
    season.simulate("2025-01-08T12:00:00+07:00")
    overdue = [one for one in season.mails() if "[QUÁ HẠN]" in one[1]]
    expect(not overdue, f"who is complete is reminded: {overdue}")
    odd = [slot for slot in season.slots() if slot["state"] not in ("done", "sent")]
    expect(not odd, f"{odd}")


def test(options):
    with harness.World(options, dossiers=300) as world:
        season = Season(world)
        check_coming_up(season)
        check_last_day(season)
        print(f"{len(season.editions())} editions, {len(season.mails())} mails")
        world.thidua("audit", "verify")


harness.main(test)
