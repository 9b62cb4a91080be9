// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "render.hpp"

#include "people.hpp"
#include "random.hpp"
#include "text.hpp"

#include <string_view>

namespace thidua::sandbox {
namespace {

constexpr std::uint64_t agency_kind = 1;
constexpr std::uint64_t procedure_kind = 2;
constexpr std::uint64_t fee_kind = 3;

constexpr std::array<std::string_view, 11> status_names = {
    "",
    "Mới đăng ký",
    "Được tiếp nhận",
    "Không được tiếp nhận",
    "Đang xử lý",
    "Yêu cầu bổ sung giấy tờ",
    "Yêu cầu thực hiện nghĩa vụ tài chính",
    "Công dân yêu cầu rút hồ sơ",
    "Dừng xử lý",
    "Đã xử lý xong",
    "Đã trả kết quả"};

constexpr std::array<std::string_view, 6> payment_states = {
    "", "Chờ thanh toán", "Chưa thanh toán", "Đã thanh toán", "Đã hoàn phí", "Hủy thanh toán"};
constexpr std::array<std::string_view, 5> payment_methods = {
    "null", R"("PayPlatDVCQG")", R"("VNPTPay")", R"("tien-mat")", R"("chuyen-khoan")"};

void append_names(std::string& out, std::string_view vietnamese, std::string_view english) {
    out += R"([{"languageId":228,"name":)";
    append_json(out, vietnamese);
    if (!english.empty()) {
        out += R"(},{"languageId":46,"name":)";
        append_json(out, english);
    }
    out += "}]";
}

std::string named(std::string_view key, std::string_view vietnamese, std::string_view english) {
    std::string out = R"(,")" + std::string{key} + R"(":)";
    append_names(out, vietnamese, english);
    return out;
}

/// The three spellings that sources send: composed, decomposed, and with no-break spaces.
std::array<std::string, 3> spellings(std::string_view key, std::string_view name) {
    return {
        named(key, name, ""),
        named(key, decomposed(name), ""),
        named(key, with_no_break_spaces(name), "")};
}

/// Mostly composed; a few records come in the two awkward spellings.
std::size_t spelling_of(const Dossier& dossier) {
    const std::uint32_t dice = dossier.number % 16;
    return dice == 3 ? 1 : dice == 9 ? 2 : 0;
}

void append_date(std::string& out, std::string_view key, const std::optional<Instant>& at) {
    out += key;
    if (!at) {
        out += "null";
        return;
    }
    out += '"';
    append_igate(out, *at);
    out += '"';
}

void append_channel(std::string& out, const Dossier& dossier) {
    switch (dossier.channel) {
        case Channel::Online:
            out += R"({"id":0,"name":[{"languageId":228,"name":"Trực tuyến"},)"
                   R"({"languageId":46,"name":"Online"}]})";
            return;
        case Channel::Direct:
            out += R"({"id":1,"name":[{"languageId":228,"name":"Trực tiếp"},)"
                   R"({"languageId":46,"name":"Direct"}]})";
            return;
        case Channel::Postal:
            out += R"({"id":2,"name":[{"languageId":228,"name":"Bưu chính công ích"}]})";
            return;
        case Channel::Unsaid:
            out += dossier.number % 2 == 0 ? "null" : R"({"id":null,"name":[]})";
            return;
    }
}

}  // namespace

void append_object_id(std::string& out, std::uint64_t kind, std::uint64_t index) {
    append_hex(out, 0x64000000U + kind, 8);
    append_hex(out, mix(kind * 0x10001U + index), 8);
    append_hex(out, index, 8);
}

void append_row_id(std::string& out, const RowId& id) {
    append_hex(out, id.seconds, 8);
    append_hex(out, id.hash, 8);
    append_hex(out, id.number, 8);
}

void append_agency_id(std::string& out, UnitIndex unit) {
    append_object_id(out, agency_kind, unit);
}

std::string_view unit_code_text(UnitIndex unit, std::uint8_t dice) {
    if (unit == unmapped_unit) {
        return "H37.10.77";
    }
    const Unit& named = units()[unit];
    if (unit < first_branch) {
        return dice < 70 ? named.code : named.old_code;
    }
    if (dice < 75) {
        return named.code;
    }
    return named.aliases.at(dice < 95 ? 0 : 1);
}

void append_procedure_code(std::string& out, const Dossier& dossier) {
    constexpr std::array<std::string_view, 3> suffixes = {"", ".H37", ".000.00.00.H37"};
    out += sandbox::procedures()[dossier.procedure].code;
    out += suffixes.at(dossier.procedure_form);
}

std::string spelt(std::string_view name, const Dossier& dossier) {
    switch (spelling_of(dossier)) {
        case 1:
            return decomposed(name);
        case 2:
            return with_no_break_spaces(name);
        default:
            return std::string{name};
    }
}

std::string unit_name(UnitIndex unit, const Dossier& dossier) {
    return unit == unmapped_unit ? "Đơn vị chưa rõ" : spelt(units()[unit].name, dossier);
}

Renderer::Renderer(const World& world) : world_{world} {
    for (const Procedure& procedure : sandbox::procedures()) {
        procedures_.push_back(spellings("translate", procedure.name));
    }
    for (const Unit& unit : units()) {
        agencies_.push_back(spellings("name", unit.name));
    }
    agencies_.push_back(spellings("name", "Đơn vị chưa rõ"));
    for (std::size_t id = 0; id < status_names.size(); ++id) {
        statuses_.push_back(
            R"({"id":)" + std::to_string(id) + named("name", status_names.at(id), "Status") + "}"
        );
    }
}

void Renderer::append_dossier(std::string& out, Row row, const Facts& facts) const {
    const Dossier& dossier = world_.dossiers[row.dossier];
    out += R"({"id":")";
    append_row_id(out, id_of(world_, row));
    out += '"';
    append_codes(out, row, facts);
    append_agency(out, dossier, facts);
    append_times(out, dossier, facts);
    append_kinds(out, dossier, facts);
    append_payment(out, dossier, facts);
    append_personal(out, dossier, facts);
    out += '}';
}

