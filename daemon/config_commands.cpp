// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua config show, schema, reference: what counts, and what there is to write.
#include "config/effective.hpp"
#include "config/loader.hpp"
#include "daemon/commands.hpp"
#include "daemon/config_reference.hpp"
#include "daemon/config_schema.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

/// Scalars and empty lists and maps, each with the dotted path by which messages name it.
void add_values(const config::EffectiveValue& value, json::array& values) {
    for (const config::EffectiveValue& each : value.below) {
        add_values(each, values);
    }
    if (!value.below.empty()) {
        return;
    }
    json::value shown = nullptr;
    switch (value.kind) {
        case config::EffectiveValue::Kind::Scalar:
            shown = json::string(value.text);
            break;
        case config::EffectiveValue::Kind::List:
            shown = json::array();
            break;
        case config::EffectiveValue::Kind::Map:
            shown = json::object();
            break;
    }
    values.push_back(
        {{"key", value.key}, {"value", std::move(shown)}, {"origin", config::origin_text(value)}}
    );
}

}  // namespace

ExitCode run_config_show(const Options& options) {
    const auto shown = config::read_effective(
        options.config,
        options.showing.redacted ? config::Privacy::Redacted : config::Privacy::Whole
    );
    if (!shown) {
        return report_problems(shown.error());
    }
    if (options.json) {
        json::array values;
        add_values(*shown, values);
        fmt::print(
            "{}",
            pretty_json(
                {{"file", options.config.string()},
                 {"redacted", options.showing.redacted},
                 {"values", std::move(values)}}
            )
        );
    } else {
        fmt::print(
            "{}",
            config::to_yaml(
                *shown, options.showing.origin ? config::Origins::Shown : config::Origins::Hidden
            )
        );
    }
    const auto settings = config::load(options.config);
    return settings ? ExitCode::Done : report_problems(settings.error());
}

ExitCode run_config_schema(const Options& options) {
    const auto kinds = config::keys::file_kinds();
    const auto kind = std::ranges::find(
        kinds, options.kind.empty() ? "root" : options.kind, &config::keys::FileKind::name
    );
    check(kind != kinds.end(), "run_config_schema: the command line takes known kinds only");
    fmt::print("{}", pretty_json(config_schema(*kind)));
    return ExitCode::Done;
}

ExitCode run_config_reference() {
    fmt::print("{}", config_reference());
    return ExitCode::Done;
}

}  // namespace thidua::daemon
