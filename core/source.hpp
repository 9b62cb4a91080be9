// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A source as data: how to ask it, how to know that its answer is whole, and where in the answer
// our values stand. config/ reads it from YAML, connectors/ does what it says.
#pragma once

#include "core/ratio.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thidua {

/// What a source's records become.
enum class RecordKind { Dossiers, Payments, Statistics };

[[nodiscard]] std::string_view to_text(RecordKind kind);

/// How a request proves who asks.
struct Auth {
    enum class Type { None, Oauth2ClientCredentials };
    Type type = Type::None;
    std::string token_url;  ///< absolute, or a path below base_url
    std::string client_id;
    std::filesystem::path client_secret_file;
};

/// A SHA-256 over named fields and a secret, put into the body or checked in the answer.
struct Signature {
    std::vector<std::string> fields;  ///< names of body or answer fields, in order
    std::string join = "|";
    std::filesystem::path secret_file;  ///< joined last
    std::string into;                   ///< the field that holds the lowercase hex digest
};

/// One HTTP request. Values may hold {placeholders}: {page} {size} {from} {to} {year} {month}
/// {key} {keys} {root} {now} and the names under `parameters`; a month has no leading zero.
struct Request {
    std::string method = "GET";
    std::string path;
    std::vector<std::pair<std::string, std::string>> query;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;  ///< template; JSON when it begins with a brace
    std::vector<int> success{200};
    std::optional<Signature> sign;
    std::optional<Signature> verify;
};

struct Pagination {
    enum class Type { None, Page };
    Type type = Type::None;
    int first = 0;  ///< number of the first page
    int size = 200;
    std::string total;  ///< JSON pointer of the declared total of records
    int pages_max = 10'000;
};

/// How a source is cut into slices that each prove their completeness.
struct Slicing {
    enum class Type {
        Window,  ///< closed ranges of days, asked as {from} and {to}
        Month,   ///< calendar months, asked as {year} and {month}
        Lookup,  ///< references that another source's records name, asked as {key}
    };
    Type type = Type::Window;
    int days = 14;                             ///< length of a window
    int widen_days = 1;                        ///< asked wider on both sides, filtered by us
    std::string filter_field;                  ///< mapped field that decides what is in the window
    TimeFormat format = TimeFormat::LocalIso;  ///< of {from}, {to} and {now}
    int lookback_days = 14;                    ///< re-read behind the cursor on every pull
    bool sweep_weekly = true;  ///< the first pull of an ISO week re-reads the whole campaign
    int concurrency = 1;       ///< look-ups, joins and children in flight
    int batch = 500;           ///< look-ups a slice
};

/// Where one mapped field stands in a record and how it is read. What a field is (a time, money, a
/// code, a word) follows from its name: see connectors/README.md.
struct FieldMap {
    std::vector<std::string> from;  ///< JSON pointers; the first that is there and not empty wins
    TimeFormat format = TimeFormat::Iso;
    std::map<std::string, std::string> values{};  ///< source's text -> our word
    std::optional<std::string> otherwise{};       ///< our word when absent, null or empty
    std::optional<std::string> unlisted{};  ///< our word for a text that `values` does not list
    bool required = false;

    friend bool operator==(const FieldMap&, const FieldMap&) = default;
};

/// An object, or an array of objects, inside a record: the payments that a dossier names.
struct NestedMap {
    std::string path;  ///< JSON pointer in the record; empty: records hold none
    std::map<std::string, FieldMap> map;
};

/// A second request whose rows belong to the records of a slice, such as fees by dossier id.
struct Join {
    Request request;
    std::string key;                      ///< mapped field of the record that the rows name
    std::string row_key;                  ///< JSON pointer in a row
    std::string records;                  ///< JSON pointer of the rows; empty: the answer itself
    std::map<std::string, FieldMap> map;  ///< amount
    int batch = 100;                      ///< keys a request, as {keys}
};

/// A question of a monthly source, and the counters that its answer holds.
struct CounterQuery {
    std::string path;
    std::vector<std::string> rows;     ///< JSON pointers, each of a row or of an array of rows
    std::vector<std::string> metrics;  ///< keys of a row, each of which becomes a statistic
    /// Fields in which the answer repeats what was asked: JSON pointer -> template. Another value
    /// is an answer to another question.
    std::map<std::string, std::string> echoes;
    std::string children;   ///< JSON pointer of rows that are each asked again; empty: none
    std::string child_key;  ///< JSON pointer in such a row of what becomes {root}
};

