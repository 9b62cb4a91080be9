// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Reads separated values (RFC 4180, and what spreadsheets make of it) as a table.
#pragma once

#include "connectors/tables/legacy_text.hpp"
#include "connectors/tables/table.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::connectors {

struct CsvOptions {
    Encoding encoding = Encoding::Utf8;
    std::optional<char> separator{};  ///< without it the likeliest of tab, semicolon and comma
    TableLimits limits{};
};

/// Takes a file piece by piece and hands on its records: every cell is Text or Empty. A field that
/// begins with a quote ends with one, has two for one within, and may hold separators and line
/// breaks; a quote further on in a field is a letter. LF, CRLF and CR end a line; lines without
/// anything are skipped. After an error nothing more may be fed.
///
/// Errors: Data, naming the line (a record's is its first): a quote that is not closed, something
/// behind a closing quote, NUL, a limit, and what the encoding does not have; and what the sink
/// returns. Memory: one record, and 64 KiB while the separator is looked for.
class CsvReader {
  public:
    /// `Io` if this machine does not have the encoding.
    [[nodiscard]] static Result<CsvReader> make(const CsvOptions& options, TableSink sink);

    [[nodiscard]] Result<void> feed(std::string_view bytes);
    [[nodiscard]] Result<void> finish();

  private:
    enum class State { FieldStart, Unquoted, Quoted, QuoteSeen };

    CsvReader(const CsvOptions& options, TableSink sink, TextDecoder decoder);
    Result<void> take(std::string_view bytes, bool is_last);
    Result<void> parse(std::string_view text);
    Result<void> step(char letter);
    Result<void> step_between_lines(char letter);
    Result<void> step_after_quote(char letter);
    Result<void> end_field();
    Result<void> end_record();
    /// How many letters at the front of `text` mean nothing but themselves.
    [[nodiscard]] std::size_t plain_run(std::string_view text) const;
    [[nodiscard]] std::unexpected<Error> too_long() const;
    [[nodiscard]] std::unexpected<Error> wrong(std::int64_t line, std::string_view what) const;

    TableLimits limits_;
    TableSink sink_;
    TextDecoder decoder_;
    std::string decoded_;  // not parsed yet, while the separator is not known
    std::optional<char> separator_;
    State state_ = State::FieldStart;
    std::vector<Cell> cells_;  // of the record in hand; grows and is used again
    std::size_t width_ = 0;
    std::string field_;
    std::string room_;
    std::uint64_t file_bytes_ = 0;
    std::uint64_t record_bytes_ = 0;
    std::uint64_t cell_count_ = 0;
    std::uint64_t record_count_ = 0;
    std::int64_t line_ = 1;
    std::int64_t record_line_ = 1;
    std::int64_t quote_line_ = 1;
    bool was_quoted_ = false;  // some field of the record
    bool after_return_ = false;
    bool has_begun_ = false;
};

/// CsvReader over a whole file.
[[nodiscard]] Result<void> read_csv(
    std::string_view bytes, const CsvOptions& options, const TableSink& sink
);

/// The separator of which one of the first 30 lines has most, quotes left out, and commas between
/// two digits too, since those are decimals. The first of tab, semicolon and comma if they tie.
[[nodiscard]] char sniff_separator(std::string_view text);

}  // namespace thidua::connectors
