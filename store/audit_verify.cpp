// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Walks the audit chain: every link, the witness' lines, the rows that entries tell of, and the
// archived bytes. Nothing is kept locked: if the chain grows meanwhile, the walk goes on.
#include "store/audit_rows.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace thidua::store {
namespace {

/// As many entries are read at once: a read that a commit has to wait for takes milliseconds.
constexpr std::int64_t chunk = 500;

/// After so many faults the rest would tell nothing new.
constexpr std::size_t faults_max = 20;

class Walk {
  public:
    Walk(Store& store, const Witness& witness, const ProgressSink& told)
        : store_(store), witness_(witness), told_(told) {}

    Result<AuditReport> run(std::int64_t epoch) {
        report_.epoch = epoch;
        Result<void> done = read_witness();
        // What is compared with the chain's end is read after it; had the chain grown before that
        // was read, it is walked on and read again.
        std::int64_t end = -1;
        while (done && end != report_.head.number) {
            done = walk_on();
            end = report_.head.number;
            done = done ? compare_ends() : done;
            const auto head = store_.audit_head();
            done = head ? done : std::unexpected(head.error());
            if (done && !is_broken_ && head->number > end) {
                ends_.clear();
                end = -1;
            }
        }
        done = done ? hash_artefacts() : done;
        if (!done) {
            return failed("audit verify", done.error());
        }
        std::ranges::move(ends_, std::back_inserter(report_.faults));
        return std::move(report_);
    }

  private:
    void add_fault(std::int64_t number, std::string subject, std::string problem) {
        if (report_.faults.size() < faults_max) {
            report_.faults.push_back({number, std::move(subject), std::move(problem)});
        }
    }

    void add_end_fault(std::string subject, std::string problem) {
        if (ends_.size() < faults_max) {
            ends_.push_back({0, std::move(subject), std::move(problem)});
        }
    }

    Result<void> read_witness() {
        const auto lines = witness_.read();
        if (!lines) {
            return std::unexpected(lines.error());
        }
        for (const WitnessLine& line : *lines) {
            if (line.epoch == report_.epoch) {
                witnessed_[line.height] = line;
            }
        }
        if (!lines->empty()) {
            report_.witness = lines->back();
        }
        return {};
    }

    Result<void> walk_on() {
        const auto head = store_.audit_head();
        if (!head) {
            return std::unexpected(head.error());
        }
        while (!is_broken_) {
            const auto entries = store_.audit_entries(report_.head.number, chunk);
            if (!entries || entries->empty()) {
                return entries ? Result<void>{} : std::unexpected(entries.error());
            }
            for (const AuditEntry& entry : *entries) {
                if (!check_link(entry)) {
                    is_broken_ = true;  // every link behind it would be called broken too
                    break;
                }
                report_.head = {entry.number, entry.hash, entry.at};
                if (auto checked = check_row(entry); !checked) {
                    return checked;
                }
            }
            tell(told_, report_.head.number, std::max(head->number, report_.head.number));
        }
        return {};
    }

    bool check_link(const AuditEntry& entry) {
        const std::int64_t expected = report_.head.number + 1;
        if (entry.number != expected) {
            add_fault(
                expected,
                "",
                entry.number == expected + 1
                    ? fmt::format("entry {} is missing", expected)
                    : fmt::format("entries {} to {} are missing", expected, entry.number - 1)
            );
            return false;
        }
        if (audit_hash(report_.head.hash, entry) != entry.hash) {
            add_fault(
                entry.number,
                entry.note.subject,
                fmt::format(
                    "entry {} ({} {}) was altered: its text does not have its hash",
                    entry.number,
                    entry.note.kind,
                    entry.note.subject
                )
            );
            return false;
        }
        const auto seen = witnessed_.find(entry.number);
        if (seen != witnessed_.end() && seen->second.hash != entry.hash) {
            add_fault(
                entry.number,
                entry.note.subject,
                fmt::format(
                    "entry {} ({} {}) is not the one that the witness saw at {}: it or one before "
                    "it was altered, and the chain made anew",
                    entry.number,
                    entry.note.kind,
                    entry.note.subject,
                    thidua::to_text(seen->second.at)
                )
            );
            return false;
        }
        return true;
    }

    Result<void> check_row(const AuditEntry& entry) {
        const AuditNote& note = entry.note;
        if (note.kind == "migrated") {
            slices_ += number_in(note.detail, "slices").value_or(0);
        } else if (note.kind == "delivery") {
            deliveries_[note.subject] = entry;
        } else if (is_of_decision(note.kind)) {
            decisions_[note.kind + " " + note.subject] = entry;
        } else if (note.kind == "edition") {
            editions_.insert(note.subject);
            return compare(entry, edition_note(store_, note.subject));
        } else if (note.kind == "slice") {
            ++slices_;
            return compare(entry, slice_note(store_, number_in(note.detail, "slice").value_or(0)));
        } else if (note.kind == "pull") {
            return compare(entry, pull_note(store_, number_in(note.detail, "pull").value_or(0)));
        }
        return {};
    }

    /// The entry's row must still give the entry's text.
    Result<void> compare(const AuditEntry& entry, const Result<std::optional<AuditNote>>& now) {
        if (!now) {
            return std::unexpected(now.error());
        }
        if (!*now || **now != entry.note) {
            add_fault(
                entry.number,
                entry.note.subject,
                fmt::format(
                    "{} {} is not as entry {} says: {}; it says {}",
                    entry.note.kind,
                    entry.note.subject,
                    entry.number,
                    *now ? (*now)->subject + " " + (*now)->detail : "there is none",
                    entry.note.detail
                )
            );
        }
        return {};
    }

