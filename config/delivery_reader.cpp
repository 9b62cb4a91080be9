// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/delivery_reader.hpp"

#include "config/address.hpp"
#include "config/schedule_reader.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

namespace thidua::config {

namespace {

constexpr int port_of_smtps = 465;  // RFC 8314: TLS from the first byte
constexpr std::int64_t attempts_max = 100;
constexpr std::int64_t connections_max = 20;

/// Monday 07:30: before the week's first meeting, after the night's pull.
const Schedule weekly_default{
    .every = std::nullopt,
    .weekday = std::chrono::Monday,
    .at = std::chrono::hours{7} + std::chrono::minutes{30},
};

/// Daily at 06:30: before people come to work.
const Schedule reminders_default{
    .every = std::nullopt,
    .weekday = std::nullopt,
    .at = std::chrono::hours{6} + std::chrono::minutes{30},
};

std::string read_address(const Node& node) {
    constexpr std::string_view allowed = "one mail address, such as giam-doc@example.vn";
    std::string address = node.raw();
    if (node.is_scalar() && !is_mailbox(address)) {
        node.refuse(allowed);
    }
    return address;
}

struct Relay {
    std::string host;
    int port = 0;
};

Relay read_smarthost(const Node& node) {
    const std::string text = node.raw();
    const auto colon = text.rfind(':');
    Relay relay{.host = text.substr(0, colon), .port = 0};
    if (colon != std::string::npos) {
        const char* end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, relay.port);
        relay.port = error == std::errc() && stop == end ? relay.port : 0;
    }
    const bool is_sound = is_host(relay.host) && relay.port >= 1 && relay.port <= 65'535;
    if (node.is_scalar() && !is_sound) {
        node.refuse("a mail relay with its port, such as relay.example.vn:25");
    }
    return relay;
}

/// Mail goes where the agency's own rules let it go, whoever edits the list.
void check_domain(const Node& node, const std::string& address, const ReportScope& scope) {
    const std::string domain = address.substr(address.find('@') + 1);
    const auto is_domain = [&](const std::string& allowed) {
        return std::ranges::equal(domain, allowed, [](char left, char right) {
            const auto lower = [](char letter) {
                return letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter;
            };
            return lower(left) == lower(right);
        });
    };
    if (!scope.allowed_domains.empty() && !address.empty() &&
        std::ranges::none_of(scope.allowed_domains, is_domain)) {
        node.refuse("in a domain of smtp.allowed_domains: " + listed(scope.allowed_domains));
    }
}

std::optional<Day> read_day(const Node& node) {
    return node ? std::optional(node.day()) : std::nullopt;
}

Recipient read_recipient(Node node, const ReportScope& scope) {
    Recipient recipient;
    recipient.id = node.required("id").id();
    recipient.name = node.required("name").text();
    const Node address = node.required("address");
    const std::size_t problems_before = node.problems().size();
    recipient.address = read_address(address);
    if (node.problems().size() == problems_before) {
        check_domain(address, recipient.address, scope);
    }
    recipient.days = {read_day(node.optional("from")), read_day(node.optional("until"))};
    if (recipient.days.from && recipient.days.until &&
        *recipient.days.until < *recipient.days.from) {
        node.report("\"until\" is before \"from\"");
    }
    node.finish();
    return recipient;
}

/// What is sent to whom is told apart by the id. Those who have one id have it one after another,
/// and somebody has it until the campaign ends.
class Roster {
  public:
    Roster(Day start, Day end) : start_(start), end_(end) {}

    void add(const Node& item, const Recipient& recipient) {
        if (recipient.id.empty()) {
            return;
        }
        auto& holders = holders_[recipient.id];
        for (const auto& [days, key] : holders) {
            if (overlap(days, recipient.days)) {
                item.report("id " + shown(recipient.id) + ": the same id as " + key);
                return;
            }
        }
        holders.emplace_back(recipient.days, item.key());
    }

    /// Reports ids that nobody has on some day until the end, once all are added.
    void check_gaps(const Node& list) const {
        for (const auto& [id, holders] : holders_) {
            std::vector<DaysInForce> spans;
            std::ranges::transform(holders, std::back_inserter(spans), [](const auto& holder) {
                return holder.first;
            });
            std::ranges::sort(spans, {}, [](const DaysInForce& days) {
                return days.from.value_or(Day::min());
            });
            if (spans.front().from.value_or(start_) > start_) {
                list.warn(
                    "id " + shown(id) + ": nobody has it before " +
                    thidua::to_text(*spans.front().from) + ", and the campaign begins on " +
                    thidua::to_text(start_)
                );
            }
            for (std::size_t at = 0; at < spans.size(); ++at) {
                const auto until = spans[at].until;
                const bool goes_on = at + 1 < spans.size() && until &&
                                     *spans[at + 1].from == *until + std::chrono::days{1};
                if (until && *until < end_ && !goes_on) {
                    list.report(
                        "id " + shown(id) + ": nobody has it after " + thidua::to_text(*until) +
                        "; name who does, with \"from\""
                    );
                }
            }
        }
    }

