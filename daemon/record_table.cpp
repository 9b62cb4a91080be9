// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/record_table.hpp"

#include "core/file.hpp"
#include "core/text.hpp"
#include "daemon/file_words.hpp"
#include "daemon/json_values.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

constexpr std::uintmax_t table_bytes_max = 128U * 1024 * 1024;

}  // namespace

Result<HandedIn> read_handed_in(const Options& options, std::span<const FileColumn> columns) {
    const std::filesystem::path path(options.files.front());
    const auto bytes = read_file(path, table_bytes_max);
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    HandedIn handed;
    handed.name = path.filename().string();
    handed.by = as_written(options.by);
    if (handed.by.empty()) {
        auto owner = file_owner(path);
        if (!owner) {
            return std::unexpected(owner.error());
        }
        handed.by = *std::move(owner);
    }
    auto table = read_columns(columns, {handed.name, *bytes});
    if (!table) {
        return std::unexpected(table.error());
    }
    handed.table = *std::move(table);
    return handed;
}

ExitCode refuse_table(const Options& options, const Output& output, const Error& error) {
    if (options.json) {
        json::object told{{"recorded", 0}};
        put_error(told, error);
        told["mistakes"] = json::array();
        output.out(pretty_json(told));
    } else if (error.kind == ErrorKind::Data) {
        output.err(fmt::format("    {}\n", vietnamese_reason(error.message)));
    }
    return report_error(output, error);
}

ExitCode refuse_rows(
    const Options& options,
    const Output& output,
    const std::string& name,
    const std::vector<RowMistake>& mistakes
) {
    for (const RowMistake& mistake : mistakes) {
        output.err(fmt::format("{}: {}\n", name, to_text(mistake)));
    }
    const Error error{
        ErrorKind::Data,
        fmt::format(
            "{}: {} {}; nothing was put on file",
            name,
            mistakes.size(),
            mistakes.size() == 1 ? "mistake" : "mistakes"
        )};
    if (options.json) {
        json::object told{{"recorded", 0}};
        put_error(told, error);
        told["mistakes"] = mistakes_json(mistakes);
        output.out(pretty_json(told));
    }
    return report_error(output, error);
}

json::array mistakes_json(const std::vector<RowMistake>& mistakes) {
    json::array array;
    for (const RowMistake& mistake : mistakes) {
        array.push_back(
            {{"sheet", text_or_null(mistake.sheet)},
             {"row", mistake.row},
             {"column", text_or_null(mistake.column)},
             {"reason", mistake.message}}
        );
    }
    return array;
}

std::string as_written(std::string_view text) {
    return one_line(trim(to_nfc(text)));
}

}  // namespace thidua::daemon
