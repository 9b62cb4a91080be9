// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Numbers for the texts that come again and again: units, procedures, issuers. A row holds two
// bytes where the code has ten. Private to store/.
#pragma once

#include "core/result.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace thidua::store {

class Store;

/// What a text names; each has numbers of its own, 1, 2, ...
enum class Term { Unit = 1, Procedure = 2, Issuer = 3 };

class Dictionary {
  public:
    /// The number of `text`; a new text is added, within the transaction that is open.
    [[nodiscard]] Result<std::int64_t> number(Store& store, Term term, std::string_view text);

    /// The number of `text`; nothing if it has none.
    [[nodiscard]] Result<std::optional<std::int64_t>> find(
        Store& store, Term term, std::string_view text
    );

    /// The text of a number that is in the store.
    [[nodiscard]] Result<std::string> text(Store& store, Term term, std::int64_t number);

    /// After a transaction was undone: what it had added must not be believed any longer.
    void forget();

  private:
    struct Hash {
        using is_transparent = void;  // NOLINT: the standard library's name
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };
    struct Terms {
        std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> numbers;
        std::vector<std::string> texts;  ///< texts[0] belongs to number 1
    };

    [[nodiscard]] Terms& terms_of(Term term) {
        return terms_.at(static_cast<std::size_t>(term) - 1);
    }
    [[nodiscard]] Result<void> load(Store& store, Term term);

    std::array<Terms, 3> terms_;
};

}  // namespace thidua::store