  private:
    Day start_;
    Day end_;
    std::map<std::string, std::vector<std::pair<DaysInForce, std::string>>> holders_;
};

std::vector<std::string> read_domains(const Node& node) {
    std::vector<std::string> domains;
    for (const Node& item : node.items()) {
        const std::string domain = item.raw();
        if (is_host(domain)) {
            domains.push_back(domain);
        } else if (item.is_scalar()) {
            item.refuse("a mail domain, such as example.vn");
        }
    }
    return domains;
}

/// A digest is of the last complete week: it comes once a week, and not before the week has ended.
void check_weekly(const Node& node, const Schedule& schedule) {
    const bool is_weekly_cron =
        schedule.cron && schedule.cron->weekdays.count() == 1 &&
        schedule.cron->hours.count() == 1 && schedule.cron->minutes.count() == 1 &&
        schedule.cron->months.count() == 12 && schedule.cron->days.count() == 31;
    if (!schedule.weekday && !is_weekly_cron) {
        node.report(
            "a weekly digest needs \"weekday\" and \"at\", such as {weekday: monday, "
            "at: \"07:30\"}, or a \"cron\" of one weekday and time"
        );
    }
    if (schedule.on_holiday == OnHoliday::Previous) {
        node.report(
            "\"on_holiday\" must be \"next\" or \"same\": the week would not have ended before"
        );
    }
}

/// What is waited for must have time to come.
void check_wait(const Node& node, const PublicationGate& gate, const Schedule& schedule) {
    if (schedule.weekday && *gate.wait_until <= schedule.at) {
        node.refuse("a time after the schedule's \"at\", or it never waits");
    }
}

std::optional<PublicationGate> read_gate(
    Node node, const std::vector<std::string>& sources, const Schedule& schedule
) {
    if (!node) {
        return std::nullopt;
    }
    PublicationGate gate;
    for (const Node& item : node.optional("sources").items()) {
        gate.sources.push_back(item.reference("the name of a source", sources));
    }
    if (const Node wait_until = node.optional("wait_until")) {
        const std::size_t problems_before = node.problems().size();
        gate.wait_until = wait_until.time_of_day();
        if (node.problems().size() == problems_before) {
            check_wait(wait_until, gate, schedule);
        }
    }
    gate.on_unfit = node.optional("on_unfit")
                        .one_of_or<PublicationGate::OnUnfit>(
                            {{"degrade", PublicationGate::OnUnfit::Degrade},
                             {"withhold", PublicationGate::OnUnfit::Withhold}},
                            gate.on_unfit
                        );
    node.finish();
    return gate;
}

/// Who wants a report only filed says where.
void warn_of_no_reader(Node& node, bool has_recipients) {
    if (!has_recipients && !node.optional("file_to")) {
        node.warn("nobody gets it: name \"recipients\", or \"file_to\" if it is only to be filed");
    }
}

std::filesystem::path read_file_to(Node& node, const ReportScope& scope) {
    const Node file_to = node.optional("file_to");
    return file_to ? file_to.path_in(scope.state_directory) : scope.state_directory / "editions";
}

/// Nobody reads of a unit on days on which it is not there.
void warn_of_absent_unit(const Node& node, const std::string& code, const ReportScope& scope) {
    const DaysInForce campaign{scope.start, scope.end};
    const bool is_known =
        std::ranges::find(scope.units, code, &DatedUnit::code) != scope.units.end();
    const bool is_there = std::ranges::any_of(scope.units, [&](const DatedUnit& unit) {
        return unit.code == code && overlap(unit.days, campaign);
    });
    if (is_known && !is_there) {
        node.warn(shown(code) + ": on no day of the campaign is this unit there");
    }
}

}  // namespace

std::vector<Recipient> read_recipients(const Node& node, const ReportScope& scope) {
    std::vector<Recipient> recipients;
    Roster roster(scope.start, scope.end);
    for (const Node& item : node.items()) {
        recipients.push_back(read_recipient(item, scope));
        roster.add(item, recipients.back());
    }
    roster.check_gaps(node);
    return recipients;
}

