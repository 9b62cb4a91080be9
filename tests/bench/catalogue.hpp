// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The invented agency of the benchmark: 251 units that take dossiers, and 1,800 procedures.
#pragma once

#include "core/campaign.hpp"
#include "core/organisation.hpp"
#include "core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::bench {

inline constexpr std::size_t unit_count = 251;
inline constexpr std::size_t procedure_count = 1'800;

/// A number that looks random and is always the same for the same arguments.
[[nodiscard]] std::uint64_t mix(std::uint64_t seed, std::uint64_t stream, std::uint64_t number);

/// H37.01 to H37.31, and H37.12.01 to H37.31.11 below the last twenty of them.
[[nodiscard]] std::string unit_code(std::size_t unit);

/// 000.05.12.H37 for H37.12.05.
[[nodiscard]] std::string old_unit_code(std::string_view code);

/// 1.000000 to 1.001799.
[[nodiscard]] std::string procedure_code(std::size_t procedure);

/// The units as a tree below H37. Errors: none that the units do not bring.
[[nodiscard]] Result<Organisation> make_organisation();

/// Every procedure, two thirds of them online, every second one with a fee.
[[nodiscard]] std::vector<Procedure> make_procedures();

/// A campaign from `from` to `to` with the three indicators that the project knows.
[[nodiscard]] Campaign make_campaign(
    Day from, Day to, const std::string& records, const std::string& payments
);

/// Ranks 0 to `size` - 1, rank r drawn with a weight of 1 / (r + 1).
class Zipf {
  public:
    explicit Zipf(std::size_t size);
    [[nodiscard]] std::size_t draw(std::uint64_t random) const;

  private:
    std::vector<double> up_to_;
};

}  // namespace thidua::bench
