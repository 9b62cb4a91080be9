// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// Writes dossiers and their fees in iGate's shapes (domain.md 4.2), by appending to one string:
// a page of 200 records has to cost about a millisecond.

#pragma once

#include "snapshot.hpp"

#include <array>
#include <string>
#include <vector>

namespace thidua::sandbox {

/// 24 hexadecimal digits that belong to (kind, index).
void append_object_id(std::string& out, std::uint64_t kind, std::uint64_t index);
void append_row_id(std::string& out, const RowId& id);
/// The id of a unit; also of the one that nothing maps.
void append_agency_id(std::string& out, UnitIndex unit);
/// One of the written forms of the unit's code. Branches come as H37.10.05.03, for a fifth as
/// 003.05.10.H37, now and then as H37.10.0503.
std::string_view unit_code_text(UnitIndex unit, std::uint8_t dice);
/// The procedure's code, bare or followed by .H37 or .000.00.00.H37.
void append_procedure_code(std::string& out, const Dossier& dossier);
/// `name` as the record of `dossier` spells it: mostly composed, now and then decomposed or with
/// no-break spaces.
std::string spelt(std::string_view name, const Dossier& dossier);
/// The name of the unit, so spelt.
std::string unit_name(UnitIndex unit, const Dossier& dossier);

class Renderer {
  public:
    /// `world` outlives the renderer.
    explicit Renderer(const World& world);

    /// One element of the dossier search's `content`.
    void append_dossier(std::string& out, Row row, const Facts& facts) const;
    /// The fee objects of one dossier, each followed by a comma; nothing where it has none.
    void append_fees(std::string& out, Row row, const Facts& facts) const;

  private:
    void append_codes(std::string& out, Row row, const Facts& facts) const;
    void append_agency(std::string& out, const Dossier& dossier, const Facts& facts) const;
    void append_times(std::string& out, const Dossier& dossier, const Facts& facts) const;
    void append_kinds(std::string& out, const Dossier& dossier, const Facts& facts) const;
    void append_payment(std::string& out, const Dossier& dossier, const Facts& facts) const;
    void append_personal(std::string& out, const Dossier& dossier, const Facts& facts) const;

    const World& world_;
    // Rendered once: `"id":"...","name":[...]` and the like, in three spellings where there is one.
    std::vector<std::array<std::string, 3>> procedures_;
    std::vector<std::array<std::string, 3>> agencies_;
    std::vector<std::string> statuses_;
};

}  // namespace thidua::sandbox
