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
