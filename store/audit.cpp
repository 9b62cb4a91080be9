// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Writes the chain, and sees to it that database and witness agree.
#include "store/audit.hpp"

#include "core/hash.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace thidua::store {
namespace {

constexpr std::string_view format_name = "thidua-audit-1";

void append_field(std::string& text, std::string_view field) {
    text += fmt::format("{}:", field.size());
    text += field;
}

constexpr std::string_view what_to_do =
    "Restore a backup that holds them ('thidua restore FILE'), or go on without them: 'thidua "
    "restore --accept-loss --by NAME', which is recorded. See docs/operations.md";

/// How the witness' last line does not fit the database.
std::string disagreement(const WitnessLine& seen, const AuditHead& head, std::int64_t epoch) {
    const std::string end =
        head.number == 0
            ? "the database's chain is empty"
            : fmt::format(
                  "the database ends with entry {} (of {})", head.number, thidua::to_text(head.at)
              );
    if (seen.epoch != epoch) {
        return fmt::format(
            "is of epoch {} and the database of epoch {}: one of them was replaced. It saw entry "
            "{} "
            "(of {}), {}; what the entries between record may be missing",
            seen.epoch,
            epoch,
            seen.height,
            thidua::to_text(seen.at),
            end
        );
    }
    if (seen.height > head.number) {
        return fmt::format(
            "saw entry {} of the audit chain (of {}), but {}: entries {} to {} are missing, with "
            "what they record",
            seen.height,
            thidua::to_text(seen.at),
            end,
            head.number + 1,
            seen.height
        );
    }
    return fmt::format(
        "saw another entry {} (of {}) than the database holds, and {}: the database was altered, "
        "or "
        "replaced by another one; 'thidua audit verify' names the first entry. Entries up to {} "
        "may "
        "be missing",
        seen.height,
        thidua::to_text(seen.at),
        end,
        seen.height
    );
}

}  // namespace

std::string audit_hash(std::string_view previous_hash, const AuditEntry& entry) {
    std::string text(format_name);
    append_field(text, previous_hash);
    append_field(text, std::to_string(entry.number));
    append_field(text, std::to_string(entry.at.time_since_epoch().count()));
    append_field(text, entry.note.kind);
    append_field(text, entry.note.subject);
    append_field(text, entry.note.detail);
    return sha256_hex(text);
}

AuditNote note_of(const SliceAccount& slice) {
    return {
        "slice",
        slice.source + "/" + slice.key,
        fmt::format(
            "slice={} records={} changed={} sha256={}",
            slice.id,
            slice.records,
            slice.changed,
            slice.sha256
        )};
}

AuditNote note_of(const PullAccount& pull) {
    return {
        "pull",
        pull.source,
        fmt::format(
            "pull={} state={} error={} slices={} repeats={}{}",
            pull.id,
            pull.state,
            pull.error_kind,
            pull.slices,
            pull.repeats,
            pull.kind == "pull" ? "" : " kind=" + pull.kind
        )};
}

AuditNote note_of(const DropAccount& drop) {
    return {
        "dropped",
        fmt::format("quarantine/{}", drop.id),
        fmt::format(
            "source={} print={} by={} note={}", drop.source, drop.print, drop.by, drop.note
        )};
}

AuditNote note_of(const AliasAccount& alias) {
    return {
        "unit-mapped",
        alias.code,
        fmt::format(
            "unit={} from={} by={}",
            alias.unit,
            alias.from ? thidua::to_text(*alias.from) : "",
            alias.by
        )};
}

AuditNote note_of(const EntryAccount& entry) {
    std::string text;
    for (const std::string& field : entry.fields) {
        append_field(text, field);
    }
    return {
        entry.kind,
        fmt::format("{}/{}", entry.kind, entry.id),
        fmt::format("{} sha256={}", entry.words, sha256_hex(text))};
}