    /// What only the chain's end can tell: rows that no entry speaks of, entries that are gone.
    Result<void> compare_ends() {
        if (is_broken_) {
            return {};
        }
        Result<void> done = compare_witness();
        done = done ? compare_slices() : done;
        done = done ? compare_editions() : done;
        done = done ? compare_deliveries() : done;
        return done ? compare_decisions() : done;
    }

    Result<void> compare_witness() {
        const auto& seen = report_.witness;
        const std::int64_t head = report_.head.number;
        if (seen && seen->epoch != report_.epoch) {
            add_end_fault(
                "witness",
                fmt::format(
                    "the witness is of epoch {}, the database of epoch {}: one was replaced",
                    seen->epoch,
                    report_.epoch
                )
            );
        } else if (seen && seen->height > head) {
            ends_.insert(
                ends_.begin(),
                {head + 1,
                 "witness",
                 fmt::format(
                     "entries {} to {} are missing at the end: the witness saw entry {} at {}",
                     head + 1,
                     seen->height,
                     seen->height,
                     thidua::to_text(seen->at)
                 )}
            );
        }
        return {};
    }

    Result<void> compare_slices() {
        auto count = store_.statement("SELECT count(*) FROM slice WHERE agency = ?");
        if (!count) {
            return std::unexpected(count.error());
        }
        const auto rows =
            (*count)->bind(agency).first_row([](const Statement& row) { return row.integer(0); });
        if (rows && *rows != slices_) {
            add_end_fault(
                "slices",
                fmt::format(
                    "{} slices are on file, the entries tell of {}", rows->value_or(0), slices_
                )
            );
        }
        return rows ? Result<void>{} : std::unexpected(rows.error());
    }

    Result<void> compare_editions() {
        const auto editions = store_.editions();
        if (!editions) {
            return std::unexpected(editions.error());
        }
        for (const EditionSummary& edition : *editions) {
            if (!editions_.contains(edition.id)) {
                add_end_fault(
                    edition.id, fmt::format("edition {}: no entry tells of it", edition.id)
                );
            }
        }
        return {};
    }

    Result<void> compare_deliveries() {
        const auto rows = delivery_accounts(store_);
        if (!rows) {
            return std::unexpected(rows.error());
        }
        for (const DeliveryAccount& row : *rows) {
            const AuditNote now = note_of(row);
            const auto last = deliveries_.find(now.subject);
            const bool is_told = last != deliveries_.end();
            const std::int64_t attempts_told =
                is_told ? number_in(last->second.note.detail, "attempts").value_or(0) : 0;
            const bool is_under_way = row.state == "pending" || row.state == "attempting";
            const bool is_as_told = is_told && last->second.note == now;
            const bool fits =
                is_as_told || (is_under_way && (!is_told || row.attempts > attempts_told));
            if (!fits) {
                add_end_fault(
                    now.subject,
                    fmt::format(
                        "delivery {} is not as entry {} says: {}",
                        now.subject,
                        is_told ? last->second.number : 0,
                        now.detail
                    )
                );
            }
        }
        return {};
    }

    /// Each decision that is in force is the last that an entry tells of, and the other way round.
    Result<void> compare_decisions() {
        const auto notes = decision_notes(store_);
        if (!notes) {
            return std::unexpected(notes.error());
        }
        std::map<std::string, AuditEntry> told = decisions_;
        for (const AuditNote& now : *notes) {
            const auto last = told.find(now.kind + " " + now.subject);
            const bool is_told = last != told.end();
            if (!is_told || last->second.note != now) {
                add_end_fault(
                    now.subject,
                    fmt::format(
                        "{} {} is not as entry {} says: {}",
                        now.kind,
                        now.subject,
                        is_told ? last->second.number : 0,
                        now.detail
                    )
                );
            }
            if (is_told) {
                told.erase(last);
            }
        }
        for (const auto& [name, entry] : told) {
            add_end_fault(
                entry.note.subject,
                fmt::format("{}, of which entry {} tells, is not on file", name, entry.number)
            );
        }
        return {};
    }

    Result<void> hash_artefacts() {
        const auto kept = archived(store_);
        if (!kept) {
            return std::unexpected(kept.error());
        }
        std::int64_t done = 0;
        for (const auto& [what, sha256] : *kept) {
            const auto bytes = store_.artefact(sha256);
            if (!bytes && bytes.error().kind != ErrorKind::Io) {
                return std::unexpected(bytes.error());
            }
            if (!bytes) {
                add_end_fault(what, fmt::format("edition {}: {}", what, bytes.error().message));
            }
            ++report_.artefacts;
            tell(told_, ++done, static_cast<std::int64_t>(kept->size()));
        }
        return {};
    }

    Store& store_;
    const Witness& witness_;
    const ProgressSink& told_;
    AuditReport report_;
    bool is_broken_ = false;
    std::vector<AuditFault> ends_;  ///< of the end, which may have to be looked at again
    std::map<std::int64_t, WitnessLine> witnessed_;
    std::int64_t slices_ = 0;
    std::set<std::string> editions_;
    std::map<std::string, AuditEntry> deliveries_;  ///< the last entry of each
    std::map<std::string, AuditEntry> decisions_;   ///< the same, by kind and subject
};

}  // namespace

Result<AuditReport> Store::audit_verify(const ProgressSink& told) {
    const auto in_epoch = epoch();
    if (!in_epoch) {
        return std::unexpected(in_epoch.error());
    }
    return Walk(*this, witness_, told).run(*in_epoch);
}

}  // namespace thidua::store
