// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/store_commands.hpp"

#include "daemon/clock.hpp"
#include "daemon/log.hpp"
#include "daemon/progress.hpp"
#include "daemon/seal.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "store/migrations.hpp"
#include "store/restore.hpp"
#include "store/writer_lock.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <memory>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

/// A bar that begins with the first report, since only that knows how much there is to do.
class Bar {
  public:
    Bar(std::string title, const Options& options)
        : title_(std::move(title)), style_(Progress::style_for_stderr(options.quiet)) {}

    store::ProgressSink sink() {
        return [this](std::int64_t done, std::int64_t total) {
            if (!bar_ || total != total_) {
                bar_ = std::make_unique<Progress>(title_, total, style_);
                total_ = total;
            }
            bar_->show(done, fmt::format("{} of {}", done, total));
        };
    }

  private:
    std::string title_;
    Progress::Style style_;
    std::unique_ptr<Progress> bar_;
    std::int64_t total_ = 0;
};

std::string who(const Options& options) {
    return options.by.empty() ? fmt::format("uid {}", ::getuid()) : options.by;
}

json::object entry_json(const store::AuditEntry& entry) {
    return {
        {"number", entry.number},
        {"at", to_text(entry.at)},
        {"kind", entry.note.kind},
        {"subject", entry.note.subject},
        {"detail", entry.note.detail},
        {"hash", entry.hash}};
}

json::object report_json(const store::AuditReport& report, const SealsChecked& seals) {
    json::array faults;
    for (const store::AuditFault& fault : report.faults) {
        faults.push_back(
            {{"number", fault.number == 0 ? json::value(nullptr) : json::value(fault.number)},
             {"subject", fault.subject},
             {"problem", fault.problem}}
        );
    }
    json::object object;
    object["whole"] = report.faults.empty();
    object["entries"] = report.head.number;
    object["head"] = report.head.hash;
    object["epoch"] = report.epoch;
    object["witnessed"] = report.witness ? json::value(report.witness->height) : nullptr;
    object["artefacts"] = report.artefacts;
    object["sealed_editions"] = seals.editions;
    object["faults"] = std::move(faults);
    return object;
}

void print_report(const store::AuditReport& report, const SealsChecked& seals) {
    for (const store::AuditFault& fault : report.faults) {
        fmt::print("{}\n", fault.problem);
    }
    fmt::print(
        "{}: {} entries to {}, {}, {} archived documents and messages, {} sealed editions\n",
        report.faults.empty() ? "whole" : "broken",
        report.head.number,
        report.head.hash.empty() ? "-" : report.head.hash.substr(0, 12),
        report.witness ? fmt::format("witnessed to {}", report.witness->height) : "no witness",
        report.artefacts,
        seals.editions
    );
}

/// What is no longer there after a restore, in words; empty if nothing.
std::string loss(const store::Restored& restored) {
    if (!restored.witness || restored.witness->height <= restored.head.number) {
        return {};
    }
    return fmt::format(
        "entries {} to {} of the audit chain, the last of {}, are not in it: what they record is "
        "pulled again as far as the sources still tell it; editions and deliveries are not",
        restored.head.number + 1,
        restored.witness->height,
        to_text(restored.witness->at)
    );
}

void print_restored(const Options& options, const store::Restored& restored) {
    if (options.json) {
        fmt::print(
            "{}",
            pretty_json(
                {{"entries", restored.head.number},
                 {"witnessed",
                  restored.witness ? json::value(restored.witness->height) : json::value(nullptr)},
                 {"epoch", restored.epoch},
                 {"replaced", restored.replaced.string()}}
            )
        );
    } else if (!options.quiet) {
        fmt::print(
            "the store ends with entry {} and begins epoch {}\n",
            restored.head.number,
            restored.epoch
        );
        if (!restored.replaced.empty()) {
            fmt::print("what was there is kept as {}\n", restored.replaced.string());
        }
    }
    if (const std::string lost = loss(restored); !lost.empty()) {
        fmt::print(stderr, "thidua: {}\n", lost);
    }
}

