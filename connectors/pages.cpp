// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Page by page, with a proof that nothing is missing: every page declares the same total, the
// records add up to it, no page repeats another, and the total is read once more at the end. A
// total that moved means that records moved between pages, too: then all is gathered again.
#include "connectors/desk.hpp"
#include "connectors/stock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

namespace thidua::connectors {
namespace {

constexpr int gatherings_max = 3;

/// All pages of a window.
struct Pages {
    std::int64_t total = 0;
    std::int64_t records = 0;
    std::set<std::string> prints{};
    Stock stock;
    std::vector<Rejected> rejected{};
};

class PageWalk {
  public:
    PageWalk(Desk& desk, const PageReader& reader, const Window& window, std::string secret);

    /// Every page, or nothing if the total moved meanwhile.
    [[nodiscard]] Result<std::optional<Pages>> gather();

  private:
    [[nodiscard]] Result<Page> ask(int number, int size, const std::string& step);

    Desk& desk_;
    const PageReader& reader_;
    Window window_;
    std::string secret_;
    Values values_;
};

PageWalk::PageWalk(Desk& desk, const PageReader& reader, const Window& window, std::string secret)
    : desk_(desk),
      reader_(reader),
      window_(window),
      secret_(std::move(secret)),
      values_(slice_values(desk)) {
    const Slicing& slicing = desk.description.slicing;
    const std::chrono::days wider{slicing.widen_days};
    values_["from"] = format_time(first_instant(window.first - wider), slicing.format);
    values_["to"] = format_time(last_instant(window.last + wider), slicing.format);
}

/// Adds a page to those before it. Errors: Contract if it cannot be their next; those of Stock.
Result<void> add_page(Page page, Pages& pages) {
    if (page.records == 0 && pages.records < pages.total) {
        return fail(
            ErrorKind::Contract,
            fmt::format(
                "empty, though {} of {} records are missing",
                pages.total - pages.records,
                pages.total
            )
        );
    }
    if (page.records > 0 && !pages.prints.insert(page.print).second) {
        return fail(ErrorKind::Contract, "holds the records of an earlier page");
    }
    pages.records += page.records;
    std::ranges::move(page.rejected, std::back_inserter(pages.rejected));
    return pages.stock.add(std::move(page.dossiers));
}

Result<std::optional<Pages>> PageWalk::gather() {
    const Pagination& pagination = desk_.description.pagination;
    Pages pages{.stock = Stock(desk_)};
    for (int number = 0; number == 0 || pages.records < pages.total; ++number) {
        const std::string step = fmt::format("page {}", number + 1);
        const bool is_too_many = number == pagination.pages_max ||
                                 (number == 1 && pagination.type == Pagination::Type::None);
        if (is_too_many) {
            return fail(ErrorKind::Contract, step + ": more pages than there may be");
        }
        auto page = ask(pagination.first + number, pagination.size, step);
        if (!page) {
            return std::unexpected(std::move(page.error()));
        }
        if (number == 0) {
            pages.total = page->total;
        } else if (page->total != pages.total) {
            return std::optional<Pages>{};
        }
        if (auto added = add_page(*std::move(page), pages); !added) {
            return failed(step, std::move(added.error()));
        }
    }
    // A single page is confirmed, too: an answer emptied by a fault declares a total of 0.
    if (pagination.type == Pagination::Type::Page) {
        const auto again = ask(pagination.first, /*size=*/1, "total, read again");
        if (!again) {
            return std::unexpected(again.error());
        }
        if (again->total != pages.total) {
            return std::optional<Pages>{};
        }
    }
    if (pages.records > pages.total) {
        return std::optional<Pages>{};
    }
    return std::optional(std::move(pages));
}

Result<Page> PageWalk::ask(int number, int size, const std::string& step) {
    const SourceDescription& description = desk_.description;
    values_["page"] = std::to_string(number);
    values_["size"] = std::to_string(size);
    auto request = build_request(description.base_url, description.request, values_, secret_);
    if (!request) {
        return std::unexpected(std::move(request.error()));
    }
    const Question question{step, *std::move(request)};
    Page page;
    auto asked = desk_.fetcher.ask(
        {&question, 1},
        manner_of(description.request, /*in_flight=*/1),
        [&](std::size_t, Element answer) -> Result<void> {
            if (const auto standing = desk_.envelope.judge(answer); !standing) {
                return std::unexpected(standing.error());
            }
            auto read = reader_.read(answer, window_, step);
            if (!read) {
                return std::unexpected(std::move(read.error()));
            }
            page = *std::move(read);
            return {};
        }
    );
    if (!asked) {
        return std::unexpected(std::move(asked.error()));
    }
    return page;
}

/// The pages as a slice, with the joined rows of the dossiers that stay.
Result<Slice> make_slice(Desk& desk, const Window& window, Pages pages) {
    Slice slice;
    slice.key = to_text(window.first) + "/" + to_text(window.last);
    slice.declared_total = pages.total;
    slice.rejected = std::move(pages.rejected);
    const auto records = static_cast<std::size_t>(pages.records);
    if (auto moved = pages.stock.move_into(slice, records); !moved) {
        return std::unexpected(std::move(moved.error()));
    }
    close_slice(desk, slice);
    return slice;
}

}  // namespace

Result<Slice> gather_pages(Desk& desk, const PageReader& reader, const Window& window) {
    auto secret = secret_of(desk.description.request.sign);
    if (!secret) {
        return std::unexpected(std::move(secret.error()));
    }
    PageWalk walk(desk, reader, window, *std::move(secret));
    for (int gathering = 0; gathering < gatherings_max; ++gathering) {
        desk.fetcher.forget_prints();
        auto pages = walk.gather();
        if (!pages) {
            return std::unexpected(std::move(pages.error()));
        }
        if (*pages) {
            return make_slice(desk, window, **std::move(pages));
        }
    }
    return fail(
        ErrorKind::Transient,
        fmt::format("the declared total moved in each of {} gatherings", gatherings_max)
    );
}

}  // namespace thidua::connectors
