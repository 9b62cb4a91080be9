// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Catalogues of procedures: as a whole, and procedure by procedure, by the shipped presets and by
// a description of a test's own.
#include "connectors/check.hpp"
#include "connectors/connector.hpp"
#include "connectors/plan.hpp"
#include "tests/connectors/preset.hpp"
#include "tests/support/http_peer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace thidua::connectors {
namespace {

using test::HttpPeer;
using test::PeerReply;
using test::PeerRequest;

const Window all_days{test::day("2024-06-07"), test::day("2024-12-31")};

/// An adapter of the national portal: a login, then `answers` by what the question holds.
HttpPeer::Answer adapter(std::map<std::string, std::string> answers) {
    return [answers = std::move(answers)](const PeerRequest& request) -> PeerReply {
        if (request.path == "/dvcqg/auth") {
            return test::json(R"({"session":"s-1","error_code":0})");
        }
        for (const auto& [asked, answer] : answers) {
            if (request.body.find(asked) != std::string::npos) {
                return test::json(answer);
            }
        }
        return test::json(R"({"error_code":"0","message":"Không tìm thấy thủ tục hành chính"})");
    };
}

class Procedures : public testing::Test {
  protected:
    SourceDescription national(const std::string& preset, const std::string& url) const {
        return test::preset(
            preset,
            fmt::format(
                "base_url: {}\nauth: {{username: thidua, password_file: {}}}\n"
                "parameters: {{unit: 000.00.10.H37}}\n",
                url,
                sources_.secret_file().string()
            )
        );
    }

    Result<Slice> gather(const SourceDescription& description) {
        auto connector = Connector::create(description, world_.environment());
        return connector ? connector->gather(all_days) : std::unexpected(connector.error());
    }

    Result<Slice> look_up(
        const SourceDescription& description, const std::vector<std::string>& codes
    ) {
        auto connector = Connector::create(description, world_.environment());
        return connector ? connector->look_up(codes) : std::unexpected(connector.error());
    }

