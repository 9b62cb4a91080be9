// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/header.hpp"

#include "core/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace thidua::connectors {
namespace {

constexpr std::size_t shown_labels_max = 30;
constexpr std::size_t shown_label_bytes_max = 120;
/// A longer text is no label; folding it for every row would cost more than it is worth.
constexpr std::size_t label_bytes_max = 1'000;
/// Labels further to the right are not looked for.
constexpr std::size_t label_columns_max = 1'000;

/// A column's names: as they would be shown, the likeliest first.
struct Column {
    std::size_t column = 0;
    std::vector<std::string> names;
};

/// A row, or two, taken for a header.
struct Candidate {
    std::size_t first = 0;
    std::size_t last = 0;
    std::vector<Column> columns;
    std::vector<std::vector<std::size_t>>
        found{};  ///< for each wanted column, indices into columns
    std::size_t matches = 0;
};

using WantedKeys = std::map<std::string, std::vector<std::size_t>, std::less<>>;

WantedKeys keys_of(std::span<const WantedColumn> wanted) {
    WantedKeys keys;
    for (std::size_t at = 0; at < wanted.size(); ++at) {
        for (const std::string& label : wanted[at].labels) {
            const std::string key = label_key(label);
            if (key.empty()) {
                continue;
            }
            auto& owners = keys[key];
            if (owners.empty() || owners.back() != at) {
                owners.push_back(at);
            }
        }
    }
    return keys;
}

std::string_view label_at(const KeptRow& row, std::size_t column) {
    if (column >= std::min(row.cells.size(), label_columns_max) ||
        row.cells[column].kind != CellKind::Text ||
        row.cells[column].text.size() > label_bytes_max) {
        return {};
    }
    return row.cells[column].text;
}

const Merge* merge_at(const TableFacts& facts, std::int64_t row, std::size_t column) {
    const auto found = std::ranges::find_if(facts.merges, [&](const Merge& merge) {
        return merge.first_row <= row && row <= merge.last_row && merge.first_column <= column &&
               column <= merge.last_column;
    });
    return found == facts.merges.end() ? nullptr : &*found;
}

/// The labels of `row` for its first `width` columns, each over all the columns it is shown over.
std::vector<std::string_view> spread_labels(
    const KeptRow& row, const TableFacts& facts, std::size_t width
) {
    std::vector<std::string_view> labels(width);
    for (std::size_t column = 0; column < width; ++column) {
        labels[column] = label_at(row, column);
        if (!labels[column].empty()) {
            continue;
        }
        if (!facts.knows_merges) {
            labels[column] = column > 0 ? labels[column - 1] : std::string_view{};
        } else if (const Merge* merge = merge_at(facts, row.number, column);
                   merge != nullptr && merge->first_row == row.number) {
            labels[column] = label_at(row, merge->first_column);
        }
    }
    return labels;
}

std::vector<Column> columns_of_one(const KeptRow& row) {
    std::vector<Column> columns;
    for (std::size_t column = 0; column < row.cells.size(); ++column) {
        if (const auto label = label_at(row, column); !label.empty()) {
            columns.push_back({column, {std::string(label)}});
        }
    }
    return columns;
}

std::vector<Column> columns_of_two(
    const KeptRow& upper_row, const KeptRow& lower_row, const TableFacts& facts
) {
    std::vector<Column> columns;
    const std::size_t width =
        std::min(std::max(upper_row.cells.size(), lower_row.cells.size()), label_columns_max);
    const auto uppers = spread_labels(upper_row, facts, width);
    for (std::size_t column = 0; column < width; ++column) {
        const std::string_view lower = label_at(lower_row, column);
        if (!lower.empty() && !uppers[column].empty()) {
            columns.push_back(
                {column, {fmt::format("{} / {}", uppers[column], lower), std::string(lower)}}
            );
        } else if (!lower.empty()) {
            columns.push_back({column, {std::string(lower)}});
        } else if (const auto own = label_at(upper_row, column); !own.empty()) {
            columns.push_back({column, {std::string(own)}});
        }
    }
    return columns;
}

/// Notes that column `at` of `candidate` has a label of each wanted one in `owners`.
void note(Candidate& candidate, std::size_t at, const std::vector<std::size_t>& owners) {
    for (const std::size_t owner : owners) {
        auto& found = candidate.found[owner];
        if (found.empty() || found.back() != at) {
            found.push_back(at);
        }
    }
}

Candidate match(Candidate candidate, const WantedKeys& keys, std::size_t wanted_count) {
    candidate.found.resize(wanted_count);
    for (std::size_t at = 0; at < candidate.columns.size(); ++at) {
        for (const std::string& name : candidate.columns[at].names) {
            if (const auto owners = keys.find(label_key(name)); owners != keys.end()) {
                note(candidate, at, owners->second);
            }
        }
    }
    candidate.matches = static_cast<std::size_t>(
        std::ranges::count_if(candidate.found, [](const auto& found) { return !found.empty(); })
    );
    return candidate;
}

/// One row before two, and the upper before the lower, where they explain equally much.
Candidate best_candidate(
    std::span<const KeptRow> rows, const TableFacts& facts, std::span<const WantedColumn> wanted
) {
    const WantedKeys keys = keys_of(wanted);
    Candidate best;
    const auto consider = [&](Candidate candidate) {
        candidate = match(std::move(candidate), keys, wanted.size());
        if (candidate.matches > best.matches) {
            best = std::move(candidate);
        }
    };
    const std::size_t count = std::min(rows.size(), header_rows_max);
    for (std::size_t at = 0; at < count; ++at) {
        consider({.first = at, .last = at, .columns = columns_of_one(rows[at])});
    }
    for (std::size_t at = 0; at + 1 < count; ++at) {
        consider({
            .first = at,
            .last = at + 1,
            .columns = columns_of_two(rows[at], rows[at + 1], facts),
        });
    }
    return best;
}

std::string shown(std::string_view label) {
    std::size_t length = std::min(label.size(), shown_label_bytes_max);
    while (length > 0 && length < label.size() && (label[length] & '\xC0') == '\x80') {
        --length;  // not within a letter
    }
    return one_line(label.substr(0, length));
}

std::unexpected<Error> missing(
    const WantedColumn& column, const Candidate& candidate, std::int64_t row
) {
    std::vector<std::string> labels;
    std::map<std::string, std::string> by_key;
    for (const Column& there : candidate.columns) {
        for (const std::string& name : there.names) {
            by_key.emplace(label_key(name), name);
        }
        if (labels.size() < shown_labels_max) {
            labels.push_back(fmt::format("'{}'", shown(there.names.front())));
        }
    }
    std::vector<std::string> keys;
    for (const auto& [key, name] : by_key) {
        keys.push_back(key);
    }
    std::string hint;
    for (const std::string& label : column.labels) {
        const std::string near = hint.empty() ? nearest(label_key(label), keys) : "";
        hint = near.empty() ? hint : fmt::format("; did you mean '{}'?", shown(by_key[near]));
    }
    return fail(
        ErrorKind::Data,
        fmt::format(
            "header in row {}: no column '{}' for {}; there are {}{}",
            row,
            fmt::join(column.labels, "' or '"),
            column.id,
            fmt::join(labels, ", "),
            hint
        )
    );
}

}  // namespace

