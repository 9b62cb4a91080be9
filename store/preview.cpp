// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What publishing a slice would do, found out by comparing: nothing is written, so it also works on
// a store that was opened to be read, beside a daemon. Two codes that turn out to be one dossier
// only within this slice are taken for two.
#include "core/spool.hpp"
#include "store/alias_roots.hpp"
#include "store/catalogue.hpp"
#include "store/dossier_key.hpp"
#include "store/intake_rows.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"
#include "store/versions.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace thidua::store {
namespace {

constexpr std::int64_t no_source = 0;  // it has no rows yet

}  // namespace

class Previewer {
  public:
    Previewer(Store& store, std::int64_t source) : store_(store), source_(source) {}

    Result<Preview> run(const SliceToPublish& what) {
        if (what.gathered_by != 0) {
            auto later = later_words(store_, source_, what.gathered_by, what.slice.key);
            if (!later) {
                return std::unexpected(later.error());
            }
            left_ = *std::move(later);
        }
        Result<void> done;
        if (what.slice.spooled) {
            done = what.slice.spooled->for_each(
                Versions::batch_size,
                [&](std::span<DossierRecord> records) { return compare(records); }
            );
        }
        std::span<const DossierRecord> rest = what.slice.dossiers;
        while (done && !rest.empty()) {
            const auto batch = rest.first(std::min(Versions::batch_size, rest.size()));
            done = compare(batch);
            rest = rest.subspan(batch.size());
        }
        for (const PaymentRecord& record : what.slice.payments) {
            done = done ? compare(record) : done;
        }
        done = done ? compare_rejected(what.slice) : done;
        done = done ? compare_procedures(what.slice) : done;
        if (!done) {
            return std::unexpected(done.error());
        }
        found_.changed += static_cast<std::int64_t>(
            changed_.size() + new_codes_.size() + what.slice.statistics.size()
        );
        return found_;
    }

  private:
    Result<void> compare_procedures(const Slice& slice) {
        const bool is_whole = slice.key == whole_key;
        if (slice.procedures.empty() && !is_whole) {
            return {};
        }
        const auto known = listed_procedures(store_, source_);
        if (!known) {
            return std::unexpected(known.error());
        }
        const auto news = catalogue_news(*known, slice.procedures, is_whole);
        found_.changed += static_cast<std::int64_t>(news.size());
        return {};
    }

    /// The numbers that the codes of a record stand for, its own first; those that are on file.
    Result<std::vector<std::int64_t>> known_numbers(const DossierRecord& record) {
        std::vector<std::string> codes{record.code};
        codes.insert(codes.end(), record.aliases.begin(), record.aliases.end());
        std::vector<std::int64_t> numbers;
        for (const std::string& code : codes) {
            const auto number = known_number(code);
            if (!number) {
                return std::unexpected(number.error());
            }
            if (*number) {
                numbers.push_back(**number);
            }
        }
        return numbers;
    }

    Result<std::optional<std::int64_t>> known_number(const std::string& code) {
        const auto parts = parse_code(code);
        if (parts) {
            const auto issuer = store_.dictionary_.find(store_, Term::Issuer, parts->issuer);
            if (!issuer || !*issuer) {
                return issuer;
            }
            if (**issuer <= issuers_max) {
                return std::optional(pack_number(*parts, **issuer));
            }
        }
        auto find = store_.statement("SELECT number FROM odd_code WHERE agency = ? AND code = ?");
        if (!find) {
            return std::unexpected(find.error());
        }
        return (*find)->bind(agency, code).first_row([](const Statement& row) {
            return row.integer(0);
        });
    }

    /// The current versions of `ids`.
    Result<std::map<std::int64_t, KnownVersion>> look(const std::set<std::int64_t>& ids) {
        const std::vector<std::int64_t> list(ids.begin(), ids.end());
        const auto known = store_.tables_->look(list);
        if (!known) {
            return std::unexpected(known.error());
        }
        std::map<std::int64_t, KnownVersion> versions;
        for (std::size_t at = 0; at < list.size(); ++at) {
            if ((*known)[at]) {
                versions.emplace(list[at], *(*known)[at]);
            }
        }
        return versions;
    }