    test::World world_;
    test::Sources sources_;
};

TEST_F(Procedures, OfTheWholeListOfServicesAreOfferedOnlineByTheUnitsThatItNames) {
    const HttpPeer peer(adapter({{"LayDVC", R"({"error_code":"00","result":{"data":[
        {"MADVC":"1.000049.01","MATTHC":"1.000049.000.00.00.H37","TENTTHC":" Tên một ",
         "APDUNGDVC":[{"MADONVI":"000.05.10.H37"},{"MADONVI":"H37.10"},{"MADONVI":"H37.10.05"}]},
        {"MADVC":"2.000001.01","MATTHC":"2.000001","TENTTHC":"Tên hai","APDUNGDVC":[]},
        {"MADVC":"1.000049.02","MATTHC":"1.000049.H37","TENTTHC":"Tên khác",
         "APDUNGDVC":[{"MADONVI":"H37.10.06"}]}]}})"}}));
    const auto slice = gather(national("dvcqg-services", peer.url()));
    ASSERT_TRUE(slice) << slice.error().message;
    EXPECT_EQ(slice->key, "whole");
    const std::vector<ProcedureRecord> expected{
        {"1.000049", "Tên một", Level::Partial, std::nullopt, {"H37.10", "H37.10.05", "H37.10.06"}},
        {"2.000001", "Tên hai", Level::Partial, std::nullopt, {}}};
    EXPECT_EQ(slice->procedures, expected);
    EXPECT_TRUE(slice->rejected.empty());
}

struct FeeCase {
    std::string name;
    std::string ways;  ///< CACHTHUCTHUCHIEN
    std::optional<bool> fee_bearing;
};

TEST_F(Procedures, BearAFeeIfAnyAmountAnywhereIsAboveNothing) {
    const std::string none = R"({"THOIGIAN":[{"PHILEPHI":[]}]})";
    const auto way = [](const std::string& amounts) {
        return R"({"THOIGIAN":[{"PHILEPHI":[)" + amounts + "]}]}";
    };
    const FeeCase cases[] = {
        {"None", none, std::nullopt},
        {"Nothing", way(R"({"SOTIEN":"0"},{"SOTIEN":""})"), false},
        {"NothingInAWord", way(R"({"SOTIEN":"Không"})"), false},
        {"TheSecondOfTheSecond", none + "," + way(R"({"SOTIEN":"0"},{"SOTIEN":"450000"})"), true},
        {"ANumber", way(R"({"SOTIEN":20000})"), true},
        {"AWordThatLeavesItOpen", way(R"({"SOTIEN":"Theo nghị quyết"},{"SOTIEN":"0"})"), {}},
        {"AWordBesideAnAmount", way(R"({"SOTIEN":"Theo nghị quyết"},{"SOTIEN":"1"})"), true},
        {"Null", way(R"({"SOTIEN":null})"), std::nullopt},
    };
    for (const FeeCase& each : cases) {
        SCOPED_TRACE(each.name);
        const HttpPeer peer(adapter(
            {{"1.000049",
              R"({"error_code":0,"result":[{"MATTHC":"1.000049","TENTTHC":"Tên",)"
              R"("CACHTHUCTHUCHIEN":[)" +
                  each.ways + R"(],"COQUANTHUCHIEN":[{"MADONVI":"000.00.10.H37"}]}]})"}}
        ));
        const auto slice =
            look_up(national("dvcqg-procedures", peer.url()), {"1.000049", "9.999999"});
        ASSERT_TRUE(slice) << slice.error().message;
        ASSERT_EQ(slice->procedures.size(), 1U);
        EXPECT_EQ(slice->procedures[0].fee_bearing, each.fee_bearing);
        EXPECT_EQ(slice->procedures[0].level, std::nullopt) << "which this service does not tell";
        EXPECT_EQ(slice->procedures[0].unit_codes, std::vector<std::string>{"H37.10"});
        ASSERT_EQ(slice->asked.size(), 2U);
        EXPECT_TRUE(slice->asked[0].is_known);
        EXPECT_FALSE(slice->asked[1].is_known);
    }
}

TEST_F(Procedures, AnAnswerAboutAnotherOneIsNotBelieved) {
    const HttpPeer peer(adapter(
        {{"1.000049", R"({"error_code":0,"result":[{"MATTHC":"1.000050","TENTTHC":"Tên"}]})"},
         {"1.000051", R"({"error_code":0,"result":[{"MATTHC":"1.000051","TENTTHC":"Tên"}]})"}}
    ));
    const auto slice = look_up(national("dvcqg-procedures", peer.url()), {"1.000049", "1.000051"});
    ASSERT_TRUE(slice) << slice.error().message;
    ASSERT_EQ(slice->procedures.size(), 1U);
    EXPECT_EQ(slice->procedures[0].code, "1.000051");
    ASSERT_EQ(slice->rejected.size(), 1U);
    EXPECT_EQ(slice->rejected[0].reason, "the answer is about another procedure");
}

/// A province's own catalogue: pages, levels in its own words, a flag for the fee.
SourceDescription provincial(const std::string& url, const std::string& more = "") {
    return test::described(fmt::format(
        "kind: procedures\n"
        "base_url: {}\n"
        "slicing: {{type: whole}}\n"
        "request: {{path: /tthc, query: {{page: '{{page}}', size: '{{size}}'}}}}\n"
        "pagination: {{type: page, size: 2, total_path: /total}}\n"
        "records: {{path: /items}}\n"
        "map:\n"
        "  code: {{from: /ma, required: true}}\n"
        "  name: /ten\n"
        "  level: {{from: /mucDo, values: {{'4': full, '3': partial, '2': information}}}}\n"
        "  fee_bearing: {{from: /coPhi, values: {{'true': 'yes', 'false': 'no'}}}}\n"
        "  unit_codes: [/donVi, /phoiHop/ma]\n{}",
        url,
        more
    ));
}

std::string page(const PeerRequest& request, const std::vector<std::string>& items) {
    const std::size_t size = std::stoul(request.query.at("size"));
    const std::size_t first = std::stoul(request.query.at("page")) * size;
    std::string text;
    for (std::size_t at = first; at < std::min(first + size, items.size()); ++at) {
        text += (text.empty() ? "" : ",") + items[at];
    }
    return fmt::format(R"({{"total":{},"items":[{}]}})", items.size(), text);
}

TEST_F(Procedures, AProvincesOwnCatalogueNeedsNoMoreThanItsDescription) {
    const std::vector<std::string> items{
        R"({"ma":"1.1","ten":"Một","mucDo":4,"coPhi":true,"donVi":"H37.10.05"})",
        R"({"ma":"1.2","ten":"Hai","mucDo":"2","coPhi":false,"phoiHop":[{"ma":"H37.10.06"},{"ma":"H37.10.05"}]})",
        R"({"ma":"1.3"})"};
    const HttpPeer peer([&](const PeerRequest& request) { return test::json(page(request, items)); }
    );
    const auto slice = gather(provincial(peer.url()));
    ASSERT_TRUE(slice) << slice.error().message;
    EXPECT_EQ(slice->declared_total, 3);
    const std::vector<ProcedureRecord> expected{
        {"1.1", "Một", Level::Full, true, {"H37.10.05"}},
        {"1.2", "Hai", Level::Information, false, {"H37.10.05", "H37.10.06"}},
        {"1.3", "", std::nullopt, std::nullopt, {}}};
    EXPECT_EQ(slice->procedures, expected);
}

TEST_F(Procedures, AWordThatIsNotListedCostsItsRecordAndMovedRecordsTheSlice) {
    std::vector<std::string> items{R"({"ma":"1.1","mucDo":"toàn trình"})", R"({"ma":"1.2"})"};
    const HttpPeer peer([&](const PeerRequest& request) { return test::json(page(request, items)); }
    );
    const auto slice = gather(provincial(peer.url()));
    ASSERT_TRUE(slice) << slice.error().message;
    EXPECT_EQ(slice->procedures.size(), 1U);
    ASSERT_EQ(slice->rejected.size(), 1U);
    EXPECT_EQ(slice->rejected[0].where, "page 1: /items/0");
    EXPECT_EQ(slice->rejected[0].reason, "/mucDo: a text that the mapping does not list");
    const auto moved = gather(provincial(peer.url(), "expect: {}\n"));
    ASSERT_TRUE(moved);
    auto description = provincial(peer.url());
    description.records = "/rows";
    const auto lost = gather(description);
    ASSERT_FALSE(lost);
    EXPECT_NE(lost.error().message.find("/rows: not an array of records"), std::string::npos);
}

TEST(PlanPull, ACatalogueIsAskedForAsAWholeWheneverItIsPulled) {
    SourceDescription description;
    description.kind = RecordKind::Procedures;
    description.slicing.type = Slicing::Type::Whole;
    const Instant now = test::at("2024-05-01T05:00:00+07:00");
    const PullPlan plan = plan_pull(
        description, all_days.first, all_days.last, {now, now}, now + std::chrono::hours{1}
    );
    ASSERT_EQ(plan.windows, std::vector{all_days}) << "also before the campaign";
    EXPECT_EQ(key_of(description, plan.windows[0]), "whole");
    EXPECT_EQ(window_of("whole"), std::nullopt);
}

struct ShapeCase {
    std::string yaml;
    std::string error;
};

TEST(CheckSource, ProceduresAreWholeOrLookedUpAndNothingElseIs) {
    const std::string base =
        "base_url: http://127.0.0.1:1\nmap: {code: /ma, unit_code: /dv}\nrecords: {path: /r}\n";
    const std::string catalogue =
        "kind: procedures\nbase_url: http://127.0.0.1:1\nmap: {code: /ma}\n";
    const ShapeCase cases[] = {
        {catalogue + "slicing: {type: whole}\n", ""},
        {catalogue + "slicing: {type: lookup}\nfor_each: {item: procedure}\n", ""},
        {catalogue + "slicing: {type: month}\n", "slicing.type: procedures: whole, or lookup"},
        {catalogue + "slicing: {type: lookup}\nfor_each: {source: tthc, item: dossier}\n",
         "slicing.type: procedures: whole, or lookup"},
        {"kind: dossiers\n" + base + "slicing: {type: whole}\n", "kind: only procedures"},
        {"kind: dossiers\n" + base + "slicing: {type: lookup}\nfor_each: {item: procedure}\n",
         "kind: only procedures"},
    };
    for (const ShapeCase& each : cases) {
        SCOPED_TRACE(each.yaml);
        const auto checked = check_source(test::described(each.yaml));
        const std::string message = checked ? "" : checked.error().message;
        EXPECT_EQ(checked.has_value(), each.error.empty()) << message;
        EXPECT_NE(message.find(each.error), std::string::npos) << message;
    }
}

}  // namespace
}  // namespace thidua::connectors
