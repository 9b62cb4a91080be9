// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/delivery_reader.hpp"

#include "config/address.hpp"
#include "config/schedule_reader.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>

namespace thidua::config {

namespace {

constexpr int port_of_smtps = 465;  // RFC 8314: TLS from the first byte
constexpr std::int64_t attempts_max = 100;

/// Monday 07:30: before the week's first meeting, after the night's pull.
const Schedule weekly_default{
    .every = std::nullopt,
    .weekday = std::chrono::Monday,
    .at = std::chrono::hours{7} + std::chrono::minutes{30},
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

Recipient read_recipient(Node node) {
    Recipient recipient;
    recipient.id = node.required("id").id();
    recipient.name = node.required("name").text();
    recipient.address = read_address(node.required("address"));
    node.finish();
    return recipient;
}

/// What is sent to whom is told apart by the id.
class DistinctIds {
  public:
    void add(const Node& item, const std::string& id) {
        const auto [first, is_new] = first_with_.emplace(id, item.key());
        if (!is_new && !id.empty()) {
            item.report("id " + shown(id) + ": the same id as " + first->second);
        }
    }

  private:
    std::map<std::string, std::string> first_with_;
};

std::vector<Recipient> read_recipients(const Node& node) {
    std::vector<Recipient> recipients;
    DistinctIds ids;
    for (const Node& item : node.items()) {
        recipients.push_back(read_recipient(item));
        ids.add(item, recipients.back().id);
    }
    return recipients;
}

}  // namespace

Smtp read_smtp(Node node) {
    Smtp smtp;
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
    node.finish();
    return smtp;
}

WeeklyDigest read_weekly_digest(Node node, const std::filesystem::path& state_directory) {
    WeeklyDigest digest;
    const Node schedule = node.optional("schedule");
    const std::size_t problems_before = node.problems().size();
    digest.schedule = read_schedule(schedule, weekly_default);
    if (!digest.schedule.weekday && node.problems().size() == problems_before) {
        schedule.report(
            "a weekly digest needs \"weekday\" and \"at\", such as {weekday: monday, "
            "at: \"07:30\"}"
        );
    }
    digest.recipients = read_recipients(node.optional("recipients"));
    Node texts = node.optional("texts");
    digest.texts.title = texts.optional("title").text_or(digest.texts.title);
    digest.texts.subject_prefix = texts.optional("subject_prefix").text_or("");
    digest.texts.closing = texts.optional("closing").text_or("");
    texts.finish();
    if (const Node file_to = node.optional("file_to")) {
        digest.file_to = file_to.path_in(state_directory);
    }
    node.finish();
    return digest;
}

UnitEditions read_unit_editions(
    Node node, const std::filesystem::path& state_directory, std::span<const DatedUnit> units
) {
    UnitEditions editions;
    std::vector<std::string> codes;
    std::ranges::transform(units, std::back_inserter(codes), &DatedUnit::code);
    DistinctIds ids;
    for (Node item : node.required("recipients").items()) {
        UnitReader reader;
        reader.unit =
            item.required("unit").reference("the code of a unit of the organisation", codes);
        reader.recipient = read_recipient(item);
        ids.add(item, reader.recipient.id);
        editions.readers.push_back(std::move(reader));
    }
    if (const Node file_to = node.optional("file_to")) {
        editions.file_to = file_to.path_in(state_directory);
    }
    editions.has_dossier_codes = node.optional("dossier_codes").boolean_or(false);
    node.finish();
    return editions;
}

FinalReports read_final_reports(Node node, const std::filesystem::path& state_directory) {
    FinalReports reports;
    reports.recipients = read_recipients(node.optional("recipients"));
    reports.rehearsal_recipients = read_recipients(node.optional("rehearsal_recipients"));
    if (const Node file_to = node.optional("file_to")) {
        reports.file_to = file_to.path_in(state_directory);
    }
    node.finish();
    return reports;
}

}  // namespace thidua::config
