// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/source.hpp"

namespace thidua {

std::string_view to_text(RecordKind kind) {
    switch (kind) {
        case RecordKind::Dossiers:
            return "dossiers";
        case RecordKind::Payments:
            return "payments";
        case RecordKind::Statistics:
            return "statistics";
        case RecordKind::Procedures:
            return "procedures";
    }
    check(false, "to_text: a known RecordKind");
    return "";
}

}  // namespace thidua
