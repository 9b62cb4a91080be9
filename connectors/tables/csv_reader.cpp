// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/csv_reader.hpp"

#include "core/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace thidua::connectors {
namespace {

constexpr std::size_t sniffed_bytes = 64 * 1024;
constexpr int sniffed_lines = 30;

constexpr bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

}  // namespace

char sniff_separator(std::string_view text) {
    constexpr std::array<char, 3> candidates{'\t', ';', ','};
    std::array<int, 3> most{};
    std::array<int, 3> here{};
    bool in_quotes = false;
    int lines = 0;
    for (std::size_t at = 0; at < text.size() && lines < sniffed_lines; ++at) {
        const char letter = text[at];
        in_quotes = in_quotes != (letter == '"');
        if (in_quotes) {
            continue;
        }
        if (letter == '\n' || letter == '\r') {
            here = {};
            lines += text.substr(at, 2) == "\r\n" ? 0 : 1;
            continue;
        }
        const auto found = std::ranges::find(candidates, letter);
        const bool is_decimal = letter == ',' && at > 0 && at + 1 < text.size() &&
                                is_digit(text[at - 1]) && is_digit(text[at + 1]);
        if (found != candidates.end() && !is_decimal) {
            const auto which = static_cast<std::size_t>(found - candidates.begin());
            most[which] = std::max(most[which], ++here[which]);
        }
    }
    const auto best = std::ranges::max_element(most);  // the first of those that tie
    return *best == 0 ? ',' : candidates[static_cast<std::size_t>(best - most.begin())];
}

Result<CsvReader> CsvReader::make(const CsvOptions& options, TableSink sink) {
    auto decoder = TextDecoder::make(options.encoding);
    if (!decoder) {
        return std::unexpected(std::move(decoder.error()));
    }
    return CsvReader(options, std::move(sink), *std::move(decoder));
}

CsvReader::CsvReader(const CsvOptions& options, TableSink sink, TextDecoder decoder)
    : limits_(options.limits),
      sink_(std::move(sink)),
      decoder_(std::move(decoder)),
      separator_(options.separator) {}

Result<void> CsvReader::feed(std::string_view bytes) {
    return take(bytes, false);
}

Result<void> CsvReader::finish() {
    if (auto taken = take({}, true); !taken) {
        return taken;
    }
    if (state_ == State::Quoted) {
        return wrong(quote_line_, "a quote that is never closed");
    }
    return record_bytes_ == 0 ? Result<void>{} : end_record();
}

Result<void> CsvReader::take(std::string_view bytes, bool is_last) {
    file_bytes_ += bytes.size();
    if (file_bytes_ > limits_.file_bytes) {
        return fail(
            ErrorKind::Data, fmt::format("the file has more than {} bytes", limits_.file_bytes)
        );
    }
    if (!has_begun_ && sink_.begin) {
        if (auto begun = sink_.begin(TableFacts{}); !begun) {
            return begun;
        }
    }
    has_begun_ = true;
    // What is right before a wrong byte is parsed first: its own mistakes come earlier in the file.
    auto decoded = decoder_.decode(bytes, is_last, decoded_);
    if (!separator_ && decoded && !is_last && decoded_.size() < sniffed_bytes) {
        return {};
    }
    if (!separator_) {
        // However large the pieces are, it is the same text.
        separator_ = sniff_separator(std::string_view(decoded_).substr(0, sniffed_bytes));
    }
    const std::string text = std::exchange(decoded_, {});
    if (auto parsed = parse(text); !parsed) {
        return parsed;
    }
    return decoded;
}

Result<void> CsvReader::parse(std::string_view text) {
    while (!text.empty()) {
        // Letters that only go on with a field, all at once.
        const bool is_within = state_ == State::Unquoted || state_ == State::Quoted;
        const std::size_t run = is_within ? plain_run(text) : 0;
        if (run == 0) {
            if (auto stepped = step_between_lines(text.front()); !stepped) {
                return stepped;
            }
            text.remove_prefix(1);
            continue;
        }
        after_return_ = false;
        record_bytes_ += run;
        if (record_bytes_ > limits_.record_bytes) {
            return too_long();
        }
        field_ += text.substr(0, run);
        text.remove_prefix(run);
    }
    return {};
}

