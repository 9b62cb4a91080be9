// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/result.hpp"

#include <cstdio>
#include <cstdlib>

namespace thidua {

std::string_view to_text(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::Transient:
            return "transient";
        case ErrorKind::Auth:
            return "auth";
        case ErrorKind::Contract:
            return "contract";
        case ErrorKind::Config:
            return "config";
        case ErrorKind::Data:
            return "data";
        case ErrorKind::Io:
            return "io";
        case ErrorKind::Usage:
            return "usage";
        case ErrorKind::Stopped:
            return "stopped";
    }
    check(false, "to_text: a known ErrorKind");
    return "";
}

void check(bool condition, const char* what) {
    if (!condition) {
        std::fprintf(stderr, "thidua: broken assumption: %s\n", what);
        std::abort();
    }
}

}  // namespace thidua
