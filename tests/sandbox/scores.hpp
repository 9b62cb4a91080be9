// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The six groups of Decision 766's score out of the portal's counts, as both generations of its
// reporting publish them (domain.md 2.1, 2.2 and 5.1).

#pragma once

#include "national.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::sandbox {

/// Two decimals, halves up, as the portal shows its scores; 0 of 0 is 0 here.
class Score {
  public:
    void add(std::int64_t part, std::int64_t whole, double full, double full_at);
    [[nodiscard]] double value() const;
    [[nodiscard]] double ratio(double max) const;

  private:
    double value_ = 0;
};

/// The shortest text of a value with two decimals, as JavaScript writes it: 6.39, 6.4, 6.
std::string shortest(double value);
/// `part` of `whole` in per cent, with two decimals; 0 of 0 is 0.
double per_cent(std::int64_t part, std::int64_t whole);

/// The procedures a unit answers for on a day.
struct Portfolio {
    ProcedureSet all;
    ProcedureSet partial;
    ProcedureSet full;
    ProcedureSet fee_bearing;
};
Portfolio portfolio_of(UnitIndex unit, Day day);
std::int64_t size_of(const ProcedureSet& set);

Score payment_score(const NationalCounts& counts, const Portfolio& portfolio);
Score online_score(const NationalCounts& counts, const Portfolio& portfolio);
Score progress_score(const NationalCounts& counts);

/// What 0 of 0 comes to, which differs from metric to metric.
enum class ZeroOfZero : std::uint8_t { Null, Nothing, FullScore };

struct Metric {
    std::string_view code;
    std::string_view name;
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    double max = 0;
    ZeroOfZero zero = ZeroOfZero::Nothing;
    std::string_view quality;  // dataQualityStatus, where there is one
};
/// Nothing where the portal says null.
std::optional<double> ratio_of(const Metric& metric);
std::optional<double> score_of(const Metric& metric);
double total_of(const std::vector<Metric>& metrics);

/// CKMB, 18: with a provisional denominator while the period goes on, without any where the
/// province has reported nothing.
std::vector<Metric> transparency(const NationalCounts& counts, bool goes_on);
/// MDSH, 22.
std::vector<Metric> digitisation(const NationalCounts& counts);
/// MDHL, 18.
std::vector<Metric> satisfaction(const NationalCounts& counts);
/// Petitions about a unit; few enough that small units have none.
std::int64_t petitions_of(const NationalCounts& counts);

}  // namespace thidua::sandbox
