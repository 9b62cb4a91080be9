// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/standings_json.hpp"

#include "daemon/json_values.hpp"

namespace thidua::daemon {
namespace {

namespace json = boost::json;

json::array figures_json(const rules::UnitStanding& unit) {
    json::array figures;
    for (const rules::Figure& figure : unit.figures) {
        figures.push_back(figure_json(figure));
    }
    return figures;
}

json::object unit_json(const rules::UnitStanding& unit) {
    json::object object;
    object["code"] = unit.code;
    object["name"] = unit.name;
    object["parent"] = or_null(unit.parent);
    object["rank"] = or_null(unit.rank);
    object["indicators"] = figures_json(unit);
    return object;
}

json::object source_json(const SourceStatus& source) {
    json::object object;
    object["name"] = source.name;
    object["state"] = to_text(source.state);
    object["data_through"] = time_or_null(source.data_through);
    return object;
}

void write_pretty(std::string& out, const json::value& value, const std::string& indent);

template <class Items, class Write>
void write_items(
    std::string& out,
    const Items& items,
    const std::string& indent,
    std::string_view ends,
    Write write
) {
    if (items.empty()) {
        out += ends;
        return;
    }
    const std::string deeper = indent + "  ";
    out += ends[0];
    bool is_first = true;
    for (const auto& item : items) {
        out += is_first ? "\n" : ",\n";
        out += deeper;
        write(item, deeper);
        is_first = false;
    }
    out += "\n" + indent;
    out += ends[1];
}

void write_pretty(std::string& out, const json::value& value, const std::string& indent) {
    if (const auto* object = value.if_object()) {
        write_items(out, *object, indent, "{}", [&](const auto& member, const std::string& deeper) {
            out += json::serialize(json::value(member.key())) + ": ";
            write_pretty(out, member.value(), deeper);
        });
    } else if (const auto* array = value.if_array()) {
        write_items(out, *array, indent, "[]", [&](const auto& item, const std::string& deeper) {
            write_pretty(out, item, deeper);
        });
    } else {
        out += json::serialize(value);
    }
}

}  // namespace

json::object figure_json(const rules::Figure& figure) {
    json::object object;
    object["id"] = figure.indicator;
    object["figure"] = figure.id;
    object["numerator"] = figure.counts ? json::value(figure.counts->numerator) : nullptr;
    object["denominator"] = figure.counts ? json::value(figure.counts->denominator) : nullptr;
    object["operator"] = figure.target ? json::value(to_text(figure.target->op)) : nullptr;
    object["target"] = figure.target ? json::value(to_text(figure.target->value)) : nullptr;
    object["verdict"] = figure.verdict ? json::value(rules::to_text(*figure.verdict)) : nullptr;
    object["rank"] = or_null(figure.rank);
    object["convert"] = or_null(figure.convert);
    object["new_all_online"] = or_null(figure.new_all_online);
    object["fitness"] = rules::to_text(figure.fitness);
    return object;
}

json::object standings_head_json(const rules::Standings& standings) {
    json::object object;
    object["campaign"] = standings.campaign;
    object["as_of"] = to_text(standings.as_of);
    object["known_at"] = to_text(standings.known_at);
    object["fitness"] = rules::to_text(standings.fitness);
    json::array sources;
    for (const SourceStatus& source : standings.sources) {
        sources.push_back(source_json(source));
    }
    object["sources"] = std::move(sources);
    return object;
}

json::object standings_json(const rules::Standings& standings) {
    json::object object = standings_head_json(standings);
    json::array units;
    for (const rules::UnitStanding& unit : standings.units) {
        units.push_back(unit_json(unit));
    }
    object["units"] = std::move(units);
    object["total"] = {
        {"code", standings.total.code}, {"indicators", figures_json(standings.total)}};
    object["unmapped_dossiers"] = standings.unmapped;
    return object;
}

void put_error(json::object& object, const std::optional<Error>& error) {
    object["error_kind"] = error ? json::value(to_text(error->kind)) : nullptr;
    object["error"] = error ? json::value(error->message) : nullptr;
}

json::array problems_json(const std::vector<config::Problem>& problems) {
    json::array array;
    for (const config::Problem& problem : problems) {
        array.push_back(
            {{"file", problem.file},
             {"line", problem.line},
             {"column", problem.column},
             {"key", problem.key},
             {"message", problem.message}}
        );
    }
    return array;
}

std::string pretty_json(const json::value& value) {
    std::string out;
    write_pretty(out, value, "");
    return out + "\n";
}

}  // namespace thidua::daemon
