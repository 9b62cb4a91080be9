// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Records of a catalogue -> procedures. As with dossiers, only what the mapping names is looked at.
#pragma once

#include "connectors/fields.hpp"
#include "connectors/json.hpp"
#include "core/records.hpp"
#include "core/result.hpp"
#include "core/source.hpp"

#include <optional>
#include <vector>

namespace thidua::connectors {

class ProcedureReader {
  public:
    /// Errors: Config.
    [[nodiscard]] static Result<ProcedureReader> make(const SourceDescription& description);

    /// Unit codes and amounts are those of every place that their pointers lead to, in all members
    /// of all arrays on the way.
    /// Errors: Data if the record is wrong by itself; names the place, never a value.
    [[nodiscard]] Result<ProcedureRecord> read(Element record) const;

    [[nodiscard]] const Field& code() const { return code_; }

  private:
    [[nodiscard]] Result<std::optional<Level>> read_level(Element record) const;
    [[nodiscard]] Result<std::optional<bool>> read_fee_bearing(Element record) const;
    [[nodiscard]] std::optional<bool> owes_by_amounts(Element record) const;

    Field code_, name_, level_, fee_bearing_, fee_amounts_, unit_codes_;
};

/// Records with one code brought to one, which has the units of all, the highest level that one of
/// them tells, and a fee if one of them does.
[[nodiscard]] std::vector<ProcedureRecord> each_once(std::vector<ProcedureRecord> procedures);

}  // namespace thidua::connectors
