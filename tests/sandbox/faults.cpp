// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "faults.hpp"

#include "random.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <utility>

namespace thidua::sandbox {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, fault_count> names = {
    "error-500",
    "error-503",
    "cut-body",
    "slow",
    "unauthorized-401",
    "throttle-429",
    "html-200",
    "not-json",
    "truncated-json",
    "empty-content",
    "short-total",
    "hang"};
constexpr std::size_t random_kinds = 7;
constexpr std::string_view search_path = "/pa/dossier/search";

std::optional<Fault> fault_named(std::string_view name) {
    const auto* found = std::ranges::find(names, name);
    if (found == names.end()) {
        return std::nullopt;
    }
    return static_cast<Fault>(found - names.begin());
}

std::vector<Fault> default_kinds() {
    std::vector<Fault> kinds;
    for (std::size_t index = 0; index < random_kinds; ++index) {
        kinds.push_back(static_cast<Fault>(index));
    }
    return kinds;
}

bool applies_to(Fault fault, std::string_view path) {
    const bool search_only = fault == Fault::EmptyContent || fault == Fault::ShortTotal;
    return !search_only || path == search_path;
}

std::optional<Fault> read_kind(const json::value& value) {
    if (!value.is_string()) {
        return std::nullopt;
    }
    return fault_named({value.get_string().data(), value.get_string().size()});
}

std::string text_of(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : "";
}

template <typename Number>
Number number_of(const json::object& object, std::string_view key, Number otherwise) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_number()) {
        return otherwise;
    }
    json::error_code error;
    const auto number = value->to_number<Number>(error);
    return error ? otherwise : number;
}

const json::array& array_of(const json::object& object, std::string_view key) {
    static const json::array none;
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_array() ? value->get_array() : none;
}

Reply plain(int status, std::string_view error) {
    return json_reply(
        status,
        R"({"status":)" + std::to_string(status) + R"(,"error":")" + std::string{error} + R"("})"
    );
}

Reply login_page() {
    Reply reply;
    reply.content_type = "text/html;charset=utf-8";
    reply.body =
        "<!DOCTYPE html><html><head><title>Đăng nhập</title></head><body>"
        "<form id=\"kc-form-login\" method=\"post\"><input name=\"username\"></form>"
        "</body></html>";
    return reply;
}

Reply with_transfer(Reply reply, Transfer transfer) {
    reply.transfer = transfer;
    return reply;
}

}  // namespace

void Faults::set_random(double rate, std::uint64_t seed) {
    rate_ = rate;
    seed_ = seed;
    kinds_ = default_kinds();
    index_ = 0;
}

std::optional<std::string> Faults::configure(std::string_view body) {
    json::error_code error;
    const json::value parsed = json::parse({body.data(), body.size()}, error);
    if (error || !parsed.is_object()) {
        return "not a JSON object";
    }
    const json::object& object = parsed.get_object();
    std::vector<Fault> kinds;
    for (const json::value& value : array_of(object, "kinds")) {
        const auto kind = read_kind(value);
        if (!kind) {
            return "kinds: unknown kind";
        }
        kinds.push_back(*kind);
    }
    std::vector<Queued> queue;
    for (const json::value& value : array_of(object, "next")) {
        const auto kind =
            value.is_object() ? fault_named(text_of(value.get_object(), "kind")) : std::nullopt;
        if (!kind) {
            return "next: unknown kind";
        }
        const json::object& entry = value.get_object();
        queue.push_back(
            {.path = text_of(entry, "path"),
             .fault = *kind,
             .times = number_of<std::int64_t>(entry, "times", 1)}
        );
    }
    if (object.contains("off")) {
        rate_ = 0;
        queue_.clear();
    }
    if (object.contains("rate")) {
        set_random(number_of(object, "rate", 0.0), number_of<std::uint64_t>(object, "seed", 1));
        kinds_ = kinds.empty() ? kinds_ : kinds;
    }
    queue_.insert(queue_.end(), queue.begin(), queue.end());
    return std::nullopt;
}

std::optional<Fault> Faults::next_queued(std::string_view path) {
    const auto found = std::ranges::find_if(queue_, [path](const Queued& queued) {
        return path.starts_with(queued.path) && applies_to(queued.fault, path);
    });
    if (found == queue_.end()) {
        return std::nullopt;
    }
    const Fault fault = found->fault;
    if (--found->times <= 0) {
        queue_.erase(found);
    }
    return fault;
}

std::optional<Fault> Faults::next_random() {
    Random random{stream_seed(seed_, index_++, Salt::Fault)};
    constexpr std::int64_t millionths = 1'000'000;
    if (static_cast<double>(random.below(millionths)) >= rate_ * millionths || kinds_.empty()) {
        return std::nullopt;
    }
    return kinds_[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(kinds_.size())))];
}

std::optional<Fault> Faults::next(std::string_view path) {
    ++requests_;
    auto fault = next_queued(path);
    if (!fault) {
        fault = next_random();
    }
    if (!fault || !applies_to(*fault, path)) {
        return std::nullopt;
    }
    fired_.at(static_cast<std::size_t>(*fault)) += 1;
    return fault;
}

std::string Faults::counts_text() const {
    std::string out = R"({"requests":)" + std::to_string(requests_) + R"(,"fired":{)";
    for (std::size_t kind = 0; kind < fault_count; ++kind) {
        out += kind == 0 ? "\"" : ",\"";
        out += names.at(kind);
        out += "\":" + std::to_string(fired_.at(kind));
    }
    return out + "}}";
}

Reply spoil(Reply reply, Fault fault) {
    switch (fault) {
        case Fault::Error500:
            return plain(500, "Internal Server Error");
        case Fault::Error503:
            return plain(503, "Service Unavailable");
        case Fault::CutBody:
            return with_transfer(std::move(reply), Transfer::CutBody);
        case Fault::Slow:
            return with_transfer(std::move(reply), Transfer::Slow);
        case Fault::Unauthorized401:
            return plain(401, "Unauthorized");
        case Fault::Throttle429: {
            Reply throttled = plain(429, "Too Many Requests");
            throttled.retry_after_seconds = 1;
            return throttled;
        }
        case Fault::Html200:
            return login_page();
        case Fault::NotJson:
            return json_reply(200, "upstream connect error or disconnect/reset before headers");
        case Fault::TruncatedJson:
            reply.body.resize(reply.body.size() / 2);
            return reply;
        case Fault::EmptyContent:
        case Fault::ShortTotal:
            return reply;  // the search itself has done it
        case Fault::Hang:
            return with_transfer(std::move(reply), Transfer::Hang);
    }
    return reply;
}

}  // namespace thidua::sandbox
