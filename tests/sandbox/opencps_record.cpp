// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "opencps_record.hpp"

#include "json_text.hpp"
#include "people.hpp"
#include "render.hpp"

#include <boost/json.hpp>

#include <array>
#include <cstdlib>

namespace thidua::sandbox {
namespace {

namespace json = boost::json;

constexpr std::uint32_t first_dossier_id = 10'001;

std::string reference_uid(const World& world, std::uint32_t dossier) {
    std::string uid;
    append_row_id(uid, id_of(world, {.dossier = dossier, .second = false}));
    return uid;
}

std::string code_of(const Dossier& dossier) {
    std::string code;
    append_code(code, dossier);
    return code;
}

std::string_view sub_status(const Facts& facts) {
    return facts.status == status::fee_due ? "paying" : "";
}

void put_channel(json::object& out, Channel channel) {
    switch (channel) {
        case Channel::Online:
            out["online"] = "true";
            out["viaPostal"] = "0";
            break;
        case Channel::Direct:
            out["online"] = "false";
            out["viaPostal"] = "0";
            break;
        case Channel::Postal:  // said to be online, but by post
            out["online"] = "true";
            out["viaPostal"] = "2";
            break;
        case Channel::Unsaid:
            out["online"] = "";
            out["viaPostal"] = "";
            break;
    }
}

void put_dates(json::object& out, const Dossier& dossier, const Facts& facts) {
    const std::optional<Instant> none;
    const auto updated_if = [&facts, none](bool condition) {
        return condition ? std::optional{facts.updated} : none;
    };
    out["submitDate"] = slashed(dossier.applied);
    out["receiveDate"] = slashed(facts.accepted ? dossier.accepted : none);
    out["dueDate"] = slashed(facts.accepted ? std::optional{appointment_of(dossier)} : none);
    out["releaseDate"] = slashed(facts.completed);
    out["finishDate"] = slashed(updated_if(facts.status == status::returned));
    out["cancellingDate"] = slashed(updated_if(facts.status == status::withdrawn));
    out["modifiedDate"] = slashed(facts.updated);
}

void put_personal(json::object& out, const Snapshot& snapshot, std::uint32_t number) {
    const Person& applicant = person_of(snapshot.world().seed, number, 0);
    out["applicantName"] = applicant.full_name;
    out["applicantIdNo"] = applicant.identity_number;
    out["applicantIdDate"] = "01/01/2015 00:00:00";
    out["address"] = applicant.address;
    out["contactTelNo"] = applicant.phone;
    out["contactEmail"] = applicant.email;
    out["briefNote"] = "Hồ sơ của " + applicant.full_name + " " + std::string{canary};
}

/// Gateways of the province's own go by several names.
std::string_view payment_method(const Dossier& dossier, PaymentMethod method) {
    constexpr std::array<std::string_view, 3> own = {"ViettelPay", "Paygov", "KeyPayLate"};
    switch (method) {
        case PaymentMethod::None:
            return "";
        case PaymentMethod::Platform:
            return "PayPlatDVCQG";
        case PaymentMethod::Vnpt:
            return own.at(dossier.number % own.size());
        case PaymentMethod::Cash:
            return "Tiền mặt";
        case PaymentMethod::Transfer:
            return "Chuyển khoản";
    }
    return "";
}

/// 1 to be paid, 2 settled by the unit, 3 paid otherwise, 5 paid through a gateway.
std::int64_t payment_status(const Facts& facts) {
    const bool paid =
        facts.payment == PaymentState::Paid || facts.payment == PaymentState::Refunded;
    if (!paid) {
        return facts.payment == PaymentState::Cancelled ? 2 : 1;
    }
    const bool by_gateway =
        facts.method == PaymentMethod::Platform || facts.method == PaymentMethod::Vnpt;
    return by_gateway ? 5 : 3;
}

/// The reference whose success was confirmed, otherwise the one named last.
const Reference* confirmed_reference(
    const Snapshot& snapshot, const Dossier& dossier, const Facts& facts
) {
    const Reference* last = nullptr;
    for (std::size_t index = 0; index < facts.references; ++index) {
        last = &snapshot.world().references[dossier.first_reference + index];
        const auto state = platform_state_at(*last, snapshot.now());
        if (state && state->state == 1) {
            break;
        }
    }
    return last;
}

std::string confirm_payload(const Snapshot& snapshot, const Reference& reference) {
    const auto state = platform_state_at(reference, snapshot.now());
    const json::object payload{
        {"LoaiBanTin", "CONFIRM"},
        {"MaThamChieu", reference.code},
        {"SoTien", std::to_string(reference.amount)},
        {"ThoiGianGD", state ? to_compact(state->at) : std::string{}},
        {"HoTenNguoiNop", person_of(snapshot.world().seed, reference.dossier, 0).full_name}};
    return json::serialize(payload);
}

std::string payment_profile(const Dossier& dossier) {
    const json::object profile{
        {"ppDvcqg",
         json::object{
             {"MaDoiTac", "LANGSON"},
             {"secretKey", "secret-" + std::string{canary}},
             {"dossierNo", code_of(dossier)}}}};
    return json::serialize(profile);
}

std::int64_t total_fee(const Dossier& dossier, const Facts& facts) {
    std::int64_t total = 0;
    for (std::size_t index = 0; index < dossier.fees.size(); ++index) {
        total += fee_amount(dossier, facts, index);
    }
    return total;
}

}  // namespace

std::string_view opencps_status(const Dossier& dossier, const Facts& facts) {
    constexpr std::array<std::string_view, 11> words = {
        "",
        "new",
        "receiving",
        "denied",
        "processing",
        "waiting",
        "waiting",
        "cancelled",
        "unresolved",
        "releasing",
        "done"};
    if (facts.status == status::processing && dossier.number % 7 == 0) {
        return "interoperating";
    }
    if (facts.status == status::done && dossier.channel == Channel::Postal) {
        return "posting";
    }
    return words.at(facts.status);
}

json::object opencps_dossier(const Snapshot& snapshot, std::uint32_t number) {
    const Dossier& dossier = snapshot.world().dossiers[number];
    const Facts& facts = *snapshot.facts(number);
    std::string service;
    append_procedure_code(service, dossier);
    const Procedure& procedure = procedures()[dossier.procedure];
    json::object out{
        {"dossierId", std::to_string(first_dossier_id + number)},
        {"referenceUid", reference_uid(snapshot.world(), number)},
        {"dossierNo", code_of(dossier)},
        {"serviceCode", service},
        {"serviceName", spelt(procedure.name, dossier)},
        {"govAgencyCode", unit_code_text(facts.unit, dossier.unit_dice)},
        {"govAgencyName", unit_name(facts.unit, dossier)},
        {"dossierStatus", opencps_status(dossier, facts)},
        {"dossierStatusText", spelt("Trạng thái hồ sơ", dossier)},
        {"dossierSubStatus", sub_status(facts)},
        {"dossierOverdue", ""},
        {"counter", "0"}};
    put_channel(out, dossier.channel);
    put_dates(out, dossier, facts);
    put_personal(out, snapshot, number);
    return out;
}

json::object opencps_payment(const Snapshot& snapshot, std::uint32_t number) {
    const Dossier& dossier = snapshot.world().dossiers[number];
    const Facts& facts = *snapshot.facts(number);
    const Person& applicant = person_of(snapshot.world().seed, number, 0);
    const Reference* reference = confirmed_reference(snapshot, dossier, facts);
    const bool paid = payment_status(facts) >= 3;
    const std::string fee = dossier.fees.empty() ? "" : std::to_string(total_fee(dossier, facts));
    const std::string confirmed = slashed(paid ? dossier.paid : std::nullopt);
    return {
        {"referenceUid", reference_uid(snapshot.world(), number)},
        {"govAgencyCode", unit_code_text(facts.unit, dossier.unit_dice)},
        {"paymentFee", "Phí thẩm định"},
        {"paymentAmount", total_fee(dossier, facts)},
        {"advanceAmount", "0"},
        {"feeAmount", fee},
        {"serviceAmount", "0"},
        {"shipAmount", "0"},
        {"paymentStatus", payment_status(facts)},
        {"paymentMethod", payment_method(dossier, facts.method)},
        {"confirmDatetime", confirmed},
        {"approveDatetime", confirmed},
        {"confirmPayload", reference != nullptr ? confirm_payload(snapshot, *reference) : ""},
        {"epaymentProfile", payment_profile(dossier)},
        {"invoiceNo", ""},
        {"applicantName", applicant.full_name},
        {"applicantIdNo", applicant.identity_number}};
}

std::optional<std::uint32_t> opencps_find(const Snapshot& snapshot, std::string_view id) {
    constexpr std::size_t uid_length = 24;
    const auto count = static_cast<std::int64_t>(snapshot.world().dossiers.size());
    std::optional<std::int64_t> found;
    if (id.size() == uid_length) {
        const std::string digits{id.substr(uid_length - 8)};
        found = static_cast<std::int64_t>(std::strtoul(digits.c_str(), nullptr, 16) / 2);
    } else if (const auto number = whole_number(id)) {
        found = *number - first_dossier_id;
    }
    if (!found || *found < 0 || *found >= count) {
        return std::nullopt;
    }
    const auto dossier = static_cast<std::uint32_t>(*found);
    const bool same = id.size() != uid_length || reference_uid(snapshot.world(), dossier) == id;
    return same && snapshot.facts(dossier) ? std::optional{dossier} : std::nullopt;
}

std::optional<Day> parse_slashed_day(std::string_view text) {
    if (text.size() != 10 || text[2] != '/' || text[5] != '/') {
        return std::nullopt;
    }
    std::string turned{text.substr(6)};
    turned += '-';
    turned += text.substr(3, 2);
    turned += '-';
    turned += text.substr(0, 2);
    return parse_day(turned);
}

std::string slashed(const std::optional<Instant>& at) {
    if (!at) {
        return {};
    }
    const std::string text = to_compact(*at);  // yyyyMMddHHmmss
    std::string out;
    const auto put = [&out, &text](std::size_t from, std::size_t count, std::string_view after) {
        out += text.substr(from, count);
        out += after;
    };
    put(6, 2, "/");
    put(4, 2, "/");
    put(0, 4, " ");
    put(8, 2, ":");
    put(10, 2, ":");
    put(12, 2, "");
    return out;
}

}  // namespace thidua::sandbox
