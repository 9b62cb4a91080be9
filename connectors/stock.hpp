// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The dossiers of a slice while it is gathered: in memory, and beyond a limit in a spool.
#pragma once

#include "connectors/decode.hpp"
#include "connectors/desk.hpp"
#include "core/result.hpp"
#include "core/slice.hpp"
#include "core/spool.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace thidua::connectors {

/// Repeats are brought to one as `without_repeats` says, across both: what is spooled already is
/// not changed, but appended once more as it is to be, and the later one counts.
///
/// One thing differs beyond the limit: of a dossier that came twice, and whose later record is
/// rejected for its joined rows, the earlier one stays.
class Stock {
  public:
    explicit Stock(Desk& desk) : desk_(&desk) {}

    /// Adds the dossiers of a page. Errors: Io of the spool, and those of the joins.
    [[nodiscard]] Result<void> add(std::vector<DecodedDossier> dossiers);

    /// Joins what has not been joined and moves all into the slice, whose `rejected` are those of
    /// `records` so far. Errors: as above, and Contract if too many were rejected.
    [[nodiscard]] Result<void> move_into(Slice& slice, std::size_t records);

  private:
    /// Where the last record of a code is in the spool.
    struct Spooled {
        std::uint64_t code = 0;  // a print of it
        std::size_t position = 0;
    };

    [[nodiscard]] Result<void> spill();
    [[nodiscard]] Result<std::vector<DossierRecord>> settle(std::vector<Rejected>& rejected);
    [[nodiscard]] Result<std::optional<DossierRecord>> spooled_twin(const DossierRecord& dossier
    ) const;

    Desk* desk_;
    std::vector<DecodedDossier> dossiers_;
    std::vector<Rejected> rejected_;  // by the joins of what is spooled
    std::shared_ptr<DossierSpool> spool_;
    std::vector<Spooled> spooled_;  // by code, each once
};

}  // namespace thidua::connectors