void Renderer::append_codes(std::string& out, Row row, const Facts& facts) const {
    const Dossier& dossier = world_.dossiers[row.dossier];
    if (row.second && !dossier.twin) {
        out += R"(,"code":")";
        append_duplicate_code(out, dossier);
        out += '"';
        return;
    }
    if (row.second) {
        out += R"(,"code":null)";
    } else {
        out += R"(,"code":")";
        append_code(out, dossier);
        out += '"';
    }
    if (facts.nation != NationCode::Absent) {
        out += R"(,"nationCode":")";
        append_nation_code(out, dossier, facts.nation);
        out += '"';
    } else if (dossier.number % 2 == 0) {  // the key is null, or not there
        out += R"(,"nationCode":null)";
    }
}

void Renderer::append_agency(std::string& out, const Dossier& dossier, const Facts& facts) const {
    out += R"(,"agency":{"id":")";
    append_agency_id(out, facts.unit);
    out += R"(","code":")";
    out += unit_code_text(facts.unit, dossier.unit_dice);
    out += '"';
    out += agencies_[facts.unit].at(spelling_of(dossier));
    out += '}';
}

void Renderer::append_times(std::string& out, const Dossier& dossier, const Facts& facts) const {
    const std::optional<Instant> none;
    append_date(out, R"(,"appliedDate":)", dossier.applied);
    append_date(out, R"(,"acceptedDate":)", facts.accepted ? dossier.accepted : none);
    append_date(
        out,
        R"(,"appointmentDate":)",
        facts.accepted ? std::optional{appointment_of(dossier)} : none
    );
    append_date(out, R"(,"completedDate":)", facts.completed);
    append_date(out, R"(,"updatedDate":)", facts.updated);
}

