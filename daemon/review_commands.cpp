// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua procedures review, propose, decide
#include "core/codes.hpp"
#include "core/text.hpp"
#include "daemon/commands.hpp"
#include "daemon/json_values.hpp"
#include "daemon/procedures.hpp"
#include "daemon/record_table.hpp"
#include "daemon/review_table.hpp"
#include "daemon/reviews.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "rules/award_text.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

json::object to_json(const ProcedureReview& review) {
    return {
        {"unit", review.unit},
        {"word", thidua::to_text(review.word)},
        {"by", review.by},
        {"at", thidua::to_text(review.at)},
        {"document", text_or_null(review.document)},
        {"note", text_or_null(review.note)}};
}

json::object to_json(const rules::ReviewRow& row) {
    json::array proposals;
    for (const ProcedureReview& proposal : row.proposals) {
        proposals.push_back(to_json(proposal));
    }
    return {
        {"code", row.code},
        {"name", row.name},
        {"units", json::array(row.units.begin(), row.units.end())},
        {"level", row.level ? json::value(level_word(row.level)) : json::value(nullptr)},
        {"fee_bearing", row.is_fee_bearing},
        {"received", row.received},
        {"proposals", std::move(proposals)},
        {"decision", row.decision ? json::value(to_json(*row.decision)) : json::value(nullptr)}};
}

void print_row(const rules::ReviewRow& row) {
    fmt::print(
        "{:<12} {:<11} fee {:<3} received {:<6} {}\n",
        one_line(row.code),
        level_word(row.level),
        row.is_fee_bearing ? "yes" : "no",
        row.received,
        one_line(row.name)
    );
    const auto print_word = [](std::string_view what, const ProcedureReview& review) {
        fmt::print(
            "    {} {}: {}{}{}, {} {}\n",
            what,
            review.unit,
            thidua::to_text(review.word),
            review.document.empty() ? "" : ", " + one_line(review.document),
            review.note.empty() ? "" : ", " + one_line(review.note),
            one_line(review.by),
            thidua::to_text(day_of(review.at))
        );
    };
    for (const ProcedureReview& proposal : row.proposals) {
        print_word("proposed by", proposal);
    }
    if (row.decision) {
        print_word("decided for", *row.decision);
    }
}

ExitCode put_on_file(
    const Options& options,
    const Service& service,
    const Output& output,
    const std::vector<ProcedureReview>& reviews
) {
    const auto recorded =
        service.store.call([&](store::Store& store) { return store.review_procedures(reviews); });
    if (!recorded) {
        return report_error(output, recorded.error());
    }
    if (options.json) {
        output.out(pretty_json(json::object{
            {"recorded", *recorded},
            {"error_kind", nullptr},
            {"error", nullptr},
            {"mistakes", json::array()}}));
    } else if (!options.quiet) {
        output.out(fmt::format(
            "{} of {} put on file{}\n",
            *recorded,
            reviews.size(),
            *recorded < std::ssize(reviews) ? "; the others are already" : ""
        ));
    }
    return ExitCode::Done;
}

/// The one that the command line tells of. Errors: Usage, with what is allowed; Io.
Result<ProcedureReview> review_told(
    const Options& options, const Service& service, bool is_proposed
) {
    const Instant now = service.clock.now();
    const auto procedures = procedures_known(service.store, service.settings, now);
    const auto word = parse_review_word(options.entry.word);
    if (!procedures) {
        return std::unexpected(procedures.error());
    }
    ProcedureReview review;
    review.procedure = canonical_procedure_code(options.code);
    review.word = word.value_or(ReviewWord::ProposeKeep);
    review.by = as_written(options.by);
    review.at = now;
    review.document = as_written(options.document);
    review.note = as_written(options.note);
    if (!word || is_proposal(*word) != is_proposed || review.by.empty()) {
        return fail(ErrorKind::Usage, "say what is proposed or decided, and who records it (--by)");
    }
    const auto unit = reviewing_unit(
        service.settings, *procedures, review.procedure, canonical_unit_code(options.unit)
    );
    if (!unit) {
        return std::unexpected(unit.error());
    }
    review.unit = *unit;
    return review;
}

