// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/standings_json.hpp"
#include "daemon/standings_table.hpp"

#include <gtest/gtest.h>

namespace thidua::daemon {
namespace {

rules::Figure figure(std::optional<Ratio> counts, std::optional<rules::Verdict> verdict) {
    rules::Figure made;
    made.id = "F7K2QX3";
    made.indicator = "payments-online";
    made.counts = counts;
    made.verdict = verdict;
    made.fitness = rules::Fitness::Provisional;
    return made;
}

rules::Standings standings(const rules::Figure& of_unit) {
    rules::Standings made;
    made.campaign = "langson-2024";
    made.as_of = *parse_day("2024-10-18");
    made.known_at = *parse_instant("2024-10-18T16:00:00+07:00");
    made.fitness = rules::Fitness::Provisional;
    SourceStatus source;
    source.name = "tthc";
    source.state = SourceStatus::State::Fresh;
    source.data_through = parse_instant("2024-10-18T15:45:00+07:00").value();
    made.sources = {source};
    rules::UnitStanding unit;
    unit.code = "H37.10.05";
    unit.name = "Văn phòng Đăng ký đất đai";
    unit.rank = 1;
    unit.figures = {of_unit};
    made.units = {unit};
    made.total = unit;
    made.total.code = "H37.10";
    return made;
}

TEST(StandingsJson, HasTheShapeThatIsPromised) {
    rules::Figure below = figure(Ratio{180, 400}, rules::Verdict::Below);
    below.target = Target{};
    below.target->value = {9, 20};
    below.rank = 3;
    below.convert = 1;
    below.new_all_online = 1;
    const auto json = standings_json(standings(below));
    EXPECT_EQ(json.at("as_of"), "2024-10-18");
    EXPECT_EQ(json.at("known_at"), "2024-10-18T16:00:00+07:00");
    EXPECT_EQ(json.at("fitness"), "tam-tinh");
    EXPECT_EQ(json.at("sources").at(0).at("data_through"), "2024-10-18T15:45:00+07:00");
    const auto& shown = json.at("units").at(0).at("indicators").at(0);
    EXPECT_EQ(
        boost::json::serialize(shown),
        R"({"id":"payments-online","figure":"F7K2QX3","numerator":180,"denominator":400,)"
        R"("operator":">","target":"45%","verdict":"below","rank":3,"convert":1,)"
        R"("new_all_online":1,"fitness":"tam-tinh"})"
    );
    EXPECT_EQ(json.at("total").at("code"), "H37.10");
}

TEST(StandingsJson, WhatIsUnknownIsNullAndNot0) {
    const auto json = standings_json(standings(figure(std::nullopt, rules::Verdict::Unknown)));
    const auto& shown = json.at("units").at(0).at("indicators").at(0);
    EXPECT_TRUE(shown.at("numerator").is_null());
    EXPECT_TRUE(shown.at("denominator").is_null());
    EXPECT_EQ(shown.at("verdict"), "unknown");
}

TEST(StandingsTable, AlignsVietnameseByLettersAndNotByBytes) {
    Campaign campaign;
    campaign.indicators.emplace_back().id = "payments-online";
    const std::string table =
        standings_table(standings(figure(Ratio{180, 400}, std::nullopt)), campaign);
    EXPECT_NE(table.find("Văn phòng Đăng ký đất đai"), std::string::npos);
    EXPECT_NE(table.find("180/400"), std::string::npos);
}

}  // namespace
}  // namespace thidua::daemon
