// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/organisation.hpp"

#include <gtest/gtest.h>

namespace thidua {
namespace {

std::vector<Unit> tree() {
    return {
        {"H37.10", "Sở", std::nullopt, {}},
        {"H37.10.05", "Văn phòng", "H37.10", {}},
        {"H37.10.05.03", "Chi nhánh", "H37.10.05", {"003.05.10.H37"}},
        {"H37.10.02", "Phòng", "H37.10", {}},
    };
}

TEST(Organisation, MapsByCodeThenByAlias) {
    const auto made = Organisation::create(tree());
    ASSERT_TRUE(made);
    EXPECT_EQ(made->find("H37.10.05"), 1U);
    EXPECT_EQ(made->find("003.05.10.H37"), 2U);
    EXPECT_EQ(made->find("H37.10.77"), std::nullopt);
    EXPECT_EQ(made->lineage(2), (std::vector<std::size_t>{2, 1, 0}));
}

TEST(Organisation, RefusesWhatIsNoTree) {
    auto twice = tree();
    twice[3].code = "H37.10.05";
    EXPECT_FALSE(Organisation::create(twice));
    auto two_roots = tree();
    two_roots[3].parent.reset();
    EXPECT_FALSE(Organisation::create(two_roots));
    auto lost = tree();
    lost[3].parent = "H37.99";
    EXPECT_FALSE(Organisation::create(lost));
    auto circle = tree();
    circle[1].parent = "H37.10.05.03";
    const auto refused = Organisation::create(circle);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Config);
    auto taken = tree();
    taken[1].aliases = {"H37.10.02"};
    EXPECT_FALSE(Organisation::create(taken));
}

TEST(Procedure, IsWhatItWasOnTheDay) {
    Procedure procedure;
    const Day first = *parse_day("2023-10-27");
    const Day change = *parse_day("2024-08-15");
    procedure.levels = {{first, Level::Information}, {change, Level::Full}};
    procedure.fees = {{first, true}, {change, false}};
    EXPECT_FALSE(is_online(procedure, first - std::chrono::days{1}));
    EXPECT_FALSE(is_online(procedure, change - std::chrono::days{1}));
    EXPECT_TRUE(is_online(procedure, change));
    EXPECT_TRUE(is_fee_bearing(procedure, change - std::chrono::days{1}));
    EXPECT_FALSE(is_fee_bearing(procedure, change));
}

}  // namespace
}  // namespace thidua
