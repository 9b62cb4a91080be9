// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/audit_rows.hpp"

#include "store/entries.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <algorithm>

namespace thidua::store {

Result<std::optional<AuditNote>> slice_note(Store& store, std::int64_t id) {
    auto find = store.statement(
        "SELECT l.id, s.name, l.key, l.records, l.changed, l.sha256 FROM slice l"
        " JOIN source s ON s.agency = l.agency AND s.id = l.source"
        " WHERE l.agency = ? AND l.id = ?"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    return (*find)->bind(agency, id).first_row([](const Statement& row) {
        return note_of(SliceAccount{
            row.integer(0), row.text(1), row.text(2), row.integer(3), row.integer(4), row.text(5)});
    });
}

Result<std::optional<AuditNote>> pull_note(Store& store, std::int64_t id) {
    auto find = store.statement(
        "SELECT p.id, s.name, p.state, coalesce(p.error_kind, ''), p.slices, p.repeats, p.kind"
        " FROM pull p JOIN source s ON s.agency = p.agency AND s.id = p.source"
        " WHERE p.agency = ? AND p.id = ?"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    return (*find)->bind(agency, id).first_row([](const Statement& row) {
        return note_of(PullAccount{
            row.integer(0),
            row.text(1),
            row.text(2),
            row.text(3),
            row.integer(4),
            row.integer(5),
            row.text(6)});
    });
}

Result<std::optional<AuditNote>> edition_note(Store& store, std::string_view id) {
    auto find = store.statement(
        "SELECT id, subject, known_at, config_hash FROM edition WHERE agency = ? AND id = ?"
    );
    auto documents = store.statement(
        "SELECT file_name, sha256 FROM edition_document WHERE agency = ? AND edition = ?"
        " ORDER BY position"
    );
    if (!find || !documents) {
        return std::unexpected(find ? documents.error() : find.error());
    }
    auto account = (*find)->bind(agency, id).first_row([](const Statement& row) {
        return EditionAccount{row.text(0), row.text(1), *row.instant_or_null(2), row.text(3), {}};
    });
    if (!account || !*account) {
        return account ? Result<std::optional<AuditNote>>(std::nullopt)
                       : std::unexpected(account.error());
    }
    (*documents)->bind(agency, id);
    const auto read = (*documents)->for_each_row([&](const Statement& row) {
        (*account)->documents.emplace_back(row.text(0), row.text(1));
    });
    return read ? Result<std::optional<AuditNote>>(note_of(**account))
                : std::unexpected(read.error());
}

Result<std::vector<DeliveryAccount>> delivery_accounts(Store& store) {
    return delivery_accounts(
        store,
        "SELECT edition, recipient, state, attempts, coalesce(reply_code, 0),"
        " CASE WHEN is_light = 1 THEN light_sha256 ELSE sha256 END FROM delivery"
        " WHERE agency = ? ORDER BY edition, recipient"
    );
}

Result<std::vector<DeliveryAccount>> delivery_accounts(Store& store, std::string_view select) {
    auto find = store.statement(select);
    if (!find) {
        return std::unexpected(find.error());
    }
    std::vector<DeliveryAccount> accounts;
    (*find)->bind(agency);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        accounts.push_back(
            {row.text(0), row.text(1), row.text(2), row.integer(3), row.integer(4), row.text(5)}
        );
    });
    return read ? Result<std::vector<DeliveryAccount>>(std::move(accounts))
                : std::unexpected(read.error());
}

Result<std::vector<AuditNote>> decision_notes(Store& store) {
    auto drops = store.statement(
        "SELECT q.id, s.name, coalesce(q.decided_by, ''), q.print, coalesce(q.note, '')"
        " FROM quarantine q JOIN source s ON s.agency = q.agency AND s.id = q.source"
        " WHERE q.agency = ? AND q.state = 'dropped' ORDER BY q.id"
    );
    const auto aliases = store.unit_aliases();
    if (!drops || !aliases) {
        return std::unexpected(drops ? aliases.error() : drops.error());
    }
    std::vector<AuditNote> notes;
    (*drops)->bind(agency);
    const auto read = (*drops)->for_each_row([&](const Statement& row) {
        notes.push_back(note_of(DropAccount{
            row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4)}));
    });
    for (const UnitAlias& alias : *aliases) {
        notes.push_back(note_of(AliasAccount{alias.code, alias.unit, alias.from, alias.decided_by})
        );
    }
    auto done = read ? add_entry_notes(store, notes) : read;
    return done ? Result<std::vector<AuditNote>>(std::move(notes)) : std::unexpected(done.error());
}

bool is_of_decision(std::string_view kind) {
    return kind == "dropped" || kind == "unit-mapped" ||
           std::ranges::find(entry_kinds, kind) != entry_kinds.end();
}

Result<std::vector<std::pair<std::string, std::string>>> archived(Store& store) {
    auto find = store.statement(
        "SELECT edition, file_name, sha256 FROM edition_document WHERE agency = ?1"
        " UNION ALL SELECT edition, recipient, sha256 FROM delivery WHERE agency = ?1"
        " UNION ALL SELECT edition, recipient, light_sha256 FROM delivery WHERE agency = ?1"
        " AND light_sha256 IS NOT NULL"
        " ORDER BY 1, 2"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    std::vector<std::pair<std::string, std::string>> rows;
    (*find)->bind(agency);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        rows.emplace_back(row.text(0) + ": " + row.text(1), row.text(2));
    });
    return read ? Result<std::vector<std::pair<std::string, std::string>>>(std::move(rows))
                : std::unexpected(read.error());
}

}  // namespace thidua::store
