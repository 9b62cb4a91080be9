// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What passes from connectors to the store: a piece of a source, gathered whole.
#pragma once

#include "core/records.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace thidua {

class DossierSpool;

/// The key of a slice that is all that its source has.
inline constexpr std::string_view whole_key = "whole";

/// A record that was refused by itself; its neighbours go on.
struct Rejected {
    std::string where;  ///< page and JSON pointer; never a value
    std::string reason;
    std::string record{};  ///< as JSON, reduced to the source's keep-list; empty: nothing is kept
};

/// A field that records of a source have, whether or not it is mapped.
struct FieldShape {
    std::string pointer;  ///< JSON pointer in the record
    std::string type;     ///< text, number, boolean, object, array; null tells nothing

    friend bool operator==(const FieldShape&, const FieldShape&) = default;
};

/// A dossier or a procedure that was asked for by its code.
struct Asked {
    std::string code;
    bool is_known = false;  ///< the source knows it, under this code or another
};

/// A piece of a source, gathered whole: the declared total was reached and re-read.
struct Slice {
    std::string key;  ///< "2024-06-07/2024-06-20", "2024-10", "whole" or "lookup"
    /// Those that were too many for memory, and come before `dossiers`; null: none. Of a code that
    /// is there twice, the later record counts.
    std::shared_ptr<DossierSpool> spooled;
    std::vector<DossierRecord> dossiers;
    std::vector<PaymentRecord> payments;
    std::vector<StatisticRecord> statistics;
    std::vector<ProcedureRecord> procedures;  ///< each code once
    std::vector<Asked>
        asked;  ///< look-ups of dossiers and procedures: those that have their answer
    std::vector<Rejected> rejected;
    std::vector<FieldShape> shape;  ///< of a sample of the records, by pointer
    /// The records as they came, reduced to the keep-list, joined rows included: one JSON object a
    /// line, deflated (zlib). A corrected mapping reads them again. Empty: nothing is kept.
    std::string kept;
    std::int64_t declared_total = 0;
    std::int64_t requests = 0;
    std::int64_t bytes = 0;   ///< of all answers as they came
    std::string sha256;       ///< over all answers as they came, in order
    std::uint64_t print = 0;  ///< tells whether answers and description are the same as before; 0:
                              ///< unknown
};

}  // namespace thidua
