// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "mishaps.hpp"

#include "facts.hpp"
#include "national.hpp"

#include <string_view>
#include <vector>

namespace thidua::sandbox {
namespace {

/// What the platform has to say of a dossier's references.
struct Platform {
    bool succeeded = false;   // one of them is successful
    bool taken_back = false;  // one of them was
};

Platform platform_at(const World& world, const Dossier& dossier, const Facts& facts, Instant at) {
    Platform platform;
    for (std::size_t index = 0; index < facts.references; ++index) {
        const Reference& reference = world.references[dossier.first_reference + index];
        const auto state = platform_state_at(reference, at);
        bool was_successful = false;
        for (std::size_t step = 0; state && step < reference.state_count; ++step) {
            const PlatformState& earlier = reference.states.at(step);
            was_successful = was_successful || (earlier.at <= at && earlier.state == 1);
        }
        platform.succeeded = platform.succeeded || (state && state->state == 1);
        platform.taken_back = platform.taken_back || (state && state->state == 4 && was_successful);
    }
    return platform;
}

std::vector<std::string_view> causes_of(
    const World& world, const Dossier& dossier, const Facts& facts, Instant at
) {
    std::vector<std::string_view> causes;
    const bool is_heard = national_arrival(world, dossier) <= at;
    if (!is_heard) {
        causes.push_back(dossier.mishap == Mishap::Lost ? "lost" : "late");
    } else if (national_unit(dossier, facts) != facts.unit) {
        causes.push_back("other-unit");
    }
    if (facts.nation == NationCode::Recoded) {
        causes.push_back("renumbered");
    }
    const bool is_platform = facts.method == PaymentMethod::Platform;
    const Platform platform = is_platform ? platform_at(world, dossier, facts, at) : Platform{};
    const bool says_paid = facts.payment == PaymentState::Paid;
    if (platform.succeeded && !says_paid) {
        causes.push_back("unconfirmed");
    }
    if (platform.taken_back && !platform.succeeded && says_paid) {
        causes.push_back("refund");
    }
    const bool is_in_cash =
        facts.method == PaymentMethod::Cash || facts.method == PaymentMethod::Transfer;
    if (is_heard && is_in_cash && national_paid_flag(facts) == PaidFlag::National) {
        causes.push_back("cash");
    }
    return causes;
}

void append_line(
    std::string& out,
    const Dossier& dossier,
    const std::vector<std::string>& codes,
    const std::vector<std::string_view>& causes
) {
    const auto append_list = [&out](const auto& items) {
        std::string_view before = "[";
        for (const auto& item : items) {
            out += before;
            out += '"';
            out += item;
            out += '"';
            before = ",";
        }
        out += ']';
    };
    out += R"({"codes":)";
    append_list(codes);
    out += R"(,"accepted":")" + to_text(day_of(*dossier.accepted)) + '"';
    out += R"(,"causes":)";
    append_list(causes);
    out += "}\n";
}

std::vector<std::string> codes_of(const Dossier& dossier) {
    std::vector<std::string> codes(2);
    append_code(codes[0], dossier);
    // The portal's own number, with the unit's code in its newer form.
    Dossier recoded = dossier;
    recoded.sequence = dossier.recoded_sequence;
    append_code(codes[1], recoded);
    return codes;
}

}  // namespace

std::string mishaps_text(const World& world, Instant at) {
    std::string out;
    for (const Dossier& dossier : world.dossiers) {
        const auto facts = facts_at(dossier, at);
        if (!facts || !is_received(*facts)) {
            continue;
        }
        auto causes = causes_of(world, dossier, *facts, at);
        if (!causes.empty()) {
            append_line(out, dossier, codes_of(dossier), causes);
        }
        if (dossier.mishap == Mishap::Duplicate) {
            std::string code;
            append_duplicate_code(code, dossier);
            // What the copy says of its payments is as true of it.
            std::erase_if(causes, [](std::string_view cause) {
                return cause != "unconfirmed" && cause != "refund";
            });
            causes.emplace_back("duplicate");
            append_line(out, dossier, {code}, causes);
        }
    }
    return out;
}

}  // namespace thidua::sandbox
