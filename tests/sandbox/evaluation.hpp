// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The portal's reporting in lists of metrics (domain.md 2.2, shape A): `overview` and `evaluation`.

#pragma once

#include "http_types.hpp"
#include "snapshot.hpp"

#include <string_view>

namespace thidua::sandbox {

enum class Evaluation : std::uint8_t { Transparency, Digitisation, Satisfaction, Results };

/// Answers POST evaluation/transparency, dossier-digitized (whose key is `formalityID`),
/// handling-satisfaction (which takes fromDate and toDate) and service-results. Success is 201.
Reply evaluate(Evaluation kind, std::string_view body, const Snapshot& snapshot, Tamper tamper);

}  // namespace thidua::sandbox