/// A decision is about a unit's proposal, which must be there.
Result<void> check_proposed(const Service& service, const ProcedureReview& decision) {
    const auto reviews = service.store.call([&](store::Store& store) {
        return store.procedure_reviews(decision.at);
    });
    if (!reviews) {
        return std::unexpected(reviews.error());
    }
    const bool is_proposed = std::ranges::any_of(*reviews, [&](const ProcedureReview& review) {
        return is_proposal(review.word) && review.procedure == decision.procedure &&
               review.unit == decision.unit;
    });
    return is_proposed ? Result<void>{}
                       : fail(
                             ErrorKind::Usage,
                             fmt::format(
                                 "{} has proposed nothing for {}", decision.unit, decision.procedure
                             )
                         );
}

ExitCode take_table(const Options& options, const Service& service, const Output& output) {
    const auto handed = read_handed_in(options, review_columns());
    const Instant now = service.clock.now();
    const auto procedures = procedures_known(service.store, service.settings, now);
    if (!handed || !procedures) {
        return refuse_table(
            options,
            output,
            failed("procedures propose", handed ? procedures.error() : handed.error()).error()
        );
    }
    const ReviewRows rows =
        proposal_rows(handed->table, {service.settings, *procedures, handed->by, now});
    return rows.mistakes.empty() ? put_on_file(options, service, output, rows.reviews)
                                 : refuse_rows(options, output, handed->name, rows.mistakes);
}

}  // namespace

ExitCode procedures_propose(const Options& options, const Service& service, const Output& output) {
    if (!options.files.empty()) {
        return take_table(options, service, output);
    }
    const auto review = review_told(options, service, /*is_proposed=*/true);
    return review ? put_on_file(options, service, output, {*review})
                  : report_error(output, failed("procedures propose", review.error()).error());
}

ExitCode procedures_decide(const Options& options, const Service& service, const Output& output) {
    const auto review = review_told(options, service, /*is_proposed=*/false);
    const auto is_sound =
        review ? check_proposed(service, *review) : std::unexpected(review.error());
    return is_sound ? put_on_file(options, service, output, {*review})
                    : report_error(output, failed("procedures decide", is_sound.error()).error());
}

ExitCode run_procedures_review(const Options& options, const config::Settings& settings) {
    if (!options.template_kind.empty()) {
        return write_template(options, review_words(), review_columns());
    }
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const Instant now = Clock(options.now).now();
    const Instant known_at = options.known_at.value_or(now);
    const Campaign& campaign = settings.campaign;
    const Day day =
        std::clamp(options.as_of.value_or(day_of(known_at)), campaign.start, campaign.end);
    const auto reviews = Reviews::read((*session)->store(), settings, day, known_at);
    if (!reviews) {
        return report_error(reviews.error());
    }
    const std::string unit =
        options.unit.empty() ? reviews->root() : canonical_unit_code(options.unit);
    const auto counts = reviews->of(unit);
    if (!counts) {
        return report_error(
            {ErrorKind::Usage, fmt::format("procedures review: there is no unit {}", unit)}
        );
    }
    const auto rows = options.unit.empty() ? reviews->rows() : reviews->rows_of(unit);
    json::array array;
    for (const rules::ReviewRow& row : rows) {
        array.push_back(to_json(row));
        if (!options.json) {
            print_row(row);
        }
    }
    if (options.json) {
        fmt::print(
            "{}",
            pretty_json(json::object{
                {"day", thidua::to_text(day)},
                {"counts", review_json(*counts)},
                {"procedures", std::move(array)}})
        );
    } else {
        fmt::print("{}\n", rules::review_text(*counts));
    }
    return ExitCode::Done;
}

}  // namespace thidua::daemon
