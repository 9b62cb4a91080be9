// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/made_up_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace thidua::crash {
namespace {

constexpr std::int64_t records_each_slice = 4;
constexpr int revisions = 4;
constexpr std::int64_t references = 60;
constexpr std::int64_t dossiers_at_first = 20;
constexpr std::int64_t slices_each_new_dossier = 4;

const Instant beginning = *parse_instant("2024-06-10T00:00:00+07:00");

/// Splitmix64: a number that looks random and depends on its arguments only.
std::int64_t mix(std::int64_t slice, std::int64_t place) {
    std::uint64_t value = static_cast<std::uint64_t>(slice * 64 + place) * 0x9e3779b97f4a7c15U;
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
    return static_cast<std::int64_t>((value ^ (value >> 31U)) >> 1U);
}

DossierRecord dossier(const Saying& said) {
    constexpr int days = 28;
    DossierRecord record;
    record.code = fmt::format("H37.10-2406{:02}-{:05}", 1 + said.subject % days, said.subject);
    record.procedure_code = fmt::format("1.00000{}", said.subject % 3);
    record.unit_code = fmt::format("H37.10.0{}", (said.subject + said.revision / 3) % 3);
    record.channel = static_cast<Channel>(said.revision % 3);
    record.status = status_of(said.revision);
    record.accepted_at = beginning + std::chrono::hours{said.subject % (24 * days)};
    record.fee_count = 1;
    record.fee_total = amount_of(said);
    record.paid_flag = said.revision % 3;
    if (said.revision > 0) {
        record.payments.push_back(
            {reference_of(said.subject % references), Gateway::Dvcqg, PaymentState::Pending, {}}
        );
    }
    return record;
}

PaymentRecord payment(const Saying& said) {
    PaymentRecord record;
    record.reference = reference_of(said.subject);
    record.state = said.revision % 2 == 0 ? PaymentState::Pending : PaymentState::Succeeded;
    record.settled_at = beginning + std::chrono::hours{said.subject + said.revision};
    record.amount = amount_of(said);
    return record;
}

}  // namespace

Instant instant_of(std::int64_t number) {
    return beginning + std::chrono::seconds{number};
}

std::int64_t number_at(Instant at) {
    return std::chrono::duration_cast<std::chrono::seconds>(at - beginning).count();
}

std::int64_t end_of_pull(std::int64_t number) {
    return (number + slices_each_pull - 1) / slices_each_pull * slices_each_pull;
}

std::int64_t amount_of(const Saying& saying) {
    return (saying.subject + 1) * 10 + saying.revision;
}

Saying saying_of(std::int64_t amount) {
    return {amount / 10 - 1, static_cast<int>(amount % 10)};
}

int status_of(int revision) {
    return 2 + revision;  // 3 is not received: it leaves the rollups
}

std::string reference_of(std::int64_t subject) {
    return fmt::format("ref {}", subject);
}

MadeUpSlice slice_of(std::int64_t number) {
    const bool is_payments = end_of_pull(number) / slices_each_pull % 3 == 0;
    const std::int64_t subjects =
        is_payments ? references : dossiers_at_first + number / slices_each_new_dossier;
    MadeUpSlice made{is_payments ? payment_source : dossier_source, instant_of(number), {}};
    made.slice.key = std::to_string(number);
    made.slice.kept = fmt::format("kept of {}", number);
    made.slice.shape = {{fmt::format("/field{}", number % 50), "text"}};
    made.slice.rejected = {
        {fmt::format("page {}", number),
         "/code: missing",
         fmt::format("{{\"id\":{}}}", number % 9)}};
    std::vector<std::int64_t> taken;  // a subject is there once, so that one revision counts
    for (std::int64_t place = 0; place < records_each_slice; ++place) {
        const Saying said{
            mix(number, 2 * place) % subjects,
            static_cast<int>(mix(number, 2 * place + 1) % revisions)};
        if (std::ranges::find(taken, said.subject) != taken.end()) {
            continue;
        }
        taken.push_back(said.subject);
        if (is_payments) {
            made.slice.payments.push_back(payment(said));
        } else {
            made.slice.dossiers.push_back(dossier(said));
        }
    }
    return made;
}

}  // namespace thidua::crash
