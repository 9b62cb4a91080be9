// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The national portal's public reporting (domain.md 2.2): counts per department and period. They
// differ from the province's for the reasons of domain.md 1.6, on purpose. Here are the trees of
// `parent` and `children`; evaluation.hpp has the lists.

#pragma once

#include "http_types.hpp"
#include "snapshot.hpp"

#include <string_view>

namespace thidua::sandbox {

enum class ReportTree : std::uint8_t { OnlinePayment, ProvideOnline, Progress };

/// Answers POST evaluation/formality-online-payment-tree, provide-online-tree and
/// dvc-progress-tree. Success is 201; a root that is no department is 201 too, with code NOT_FOUND
/// and no data.
Reply report(ReportTree tree, std::string_view body, const Snapshot& snapshot, Tamper tamper);

}  // namespace thidua::sandbox