Result<store::Restored> restore_as_asked(
    const Options& options, const config::Settings& settings, const store::ProgressSink& told
) {
    const Instant now = Clock(options.now).now();
    if (options.accept_loss == !options.file.empty()) {
        return fail(ErrorKind::Usage, "restore: name either a backup, or --accept-loss");
    }
    if (options.accept_loss && options.by.empty()) {
        return fail(ErrorKind::Usage, "restore --accept-loss: say who decides it, --by NAME");
    }
    const auto lock = Session::take_lock(settings, "restore");
    if (!lock) {
        return std::unexpected(lock.error());
    }
    const auto location = location_of(settings, lock->name());
    return options.accept_loss ? store::accept_loss(location, options.by, now)
                               : store::restore({location, options.file, who(options), now}, told);
}

std::string describe(const store::Migrated& migrated) {
    return fmt::format(
        "from schema {} to {}; {}",
        migrated.from,
        migrated.to,
        migrated.backup.empty() ? "pg_dump keeps what is now there"
                                : fmt::format("the store as it was is {}", migrated.backup.string())
    );
}

Result<store::Migrated> migrate(
    const config::Settings& settings, Instant now, const store::ProgressSink& told
) {
    const auto lock = Session::take_lock(settings, "db migrate");
    return lock ? store::migrate(location_of(settings, lock->name()), now, told)
                : std::unexpected(lock.error());
}

}  // namespace

ExitCode run_audit_verify(const Options& options, const config::Settings& settings) {
    auto store = store::Store::open(location_of(settings), store::Access::ReadOnly);
    if (!store) {
        return report_error(store.error());
    }
    Result<store::AuditReport> report;
    {
        Bar bar("Verifying", options);
        report = store->audit_verify(bar.sink());
    }
    const auto seals =
        report ? check_seals(*store, options.seal, *report) : std::unexpected(report.error());
    if (!seals) {
        return report_error(seals.error());
    }
    if (options.json) {
        fmt::print("{}", pretty_json(report_json(*report, *seals)));
    } else {
        print_report(*report, *seals);
    }
    return report->faults.empty() ? ExitCode::Done : ExitCode::Negative;
}

ExitCode run_audit_list(const Options& options, const config::Settings& settings) {
    auto store = store::Store::open(location_of(settings), store::Access::ReadOnly);
    const auto head = store ? store->audit_head() : std::unexpected(store.error());
    if (!head) {
        return report_error(head.error());
    }
    const auto entries = store->audit_entries(head->number - options.limit, options.limit);
    if (!entries) {
        return report_error(entries.error());
    }
    json::array array;
    for (const store::AuditEntry& entry : *entries) {
        if (options.json) {
            array.push_back(entry_json(entry));
        } else {
            fmt::print(
                "{:>6} {} {:<13} {}  {}\n",
                entry.number,
                to_text(entry.at),
                entry.note.kind,
                entry.note.subject,
                entry.note.detail
            );
        }
    }
    if (options.json) {
        fmt::print("{}", pretty_json(array));
    }
    return ExitCode::Done;
}

ExitCode run_restore(const Options& options, const config::Settings& settings) {
    Result<store::Restored> restored;
    {
        Bar bar("Restoring", options);
        restored = restore_as_asked(options, settings, bar.sink());
    }
    if (!restored) {
        return report_error(restored.error());
    }
    print_restored(options, *restored);
    return ExitCode::Done;
}

ExitCode run_db_migrate(const Options& options, const config::Settings& settings) {
    Result<store::Migrated> migrated;
    {
        Bar bar("Migrating", options);
        migrated = migrate(settings, Clock(options.now).now(), bar.sink());
    }
    if (!migrated) {
        return report_error(migrated.error());
    }
    if (migrated->from == migrated->to) {
        fmt::print("schema {}: nothing to do\n", migrated->to);
    } else {
        fmt::print("{}\n", describe(*migrated));
    }
    return ExitCode::Done;
}

Result<void> bring_up_to_date(const store::Location& location, Instant now) {
    const auto migrated = store::migrate(location, now, {});
    if (!migrated) {
        return std::unexpected(migrated.error());
    }
    if (migrated->from != migrated->to) {
        log_info(fmt::format("store {}: brought {}", location.shown(), describe(*migrated)));
    }
    return {};
}

Result<void> record_opening(store::Store& store, const config::Settings& settings, Instant now) {
    if (store.is_witness_missing()) {
        log_warning(fmt::format(
            "store {}: its witness is missing, so a loss could not be seen; a new one is begun, "
            "and that is recorded",
            location_of(settings).shown()
        ));
    }
    return store.record_configuration(
        settings.hash,
        fmt::format("campaign={} sources={}", settings.campaign.id, settings.sources.size()),
        now
    );
}

}  // namespace thidua::daemon
