// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A slice's print: the same while answers and reading are the same, another with any change.
#include "connectors/print.hpp"

#include "connectors/connector.hpp"
#include "tests/connectors/igate_peer.hpp"
#include "tests/connectors/preset.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <set>

namespace thidua::connectors {
namespace {

using test::igate_record;
using test::IgatePeer;

class Print : public testing::Test {
  protected:
    std::uint64_t gather(const std::vector<std::string>& records, const Window& window) {
        const IgatePeer peer(records);
        SourceDescription description = sources_.igate(peer.url());
        description.pagination.size = 2;
        auto slice = Connector::create(description, world_.environment())->gather(window);
        EXPECT_TRUE(slice) << slice.error().message;
        return slice ? slice->print : 0;
    }

    test::World world_;
    test::Sources sources_;
    const Window june_17_{test::day("2024-06-17"), test::day("2024-06-17")};
};

TEST_F(Print, IsTheSameForTheSameAnswersOnly) {
    const std::vector<std::string> records{igate_record(1), igate_record(2), igate_record(3)};
    const std::uint64_t print = gather(records, june_17_);
    EXPECT_NE(print, 0U);
    EXPECT_EQ(gather(records, june_17_), print);
    auto changed = records;
    changed[2] =
        test::replaced(changed[2], R"("dossierStatus":{"id":4)", R"("dossierStatus":{"id":5)");
    EXPECT_NE(gather(changed, june_17_), print) << "one byte of the second page";
    EXPECT_NE(gather({records[1], records[0], records[2]}, june_17_), print) << "another order";
    EXPECT_NE(gather(records, {june_17_.first, test::day("2024-06-18")}), print) << "more days";
}

TEST_F(Print, ChangesWithWhateverDecidesHowAnswersAreRead) {
    using Change = std::function<void(SourceDescription&)>;
    const std::vector<Change> changes{
        [](auto& source) { source.kind = RecordKind::Payments; },
        [](auto& source) { source.pagination.total = "/total"; },
        [](auto& source) { source.cursor.field = "updated_at"; },
        [](auto& source) { source.records = "/data"; },
        [](auto& source) { source.parameters["ancestor_agency_id"] = "2"; },
        [](auto& source) { source.map["due_at"].from = {"/dueDate"}; },
        [](auto& source) { source.map["due_at"].from.push_back("/dueDate"); },
        [](auto& source) { source.map["due_at"].format = TimeFormat::Compact; },
        [](auto& source) { source.map["due_at"].required = true; },
        [](auto& source) { source.map["channel"].values["3"] = "online"; },
        [](auto& source) { source.map["channel"].values["2"] = "online"; },
        [](auto& source) { source.map["channel"].otherwise = "online"; },
        [](auto& source) { source.map["channel"].otherwise.reset(); },
        [](auto& source) { source.map["channel"].unlisted = "online"; },
        [](auto& source) { source.map.erase("applied_at"); },
        [](auto& source) { source.payments.path = "/payments"; },
        [](auto& source) { source.payments.map["gateway"].values.erase("tien-mat"); },
        [](auto& source) { source.joins.clear(); },
        [](auto& source) { source.joins[0].row_key = "/id"; },
        [](auto& source) { source.joins[0].records = "/rows"; },
        [](auto& source) { source.joins[0].map["amount"].from = {"/paid"}; },
        [](auto& source) {
            source.queries.push_back(
                {.path = "/x",
                 .rows = {},
                 .metrics = {},
                 .echoes = {},
                 .children = {},
                 .child_key = {}}
            );
        },
        [](auto& source) { source.errors.push_back({.pointer = "/code", .equals = {"1"}}); },
    };
    const SourceDescription description = sources_.igate("http://127.0.0.1");
    std::set<std::uint64_t> prints{print_of_reading(description)};
    for (const Change& change : changes) {
        SourceDescription changed = description;
        change(changed);
        prints.insert(print_of_reading(changed));
    }
    EXPECT_EQ(prints.size(), changes.size() + 1);
}

TEST_F(Print, IsNotAboutHowAndWhomToAsk) {
    const SourceDescription description = sources_.igate("http://127.0.0.1");
    SourceDescription moved = sources_.igate("http://127.0.0.2");
    moved.pagination.size = 7;
    moved.retry.max_attempts = 1;
    moved.expect.min_rows = 3;
    EXPECT_EQ(print_of_reading(moved), print_of_reading(description));
}

}  // namespace
}  // namespace thidua::connectors
