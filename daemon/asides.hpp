// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What goes out beside the mail and is no notice: pings around a digest, and the digest's verdict
// by the leaders' webhook. On the notifier's thread.
#pragma once

#include "daemon/service.hpp"

#include <stop_token>

namespace thidua::daemon {

/// Makes the ping that is due, if there is one. Errors: those of the store. A ping that fails is
/// logged and tried again.
[[nodiscard]] Result<void> ping_slots(const Service& service, const std::stop_token& stop);

/// Tells the leaders' webhook the verdict of each weekly digest that was published, at least once:
/// after an answer that got lost it comes again. What it does not take is tried again for five
/// days. Errors: those of the store.
[[nodiscard]] Result<void> tell_leaders(const Service& service, const std::stop_token& stop);

}  // namespace thidua::daemon