AuditNote note_of(const EditionAccount& edition) {
    std::string detail = fmt::format(
        "known_at={} config={} subject={} documents=",
        edition.known_at.time_since_epoch().count(),
        edition.config_hash,
        sha256_hex(edition.subject)
    );
    for (const auto& [file_name, sha256] : edition.documents) {
        detail += fmt::format("{}:{},", file_name, sha256);
    }
    return {"edition", edition.id, std::move(detail)};
}

AuditNote note_of(const DeliveryAccount& delivery) {
    return {
        "delivery",
        delivery.edition + "/" + delivery.recipient,
        fmt::format(
            "attempts={} state={} reply={} sha256={}",
            delivery.attempts,
            delivery.state,
            delivery.reply_code,
            delivery.sha256
        )};
}

std::optional<std::int64_t> number_in(std::string_view detail, std::string_view key) {
    const std::string begin = std::string(key) + "=";
    std::size_t place = detail.starts_with(begin) ? 0 : detail.find(" " + begin);
    if (place == std::string_view::npos) {
        return std::nullopt;
    }
    place += begin.size() + (place == 0 && detail.starts_with(begin) ? 0 : 1);
    std::int64_t value = 0;
    const auto [end, error] =
        std::from_chars(detail.data() + place, detail.data() + detail.size(), value);
    return error == std::errc{} ? std::optional(value) : std::nullopt;
}

Result<AuditHead> Store::audit_head() {
    auto find =
        statement("SELECT number, hash, at FROM audit WHERE agency = ? ORDER BY number DESC LIMIT 1"
        );
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto head = (*find)->bind(agency).first_row([](const Statement& row) {
        return AuditHead{row.integer(0), row.text(1), *row.instant_or_null(2)};
    });
    return head ? Result<AuditHead>(head->value_or(AuditHead{})) : std::unexpected(head.error());
}

Result<void> Store::audit(Instant at, AuditNote note) {
    // Known before the commit: to bear witness after it must not need the database any more.
    if (const auto in_epoch = epoch(); !in_epoch) {
        return std::unexpected(in_epoch.error());
    }
    const auto head = audit_head();
    auto add = statement(
        "INSERT INTO audit (agency, number, at, kind, subject, detail, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
    );
    if (!head || !add) {
        return std::unexpected(head ? add.error() : head.error());
    }
    AuditEntry entry{head->number + 1, at, std::move(note), {}};
    entry.hash = audit_hash(head->hash, entry);
    recorded_ = {entry.number, entry.hash, at};
    return (*add)->run(
        agency, entry.number, at, entry.note.kind, entry.note.subject, entry.note.detail, entry.hash
    );
}

Result<std::int64_t> Store::epoch() {
    if (epoch_) {
        return *epoch_;
    }
    auto find =
        statement("SELECT CAST(value AS BIGINT) FROM meta WHERE agency = ? AND key = 'epoch'");
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto value =
        (*find)->bind(agency).first_row([](const Statement& row) { return row.integer(0); });
    if (!value) {
        return std::unexpected(value.error());
    }
    epoch_ = value->value_or(1);
    return *epoch_;
}

Result<void> Store::set_meta(std::string_view key, std::string_view value) {
    auto put = statement(
        "INSERT INTO meta (agency, key, value) VALUES (?, ?, ?)"
        " ON CONFLICT (agency, key) DO UPDATE SET value = excluded.value"
    );
    return put ? (*put)->run(agency, key, value) : std::unexpected(put.error());
}

Result<void> Store::bear_witness(Witness::Sync sync) {
    const auto in_epoch = epoch();
    if (!in_epoch) {
        return std::unexpected(in_epoch.error());
    }
    auto told = witness_.append({*in_epoch, recorded_.number, recorded_.hash, recorded_.at}, sync);
    return told ? told : failed("recorded, but not witnessed", told.error());
}

