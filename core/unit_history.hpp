// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Units over time: what people write down with its days, and from it the plain tree in force on
// one day, which is all that is counted by.
//
// A merger is a unit that ends and names its heir. From the day after, its code and its aliases are
// the heir's, and the heir's heir's after that; so each dossier that still carries the old code
// counts once, before and after. A split is a unit that ends and new ones that begin; what still
// carries the old code goes to the heir, or to nobody ("chưa ánh xạ"). A code may be used again by
// a later unit: from its first day on the code means the later one.
#pragma once

#include "core/organisation.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua {

/// A unit with the days on which it is in force, and what changes within them.
struct DatedUnit {
    struct DatedAlias {
        std::string code;  ///< canonical where possible
        DaysInForce days;  ///< within the unit's own; it passes to an heir unless it ends itself
        friend bool operator==(const DatedAlias&, const DatedAlias&) = default;
    };
    /// A rename or a move under another unit; what is absent stays as it was.
    struct Change {
        Day from;
        std::optional<std::string> name;
        std::optional<std::string> parent;
        friend bool operator==(const Change&, const Change&) = default;
    };

    std::string code;  ///< canonical
    DaysInForce days;
    std::string name;                        ///< until the first change of it, NFC
    std::optional<std::string> parent;       ///< until the first change of it; nothing: the root
    std::vector<Change> changes;             ///< ascending by day
    std::vector<DatedAlias> aliases;         ///< other codes sources use for it
    std::optional<std::string> merged_into;  ///< code of the heir, in force the day after `days`

    friend bool operator==(const DatedUnit&, const DatedUnit&) = default;
};

/// The name of `unit` on `day`, on which it is in force.
[[nodiscard]] std::string name_on(const DatedUnit& unit, Day day);

/// The code of the unit above `unit` on `day`; nothing for the root.
[[nodiscard]] std::optional<std::string> parent_on(const DatedUnit& unit, Day day);

/// The place in `units` of the unit that is in force on `day` under `code`, aliases aside.
[[nodiscard]] std::optional<std::size_t> find_in_force(
    std::span<const DatedUnit> units, std::string_view code, Day day
);

/// A code of a unit that has ended, and the place of the unit that it means now.
struct InheritedCode {
    std::string code;
    std::size_t heir = 0;
};

/// The codes that mean a unit on `day` because it, or one before it, was merged into that unit. Of
/// units that had the same code one after another the last one's heir has it, if there is any.
[[nodiscard]] std::vector<InheritedCode> inherited_codes(std::span<const DatedUnit> units, Day day);

/// Ascending, one day of every stretch in which nothing changes: each day on which something
/// changes, and the day before the first. Never empty.
[[nodiscard]] std::vector<Day> days_of_change(std::span<const DatedUnit> units);

/// The tree in force on `day`, its units in the order of `units`.
/// Errors: Config, naming the day: no unit is in force, or they form no tree.
[[nodiscard]] Result<Organisation> organisation_on(std::span<const DatedUnit> units, Day day);

}  // namespace thidua
