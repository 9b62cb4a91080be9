// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Evidence that units drop as tables: state_directory/minh-chung is the inbox, if it is there.
#pragma once

#include "core/result.hpp"
#include "daemon/service.hpp"

#include <cstddef>

namespace thidua::daemon {

/// Whether there is an inbox to look into.
[[nodiscard]] bool has_evidence_inbox(const config::Settings& settings);

/// Files each settled table (.xlsx, .csv) of the inbox, whole or not at all, by its owner, and puts
/// it into da-nhan or tu-choi beside it, the latter with a note that names every mistake in
/// Vietnamese. Other files stay: they are what rows may name. The same table again changes nothing.
/// Without the folder there is nothing to do.
///
/// Gives how many tables were there. Errors: Data if some were rejected (the others are filed), Io.
[[nodiscard]] Result<std::size_t> take_evidence_inbox(const Service& service);

}  // namespace thidua::daemon
