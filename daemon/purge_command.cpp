// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua purge: what there is to be taken away, and taking it away once nobody can appeal any more.
#include "daemon/commands.hpp"
#include "daemon/final_report_job.hpp"
#include "daemon/json_values.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "store/purge.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace thidua::daemon {
namespace {

/// Why nothing is taken away yet: the council may still need it.
Result<void> check_may_purge(const Options& options, const Service& service) {
    const config::Settings& settings = service.settings;
    if (!settings.appeals_until) {
        return fail(
            ErrorKind::Usage,
            settings.file.string() +
                ": retention.appeals_until: not given: say until which day the awards can be "
                "appealed against; nothing is taken away before"
        );
    }
    const Day today = day_of(service.clock.now());
    if (today <= *settings.appeals_until) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "appeals may come until {} (retention.appeals_until), and today is {}: nothing is "
                "taken away before",
                thidua::to_text(*settings.appeals_until),
                thidua::to_text(today)
            )
        );
    }
    if (options.by.empty()) {
        return fail(ErrorKind::Usage, "say who decides it, --by NAME; it is recorded");
    }
    if (!settings.final_reports) {
        return {};
    }
    const std::string last =
        final_report_id(settings.campaign, report_at(settings.campaign, rules::Stage::Final));
    const auto published =
        service.store.call([&](store::Store& store) { return store.find_edition(last); });
    if (!published) {
        return std::unexpected(published.error());
    }
    return *published ? Result<void>{}
                      : fail(
                            ErrorKind::Usage,
                            "the final report (" + last +
                                ") is not published yet, and it is counted from single dossiers"
                        );
}

void say_counts(
    const Options& options, const Output& output, const store::RowLevelData& data, bool is_done
) {
    if (options.json) {
        output.out(pretty_json(boost::json::object{
            {"purged", is_done},
            {"dossier_versions", data.dossiers},
            {"payment_versions", data.payments},
            {"captures", data.captures},
            {"refused_records", data.refused}}));
        return;
    }
    output.out(fmt::format(
        "{} {} versions of dossiers, {} of payments, {} answers of sources, {} records that could "
        "not be read\n",
        is_done ? "taken away:" : "there are",
        data.dossiers,
        data.payments,
        data.captures,
        data.refused
    ));
    output.out(
        is_done
            ? "kept: rollups, editions, decisions, the audit chain. Copies that were made before "
              "(thidua backup, store.backup) still have all of it: remove them yourself\n"
            : "nothing was changed; --yes-delete --by NAME takes them away for good\n"
    );
}

}  // namespace

ExitCode purge(const Options& options, const Service& service, const Output& output) {
    if (!options.accept_loss) {
        const auto data =
            service.store.call([](store::Store& store) { return store::row_level_data(store); });
        if (!data) {
            return report_error(output, data.error());
        }
        say_counts(options, output, *data, false);
        return ExitCode::Done;
    }
    if (const auto may = check_may_purge(options, service); !may) {
        return report_error(output, failed("purge", may.error()).error());
    }
    const auto taken = service.store.call([&](store::Store& store) {
        return store::purge(store, {options.by, service.clock.now()});
    });
    if (!taken) {
        return report_error(output, taken.error());
    }
    say_counts(options, output, *taken, true);
    return ExitCode::Done;
}

}  // namespace thidua::daemon
