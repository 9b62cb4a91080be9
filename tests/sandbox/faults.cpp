// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "faults.hpp"

#include "random.hpp"
#include "wso2.hpp"

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
    "hang",
    "forbidden-403",
    "empty-200",
    "wrong-root",
    "soft-error",
    "soft-failure"};
constexpr std::size_t random_kinds = 7;
constexpr std::int64_t slowest_ms = 600'000;
constexpr std::string_view search_path = "/pa/dossier/search";
constexpr std::string_view reporting_path = "/api/v1/reporting/";
constexpr std::string_view integration_path = "/dvcqg/";

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
    switch (fault) {
        case Fault::EmptyContent:
        case Fault::ShortTotal:
            return path == search_path;
        case Fault::WrongRoot:
            return path.starts_with(reporting_path);
        case Fault::SoftError:
        case Fault::SoftFailure:
            return path.starts_with(integration_path);
        default:
            return true;
    }
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

Reply throttled(Reply reply) {
    reply.retry_after_seconds = 1;
    return reply;
}

/// OpenCPS says any error of its own by 403 (domain.md 4.1).
std::optional<Reply> opencps_error(Fault fault, std::string_view path) {
    const bool own = fault == Fault::Error500 || fault == Fault::Error503;
    if (!own || !path.starts_with("/o/rest/")) {
        return std::nullopt;
    }
    return json_reply(403, R"({"message":"No Content.","code":403,"description":"No Content."})");
}

/// The gateway's faults (domain.md 4.4); one of the two builds says a missing back-end in XML.
std::optional<Reply> lgsp_error(Fault fault, std::string_view path) {
    if (!path.starts_with("/lgsp/") && path != "/token") {
        return std::nullopt;
    }
    switch (fault) {
        case Fault::Unauthorized401:
            return wso2_fault(401, 900901, "Invalid Credentials");
        case Fault::Forbidden403:
            return wso2_fault(403, 900908, "Resource forbidden");
        case Fault::Throttle429:
            return throttled(wso2_fault(429, 900802, "Message throttled out"));
        case Fault::Error500:
            return wso2_fault(503, 101503, "Runtime Error");
        case Fault::Error503: {
            Reply reply;
            reply.status = 503;
            reply.content_type = "application/xml; charset=UTF-8";
            reply.body =
                "<am:fault xmlns:am=\"http://wso2.org/apimanager\"><am:code>303001</am:code>"
                "<am:type>Status report</am:type><am:message>Runtime Error</am:message>"
                "<am:description>Currently, Address endpoint is SUSPENDED</am:description>"
                "</am:fault>";
            return reply;
        }
        default:
            return std::nullopt;
    }
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
    slowness_ = std::chrono::milliseconds{std::clamp<std::int64_t>(
        number_of<std::int64_t>(object, "slow_ms", slowness_.count()), 0, slowest_ms
    )};
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

Tamper tamper_of(Fault fault) {
    switch (fault) {
        case Fault::EmptyContent:
            return Tamper::EmptyContent;
        case Fault::ShortTotal:
            return Tamper::LargerTotal;
        case Fault::WrongRoot:
            return Tamper::WrongRoot;
        case Fault::SoftError:
            return Tamper::SoftError;
        case Fault::SoftFailure:
            return Tamper::SoftFailure;
        default:
            return Tamper::Nothing;
    }
}

Reply spoil(Reply reply, Fault fault, std::string_view path) {
    if (auto own = opencps_error(fault, path)) {
        return *own;
    }
    if (auto own = lgsp_error(fault, path)) {
        return *own;
    }
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
        case Fault::Throttle429:
            return throttled(plain(429, "Too Many Requests"));
        case Fault::Html200:
            return login_page();
        case Fault::NotJson:
            return json_reply(200, "upstream connect error or disconnect/reset before headers");
        case Fault::TruncatedJson:
            reply.body.resize(reply.body.size() / 2);
            return reply;
        case Fault::Hang:
            return with_transfer(std::move(reply), Transfer::Hang);
        case Fault::Forbidden403:
            return plain(403, "Forbidden");
        case Fault::Empty200:
            return json_reply(200, "");
        case Fault::EmptyContent:
        case Fault::ShortTotal:
        case Fault::WrongRoot:
        case Fault::SoftError:
        case Fault::SoftFailure:
            return reply;  // whoever made the answer has done it
    }
    return reply;
}

}  // namespace thidua::sandbox
