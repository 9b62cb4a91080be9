// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/hash.hpp"
#include "store/schema.hpp"
#include "store/versions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace thidua::store {
namespace {

std::int64_t millis(const std::optional<Instant>& instant) {
    return instant ? instant->time_since_epoch().count() : -1;
}

/// Everything the source said, without its own change time: a record that was only sent again is
/// the same content.
std::int64_t content_of(const DossierRecord& record) {
    std::string text = fmt::format(
        "{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}",
        record.procedure_code,
        record.unit_code,
        static_cast<int>(record.channel),
        record.status,
        millis(record.applied_at),
        millis(record.accepted_at),
        millis(record.due_at),
        millis(record.finished_at),
        record.fee_count,
        record.fee_total,
        record.paid_flag
    );
    for (const NamedPayment& payment : record.payments) {
        fmt::format_to(
            std::back_inserter(text),
            "\n{}|{}|{}|{}",
            payment.reference,
            static_cast<int>(payment.gateway),
            static_cast<int>(payment.state),
            millis(payment.paid_at)
        );
    }
    return fingerprint(text);
}

}  // namespace

Result<std::optional<std::int64_t>> Versions::find_dossier(std::string_view code) {
    auto find = store_.statement("SELECT dossier FROM dossier_code WHERE agency = ? AND code = ?");
    if (!find) {
        return std::unexpected(find.error());
    }
    return (*find)->bind(agency, code).first_row([](const Statement& row) {
        return row.integer(0);
    });
}

Result<std::int64_t> Versions::new_dossier() {
    auto add = store_.statement(
        "INSERT INTO dossier (agency, id) SELECT ?1, coalesce(max(id), 0) + 1 FROM dossier"
        " WHERE agency = ?1 RETURNING id"
    );
    if (!add) {
        return std::unexpected(add.error());
    }
    if (const auto row = (*add)->bind(agency).step(); !row) {
        return std::unexpected(row.error());
    }
    const std::int64_t dossier = (*add)->integer(0);
    (*add)->reset();
    return dossier;
}

Result<void> Versions::name(std::string_view code, std::int64_t dossier) {
    auto add = store_.statement(
        "INSERT INTO dossier_code (agency, code, dossier) VALUES (?, ?, ?)"
        " ON CONFLICT (agency, code) DO UPDATE SET dossier = excluded.dossier"
    );
    return add ? (*add)->run(agency, code, dossier) : std::unexpected(add.error());
}

/// Two numbers turned out to be one dossier: its codes move over, and the open versions under the
/// given-up number end now, so that it is counted once from here on and as before until here.
Result<void> Versions::merge(std::int64_t from, std::int64_t into) {
    auto move =
        store_.statement("UPDATE dossier_code SET dossier = ? WHERE agency = ? AND dossier = ?");
    auto close = store_.statement(
        "UPDATE dossier_version SET known_until = max(known_from, ?)"
        " WHERE agency = ? AND dossier = ? AND known_until IS NULL"
    );
    auto replace =
        store_.statement("UPDATE dossier SET replaced_by = ? WHERE agency = ? AND id = ?");
    if (!move || !close || !replace) {
        return std::unexpected(!move ? move.error() : !close ? close.error() : replace.error());
    }
    if (auto moved = (*move)->run(into, agency, from); !moved) {
        return moved;
    }
    if (auto replaced = (*replace)->run(into, agency, from); !replaced) {
        return replaced;
    }
    return (*close)->run(now_, agency, from);
}

Result<std::int64_t> Versions::resolve(const DossierRecord& record) {
    std::vector<std::string_view> codes{record.code};
    codes.insert(codes.end(), record.aliases.begin(), record.aliases.end());
    std::vector<std::string_view> unnamed;
    std::vector<std::int64_t> numbers;
    for (const std::string_view code : codes) {
        const auto found = find_dossier(code);
        if (!found) {
            return std::unexpected(found.error());
        }
        if (*found) {
            numbers.push_back(**found);
        } else {
            unnamed.push_back(code);
        }
    }
    std::ranges::sort(numbers);
    if (numbers.empty()) {
        const auto made = new_dossier();
        if (!made) {
            return std::unexpected(made.error());
        }
        numbers.push_back(*made);
    }
    const std::int64_t dossier = numbers.front();
    for (const std::int64_t other : numbers) {
        if (other != dossier) {
            if (auto merged = merge(other, dossier); !merged) {
                return std::unexpected(merged.error());
            }
        }
    }
    for (const std::string_view code : unnamed) {
        if (auto named = name(code, dossier); !named) {
            return std::unexpected(named.error());
        }
    }
    return dossier;
}

