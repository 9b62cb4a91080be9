// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/check.hpp"

#include "connectors/address.hpp"
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

Result<void> check_address(const SourceDescription& description) {
    if (const auto base = check_url(description.base_url); !base) {
        return failed("base_url", base.error());
    }
    const Auth& auth = description.auth;
    if (auth.type == Auth::Type::None) {
        return {};
    }
    if (auth.token_url.empty() || auth.client_id.empty() || auth.client_secret_file.empty()) {
        return refuse("auth", "token_url, client_id and client_secret_file are needed");
    }
    if (!auth.token_url.starts_with('/')) {
        if (const auto token = check_url(auth.token_url); !token) {
            return failed("auth.token_url", token.error());
        }
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
             {"slicing.lookback_days", slicing.lookback_days, 0, 3'660},
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
    for (const Join& join : description.joins) {
        done = done ? check_map("joins.map", join.map, join_names) : done;
        if (done && (join.key != "id" || !description.map.contains("id"))) {
            return refuse("joins.key", "id, which has to be mapped, is the only key there is");
        }
    }
    for (const std::string_view name : ours.needed) {
        if (done && !description.map.contains(std::string(name))) {
            return refuse(fmt::format("map.{}", name), "needed");
        }
    }
    return done;
}

/// The source's kind, its slices and what is asked fit together.
Result<void> check_shape(const SourceDescription& description) {
    using Type = Slicing::Type;
    const Slicing& slicing = description.slicing;
    switch (description.kind) {
        case RecordKind::Dossiers: {
            constexpr auto times = std::to_array<std::string_view>(
                {"accepted_at", "applied_at", "due_at", "finished_at", "updated_at"}
            );
            const bool is_mapped = description.map.contains(slicing.filter_field);
            if (slicing.type != Type::Window) {
                return refuse("slicing.type", "dossiers are gathered by window");
            }
            if (!is_mapped || !is_one_of(slicing.filter_field, times)) {
                return refuse("slicing.filter_field", "a mapped time is needed");
            }
            const Pagination& pagination = description.pagination;
            if (pagination.type == Pagination::Type::Page && pagination.total.empty()) {
                return refuse(
                    "pagination.total", "needed: without it nothing proves a slice whole"
                );
            }
            return {};
        }
        case RecordKind::Payments:
            if (slicing.type != Type::Lookup) {
                return refuse("slicing.type", "payments are gathered by lookup");
            }
            return {};
        case RecordKind::Statistics:
            if (slicing.type != Type::Month) {
                return refuse("slicing.type", "statistics are gathered by month");
            }
            if (description.queries.empty() ||
                !description.parameters.contains("root_department")) {
                return refuse(
                    "queries", "at least one, and parameters.root_department, are needed"
                );
            }
            return {};
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

Result<void> check_requests(const SourceDescription& description) {
    switch (description.kind) {
        case RecordKind::Dossiers: {
            auto done = check_request(
                description, description.request, {"now", "page", "size", "from", "to"}
            );
            for (const Join& join : description.joins) {
                done = done ? check_request(description, join.request, {"now", "keys"}) : done;
            }
            return done;
        }
        case RecordKind::Payments:
            return check_request(description, description.request, {"now", "key"});
        case RecordKind::Statistics: {
            Result<void> done;
            for (const CounterQuery& query : description.queries) {
                Request request = description.request;
                request.path = query.path;
                done = done ? check_request(description, request, {"now", "year", "month", "root"})
                            : done;
            }
            return done;
        }
    }
    return {};
}

}  // namespace

Result<void> check_source(const SourceDescription& description) {
    Result<void> done = check_address(description);
    done = done ? check_limits(description) : done;
    done = done ? check_maps(description) : done;
    done = done ? check_shape(description) : done;
    done = done ? check_requests(description) : done;
    return done;
}

}  // namespace thidua::connectors
