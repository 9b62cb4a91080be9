// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What of the step from schema 1 to 2 is plain SQL. SQLite only: schema 1 was never anywhere else.
// Private to first_schema.cpp.
#pragma once

#include <string_view>

namespace thidua::store {

/// The tables of schema 1 make room for those of schema 2, which have some of their names.
inline constexpr std::string_view set_aside_sql = R"sql(
DROP INDEX pull_by_source;
DROP INDEX slice_by_key;
ALTER TABLE meta RENAME TO old_meta;
ALTER TABLE source RENAME TO old_source;
ALTER TABLE pull RENAME TO old_pull;
ALTER TABLE slice RENAME TO old_slice;
ALTER TABLE dossier RENAME TO old_dossier;
ALTER TABLE dossier_code RENAME TO old_dossier_code;
ALTER TABLE dossier_version RENAME TO old_dossier_version;
ALTER TABLE named_payment RENAME TO old_named_payment;
ALTER TABLE payment_version RENAME TO old_payment_version;
ALTER TABLE look_up RENAME TO old_look_up;
ALTER TABLE statistic RENAME TO old_statistic;
ALTER TABLE slot RENAME TO old_slot;
ALTER TABLE artefact RENAME TO old_artefact;
ALTER TABLE edition RENAME TO old_edition;
ALTER TABLE edition_document RENAME TO old_edition_document;
ALTER TABLE delivery RENAME TO old_delivery;
CREATE INDEX old_version_by_slice ON old_dossier_version (agency, slice);
CREATE INDEX old_payment_by_slice ON old_payment_version (agency, slice);
CREATE INDEX old_code_by_dossier ON old_dossier_code (agency, dossier);
)sql";

/// What both schemas hold alike. A slice was never recorded before the one ahead of it.
inline constexpr std::string_view take_over_sql = R"sql(
INSERT INTO meta SELECT * FROM old_meta;
INSERT INTO source SELECT * FROM old_source;
INSERT INTO pull (agency, id, source, started_at, finished_at, is_sweep, state, slices,
    data_through, error_kind, error)
    SELECT agency, id, source, started_at, finished_at, is_sweep, state, slices, data_through,
        error_kind, error FROM old_pull;
INSERT INTO slice (agency, id, source, pull, key, published_at, records, changed, rejected,
    declared_total, requests, bytes, sha256)
    SELECT agency, id, source, pull, key, max(published_at) OVER (PARTITION BY agency ORDER BY id),
        records, changed, rejected, declared_total, requests, bytes, sha256 FROM old_slice;
INSERT INTO statistic SELECT * FROM old_statistic;
INSERT INTO slot SELECT * FROM old_slot;
INSERT INTO artefact SELECT * FROM old_artefact;
INSERT INTO edition SELECT * FROM old_edition;
INSERT INTO edition_document SELECT * FROM old_edition_document;
INSERT INTO delivery SELECT * FROM old_delivery;
)sql";

/// The look-ups come last: replaying payments writes them anew.
inline constexpr std::string_view finish_sql = R"sql(
DELETE FROM look_up;
INSERT INTO look_up SELECT * FROM old_look_up;
DROP TABLE old_meta;
DROP TABLE old_source;
DROP TABLE old_pull;
DROP TABLE old_slice;
DROP TABLE old_dossier;
DROP TABLE old_dossier_code;
DROP TABLE old_dossier_version;
DROP TABLE old_named_payment;
DROP TABLE old_payment_version;
DROP TABLE old_look_up;
DROP TABLE old_statistic;
DROP TABLE old_slot;
DROP TABLE old_artefact;
DROP TABLE old_edition;
DROP TABLE old_edition_document;
DROP TABLE old_delivery;
PRAGMA user_version=2;
)sql";

}  // namespace thidua::store
