// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Tables that people hand over as files, as data: where they are dropped, and what stands in which
// column.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace thidua {

/// How the bytes of a text file are letters.
enum class Encoding {
    Utf8,         ///< with or without a mark at its start; with the mark of UTF-16, that
    Windows1258,  ///< marks of tone as letters of their own: NFC makes one of two
    Tcvn3,        ///< TCVN 5712, the ABC fonts; their capital fonts reuse the small letters
    Viscii,
};

/// Which marks a table's numbers have: 1.234 is a thousand and some in Vi, and one and some in En.
enum class NumberLocale {
    Vi,     ///< 1.234,5 or 1 234,5
    En,     ///< 1,234.5
    Plain,  ///< 1234.5
};

/// What the cells of a column are.
enum class ValueKind {
    Text,     ///< as it stands: codes keep their zeros in front
    Count,    ///< a whole number
    Dong,     ///< whole đồng
    Percent,  ///< with a per cent sign, or a number that is shown with one
    Time,     ///< a local day, or a day and a time
    Date,     ///< a local day alone
};

/// A column that is wanted of a table, found by its label.
struct FileColumn {
    std::string id;                   ///< the key under which the mapping finds it
    std::vector<std::string> labels;  ///< any of them; the first is written into the template
    bool is_required = false;         ///< the column must be there
    ValueKind kind = ValueKind::Text;
    std::string note{};                ///< in the template's guide
    std::vector<std::string> words{};  ///< the only values that the template lets people enter
};

/// A folder for files, and how they are read.
struct FileDrop {
    std::filesystem::path inbox;     ///< empty: files come by `thidua import` alone
    std::filesystem::path accepted;  ///< where they go that were taken; empty: inbox/da-nhan
    std::filesystem::path rejected;  ///< and those that were not; empty: inbox/tu-choi
    std::string sheet{};             ///< empty: the first that can be seen
    Encoding encoding = Encoding::Utf8;
    std::optional<char> separator{};  ///< of CSV; none: the likeliest
    NumberLocale locale = NumberLocale::Vi;
    std::vector<FileColumn> columns{};
    std::chrono::milliseconds settle{10'000};  ///< a file that grew less than that ago is let be
};

}  // namespace thidua
