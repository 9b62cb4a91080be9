// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What was asked and answered, kept in a folder for whoever writes a mapping: answers reduced to
// the keep-list, never a secret or a person's datum (connectors::Exchange).
#pragma once

#include "connectors/connector.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace thidua::daemon {

/// Writes DIR/001-page-1.json, 002-..., and at the end DIR/manifest.json. Used by any thread.
class ExchangeRecord {
  public:
    /// Makes the folder if it is missing. Errors: Usage if it holds a manifest already; Io.
    [[nodiscard]] static Result<std::unique_ptr<ExchangeRecord>> make(std::filesystem::path folder);
    ExchangeRecord(const ExchangeRecord&) = delete;
    ExchangeRecord& operator=(const ExchangeRecord&) = delete;
    ~ExchangeRecord();

    /// The first failure to write is told by finish().
    void add(const std::string& source, const connectors::Exchange& exchange);
    /// Writes the manifest. Errors: Io.
    [[nodiscard]] Result<void> finish();

  private:
    explicit ExchangeRecord(std::filesystem::path folder);
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace thidua::daemon
