// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// A dossier and its payment as OpenCPS writes them: texts for everything, dd/MM/yyyy HH:mm:ss.

#pragma once

#include "snapshot.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::sandbox {

/// The status in OpenCPS's words: new receiving processing waiting interoperating releasing posting
/// done cancelled denied unresolved.
std::string_view opencps_status(const Dossier& dossier, const Facts& facts);

boost::json::object opencps_dossier(const Snapshot& snapshot, std::uint32_t number);
boost::json::object opencps_payment(const Snapshot& snapshot, std::uint32_t number);
/// The visible dossier that a dossierId or a referenceUid names.
std::optional<std::uint32_t> opencps_find(const Snapshot& snapshot, std::string_view id);

/// `dd/MM/yyyy`, as the query's bounds are written.
std::optional<Day> parse_slashed_day(std::string_view text);
/// `dd/MM/yyyy HH:mm:ss`, empty where there is no instant.
std::string slashed(const std::optional<Instant>& at);

}  // namespace thidua::sandbox
