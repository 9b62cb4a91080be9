// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/seal.hpp"

#include "daemon/edition_files.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

constexpr std::size_t letters_min = 8;
constexpr std::size_t letters_max = 64;  // of a SHA-256
constexpr std::string_view ellipsis = "…";

/// As a digest prints it.
std::string shown(std::int64_t number, std::string_view hash) {
    constexpr std::size_t letters_shown = 12;
    return fmt::format("{}, {}", number, hash.substr(0, letters_shown));
}

bool is_letter_of_hash(char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
}

/// Takes the number from the front of `text`, with the points between thousands. 0: there is none.
std::int64_t take_number(std::string_view& text) {
    constexpr std::size_t digits_max = 15;
    std::int64_t number = 0;
    std::size_t digits = 0;
    while (!text.empty() && digits < digits_max) {
        const char next = text.front();
        if (next >= '0' && next <= '9') {
            number = number * 10 + (next - '0');
            ++digits;
        } else if (next != '.' || digits == 0) {
            break;
        }
        text.remove_prefix(1);
    }
    return number;
}

/// The hash of an entry; nothing if the chain does not go that far.
Result<std::optional<std::string>> hash_at(store::Store& store, std::int64_t number) {
    auto entries = store.audit_entries(number - 1, 1);
    if (!entries) {
        return std::unexpected(entries.error());
    }
    if (entries->empty() || entries->front().number != number) {
        return std::optional<std::string>();
    }
    return std::move(entries->front().hash);
}

/// Adds a fault unless the chain has that entry, with a hash that begins like that.
Result<void> compare(
    store::Store& store,
    const PrintedSeal& seal,
    const std::string& whose,
    store::AuditReport& report
) {
    const auto hash = hash_at(store, seal.number);
    if (!hash) {
        return std::unexpected(hash.error());
    }
    if (!*hash || !(*hash)->starts_with(seal.letters)) {
        const std::string there = *hash ? "has " + shown(seal.number, **hash)
                                        : fmt::format("has no entry {}", seal.number);
        report.faults.push_back(
            {seal.number,
             whose,
             fmt::format(
                 "{} was sealed with {}, but the chain {}: what was recorded before is not what is "
                 "here",
                 whose,
                 shown(seal.number, seal.letters),
                 there
             )}
        );
    }
    return {};
}

}  // namespace

Result<PrintedSeal> parse_seal(std::string_view text) {
    const std::string_view whole = text;
    PrintedSeal seal{take_number(text), {}};
    const std::size_t begin = text.find_first_not_of(":, ");
    const bool is_parted = begin != std::string_view::npos && begin > 0;
    text.remove_prefix(is_parted ? begin : text.size());
    while (text.ends_with(".")) {
        text.remove_suffix(1);
    }
    if (text.ends_with(ellipsis)) {
        text.remove_suffix(ellipsis.size());
    }
    seal.letters = text;
    std::ranges::transform(seal.letters, seal.letters.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'F' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    if (seal.number == 0 || seal.letters.size() < letters_min ||
        seal.letters.size() > letters_max ||
        !std::ranges::all_of(seal.letters, is_letter_of_hash)) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "'{}' is no seal: a number and at least {} letters of a hash, as the foot of a "
                "digest has them, such as 1234:a1b2c3d4e5f6",
                whole,
                letters_min
            )
        );
    }
    return seal;
}

Result<SealsChecked> check_seals(
    store::Store& store, const std::optional<PrintedSeal>& told, store::AuditReport& report
) {
    SealsChecked checked;
    const auto editions = store.editions();
    if (!editions) {
        return failed("seals", editions.error());
    }
    for (const store::EditionSummary& summary : *editions) {
        const auto edition = store.find_edition(summary.id);
        if (!edition || !*edition) {
            return failed(
                "seals", edition ? Error{ErrorKind::Io, summary.id + " is gone"} : edition.error()
            );
        }
        const auto seal = seal_of(**edition);
        if (!seal) {
            continue;
        }
        ++checked.editions;
        const PrintedSeal kept{seal->number, seal->hash};
        if (auto fits = compare(store, kept, "edition " + summary.id, report); !fits) {
            return failed("seals", fits.error());
        }
    }
    if (told) {
        if (auto fits = compare(store, *told, "the digest", report); !fits) {
            return failed("seals", fits.error());
        }
    }
    return checked;
}

}  // namespace thidua::daemon
