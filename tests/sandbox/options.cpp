// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "options.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace thidua::sandbox {
namespace {

constexpr std::int64_t dossiers_max = 20'000'000;

template <typename Number>
std::optional<Number> number_in(std::string_view text, Number least, Number most) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most) {
        return std::nullopt;
    }
    return value;
}

/// Stores what was read; false where nothing could be.
template <typename Field, typename Value>
bool keep(Field& field, const std::optional<Value>& value) {
    if (value) {
        field = *value;
    }
    return value.has_value();
}

bool keep_text(std::string& field, std::string_view value) {
    field = value;
    return !value.empty();
}

using Setter = bool (*)(Options&, std::string_view);

struct Named {
    std::string_view name;
    Setter set;
    std::string_view allowed;
};

constexpr std::string_view whole_number = "a whole number, 0 or more";
constexpr std::string_view any_text = "a text that is not empty";
constexpr std::string_view a_day = "a day, as 2024-06-07";
constexpr std::string_view an_instant = "an instant, as 2024-06-07T00:00:00+07:00";

// One row per option with a value; the lambdas have no state.
constexpr std::array named_options = std::to_array<Named>({
    {"--seed",
     [](Options& options, std::string_view value) {
         return keep(options.seed, number_in<std::uint64_t>(value, 0, UINT64_MAX));
     },
     whole_number},
    {"--dossiers",
     [](Options& options, std::string_view value) {
         return keep(options.dossiers, number_in<std::int64_t>(value, 0, dossiers_max));
     },
     "0 to 20000000"},
    {"--mishaps",
     [](Options& options, std::string_view value) {
         return keep(options.mishaps, number_in<std::int64_t>(value, 0, 200));
     },
     "0 to 200"},
    {"--now",
     [](Options& options, std::string_view value) {
         return keep(options.now, parse_instant(value, Zulu::Utc));
     },
     an_instant},
    {"--port",
     [](Options& options, std::string_view value) {
         return keep(options.port, number_in<std::uint16_t>(value, 0, UINT16_MAX));
     },
     "0 to 65535"},
    {"--port-file",
     [](Options& options, std::string_view value) {
         options.port_file = std::string{value};
         return !value.empty();
     },
     any_text},
    {"--fault-rate",
     [](Options& options, std::string_view value) {
         return keep(options.fault_rate, number_in<double>(value, 0, 1));
     },
     "0 to 1"},
    {"--fault-seed",
     [](Options& options, std::string_view value) {
         return keep(options.fault_seed, number_in<std::uint64_t>(value, 0, UINT64_MAX));
     },
     whole_number},
    {"--client-id",
     [](Options& options, std::string_view value) { return keep_text(options.client_id, value); },
     any_text},
    {"--client-secret",
     [](Options& options, std::string_view value) {
         return keep_text(options.client_secret, value);
     },
     any_text},
    {"--partner",
     [](Options& options, std::string_view value) { return keep_text(options.partner, value); },
     any_text},
    {"--partner-secret",
     [](Options& options, std::string_view value) {
         return keep_text(options.partner_secret, value);
     },
     any_text},
    {"--adapter-password",
     [](Options& options, std::string_view value) {
         return keep_text(options.adapter_password, value);
     },
     any_text},
    {"--lgsp-secret",
     [](Options& options, std::string_view value) {
         return keep_text(options.lgsp_secret, value);
     },
     any_text},
    {"--opencps-password",
     [](Options& options, std::string_view value) {
         return keep_text(options.opencps_password, value);
     },
     any_text},
    {"--opencps-group",
     [](Options& options, std::string_view value) {
         return keep_text(options.opencps_group, value);
     },
     any_text},
    {"--from",
     [](Options& options, std::string_view value) { return keep(options.from, parse_day(value)); },
     a_day},
    {"--to",
     [](Options& options, std::string_view value) { return keep(options.to, parse_day(value)); },
     a_day},
    {"--known-at",
     [](Options& options, std::string_view value) {
         return keep(options.known_at, parse_instant(value, Zulu::Utc));
     },
     an_instant},
    {"--print-config",
     [](Options& options, std::string_view value) {
         options.mode = Mode::PrintConfig;
         return keep_text(options.config_directory, value);
     },
     any_text},
});

std::optional<Mode> mode_named(std::string_view argument) {
    if (argument == "--truth") {
        return Mode::Truth;
    }
    if (argument == "--personal-data") {
        return Mode::PersonalData;
    }
    if (argument == "--mishap-truth") {
        return Mode::Mishaps;
    }
    if (argument == "--departments") {
        return Mode::Departments;
    }
    if (argument == "--help" || argument == "-h") {
        return Mode::Help;
    }
    return std::nullopt;
}

std::string refusal(const Named& option, std::string_view value) {
    std::string out{option.name};
    out += ": ";
    out += value;
    out += " given, allowed is ";
    out += option.allowed;
    return out;
}

}  // namespace

std::expected<Options, std::string> parse_options(std::span<const std::string_view> arguments) {
    Options options;
    for (std::size_t index = 0; index < arguments.size(); ++index) {
        const std::size_t equals = arguments[index].find('=');
        const std::string name{arguments[index].substr(0, equals)};
        if (const auto mode = mode_named(arguments[index])) {
            options.mode = *mode;
            continue;
        }
        const auto* option = std::ranges::find(named_options, name, &Named::name);
        if (option == named_options.end()) {
            return std::unexpected("unknown argument " + std::string{arguments[index]});
        }
        if (equals == std::string_view::npos && index + 1 == arguments.size()) {
            return std::unexpected(name + ": a value is missing");
        }
        const std::string value{
            equals == std::string_view::npos ? arguments[++index]
                                             : arguments[index].substr(equals + 1)};
        if (!option->set(options, value)) {
            return std::unexpected(refusal(*option, value));
        }
    }
    if (options.from > options.to) {
        return std::unexpected("--from is after --to");
    }
    return options;
}

std::string_view help_text() {
    return R"(thidua-sandbox: the outside systems out of a seed and a virtual time

  thidua-sandbox [--seed 1] [--dossiers 20000] [--mishaps 0] [--now 2024-06-07T00:00:00+07:00]
                 [--port 0] [--port-file FILE] [--fault-rate 0] [--fault-seed 1]
                 [--client-id thidua] [--client-secret sandbox-secret]
                 [--partner LANGSON] [--partner-secret sandbox-partner]
                 [--adapter-password sandbox-adapter] [--lgsp-secret sandbox-lgsp]
                 [--opencps-password sandbox-opencps] [--opencps-group 35417]
      serves on 127.0.0.1 until SIGTERM or SIGINT
  thidua-sandbox --truth [--seed 1] [--dossiers 20000] [--from DAY] [--to DAY] [--known-at T]
      prints the right figures, one JSON object a line
  thidua-sandbox --mishap-truth [--seed 1] [--dossiers 20000] [--mishaps 0] --known-at T
      prints on which dossiers the systems differ at T, and why, one JSON object a line
  thidua-sandbox --personal-data     prints every planted personal value, one a line
  thidua-sandbox --departments       prints "code uuid" of the national reporting's departments
  thidua-sandbox --help
)";
}

}  // namespace thidua::sandbox
