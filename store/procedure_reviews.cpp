// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What was proposed for procedures, and decided on that.
#include "store/entries.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <utility>

namespace thidua::store {
namespace {

AuditNote note_of_row(std::int64_t id, const ProcedureReview& review) {
    return note_of(EntryAccount{
        "procedure-reviewed",
        id,
        fmt::format(
            "procedure={} unit={} word={} by={}",
            review.procedure,
            review.unit,
            to_text(review.word),
            review.by
        ),
        {review.procedure,
         review.unit,
         std::string(to_text(review.word)),
         review.by,
         field_of(review.at),
         review.document,
         review.note}});
}

using VisitReview = std::function<void(std::int64_t id, ProcedureReview review)>;

Result<void> for_each_review(Store& store, Instant known_at, const VisitReview& visit) {
    constexpr std::string_view select =
        "SELECT id, procedure, unit, word, recorded_by, recorded_at, document, note"
        " FROM procedure_review WHERE agency = ? AND recorded_at <= ? ORDER BY id";
    return for_each_entry(store, select, known_at, [&](const Statement& row) {
        const auto word = parse_review_word(row.text(3));  // the table has no other
        visit(
            row.integer(0),
            {row.text(1),
             row.text(2),
             word.value_or(ReviewWord::ProposeKeep),
             row.text(4),
             row.instant_or_null(5).value_or(Instant{}),
             row.text(6),
             row.text(7)}
        );
    });
}

/// Of each unit about each procedure: its last proposal, and the decision about that.
class LastWords {
  public:
    /// False if that is the last word already, whoever recorded it.
    bool take(ProcedureReview review) {
        const auto key = std::pair(review.procedure, review.unit);
        if (is_proposal(review.word)) {
            const auto known = proposals_.find(key);
            if (known != proposals_.end() && say_the_same(known->second, review)) {
                return false;
            }
            decisions_.erase(key);  // it was about the proposal before
            proposals_.insert_or_assign(key, std::move(review));
            return true;
        }
        const auto known = decisions_.find(key);
        if (known != decisions_.end() && say_the_same(known->second, review)) {
            return false;
        }
        decisions_.insert_or_assign(key, std::move(review));
        return true;
    }

  private:
    using ByUnit = std::map<std::pair<std::string, std::string>, ProcedureReview>;

    static bool say_the_same(ProcedureReview left, const ProcedureReview& right) {
        left.at = right.at;
        left.by = right.by;
        return left == right;
    }

    ByUnit proposals_;
    ByUnit decisions_;
};

}  // namespace

Result<std::vector<ProcedureReview>> Store::procedure_reviews(Instant known_at) {
    std::vector<ProcedureReview> reviews;
    const auto read = for_each_review(*this, known_at, [&](std::int64_t, ProcedureReview review) {
        reviews.push_back(std::move(review));
    });
    return read ? Result<std::vector<ProcedureReview>>(std::move(reviews))
                : failed("procedure reviews", read.error());
}

Result<std::int64_t> Store::review_procedures(std::span<const ProcedureReview> reviews) {
    auto add = statement(
        "INSERT INTO procedure_review (agency, id, procedure, unit, word, recorded_by, recorded_at,"
        " document, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    LastWords words;
    std::int64_t last = 0;
    const auto read = for_each_review(*this, ever, [&](std::int64_t id, ProcedureReview review) {
        (void)words.take(std::move(review));
        last = id;
    });
    if (!add || !read) {
        return failed("review procedures", add ? read.error() : add.error());
    }
    std::vector<ProcedureReview> news;
    std::ranges::copy_if(reviews, std::back_inserter(news), [&](const ProcedureReview& review) {
        return words.take(review);
    });
    const auto write = [&](const ProcedureReview& review) {
        auto done = (*add)->run(
            agency,
            ++last,
            review.procedure,
            review.unit,
            to_text(review.word),
            review.by,
            review.at,
            review.document,
            review.note
        );
        return done ? audit(review.at, note_of_row(last, review)) : done;
    };
    const auto done = news.empty() ? Result<void>{} : in_transaction([&] {
        Result<void> written;
        for (const ProcedureReview& review : news) {
            written = written ? write(review) : written;
        }
        return written;
    });
    return done ? Result<std::int64_t>(std::ssize(news))
                : failed("review procedures", done.error());
}

Result<void> add_review_notes(Store& store, std::vector<AuditNote>& notes) {
    return for_each_review(store, ever, [&](std::int64_t id, const ProcedureReview& review) {
        notes.push_back(note_of_row(id, review));
    });
}

}  // namespace thidua::store
