// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What Cairo draws on, owned.
#pragma once

#include "core/result.hpp"

#include <cairo.h>

#include <memory>
#include <string>

namespace thidua::reports::pdf {

struct FreeSurface {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct FreeCairo {
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
using Surface = std::unique_ptr<cairo_surface_t, FreeSurface>;
using Cairo = std::unique_ptr<cairo_t, FreeCairo>;

/// Gives Cairo a std::string, `file`, to write into.
cairo_status_t append_bytes(void* file, const unsigned char* bytes, unsigned length);

/// Errors: Io with Cairo's words, after `what` was drawn.
[[nodiscard]] Result<void> check_status(const std::string& what, cairo_status_t status);

}  // namespace thidua::reports::pdf
