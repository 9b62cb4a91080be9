// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The agency: its units as a tree, and the procedures they answer for.
#pragma once

#include "core/time.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua {

/// A node of the organisation tree (đơn vị).
struct Unit {
    std::string code;  ///< new form, such as H37.10.05
    std::string name;  ///< NFC
    std::optional<std::string> parent;
    std::vector<std::string> aliases;  ///< other codes sources use for it, canonical where possible

    friend bool operator==(const Unit&, const Unit&) = default;
};

/// The units in force on one day, and the way from a source's code to a unit. What changes from
/// day to day is in unit_history.hpp.
class Organisation {
  public:
    /// `units` must have exactly one root, known parents, no cycle and no code or alias twice.
    /// Errors: Config, naming the code.
    [[nodiscard]] static Result<Organisation> create(std::vector<Unit> units);

    Organisation() = default;

    [[nodiscard]] const std::vector<Unit>& units() const { return units_; }
    [[nodiscard]] const Unit& root() const { return units_[root_]; }

    /// The unit that a canonical code names, by code, then by alias; nothing if it is unmapped.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view code) const;

    /// `unit` and every unit above it up to the root, nearest first.
    [[nodiscard]] std::vector<std::size_t> lineage(std::size_t unit) const;

  private:
    std::vector<Unit> units_;
    std::vector<std::optional<std::size_t>> parents_;
    std::map<std::string, std::size_t, std::less<>> by_code_;
    std::size_t root_ = 0;
};

/// How far a procedure is offered online (NĐ 42/2022).
enum class Level {
    Information,  ///< cung cấp thông tin trực tuyến
    Partial,      ///< một phần
    Full,         ///< toàn trình
};

/// A procedure (TTHC), with what changes over time dated by its first day.
struct Procedure {
    struct DatedLevel {
        Day from;
        Level level = Level::Information;
        friend bool operator==(const DatedLevel&, const DatedLevel&) = default;
    };
    struct DatedFee {
        Day from;
        bool fee_bearing = false;
        friend bool operator==(const DatedFee&, const DatedFee&) = default;
    };

    std::string code;  ///< canonical, such as 1.012756
    std::string name;
    std::vector<std::string> units;  ///< codes of the units that answer for it
    std::vector<DatedLevel> levels;  ///< ascending by day
    std::vector<DatedFee> fees;      ///< ascending by day

    friend bool operator==(const Procedure&, const Procedure&) = default;
};

/// Nothing before its first level.
[[nodiscard]] std::optional<Level> level_on(const Procedure& procedure, Day day);

/// Partial or full on `day`.
[[nodiscard]] bool is_online(const Procedure& procedure, Day day);

/// Bears a fee on `day`.
[[nodiscard]] bool is_fee_bearing(const Procedure& procedure, Day day);

}  // namespace thidua
