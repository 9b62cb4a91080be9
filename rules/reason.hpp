// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Why two sources do not say the same of a dossier. A reason is given only where it was found out
// from what both have said; everything else is unknown. Pure.
#pragma once

#include "core/comparison.hpp"
#include "rules/stand.hpp"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace thidua::rules {

/// Why both sides differ (lý do chênh lệch).
enum class Reason {
    LateSync,      ///< trễ đồng bộ: it vanished when the side that was behind was read later
    Definition,    ///< khác định nghĩa: both are right by their own rules
    Duplicate,     ///< trùng hồ sơ: one dossier on record twice
    UnitMapping,   ///< ánh xạ đơn vị: they name different units
    CashAsOnline,  ///< cash or a transfer that one side calls an online payment
    Refund,        ///< paid, and taken back or cancelled, which one side has not heard of
    Unconfirmed,   ///< the Payment Platform's success never reached the province's record
    Unknown,       ///< chưa rõ
};
inline constexpr std::size_t reason_count = 8;

/// "late-sync", "definition", "duplicate", "unit-mapping", "cash-as-online", "refund",
/// "unconfirmed", "unknown"
[[nodiscard]] std::string_view to_text(Reason reason);

/// Finds dossiers that the system of record has twice, by what only one dossier can have in common
/// with itself: unit, procedure, and the very second of application and acceptance.
class Twins {
  public:
    /// `dossiers` must outlive it.
    Twins(const Catalogue& catalogue, std::span<const ComparedDossier> dossiers);

    /// True if there is exactly one other like `dossier`, and both sides know that one, while only
    /// one side knows this. Times at midnight tell nothing: they may be days.
    [[nodiscard]] bool is_duplicate(const ComparedDossier& dossier) const;

  private:
    struct Print {
        Instant accepted_at;  ///< in whole seconds
        std::string_view procedure_code;
        const ComparedDossier* dossier = nullptr;
    };
    [[nodiscard]] std::vector<const ComparedDossier*> like(const DossierWord& word) const;

    const Catalogue& catalogue_;
    std::vector<Print> prints_;  ///< of the own side, by time and procedure
};

/// Why both sides of `dossier` differed at `reading.settled_slice`, at which they do.
[[nodiscard]] Reason reason_for(
    const Reading& reading, const ComparedDossier& dossier, const Twins& twins
);

}  // namespace thidua::rules
