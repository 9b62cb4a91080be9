// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The table of all configuration keys, one constant for each map of the files. A key is added here
// and asked for by a reader; whatever only one of the two knows fails the first test that loads it.
#pragma once

#include "config/keys/key.hpp"

#include <span>

namespace thidua::config::keys {

extern const KeyMap root_keys;  ///< thidua.yaml and what is laid over it

extern const KeyMap store_keys;
extern const KeyMap backup_keys;
extern const KeyMap schedule_keys;

// delivery_keys.cpp
extern const KeyMap smtp_keys;
extern const KeyMap smtp_tls_keys;
extern const KeyMap recipient_keys;
extern const KeyMap reports_keys;
extern const KeyMap weekly_keys;
extern const KeyMap requires_keys;
extern const KeyMap digest_texts_keys;
extern const KeyMap unit_editions_keys;
extern const KeyMap unit_reader_keys;
extern const KeyMap final_reports_keys;
extern const KeyMap nomination_reminders_keys;

// office_keys.cpp
extern const KeyMap operator_keys;
extern const KeyMap second_relay_keys;
extern const KeyMap alerts_keys;
extern const KeyMap escalate_keys;
extern const KeyMap urging_keys;
extern const KeyMap filing_keys;
extern const KeyMap texts_keys;
extern const KeyMap signer_keys;
extern const KeyMap urging_texts_keys;
extern const KeyMap review_texts_keys;
extern const KeyMap nominations_texts_keys;
extern const KeyMap unit_short_name_keys;
extern const KeyMap web_keys;
extern const KeyMap retention_keys;

// source_keys.cpp, request_keys.cpp, answer_keys.cpp
extern const KeyMap source_keys;
extern const KeyMap slicing_keys;
extern const KeyMap cursor_keys;
extern const KeyMap for_each_keys;
extern const KeyMap source_tls_keys;
extern const KeyMap rate_limit_keys;
extern const KeyMap auth_keys;
extern const KeyMap login_keys;
extern const KeyMap request_keys;
extern const KeyMap signature_keys;
extern const KeyMap pagination_keys;
extern const KeyMap retry_keys;
extern const KeyMap expect_keys;
extern const KeyMap file_keys;
extern const KeyMap column_keys;
extern const KeyMap records_keys;
extern const KeyMap nested_keys;
extern const KeyMap field_keys;
extern const KeyMap case_keys;
extern const KeyMap condition_keys;
extern const KeyMap join_keys;
extern const KeyMap query_keys;
extern const KeyMap children_keys;
extern const KeyMap error_keys;
extern const KeyMap error_when_keys;
extern const KeyMap contract_keys;

// campaign_keys.cpp, plan_keys.cpp
extern const KeyMap campaign_keys;
extern const KeyMap indicator_keys;
extern const KeyMap target_keys;
extern const KeyMap ranked_unit_keys;
extern const KeyMap reconciliation_keys;
extern const KeyMap document_keys;
extern const KeyMap body_keys;
extern const KeyMap content_keys;
extern const KeyMap subject_keys;
extern const KeyMap award_keys;
extern const KeyMap award_rule_keys;
extern const KeyMap criterion_keys;
extern const KeyMap at_least_keys;
extern const KeyMap nomination_part_keys;
extern const KeyMap deadline_keys;
extern const KeyMap freeze_keys;
extern const KeyMap ambiguity_keys;

// catalogue_keys.cpp
extern const KeyMap organisation_keys;
extern const KeyMap unit_keys;
extern const KeyMap alias_keys;
extern const KeyMap change_keys;
extern const KeyMap procedures_keys;
extern const KeyMap procedure_keys;
extern const KeyMap level_keys;
extern const KeyMap fee_keys;
extern const KeyMap officers_keys;
extern const KeyMap officer_keys;
extern const KeyMap calendar_keys;
extern const KeyMap holiday_keys;

/// A kind of file that people write.
struct FileKind {
    std::string_view name;      ///< as in `thidua config schema --of NAME`
    Type type;                  ///< File
    bool is_laid_over = false;  ///< it lies over or under another file, so that nothing is required
};

/// All of them, the root file first.
[[nodiscard]] std::span<const FileKind> file_kinds();

/// What the root file with its drop-ins is.
[[nodiscard]] const Type& root_file();

/// Every map that can be reached from the files, each once, in the order of the reference.
[[nodiscard]] std::vector<const KeyMap*> all_maps();

}  // namespace thidua::config::keys
