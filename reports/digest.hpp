// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The weekly digest (bản tin tuần): what leaders and the coordinator read on Monday.
#pragma once

#include "core/alert.hpp"
#include "core/campaign.hpp"
#include "core/digest_texts.hpp"
#include "core/evidence.hpp"
#include "core/time.hpp"
#include "reports/document.hpp"
#include "reports/past_week.hpp"
#include "reports/reconciliation.hpp"
#include "rules/restatement.hpp"
#include "rules/standings.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace thidua::reports {

/// The newest entry of the store's audit chain. In a reader's mailbox it proves that nothing that
/// was recorded before it has been altered.
struct AuditSeal {
    std::int64_t number = 0;
    std::string hash;  ///< in hexadecimal
};

struct DigestInput {
    const Campaign& campaign;
    IsoWeek week;                                ///< the period, which names the edition
    const rules::Standings& standings;           ///< as of the period's last day
    const rules::Standings* previous = nullptr;  ///< of the week before; null in the first edition
    std::span<const PastWeek> past = {};         ///< of the whole, oldest first
    std::vector<std::string> recipients = {};    ///< names, for Nơi nhận
    bool is_late = false;                        ///< sent after its slot: "gửi bù"
    std::string config_hash = {};
    std::optional<AuditSeal> seal = {};  ///< when the edition was made; nothing: no chain yet
    /// What the edition of `previous` said, and would say otherwise by now.
    std::span<const rules::Restatement> restated = {};
    std::span<const Evidence> evidence = {};  ///< filed by whomever, as known then
    std::span<const ReconciledPair> reconciled = {};
    DigestTexts texts = {};
    std::span<const Silence> silences = {};  ///< whatever is on file, as known then
};

/// The digest as a document: subject with the verdict, key figures, units below target worst
/// first, what changed since last week, who is not reminded for a while, who improved most and how,
/// the table of units, the weeks before, reconciliation, what was published otherwise than it is
/// now, fitness per source, definitions.
[[nodiscard]] Document weekly_digest(const DigestInput& input);

}  // namespace thidua::reports
