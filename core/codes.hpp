// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The codes by which the outside systems name things, brought to one form each (domain: unit,
// dossier and procedure codes occur in several forms, sometimes inside one answer).
#pragma once

#include <string>
#include <string_view>

namespace thidua {

/// The new form of a unit code. "000.05.10.H37" -> "H37.10.05", "000.00.10.H37" -> "H37.10".
///
/// Old codes convert up to two levels below the province; a deeper one ("003.05.10.H37") is
/// returned as it came (trimmed, upper case), for an alias to map.
[[nodiscard]] std::string canonical_unit_code(std::string_view code);

/// True if `code`, in either form, is that of `above`, or of something below it.
/// "H37.10.05" and "003.05.10.H37" are below "H37.10".
[[nodiscard]] bool is_unit_code_below(std::string_view code, std::string_view above);

/// "1.000049.000.00.00.H37" or "1.000049.H37" -> "1.000049"; anything else trimmed, as it came.
[[nodiscard]] std::string canonical_procedure_code(std::string_view code);

/// "000.00.10.H37-240617-0007" -> "H37.10-240617-0007": trimmed, upper case, the issuing unit in
/// its new form; leading zeros of the number are kept. Without that shape: trimmed, upper case.
[[nodiscard]] std::string canonical_dossier_code(std::string_view code);

}  // namespace thidua
