// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/check.hpp"

#include "connectors/address.hpp"
#include "connectors/keep_list.hpp"
#include "connectors/request.hpp"
#include "core/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

namespace thidua::connectors {
namespace {

using std::chrono::milliseconds;

std::unexpected<Error> refuse(std::string_view key, std::string_view reason) {
    return fail(ErrorKind::Config, fmt::format("{}: {}", key, reason));
}

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
    return std::ranges::find(names, name) != names.end();
}

/// What each kind of proof needs; nothing if it is all there.
std::string_view missing_of(const Auth& auth) {
    const bool has_password = !auth.username.empty() && !auth.password_file.empty();
    switch (auth.type) {
        case Auth::Type::None:
            return "";
        case Auth::Type::ApiKey:
        case Auth::Type::Bearer:
            return auth.key_file.empty() ? "key_file is needed" : "";
        case Auth::Type::Basic:
            return has_password ? "" : "username and password_file are needed";
        case Auth::Type::Oauth2ClientCredentials:
            return auth.token_url.empty() || auth.client_id.empty() ||
                           auth.client_secret_file.empty()
                       ? "token_url, client_id and client_secret_file are needed"
                       : "";
        case Auth::Type::Oauth2Password:
            return auth.token_url.empty() || auth.client_id.empty() || !has_password
                       ? "token_url, client_id, username and password_file are needed"
                       : "";
        case Auth::Type::Login:
            return auth.login.token.empty() == auth.login.cookie.empty()
                       ? "login.request and either login.token or login.cookie are needed"
                       : "";
    }
    return "";
}

Result<void> check_auth(const SourceDescription& description) {
    const Auth& auth = description.auth;
    if (const std::string_view missing = missing_of(auth); !missing.empty()) {
        return refuse("auth", missing);
    }
    if (!auth.token_url.empty() && !auth.token_url.starts_with('/')) {
        if (const auto token = check_url(auth.token_url); !token) {
            return failed("auth.token_url", token.error());
        }
    }
    return {};
}

Result<void> check_address(const SourceDescription& description) {
    if (description.slicing.type == Slicing::Type::File) {
        return {};  // nobody is asked
    }
    if (const auto base = check_url(description.base_url); !base) {
        return failed("base_url", base.error());
    }
    if (!description.proxy.empty()) {
        if (const auto proxy = check_url(description.proxy); !proxy) {
            return failed("proxy", proxy.error());
        }
    }
    const Tls& tls = description.tls;
    if (tls.cert_file.empty() != tls.key_file.empty()) {
        return refuse("tls", "cert_file and key_file go together");
    }
    if (tls.pins.size() == 1) {
        return refuse("tls.pins", "a second pin is needed, of the key that comes after this one");
    }
    return check_auth(description);
}

Result<void> check_contract(const Contract& contract) {
    for (const auto& [key, drift] :
         {std::pair{"contract.on_missing_required", contract.missing_required},
          {"contract.on_type_change", contract.type_change},
          {"contract.on_unknown_enum", contract.unknown_enum}}) {
        if (drift != Drift::Quarantine && drift != Drift::Fail) {
            return refuse(key, "quarantine or fail");
        }
    }
    if (contract.new_field != Drift::Ignore && contract.new_field != Drift::Notice) {
        return refuse("contract.on_new_field", "ignore or notice");
    }
    return {};
}

Result<void> check_limits(const SourceDescription& description) {
    struct Limit {
        std::string_view key;
        std::int64_t given;
        std::int64_t min;
        std::int64_t max;
    };
    const Slicing& slicing = description.slicing;
    const Retry& retry = description.retry;
    for (const Limit& limit : std::initializer_list<Limit>{
             {"timeout", description.timeout.count(), 1, 3'600'000},
             {"body_bytes_max", description.body_bytes_max, 1, std::int64_t{1} << 30},
             {"pagination.size", description.pagination.size, 1, 100'000},
             {"pagination.pages_max", description.pagination.pages_max, 1, 1'000'000},
             {"slicing.days", slicing.days, 1, 366},
             {"slicing.widen_days", slicing.widen_days, 0, 31},
             {"cursor.lookback", description.cursor.lookback_days, 0, 3'660},
             {"slicing.concurrency", slicing.concurrency, 1, 64},
             {"slicing.batch", slicing.batch, 1, 100'000},
             {"retry.max_attempts", retry.max_attempts, 1, 100},
             {"retry.backoff", retry.backoff.count(), 0, 3'600'000},
             {"retry.max_backoff", retry.max_backoff.count(), 0, 3'600'000},
         }) {
        if (limit.given < limit.min || limit.given > limit.max) {
            return refuse(
                limit.key,
                fmt::format("{} is not between {} and {}", limit.given, limit.min, limit.max)
            );
        }
    }
    return {};
}

/// Every name of the mapping has a meaning, and every word in it is one of ours.
Result<void> check_map(
    std::string_view key,
    const std::map<std::string, FieldMap>& map,
    std::span<const std::string_view> names
) {
    for (const auto& [name, field] : map) {
        const std::string place = fmt::format("{}.{}", key, name);
        if (!is_one_of(name, names)) {
            return refuse(place, "no field of ours");
        }
        const auto words = words_of(name);
        if (words.empty()) {
            continue;
        }
        bool is_known = is_one_of(field.otherwise.value_or(std::string(words[0])), words) &&
                        is_one_of(field.unlisted.value_or(std::string(words[0])), words);
        for (const auto& [theirs, ours] : field.values) {
            is_known = is_known && is_one_of(ours, words);
        }
        if (!is_known) {
            return refuse(place, fmt::format("not one of {}", fmt::join(words, ", ")));
        }
    }
    return {};
}

Result<void> check_maps(const SourceDescription& description) {
    const Vocabulary ours = vocabulary(description.kind);
    Result<void> done = check_map("map", description.map, ours.names);
    done = done ? check_map("payments.map", description.payments.map, named_payment_names) : done;
    done = done ? check_map("fees.map", description.fees.map, fee_names) : done;
    for (const Join& join : description.joins) {
        done = done ? check_map("joins.map", join.map, join_names) : done;
        if (done && (join.key != "id" || !description.map.contains("id"))) {
            return refuse("joins.key", "id, which has to be mapped, is the only key there is");
        }
        if (done && join.row_key.empty() && join.batch != 1) {
            return refuse("joins.row_key", "needed, unless batch is 1");
        }
    }
    for (const std::string_view name : ours.needed) {
        if (done && !description.map.contains(std::string(name))) {
            return refuse(fmt::format("map.{}", name), "needed");
        }
    }
    return done;
}

/// Pages lead to each other, and something proves that none is missing.
Result<void> check_pagination(const Pagination& pagination) {
    using Type = Pagination::Type;
    switch (pagination.type) {
        case Type::None:
        case Type::Link:
            return {};
        case Type::Cursor:
            return pagination.next.empty() ? refuse("pagination.next_path", "needed")
                                           : Result<void>{};
        case Type::Row:
            return pagination.total.empty() || pagination.row.empty()
                       ? refuse("pagination", "total_path and row_path are needed")
                       : Result<void>{};
        case Type::Page:
        case Type::Offset:
        case Type::StartEnd:
            break;
    }
    return pagination.total.empty() && pagination.last.empty()
               ? refuse(
                     "pagination.total_path",
                     "needed, or last_path: without them nothing proves a slice whole"
                 )
               : Result<void>{};
}

Result<void> check_dossiers(const SourceDescription& description) {
    constexpr auto times = std::to_array<std::string_view>(
        {"accepted_at", "applied_at", "due_at", "finished_at", "updated_at"}
    );
    const std::string& field = description.cursor.field;
    if (description.slicing.type == Slicing::Type::File) {
        return description.joins.empty() && field.empty()
                   ? Result<void>{}
                   : refuse("joins, cursor.field", "not for files");
    }
    if (description.slicing.type == Slicing::Type::Lookup) {
        if (!field.empty()) {
            return refuse("cursor.field", "look-ups have no window that it could decide about");
        }
        if (!description.joins.empty()) {
            return refuse("joins", "not for look-ups");
        }
    } else if (!description.map.contains(field) || !is_one_of(field, times)) {
        return refuse("cursor.field", "a mapped time is needed");
    }
    return check_pagination(description.pagination);
}

/// A catalogue is asked for as a whole, or procedure by procedure.
Result<void> check_procedures(const SourceDescription& description) {
    const Slicing::Type type = description.slicing.type;
    const bool is_by_code =
        type == Slicing::Type::Lookup && description.for_each.item == ForEach::Item::Procedure;
    if (type != Slicing::Type::Whole && !is_by_code) {
        return refuse("slicing.type", "procedures: whole, or lookup for each procedure");
    }
    if (!description.joins.empty() || !description.cursor.field.empty()) {
        return refuse("joins, cursor.field", "not for procedures");
    }
    return check_pagination(description.pagination);
}

/// The source's kind, its slices and what is asked fit together.
Result<void> check_shape(const SourceDescription& description) {
    using Type = Slicing::Type;
    const Slicing& slicing = description.slicing;
    if (description.kind != RecordKind::Procedures &&
        (slicing.type == Type::Whole || description.for_each.item == ForEach::Item::Procedure)) {
        return refuse("kind", "only procedures are asked for as a whole, or by their codes");
    }
    switch (description.kind) {
        case RecordKind::Dossiers:
            return check_dossiers(description);
        case RecordKind::Payments:
            if (slicing.type != Type::Lookup && slicing.type != Type::File) {
                return refuse("slicing.type", "payments are gathered by lookup, or from files");
            }
            return {};
        case RecordKind::Statistics:
            if (slicing.type != Type::Month) {
                return refuse("slicing.type", "statistics are gathered by month");
            }
            if (description.queries.empty()) {
                return refuse("queries", "at least one is needed");
            }
            return {};
        case RecordKind::Procedures:
            return check_procedures(description);
    }
    return {};
}

Result<void> check_signature(std::string_view key, const std::optional<Signature>& signature) {
    if (signature &&
        (signature->fields.empty() || signature->into.empty() || signature->secret_file.empty())) {
        return refuse(key, "fields, into and secret_file are needed");
    }
    return {};
}

/// Builds the request once with made-up values, which finds every unknown placeholder.
Result<void> check_request(
    const SourceDescription& description,
    const Request& request,
    std::initializer_list<std::string_view> placeholders
) {
    if (request.method != "GET" && request.method != "POST") {
        return refuse("request.method", "GET or POST");
    }
    if (request.success.empty()) {
        return refuse("request.success", "at least one status is needed");
    }
    if (request.sign && !trim(request.body).starts_with('{')) {
        return refuse("request.sign", "only a JSON body can be signed");
    }
    Result<void> done = check_signature("request.sign", request.sign);
    done = done ? check_signature("request.verify", request.verify) : done;
    if (!done) {
        return done;
    }
    Values values(description.parameters.begin(), description.parameters.end());
    values["session"] = session_placeholder;
    for (const std::string_view name : placeholders) {
        values.emplace(name, "1");
    }
    const auto built = build_request(description.base_url, request, values, "secret");
    if (!built) {
        return std::unexpected(built.error());
    }
    if (const auto url = check_url(built->url); !url) {
        return failed("request", url.error());
    }
    return {};
}

Result<void> check_queries(const SourceDescription& description) {
    for (const CounterQuery& query : description.queries) {
        SourceDescription asked = description;
        asked.request.path = query.path;
        asked.parameters.insert(query.values.begin(), query.values.end());
        auto done =
            check_request(asked, asked.request, {"now", "year", "month", "root", "from", "to"});
        if (!done) {
            return done;
        }
        if (query.unit_code.empty() && !description.map.contains("unit_code")) {
            return refuse("map.unit_code", "needed, or unit_code in every query");
        }
    }
    return {};
}

Result<void> check_requests(const SourceDescription& description) {
    Result<void> done;
    if (description.auth.type == Auth::Type::Login) {
        done = check_request(description, description.auth.login.request, {"username", "password"});
    }
    if (!done) {
        return failed("auth.login", std::move(done.error()));
    }
    if (description.slicing.type == Slicing::Type::File) {
        return {};
    }
    if (description.slicing.type == Slicing::Type::Lookup) {
        return check_request(description, description.request, {"now", "key"});
    }
    switch (description.kind) {
        case RecordKind::Payments:
        case RecordKind::Procedures:
        case RecordKind::Dossiers: {
            done = check_request(
                description,
                description.request,
                {"now",
                 "page",
                 "size",
                 "offset",
                 "start",
                 "end",
                 "cursor",
                 "from",
                 "to",
                 "year",
                 "month"}
            );
            for (const Join& join : description.joins) {
                done = done ? check_request(description, join.request, {"now", "keys"}) : done;
            }
            return done;
        }
        case RecordKind::Statistics:
            return check_queries(description);
    }
    return {};
}

}  // namespace

Result<void> check_source(const SourceDescription& description) {
    Result<void> done = check_address(description);
    done = done ? check_limits(description) : done;
    done = done ? check_keep(description) : done;
    done = done ? check_contract(description.contract) : done;
    done = done ? check_maps(description) : done;
    done = done ? check_shape(description) : done;
    done = done ? check_requests(description) : done;
    return done;
}

}  // namespace thidua::connectors
