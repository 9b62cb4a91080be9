// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// /metrics by Prometheus' text format.
#include "daemon/web/metrics.hpp"

#include <gtest/gtest.h>

namespace thidua::daemon::web {
namespace {

TEST(MetricsText, EscapesLabelsAndWritesEachKindOfValue) {
    MetricsText text;
    text.family("x_total", "counter", "Things.");
    text.sample({{"a", "b\\c\"d\ne"}, {"f", "g"}}, std::int64_t{-3});
    text.sample({}, Ratio{1, 3});
    text.sample({}, Instant{std::chrono::milliseconds{1'700'000'000'007}});
    EXPECT_EQ(
        text.text(),
        "# HELP thidua_x_total Things.\n"
        "# TYPE thidua_x_total counter\n"
        "thidua_x_total{a=\"b\\\\c\\\"d\\ne\",f=\"g\"} -3\n"
        "thidua_x_total 0.33333333333333331\n"
        "thidua_x_total 1700000000.007\n"
    );
}

TEST(Metrics, SayNothingOfWhatIsNotKnown) {
    rules::Standings standings;
    rules::UnitStanding unit;
    unit.code = "H37.1";
    rules::Figure known;
    known.indicator = "payments-online";
    known.counts = Ratio{180, 400};
    known.convert = 1;
    known.fitness = rules::Fitness::Provisional;
    rules::Figure quiet = known;
    quiet.indicator = "dossiers-online";
    quiet.counts = Ratio{0, 0};
    quiet.convert.reset();
    rules::Figure unknown;
    unknown.indicator = "services-online";
    unit.figures = {known, quiet, unknown};
    standings.units = {unit};
    MetricsInput input;
    input.campaign = "c";
    input.standings = &standings;
    const std::string text = metrics_text({}, Counters{}, input);
    const auto has = [&](const std::string& line) { return text.contains("\n" + line + "\n"); };
    EXPECT_TRUE(
        has("thidua_indicator_ratio{indicator=\"payments-online\",unit=\"H37.1\"} "
            "0.45000000000000001")
    );
    EXPECT_TRUE(has("thidua_indicator_numerator{indicator=\"payments-online\",unit=\"H37.1\"} 180")
    );
    EXPECT_TRUE(
        has("thidua_indicator_gap{indicator=\"payments-online\",unit=\"H37.1\","
            "assumption=\"convert\"} 1")
    );
    EXPECT_TRUE(has("thidua_indicator_denominator{indicator=\"dossiers-online\",unit=\"H37.1\"} 0")
    );
    EXPECT_FALSE(text.contains("indicator_ratio{indicator=\"dossiers-online\""));
    EXPECT_FALSE(text.contains("indicator_numerator{indicator=\"services-online\""));
    EXPECT_TRUE(has("thidua_indicator_fit{indicator=\"services-online\",unit=\"H37.1\"} 0"));
    EXPECT_FALSE(text.contains("db_size_bytes"));
    EXPECT_FALSE(text.contains("backup_last"));
}

}  // namespace
}  // namespace thidua::daemon::web
