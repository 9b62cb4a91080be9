// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A source as data: how to ask it, how to know that its answer is whole, and where in the answer
// our values stand. config/ reads it from YAML, connectors/ does what it says.
#pragma once

#include "core/ratio.hpp"
#include "core/result.hpp"
#include "core/table_file.hpp"
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
enum class RecordKind { Dossiers, Payments, Statistics, Procedures };

[[nodiscard]] std::string_view to_text(RecordKind kind);

/// A SHA-256 over named fields and a secret, put into the body or checked in the answer.
struct Signature {
    std::vector<std::string> fields;  ///< names of body or answer fields, in order
    std::string join = "|";
    std::filesystem::path secret_file;  ///< joined last
    std::string into;                   ///< the field that holds the lowercase hex digest
};

/// One HTTP request. Values may hold {placeholders}: {page} {size} {offset} {start} {end} {cursor}
/// {from} {to} {year} {month} {key} {keys} {root} {now} {session} and the names under `parameters`;
/// a month has no leading zero. A query that comes to nothing is left out.
struct Request {
    std::string method = "GET";
    std::string path;
    std::vector<std::pair<std::string, std::string>> query;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;  ///< template; JSON when it begins with a brace
    std::vector<std::pair<std::string, std::string>> form;  ///< instead of a body
    std::vector<int> success{200};
    std::optional<Signature> sign;
    std::optional<Signature> verify;
};

/// How a session is got: by a request of the source's own making.
struct Login {
    Request request;                 ///< with {username} and {password}
    std::vector<std::string> token;  ///< JSON pointers; the first that is there and not empty wins
    std::string cookie;              ///< or the cookie of this name is the session
    std::string expires_in;          ///< JSON pointer of its life in seconds
    std::string expires_at;          ///< JSON pointer of its end, RFC 3339
    std::chrono::milliseconds lifetime{0};  ///< where the answer says none; 0: until it is refused
};

/// How a request proves who asks. A client certificate is a matter of `Tls`, a signed body one of
/// `Request`.
struct Auth {
    enum class Type {
        None,
        ApiKey,                   ///< the key in a header or a query
        Basic,                    ///< RFC 7617
        Bearer,                   ///< a token that somebody issued by hand
        Oauth2ClientCredentials,  ///< RFC 6749, 4.4
        Oauth2Password,           ///< RFC 6749, 4.3
        Login,                    ///< a session, sent as {session}, header or cookie
    };
    Type type = Type::None;
    std::string token_url;  ///< absolute, or a path below base_url
    std::string client_id;
    std::filesystem::path client_secret_file;  ///< may be left out for a public client
    bool is_client_in_body = false;  ///< client_id and secret as form fields, not as HTTP Basic
    std::string scope;
    std::string username;
    std::filesystem::path password_file;
    std::filesystem::path key_file;  ///< the key or the token
    std::string header;              ///< that carries key or session; empty: see `Type`
    std::string prefix;              ///< before it, such as "Bearer "
    std::string query;               ///< ApiKey: or the query that carries it
    Login login;
    /// A session that is refused again within this time is somebody else's, too: the pull stops
    /// instead of the two throwing each other out.
    std::chrono::milliseconds renew_interval{60'000};
};

/// What is believed of a server's certificate, and shown of ours.
struct Tls {
    std::filesystem::path ca_file;  ///< the authorities to trust; empty: this machine's
    std::filesystem::path cert_file;
    std::filesystem::path key_file;
    /// SHA-256 of public keys, base64; with any, a server must show one of them. Two at least: one
    /// is the key of tomorrow.
    std::vector<std::string> pins;
};

/// How often a host may be asked. Sources of one host share the strictest of their limits.
struct RateLimit {
    int requests = 0;  ///< 0: no limit
    std::chrono::milliseconds per{1'000};
    std::int64_t daily = 0;  ///< requests in a day of Viet Nam; 0: no limit
};

/// How an answer leads to the next one, and what proves that nothing is missing.
struct Pagination {
    enum class Type {
        None,
        Page,      ///< {page} {size}
        Offset,    ///< {offset} {size}
        StartEnd,  ///< {start} {end}, the end excluded
        Cursor,    ///< {cursor}, empty at first, then what stands at `next`
        Link,      ///< the URL at `next`, or of the header Link with rel=next
        Row,       ///< {page} {size}; every record says its number (`row`) and the `total`
    };
    Type type = Type::None;
    int first = 0;  ///< number of the first page
    int size = 200;
    std::string total;  ///< JSON pointer of the declared total of records; Row: in a record
    std::string next;
    std::string last;  ///< JSON pointer of a flag that is true on the last page
    std::string row;   ///< JSON pointer in a record
    int pages_max = 10'000;
};

/// How a source is cut into slices that each prove their completeness.
struct Slicing {
    enum class Type {
        Window,  ///< closed ranges of days, asked as {from} and {to}
        Month,   ///< calendar months, asked as {year} and {month}, or as {from} and {to}
        Whole,   ///< all of it at once: a catalogue
        Lookup,  ///< what another source's records name (ForEach), asked as {key}
        File,    ///< each file that people drop (FileDrop)
    };
    Type type = Type::Window;
    int days = 14;             ///< length of a window
    int widen_days = 1;        ///< asked wider on both sides, filtered by us
    bool sweep_weekly = true;  ///< the first pull of an ISO week re-reads the whole campaign
    int concurrency = 1;       ///< look-ups, joins and children in flight
    int batch = 500;           ///< look-ups a slice
};

/// What a window is cut by, and from where a pull goes on.
struct Cursor {
    std::string field;                         ///< mapped time that decides what is in a window
    TimeFormat format = TimeFormat::LocalIso;  ///< of {from}, {to} and {now}
    int lookback_days = 14;                    ///< re-read behind it on every pull
};

/// What look-ups are asked about.
struct ForEach {
    enum class Item {
        Payment,    ///< each reference that records of the source name
        Dossier,    ///< each dossier of the source
        Procedure,  ///< each procedure that any dossier, catalogue or the configuration names
    };
    std::string source;  ///< of payments and dossiers; empty: nothing is looked up
    Item item = Item::Payment;
};

/// A test of one place in a record or an answer. What is missing or null counts as "".
struct Condition {
    std::string pointer;
    std::vector<std::string> equals;        ///< any of these
    std::vector<std::string> differs_from;  ///< none of these