/// An answer that says it failed although HTTP says it did not. The first rule that holds counts.
struct ErrorRule {
    std::string pointer;  ///< JSON pointer in the answer
    std::optional<std::string> equals;
    std::optional<std::string> differs_from;
    /// Nothing (look-ups only): not an error, the source does not know the reference (yet).
    std::optional<ErrorKind> kind = ErrorKind::Contract;
};

/// The names that a mapping may give for a kind of record, and that it has to give. `id` is only
/// for joins. A statistic's counters are named by the queries.
struct Vocabulary {
    std::span<const std::string_view> names;
    std::span<const std::string_view> needed;
};

inline constexpr auto dossier_names = std::to_array<std::string_view>(
    {"accepted_at",
     "aliases",
     "applied_at",
     "channel",
     "code",
     "due_at",
     "finished_at",
     "id",
     "paid_flag",
     "procedure_code",
     "status",
     "unit_code",
     "updated_at"}
);
inline constexpr auto payment_names =
    std::to_array<std::string_view>({"amount", "reference", "settled_at", "state"});
inline constexpr auto statistic_names = std::to_array<std::string_view>({"unit_code"});
inline constexpr auto named_payment_names =
    std::to_array<std::string_view>({"gateway", "paid_at", "references", "state"});
inline constexpr auto join_names = std::to_array<std::string_view>({"amount"});
inline constexpr auto needed_of_dossiers = std::to_array<std::string_view>({"code"});
inline constexpr auto needed_of_payments = std::to_array<std::string_view>({"reference", "state"});

[[nodiscard]] constexpr Vocabulary vocabulary(RecordKind kind) {
    switch (kind) {
        case RecordKind::Dossiers:
            return {dossier_names, needed_of_dossiers};
        case RecordKind::Payments:
            return {payment_names, needed_of_payments};
        case RecordKind::Statistics:
            return {statistic_names, statistic_names};
    }
    return {};
}

inline constexpr auto channel_words =
    std::to_array<std::string_view>({"direct", "online", "postal"});
inline constexpr auto gateway_words =
    std::to_array<std::string_view>({"none", "dvcqg", "province", "cash", "transfer"});
inline constexpr auto payment_state_words =
    std::to_array<std::string_view>({"unknown", "pending", "succeeded", "failed", "refunded"});

/// Our words for the fields that have a closed set of them, in the order of their enumerators;
/// empty for the others. `values`, `otherwise` and `unlisted` of such a field are of these.
[[nodiscard]] constexpr std::span<const std::string_view> words_of(std::string_view field) {
    if (field == "channel") {
        return channel_words;
    }
    if (field == "gateway") {
        return gateway_words;
    }
    if (field == "state") {
        return payment_state_words;
    }
    return {};
}

struct Retry {
    int max_attempts = 6;
    std::chrono::milliseconds backoff{500};
    std::chrono::milliseconds max_backoff{60'000};
    std::chrono::milliseconds deadline{900'000};  ///< for one request with all its attempts
};

struct Expect {
    std::int64_t min_rows = 0;
    Share max_drop{1, 5};  ///< a slice may hold this share fewer records than last time
    std::chrono::hours freshness{48};
};

struct SourceDescription {
    std::string name;    ///< kebab-case
    std::string title;   ///< as leaders read it; empty: the name
    std::string preset;  ///< the preset it was laid over; may be empty
    RecordKind kind = RecordKind::Dossiers;
    std::string base_url;
    std::filesystem::path ca_file;  ///< the authorities to trust; empty: this machine's
    Auth auth;
    Request request;
    Pagination pagination;
    Slicing slicing;
    std::map<std::string, std::string> parameters;  ///< such as root_department, partner
    std::string records;                            ///< JSON pointer of the array of records
    std::map<std::string, FieldMap> map;
    NestedMap payments;
    std::vector<Join> joins;
    std::vector<CounterQuery> queries;  ///< Statistics: what is asked each month
    std::vector<ErrorRule> errors;
    std::string lookup_source;  ///< Lookup: the source whose records name the references
    std::chrono::milliseconds timeout{60'000};
    std::int64_t body_bytes_max = 32 * 1024 * 1024;
    Retry retry;
    Expect expect;
};

}  // namespace thidua
