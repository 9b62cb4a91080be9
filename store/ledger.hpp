// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Plain values of the ledger: what was due, what was published, what was handed over.
#pragma once

#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace thidua::store {

enum class LookUpScope { Due, Everything };

/// A due occurrence of a job, ended.
struct SlotRecord {
    std::string job;
    Instant scheduled_at;
    std::string state;  ///< done, skipped, failed
    Instant finished_at;
    std::string reason;  ///< in words; empty when done
};

struct EditionDocument {
    std::string file_name;
    std::string bytes;
};

/// A message rendered for one recipient, frozen.
struct EditionMessage {
    std::string recipient;  ///< id
    std::string address;
    std::string message_id;
    std::string bytes;
};

/// Report x period x audience x revision, with everything that was published.
struct Edition {
    std::string id;      ///< weekly/2024-W42/all/1
    std::string report;  ///< weekly
    std::string period;  ///< 2024-W42
    Day as_of;
    Instant known_at;
    Instant created_at;
    std::string subject;
    std::string config_hash;
    std::vector<EditionDocument> documents;
    std::vector<EditionMessage> messages;
};

struct EditionSummary {
    std::string id;
    std::string period;
    Day as_of;
    Instant known_at;
    std::string subject;
    int sent = 0;
    int recipients = 0;
};

/// One recipient's row of an edition.
struct Delivery {
    std::string edition;
    std::string recipient;
    std::string address;
    std::string message_id;
    std::string sha256;  ///< of the message's bytes, an artefact
    std::string state;
    int attempts = 0;
    std::string reply;
};

/// How an attempt ended.
struct DeliveryEnd {
    std::string state;               ///< sent, deferred, refused, unknown
    std::optional<Instant> next_at;  ///< when to try again, if ever
    int reply_code = 0;
    std::string reply;
};

}  // namespace thidua::store
