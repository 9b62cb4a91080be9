// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/pdf/surface.hpp"

namespace thidua::reports::pdf {

cairo_status_t append_bytes(void* file, const unsigned char* bytes, unsigned length) {
    static_cast<std::string*>(file)->append(reinterpret_cast<const char*>(bytes), length);
    return CAIRO_STATUS_SUCCESS;
}

Result<void> check_status(const std::string& what, cairo_status_t status) {
    if (status == CAIRO_STATUS_SUCCESS) {
        return {};
    }
    return fail(ErrorKind::Io, what + ": " + cairo_status_to_string(status));
}

}  // namespace thidua::reports::pdf
