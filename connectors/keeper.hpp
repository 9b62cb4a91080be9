// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What is kept of a slice, so that a corrected mapping can read it again without asking.
#pragma once

#include "connectors/json.hpp"
#include "connectors/keep_list.hpp"
#include "core/result.hpp"
#include "core/source.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::connectors {

/// Gathers the lines of a slice and deflates them as they come.
class Keeper {
  public:
    /// Keeps nothing if the description has no keep-list, or asks for one thing at a time. Errors:
    /// Config.
    [[nodiscard]] static Result<Keeper> make(const SourceDescription& description);
    Keeper(Keeper&&) noexcept;
    Keeper& operator=(Keeper&&) noexcept;
    ~Keeper();

    [[nodiscard]] bool is_keeping() const { return is_keeping_; }

    /// The line of a record, or of a row of join number `join`, with its dossier's id (`only`)
    /// where the row does not name it. Nothing is added yet: an answer may still be refused.
    void append_record(Element record, std::string& lines) const;
    void append_row(std::size_t join, const std::string& only, Element row, std::string& lines)
        const;

    /// The record alone, reduced; empty if nothing is kept.
    [[nodiscard]] std::string reduced(Element record) const;

    void add(std::string_view lines);
    void forget();

    /// All that was added, deflated; empty if nothing is kept.
    [[nodiscard]] std::string take();

  private:
    struct Deflater;
    Keeper();

    bool is_keeping_ = false;
    KeepList record_;
    std::vector<KeepList> rows_;
    std::unique_ptr<Deflater> deflater_;
};

/// Hands each line of what was kept to `take`, and ends with its first error.
/// Errors besides: Io if it is no deflated text.
[[nodiscard]] Result<void> for_each_kept_line(
    std::string_view kept, const std::function<Result<void>(std::string_view)>& take
);

}  // namespace thidua::connectors
