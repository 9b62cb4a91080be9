// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// /sources, /editions, /schedule: what was pulled, published and done.
#include "daemon/schedule.hpp"
#include "daemon/web/html.hpp"
#include "daemon/web/pages.hpp"
#include "daemon/web/words_table.hpp"
#include "reports/digest_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace thidua::daemon::web {
namespace {

constexpr std::size_t editions_shown = 60;

std::string toned(std::string_view tone, std::string_view text) {
    return fmt::format("<span class=\"{}\">{}</span>", tone, escaped(text));
}

std::string_view tone_of(const SourceStatus& source) {
    if (source.state == SourceStatus::State::Fresh) {
        return source.past_limit ? "open" : "good";
    }
    return source.state == SourceStatus::State::Failed ? "bad" : "open";
}

std::string_view tone_of_state(std::string_view state) {
    if (state == "complete" || state == "sent") {
        return "good";
    }
    return state == "failed" || state == "refused" ? "bad" : "open";
}

std::string_view tone_of(store::SlotState state) {
    switch (state) {
        case store::SlotState::Done:
        case store::SlotState::Sent:
            return "good";
        case store::SlotState::Failed:
        case store::SlotState::Withheld:
        case store::SlotState::PartlySent:
            return "bad";
        case store::SlotState::Running:
        case store::SlotState::Waiting:
        case store::SlotState::Delivering:
        case store::SlotState::Skipped:
            return "open";
    }
    check(false, "tone_of: a known SlotState");
    return "";
}

/// How a pull ended; where it failed, in words for everybody, and in the program's own.
std::string outcome(const Words& words, const store::PullSummary& pull) {
    std::string html = toned(tone_of_state(pull.state), words.stored_state(pull.state));
    if (!pull.error.empty()) {
        html += fmt::format(
            "<br>{}<br><code lang=\"en\">{}</code>",
            escaped(words.error_kind(pull.error_kind)),
            escaped(pull.error)
        );
    }
    return html;
}

std::string source_row_state(const Words& words, const SourceStatus& source) {
    std::string html = toned(tone_of(source), words.state(source.state));
    if (source.past_limit && source.data_through) {
        html += ", " + escaped(words(Say::PastLimit));
    }
    return html;
}

std::vector<std::string> titles(const Words& words, std::initializer_list<Say> texts) {
    std::vector<std::string> all;
    for (const Say text : texts) {
        all.emplace_back(words(text));
    }
    return all;
}

/// An instant of RFC 3339 as day and time to the minute.
std::string moment(const std::string& instant, std::string_view zone) {
    return fmt::format(
        "<time datetime=\"{}\">{} {}</time>{}",
        instant,
        instant.substr(0, 10),
        instant.substr(11, 5),
        escaped(zone)
    );
}

std::string next_table(const Words& words, const ScheduleView& view) {
    Table html{
        .caption = std::string(words(Say::NextDue)),
        .columns = titles(words, {Say::Job, Say::LocalTime, Say::Utc}),
        .rows = {},
        .kind = "numbers"};
    for (const NextDue& next : view.next) {
        const std::string moved =
            next.is_moved ? fmt::format(" ({})", escaped(words(Say::MovedByHoliday))) : "";
        html.rows.push_back(
            {escaped(words.job(next.job)),
             moment(to_local_text(next.due_at, next.timezone), " " + next.timezone) + moved,
             moment(to_utc_text(next.due_at), "")}
        );
    }
    return table(html);
}

std::string reason_of(const Words& words, const store::Slot& slot) {
    const auto [said, added] = words.reason(slot.reason);
    if (said.empty() && added.empty()) {
        return "–";
    }
    const std::string more =
        added.empty() ? "" : fmt::format("<span lang=\"en\">{}</span>", escaped(added));
    return escaped(said) + (said.empty() || more.empty() ? "" : ": ") + more;
}

std::string slots_table(const Words& words, const ScheduleView& view) {
    Table html{
        .caption = std::string(words(Say::LatestSlots)),
        .columns =
            titles(words, {Say::Job, Say::Scheduled, Say::Outcome, Say::Finished, Say::Reason}),
        .rows = {},
        .kind = "numbers"};
    for (const store::Slot& slot : view.slots) {
        html.rows.push_back(
            {escaped(words.job(slot.key.job)),
             escaped(words.instant(slot.key.scheduled_at)),
             toned(tone_of(slot.state), words.slot_state(slot.state)),
             escaped(words.instant_or_none(slot.finished_at)),
             reason_of(words, slot)}
        );
    }
    return table(html);
}

std::string deliveries_table(const Words& words, const ScheduleView& view) {
    if (view.deliveries.empty()) {
        return fmt::format("<p>{}</p>\n", escaped(words(Say::None)));
    }
    Table html{
        .caption = std::string(words(Say::Deliveries)),
        .columns = titles(
            words, {Say::Edition, Say::Recipient, Say::State, Say::Attempts, Say::NextAttempt}
        ),
        .rows = {},
        .header = 1,
        .kind = "numbers"};
    for (const store::Delivery& delivery : view.deliveries) {
        html.rows.push_back(
            {link("/editions/" + in_path(delivery.edition), escaped(delivery.edition)),
             escaped(delivery.recipient),
             toned(tone_of_state(delivery.state), words.stored_state(delivery.state)),
             escaped(words.count(delivery.attempts)),
             escaped(words.instant_or_none(delivery.next_at))}
        );
    }
    return table(html);
}

}  // namespace

