// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The national portal's public reporting (domain.md 2.2): counts per department and period. They
// differ from the province's for the reasons of domain.md 1.6, on purpose.

#pragma once

#include "http_types.hpp"
#include "snapshot.hpp"

#include <string>
#include <string_view>

namespace thidua::sandbox {

enum class ReportTree : std::uint8_t { OnlinePayment, ProvideOnline };

/// The department id of a unit: a fixed UUID that belongs to its code.
std::string department_id(std::string_view unit_code);
/// `code uuid`, one unit a line.
std::string departments_text();

/// Answers POST evaluation/formality-online-payment-tree and evaluation/provide-online-tree.
/// Success is 201; a root that is no department is 201 too, with code NOT_FOUND and no data.
Reply report(ReportTree tree, std::string_view body, const Snapshot& snapshot);

}  // namespace thidua::sandbox
