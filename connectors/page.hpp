// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// One page of dossiers, read: the records that belong to the window, and what proves that none is
// missing.
#pragma once

#include "connectors/decode.hpp"
#include "connectors/json.hpp"
#include "core/result.hpp"
#include "core/source.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace thidua::connectors {

struct Page {
    std::int64_t total = 0;    ///< declared; without a pointer to it, what came
    std::int64_t records = 0;  ///< on the page, within the window or not
    std::string print;         ///< over the codes on the page, in order
    std::vector<DecodedDossier> dossiers;
    std::vector<Rejected> rejected;
};

class PageReader {
  public:
    /// Errors: Config.
    [[nodiscard]] static Result<PageReader> make(const SourceDescription& description);

    /// Reads an answer that calls itself `step`, such as "page 3".
    /// Errors: Contract if there is no array of records or no declared total.
    [[nodiscard]] Result<Page> read(Element answer, const Window& window, const std::string& step)
        const;

  private:
    DossierReader dossiers_;
    Pointer records_;
    std::optional<Pointer> total_;
};

}  // namespace thidua::connectors