    Result<void> compare(std::span<const DossierRecord> records) {
        if (source_ == no_source) {
            for (const DossierRecord& record : records) {
                new_codes_.insert(record.code);
            }
            return {};
        }
        std::vector<std::vector<std::int64_t>> streams;
        std::vector<std::int64_t> all;
        for (const DossierRecord& record : records) {
            auto numbers = known_numbers(record);
            if (!numbers) {
                return std::unexpected(numbers.error());
            }
            all.insert(all.end(), numbers->begin(), numbers->end());
            streams.push_back(*std::move(numbers));
        }
        if (auto loaded = roots_.load(*store_.tables_, std::move(all)); !loaded) {
            return loaded;
        }
        std::set<std::int64_t> ids;
        for (std::vector<std::int64_t>& numbers : streams) {
            std::ranges::transform(numbers, numbers.begin(), [&](std::int64_t number) {
                return stream_of(roots_.root_of(number), source_);
            });
            ids.insert(numbers.begin(), numbers.end());
        }
        const auto versions = look(ids);
        if (!versions) {
            return std::unexpected(versions.error());
        }
        for (std::size_t at = 0; at < records.size(); ++at) {
            if (auto compared = compare(records[at], streams[at], *versions); !compared) {
                return compared;
            }
        }
        return {};
    }

    Result<void> compare(
        const DossierRecord& record,
        std::span<const std::int64_t> streams,
        const std::map<std::int64_t, KnownVersion>& versions
    ) {
        const auto known =
            std::ranges::find_if(streams, [&](auto id) { return versions.contains(id); });
        if (known == streams.end()) {
            new_codes_.insert(record.code);
            return {};
        }
        const auto procedure =
            store_.dictionary_.find(store_, Term::Procedure, record.procedure_code);
        const auto unit = store_.dictionary_.find(store_, Term::Unit, record.unit_code);
        if (!procedure || !unit) {
            return std::unexpected(procedure ? unit.error() : procedure.error());
        }
        const KnownVersion& version = versions.at(*known);
        const bool is_same =
            *procedure && *unit && row_of(record, **procedure, **unit).content == version.content;
        if (!is_same && !left_.contains(version.slice)) {
            changed_.insert(*known);
        }
        return {};
    }

    Result<void> compare(const PaymentRecord& record) {
        auto find = store_.statement(
            "SELECT state, settled_at, amount FROM payment"
            " WHERE agency = ? AND reference = ? AND source = ?"
        );
        if (!find) {
            return std::unexpected(find.error());
        }
        const auto before =
            (*find)->bind(agency, record.reference, source_).first_row([](const Statement& row) {
                return PaymentRecord{
                    {},
                    static_cast<PaymentState>(row.integer(0)),
                    row.instant_or_null(1),
                    row.integer_or_null(2)};
            });
        if (!before) {
            return std::unexpected(before.error());
        }
        const PaymentState state =
            settled_state(*before ? (*before)->state : PaymentState::Unknown, record.state);
        const bool is_same = *before && (*before)->state == state &&
                             (*before)->settled_at == record.settled_at &&
                             (*before)->amount == record.amount;
        found_.changed += record.state == PaymentState::Unknown || is_same ? 0 : 1;
        return {};
    }

    /// Which refused records are news, and which are refused no longer.
    Result<void> compare_rejected(const Slice& slice) {
        auto find = store_.statement(
            "SELECT print, state, key FROM quarantine WHERE agency = ? AND source = ?"
        );
        if (!find) {
            return std::unexpected(find.error());
        }
        std::set<std::string> refused;
        for (const Rejected& rejected : slice.rejected) {
            refused.insert(print_of(rejected));
        }
        found_.refused = static_cast<std::int64_t>(refused.size());
        (*find)->bind(agency, source_);
        return (*find)->for_each_row([&](const Statement& row) {
            const std::string state = row.text(1);
            const bool is_refused = refused.contains(row.text(0));
            if (is_refused && (state == "open" || state == "dropped")) {
                --found_.refused;
            }
            if (!is_refused && state == "open" && row.text(2) == slice.key &&
                slice.key != look_up_key) {
                ++found_.resolved;
            }
        });
    }

    Store& store_;
    std::int64_t source_;
    Preview found_;
    std::set<std::int64_t> left_;
    AliasRoots roots_;
    std::set<std::int64_t> changed_;
    std::set<std::string> new_codes_;
};

Result<Preview> Store::preview(std::string_view source, const SliceToPublish& what) {
    const auto known = find_source_id(source);
    if (!known) {
        return std::unexpected(known.error());
    }
    const auto fit = check_not_shrunken(known->value_or(no_source), what);
    if (!fit && fit.error().kind != ErrorKind::Data) {
        return std::unexpected(fit.error());
    }
    auto preview = Previewer(*this, known->value_or(no_source)).run(what);
    if (!preview) {
        return failed("preview " + what.slice.key, preview.error());
    }
    preview->records = record_count(what.slice);
    if (!fit) {
        preview->no = fit.error().message;
    }
    return preview;
}

}  // namespace thidua::store
