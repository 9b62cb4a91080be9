// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Payments that a dossier's record, or a row joined to it, names.
#pragma once

#include "connectors/fields.hpp"
#include "connectors/json.hpp"
#include "core/records.hpp"
#include "core/result.hpp"
#include "core/source.hpp"

#include <map>
#include <string>

namespace thidua::connectors {

class NamedPaymentReader {
  public:
    /// One for which nothing is mapped reads nothing.
    NamedPaymentReader() = default;

    /// Errors: Config.
    [[nodiscard]] static Result<NamedPaymentReader> make(const std::map<std::string, FieldMap>& map
    );

    /// Appends what `element` tells: one payment for each reference, or one without a reference.
    /// An object without any of it says that there is no payment. Errors: Data, below `place`.
    [[nodiscard]] Result<void> append(
        Element element, const std::string& place, DossierRecord& dossier
    ) const;

    [[nodiscard]] bool is_mapped() const { return is_mapped_; }

  private:
    bool is_mapped_ = false;
    Field references_, state_, gateway_, paid_at_;
};

}  // namespace thidua::connectors
