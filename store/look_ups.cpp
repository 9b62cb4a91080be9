// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a look-up source is to be asked about: payment references and dossiers of another source.
#include "store/alias_roots.hpp"
#include "store/dossier_key.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace thidua::store {
namespace {

/// What was asked of a look-up source.
struct Questions {
    std::unordered_set<std::string> asked;    ///< at least once
    std::unordered_set<std::string> waiting;  ///< and not to be asked again yet
};

Result<Questions> questions_to(
    Store& store, const std::optional<std::int64_t>& source, Instant now, LookUpScope scope
) {
    Questions questions;
    if (!source) {
        return questions;
    }
    auto find =
        store.statement("SELECT reference, next_at FROM look_up WHERE agency = ? AND source = ?");
    if (!find) {
        return std::unexpected(find.error());
    }
    (*find)->bind(agency, *source);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        const auto next_at = row.instant_or_null(1);
        if (scope == LookUpScope::Due && next_at && *next_at > now) {
            questions.waiting.insert(row.text(0));
        }
        questions.asked.insert(row.text(0));
    });
    return read ? Result<Questions>(std::move(questions)) : std::unexpected(read.error());
}

/// Ascending.
Result<std::vector<std::int64_t>> numbers_of(Store& store, std::optional<std::int64_t> source) {
    std::vector<std::int64_t> numbers;
    if (!source) {
        return numbers;  // nothing is on file of it
    }
    auto find = store.statement("SELECT id FROM dossier WHERE (id & 31) = ? ORDER BY id");
    if (!find) {
        return std::unexpected(find.error());
    }
    (*find)->bind(*source);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        numbers.push_back(number_of(row.integer(0)));
    });
    return read ? Result<std::vector<std::int64_t>>(std::move(numbers))
                : std::unexpected(read.error());
}

/// Dossier -> the numbers that stand for it besides.
Result<std::unordered_multimap<std::int64_t, std::int64_t>> other_numbers(Store& store) {
    std::unordered_multimap<std::int64_t, std::int64_t> others;
    AliasRoots roots;
    std::vector<std::int64_t> given_up;
    auto find = store.statement("SELECT number, stands_for FROM alias WHERE agency = ?");
    if (!find) {
        return std::unexpected(find.error());
    }
    (*find)->bind(agency);
    const auto read = (*find)->for_each_row([&](const Statement& row) {
        given_up.push_back(row.integer(0));
        roots.give_up(row.integer(0), row.integer(1));
    });
    if (!read) {
        return std::unexpected(read.error());
    }
    for (const std::int64_t number : given_up) {
        others.emplace(roots.root_of(number), number);
    }
    return others;
}

}  // namespace

Result<std::vector<std::string>> Store::open_references(
    std::string_view source, std::string_view look_up_source, Instant now, LookUpScope scope
) {
    const auto records = find_source_id(source);
    const auto payments = find_source_id(look_up_source);
    auto find = statement(
        "SELECT DISTINCT n.reference FROM payment_link n"
        " LEFT JOIN look_up l ON l.agency = n.agency AND l.source = ?1"
        " AND l.reference = n.reference"
        " WHERE n.agency = ?2 AND (n.dossier & 31) = ?3 AND (l.reference IS NULL"
        " OR (l.next_at IS NOT NULL AND (?4 = 1 OR l.next_at <= ?5)))"
        " ORDER BY n.reference"
    );
    if (!records || !payments || !find) {
        return std::unexpected(
            !records    ? records.error()
            : !payments ? payments.error()
                        : find.error()
        );
    }
    std::vector<std::string> references;
    if (!*records) {
        return references;  // nothing is on file of it, so it names none
    }
    constexpr std::int64_t no_source = 0;
    (*find)->bind(
        payments->value_or(no_source), agency, **records, scope == LookUpScope::Everything, now
    );
    const auto read =
        (*find)->for_each_row([&](const Statement& row) { references.push_back(row.text(0)); });
    if (!read) {
        return failed("open references", read.error());
    }
    return references;
}

Result<std::vector<std::string>> Store::open_dossiers(
    std::string_view source, std::string_view look_up_source, Instant now, LookUpScope scope
) {
    const auto records = find_source_id(source);
    const auto look_ups = find_source_id(look_up_source);
    if (!records || !look_ups) {
        return std::unexpected(records ? look_ups.error() : records.error());
    }
    const auto numbers = numbers_of(*this, *records);
    const auto answered = numbers_of(*this, *look_ups);
    const auto questions = questions_to(*this, *look_ups, now, scope);
    const auto others = other_numbers(*this);
    if (!numbers || !answered || !questions || !others) {
        return failed(
            "open dossiers",
            !numbers     ? numbers.error()
            : !answered  ? answered.error()
            : !questions ? questions.error()
                         : others.error()
        );
    }
    std::vector<std::string> codes;
    const auto ask_about = [&](std::int64_t number) -> Result<bool> {
        auto code = dossier_code(number);
        if (!code) {
            return failed("open dossiers", std::move(code.error()));
        }
        const bool was_asked = questions->asked.contains(*code);
        if (!questions->waiting.contains(*code)) {
            codes.push_back(*std::move(code));
        }
        return was_asked;
    };
    for (const std::int64_t number : *numbers) {
        auto was_asked = ask_about(number);
        // It may have been renumbered before the source heard of it.
        const bool is_in_vain =
            was_asked && *was_asked && !std::ranges::binary_search(*answered, number);
        const auto [first, last] =
            is_in_vain ? others->equal_range(number) : std::pair(others->end(), others->end());
        for (auto other = first; was_asked && other != last; ++other) {
            was_asked = ask_about(other->second);
        }
        if (!was_asked) {
            return std::unexpected(was_asked.error());
        }
    }
    std::ranges::sort(codes);
    return codes;
}

}  // namespace thidua::store
