// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The configuration's procedures, completed by catalogues.
#include "daemon/procedures.hpp"

#include <gtest/gtest.h>

namespace thidua::daemon {
namespace {

const Day start = *parse_day("2024-06-07");
const Day july = *parse_day("2024-07-10");

store::CatalogueEntry entry(
    const std::string& source, const std::string& said_at, ProcedureRecord record
) {
    return {source, *parse_instant(said_at), std::move(record), true};
}

const std::string june_10 = "2024-06-10T05:00:00+07:00";
const std::string july_10 = "2024-07-10T05:00:00+07:00";
const std::string july_10_later = "2024-07-10T17:00:00+07:00";

using Rows = std::vector<store::CatalogueEntry>;
using Names = std::vector<std::string>;

TEST(WithCatalogue, WhatWasFirstSaidHeldFromTheStartAndWhatChangedFromItsDay) {
    const Rows said{
        entry("portal", june_10, {"1.1", "Một", Level::Information, false, {"H37.10"}}),
        entry("portal", july_10, {"1.1", "Một", Level::Partial, false, {"H37.10.05"}}),
        entry("portal", july_10_later, {"1.1", "", Level::Full, true, {}})};
    const auto made = with_catalogue({}, said, Names{"portal"}, start);
    const Procedure expected{
        "1.1",
        "Một",
        {"H37.10.05"},
        {{start, Level::Information}, {july, Level::Full}},
        {{start, false}, {july, true}}};
    EXPECT_EQ(made, std::vector{expected});
}

TEST(WithCatalogue, AWordFromBeforeTheCampaignKeepsItsDay) {
    const Rows said{entry("portal", "2024-05-01T05:00:00+07:00", {"1.1", "", Level::Full, {}, {}})};
    const auto made = with_catalogue({}, said, Names{"portal"}, start);
    EXPECT_EQ(made.at(0).levels.at(0).from, *parse_day("2024-05-01"));
}

TEST(WithCatalogue, TheConfigurationHasTheLastWordOnWhatItSays) {
    const Procedure configured{"1.1", "Của ta", {"H37.10"}, {{start, Level::Full}}, {}};
    const Rows said{
        entry("portal", june_10, {"1.1", "Khác", Level::Information, true, {"H37.10.06"}}),
        entry("portal", june_10, {"1.2", "Hai", {}, {}, {}})};
    const auto made = with_catalogue({configured}, said, Names{"portal"}, start);
    ASSERT_EQ(made.size(), 2U);
    Procedure completed = configured;
    completed.fees = {{start, true}};
    EXPECT_EQ(made[0], completed) << "only the fee was not said";
    EXPECT_EQ(made[1], (Procedure{"1.2", "Hai", {}, {}, {}}));
    EXPECT_FALSE(is_online(made[1], july)) << "nobody says that it is";
}

TEST(WithCatalogue, OfSeveralCataloguesTheFirstThatTellsAFactDecidesIt) {
    const Rows said{
        entry("fees", june_10, {"1.1", "Tên dài", Level::Information, true, {"H37.10.06"}}),
        entry("services", june_10, {"1.1", "", Level::Partial, {}, {"H37.10.05"}}),
        entry("nobody's", june_10, {"1.1", "", {}, false, {}})};
    const auto made = with_catalogue({}, said, Names{"services", "fees"}, start);
    const Procedure expected{
        "1.1", "Tên dài", {"H37.10.05"}, {{start, Level::Partial}}, {{start, true}}};
    EXPECT_EQ(made, std::vector{expected});
}

TEST(WithCatalogue, WhatAWholeCatalogueDoesNotHaveAnyMoreIsNotOfferedOnline) {
    const ProcedureRecord record{"1.1", "Một", Level::Full, {}, {"H37.10"}};
    Rows said{entry("portal", june_10, record), entry("portal", july_10, record)};
    said[1].is_listed = false;
    const auto made = with_catalogue({}, said, Names{"portal"}, start);
    EXPECT_TRUE(is_online(made.at(0), july - std::chrono::days{1}));
    EXPECT_FALSE(is_online(made.at(0), july));
}

}  // namespace
}  // namespace thidua::daemon
