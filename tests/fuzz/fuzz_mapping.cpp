// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A page of dossiers as an API answers it: whatever comes, nothing crashes; what is kept of it is
// JSON again, reads as the page did, and holds nothing that is no mapped or listed field's.
//
// A record of a person, whose marked texts stand under names that are not listed, is put before the
// records that came, so that in every run there is something to lose.
#include "connectors/keeper.hpp"
#include "connectors/page.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using thidua::check;
using thidua::FieldMap;
using thidua::TimeFormat;
namespace connectors = thidua::connectors;

constexpr std::string_view mark = "CANARY";
constexpr std::size_t depth_max = 64;  // as Fetcher allows
constexpr std::string_view planted =
    R"({"code":"H37.10-240617-0001","nationCode":"000.00.10.H37-240617-0001","id":"1",)"
    R"("procedure":{"code":"1.000049.000.00.00.H37","name":"CANARY"},)"
    R"("agency":{"code":"000.05.10.H37","name":[{"name":"CANARY"}]},)"
    R"("dossierStatus":{"id":4,"name":[{"CANARY":"CANARY"}]},)"
    R"("applyMethod":{"id":{"CANARY":"CANARY"}},"isDVCLT":[{"fullname":"CANARY"}],)"
    R"("acceptedDate":"2024-06-17T09:30:12.000+0700","applicant":{"data":{"fullname":"CANARY"}},)"
    R"("paymentRequestData":{"state":"x","payer":"CANARY","references":["r",{"name":"CANARY"}]},)"
    R"("summary":"CANARY","eForm":"{\"name\":\"CANARY\"}"})";

FieldMap from(std::string pointer, bool is_required = false) {
    FieldMap field;
    field.from = {std::move(pointer)};
    field.required = is_required;
    return field;
}

/// As connectors/presets/igate-dossiers.yaml says, without reading a file.
thidua::SourceDescription igate_dossiers() {
    thidua::SourceDescription description;
    description.name = "igate";
    description.base_url = "https://igate.example";
    description.pagination.type = thidua::Pagination::Type::Page;
    description.pagination.total = "/totalElements";
    description.cursor.field = "accepted_at";
    description.records = "/content";
    FieldMap code;
    code.from = {"/nationCode", "/code"};
    description.map["aliases"] = code;
    code.required = true;
    description.map["code"] = code;
    description.map["id"] = from("/id", true);
    description.map["procedure_code"] = from("/procedure/code", true);
    description.map["unit_code"] = from("/agency/code", true);
    description.map["status"] = from("/dossierStatus/id", true);
    FieldMap channel = from("/applyMethod/id");
    channel.values = {{"0", "online"}, {"1", "direct"}, {"2", "postal"}};
    channel.otherwise = "direct";
    description.map["channel"] = channel;
    description.map["applied_at"] = from("/appliedDate");
    description.map["accepted_at"] = from("/acceptedDate");
    description.map["due_at"] = from("/appointmentDate");
    description.map["finished_at"] = from("/completedDate");
    description.map["updated_at"] = from("/updatedDate");
    description.payments.path = "/paymentRequestData";
    FieldMap state = from("/state");
    state.values = {{"Đã thanh toán", "succeeded"}, {"Chờ thanh toán", "pending"}};
    state.otherwise = "unknown";
    FieldMap gateway = from("/method");
    gateway.values = {{"PayPlatDVCQG", "dvcqg"}, {"tien-mat", "cash"}};
    gateway.otherwise = "none";
    gateway.unlisted = "province";
    description.payments.map["state"] = state;
    description.payments.map["gateway"] = gateway;
    description.payments.map["references"] = from("/references");
    description.payments.map["paid_at"] = from("/paidDate");
    description.keep = {"/isDVCLT", "/applyMethod/id", "/procedure/id"};
    return description;
}

/// What a run has in common with every other.
struct Reading {
    thidua::SourceDescription description = igate_dossiers();
    connectors::PageReader reader = connectors::PageReader::make(description).value();
    connectors::Keeper keeper = connectors::Keeper::make(description).value();
    connectors::Window window{
        thidua::parse_day("2000-01-01").value(), thidua::parse_day("2050-12-31").value()};
};

/// The lines of what was kept are JSON, and come to the same dossiers.
void check_kept(const Reading& reading, const connectors::Page& page) {
    std::string records = R"({"totalElements":1,"content":[)";
    std::size_t count = 0;
    std::string_view lines = page.kept;
    simdjson::dom::parser parser;
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(line.size() + 1);
        connectors::Element whole;
        check(parser.parse(line.data(), line.size()).get(whole) == simdjson::SUCCESS, "kept JSON");
        records += count++ == 0 ? "" : ",";
        constexpr std::string_view before = R"({"record":)";
        records += line.substr(before.size(), line.size() - before.size() - 1);
    }
    records += "]}";
    const connectors::Element root = parser.parse(records).value();
    // What a record was refused for may be of a kind that is not kept, and then nothing is wrong.
    if (!page.rejected.empty()) {
        return;
    }
    const auto again = reading.reader.read(
        connectors::Answer{.root = root}, reading.window, "kept", reading.keeper
    );
    check(again && again->dossiers.size() == page.dossiers.size(), "what is kept reads the same");
    for (std::size_t at = 0; at < page.dossiers.size(); ++at) {
        check(again->dossiers[at].record == page.dossiers[at].record, "each dossier as it was");
    }
}

/// Where only the planted record has the mark, nothing that is kept or told may have it.
void check_silent(const connectors::Page& page) {
    check(page.kept.find(mark) == std::string::npos, "nothing of a person's is kept");
    for (const thidua::Rejected& rejected : page.rejected) {
        check(rejected.record.find(mark) == std::string::npos, "nor of a rejected record");
        check(rejected.reason.find(mark) == std::string::npos, "nor told of");
    }
}

void read(const Reading& reading, std::string_view body, bool is_marked_by_us) {
    simdjson::dom::parser parser;
    check(parser.allocate(64 * 1024, depth_max) == simdjson::SUCCESS, "memory for the parser");
    connectors::Element root;
    if (parser.parse(body.data(), body.size()).get(root) != simdjson::SUCCESS) {
        return;
    }
    for (const thidua::FieldShape& field : connectors::shape_of(root)) {
        check(field.pointer.starts_with('/') && !field.type.empty(), "a shape names its fields");
    }
    const auto page = reading.reader.read(
        connectors::Answer{.root = root}, reading.window, "page 1", reading.keeper
    );
    if (!page) {
        check(page.error().message.find(mark) == std::string::npos, "errors name no values");
        return;
    }
    check(
        page->dossiers.size() + page->rejected.size() <=
            static_cast<std::size_t>(page->facts.records),
        "no record is counted twice"
    );
    check_kept(reading, *page);
    if (is_marked_by_us) {
        check_silent(*page);
    }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Reading reading;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    read(reading, bytes, false);
    // Not where the bytes may have made a mapped field of the mark.
    const bool is_plain = bytes.find("CANAR") == std::string_view::npos &&
                          bytes.find("\\u") == std::string_view::npos;
    std::string body = R"({"totalElements":2,"content":[)";
    body.append(planted).append(",").append(bytes).append("]}");
    read(reading, body, is_plain);
    // The bytes may belong to the person's record, too, before or behind its own fields.
    std::string inside = R"({"totalElements":1,"content":[{)";
    inside.append(bytes).append(",").append(planted.substr(1)).append("]}");
    read(reading, inside, is_plain);
    return 0;
}
