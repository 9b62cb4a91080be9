// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A file without a place on any disk, for libraries that write to a path only.
#pragma once

#include "core/descriptor.hpp"
#include "core/result.hpp"

#include <string>

namespace thidua {

class MemoryFile {
  public:
    MemoryFile();

    /// Names it for this process, as long as it lives.
    [[nodiscard]] std::string path() const;

    /// What was written to it. Errors: Io if there is no such file, or if nothing was written.
    [[nodiscard]] Result<std::string> content() const;

  private:
    Descriptor file_;
};

}  // namespace thidua
