// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The weekly look at the whole store (kiểm tra định kỳ): what is only found by reading everything
// is found before a council asks for it.
#pragma once

#include "daemon/service.hpp"

namespace thidua::daemon {

/// Reads the whole store through a connection of its own, in short transactions beside the writer:
/// every rollup is what its versions come to, the audit chain and all archived bytes are as they
/// were recorded. Changes nothing. Whether the pages are sound is looked at in each backup, since a
/// walk over all of them would hold up the writer. Errors: Data with the first problem and how
/// many there are; Transient if the store was written to all the time; Io; Stopped.
[[nodiscard]] Result<void> check_store(const Service& service);

}  // namespace thidua::daemon