void Renderer::append_kinds(std::string& out, const Dossier& dossier, const Facts& facts) const {
    out += R"(,"procedure":{"id":")";
    append_object_id(out, procedure_kind, dossier.procedure);
    out += R"(","code":")";
    append_procedure_code(out, dossier);
    out += '"';
    out += procedures_[dossier.procedure].at(spelling_of(dossier));
    out += R"(},"applyMethod":)";
    append_channel(out, dossier);
    out += R"(,"dossierStatus":)";
    out += statuses_[facts.status];
}

void Renderer::append_payment(std::string& out, const Dossier& dossier, const Facts& facts) const {
    out += R"(,"paymentRequestData":)";
    if (facts.payment == PaymentState::None) {
        out += "null";
        return;
    }
    out += R"({"state":")";
    out += payment_states.at(static_cast<std::size_t>(facts.payment));
    out += R"(","method":)";
    out += payment_methods.at(static_cast<std::size_t>(facts.method));
    out += R"(,"references":[)";
    for (std::size_t index = 0; index < facts.references; ++index) {
        out += index == 0 ? "\"" : ",\"";
        out += world_.references[dossier.first_reference + index].code;
        out += '"';
    }
    const bool paid =
        facts.payment == PaymentState::Paid || facts.payment == PaymentState::Refunded;
    append_date(out, R"(],"paidDate":)", paid ? dossier.paid : std::nullopt);
    out += '}';
}

void Renderer::append_personal(std::string& out, const Dossier& dossier, const Facts& facts) const {
    const Person& applicant = person_of(world_.seed, dossier.number, 0);
    const Person& officer = person_of(world_.seed, dossier.number, 1);
    const Person& assignee = person_of(world_.seed, dossier.number, 2);
    const auto put = [&out](std::string_view before, std::string_view value) {
        out += before;
        out += value;
    };
    put(R"(,"applicant":{"data":{"fullname":")", applicant.full_name);
    put(R"(","phoneNumber":")", applicant.phone);
    put(R"(","identityNumber":")", applicant.identity_number);
    put(R"(","email":")", applicant.email);
    put(R"(","address":")", applicant.address);
    put(R"(","note":")", canary);
    out += R"("}})";
    if (facts.accepted) {
        put(R"(,"accepter":{"fullname":")", officer.full_name);
        out += R"("})";
    }
    put(R"(,"eForm":{"data":{"ownerFullname":")", applicant.full_name);
    put(R"(","remark":")", canary);
    put(R"("}},"summary":"Hồ sơ của )", applicant.full_name);
    put(", ", applicant.address);
    put(R"(","trichYeu":")", canary);
    const bool object = dossier.number % 5 == 2;
    put(R"(","currentTask":)", object ? "{" : "[{");
    put(R"("name":"Xử lý","assignee":{"fullname":")", assignee.full_name);
    put(R"(","phoneNumber":")", assignee.phone);
    out += object ? R"("}})" : R"("}}])";
    out += R"(,"isDVCLT":false)";
}

void Renderer::append_fees(std::string& out, Row row, const Facts& facts) const {
    const Dossier& dossier = world_.dossiers[row.dossier];
    for (std::size_t index = 0; index < dossier.fees.size(); ++index) {
        const std::string amount = std::to_string(fee_amount(dossier, facts, index)) + ".0";
        out += R"({"id":")";
        append_object_id(out, fee_kind + index, id_of(world_, row).number);
        out += R"(","procost":{"id":")";
        append_object_id(out, fee_kind, index);
        out += R"(","type":{"id":")";
        append_object_id(out, fee_kind, index + 8);
        out += R"(","type":111,"name":[{"languageId":228,"name":")";
        out += index == 0 ? "Phí thẩm định" : "Lệ phí";
        out += R"("}]}},"amount":)";
        out += amount;
        out += R"(,"quantity":1,"paid":)";
        out += facts.payment == PaymentState::Paid ? amount : "0.0";
        out += R"(,"required":1,"dossier":{"id":")";
        append_row_id(out, id_of(world_, row));
        out += R"("}},)";
    }
}

}  // namespace thidua::sandbox
