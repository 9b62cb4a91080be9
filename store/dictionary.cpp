// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/dictionary.hpp"

#include "store/schema.hpp"
#include "store/store.hpp"

namespace thidua::store {

/// Reads what is new since the last time: another connection may have added to it.
Result<void> Dictionary::load(Store& store, Term term) {
    auto find = store.statement(
        "SELECT id, value FROM dictionary WHERE agency = ? AND kind = ? AND id > ? ORDER BY id"
    );
    if (!find) {
        return std::unexpected(find.error());
    }
    Terms& terms = terms_of(term);
    (*find)->bind(agency, static_cast<int>(term), static_cast<std::int64_t>(terms.texts.size()));
    return (*find)->for_each_row([&](const Statement& row) {
        terms.texts.push_back(row.text(1));
        terms.numbers.emplace(row.text(1), row.integer(0));
        check(
            row.integer(0) == static_cast<std::int64_t>(terms.texts.size()),
            "dictionary: numbers without a gap"
        );
    });
}

Result<std::optional<std::int64_t>> Dictionary::find(
    Store& store, Term term, std::string_view text
) {
    const Terms& terms = terms_of(term);
    if (const auto known = terms.numbers.find(text); known != terms.numbers.end()) {
        return known->second;
    }
    if (auto loaded = load(store, term); !loaded) {
        return std::unexpected(loaded.error());
    }
    const auto known = terms.numbers.find(text);
    return known != terms.numbers.end() ? std::optional(known->second) : std::nullopt;
}

Result<std::int64_t> Dictionary::number(Store& store, Term term, std::string_view text) {
    Terms& terms = terms_of(term);
    if (const auto known = terms.numbers.find(text); known != terms.numbers.end()) {
        return known->second;
    }
    const auto known = find(store, term, text);
    if (!known || *known) {
        return known ? Result<std::int64_t>(**known) : std::unexpected(known.error());
    }
    auto add =
        store.statement("INSERT INTO dictionary (agency, kind, id, value) VALUES (?, ?, ?, ?)");
    if (!add) {
        return std::unexpected(add.error());
    }
    const auto number = static_cast<std::int64_t>(terms.texts.size()) + 1;
    if (auto added = (*add)->run(agency, static_cast<int>(term), number, text); !added) {
        return std::unexpected(added.error());
    }
    terms.texts.emplace_back(text);
    terms.numbers.emplace(text, number);
    return number;
}

Result<std::string> Dictionary::text(Store& store, Term term, std::int64_t number) {
    Terms& terms = terms_of(term);
    const auto place = static_cast<std::size_t>(number) - 1;
    if (place >= terms.texts.size()) {
        if (auto loaded = load(store, term); !loaded) {
            return std::unexpected(loaded.error());
        }
    }
    if (place >= terms.texts.size()) {
        return fail(
            ErrorKind::Io,
            "the store names a unit, procedure or issuer that its dictionary lacks; restore a "
            "backup"
        );
    }
    return terms.texts[place];
}

void Dictionary::forget() {
    terms_ = {};
}

}  // namespace thidua::store