Result<std::optional<Versions::Current>> Versions::current(std::int64_t dossier) {
    auto find = store_.statement(
        "SELECT version, known_from, content FROM dossier_version"
        " WHERE agency = ? AND source = ? AND dossier = ? ORDER BY version DESC LIMIT 1"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto row = (*find)->bind(agency, source_, dossier).step();
    if (!row) {
        return std::unexpected(row.error());
    }
    std::optional<Current> current;
    if (*row) {
        current = Current{(*find)->integer(0), *(*find)->instant_or_null(1), (*find)->integer(2)};
    }
    (*find)->reset();
    return current;
}

Result<void> Versions::insert_version(
    const DossierRecord& record, std::int64_t dossier, const Current& made
) {
    auto add = store_.statement(
        "INSERT INTO dossier_version (agency, source, dossier, version, known_from, slice,"
        " procedure_code, unit_code, channel, status, applied_at, accepted_at, accepted_day,"
        " due_at, finished_at, fee_count, fee_total, paid_flag, content)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    if (!add) {
        return std::unexpected(add.error());
    }
    std::optional<std::int64_t> accepted_day;
    if (record.accepted_at) {
        accepted_day = day_of(*record.accepted_at).time_since_epoch().count();
    }
    return (*add)->run(
        agency,
        source_,
        dossier,
        made.version,
        made.known_from,
        slice_,
        record.procedure_code,
        record.unit_code,
        static_cast<int>(record.channel),
        record.status,
        record.applied_at,
        record.accepted_at,
        accepted_day,
        record.due_at,
        record.finished_at,
        record.fee_count,
        record.fee_total,
        record.paid_flag,
        made.content
    );
}

Result<void> Versions::insert_payments(
    const DossierRecord& record, std::int64_t dossier, std::int64_t version
) {
    auto add = store_.statement(
        "INSERT INTO named_payment (agency, source, dossier, version, position, reference, gateway,"
        " state, paid_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    if (!add) {
        return std::unexpected(add.error());
    }
    int position = 0;
    for (const NamedPayment& payment : record.payments) {
        auto added = (*add)->run(
            agency,
            source_,
            dossier,
            version,
            position++,
            payment.reference,
            static_cast<int>(payment.gateway),
            static_cast<int>(payment.state),
            payment.paid_at
        );
        if (!added) {
            return added;
        }
    }
    return {};
}

Result<void> Versions::add(const DossierRecord& record) {
    const auto dossier = resolve(record);
    if (!dossier) {
        return std::unexpected(dossier.error());
    }
    const auto before = current(*dossier);
    if (!before) {
        return std::unexpected(before.error());
    }
    const std::int64_t content = content_of(record);
    if (*before && (*before)->content == content) {
        return {};
    }
    Current made{1, now_, content};
    if (*before) {
        // A clock that steps back must not put a version before its predecessor.
        made = Current{(*before)->version + 1, std::max(now_, (*before)->known_from), content};
        auto close = store_.statement(
            "UPDATE dossier_version SET known_until = ?"
            " WHERE agency = ? AND source = ? AND dossier = ? AND version = ?"
        );
        if (!close) {
            return std::unexpected(close.error());
        }
        auto closed = (*close)->run(made.known_from, agency, source_, *dossier, (*before)->version);
        if (!closed) {
            return closed;
        }
    }
    if (auto inserted = insert_version(record, *dossier, made); !inserted) {
        return inserted;
    }
    ++opened_;
    return insert_payments(record, *dossier, made.version);
}

Result<void> Versions::add(const StatisticRecord& record) {
    auto add = store_.statement(
        "INSERT INTO statistic (agency, source, period, unit_code, metric, slice, value)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (agency, source, period, unit_code, metric, slice)"
        " DO UPDATE SET value = excluded.value"
    );
    if (!add) {
        return std::unexpected(add.error());
    }
    ++opened_;
    return (*add)->run(
        agency, source_, record.period, record.unit_code, record.metric, slice_, record.value
    );
}

}  // namespace thidua::store
