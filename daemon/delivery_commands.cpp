// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua delivery: who has got an edition, and what a person decides about those who have not.
#include "daemon/commands.hpp"
#include "daemon/json_values.hpp"
#include "daemon/mail_job.hpp"
#include "daemon/session.hpp"
#include "daemon/slots.hpp"
#include "daemon/standings_json.hpp"
#include "daemon/text_table.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {
namespace {

namespace json = boost::json;
using store::Delivery;

/// It is over, and the recipient has not got it as far as anybody knows.
bool is_failed(const Delivery& delivery) {
    return delivery.state == "refused" || (delivery.state == "unknown" && !delivery.next_at);
}

json::object delivery_json(const Delivery& delivery) {
    return {
        {"edition", delivery.edition},
        {"recipient", delivery.recipient},
        {"state", delivery.state},
        {"attempts", delivery.attempts},
        {"next_at", time_or_null(delivery.next_at)},
        {"message_id", delivery.message_id},
        {"reply", delivery.reply}};
}

/// The deliveries of an edition. Errors: Usage if there is no such edition.
Result<std::vector<Delivery>> deliveries_of(const Service& service, const std::string& edition) {
    return service.store.call([&](store::Store& store) -> Result<std::vector<Delivery>> {
        auto found = store.deliveries(edition);
        if (found && found->empty()) {
            return fail(
                ErrorKind::Usage,
                fmt::format(
                    "delivery: nobody was to get an edition '{}'; thidua report list names them",
                    edition
                )
            );
        }
        return found;
    });
}

/// Those that the options name. Errors: Usage if they name none.
Result<std::vector<Delivery>> named_deliveries(const Options& options, const Service& service) {
    auto all = deliveries_of(service, options.edition);
    if (!all) {
        return all;
    }
    if (options.failed == !options.recipient.empty()) {
        return fail(ErrorKind::Usage, "delivery: name one --recipient, or say --failed");
    }
    std::vector<Delivery> named;
    std::ranges::copy_if(*all, std::back_inserter(named), [&](const Delivery& each) {
        // Whether an award report arrived that nobody answered for is asked one by one.
        return options.failed
                   ? is_failed(each) && !(each.state == "unknown" && is_held(each.edition))
                   : each.recipient == options.recipient;
    });
    if (named.empty() && !options.failed) {
        return fail(
            ErrorKind::Usage,
            fmt::format("delivery: {} has no recipient '{}'", options.edition, options.recipient)
        );
    }
    return named;
}

Result<void> decide(
    const Options& options,
    const Service& service,
    const std::vector<Delivery>& deliveries,
    store::DeliveryDecision decision
) {
    const Instant now = service.clock.now();
    return service.store.call([&](store::Store& store) -> Result<void> {
        for (const Delivery& each : deliveries) {
            auto decided = store.decide_delivery(each, decision, options.by, now);
            if (!decided) {
                return decided;
            }
        }
        const auto edition = store.find_edition(options.edition);
        if (!edition) {
            return std::unexpected(edition.error());
        }
        if (deliveries.empty() || !*edition || !(*edition)->slot) {
            return {};
        }
        // It has not ended after all: what becomes of the messages says how it ends.
        const std::string reason = fmt::format("{} decided on a message", options.by);
        return store.move_slot(
            *(*edition)->slot, store::SlotState::Delivering, reason, service.clock.now()
        );
    });
}

}  // namespace

ExitCode run_delivery_list(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    auto found =
        options.edition.empty()
            ? (*session)->store().call([](store::Store& store) { return store.undelivered(); })
            : deliveries_of((*session)->service(), options.edition);
    if (!found) {
        return report_error(found.error());
    }
    if (options.failed) {
        std::erase_if(*found, [](const Delivery& each) { return !is_failed(each); });
    }
    json::array array;
    std::vector<TextRow> rows{{"edition", "recipient", "state", "attempts", "next", "reply"}};
    for (const Delivery& each : *found) {
        array.push_back(delivery_json(each));
        rows.push_back(
            {each.edition,
             each.recipient,
             each.state,
             std::to_string(each.attempts),
             each.next_at ? to_text(*each.next_at) : "-",
             each.reply}
        );
    }
    fmt::print("{}", options.json ? pretty_json(array) : text_table(rows));
    return ExitCode::Done;
}

ExitCode tell_delivered(const DeliveryReport& delivered, const Output& output) {
    const bool all_sent = delivered.deferred + delivered.refused + delivered.unknown == 0;
    if (!all_sent) {
        output.err(fmt::format("thidua: last reply: {}\n", delivered.last_reply));
    }
    return all_sent ? ExitCode::Done : ExitCode::Unavailable;
}

ExitCode delivery_resend(const Options& options, const Service& service, const Output& output) {
    const auto named = named_deliveries(options, service);
    if (!named) {
        return report_error(output, named.error());
    }
    for (const Delivery& each : *named) {
        if (each.state == "sent") {
            return report_error(
                output,
                {ErrorKind::Usage,
                 fmt::format(
                     "delivery resend: {} has got {} already; report send --to sends a trial copy",
                     each.recipient,
                     each.edition
                 )}
            );
        }
    }
    auto done = decide(options, service, *named, store::DeliveryDecision::SendAgain);
    const auto delivered =
        done ? deliver_due(service) : Result<DeliveryReport>(std::unexpected(done.error()));
    done = delivered ? SlotBook(service).conclude() : std::unexpected(delivered.error());
    if (!done) {
        return report_error(output, done.error());
    }
    output.out(fmt::format(
        "{}: {} to be sent again; {}\n", options.edition, named->size(), describe(*delivered)
    ));
    return tell_delivered(*delivered, output);
}

ExitCode delivery_confirm(const Options& options, const Service& service, const Output& output) {
    const auto named = named_deliveries(options, service);
    if (!named) {
        return report_error(output, named.error());
    }
    const bool is_unknown = !options.failed && named->front().state == "unknown";
    if (!is_unknown) {
        return report_error(
            output,
            {ErrorKind::Usage,
             "delivery confirm: for one --recipient of whose message nobody knows (state unknown)"}
        );
    }
    auto done = decide(options, service, *named, store::DeliveryDecision::Arrived);
    done = done ? SlotBook(service).conclude() : done;
    if (!done) {
        return report_error(output, done.error());
    }
    output.out(fmt::format("{}: {} has got it\n", options.edition, options.recipient));
    return ExitCode::Done;
}

}  // namespace thidua::daemon
