// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua quarantine list, show, drop
#include "core/text.hpp"
#include "daemon/commands.hpp"
#include "daemon/json_values.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

/// The record as JSON; as text if it is none, null if nothing is kept.
json::value record_json(const std::string& record) {
    boost::system::error_code code;
    json::value value = json::parse(record, code);
    if (record.empty() || !code) {
        return record.empty() ? json::value(nullptr) : value;
    }
    return json::value(record);
}

json::object to_json(const store::Quarantined& one) {
    json::object object;
    object["id"] = one.id;
    object["source"] = one.source;
    object["slice_key"] = one.key;
    object["place"] = one.place;
    object["reason"] = one.reason;
    object["record"] = record_json(one.record);
    object["first_seen"] = to_text(one.first_seen);
    object["last_seen"] = to_text(one.last_seen);
    object["first_slice"] = one.first_slice;
    object["last_slice"] = one.last_slice;
    object["state"] = one.state;
    object["decided_by"] =
        one.decided_by.empty() ? json::value(nullptr) : json::value(one.decided_by);
    object["decided_at"] = time_or_null(one.decided_at);
    object["note"] = one.note.empty() ? json::value(nullptr) : json::value(one.note);
    return object;
}

std::string to_line(const store::Quarantined& one) {
    return fmt::format(
        "{:>6} {:<12} {:<8} {} {}: {}: {}\n",
        one.id,
        one.source,
        one.state,
        to_text(one.last_seen),
        one.key,
        one_line(one.place),
        one_line(one.reason)
    );
}

std::string to_page(const store::Quarantined& one) {
    std::string text = fmt::format(
        "record {} of {}, {}\nwhere: {}, {}\nwhy:   {}\nwhen:  first {} (slice {}), last {} (slice "
        "{})\n",
        one.id,
        one.source,
        one.state,
        one.key,
        one_line(one.place),
        one_line(one.reason),
        to_text(one.first_seen),
        one.first_slice,
        to_text(one.last_seen),
        one.last_slice
    );
    if (one.decided_at) {
        text += fmt::format(
            "dropped by {} at {}{}{}\n",
            one_line(one.decided_by),
            to_text(*one.decided_at),
            one.note.empty() ? "" : ": ",
            one_line(one.note)
        );
    }
    return text + "kept:  " + (one.record.empty() ? "nothing" : one_line(one.record)) + "\n";
}

Result<std::vector<store::Quarantined>> read_quarantine(
    const Options& options, const config::Settings& settings, const store::QuarantineQuery& query
) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return std::unexpected(session.error());
    }
    return (*session)->store().call([&](store::Store& store) { return store.quarantine(query); });
}

}  // namespace

ExitCode run_quarantine_list(const Options& options, const config::Settings& settings) {
    using Which = store::QuarantineQuery::Which;
    const auto found = read_quarantine(
        options, settings, {options.all ? Which::All : Which::Open, options.source}
    );
    if (!found) {
        return report_error(found.error());
    }
    json::array array;
    for (const store::Quarantined& one : *found) {
        if (options.json) {
            array.push_back(to_json(one));
        } else {
            fmt::print("{}", to_line(one));
        }
    }
    if (options.json) {
        fmt::print("{}", pretty_json(array));
    }
    return ExitCode::Done;
}

ExitCode run_quarantine_show(const Options& options, const config::Settings& settings) {
    const auto found =
        read_quarantine(options, settings, {store::QuarantineQuery::Which::All, "", options.id});
    if (!found) {
        return report_error(found.error());
    }
    if (found->empty()) {
        return report_error(
            {ErrorKind::Usage,
             fmt::format("quarantine show: there is no record {}", options.id.value_or(0))}
        );
    }
    fmt::print("{}", options.json ? pretty_json(to_json(found->front())) : to_page(found->front()));
    return ExitCode::Done;
}

ExitCode quarantine_drop(const Options& options, const Service& service, const Output& output) {
    if (options.by.empty() || !options.id) {
        return report_error(
            output, {ErrorKind::Usage, "quarantine drop: say which one, and who decides it (--by)"}
        );
    }
    const auto done = service.store.call([&](store::Store& store) {
        return store.drop_quarantined(*options.id, {options.by, service.clock.now(), options.note});
    });
    if (!done) {
        return report_error(output, done.error());
    }
    if (options.json) {
        output.out(pretty_json(json::object{{"id", *options.id}, {"state", "dropped"}}));
    } else if (!options.quiet) {
        output.out(fmt::format("record {}: dropped\n", *options.id));
    }
    return ExitCode::Done;
}

}  // namespace thidua::daemon
