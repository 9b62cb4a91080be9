// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "national_record.hpp"

#include "json_text.hpp"
#include "national.hpp"
#include "people.hpp"
#include "render.hpp"
#include "workload.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace thidua::sandbox {
namespace {

namespace json = boost::json;

std::uint64_t packed(UnitIndex issuer, std::string_view short_day, std::int64_t sequence) {
    const auto day = static_cast<std::uint64_t>(whole_number(short_day).value_or(0));
    return (std::uint64_t{issuer} << 56U) | (day << 24U) | static_cast<std::uint64_t>(sequence);
}

std::optional<UnitIndex> issuer_with(std::string_view code) {
    for (UnitIndex unit = 0; unit < unit_count; ++unit) {
        if (units()[unit].code == code || units()[unit].old_code == code) {
            return unit;
        }
    }
    return std::nullopt;
}

/// `000.05.10.H37-240617-0007`, or with H37.10.05 before the date.
std::optional<std::uint64_t> packed_code(std::string_view code) {
    constexpr std::int64_t sequence_max = 999'999;
    const std::size_t first = code.find('-');
    const std::size_t last = code.rfind('-');
    if (first == std::string_view::npos || last != first + 7) {
        return std::nullopt;
    }
    const auto issuer = issuer_with(code.substr(0, first));
    const auto sequence = whole_number(code.substr(last + 1));
    if (!issuer || !sequence || *sequence < 0 || *sequence > sequence_max) {
        return std::nullopt;
    }
    return packed(*issuer, code.substr(first + 1, 6), *sequence);
}

/// Which code the portal lists it under; what the province has not been told yet is its own.
NationCode code_kind(const Facts& facts) {
    return facts.nation == NationCode::Recoded ? NationCode::Recoded : NationCode::Own;
}

std::string code_of(const Dossier& dossier, NationCode kind) {
    std::string code;
    append_nation_code(code, dossier, kind);
    return code;
}

std::string compact(const std::optional<Instant>& at) {
    return at ? to_compact(*at) : std::string{};
}

std::string_view channel_text(Channel channel) {
    switch (channel) {
        case Channel::Online:
            return "2";
        case Channel::Direct:
            return "1";
        case Channel::Postal:
            return "3";
        case Channel::Unsaid:
            return "";
    }
    return "";
}

void put_times(json::object& out, const Dossier& dossier, const Facts& facts) {
    const std::optional<Instant> none;
    const auto accepted = facts.accepted ? dossier.accepted : none;
    // A third of the records lose the time of application to that of acceptance.
    const bool overwritten = accepted && dossier.number % 3 == 0;
    const bool given_up = facts.status == status::refused;
    out["NgayNopHoSo"] = compact(overwritten ? accepted : dossier.applied);
    out["NgayTiepNhan"] = compact(accepted);
    out["NgayHenTra"] = compact(accepted ? std::optional{appointment_of(dossier)} : none);
    out["NgayTra"] =
        compact(facts.status == status::returned ? std::optional{facts.updated} : none);
    out["NgayTuChoi"] = compact(given_up ? std::optional{facts.updated} : none);
    const bool pushed_as_done = national_status(facts.status) == status::done;
    out["NgayKetThucXuLy"] =
        compact(facts.completed || !pushed_as_done ? facts.completed : facts.updated);
}

/// What must never be kept: every field holds a planted value.
void put_personal(json::object& out, const Snapshot& snapshot, const Dossier& dossier) {
    const Person& applicant = person_of(snapshot.world().seed, dossier.number, 0);
    const bool nameless = dossier.number % 10 == 4;  // the number that stands for none
    const std::string identity = nameless ? "000000001" : applicant.identity_number;
    out["ChuHoSo"] = applicant.full_name;
    out["SoDienThoai"] = applicant.phone;
    out["Email"] = applicant.email;
    out["Fax"] = "";
    out["SoGiayToChuHoSo"] = identity;
    out["MaDoiTuong"] = std::string{canary};
    out["DinhDanhCHS"] = json::array{json::object{{"LoaiDinhDanh", "1"}, {"SoDinhDanh", identity}}};
    out["ThongTinKhac"] = std::string{canary};
    out["TrichYeuHoSo"] =
        "Hồ sơ của " + applicant.full_name + ", " + applicant.address + " " + std::string{canary};
}

json::array fees_of(const Dossier& dossier, const Facts& facts) {
    json::array fees;
    for (std::size_t index = 0; index < dossier.fees.size(); ++index) {
        fees.emplace_back(json::object{
            {"TenPhiLePhi", index == 0 ? "Phí thẩm định" : "Lệ phí"},
            {"MaPhiLePhi", index == 0 ? "PTD01" : "LP01"},
            {"HinhThucThu", "1"},
            {"Gia", std::to_string(fee_amount(dossier, facts, index))},
            {"LoaiPhiLePhi", index == 0 ? "1" : "2"}});
    }
    return fees;
}

void put_kinds(json::object& out, const Dossier& dossier, const Facts& facts) {
    const Procedure& procedure = procedures()[dossier.procedure];
    std::string code;
    append_procedure_code(code, dossier);
    out["MaTTHC"] = code;
    out["TenTTHC"] = spelt(procedure.name, dossier);
    out["MaLinhVuc"] = domain_code(domain_of(procedure));
    out["TenLinhVuc"] = domain_name(domain_of(procedure));
    out["KenhThucHien"] = channel_text(dossier.channel);
    out["LoaiDoiTuong"] = dossier.number % 6 == 0 ? "2" : "1";
    out["TrangThaiHoSo"] = std::to_string(national_status(facts.status));
    out["HinhThuc"] = dossier.channel == Channel::Postal ? "1" : "0";
    out["DonViXuLy"] = unit_name(facts.unit, dossier);
    out["NoiNopHoSo"] = dossier.number % 4 == 0 ? "1" : "2";
}

std::string_view flag_text(const Facts& facts) {
    constexpr std::array<std::string_view, 4> flags = {"0", "1", "2", "3"};
    return flags.at(static_cast<std::size_t>(national_paid_flag(facts)));
}

}  // namespace

