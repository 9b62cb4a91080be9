// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Page by page, with a proof that nothing is missing (Pager); a declared total is read once more at
// the end. A total that moved means that records moved between pages, too: then all is gathered
// again.
#include "connectors/desk.hpp"
#include "connectors/plan.hpp"
#include "connectors/stock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace thidua::connectors {
namespace {

constexpr int gatherings_max = 3;

/// All pages of a window.
struct Pages {
    std::int64_t total = 0;
    std::int64_t records = 0;
    Stock stock;
    std::vector<ProcedureRecord> procedures{};
    std::vector<Rejected> rejected{};
    std::vector<FieldShape> shape{};
};

class PageWalk {
  public:
    PageWalk(Desk& desk, const PageReader& reader, const Window& window, std::string secret);

    /// Every page, or nothing if the total moved meanwhile.
    [[nodiscard]] Result<std::optional<Pages>> gather();

  private:
    [[nodiscard]] Result<Page> ask(const std::string& url, const std::string& step);
    [[nodiscard]] Result<std::string> url_of_next(const std::string& given) const;
    [[nodiscard]] Result<void> add(Page page, Pages& pages);
    [[nodiscard]] Result<bool> has_moved(std::int64_t total);

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
    add_window(desk.description, window, values_);
}

Result<void> PageWalk::add(Page page, Pages& pages) {
    pages.records += page.facts.records;
    std::ranges::move(page.rejected, std::back_inserter(pages.rejected));
    std::ranges::move(page.procedures, std::back_inserter(pages.procedures));
    for (FieldShape& field : page.shape) {
        if (std::ranges::find(pages.shape, field.pointer, &FieldShape::pointer) ==
            pages.shape.end()) {
            pages.shape.push_back(std::move(field));
        }
    }
    desk_.keeper.add(page.kept);
    return pages.stock.add(std::move(page.dossiers));
}

Result<std::optional<Pages>> PageWalk::gather() {
    Pager pager(desk_.description.pagination);
    Pages pages{.stock = Stock(desk_)};
    auto proceed = Pager::Proceed::GoOn;
    while (proceed == Pager::Proceed::GoOn) {
        const std::string step = pager.step();
        pager.set_values(values_);
        auto page = ask(pager.url(), step);
        if (!page) {
            return std::unexpected(std::move(page.error()));
        }
        const auto taken = pager.take(page->facts);
        if (!taken) {
            return failed(step, taken.error());
        }
        proceed = *taken;
        if (proceed == Pager::Proceed::Moved) {
            return std::optional<Pages>{};
        }
        if (auto added = add(*std::move(page), pages); !added) {
            return failed(step, std::move(added.error()));
        }
    }
    pages.total = pager.total();
    if (pager.is_total_declared()) {
        const auto moved = has_moved(pages.total);
        if (!moved) {
            return std::unexpected(moved.error());
        }
        if (*moved) {
            return std::optional<Pages>{};
        }
    }
    return std::optional(std::move(pages));
}

/// Asks for the total once more. A single page is confirmed, too: an answer emptied by a fault
/// declares a total of 0.
Result<bool> PageWalk::has_moved(std::int64_t total) {
    Pagination first = desk_.description.pagination;
    if (first.type == Pagination::Type::None) {
        return false;
    }
    first.size = 1;
    Pager(first).set_values(values_);
    const auto again = ask("", "total, read again");
    if (!again) {
        return std::unexpected(again.error());
    }
    return again->facts.total != total;
}

/// A URL that the source names, which must stay where the description begins: it gets our proof.
Result<std::string> PageWalk::url_of_next(const std::string& given) const {
    const std::string& base = desk_.description.base_url;
    const std::size_t path = std::min(base.find('/', base.find("//") + 2), base.size());
    const std::string origin = base.substr(0, path);
    if (given.starts_with('/') && !given.starts_with("//")) {
        return origin + given;
    }
    const bool is_same =
        given == origin || given.starts_with(origin + "/") || given.starts_with(origin + "?");
    if (!is_same) {
        return fail(ErrorKind::Contract, "the next page is said to be on another host");
    }
    return given;
}

Result<Page> PageWalk::ask(const std::string& url, const std::string& step) {
    const SourceDescription& description = desk_.description;
    auto request = build_request(description.base_url, description.request, values_, secret_);
    if (!request) {
        return std::unexpected(std::move(request.error()));
    }
    if (!url.empty()) {
        auto next = url_of_next(url);
        if (!next) {
            return failed(step, std::move(next.error()));
        }
        request->url = *std::move(next);
    }
    const Question question{step, *std::move(request)};
    Page page;
    auto asked = desk_.fetcher.ask(
        {&question, 1},
        manner_of(description.request, /*in_flight=*/1),
        [&](std::size_t, const Answer& answer) -> Result<void> {
            auto read = reader_.read(answer, window_, step, desk_.keeper);
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
    slice.key = key_of(desk.description, window);
    slice.declared_total = pages.total;
    slice.rejected = std::move(pages.rejected);
    slice.procedures = each_once(std::move(pages.procedures));
    std::ranges::sort(pages.shape, {}, &FieldShape::pointer);
    slice.shape = std::move(pages.shape);
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
        desk.keeper.forget();
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
