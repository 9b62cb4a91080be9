// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// From page to page until nothing is missing. Pure: what is asked next follows from what came.
#pragma once

#include "connectors/request.hpp"
#include "core/result.hpp"
#include "core/source.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace thidua::connectors {

/// What a page says about itself and about the next one.
struct PageFacts {
    std::int64_t records = 0;
    std::string print{};                  ///< over the records' codes as they came
    std::optional<std::int64_t> total{};  ///< declared, of the whole answer
    std::optional<bool> is_last{};        ///< where the answer has a flag for it
    std::optional<std::string> next{};    ///< token or URL; empty: there is none; absent: no place
    std::optional<std::int64_t> first_row{};  ///< numbers that the records themselves say
    std::optional<std::int64_t> last_row{};
};

class Pager {
  public:
    explicit Pager(Pagination pagination) : pagination_(std::move(pagination)) {}

    /// Sets the placeholders by which the next page is asked for.
    void set_values(Values& values) const;

    /// The URL of the next page where the source gives it; empty: built as the first.
    [[nodiscard]] const std::string& url() const { return url_; }

    /// As an error names the next page: "page 3".
    [[nodiscard]] std::string step() const;

    enum class Proceed {
        GoOn,
        Done,   ///< nothing is missing
        Moved,  ///< the declared total is another one: records moved between pages, too
    };

    /// Takes the page that was asked for.
    ///
    /// Errors: Contract if it cannot be the next: it repeats an earlier one, is empty though
    /// records are missing, leads back to itself or to a page before, says nothing about an end, or
    /// is one page too many.
    [[nodiscard]] Result<Proceed> take(const PageFacts& page);

    [[nodiscard]] std::int64_t records() const { return records_; }
    /// The declared total; without one what came.
    [[nodiscard]] std::int64_t total() const { return total_.value_or(records_); }
    /// Whether the total can be asked for once more at the end.
    [[nodiscard]] bool is_total_declared() const { return total_.has_value(); }

  private:
    [[nodiscard]] Result<Proceed> count(const PageFacts& page);
    [[nodiscard]] Result<Proceed> follow(const PageFacts& page);
    [[nodiscard]] Result<void> check_rows(const PageFacts& page) const;

    Pagination pagination_;
    int pages_ = 0;
    std::int64_t records_ = 0;
    std::optional<std::int64_t> total_;
    std::set<std::string> prints_;
    std::set<std::string> tokens_;
    std::string cursor_;
    std::string url_;
};

}  // namespace thidua::connectors
