// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/file_drop_reader.hpp"

#include "config/request_reader.hpp"

#include <utility>

namespace thidua::config {
namespace {

std::optional<char> read_separator(const Node& node) {
    if (!node) {
        return std::nullopt;
    }
    const char separator = node.one_of<char>({{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}});
    return separator == '\0' ? std::nullopt : std::optional(separator);
}

FileColumn read_column(std::string id, Node node) {
    FileColumn column;
    column.id = std::move(id);
    if (!node.is_map()) {
        column.labels = one_or_more(node);
        return column;
    }
    column.labels = one_or_more(node.required("labels"));
    column.is_required = node.optional("required").boolean_or(column.is_required);
    column.kind = node.optional("kind").one_of_or<ValueKind>(
        {{"text", ValueKind::Text},
         {"count", ValueKind::Count},
         {"dong", ValueKind::Dong},
         {"percent", ValueKind::Percent},
         {"time", ValueKind::Time},
         {"day", ValueKind::Date}},
        column.kind
    );
    column.note = node.optional("note").text_or("");
    column.words = node.optional("words").texts();
    node.finish();
    return column;
}

}  // namespace

FileDrop read_file_drop(Node node) {
    FileDrop drop;
    drop.inbox = node.optional("inbox").path();
    drop.accepted = node.optional("accepted").path();
    drop.rejected = node.optional("rejected").path();
    if (drop.accepted.empty()) {
        drop.accepted = drop.inbox / "da-nhan";
    }
    if (drop.rejected.empty()) {
        drop.rejected = drop.inbox / "tu-choi";
    }
    drop.sheet = node.optional("sheet").text_or("");
    drop.encoding = node.optional("encoding")
                        .one_of_or<Encoding>(
                            {{"utf-8", Encoding::Utf8},
                             {"windows-1258", Encoding::Windows1258},
                             {"tcvn3", Encoding::Tcvn3},
                             {"viscii", Encoding::Viscii}},
                            drop.encoding
                        );
    drop.separator = read_separator(node.optional("separator"));
    drop.locale = node.optional("numbers").one_of_or<NumberLocale>(
        {{"vi", NumberLocale::Vi}, {"en", NumberLocale::En}, {"plain", NumberLocale::Plain}},
        drop.locale
    );
    for (const auto& [id, column] : node.optional("columns").entries()) {
        drop.columns.push_back(read_column(id, column));
    }
    drop.settle = node.optional("settle").duration_or(drop.settle);
    node.finish();
    return drop;
}

}  // namespace thidua::config
