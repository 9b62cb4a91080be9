// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace thidua::daemon {

/// A progress bar on stderr: redrawn on a terminal, a line at every tenth elsewhere, and silent
/// when told to be.
class Progress {
  public:
    enum class Style { Bar, Lines, Silent };

    /// `total` steps, above 0. Bar on a terminal, Lines elsewhere.
    Progress(std::string title, std::int64_t total, Style style);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress();

    /// `done` of the total, with a word on what is being done.
    void show(std::int64_t done, const std::string& what);

    [[nodiscard]] static Style style_for_stderr(bool is_quiet);

  private:
    std::string title_;
    std::int64_t total_;
    Style style_;
    std::int64_t last_tenth_ = -1;
    bool is_drawn_ = false;
};

}  // namespace thidua::daemon
