// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The command line.

#pragma once

#include "instants.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace thidua::sandbox {

enum class Mode : std::uint8_t {
    Serve,
    Truth,
    PersonalData,
    Departments,
    Mishaps,
    PrintConfig,
    Help
};

struct Options {
    Mode mode = Mode::Serve;
    std::uint64_t seed = 1;
    std::int64_t dossiers = 20'000;
    std::int64_t mishaps = 0;  // of a thousand dossiers, for each kind
    Instant now = instant_of(campaign_start, std::chrono::milliseconds{0});
    std::uint16_t port = 0;
    std::optional<std::string> port_file;
    double fault_rate = 0;
    std::uint64_t fault_seed = 1;
    std::string client_id = "thidua";
    std::string client_secret = "sandbox-secret";
    std::string partner = "LANGSON";
    std::string partner_secret = "sandbox-partner";
    std::string adapter_password = "sandbox-adapter";
    std::string lgsp_secret = "sandbox-lgsp";
    std::string opencps_password = "sandbox-opencps";
    std::string opencps_group = "35417";
    Day from = campaign_start;
    Day to = campaign_end;
    std::optional<Instant> known_at;
    std::string config_directory;
};

/// The options that `arguments` (without the program's name) give, or a sentence on what is wrong.
std::expected<Options, std::string> parse_options(std::span<const std::string_view> arguments);

std::string_view help_text();

}  // namespace thidua::sandbox
