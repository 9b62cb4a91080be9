// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// One source, ready to be asked, and the ways of gathering a slice from it.
#pragma once

#include "connectors/connector.hpp"
#include "connectors/counters.hpp"
#include "connectors/decode.hpp"
#include "connectors/envelope.hpp"
#include "connectors/fetch.hpp"
#include "connectors/join.hpp"
#include "connectors/keeper.hpp"
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
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace thidua::connectors {

using MonthReader = std::vector<CounterReader>;

/// How the answers of a source are read, which follows from its kind.
using SliceReader = std::variant<PageReader, MonthReader, PaymentReader>;

/// Its address must not change: the fetcher knows the description.
struct Desk {
    SourceDescription description;
    Envelope envelope;
    SliceReader reader;
    Keeper keeper;
    std::vector<JoinReader> joins;
    std::size_t dossiers_in_memory;
    std::filesystem::path spool_folder;
    Fetcher fetcher;
    std::uint64_t reading_print;  ///< of everything that decides how answers are read

    Desk(
        SourceDescription given,
        Envelope rules,
        SliceReader slices,
        Keeper kept,
        Environment environment
    )
        : description(std::move(given)),
          envelope(std::move(rules)),
          reader(std::move(slices)),
          keeper(std::move(kept)),
          dossiers_in_memory(environment.dossiers_in_memory),
          spool_folder(environment.spool_folder),
          fetcher(description, envelope, std::move(environment)),
          reading_print(print_of_reading(description)) {}
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;
};

/// The placeholders that do not change within a slice: parameters and {now}.
[[nodiscard]] Values slice_values(const Desk& desk);

/// {from}, {to}, {year} and {month} of a window, {from} and {to} as wide as the description asks.
void add_window(const SourceDescription& description, const Window& window, Values& values);

/// The secret that `signature` names, read now, so that a new one needs no restart; empty without
/// a signature. Errors: Config.
[[nodiscard]] Result<std::string> secret_of(const std::optional<Signature>& signature);

/// The manner in which a request of this source is asked.
[[nodiscard]] Manner manner_of(const Request& request, int in_flight);

/// Writes into the slice what it cost, once all is asked. Look-ups have no print: their answers
/// are kept one by one.
void close_slice(Desk& desk, Slice& slice);

/// Dossiers or procedures page by page, until the declared total is reached and confirmed.
[[nodiscard]] Result<Slice> gather_pages(
    Desk& desk, const PageReader& reader, const Window& window
);

/// Statistics of the month that holds `window.first`.
[[nodiscard]] Result<Slice> gather_month(
    Desk& desk, const MonthReader& reader, const Window& window
);

/// Payments by their references.
[[nodiscard]] Result<Slice> look_up_payments(
    Desk& desk, const PaymentReader& reader, std::span<const std::string> references
);

/// Dossiers by the codes under which another source knows them.
[[nodiscard]] Result<Slice> look_up_dossiers(
    Desk& desk, const PageReader& reader, std::span<const std::string> codes
);

/// Procedures by their codes.
[[nodiscard]] Result<Slice> look_up_procedures(
    Desk& desk, const PageReader& reader, std::span<const std::string> codes
);

/// Reads once more what was kept of a slice of `window`.
[[nodiscard]] Result<Slice> reread_pages(
    Desk& desk, const PageReader& reader, const std::string& kept, const Window& window
);

/// The records of a file that people handed over. Its name tells its format: .xlsx, .csv, .tsv,
/// .txt, .json, .ndjson or .jsonl.
/// Errors: Data, Contract: nothing of the file can be used; the sentence names sheet, row or line.
[[nodiscard]] Result<Slice> read_file_slice(
    Desk& desk, const std::string& name, std::string_view bytes
);

}  // namespace thidua::connectors
