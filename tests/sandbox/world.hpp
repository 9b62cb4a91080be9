// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// What the world is made of: dossiers with their later changes, and the payment references with
// their own time lines on the platform. A world is made once and never changes; what is visible of
// it depends on the instant asked for (facts.hpp).

#pragma once

#include "catalogue.hpp"
#include "instants.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace thidua::sandbox {

enum class Channel : std::uint8_t { Online = 0, Direct = 1, Postal = 2, Unsaid = 3 };
enum class PaymentState : std::uint8_t { None, Waiting, Unpaid, Paid, Refunded, Cancelled };
enum class PaymentMethod : std::uint8_t { None, Platform, Vnpt, Cash, Transfer };
/// What goes wrong between the systems, beside what always does.
enum class Mishap : std::uint8_t {
    None,
    Lost,       // the national portal never hears of it
    Duplicate,  // the province has it a second time, under a code of its own
    OtherUnit,  // the portal has it under another unit's code
};
/// Absent at first, Own (issuer-yymmdd-seq), or Recoded by the national portal.
enum class NationCode : std::uint8_t { Absent, Own, Recoded };

namespace status {
inline constexpr std::uint8_t registered = 1;
inline constexpr std::uint8_t received = 2;
inline constexpr std::uint8_t refused = 3;
inline constexpr std::uint8_t processing = 4;
inline constexpr std::uint8_t supplement = 5;
inline constexpr std::uint8_t fee_due = 6;
inline constexpr std::uint8_t withdrawn = 7;
inline constexpr std::uint8_t stopped = 8;
inline constexpr std::uint8_t done = 9;
inline constexpr std::uint8_t returned = 10;
}  // namespace status

/// What a change of a record sets; its value is the new status, unit, state, and so on.
enum class ChangeKind : std::uint8_t {
    Seen,  // first visible
    Status,
    Unit,
    NationCode,
    FeesZero,        // value: how many of the fees, from the first, are 0 from now on
    Payment,         // value: PaymentState
    Method,          // value: PaymentMethod
    ReferenceNamed,  // one more reference in the record
    Resent,          // only updatedDate moves
};

/// Changes that happened before the dossier was visible take effect when it becomes so.
struct Change {
    Instant at;
    ChangeKind kind = ChangeKind::Seen;
    std::uint8_t value = 0;
};

struct Dossier {
    std::uint32_t number = 0;
    Instant applied;
    std::optional<Instant> accepted;
    Instant visible;
    Day coded;  // the date inside the code
    std::int32_t sequence = 0;
    std::int32_t recoded_sequence = 0;  // inside the national portal's own code
    UnitIndex issuer = root_unit;       // whose code stands before the date
    UnitIndex unit = root_unit;         // at first
    std::uint8_t unit_dice = 0;         // 0 to 99: which written form of the unit's code
    ProcedureIndex procedure = 0;
    std::uint8_t procedure_form = 0;  // 0 to 2
    Channel channel = Channel::Direct;
    std::uint8_t first_status = status::received;
    NationCode first_nation = NationCode::Own;
    bool twin = false;  // listed a second time under another id
    Mishap mishap = Mishap::None;
    bool anchored = false;           // makes its procedure count: nothing odd befalls it
    std::vector<std::int32_t> fees;  // whole VND
    std::vector<Change> changes;     // by time; the first is Seen
    std::uint32_t first_reference = 0;
    std::uint8_t references = 0;
    std::optional<Instant> paid;  // what the record's paidDate says once it is paid
};

struct PlatformState {
    Instant at;
    std::uint8_t state = 0;  // 1 success, 3 unknown, 4 failed or refunded
};

struct Reference {
    std::string code;
    std::uint32_t dossier = 0;
    std::int64_t amount = 0;
    Instant known_from;  // before that the platform answers MaLoi 01
    std::array<PlatformState, 3> states{};
    std::uint8_t state_count = 0;
};

struct World {
    std::uint64_t seed = 0;
    std::vector<Dossier> dossiers;
    std::vector<Reference> references;
};

/// The world of `seed` with `dossiers` dossiers; the same on every machine. `mishaps` of a thousand
/// dossiers meet with each kind of mishap; all else stays as it is without.
World make_world(std::uint64_t seed, std::int64_t dossiers, std::int64_t mishaps);

/// True if the province lists it twice.
bool is_listed_twice(const Dossier& dossier);

/// `H37.10.05-240617-0007`.
void append_code(std::string& out, const Dossier& dossier);
/// `000.05.10.H37-240617-0007`; Recoded takes the national portal's sequence number.
void append_nation_code(std::string& out, const Dossier& dossier, NationCode which);
/// The code under which the province has a duplicate a second time.
void append_duplicate_code(std::string& out, const Dossier& dossier);

}  // namespace thidua::sandbox
