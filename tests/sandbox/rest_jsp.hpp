// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The portal's older gateway, POST /jsp/rest.jsp (domain.md 2.1): a form field `params` with a JSON
// text, and answers in which every value is a string.

#pragma once

#include "http_types.hpp"
#include "snapshot.hpp"

#include <cstdint>
#include <string_view>

namespace thidua::sandbox {

class RestJsp {
  public:
    /// Answers by `service`. Rows come as a bare array or as {"data":[...]}, in turn; a period
    /// without dossiers is a bare []. A body without `params` is a page of HTML under 500.
    Reply answer(std::string_view body, const Snapshot& snapshot);

  private:
    std::uint64_t answers_ = 0;
};

}  // namespace thidua::sandbox
