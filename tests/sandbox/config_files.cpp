// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "config_files.hpp"

#include "catalogue.hpp"

#include <fstream>
#include <string_view>

namespace thidua::sandbox {
namespace {

constexpr std::string_view file_name = "so-tnmt-langson.yaml";

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    out += text;
    out += '"';
}

template <typename Row>
std::string join(const std::vector<Row>& rows, const auto& append) {
    std::string out = "[";
    for (const Row& row : rows) {
        out += out.size() > 1 ? ", " : "";
        append(out, row);
    }
    return out + "]";
}

void append_unit(std::string& out, const Unit& unit) {
    out += "  - {code: " + unit.code + ", name: ";
    append_quoted(out, unit.name);
    if (unit.code != units().front().code) {
        out += ", parent: " + units()[unit.parent].code;
    }
    if (!unit.aliases.empty()) {
        out += ", aliases: " + join(unit.aliases, append_quoted);
    }
    out += "}\n";
}

void append_level(std::string& out, const LevelRow& row) {
    out += "{level: ";
    out += to_text(row.level);
    out += ", from: " + to_text(row.from) + "}";
}

void append_fee(std::string& out, const FeeRow& row) {
    out += row.fee_bearing ? "{fee_bearing: true" : "{fee_bearing: false";
    out += ", from: " + to_text(row.from) + "}";
}

void append_procedure(std::string& out, const Procedure& procedure) {
    out += "  - code: ";
    append_quoted(out, procedure.code);
    out += "\n    name: ";
    append_quoted(out, procedure.name);
    out += "\n    units: " + join(procedure.units, [](std::string& list, UnitIndex unit) {
               list += units()[unit].code;
           });
    out += "\n    levels: " + join(procedure.levels, append_level);
    out += "\n    fees: " + join(procedure.fees, append_fee) + "\n";
}

std::optional<std::string> write(const std::filesystem::path& path, const std::string& text) {
    std::ofstream file{path, std::ios::binary};
    file << text << std::flush;
    return file ? std::nullopt : std::optional{"cannot write " + path.string()};
}

}  // namespace

std::string organisation_yaml() {
    std::string out =
        "# An example: the units of Sở Tài nguyên và Môi trường tỉnh Lạng Sơn as of 2024. The "
        "codes\n"
        "# are invented; that unit 10 of H37 is this Sở is an example, not confirmed.\n"
        "# Written by `thidua-sandbox --print-config`: the sandbox serves the same units.\n"
        "version: 1\nunits:\n";
    for (const Unit& unit : units()) {
        append_unit(out, unit);
    }
    return out;
}

std::string procedures_yaml() {
    std::string out =
        "# An example: procedures of Sở Tài nguyên và Môi trường tỉnh Lạng Sơn with the levels "
        "and\n"
        "# fee flags that hold from a day on. Codes, levels and fees are invented; unit 10 of H37 "
        "is\n"
        "# an example, not confirmed.\n"
        "# Written by `thidua-sandbox --print-config`: the sandbox serves the same procedures.\n"
        "version: 1\nprocedures:\n";
    for (const Procedure& procedure : procedures()) {
        append_procedure(out, procedure);
    }
    return out;
}

std::optional<std::string> write_config(const std::filesystem::path& directory) {
    if (auto problem = write(directory / "organisations" / file_name, organisation_yaml())) {
        return problem;
    }
    return write(directory / "procedures" / file_name, procedures_yaml());
}

}  // namespace thidua::sandbox
