// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/style.hpp"

#include "reports/format.hpp"

namespace thidua::reports {

std::string_view colour_of(const Percent& percent) {
    if (!percent.counts || !format_mark(percent).empty()) {
        return style::open;
    }
    if (!percent.verdict) {
        return style::neutral;
    }
    switch (*percent.verdict) {
        case rules::Verdict::Met:
            return style::good;
        case rules::Verdict::Below:
            return style::bad;
        case rules::Verdict::NoActivity:
            return style::quiet;
        case rules::Verdict::Unknown:
            return style::open;
    }
    check(false, "colour_of: a known Verdict");
    return "";
}

std::string_view colour_of(const Change& change) {
    if (!is_comparable(change)) {
        return style::open;
    }
    const auto order = compare(*change.now, *change.before);
    if (order == 0) {
        return style::quiet;
    }
    return order > 0 ? style::good : style::bad;
}

std::string_view colour_of(const Freshness& freshness) {
    const bool is_fine = freshness.state == SourceStatus::State::Fresh && !freshness.is_late;
    return is_fine ? style::good : style::bad;
}

std::string_view colour_of(Headline::Tone tone) {
    switch (tone) {
        case Headline::Tone::Good:
            return style::good;
        case Headline::Tone::Bad:
            return style::bad;
        case Headline::Tone::Open:
            return style::open;
    }
    check(false, "colour_of: a known Tone");
    return "";
}

NoticeColours colours_of(Notice::Level level) {
    switch (level) {
        case Notice::Level::Calm:
            return {style::calm_paper, style::navy};
        case Notice::Level::Warning:
            return {style::warning_paper, style::open};
        case Notice::Level::Alarm:
            return {style::alarm_paper, style::bad};
    }
    check(false, "colours_of: a known Level");
    return {};
}

}  // namespace thidua::reports
