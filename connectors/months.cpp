// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A month of statistics: each query is asked about the root and, where its answer names children
// without their counters, about each child as a root of its own.
#include "connectors/counters.hpp"
#include "connectors/decode.hpp"
#include "connectors/desk.hpp"
#include "connectors/plan.hpp"

#include <fmt/format.h>

#include <iterator>
#include <map>
#include <ranges>
#include <tuple>
#include <utility>

namespace thidua::connectors {
namespace {

class MonthWalk {
  public:
    MonthWalk(Desk& desk, const Window& month, std::string secret);

    [[nodiscard]] Result<void> gather(const CounterReader& reader);
    [[nodiscard]] Result<Slice> finish();

  private:
    /// One question about each of `roots`. An empty unit code is not compared.
    [[nodiscard]] Result<std::vector<Child>> ask(
        const CounterReader& reader, std::span<const Child> roots, const std::string& step
    );
    void add(Counters counters);

    Desk& desk_;
    std::string secret_;
    std::string period_;
    Values values_;
    Slice slice_;
    std::map<std::pair<std::string, std::string>, std::int64_t> seen_;  // unit, metric
};

MonthWalk::MonthWalk(Desk& desk, const Window& month, std::string secret)
    : desk_(desk), secret_(std::move(secret)), values_(slice_values(desk)) {
    period_ = key_of(desk.description, month);
    slice_.key = period_;
    add_window(desk.description, month, values_);
}

Result<void> MonthWalk::gather(const CounterReader& reader) {
    const auto root = desk_.description.parameters.find("root_department");
    const bool is_named = root != desk_.description.parameters.end();
    const Child whole{is_named ? root->second : "", {}};
    const auto children = ask(reader, {&whole, 1}, "root");
    if (!children) {
        return std::unexpected(children.error());
    }
    const auto grandchildren = ask(reader, *children, "child");
    if (!grandchildren) {
        return std::unexpected(grandchildren.error());
    }
    return {};
}

Result<std::vector<Child>> MonthWalk::ask(
    const CounterReader& reader, std::span<const Child> roots, const std::string& step
) {
    Request request = desk_.description.request;
    request.path = reader.query().path;
    for (const auto& [name, value] : reader.query().values) {
        values_[name] = value;
    }
    std::vector<Question> questions;
    std::vector<Counters> counters(roots.size());
    for (const Child& root : roots) {
        values_["root"] = root.key;
        auto built = build_request(desk_.description.base_url, request, values_, secret_);
        if (!built) {
            return std::unexpected(std::move(built.error()));
        }
        questions.push_back(
            {fmt::format("{}, {} {}", period_, step, questions.size() + 1), *std::move(built)}
        );
    }
    const Manner manner = manner_of(request, desk_.description.slicing.concurrency);
    auto asked = desk_.fetcher.ask(
        questions,
        manner,
        [&](std::size_t index, const Answer& answer) -> Result<void> {
            Values about = values_;
            about["root"] = roots[index].key;
            auto read = reader.read(answer.root, about, period_, questions[index].step);
            if (!read) {
                return std::unexpected(std::move(read.error()));
            }
            if (!roots[index].unit_code.empty() && read->first_unit != roots[index].unit_code) {
                return fail(ErrorKind::Contract, "the answer is about another unit");
            }
            counters[index] = *std::move(read);
            return {};
        }
    );
    if (!asked) {
        return std::unexpected(std::move(asked.error()));
    }
    std::vector<Child> children;
    for (Counters& answer : counters) {
        std::ranges::move(answer.children, std::back_inserter(children));
        add(std::move(answer));
    }
    return children;
}

void MonthWalk::add(Counters counters) {
    slice_.declared_total += counters.rows;
    std::ranges::move(counters.rejected, std::back_inserter(slice_.rejected));
    for (StatisticRecord& statistic : counters.statistics) {
        const auto [place, is_new] =
            seen_.emplace(std::pair{statistic.unit_code, statistic.metric}, statistic.value);
        if (is_new) {
            slice_.statistics.push_back(std::move(statistic));
        } else if (place->second != statistic.value) {
            slice_.rejected.push_back({statistic.metric, "two values for one unit"});
        }
    }
}

Result<Slice> MonthWalk::finish() {
    const std::size_t counters = slice_.statistics.size() + slice_.rejected.size();
    if (auto few = check_rejected(slice_.rejected, counters); !few) {
        return std::unexpected(std::move(few.error()));
    }
    close_slice(desk_, slice_);
    return std::move(slice_);
}

}  // namespace

Result<Slice> gather_month(Desk& desk, const MonthReader& reader, const Window& window) {
    auto secret = secret_of(desk.description.request.sign);
    if (!secret) {
        return std::unexpected(std::move(secret.error()));
    }
    const std::chrono::year_month_day first{window.first};
    const auto month = first.year() / first.month();
    MonthWalk walk(desk, {Day{month / 1}, Day{month / std::chrono::last}}, *std::move(secret));
    for (const CounterReader& query : reader) {
        if (auto gathered = walk.gather(query); !gathered) {
            return std::unexpected(std::move(gathered.error()));
        }
    }
    return walk.finish();
}

}  // namespace thidua::connectors