Result<void> Store::check_witness() {
    const auto last = witness_.last();
    const auto head = audit_head();
    const auto in_epoch = epoch();
    if (!last || !head || !in_epoch) {
        return std::unexpected(!last ? last.error() : !head ? head.error() : in_epoch.error());
    }
    recorded_ = *head;
    if (!*last) {
        is_witness_missing_ = head->number > 0;
        return is_witness_missing_ ? Result<void>{} : bear_witness(Witness::Sync::Yes);
    }
    const WitnessLine& seen = **last;
    const auto hash = audit_hash_at(seen.height);
    if (!hash) {
        return std::unexpected(hash.error());
    }
    if (seen.epoch == *in_epoch && *hash == seen.hash) {
        return {};
    }
    return fail(
        ErrorKind::Io,
        fmt::format(
            "store {}: its witness {} {}. {}",
            location_.shown(),
            witness_.path().string(),
            disagreement(seen, *head, *in_epoch),
            what_to_do
        )
    );
}

Result<std::string> Store::audit_hash_at(std::int64_t number) {
    auto find = statement("SELECT hash FROM audit WHERE agency = ? AND number = ?");
    if (!find) {
        return std::unexpected(find.error());
    }
    auto hash =
        (*find)->bind(agency, number).first_row([](const Statement& row) { return row.text(0); });
    return hash ? Result<std::string>(hash->value_or("")) : std::unexpected(hash.error());
}

Result<void> Store::record(
    Instant at, AuditNote note, const std::function<Result<void>()>& change
) {
    return in_transaction([&] {
        Result<void> done = change ? change() : Result<void>{};
        return done ? audit(at, std::move(note)) : done;
    });
}

Result<void> Store::in_transaction(const std::function<Result<void>()>& work) {
    auto transaction = Transaction::begin(*database_);
    if (!transaction) {
        return std::unexpected(transaction.error());
    }
    Result<void> done = work();
    done = done ? transaction->commit() : done;
    return done ? bear_witness(Witness::Sync::Yes) : done;
}

Result<void> Store::record_configuration(
    std::string_view hash, std::string_view summary, Instant now
) {
    if (is_witness_missing_) {
        const auto head = audit_head();
        auto told = head ? record(
                               now,
                               {"witness",
                                witness_.path().filename().string(),
                                fmt::format("missing=1 height={}", head->number)},
                               {}
                           )
                         : std::unexpected(head.error());
        if (!told) {
            return failed("new witness", told.error());
        }
        is_witness_missing_ = false;
    }
    auto find = statement("SELECT value FROM meta WHERE agency = ? AND key = 'configuration'");
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto on_file =
        (*find)->bind(agency).first_row([](const Statement& row) { return row.text(0); });
    if (!on_file || *on_file == hash) {
        return on_file ? Result<void>{} : std::unexpected(on_file.error());
    }
    auto recorded = record(now, {"configuration", std::string(hash), std::string(summary)}, [&] {
        return set_meta("configuration", hash);
    });
    return recorded ? recorded : failed("record configuration", recorded.error());
}

Result<std::optional<Instant>> Store::last_recorded() {
    auto find = statement("SELECT max(at) FROM audit WHERE agency = ?");
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto last = (*find)->bind(agency).first_row([](const Statement& row) {
        return row.instant_or_null(0);
    });
    return last ? Result<std::optional<Instant>>(last->value_or(std::nullopt))
                : std::unexpected(last.error());
}

Result<std::vector<AuditEntry>> Store::audit_entries(std::int64_t after, std::int64_t limit) {
    auto find = statement(
        "SELECT number, at, kind, subject, detail, hash FROM audit WHERE agency = ? AND number > ?"
        " ORDER BY number LIMIT ?"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    std::vector<AuditEntry> entries;
    (*find)->bind(agency, after, limit);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        entries.push_back(
            {row.integer(0),
             *row.instant_or_null(1),
             {row.text(2), row.text(3), row.text(4)},
             row.text(5)}
        );
    });
    return read ? Result<std::vector<AuditEntry>>(std::move(entries))
                : std::unexpected(read.error());
}

}  // namespace thidua::store
