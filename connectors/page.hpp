// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// One page of dossiers or procedures, read: the records that belong to the window, and what proves
// that none is missing.
#pragma once

#include "connectors/decode.hpp"
#include "connectors/fetch.hpp"
#include "connectors/json.hpp"
#include "connectors/keeper.hpp"
#include "connectors/pager.hpp"
#include "connectors/procedure_reader.hpp"
#include "core/result.hpp"
#include "core/source.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace thidua::connectors {

struct Page {
    PageFacts facts;
    std::vector<DecodedDossier> dossiers;
    std::vector<ProcedureRecord> procedures;
    std::vector<Rejected> rejected;
    std::vector<FieldShape> shape;  ///< of the first record
    std::string kept;               ///< lines for the Keeper
};

class PageReader {
  public:
    /// Errors: Config.
    [[nodiscard]] static Result<PageReader> make(const SourceDescription& description);

    /// Reads an answer that calls itself `step`, such as "page 3".
    ///
    /// Errors: Contract if there is no array of records, no declared total or no number of a row,
    /// or if a record breaks a part of the contract that fails the slice.
    [[nodiscard]] Result<Page> read(
        const Answer& answer, const Window& window, const std::string& step, const Keeper& keeper
    ) const;

    [[nodiscard]] const DossierReader& dossiers() const { return dossiers_; }

    /// What the contract says about a record that cannot be read.
    /// Errors: Contract where that fails the slice.
    [[nodiscard]] Result<void> judge(const std::string& place, const std::string& reason) const;

    /// Puts a record that cannot be read among `rejected`, reduced to what may be kept. Errors: as
    /// judge().
    [[nodiscard]] Result<void> refuse(
        std::string place,
        Error error,
        Element record,
        const Keeper& keeper,
        std::vector<Rejected>& rejected
    ) const;

  private:
    [[nodiscard]] Result<Page> read_procedures(
        simdjson::dom::array records, const std::string& step, const Keeper& keeper
    ) const;
    [[nodiscard]] Result<void> read_facts(const Answer& answer, PageFacts& facts) const;
    [[nodiscard]] Result<void> read_rows(Element record, PageFacts& facts) const;

    DossierReader dossiers_;
    std::optional<ProcedureReader> procedures_;  ///< instead of dossiers
    Pointer records_;
    Pagination::Type type_ = Pagination::Type::None;
    std::optional<Pointer> total_;
    std::optional<Pointer> next_;
    std::optional<Pointer> last_;
    std::optional<Pointer> row_;
    Contract contract_;
};

/// The fields of a record, two levels deep, and what each of them is.
[[nodiscard]] std::vector<FieldShape> shape_of(Element record);

/// The URL of rel="next" in a Link header (RFC 8288); empty if there is none.
[[nodiscard]] std::string next_link(std::string_view header);

}  // namespace thidua::connectors
