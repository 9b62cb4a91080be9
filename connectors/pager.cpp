// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/pager.hpp"

#include <fmt/format.h>

namespace thidua::connectors {
namespace {

using Type = Pagination::Type;

std::unexpected<Error> refuse(std::string reason) {
    return fail(ErrorKind::Contract, std::move(reason));
}

bool follows_tokens(Type type) {
    return type == Type::Cursor || type == Type::Link;
}

}  // namespace

void Pager::set_values(Values& values) const {
    const std::int64_t offset = std::int64_t{pages_} * pagination_.size;
    values["page"] = std::to_string(pagination_.first + pages_);
    values["size"] = std::to_string(pagination_.size);
    values["offset"] = std::to_string(offset);
    values["start"] = std::to_string(offset);
    values["end"] = std::to_string(offset + pagination_.size);
    values["cursor"] = cursor_;
}

std::string Pager::step() const {
    return fmt::format("page {}", pages_ + 1);
}

Result<Pager::Proceed> Pager::take(const PageFacts& page) {
    ++pages_;
    if (pages_ > 1 && page.total != total_) {
        return Proceed::Moved;
    }
    if (page.records > 0 && !prints_.insert(page.print).second) {
        return refuse("holds the records of an earlier page");
    }
    if (auto rows = check_rows(page); !rows) {
        return std::unexpected(std::move(rows.error()));
    }
    total_ = page.total;
    records_ += page.records;
    auto proceed = follows_tokens(pagination_.type) ? follow(page) : count(page);
    if (proceed && *proceed == Proceed::GoOn && pages_ == pagination_.pages_max) {
        return fail(ErrorKind::Contract, "more pages than there may be (pagination.pages_max)");
    }
    return proceed;
}

/// Pages that are counted: until the total is reached, or the flag says that this was the last.
Result<Pager::Proceed> Pager::count(const PageFacts& page) {
    const bool is_ended = page.is_last.value_or(false) || pagination_.type == Type::None;
    if (total_) {
        if (records_ > *total_) {
            return Proceed::Moved;
        }
        if (records_ == *total_) {
            return Proceed::Done;
        }
        if (page.records == 0 || is_ended) {
            return refuse(fmt::format(
                "{}, though {} of {} records are missing",
                page.records == 0 ? "empty" : "the last",
                *total_ - records_,
                *total_
            ));
        }
        return Proceed::GoOn;
    }
    if (is_ended) {
        return Proceed::Done;
    }
    if (page.records == 0) {
        return refuse("empty, though it is not said to be the last");
    }
    return Proceed::GoOn;
}

/// Pages that name the next one.
Result<Pager::Proceed> Pager::follow(const PageFacts& page) {
    if (!page.next) {
        return refuse(pagination_.next + ": not there, so nothing says that this is the last page");
    }
    if (page.next->empty()) {
        if (total_ && records_ < *total_) {
            return refuse(fmt::format(
                "the last, though {} of {} records are missing", *total_ - records_, *total_
            ));
        }
        return total_ && records_ > *total_ ? Proceed::Moved : Proceed::Done;
    }
    if (!tokens_.insert(*page.next).second) {
        return refuse("leads back to a page that was asked for already");
    }
    (pagination_.type == Type::Cursor ? cursor_ : url_) = *page.next;
    return Proceed::GoOn;
}

/// Numbered records stand in a row, from page to page.
Result<void> Pager::check_rows(const PageFacts& page) const {
    if (pagination_.type != Type::Row || page.records == 0) {
        return {};
    }
    const bool is_next = page.first_row && page.last_row && *page.first_row == records_ + 1 &&
                         *page.last_row == records_ + page.records;
    if (!is_next) {
        return refuse(fmt::format(
            "{}: records are not numbered from {} to {}",
            pagination_.row,
            records_ + 1,
            records_ + page.records
        ));
    }
    return {};
}

}  // namespace thidua::connectors
