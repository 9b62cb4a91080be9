// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// What befalls a dossier after it was accepted, apart from payment.

#include "generate.hpp"

#include <algorithm>

namespace thidua::sandbox {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

/// Adds the changes of one dossier in the order in which they happen.
class Diary {
  public:
    Diary(Dossier& dossier, Random& random, Instant begin)
        : dossier_{dossier}, random_{random}, at_{begin} {}

    void later(std::chrono::seconds least, std::chrono::seconds most) {
        at_ += some_time(random_, least, most);
    }

    void becomes(std::uint8_t status) {
        dossier_.changes.push_back({.at = at_, .kind = ChangeKind::Status, .value = status});
    }

  private:
    Dossier& dossier_;
    Random& random_;
    Instant at_;
};

/// A few online dossiers are in the list before they are accepted.
void maybe_seen_early(Dossier& dossier, Random& random) {
    if (dossier.channel != Channel::Online || !random.per_mille(40)) {
        return;
    }
    dossier.visible = dossier.applied + some_time(random, minutes{1}, minutes{4});
    dossier.first_status = status::registered;
    dossier.changes.push_back(
        {.at = *dossier.accepted, .kind = ChangeKind::Status, .value = status::received}
    );
}

void add_statuses(Dossier& dossier, Random& random) {
    Diary diary{dossier, random, *dossier.accepted};
    diary.later(hours{1}, hours{24});
    diary.becomes(status::processing);
    const std::int64_t dice = dossier.anchored ? 999 : random.below(1000);
    if (dice < 8) {  // refused after all: it leaves the received ones
        diary.later(days{1}, days{20});
        diary.becomes(status::refused);
        return;
    }
    if (dice < 40) {
        diary.later(days{1}, days{15});
        diary.becomes(dice < 25 ? status::withdrawn : status::stopped);
        return;
    }
    if (dice < 240) {
        diary.later(hours{12}, days{6});
        diary.becomes(dice < 160 ? status::supplement : status::fee_due);
        diary.later(hours{12}, days{8});
        diary.becomes(status::processing);
    }
    diary.later(days{1}, days{20});
    diary.becomes(status::done);
    diary.later(hours{1}, days{5});
    diary.becomes(status::returned);
}

/// Where a dossier goes when it is handed on; its own unit if it stays. The units without fees
/// and without dossiers are never a destination.
UnitIndex next_unit(Random& random, UnitIndex unit) {
    if (unit >= first_branch) {
        return static_cast<UnitIndex>(random.between(first_branch, unit_count - 1));
    }
    switch (unit) {
        case 2:
            return land_office;
        case 3:
            return 4;
        case 4:
            return 3;
        case land_office:
            return static_cast<UnitIndex>(random.between(first_branch, unit_count - 1));
        default:
            return unit;
    }
}

void maybe_handed_on(Dossier& dossier, Random& random) {
    const std::int64_t share = dossier.unit == unmapped_unit ? 250 : 6;
    if (dossier.anchored || !random.per_mille(share)) {
        return;
    }
    const UnitIndex unit = next_unit(random, dossier.unit);
    if (unit != dossier.unit) {
        dossier.changes.push_back(
            {.at = *dossier.accepted + some_time(random, hours{20}, days{20}),
             .kind = ChangeKind::Unit,
             .value = unit}
        );
    }
}

void maybe_resent(Dossier& dossier, Random& random) {
    for (std::int64_t chance = 100; random.per_mille(chance); chance = 300) {
        dossier.changes.push_back(
            {.at = dossier.applied + some_time(random, days{1}, days{40}),
             .kind = ChangeKind::Resent}
        );
    }
}

}  // namespace

void add_life(Dossier& dossier, Random random) {
    maybe_resent(dossier, random);
    if (dossier.first_status != status::received) {
        return;
    }
    maybe_seen_early(dossier, random);
    add_statuses(dossier, random);
    maybe_handed_on(dossier, random);
}

void settle_changes(Dossier& dossier) {
    std::ranges::stable_sort(dossier.changes, {}, &Change::at);
    for (Change& change : dossier.changes) {
        change.at = std::max(change.at, dossier.visible);
    }
    dossier.changes.insert(
        dossier.changes.begin(), {.at = dossier.visible, .kind = ChangeKind::Seen}
    );
}

}  // namespace thidua::sandbox