std::string sources_page(const Words& words, const SourcesView& view) {
    Table now{
        .caption = std::string(words(Say::Sources)),
        .columns = titles(words, {Say::Source, Say::State, Say::DataThrough, Say::LastPull}),
        .rows = {}};
    for (const SourceStatus& source : view.sources) {
        const auto last = std::ranges::find(view.last, source.name, &store::PullSummary::source);
        now.rows.push_back(
            {fmt::format(
                 "{} <code>{}</code>",
                 named(words, reports::source_title(source)),
                 escaped(source.name)
             ),
             source_row_state(words, source),
             source.data_through ? escaped(words.instant(*source.data_through))
                                 : toned("open", words(Say::NoData)),
             last == view.last.end()
                 ? "–"
                 : escaped(words.instant(last->started_at)) + "<br>" + outcome(words, *last)}
        );
    }
    Table pulls{
        .caption = std::string(words(Say::RecentPulls)),
        .columns = titles(
            words,
            {Say::Source,
             Say::Kind,
             Say::Started,
             Say::Finished,
             Say::Records,
             Say::Changed,
             Say::Outcome}
        ),
        .rows = {},
        .kind = "numbers"};
    for (const store::PullSummary& pull : view.recent) {
        pulls.rows.push_back(
            {escaped(pull.source),
             escaped(words.stored_state(pull.kind)),
             escaped(words.instant(pull.started_at)),
             escaped(words.instant_or_none(pull.finished_at)),
             words.count(pull.records),
             words.count(pull.changed),
             outcome(words, pull)}
        );
    }
    return page(
        words,
        {.title = std::string(words(Say::Sources)),
         .above = view.agency,
         .active = "/sources",
         .foot = ""},
        table(now) + section("pulls", words(Say::RecentPulls), table(pulls))
    );
}

std::string editions_page(const Words& words, const EditionsView& view) {
    Table html{
        .caption = std::string(words(Say::Editions)),
        .columns =
            titles(words, {Say::Edition, Say::Subject, Say::AsOf, Say::KnownAt, Say::Delivered}),
        .rows = {}};
    const std::size_t shown = std::min(view.editions.size(), editions_shown);
    for (const store::EditionSummary& edition : std::span(view.editions).last(shown)) {
        html.rows.insert(
            html.rows.begin(),
            {link("/editions/" + in_path(edition.id), escaped(edition.id)),
             named(words, edition.subject),
             escaped(words.day(edition.as_of)),
             escaped(words.instant(edition.known_at)),
             fmt::format("{}/{}", edition.sent, edition.recipients)}
        );
    }
    return page(
        words,
        {.title = std::string(words(Say::Editions)),
         .above = view.agency,
         .active = "/editions",
         .foot = ""},
        html.rows.empty() ? fmt::format("<p>{}</p>\n", escaped(words(Say::NoEditions)))
                          : table(html)
    );
}

std::string edition_page(const Words& words, const EditionView& view) {
    Table html{
        .caption = std::string(words(Say::Documents)),
        .columns = titles(words, {Say::Document, Say::Size}),
        .rows = {},
        .kind = "numbers"};
    for (const EditionView::File& file : view.files) {
        html.rows.push_back(
            {link("/editions/" + in_path(view.id + "/" + file.name), escaped(file.name)),
             escaped(words.bytes(file.bytes))}
        );
    }
    std::string body = fmt::format(
        "<p lang=\"vi\"><strong>{}</strong></p>\n<p>{}: {}</p>\n",
        escaped(view.subject),
        escaped(words(Say::MadeAt)),
        escaped(words.instant(view.created_at))
    );
    body += table(html);
    if (view.withheld > 0) {
        body += fmt::format("<p>{}</p>\n", escaped(words(Say::NotServed)));
    }
    return page(
        words, {.title = view.id, .above = view.agency, .active = "/editions", .foot = ""}, body
    );
}

std::string schedule_page(const Words& words, const ScheduleView& view) {
    return page(
        words,
        {.title = std::string(words(Say::Schedule)),
         .above = view.agency,
         .active = "/schedule",
         .foot = ""},
        section("next", words(Say::NextDue), next_table(words, view)) +
            section("slots", words(Say::LatestSlots), slots_table(words, view)) +
            section("deliveries", words(Say::Deliveries), deliveries_table(words, view))
    );
}

std::string message_page(const Words& words, std::string_view title, std::string_view text) {
    return page(
        words,
        {.title = std::string(title), .above = "thidua", .active = "", .foot = ""},
        fmt::format("<p>{}</p>\n", escaped(text))
    );
}

}  // namespace thidua::daemon::web
