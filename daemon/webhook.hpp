// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Calls to addresses that are secrets: they stand in files, and no error repeats them.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <boost/json/object.hpp>

#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>

namespace thidua::daemon {

/// An address, by the key of the configuration that names its file.
struct SecretAddress {
    std::string_view key;  ///< operator.webhook_url_file
    std::filesystem::path file;
    std::filesystem::path ca_file;  ///< empty: the system's certificates
};

/// POSTs `message` as JSON, once, within ten seconds. Errors: those of the file (Config) and of
/// delivery::call_well().
[[nodiscard]] Result<void> post_json(
    const SecretAddress& address, const boost::json::object& message, const std::stop_token& stop
);

/// GETs the address with `suffix` behind its path and rid=RUN as a parameter, in the same way.
[[nodiscard]] Result<void> ping(
    const SecretAddress& address,
    std::string_view suffix,
    std::string_view run,
    const std::stop_token& stop
);

/// `url` with `suffix` behind its path and a parameter behind those that it has.
[[nodiscard]] std::string with_suffix(
    std::string_view url, std::string_view suffix, std::string_view parameter
);

/// What nobody took is tried again a minute after the first attempt, then two, four, ..., at most
/// an hour after the latest.
[[nodiscard]] Instant next_try(Instant now, int attempts);

}  // namespace thidua::daemon