    friend bool operator==(const Condition&, const Condition&) = default;
};

/// Our word where a condition holds.
struct FieldCase {
    Condition when;
    std::string value;

    friend bool operator==(const FieldCase&, const FieldCase&) = default;
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
    std::vector<FieldCase> cases{};  ///< the first that holds decides, before `from`
    std::vector<std::string> sum{};  ///< JSON pointers of whole numbers that are added up
    std::string inside{};            ///< the text at `from` is JSON itself: JSON pointer in that

    friend bool operator==(const FieldMap&, const FieldMap&) = default;
};

/// An object, or an array of objects, inside a record: the payments or the fees of a dossier.
struct NestedMap {
    std::string path;  ///< JSON pointer in the record; empty: records hold none
    std::map<std::string, FieldMap> map;
};

/// A second request whose rows belong to the records of a slice, such as fees by dossier id.
struct Join {
    Request request;
    std::string key;      ///< mapped field of the record that the rows name
    std::string row_key;  ///< JSON pointer in a row; empty, with a batch of 1: rows name nothing
    std::string records;  ///< JSON pointer of the rows (or the row); empty: the answer itself
    std::map<std::string, FieldMap> map;  ///< amount, and those of a named payment
    int batch = 100;                      ///< keys a request, as {keys}
};

/// A question of a monthly source, and the counters that its answer holds.
struct CounterQuery {
    std::string path;
    /// Each entry is a place of a row or of an array of rows: JSON pointers of which one is there.
    std::vector<std::vector<std::string>> rows;
    std::vector<Condition> where{};    ///< only rows for which all hold are counted
    std::vector<std::string> metrics;  ///< keys of a row, each of which becomes a statistic
    std::map<std::string, std::string> values{};  ///< placeholders of this question alone
    std::string unit_code{};  ///< of every row, where rows name none; empty: by the mapping
    /// Fields in which the answer repeats what was asked: JSON pointer -> template. Another value
    /// is an answer to another question.
    std::map<std::string, std::string> echoes;
    std::string children;   ///< JSON pointer of rows that are each asked again; empty: none
    std::string child_key;  ///< JSON pointer in such a row of what becomes {root}
};

/// An answer that says it failed although HTTP says it did not, or the other way round. The first
/// rule that holds counts; all that a rule asks for must hold.
struct ErrorRule {
    std::optional<int> status{};  ///< of HTTP; without it the rule is for accepted ones
    std::string pointer{};        ///< JSON pointer in the answer
    std::vector<std::string> equals{};
    std::vector<std::string> differs_from{};
    std::string contains{};  ///< compared without case and marks
    std::string lacks{};
    /// It may only mean that the session has ended: it is renewed once, and the question asked
    /// again.
    bool may_be_session = false;
    /// Nothing (look-ups only): not an error, the source does not know the reference (yet).
    std::optional<ErrorKind> kind = ErrorKind::Contract;
};

/// What is done about a record that does not have the shape that was agreed.
enum class Drift {
    Ignore,
    Notice,      ///< told of once
    Quarantine,  ///< the record is put aside; too many fail the slice
    Fail,        ///< the slice fails
};

struct Contract {
    Drift new_field = Drift::Notice;
    Drift missing_required = Drift::Quarantine;
    Drift type_change = Drift::Quarantine;
    Drift unknown_enum = Drift::Quarantine;
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
inline constexpr auto procedure_names = std::to_array<std::string_view>(
    {"code", "fee_amounts", "fee_bearing", "level", "name", "unit_codes"}
);
inline constexpr auto named_payment_names =
    std::to_array<std::string_view>({"gateway", "paid_at", "references", "state"});
inline constexpr auto fee_names = std::to_array<std::string_view>({"amount"});
inline constexpr auto join_names =
    std::to_array<std::string_view>({"amount", "gateway", "paid_at", "references", "state"});
inline constexpr auto needed_of_dossiers = std::to_array<std::string_view>({"code"});
inline constexpr auto needed_of_procedures = std::to_array<std::string_view>({"code"});
inline constexpr auto needed_of_payments = std::to_array<std::string_view>({"reference", "state"});

[[nodiscard]] constexpr Vocabulary vocabulary(RecordKind kind) {
    switch (kind) {
        case RecordKind::Dossiers:
            return {dossier_names, needed_of_dossiers};
        case RecordKind::Payments:
            return {payment_names, needed_of_payments};
        case RecordKind::Statistics:
            return {statistic_names, {}};
        case RecordKind::Procedures:
            return {procedure_names, needed_of_procedures};
    }
    return {};
}

inline constexpr auto channel_words =
    std::to_array<std::string_view>({"direct", "online", "postal"});
inline constexpr auto gateway_words =
    std::to_array<std::string_view>({"none", "dvcqg", "province", "cash", "transfer"});
inline constexpr auto level_words =
    std::to_array<std::string_view>({"information", "partial", "full"});
inline constexpr auto yes_no_words = std::to_array<std::string_view>({"no", "yes"});
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
    if (field == "level") {
        return level_words;
    }
    if (field == "fee_bearing") {
        return yes_no_words;
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
    Tls tls;
    std::string proxy;  ///< http://host:port; empty: none
    RateLimit rate_limit;
    Auth auth;
    Request request;
    Pagination pagination;
    Slicing slicing;
    Cursor cursor;
    ForEach for_each;                               ///< Lookup
    std::map<std::string, std::string> parameters;  ///< such as root_department, partner
    FileDrop file;                                  ///< File
    std::string unwrap;   ///< JSON pointer of a text that holds the answer as JSON; empty: none
    std::string records;  ///< JSON pointer of the array of records
    std::map<std::string, FieldMap> map;
    NestedMap payments;
    NestedMap fees;  ///< amount
    std::vector<Join> joins;
    std::vector<CounterQuery> queries;  ///< Statistics: what is asked each month
    std::vector<ErrorRule> errors;
    Contract contract;
    /// JSON pointers in a record of what is kept of it beside the mapped fields; nothing of a
    /// person's. Without a list nothing is kept.
    std::optional<std::vector<std::string>> keep;
    std::chrono::milliseconds timeout{60'000};
    std::int64_t body_bytes_max = 32 * 1024 * 1024;
    Retry retry;
    Expect expect;
};

}  // namespace thidua
