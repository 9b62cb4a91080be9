// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/catalogue_difference.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <utility>

namespace thidua::daemon {
namespace {

using config::Catalogue;

/// An entry as names and texts of what it holds, in one order for all of a kind.
struct Item {
    std::string code;
    std::string name;
    std::vector<std::pair<std::string, std::string>> fields;
};

std::string or_none(const std::string& text) {
    return text.empty() ? "none" : text;
}

std::string day_text(const std::optional<Day>& day) {
    return day ? thidua::to_text(*day) : "none";
}

std::string alias_text(const DatedUnit::DatedAlias& alias) {
    if (alias.days == DaysInForce{}) {
        return alias.code;
    }
    return fmt::format(
        "{} ({} to {})",
        alias.code,
        alias.days.from ? thidua::to_text(*alias.days.from) : "ever",
        alias.days.until ? thidua::to_text(*alias.days.until) : "ever"
    );
}

std::string change_text(const DatedUnit::Change& change) {
    return fmt::format(
        "{}{}{}",
        thidua::to_text(change.from),
        change.name ? " " + *change.name : "",
        change.parent ? " below " + *change.parent : ""
    );
}

template <class Value>
std::string list_text(const std::vector<Value>& values, std::string (*text)(const Value&)) {
    std::vector<std::string> texts;
    for (const Value& value : values) {
        texts.push_back(text(value));
    }
    return or_none(fmt::format("{}", fmt::join(texts, ", ")));
}

std::string level_text(const Procedure::DatedLevel& row) {
    const char* level = row.level == Level::Full      ? "full"
                        : row.level == Level::Partial ? "partial"
                                                      : "information";
    return fmt::format("{} from {}", level, thidua::to_text(row.from));
}

std::string fee_text(const Procedure::DatedFee& row) {
    return fmt::format("{} from {}", row.fee_bearing ? "yes" : "no", thidua::to_text(row.from));
}

std::string same_text(const std::string& text) {
    return text;
}

Item item_of(const DatedUnit& unit) {
    return {
        unit.code,
        unit.name,
        {{"name", unit.name},
         {"parent", or_none(unit.parent.value_or(""))},
         {"aliases", list_text(unit.aliases, alias_text)},
         {"from", day_text(unit.days.from)},
         {"until", day_text(unit.days.until)},
         {"merged_into", or_none(unit.merged_into.value_or(""))},
         {"changes", list_text(unit.changes, change_text)}}};
}

Item item_of(const Procedure& procedure) {
    return {
        procedure.code,
        procedure.name,
        {{"name", procedure.name},
         {"units", list_text(procedure.units, same_text)},
         {"levels", list_text(procedure.levels, level_text)},
         {"fees", list_text(procedure.fees, fee_text)}}};
}

Item item_of(const Officer& officer) {
    return {
        officer.id,
        officer.name,
        {{"name", officer.name},
         {"unit", officer.unit},
         {"position", or_none(officer.position)},
         {"from", day_text(officer.days.from)},
         {"until", day_text(officer.days.until)}}};
}

template <class Value>
std::vector<Item> items_of(const std::vector<Value>& values) {
    std::vector<Item> items;
    for (const Value& value : values) {
        items.push_back(item_of(value));
    }
    return items;
}

std::vector<Item> items_of(Catalogue which, const config::Catalogues& catalogues) {
    switch (which) {
        case Catalogue::Units:
            return items_of(catalogues.units);
        case Catalogue::Procedures:
            return items_of(catalogues.procedures);
        case Catalogue::Officers:
            return items_of(catalogues.officers);
    }
    return {};
}

/// A code and which use of it this is.
using Key = std::pair<std::string, int>;

std::map<Key, const Item*> by_key(const std::vector<Item>& items) {
    std::map<Key, const Item*> found;
    for (const Item& item : items) {
        Key key(item.code, 1);
        while (!found.emplace(key, &item).second) {
            ++key.second;
        }
    }
    return found;
}

std::string changes_between(const Item& before, const Item& after) {
    std::vector<std::string> changes;
    for (std::size_t at = 0; at < after.fields.size(); ++at) {
        const auto& [name, value] = after.fields[at];
        if (before.fields[at].second != value) {
            changes.push_back(fmt::format("{}: {} -> {}", name, before.fields[at].second, value));
        }
    }
    return fmt::format("{}", fmt::join(changes, "; "));
}

}  // namespace

CatalogueDifference catalogue_difference(
    Catalogue which, const config::Catalogues& before, const config::Catalogues& after
) {
    const std::vector<Item> old_entries = items_of(which, before);
    const std::vector<Item> new_entries = items_of(which, after);
    const auto old_by_key = by_key(old_entries);
    const auto new_by_key = by_key(new_entries);
    CatalogueDifference difference;
    for (const auto& [key, entry] : new_by_key) {
        const auto old = old_by_key.find(key);
        if (old == old_by_key.end()) {
            difference.added.push_back({entry->code, entry->name});
            continue;
        }
        std::string changes = changes_between(*old->second, *entry);
        if (changes.empty()) {
            ++difference.unchanged;
        } else {
            difference.changed.push_back({entry->code, std::move(changes)});
        }
    }
    for (const auto& [key, entry] : old_by_key) {
        if (!new_by_key.contains(key)) {
            difference.gone.push_back({entry->code, entry->name});
        }
    }
    const bool is_same_set =
        difference.added.empty() && difference.changed.empty() && difference.gone.empty();
    for (std::size_t at = 0; is_same_set && at < new_entries.size(); ++at) {
        difference.is_reordered |= new_entries[at].code != old_entries[at].code;
    }
    return difference;
}

bool is_empty(const CatalogueDifference& difference) {
    return difference.added.empty() && difference.changed.empty() && difference.gone.empty() &&
           !difference.is_reordered;
}

std::string to_text(const CatalogueDifference& difference, std::size_t lines_max) {
    std::string text = fmt::format(
        "{} added, {} changed, {} gone, {} as before{}\n",
        difference.added.size(),
        difference.changed.size(),
        difference.gone.size(),
        difference.unchanged,
        difference.is_reordered ? ", in another order" : ""
    );
    std::size_t lines = 0;
    const auto list = [&](char sign, const std::vector<CatalogueChange>& changes) {
        for (const CatalogueChange& change : changes) {
            if (++lines <= lines_max) {
                text += fmt::format("  {} {}  {}\n", sign, change.code, change.text);
            }
        }
    };
    list('-', difference.gone);
    list('~', difference.changed);
    list('+', difference.added);
    if (lines > lines_max) {
        text += fmt::format("  ... and {} more\n", lines - lines_max);
    }
    return text;
}

}  // namespace thidua::daemon
