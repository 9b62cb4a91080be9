// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// One source, ready to be asked, and the three ways of gathering a slice from it.
#pragma once

#include "connectors/connector.hpp"
#include "connectors/counters.hpp"
#include "connectors/decode.hpp"
#include "connectors/fetch.hpp"
#include "connectors/join.hpp"
#include "connectors/page.hpp"
#include "connectors/print.hpp"
#include "connectors/request.hpp"
#include "core/result.hpp"
#include "core/source.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thidua::connectors {

/// Whether an answer says of itself that it is one.
class Envelope {
  public:
    enum class Standing {
        Fine,
        Unknown,  ///< the source does not know what was asked about (look-ups)
    };

    /// Errors: Config.
    [[nodiscard]] static Result<Envelope> make(const std::vector<ErrorRule>& rules);

    /// Errors: what the first rule that holds says; Contract if a rule's field is missing.
    [[nodiscard]] Result<Standing> judge(Element answer) const;

  private:
    struct Rule {
        Pointer pointer;
        ErrorRule rule;
    };
    std::vector<Rule> rules_;
};

using MonthReader = std::vector<CounterReader>;

/// How the answers of a source are read, which follows from how it is cut into slices.
using SliceReader = std::variant<PageReader, MonthReader, PaymentReader>;

/// Its address must not change: the fetcher knows the description.
struct Desk {
    SourceDescription description;
    Envelope envelope;
    SliceReader reader;
    std::vector<JoinReader> joins;
    std::size_t dossiers_in_memory;
    std::filesystem::path spool_folder;
    Fetcher fetcher;
    std::uint64_t reading_print;  ///< of everything that decides how answers are read

    Desk(SourceDescription given, Envelope rules, SliceReader slices, Environment environment)
        : description(std::move(given)),
          envelope(std::move(rules)),
          reader(std::move(slices)),
          dossiers_in_memory(environment.dossiers_in_memory),
          spool_folder(environment.spool_folder),
          fetcher(description, std::move(environment)),
          reading_print(print_of_reading(description)) {}
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;
};

/// The placeholders that do not change within a slice: parameters and {now}.
[[nodiscard]] Values slice_values(const Desk& desk);

/// The secret that `signature` names, read now, so that a new one needs no restart; empty without
/// a signature. Errors: Config.
[[nodiscard]] Result<std::string> secret_of(const std::optional<Signature>& signature);

/// The manner in which a request of this source is asked.
[[nodiscard]] Manner manner_of(const Request& request, int in_flight);

/// Writes into the slice what it cost, once all is asked. Look-ups have no print: their answers
/// are kept one by one.
void close_slice(const Desk& desk, Slice& slice);

/// Dossiers page by page, until the declared total is reached and confirmed.
[[nodiscard]] Result<Slice> gather_pages(
    Desk& desk, const PageReader& reader, const Window& window
);

/// Statistics of the month that holds `window.first`.
[[nodiscard]] Result<Slice> gather_month(
    Desk& desk, const MonthReader& reader, const Window& window
);

/// Payments by their references.
[[nodiscard]] Result<Slice> gather_look_ups(
    Desk& desk, const PaymentReader& reader, std::span<const std::string> references
);

}  // namespace thidua::connectors