std::size_t CsvReader::plain_run(std::string_view text) const {
    const auto end = std::ranges::find_if(text, [this](char letter) {
        return letter == '"' || letter == separator_ || letter == '\n' || letter == '\r' ||
               letter == '\0';
    });
    return static_cast<std::size_t>(end - text.begin());
}

/// Counts lines and bytes, and leaves out the LF of a CRLF that has ended a record.
Result<void> CsvReader::step_between_lines(char letter) {
    const bool ends_pair = letter == '\n' && after_return_;
    after_return_ = letter == '\r';
    if (ends_pair && state_ != State::Quoted) {
        return {};
    }
    if (letter == '\0') {
        return wrong(line_, "a NUL byte; a file of text has none");
    }
    if (++record_bytes_ > limits_.record_bytes) {
        return too_long();
    }
    if ((letter == '\n' && !ends_pair) || letter == '\r') {
        ++line_;
    }
    return step(letter);
}

Result<void> CsvReader::step(char letter) {
    if (state_ == State::Quoted) {
        if (letter == '"') {
            state_ = State::QuoteSeen;
        } else {
            field_ += letter;
        }
        return {};
    }
    if (letter == separator_) {
        return end_field();
    }
    if (letter == '\n' || letter == '\r') {
        return end_record();
    }
    if (state_ == State::QuoteSeen) {
        return step_after_quote(letter);
    }
    if (state_ == State::FieldStart && letter == '"') {
        state_ = State::Quoted;
        quote_line_ = line_;
        was_quoted_ = true;
        return {};
    }
    state_ = State::Unquoted;
    field_ += letter;
    return {};
}

Result<void> CsvReader::step_after_quote(char letter) {
    if (letter == '"') {
        field_ += letter;
        state_ = State::Quoted;
        return {};
    }
    if (letter == ' ') {
        return {};  // some programs pad
    }
    return wrong(line_, "something behind a closing quote; a quote within is written twice");
}

Result<void> CsvReader::end_field() {
    state_ = State::FieldStart;
    if (width_ >= limits_.columns) {
        return wrong(record_line_, fmt::format("more than {} columns", limits_.columns));
    }
    if (field_.size() > limits_.cell_bytes) {
        return wrong(
            record_line_,
            fmt::format("column {}: more than {} bytes", column_name(width_), limits_.cell_bytes)
        );
    }
    if (width_ == cells_.size()) {
        cells_.emplace_back();
    }
    Cell& cell = cells_[width_++];
    cell.text = to_nfc(field_, room_);
    cell.kind = cell.text.empty() ? CellKind::Empty : CellKind::Text;
    field_.clear();
    return {};
}

Result<void> CsvReader::end_record() {
    if (auto ended = end_field(); !ended) {
        return ended;
    }
    const std::span<const Cell> cells = std::span<const Cell>(cells_).first(width_);
    const std::int64_t number = std::exchange(record_line_, line_);
    const bool is_blank = cells.size() == 1 && cells[0].kind == CellKind::Empty && !was_quoted_;
    width_ = 0;
    record_bytes_ = 0;
    was_quoted_ = false;
    if (is_blank) {
        return {};
    }
    cell_count_ += cells.size();
    if (++record_count_ > limits_.rows || cell_count_ > limits_.cells) {
        return wrong(number, "more records or cells than are read");
    }
    return sink_.row({number, cells});
}

std::unexpected<Error> CsvReader::too_long() const {
    return wrong(record_line_, fmt::format("a record of more than {} bytes", limits_.record_bytes));
}

std::unexpected<Error> CsvReader::wrong(std::int64_t line, std::string_view what) const {
    return fail(ErrorKind::Data, fmt::format("line {}: {}", line, what));
}

Result<void> read_csv(std::string_view bytes, const CsvOptions& options, const TableSink& sink) {
    auto reader = CsvReader::make(options, sink);
    if (!reader) {
        return std::unexpected(std::move(reader.error()));
    }
    while (!bytes.empty()) {
        const std::string_view piece = bytes.substr(0, sniffed_bytes);
        if (auto fed = reader->feed(piece); !fed) {
            return fed;
        }
        bytes.remove_prefix(piece.size());
    }
    return reader->finish();
}

}  // namespace thidua::connectors
