// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A store whose database fails at a chosen call, whichever database it is: what a full disk or a
// lost connection does at a moment that nobody can choose.
#pragma once

#include "store/store.hpp"

#include <memory>
#include <string_view>

namespace thidua::store {

inline constexpr std::string_view fault_words = "a fault of the test";

/// Counts the calls that can fail, and says which one does.
class Faults {
  public:
    /// The `nth` call from here on fails, once; 0: none does.
    void fail_call(int nth) {
        countdown_ = nth;
        has_failed_ = false;
    }
    /// True if the call was made.
    [[nodiscard]] bool has_failed() const { return has_failed_; }
    /// Called at each call that can fail; true if this one does.
    [[nodiscard]] bool strike() {
        const bool hit = countdown_ > 0 && --countdown_ == 0;
        has_failed_ = has_failed_ || hit;
        return hit;
    }

  private:
    int countdown_ = 0;
    bool has_failed_ = false;
};

/// Opens the store at `location`, which must be there, with faults of `faults`, which must outlive
/// it. Statements fail before they do anything, the batches of VersionTables when they are done.
/// Throws std::runtime_error if the store cannot be opened.
[[nodiscard]] Store open_faulty(const Location& location, Faults& faults);

}  // namespace thidua::store
