// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Plain values of the ledger: what was due, what was published, what was handed over.
#pragma once

#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::store {

enum class LookUpScope { Due, Everything };

/// What tells one due occurrence of a job from all others.
struct SlotKey {
    std::string job;       ///< "digest:weekly"
    Instant scheduled_at;  ///< by the schedule, whenever it was worked on

    friend auto operator<=>(const SlotKey&, const SlotKey&) = default;
};

enum class SlotState {
    Running,     ///< somebody works on it, or died while doing so (Slot::term)
    Waiting,     ///< for what it needs, or to be tried again
    Delivering,  ///< what it makes is published; somebody has not got it yet
    // It has ended:
    Done,        ///< and there was nobody to send anything to
    Sent,        ///< to everybody
    PartlySent,  ///< not to everybody, and that is final
    Withheld,    ///< by the policy for figures that are not fit
    Skipped,     ///< it was not done, and will not be
    Failed,
};

/// "running", "partly-sent"
[[nodiscard]] std::string_view to_text(SlotState state);
[[nodiscard]] std::optional<SlotState> parse_slot_state(std::string_view text);
[[nodiscard]] bool has_ended(SlotState state);

/// A due occurrence of a job.
struct Slot {
    SlotKey key;
    SlotState state = SlotState::Running;
    int attempts = 0;
    std::int64_t term = 0;  ///< of the writer that worked on it last
    Instant started_at{};
    std::optional<Instant> finished_at{};
    std::string reason{};  ///< in words; may be empty where all is well
};

/// Occurrences that never will be worked on, by their scheduled instants, ascending, and why.
struct SkippedSlots {
    std::vector<Instant> scheduled;
    std::string why;
};

/// How far the messages of a slot's editions have come.
struct SlotDeliveries {
    int sent = 0;
    int open = 0;     ///< will be tried, or tried again
    int refused = 0;  ///< for good
    int unknown = 0;  ///< nobody knows whether they arrived, and they are not sent again
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
    /// The same without attachments, for a relay that finds it too large; empty: there are none.
    std::string light_message_id{};
    std::string light_bytes{};
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
    std::optional<SlotKey> slot{};  ///< that it was made for; none: somebody asked for it
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
    std::string message_id;  ///< of the message that is sent, with or without attachments
    std::string sha256;      ///< of its bytes, an artefact
    std::string state;
    int attempts = 0;
    std::string reply;
    std::optional<Instant> next_at{};  ///< when it is tried again, if it is
    bool can_go_light = false;         ///< there is a message without attachments, not used yet
};

/// What a person says of a message that may not have arrived.
enum class DeliveryDecision {
    SendAgain,  ///< the archived bytes
    Arrived,    ///< the relay did not say so, somebody else did
};

/// How an attempt ended.
struct DeliveryEnd {
    std::string state;               ///< sent, deferred, refused, unknown
    std::optional<Instant> next_at;  ///< when to try again, if ever
    int reply_code = 0;
    std::string reply;
    bool goes_light = false;  ///< from now on it is the message without attachments
};

}  // namespace thidua::store
