// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua nominations receive
#include "daemon/awards.hpp"
#include "daemon/commands.hpp"
#include "daemon/record_table.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "rules/nomination.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

template <class Thing>
std::string ids_of(const std::vector<Thing>& things) {
    std::vector<std::string> ids;
    std::ranges::transform(things, std::back_inserter(ids), &Thing::id);
    return fmt::format("{}", fmt::join(ids, ", "));
}

/// What is handed in, or handed back. Errors: Usage, with what is allowed.
Result<Receipt> receipt_told(const Options& options, const Service& service) {
    const Plan& plan = service.settings.campaign.plan;
    const auto candidate = find_candidate(service.settings, options.unit);
    if (!candidate) {
        return std::unexpected(candidate.error());
    }
    const auto award = std::ranges::find(plan.awards, options.award, &Award::id);
    if (award == plan.awards.end() ||
        std::ranges::find(award->rules, candidate->subject, &AwardRule::subject) ==
            award->rules.end()) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "{} is no award for {}; there are {}",
                options.award,
                candidate->id,
                ids_of(plan.awards)
            )
        );
    }
    const std::string& part = options.entry.part;
    if (std::ranges::find(plan.nomination_parts, part, &NominationPart::id) ==
        plan.nomination_parts.end()) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "{} is no part of a nomination; there are {}", part, ids_of(plan.nomination_parts)
            )
        );
    }
    const auto deadlines = rules::deadlines_for(plan, *award);
    const auto deadline = std::ranges::find_if(deadlines, [&](const Deadline* each) {
        return options.entry.deadline.empty() || each->id == options.entry.deadline;
    });
    if (deadline == deadlines.end()) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "nominations for {} are not handed in for {}; there are {}",
                award->id,
                options.entry.deadline.empty() ? "anything" : options.entry.deadline,
                ids_of(plan.deadlines)
            )
        );
    }
    const Instant now = service.clock.now();
    return Receipt{
        candidate->id,
        award->id,
        (*deadline)->id,
        part,
        options.entry.copies.value_or(award->copies),
        options.entry.day.value_or(day_of(now)),
        as_written(options.by),
        now,
        as_written(options.note)};
}

/// As many as are there with this receipt. Errors: Usage if that cannot be.
Result<std::int64_t> sum_with(
    const Receipt& receipt, std::span<const Receipt> receipts, const Plan& plan
) {
    std::int64_t sum = receipt.copies;
    for (const Receipt& one : receipts) {
        const bool is_same = one.candidate == receipt.candidate && one.award == receipt.award &&
                             one.deadline == receipt.deadline && one.part == receipt.part;
        sum += is_same ? one.copies : 0;
    }
    const auto award = std::ranges::find(plan.awards, receipt.award, &Award::id);
    if (receipt.by.empty() || receipt.copies == 0 || receipt.day > day_of(receipt.at)) {
        return fail(
            ErrorKind::Usage,
            "say how many copies (--copies, below 0: handed back), on which day up to today "
            "(--on), "
            "and who records it (--by)"
        );
    }
    if (sum < 0 || sum > award->copies) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "that would make {} of {} copies of {}; is it on file already?",
                sum,
                award->copies,
                receipt.part
            )
        );
    }
    return sum;
}

}  // namespace

ExitCode nominations_receive(const Options& options, const Service& service, const Output& output) {
    const auto receipt = receipt_told(options, service);
    const auto sum = receipt ? service.store.call([&](store::Store& store) -> Result<std::int64_t> {
        const auto receipts = store.receipts(receipt->at);
        const auto total = receipts ? sum_with(*receipt, *receipts, service.settings.campaign.plan)
                                    : Result<std::int64_t>(std::unexpected(receipts.error()));
        const auto done = total ? store.receive(*receipt) : std::unexpected(total.error());
        return done ? total : std::unexpected(done.error());
    })
                             : std::unexpected(receipt.error());
    if (!sum) {
        return report_error(output, failed("nominations receive", sum.error()).error());
    }
    if (options.json) {
        output.out(pretty_json(json::object{
            {"candidate", receipt->candidate},
            {"award", receipt->award},
            {"deadline", receipt->deadline},
            {"part", receipt->part},
            {"copies", receipt->copies},
            {"received", *sum},
            {"day", thidua::to_text(receipt->day)},
            {"by", receipt->by}}));
    } else if (!options.quiet) {
        output.out(fmt::format(
            "{}, {}, {}: {} copies now, since {}\n",
            receipt->candidate,
            receipt->award,
            receipt->part,
            *sum,
            thidua::to_text(receipt->day)
        ));
    }
    return ExitCode::Done;
}

}  // namespace thidua::daemon
