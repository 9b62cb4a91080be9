// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/figure_status.hpp"

#include "core/result.hpp"
#include "reports/digest_facts.hpp"
#include "reports/format.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::reports {
namespace {

/// Enough of a hash to tell two configurations, or two chains of entries, apart.
constexpr std::size_t hash_letters = 12;

std::string describe_source(const SourceStatus& source) {
    if (!source.data_through) {
        return fmt::format("{} {}", source_title(source), format_state(source.state));
    }
    // A pull may be fresh and still not reach far enough: what a reader has to know is how far.
    const auto state =
        source.state == SourceStatus::State::Fresh ? SourceStatus::State::Stale : source.state;
    return fmt::format(
        "{} {}, số liệu mới đến {}",
        source_title(source),
        format_state(state),
        format_instant(*source.data_through)
    );
}

/// The sources that are not as they should be, in one clause; empty if all are.
std::string describe_troubles(const DigestInput& input) {
    std::string text;
    for (const SourceStatus& source : needed_sources(input)) {
        if (source.state != SourceStatus::State::Fresh || source.past_limit) {
            text += (text.empty() ? "" : "; ") + describe_source(source);
        }
    }
    return text;
}

/// Without any answer there is no count either, and 0 would be a lie.
std::string describe_unmapped(const rules::Standings& standings) {
    const bool is_known = std::ranges::any_of(standings.total.figures, [](const auto& figure) {
        return figure.counts.has_value();
    });
    return is_known ? format_count(standings.unmapped) + " hồ sơ" : "thiếu số liệu";
}

/// "Dấu kiểm tra sổ ghi: số 1.234, a1b2c3d4e5f6…", as `thidua audit verify --seal` takes it.
std::string describe_seal(const DigestInput& input) {
    return input.seal ? fmt::format(
                            " Dấu kiểm tra sổ ghi: số {}, {}…",
                            format_count(input.seal->number),
                            input.seal->hash.substr(0, hash_letters)
                        )
                      : "";
}

}  // namespace

Notice status_notice(const DigestInput& input) {
    const rules::Fitness fitness = input.standings.fitness;
    const std::string troubles = describe_troubles(input);
    const std::string tail = troubles.empty() ? "" : " " + troubles + ".";
    const std::string label(format_status(fitness));
    switch (fitness) {
        case rules::Fitness::Final:
            return {Notice::Level::Calm, label, "Số liệu không thay đổi nữa." + tail};
        case rules::Fitness::Reconciled:
            return {Notice::Level::Calm, label, "Các nguồn khớp nhau trong giới hạn." + tail};
        case rules::Fitness::Provisional:
            return {Notice::Level::Calm, label, "Số liệu còn có thể thay đổi." + tail};
        case rules::Fitness::Unreconciled:
            return {
                Notice::Level::Warning,
                label,
                "Chênh lệch giữa các nguồn chưa rõ nguyên nhân; chỉ để tham khảo." + tail};
        case rules::Fitness::Missing:
            return {
                Notice::Level::Alarm,
                label,
                tail.empty() ? "Chưa đủ số liệu để đánh giá." : tail.substr(1)};
    }
    check(false, "status_notice: a known Fitness");
    return {};
}

std::string describe_provenance(const DigestInput& input) {
    return fmt::format(
        "Số liệu lũy kế đến hết ngày {}, theo những gì hệ thống ghi nhận đến {} (giờ Việt Nam, "
        "UTC+7). Chưa ánh xạ: {}. Đợt thi đua: {}. Cấu hình: {}.{}",
        format_day(input.standings.as_of),
        format_instant(input.standings.known_at),
        describe_unmapped(input.standings),
        input.campaign.id,
        input.config_hash.substr(0, hash_letters),
        describe_seal(input)
    );
}

}  // namespace thidua::reports
