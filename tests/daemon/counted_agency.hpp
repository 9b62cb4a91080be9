// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// An agency in a campaign of three indicators, to be counted from tallies that a test makes up: no
// store, no configuration.
#pragma once

#include "rules/standings.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace thidua::test {

class CountedAgency : public testing::Test {
  protected:
    CountedAgency() {
        campaign_.id = "nho-2024";
        campaign_.start = *parse_day("2024-06-03");
        campaign_.end = *parse_day("2024-12-31");
        add_indicator(IndicatorKind::ServicesOnline, "DVC phát sinh HSTT", {9, 10});
        add_indicator(IndicatorKind::PaymentsOnline, "Thanh toán trực tuyến", {9, 20});
        add_indicator(IndicatorKind::DossiersOnline, "HS xử lý trực tuyến", {});
    }

    /// After eight complete weeks, every indicator by the same tallies. It has views of the rest.
    [[nodiscard]] rules::StandingsInput input() {
        each_.clear();
        for (const Indicator& indicator : campaign_.indicators) {
            each_.push_back({indicator.id, tallies_});
        }
        return {
            campaign_,
            organisation_,
            procedures_,
            each_,
            sources_,
            *parse_day("2024-07-28"),
            *parse_instant("2024-07-29T05:00:00+07:00")};
    }

    Campaign campaign_;
    Organisation organisation_;
    std::vector<Procedure> procedures_;
    std::vector<SourceStatus> sources_;
    std::vector<Tally> tallies_;

  private:
    /// A target of nothing is none.
    void add_indicator(IndicatorKind kind, const std::string& name, const Share& target) {
        Indicator indicator;
        indicator.id = std::string(to_text(kind));
        indicator.name = name;
        indicator.kind = kind;
        indicator.system_of_record = "tthc";
        indicator.payment_record = "tthc";
        campaign_.indicators.push_back(indicator);
        if (target.part > 0) {
            campaign_.targets.push_back({indicator.id, TargetOperator::Above, target, {}, {}, ""});
        }
    }

    std::vector<rules::IndicatorTallies> each_;
};

}  // namespace thidua::test
