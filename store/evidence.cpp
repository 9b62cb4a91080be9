// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What was filed as evidence, and what was decided about it.
#include "core/hash.hpp"
#include "store/entries.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <functional>
#include <map>
#include <set>
#include <utility>

namespace thidua::store {
namespace {

/// The same for the same thing, whoever files it and whenever.
std::string identity_of(const Evidence& evidence) {
    std::string text;
    for (const std::string& field :
         {evidence.candidate,
          evidence.topic,
          evidence.title,
          evidence.text,
          field_of(evidence.day),
          evidence.document,
          evidence.file_sha256}) {
        text += fmt::format("{}:{}", field.size(), field);
    }
    return sha256_hex(text);
}

AuditNote note_of_row(const Evidence& evidence) {
    return note_of(EntryAccount{
        "evidence-filed",
        evidence.id,
        fmt::format(
            "candidate={} topic={} by={}", evidence.candidate, evidence.topic, evidence.filed_by
        ),
        {evidence.candidate,
         evidence.topic,
         evidence.title,
         evidence.text,
         field_of(evidence.day),
         evidence.document,
         evidence.file_name,
         evidence.file_sha256,
         evidence.filed_by,
         field_of(evidence.filed_at),
         identity_of(evidence)}});
}

/// A row of evidence_ruling.
struct EvidenceRuling {
    std::int64_t id = 0;
    std::int64_t evidence = 0;
    EvidenceState state = EvidenceState::Filed;
    Ruling ruling;
};

AuditNote note_of_row(const EvidenceRuling& row) {
    return note_of(EntryAccount{
        "evidence-ruled",
        row.id,
        fmt::format("evidence={} state={} by={}", row.evidence, to_text(row.state), row.ruling.by),
        {std::to_string(row.evidence),
         std::string(to_text(row.state)),
         row.ruling.by,
         field_of(row.ruling.at),
         row.ruling.note}});
}

Result<void> for_each_evidence(
    Store& store, Instant known_at, const std::function<void(Evidence)>& visit
) {
    constexpr std::string_view select =
        "SELECT id, candidate, topic, title, done, day, document, file_name, file_sha256, filed_by,"
        " filed_at FROM evidence WHERE agency = ? AND filed_at <= ? ORDER BY id";
    return for_each_entry(store, select, known_at, [&](const Statement& row) {
        Evidence evidence;
        evidence.id = row.integer(0);
        evidence.candidate = row.text(1);
        evidence.topic = row.text(2);
        evidence.title = row.text(3);
        evidence.text = row.text(4);
        evidence.day = day_or_null(row, 5);
        evidence.document = row.text(6);
        evidence.file_name = row.text(7);
        evidence.file_sha256 = row.text(8);
        evidence.filed_by = row.text(9);
        evidence.filed_at = row.instant_or_null(10).value_or(Instant{});
        visit(std::move(evidence));
    });
}

Result<void> for_each_ruling(
    Store& store, Instant known_at, const std::function<void(EvidenceRuling)>& visit
) {
    constexpr std::string_view select =
        "SELECT id, evidence, state, ruled_by, ruled_at, why FROM evidence_ruling"
        " WHERE agency = ? AND ruled_at <= ? ORDER BY id";
    return for_each_entry(store, select, known_at, [&](const Statement& row) {
        const auto state = parse_evidence_state(row.text(2));  // the table has no other word
        visit(
            {row.integer(0),
             row.integer(1),
             state.value_or(EvidenceState::Filed),
             {row.text(3), row.instant_or_null(4).value_or(Instant{}), row.text(5)}}
        );
    });
}

}  // namespace

Result<std::vector<Evidence>> Store::evidence(Instant known_at) {
    std::vector<Evidence> filed;
    std::map<std::int64_t, std::size_t> by_id;
    auto read = for_each_evidence(*this, known_at, [&](Evidence evidence) {
        by_id.emplace(evidence.id, filed.size());
        filed.push_back(std::move(evidence));
    });
    read = read ? for_each_ruling(
                      *this,
                      known_at,
                      [&](EvidenceRuling row) {
                          const auto place = by_id.find(row.evidence);
                          if (place == by_id.end()) {
                              return;
                          }
                          Evidence& evidence = filed[place->second];
                          evidence.state = row.state;
                          evidence.ruled_by = std::move(row.ruling.by);
                          evidence.ruled_at = row.ruling.at;
                          evidence.why = std::move(row.ruling.note);
                      }
                  )
                : read;
    return read ? Result<std::vector<Evidence>>(std::move(filed))
                : failed("evidence", read.error());
}

Result<std::vector<FiledEvidence>> Store::file_evidence(std::span<const Evidence> evidence) {
    auto add = statement(
        "INSERT INTO evidence (agency, id, candidate, topic, title, done, day, document, file_name,"
        " file_sha256, filed_by, filed_at, print) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    std::map<std::string, std::int64_t> known;
    std::int64_t last = 0;
    const auto read = for_each_evidence(*this, ever, [&](const Evidence& one) {
        known.emplace(identity_of(one), one.id);
        last = one.id;
    });
    if (!add || !read) {
        return failed("file evidence", add ? read.error() : add.error());
    }
    std::vector<FiledEvidence> filed;
    std::vector<Evidence> news;
    for (const Evidence& one : evidence) {
        const auto [place, is_new] = known.emplace(identity_of(one), last + 1);
        filed.push_back({place->second, is_new});
        if (is_new) {
            news.push_back(one);
            news.back().id = ++last;
        }
    }
    const auto write = [&](const Evidence& one) {
        auto done = (*add)->run(
            agency,
            one.id,
            one.candidate,
            one.topic,
            one.title,
            one.text,
            day_number(one.day),
            one.document,
            one.file_name,
            one.file_sha256,
            one.filed_by,
            one.filed_at,
            identity_of(one)
        );
        return done ? audit(one.filed_at, note_of_row(one)) : done;
    };
    const auto done = news.empty() ? Result<void>{} : in_transaction([&] {
        Result<void> written;
        for (const Evidence& one : news) {
            written = written ? write(one) : written;
        }
        return written;
    });
    return done ? Result<std::vector<FiledEvidence>>(std::move(filed))
                : failed("file evidence", done.error());
}

Result<bool> Store::rule_on_evidence(std::int64_t id, EvidenceState state, const Ruling& ruling) {
    auto add = statement(
        "INSERT INTO evidence_ruling (agency, id, evidence, state, ruled_by, ruled_at, why)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
    );
    bool is_there = false;
    std::optional<EvidenceRuling> in_force;
    EvidenceRuling row{1, id, state, ruling};
    auto read = for_each_evidence(*this, ever, [&](const Evidence& one) {
        is_there = is_there || one.id == id;
    });
    read = read ? for_each_ruling(
                      *this,
                      ever,
                      [&](EvidenceRuling one) {
                          row.id = one.id + 1;
                          if (one.evidence == id) {
                              in_force = std::move(one);
                          }
                      }
                  )
                : read;
    if (!add || !read) {
        return failed("evidence decide", add ? read.error() : add.error());
    }
    if (!is_there) {
        return fail(ErrorKind::Usage, fmt::format("there is no evidence {}", id));
    }
    if (in_force && in_force->state == state && in_force->ruling.by == ruling.by &&
        in_force->ruling.note == ruling.note) {
        return false;
    }
    const auto done = record(ruling.at, note_of_row(row), [&] {
        return (*add)->run(agency, row.id, id, to_text(state), ruling.by, ruling.at, ruling.note);
    });
    return done ? Result<bool>(true) : failed("evidence decide", done.error());
}

Result<void> add_evidence_notes(Store& store, std::vector<AuditNote>& notes) {
    auto done = for_each_evidence(store, ever, [&](const Evidence& evidence) {
        notes.push_back(note_of_row(evidence));
    });
    return done ? for_each_ruling(
                      store,
                      ever,
                      [&](const EvidenceRuling& row) { notes.push_back(note_of_row(row)); }
                  )
                : done;
}

}  // namespace thidua::store
