// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// One mistake a row: a description that cannot be carried out is refused before anybody is asked.
#include "connectors/check.hpp"

#include "connectors/connector.hpp"
#include "tests/connectors/preset.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <ostream>

namespace thidua::connectors {
namespace {

TEST(CheckSource, TakesThePresets) {
    const test::Sources sources;
    for (const SourceDescription& source :
         {sources.igate("https://api.example.vn"),
          sources.reporting("https://dichvucong.gov.vn"),
          sources.platform("https://pay.example.vn")}) {
        const auto checked = check_source(source);
        EXPECT_TRUE(checked) << checked.error().message;
    }
}

struct MistakeCase {
    std::string name;
    std::function<void(SourceDescription&)> make;  ///< in the iGate preset
    std::string words;

    friend void PrintTo(const MistakeCase& row, std::ostream* out) { *out << row.name; }
};

class Mistake : public testing::TestWithParam<MistakeCase> {};

TEST_P(Mistake, IsAConfigError) {
    const test::Sources sources;
    SourceDescription source = sources.igate("https://api.example.vn");
    GetParam().make(source);
    const auto connector = Connector::create(source, test::World().environment());
    ASSERT_FALSE(connector);
    EXPECT_EQ(connector.error().kind, ErrorKind::Config);
    EXPECT_NE(connector.error().message.find(GetParam().words), std::string::npos)
        << connector.error().message;
}

using Source = SourceDescription;
const MistakeCase mistake_cases[] = {
    {"NoUrl", [](Source& s) { s.base_url = "example.vn"; }, "base_url"},
    {"LinkLocal", [](Source& s) { s.base_url = "http://169.254.1.1"; }, "link-local"},
    {"UserInUrl", [](Source& s) { s.base_url = "https://a:b@c.vn"; }, "secrets belong into files"},
    {"TokenUrl", [](Source& s) { s.auth.token_url = "ftp://x/"; }, "auth.token_url"},
    {"NoClient", [](Source& s) { s.auth.client_id.clear(); }, "client_id"},
    {"UnknownField", [](Source& s) { s.map["colour"] = {}; }, "map.colour"},
    {"UnknownWord", [](Source& s) { s.map["channel"].otherwise = "fax"; }, "map.channel"},
    {"UnknownWordInAList",
     [](Source& s) { s.payments.map["gateway"].values["x"] = "gold"; },
     "payments.map.gateway"},
    {"NoCode", [](Source& s) { s.map.erase("code"); }, "map.code"},
    {"BadPointer", [](Source& s) { s.map["code"].from = {"code"}; }, "no JSON pointer"},
    {"BadRecords", [](Source& s) { s.records = "content"; }, "records.path"},
    {"NoTotal", [](Source& s) { s.pagination.total.clear(); }, "pagination.total_path"},
    {"NoFilter", [](Source& s) { s.cursor.field = "code"; }, "cursor.field"},
    {"OtherSlices", [](Source& s) { s.slicing.type = Slicing::Type::Lookup; }, "cursor.field"},
    {"UnknownPlaceholder",
     [](Source& s) { s.request.query.emplace_back("x", "{pgae}"); },
     "{pgae} stands for nothing"},
    {"PlaceholderOfOthers",
     [](Source& s) { s.request.query.emplace_back("x", "{key}"); },
     "{key} stands for nothing"},
    {"MissingParameter", [](Source& s) { s.parameters.clear(); }, "{ancestor_agency_id}"},
    {"Method", [](Source& s) { s.request.method = "DELETE"; }, "request.method"},
    {"NoAttempts", [](Source& s) { s.retry.max_attempts = 0; }, "retry.max_attempts"},
    {"NoTimeout", [](Source& s) { s.timeout = {}; }, "timeout"},
    {"JoinKey", [](Source& s) { s.joins.at(0).key = "code"; }, "joins.key"},
    {"JoinWithoutId", [](Source& s) { s.map.erase("id"); }, "joins.key"},
    {"HalfASignature", [](Source& s) { s.request.verify = Signature{}; }, "request.verify"},
    {"ErrorRule", [](Source& s) { s.errors.push_back({.pointer = "/code"}); }, "errors"},
};

INSTANTIATE_TEST_SUITE_P(Check, Mistake, testing::ValuesIn(mistake_cases), test::case_name<MistakeCase>);

}  // namespace
}  // namespace thidua::connectors
