// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/maintenance_job.hpp"

#include "daemon/log.hpp"
#include "daemon/session.hpp"

#include <fmt/format.h>

namespace thidua::daemon {
namespace {

constexpr std::string_view remedy =
    "keep this store as it is, and look at it with 'thidua verify' and 'thidua audit verify'; a "
    "backup that verifies can be restored";

std::unexpected<Error> broken(std::string_view first, std::size_t problems) {
    return fail(
        ErrorKind::Data,
        fmt::format(
            "{}{}; {}",
            first,
            problems > 1 ? fmt::format(" (and {} more)", problems - 1) : std::string(),
            remedy
        )
    );
}

Result<void> check_counts(const Service& service, store::Store& store) {
    const auto found = store::verify_beside(
        store, [&](std::int64_t, std::int64_t) { service.progressed(); }, service.stop
    );
    if (!found) {
        return std::unexpected(found.error());
    }
    if (found->problems > 0) {
        return broken(found->first_problems.front(), static_cast<std::size_t>(found->problems));
    }
    log_info(fmt::format(
        "maintenance: {} versions read, {} rollup rows compared: all equal",
        found->versions,
        found->rollup_rows
    ));
    return {};
}

Result<void> check_chain(const Service& service, store::Store& store) {
    const auto report =
        store.audit_verify([&](std::int64_t, std::int64_t) { service.progressed(); });
    if (!report) {
        return std::unexpected(report.error());
    }
    if (!report->faults.empty()) {
        return broken(report->faults.front().problem, report->faults.size());
    }
    log_info(fmt::format(
        "maintenance: {} entries of the audit chain and {} archived documents and messages: whole",
        report->head.number,
        report->artefacts
    ));
    return {};
}

}  // namespace

Result<void> check_store(const Service& service) {
    auto store = store::Store::open(location_of(service.settings), store::Access::ReadOnly);
    if (!store) {
        return std::unexpected(store.error());
    }
    Result<void> done = check_counts(service, *store);
    return done ? check_chain(service, *store) : done;
}

}  // namespace thidua::daemon