void NationalIndex::fill() {
    numbers_.reserve(world_.dossiers.size() * 2);
    for (const Dossier& dossier : world_.dossiers) {
        std::string day;
        append_short_day(day, dossier.coded);
        numbers_.emplace_back(packed(dossier.issuer, day, dossier.sequence), dossier.number);
        numbers_.emplace_back(
            packed(dossier.issuer, day, dossier.recoded_sequence), dossier.number
        );
    }
    std::ranges::sort(numbers_);
}

std::optional<std::uint32_t> NationalIndex::find(std::string_view code, const Snapshot& snapshot) {
    if (numbers_.empty()) {
        fill();
    }
    const auto wanted = packed_code(code);
    if (!wanted) {
        return std::nullopt;
    }
    const auto found =
        std::ranges::lower_bound(numbers_, *wanted, {}, [](const auto& one) { return one.first; });
    if (found == numbers_.end() || found->first != *wanted) {
        return std::nullopt;
    }
    const Dossier& dossier = world_.dossiers[found->second];
    const auto& facts = snapshot.facts(dossier.number);
    if (!facts || national_arrival(world_, dossier) > snapshot.now()) {
        return std::nullopt;
    }
    const std::string listed = code_of(dossier, code_kind(*facts));
    return packed_code(listed) == wanted ? std::optional{dossier.number} : std::nullopt;
}

json::object national_record(const Snapshot& snapshot, std::uint32_t number) {
    const Dossier& dossier = snapshot.world().dossiers[number];
    const Facts& facts = *snapshot.facts(number);
    json::object out{{"MaHoSo", code_of(dossier, code_kind(facts))}};
    if (facts.nation == NationCode::Recoded) {
        out["MaHoSoKhac"] = code_of(dossier, NationCode::Own);
    }
    out["MaDonVi"] = unit_code_text(national_unit(dossier, facts), 0);
    put_kinds(out, dossier, facts);
    put_personal(out, snapshot, dossier);
    put_times(out, dossier, facts);
    out["DuocThanhToanTrucTuyen"] = flag_text(facts);
    out["HoSoCoThanhPhanSoHoa"] = number % 5 != 0 ? "1" : "0";
    out["TaiKhoanDuocXacThucVoiVNeID"] = number % 2 == 0 ? "1" : "0";
    out["GhiChu"] = "";
    out["ThongTinTra"] = "";
    out["DanhSachLePhi"] = fees_of(dossier, facts);
    out["TaiLieuNop"] = json::array{json::object{
        {"TepDinhKemId", number},
        {"TenTepDinhKem", std::string{canary} + ".pdf"},
        {"IsDeleted", "False"},
        {"DuocSoHoa", number % 5 != 0 ? "1" : "0"}}};
    return out;
}

}  // namespace thidua::sandbox
