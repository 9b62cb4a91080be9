// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/catalogue_writer.hpp"

#include "config/yaml_text.hpp"
#include "core/source.hpp"
#include "core/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

namespace thidua::config {

namespace {

bool is_letter(char letter) {
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
}

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/// H37.10.05 needs no quotes: no reader of YAML takes it for a number, a day or a truth value.
std::string code_text(std::string_view code) {
    const bool is_plain =
        !code.empty() && is_letter(code.front()) && std::ranges::any_of(code, is_digit) &&
        std::ranges::all_of(code, [](char letter) {
            return is_letter(letter) || is_digit(letter) || letter == '.' || letter == '-';
        });
    return is_plain ? std::string(code) : double_quoted(code);
}

std::vector<std::string> code_texts(const std::vector<std::string>& codes) {
    std::vector<std::string> texts;
    for (const std::string& code : codes) {
        texts.push_back(code_text(code));
    }
    return texts;
}

/// The pairs of a map in one line; what is absent is left out.
class FlowMap {
  public:
    void add(std::string_view key, const std::string& value) {
        pairs_.push_back(fmt::format("{}: {}", key, value));
    }
    void add_code(std::string_view key, const std::optional<std::string>& code) {
        if (code) {
            add(key, code_text(*code));
        }
    }
    void add_text(std::string_view key, const std::optional<std::string>& text) {
        if (text) {
            add(key, double_quoted(*text));
        }
    }
    void add_days(const DaysInForce& days) {
        if (days.from) {
            add("from", thidua::to_text(*days.from));
        }
        if (days.until) {
            add("until", thidua::to_text(*days.until));
        }
    }
    void add_list(std::string_view key, const std::vector<std::string>& items) {
        if (!items.empty()) {
            add(key, fmt::format("[{}]", fmt::join(items, ", ")));
        }
    }
    [[nodiscard]] std::string text() const {
        return fmt::format("{{{}}}", fmt::join(pairs_, ", "));
    }

  private:
    std::vector<std::string> pairs_;
};

std::string alias_text(const DatedUnit::DatedAlias& alias) {
    if (alias.days == DaysInForce{}) {
        return code_text(alias.code);
    }
    FlowMap map;
    map.add_code("code", alias.code);
    map.add_days(alias.days);
    return map.text();
}

std::string change_text(const DatedUnit::Change& change) {
    FlowMap map;
    map.add("from", thidua::to_text(change.from));
    map.add_text("name", change.name);
    map.add_code("parent", change.parent);
    return map.text();
}

std::string unit_text(const DatedUnit& unit) {
    FlowMap map;
    map.add_code("code", unit.code);
    map.add_text("name", unit.name);
    map.add_code("parent", unit.parent);
    map.add_days(unit.days);
    map.add_code("merged_into", unit.merged_into);
    std::vector<std::string> aliases;
    for (const DatedUnit::DatedAlias& alias : unit.aliases) {
        aliases.push_back(alias_text(alias));
    }
    map.add_list("aliases", aliases);
    std::vector<std::string> changes;
    for (const DatedUnit::Change& change : unit.changes) {
        changes.push_back(change_text(change));
    }
    map.add_list("changes", changes);
    return fmt::format("  - {}\n", map.text());
}

std::string procedure_text(const Procedure& procedure) {
    std::vector<std::string> levels;
    for (const Procedure::DatedLevel& row : procedure.levels) {
        levels.push_back(fmt::format(
            "{{level: {}, from: {}}}",
            level_words[static_cast<std::size_t>(row.level)],
            thidua::to_text(row.from)
        ));
    }
    std::vector<std::string> fees;
    for (const Procedure::DatedFee& row : procedure.fees) {
        fees.push_back(
            fmt::format("{{fee_bearing: {}, from: {}}}", row.fee_bearing, thidua::to_text(row.from))
        );
    }
    std::string yaml = fmt::format(
        "  - code: {}\n    name: {}\n    units: [{}]\n    levels: [{}]\n",
        code_text(procedure.code),
        double_quoted(procedure.name),
        fmt::join(code_texts(procedure.units), ", "),
        fmt::join(levels, ", ")
    );
    if (!fees.empty()) {
        yaml += fmt::format("    fees: [{}]\n", fmt::join(fees, ", "));
    }
    return yaml;
}

std::string officer_text(const Officer& officer) {
    FlowMap map;
    map.add_code("id", officer.id);
    map.add_text("name", officer.name);
    map.add_code("unit", officer.unit);
    if (!officer.position.empty()) {
        map.add_text("position", officer.position);
    }
    map.add_days(officer.days);
    return fmt::format("  - {}\n", map.text());
}

template <class Value>
std::string list_text(
    std::string_view key, const std::vector<Value>& values, std::string (*text)(const Value&)
) {
    if (values.empty()) {
        return fmt::format("{}: []\n", key);
    }
    std::string yaml = fmt::format("{}:\n", key);
    for (const Value& value : values) {
        yaml += text(value);
    }
    return yaml;
}

std::string values_text(Catalogue which, const Catalogues& values) {
    switch (which) {
        case Catalogue::Units:
            return list_text(to_text(which), values.units, unit_text);
        case Catalogue::Procedures:
            return list_text(to_text(which), values.procedures, procedure_text);
        case Catalogue::Officers:
            return list_text(to_text(which), values.officers, officer_text);
    }
    return {};
}

}  // namespace

std::string catalogue_yaml(
    Catalogue which, const Catalogues& values, const CatalogueOrigin& origin
) {
    return fmt::format(
        "# Written by `thidua import --as {}` from {},\n"
        "# SHA-256 {}.\n"
        "# Correct the table and import it again, or edit this file: docs/catalogues.md.\n"
        "version: 1\n"
        "{}",
        to_text(which),
        one_line(to_nfc(origin.file_name)),
        origin.sha256,
        values_text(which, values)
    );
}

}  // namespace thidua::config
