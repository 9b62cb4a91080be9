// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "service.hpp"

#include "reporting.hpp"
#include "text.hpp"

#include <boost/json.hpp>

namespace thidua::sandbox {
namespace {

constexpr std::string_view token_path = "/auth/realms/digo/protocol/openid-connect/token";
constexpr std::string_view evaluation_path = "/api/v1/reporting/evaluation/";

Reply error_reply(int status, std::string_view error, std::string_view message) {
    std::string body = R"({"status":)" + std::to_string(status) + R"(,"error":)";
    append_json(body, error);
    body += R"(,"message":)";
    append_json(body, message);
    return json_reply(status, body + "}");
}

Reply not_found(std::string_view path) {
    return error_reply(404, "Not Found", path);
}

Reply wrong_method() {
    return error_reply(405, "Method Not Allowed", "");
}

}  // namespace

Service::Service(const World& world, const ServiceSettings& settings)
    : world_{world},
      now_{settings.now},
      tokens_{settings.client, world.seed},
      platform_{world, settings.partner},
      search_{world} {
    faults_.set_random(settings.fault_rate, settings.fault_seed);
}

Snapshot& Service::snapshot() {
    if (!snapshot_) {
        snapshot_ = std::make_unique<Snapshot>(world_, now_);
    }
    return *snapshot_;
}

Reply Service::answer(const Request& request) {
    if (request.path.starts_with("/sandbox/")) {
        return steer(request);
    }
    const auto fault = faults_.next(request.path);
    if (!fault) {
        return route(request, Tamper::Nothing);
    }
    Tamper tamper = Tamper::Nothing;
    if (*fault == Fault::EmptyContent) {
        tamper = Tamper::EmptyContent;
    } else if (*fault == Fault::ShortTotal) {
        tamper = Tamper::LargerTotal;
    }
    return spoil(route(request, tamper), *fault);
}

Reply Service::steer(const Request& request) {
    if (request.path == "/sandbox/clock") {
        return request.method == Method::Post ? set_clock(request.body) : clock_reply();
    }
    if (request.path != "/sandbox/faults") {
        return not_found(request.path);
    }
    if (request.method == Method::Post) {
        if (const auto problem = faults_.configure(request.body)) {
            return error_reply(400, "Bad Request", *problem);
        }
    }
    return json_reply(200, faults_.counts_text());
}

Reply Service::clock_reply() const {
    return json_reply(200, R"({"now":")" + to_text(now_) + R"("})");
}

Reply Service::set_clock(std::string_view body) {
    boost::json::error_code error;
    const boost::json::value parsed = boost::json::parse({body.data(), body.size()}, error);
    const boost::json::value* now =
        !error && parsed.is_object() ? parsed.get_object().if_contains("now") : nullptr;
    if (now == nullptr || !now->is_string()) {
        return error_reply(400, "Bad Request", R"(expected {"now":"2024-06-10T05:00:00+07:00"})");
    }
    const auto instant =
        parse_instant({now->get_string().data(), now->get_string().size()}, Zulu::Utc);
    if (!instant) {
        return error_reply(400, "Bad Request", "now: not an instant");
    }
    if (*instant != now_) {
        now_ = *instant;
        snapshot_.reset();
        search_.forget();
    }
    return clock_reply();
}

Reply Service::route(const Request& request, Tamper tamper) {
    if (request.path.starts_with("/pa/")) {
        return route_igate(request, tamper);
    }
    const bool is_post = request.method == Method::Post;
    if (request.path == "/payment/query") {
        return is_post ? platform_.query(request.body, now_) : wrong_method();
    }
    if (request.path == token_path) {
        return is_post ? tokens_.issue(request, now_) : wrong_method();
    }
    if (!request.path.starts_with(evaluation_path)) {
        return not_found(request.path);
    }
    const std::string_view tree = request.path.substr(evaluation_path.size());
    if (tree == "formality-online-payment-tree") {
        return is_post ? report(ReportTree::OnlinePayment, request.body, snapshot())
                       : wrong_method();
    }
    if (tree == "provide-online-tree") {
        return is_post ? report(ReportTree::ProvideOnline, request.body, snapshot())
                       : wrong_method();
    }
    return not_found(request.path);
}

Reply Service::route_igate(const Request& request, Tamper tamper) {
    if (!tokens_.admits(request.authorization, now_)) {
        return error_reply(401, "unauthorized", "Full authentication is required");
    }
    if (request.method != Method::Get) {
        return wrong_method();
    }
    if (request.path == "/pa/dossier/search") {
        return search_.find(request.query, snapshot(), tamper);
    }
    if (request.path == "/pa/dossier-fee/--by-dossiers") {
        return search_.fees(request.query, snapshot());
    }
    return not_found(request.path);
}

}  // namespace thidua::sandbox