std::string label_key(std::string_view label) {
    std::string key;
    const std::string folded = fold(label);
    for (std::size_t at = 0; at < folded.size(); ++at) {
        const char letter = folded[at];
        const auto byte = static_cast<unsigned char>(letter);
        // U+2000 to U+206F: dashes, quotes, dots and invisible marks.
        if (byte == 0xE2 && at + 2 < folded.size() &&
            (folded[at + 1] == '\x80' || folded[at + 1] == '\x81')) {
            at += 2;
        } else if (byte >= 0x80 || (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9')) {
            key += letter;
        }
    }
    return key;
}

Result<Header> find_header(
    std::span<const KeptRow> rows, const TableFacts& facts, std::span<const WantedColumn> wanted
) {
    const Candidate best = best_candidate(rows, facts, wanted);
    if (best.matches == 0) {
        return fail(
            ErrorKind::Data,
            fmt::format(
                "none of the first {} rows has a label that was looked for, such as '{}'",
                header_rows_max,
                wanted.empty() || wanted[0].labels.empty() ? "" : wanted[0].labels[0]
            )
        );
    }
    Header header{.first = best.first, .last = best.last};
    for (std::size_t at = 0; at < wanted.size(); ++at) {
        const auto& found = best.found[at];
        if (found.size() > 1) {
            return fail(
                ErrorKind::Data,
                fmt::format(
                    "header in row {}: two columns for {}: '{}' in {} and '{}' in {}",
                    rows[best.first].number,
                    wanted[at].id,
                    shown(best.columns[found[0]].names.front()),
                    column_name(best.columns[found[0]].column),
                    shown(best.columns[found[1]].names.front()),
                    column_name(best.columns[found[1]].column)
                )
            );
        }
        if (found.empty() && wanted[at].is_required) {
            return missing(wanted[at], best, rows[best.first].number);
        }
        header.columns.push_back(
            found.empty() ? std::nullopt : std::optional(best.columns[found[0]].column)
        );
    }
    header.fields = rows[header.first].cells.size();
    // One row explains as much as two, but its cells reach down into the next.
    const std::int64_t number = rows[header.first].number;
    for (const Merge& merge : facts.merges) {
        const bool reaches_down = merge.first_row == number && merge.last_row == number + 1;
        if (reaches_down && header.last + 1 < rows.size() && header.last == header.first &&
            rows[header.last + 1].number == number + 1) {
            ++header.last;
        }
    }
    return header;
}

}  // namespace thidua::connectors
