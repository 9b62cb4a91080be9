// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/pull_steps.hpp"

#include "connectors/plan.hpp"
#include "core/file.hpp"
#include "core/free_space.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>

namespace thidua::daemon {
namespace {

bool is_within(std::string_view below, std::string_view above) {
    return below == above || (below.starts_with(above) && below[above.size()] == '/');
}

/// Our name for what stands at `pointer`, in it or around it; empty: nothing of it is mapped.
std::string mapped_name(const SourceDescription& source, std::string_view pointer) {
    const auto touches = [&](const std::string& mapped) {
        return is_within(mapped, pointer) || is_within(pointer, mapped);
    };
    for (const auto& [name, field] : source.map) {
        if (std::ranges::any_of(field.from, touches) || std::ranges::any_of(field.sum, touches)) {
            return name;
        }
    }
    const auto holds = [&](const NestedMap& nested) {
        return !nested.map.empty() && !nested.path.empty() && touches(nested.path);
    };
    return holds(source.payments) ? "payments" : holds(source.fees) ? "fees" : "";
}

/// A field that is mapped was expected, whenever it came first; and the first pull of a source sees
/// everything for the first time.
bool is_worth_a_notice(const PullInHand& pull, const store::FieldNews& news) {
    if (pull.source.contract.new_field == Drift::Ignore) {
        return false;
    }
    const bool is_new = news.before.empty();
    const bool is_first = !pull.progress.data_through;
    return !is_new || (!is_first && mapped_name(pull.source, news.field.pointer).empty());
}

}  // namespace

Result<PullInHand> begin_pull(
    const Service& service,
    Connectors& connectors,
    const SourceDescription& source,
    store::PullKind kind
) {
    const auto connector = connectors.get(service, source);
    if (!connector) {
        return std::unexpected(connector.error());
    }
    auto lease = service.in_hand->take(source.name, service.stop);
    if (!lease) {
        return std::unexpected(lease.error());
    }
    const auto progress =
        service.store.call([&](store::Store& store) { return store.progress(source.name); });
    if (!progress) {
        return std::unexpected(progress.error());
    }
    PullInHand pull{service, source, **connector, {}, {}, *progress, *std::move(lease)};
    pull.run.source = source.name;
    pull.run.started_at = service.clock.now();
    pull.run.kind = kind;
    pull.run.records = source.kind;
    pull.report.source = source.name;
    return pull;
}

Result<store::Published> publish(PullInHand& pull, const Slice& slice, std::int64_t gathered_by) {
    const store::SliceToPublish what{
        slice, pull.service.clock.now(), pull.source.expect, connectors::next_look_up, gathered_by};
    auto published =
        pull.service.store.call([&](store::Store& store) { return store.publish(pull.run, what); });
    if (!published) {
        return published;
    }
    ++pull.report.slices;
    pull.report.records += published->records;
    pull.report.changed += published->changed;
    pull.report.rejected += static_cast<std::int64_t>(slice.rejected.size());
    pull.report.requests += slice.requests;
    if (pull.report.first_rejection.empty() && !slice.rejected.empty()) {
        const Rejected& first = slice.rejected.front();
        pull.report.first_rejection = slice.key + ": " + first.where + ": " + first.reason;
    }
    for (const store::FieldNews& news : published->news) {
        if (is_worth_a_notice(pull, news)) {
            pull.report.notices.push_back(notice_of(pull.source, news));
        }
    }
    pull.service.progressed();
    return published;
}

void finish(PullInHand& pull, const Result<void>& done) {
    store::PullEnd end{pull.service.clock.now(), std::nullopt};
    std::string notice =
        certificate_notice(pull.source, pull.connector.certificate_end(), end.finished_at);
    if (!notice.empty()) {
        pull.report.notices.push_back(std::move(notice));
    }
    if (!done) {
        end.error = done.error();
    }
    const auto finished = pull.service.store.call([&](store::Store& store) {
        return store.finish_pull(pull.run, end);
    });
    // Of two errors the first is the cause; the second is often only its echo.
    pull.report.error = end.error;
    if (!finished && !pull.report.error) {
        pull.report.error = finished.error();
    }
}

Result<void> check_reserve(const config::Settings& settings) {
    const std::filesystem::path folder = folder_of(settings.store_path);
    const auto free = free_space(folder);
    if (!free) {
        return std::unexpected(free.error());
    }
    if (free->bytes >= settings.store_reserve) {
        return {};
    }
    constexpr std::uint64_t bytes_in_mebibyte = 1024 * 1024;
    return fail(
        ErrorKind::Io,
        fmt::format(
            "nothing is pulled while {} has less than {} MiB free (store.reserve), now {} MiB: "
            "make room; digests and mails go on",
            folder.string(),
            settings.store_reserve / bytes_in_mebibyte,
            free->bytes / bytes_in_mebibyte
        )
    );
}

Result<std::vector<const config::SourceSettings*>> named_sources(
    const config::Settings& settings,
    const std::vector<std::string>& names,
    std::string_view command
) {
    std::vector<const config::SourceSettings*> found;
    std::string known;
    for (const config::SourceSettings& source : settings.sources) {
        known += (known.empty() ? "" : ", ") + source.description.name;
        if (names.empty()) {
            found.push_back(&source);
        }
    }
    for (const std::string& name : names) {
        const auto place = std::ranges::find_if(settings.sources, [&](const auto& source) {
            return source.description.name == name;
        });
        if (place == settings.sources.end()) {
            return fail(
                ErrorKind::Usage,
                fmt::format("{}: there is no source {}; there are {}", command, name, known)
            );
        }
        found.push_back(&*place);
    }
    return found;
}

Result<std::vector<std::string>> open_items(
    store::Store& store,
    const SourceDescription& source,
    std::span<const Procedure> procedures,
    Instant now,
    store::LookUpScope scope
) {
    const ForEach& each = source.for_each;
    switch (each.item) {
        case ForEach::Item::Payment:
            return store.open_references(each.source, source.name, now, scope);
        case ForEach::Item::Dossier:
            return store.open_dossiers(each.source, source.name, now, scope);
        case ForEach::Item::Procedure:
            break;
    }
    std::vector<std::string> codes;
    std::ranges::transform(procedures, std::back_inserter(codes), &Procedure::code);
    return store.open_procedures(codes, source.name, now, scope);
}

std::string notice_of(const SourceDescription& source, const store::FieldNews& news) {
    const std::string name = mapped_name(source, news.field.pointer);
    return fmt::format(
        "source {}: {} {} ({}{}), {}",
        source.name,
        news.before.empty() ? "new field" : "changed type of field",
        news.field.pointer,
        news.field.type,
        news.before.empty() ? "" : ", before " + news.before,
        name.empty() ? "not mapped" : "mapped as " + name
    );
}

std::string certificate_notice(
    const SourceDescription& source, std::optional<Instant> end, Instant now
) {
    constexpr std::chrono::days told_before{21};
    if (!end || *end - now >= told_before) {
        return "";
    }
    const auto left = std::chrono::floor<std::chrono::days>(*end - now);
    return fmt::format(
        "source {}: the server's certificate ends {}, {}: whoever runs it has to renew it",
        source.name,
        to_text(*end),
        left.count() < 0 ? "which is past" : fmt::format("in {} days", left.count())
    );
}

}  // namespace thidua::daemon
