// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/ledger.hpp"

#include "core/hash.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

namespace thidua::store {
namespace {

Result<void> insert(Statement& add, const Edition& edition) {
    return add.run(
        agency,
        edition.id,
        edition.report,
        edition.period,
        edition.as_of.time_since_epoch().count(),
        edition.known_at,
        edition.created_at,
        edition.subject,
        edition.config_hash,
        edition.slot ? edition.slot->job : "",
        edition.slot ? std::optional(edition.slot->scheduled_at) : std::nullopt
    );
}

std::optional<std::string> sha256_or_null(const std::string& bytes) {
    return bytes.empty() ? std::nullopt : std::optional(sha256_hex(bytes));
}

std::optional<std::string> or_null(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

Result<void> insert(
    Statement& add, const Edition& edition, const EditionMessage& message, std::string_view sha256
) {
    return add.run(
        agency,
        edition.id,
        message.recipient,
        message.address,
        message.message_id,
        sha256,
        or_null(message.light_message_id),
        sha256_or_null(message.light_bytes)
    );
}

}  // namespace

Result<void> Store::add_artefact(std::string_view sha256, std::string_view bytes) {
    auto put = statement(
        "INSERT INTO artefact (agency, sha256, bytes) VALUES (?, ?, ?)"
        " ON CONFLICT (agency, sha256) DO NOTHING"
    );
    return put ? (*put)->run(agency, sha256, Blob{bytes}) : std::unexpected(put.error());
}

Result<std::string> Store::artefact(std::string_view sha256) {
    auto find = statement("SELECT bytes FROM artefact WHERE agency = ? AND sha256 = ?");
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto row = (*find)->bind(agency, sha256).step();
    if (!row) {
        return std::unexpected(row.error());
    }
    std::string bytes = *row ? (*find)->text(0) : std::string();
    (*find)->reset();
    if (sha256_hex(bytes) != sha256) {
        return fail(
            ErrorKind::Io, fmt::format("artefact {}: its bytes are missing or altered", sha256)
        );
    }
    return bytes;
}

Result<void> Store::add_edition(const Edition& edition) {
    const auto on_file = find_edition(edition.id);
    if (!on_file || *on_file) {
        return on_file ? Result<void>{} : std::unexpected(on_file.error());
    }
    auto transaction = Transaction::begin(*database_);
    auto add = statement(
        "INSERT INTO edition (agency, id, report, period, as_of, known_at, created_at, subject,"
        " config_hash, job, scheduled_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    auto add_document = statement(
        "INSERT INTO edition_document (agency, edition, position, file_name, sha256)"
        " VALUES (?, ?, ?, ?, ?)"
    );
    auto add_delivery = statement(
        "INSERT INTO delivery (agency, edition, recipient, address, message_id, sha256,"
        " light_message_id, light_sha256, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending')"
    );
    if (!transaction || !add || !add_document || !add_delivery) {
        return failed(
            "add edition " + edition.id,
            !transaction    ? transaction.error()
            : !add          ? add.error()
            : !add_document ? add_document.error()
                            : add_delivery.error()
        );
    }
    auto added = insert(**add, edition);
    EditionAccount account{edition.id, edition.subject, edition.known_at, edition.config_hash, {}};
    int position = 0;
    for (const EditionDocument& document : edition.documents) {
        const std::string sha256 = sha256_hex(document.bytes);
        account.documents.emplace_back(document.file_name, sha256);
        if (added) {
            added = add_artefact(sha256, document.bytes);
        }
        if (added) {
            added =
                (*add_document)->run(agency, edition.id, position++, document.file_name, sha256);
        }
    }
    for (const EditionMessage& message : edition.messages) {
        const std::string sha256 = sha256_hex(message.bytes);
        if (added) {
            added = add_artefact(sha256, message.bytes);
        }
        if (added && !message.light_bytes.empty()) {
            added = add_artefact(sha256_hex(message.light_bytes), message.light_bytes);
        }
        if (added) {
            added = insert(**add_delivery, edition, message, sha256);
        }
    }
    added = added ? audit(edition.created_at, note_of(account)) : added;
    added = added ? transaction->commit() : added;
    added = added ? bear_witness(Witness::Sync::Yes) : added;
    return added ? added : failed("add edition " + edition.id, added.error());
}

Result<std::optional<Edition>> Store::find_edition(std::string_view id) {
    auto find = statement(
        "SELECT id, report, period, as_of, known_at, created_at, subject, config_hash, job,"
        " scheduled_at FROM edition"
        " WHERE agency = ? AND id = ?"
    );
    auto documents = statement(
        "SELECT d.file_name, a.bytes FROM edition_document d JOIN artefact a"
        " ON a.agency = d.agency AND a.sha256 = d.sha256"
        " WHERE d.agency = ? AND d.edition = ? ORDER BY d.position"
    );
    if (!find || !documents) {
        return std::unexpected(find ? documents.error() : find.error());
    }
    const auto row = (*find)->bind(agency, id).step();
    if (!row) {
        return std::unexpected(row.error());
    }
    if (!*row) {
        (*find)->reset();
        return std::nullopt;
    }
    Edition edition;
    edition.id = (*find)->text(0);
    edition.report = (*find)->text(1);
    edition.period = (*find)->text(2);
    edition.as_of = Day{std::chrono::days{(*find)->integer(3)}};
    edition.known_at = *(*find)->instant_or_null(4);
    edition.created_at = *(*find)->instant_or_null(5);
    edition.subject = (*find)->text(6);
    edition.config_hash = (*find)->text(7);
    if (const auto scheduled_at = (*find)->instant_or_null(9)) {
        edition.slot = SlotKey{(*find)->text(8), *scheduled_at};
    }
    (*find)->reset();
    (*documents)->bind(agency, id);
    const auto read = (*documents)->for_each_row([&](const Statement& document) {
        edition.documents.push_back({document.text(0), document.text(1)});
    });
    if (!read) {
        return std::unexpected(read.error());
    }
    return edition;
}

Result<std::optional<std::string>> Store::edition_document(
    std::string_view edition, std::string_view ending
) {
    auto find = statement(
        "SELECT file_name, sha256 FROM edition_document WHERE agency = ? AND edition = ?"
        " ORDER BY position"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    std::string sha256;
    (*find)->bind(agency, edition);
    const auto read = (*find)->for_each_row([&](const Statement& document) {
        if (sha256.empty() && document.text(0).ends_with(ending)) {
            sha256 = document.text(1);
        }
    });
    if (!read) {
        return std::unexpected(read.error());
    }
    if (sha256.empty()) {
        return std::nullopt;
    }
    auto bytes = artefact(sha256);
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    return *std::move(bytes);
}

Result<std::vector<EditionSummary>> Store::editions() {
    auto find = statement(
        "SELECT e.id, e.period, e.as_of, e.known_at, e.subject,"
        " coalesce(sum(CASE WHEN d.state = 'sent' THEN 1 ELSE 0 END), 0), count(d.recipient)"
        " FROM edition e LEFT JOIN delivery d ON d.agency = e.agency AND d.edition = e.id"
        " WHERE e.agency = ? GROUP BY e.agency, e.id ORDER BY e.known_at, e.id"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    std::vector<EditionSummary> editions;
    (*find)->bind(agency);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        editions.push_back(
            {row.text(0),
             row.text(1),
             Day{std::chrono::days{row.integer(2)}},
             *row.instant_or_null(3),
             row.text(4),
             static_cast<int>(row.integer(5)),
             static_cast<int>(row.integer(6))}
        );
    });
    if (!read) {
        return std::unexpected(read.error());
    }
    return editions;
}

}  // namespace thidua::store
