// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/procedures.hpp"

#include "core/source.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace thidua::daemon {
namespace {

using Entries =
    std::vector<const store::CatalogueEntry*>;  ///< of one procedure and source, by time

/// Adds a row unless it says what the row before says; of a day the last row counts.
template <class Row>
void add_row(std::vector<Row>& rows, Row row) {
    if (!rows.empty() && rows.back().from == row.from) {
        rows.pop_back();
    }
    Row same = row;
    if (!rows.empty()) {
        same.from = rows.back().from;
    }
    if (rows.empty() || rows.back() != same) {
        rows.push_back(row);
    }
}

/// One procedure as one catalogue has told of it.
class Told {
  public:
    Told(const Entries& entries, Day start) {
        for (const store::CatalogueEntry* entry : entries) {
            const ProcedureRecord& record = entry->record;
            const Day said_on = day_of(entry->said_at);
            const Day from = entry == entries.front() ? std::min(start, said_on) : said_on;
            code_ = record.code;
            name_ = record.name.empty() ? name_ : record.name;
            units_ = record.unit_codes.empty() ? units_ : record.unit_codes;
            if (record.fee_bearing) {
                add_row(fees_, {from, *record.fee_bearing});
            }
            if (record.level) {
                add_row(levels_, {from, entry->is_listed ? *record.level : Level::Information});
            }
        }
    }

    /// Fills in what `procedure` does not say yet.
    void complete(Procedure& procedure) const {
        const auto fill = [](auto& into, const auto& from) { into = into.empty() ? from : into; };
        fill(procedure.code, code_);
        fill(procedure.name, name_);
        fill(procedure.units, units_);
        fill(procedure.levels, levels_);
        fill(procedure.fees, fees_);
    }

  private:
    std::string code_;
    std::string name_;
    std::vector<std::string> units_;
    std::vector<Procedure::DatedLevel> levels_;
    std::vector<Procedure::DatedFee> fees_;
};

}  // namespace

std::vector<Procedure> with_catalogue(
    std::vector<Procedure> configured,
    std::span<const store::CatalogueEntry> entries,
    std::span<const std::string> sources,
    Day start
) {
    std::map<std::string_view, std::map<std::string_view, Entries>> by_source;
    for (const store::CatalogueEntry& entry : entries) {
        by_source[entry.source][entry.record.code].push_back(&entry);
    }
    std::map<std::string, std::size_t, std::less<>> places;
    for (std::size_t at = 0; at < configured.size(); ++at) {
        places.emplace(configured[at].code, at);
    }
    for (const std::string& source : sources) {
        for (const auto& [code, said] : by_source[source]) {
            const auto [place, is_new] = places.try_emplace(std::string(code), configured.size());
            if (is_new) {
                configured.emplace_back();
            }
            Told(said, start).complete(configured[place->second]);
        }
    }
    return configured;
}

std::string_view level_word(const std::optional<Level>& level) {
    return level ? level_words[static_cast<std::size_t>(*level)] : "-";
}

std::vector<std::string> catalogues_of(const config::Settings& settings) {
    std::vector<std::string> sources;
    for (const config::SourceSettings& source : settings.sources) {
        if (source.description.kind == RecordKind::Procedures) {
            sources.push_back(source.description.name);
        }
    }
    return sources;
}

Result<std::vector<Procedure>> procedures_known(
    SharedStore& store, const config::Settings& settings, Instant known_at
) {
    const std::vector<std::string> sources = catalogues_of(settings);
    if (sources.empty()) {
        return settings.procedures;
    }
    const auto entries = store.call([&](store::Store& open) { return open.catalogue(known_at); });
    if (!entries) {
        return std::unexpected(entries.error());
    }
    return with_catalogue(settings.procedures, *entries, sources, settings.campaign.start);
}

}  // namespace thidua::daemon