Smtp read_smtp(Node node, const Smtp& defaults) {
    Smtp smtp = defaults;
    const Relay relay = read_smarthost(node.required("smarthost"));
    smtp.host = relay.host;
    smtp.port = relay.port;
    if (const Node hello = node.optional("hello")) {
        smtp.hello = hello.raw();
        if (hello.is_scalar() && !is_host(smtp.hello)) {
            hello.refuse("a host name, such as thidua.example.vn");
        }
    }
    smtp.from = read_address(node.required("from"));
    smtp.from_name = node.optional("from_name").text_or("");
    const Node username = node.optional("auth_username");
    const Node password_file = node.optional("auth_password_file");
    smtp.auth_username = username.raw_or("");
    smtp.auth_password_file = password_file.path();
    if (static_cast<bool>(username) != static_cast<bool>(password_file)) {
        node.report("\"auth_username\" and \"auth_password_file\" go together");
    }
    const Node require_tls = node.optional("require_tls");
    const std::size_t problems_before = node.problems().size();
    smtp.require_tls = require_tls.boolean_or(smtp.require_tls);
    if (!smtp.require_tls && username && node.problems().size() == problems_before) {
        require_tls.refuse("true with \"auth_username\", or the password is sent in clear");
    }
    Node tls = node.optional("tls");
    smtp.tls_from_start = tls.optional("from_start").boolean_or(smtp.port == port_of_smtps);
    smtp.ca_file = tls.optional("ca_file").path();
    tls.finish();
    smtp.timeout = node.optional("timeout").duration_or(smtp.timeout);
    smtp.max_attempts =
        node.optional("max_attempts").number_or<int>(1, attempts_max, smtp.max_attempts);
    smtp.max_message_size = node.optional("max_message_size").bytes_or(smtp.max_message_size);
    smtp.connections =
        node.optional("connections").number_or<int>(1, connections_max, smtp.connections);
    smtp.allowed_domains = read_domains(node.optional("allowed_domains"));
    node.finish();
    return smtp;
}

WeeklyDigest read_weekly_digest(Node node, const ReportScope& scope) {
    WeeklyDigest digest;
    const Node schedule = node.optional("schedule");
    const std::size_t problems_before = node.problems().size();
    digest.schedule = read_schedule(schedule, weekly_default);
    if (node.problems().size() == problems_before) {
        check_weekly(schedule, digest.schedule);
    }
    digest.gate = read_gate(node.optional("requires"), scope.sources, digest.schedule);
    digest.recipients = read_recipients(node.optional("recipients"), scope);
    Node texts = node.optional("texts");
    digest.texts.title = texts.optional("title").text_or(digest.texts.title);
    digest.texts.subject_prefix = texts.optional("subject_prefix").text_or("");
    digest.texts.closing = texts.optional("closing").text_or("");
    texts.finish();
    digest.file_to = read_file_to(node, scope);
    digest.webhook_url_file = node.optional("webhook_url_file").path();
    node.finish();
    warn_of_no_reader(node, !digest.recipients.empty());
    return digest;
}

UnitEditions read_unit_editions(Node node, const ReportScope& scope) {
    UnitEditions editions;
    std::vector<std::string> codes;
    std::ranges::transform(scope.units, std::back_inserter(codes), &DatedUnit::code);
    const Node list = node.required("recipients");
    Roster roster(scope.start, scope.end);
    for (Node item : list.items()) {
        UnitReader reader;
        const Node unit = item.required("unit");
        reader.unit = unit.reference("the code of a unit of the organisation", codes);
        warn_of_absent_unit(unit, reader.unit, scope);
        reader.recipient = read_recipient(item, scope);
        roster.add(item, reader.recipient);
        editions.readers.push_back(std::move(reader));
    }
    roster.check_gaps(list);
    editions.file_to = read_file_to(node, scope);
    editions.has_dossier_codes = node.optional("dossier_codes").boolean_or(false);
    node.finish();
    warn_of_no_reader(node, !editions.readers.empty());
    return editions;
}

FinalReports read_final_reports(Node node, const ReportScope& scope) {
    FinalReports reports;
    reports.recipients = read_recipients(node.optional("recipients"), scope);
    reports.rehearsal_recipients = read_recipients(node.optional("rehearsal_recipients"), scope);
    reports.file_to = read_file_to(node, scope);
    node.finish();
    warn_of_no_reader(node, !reports.recipients.empty() || !reports.rehearsal_recipients.empty());
    return reports;
}

NominationReminders read_nomination_reminders(Node node, const ReportScope& scope) {
    NominationReminders reminders;
    reminders.schedule = read_daily(node.optional("schedule"), reminders_default);
    reminders.recipients = read_recipients(node.optional("recipients"), scope);
    reminders.file_to = read_file_to(node, scope);
    node.finish();
    return reminders;
}

}  // namespace thidua::config
