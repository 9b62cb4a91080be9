// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// iGate's statistics and its list of agencies (domain.md 4.2), for an authorised client. Bare
// arrays, a row per agency that has anything to count; bounds whose `Z` is local time.

#pragma once

#include "http_types.hpp"
#include "snapshot.hpp"

#include <string_view>

namespace thidua::sandbox {

/// Answers GET /pa/dossier-statistic/--statistic-agency-kgg (from-date, to-date).
Reply statistic_by_agency(std::string_view query, const Snapshot& snapshot);
/// Answers GET /pa/dni-dossier-statistic/--01-2020-percentage (from-date, to-date);
/// procedureLevelUnknown is the grand total.
Reply statistic_01_2020(std::string_view query, const Snapshot& snapshot);
/// Answers GET /pa/kgg-dossier-statistic/--kgg-dossier-report-online (from-applied-date,
/// to-applied-date, is-ignore-free-dossier).
Reply statistic_online(std::string_view query, const Snapshot& snapshot);
/// Answers GET /ba/agency/name+code (page from 0, size).
Reply list_agencies(std::string_view query);

}  // namespace thidua::sandbox
