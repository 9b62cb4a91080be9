// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/delivery_reader.hpp"

#include <optional>

namespace thidua::config {

/// Shape: {webhook_url_file?, ping_url_file?, ca_file?, smtp?: {as `smtp:`, recipients}, file?,
/// absence_after?}.
/// `smtp` must be another relay than `relay`, the digests' own. A relative `file` is relative to
/// the state directory, as the program writes there; an absent `node` leaves the file alone.
[[nodiscard]] OperatorContact read_operator(
    Node node, const ReportScope& scope, const std::optional<Smtp>& relay
);

}  // namespace thidua::config
