// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "service.hpp"

#include "evaluation.hpp"
#include "formalities.hpp"
#include "igate_statistics.hpp"
#include "reporting.hpp"
#include "text.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <iterator>

namespace thidua::sandbox {
namespace {

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

// Short names, for the table's sake.
using enum ReportTree;
using enum Evaluation;
using S = Service;
using R = const Request;
using T = Tamper;
constexpr Method get = Method::Get;
constexpr Method post = Method::Post;

/// A path of the table; one that ends with `*` stands for all that begin so.
bool is_path(std::string_view pattern, std::string_view path) {
    if (pattern.ends_with('*')) {
        return path.starts_with(pattern.substr(0, pattern.size() - 1));
    }
    return path == pattern;
}

}  // namespace

Service::Service(const World& world, const ServiceSettings& settings)
    : world_{world},
      now_{settings.now},
      tokens_{settings.client, world.seed},
      platform_{world, settings.partner},
      search_{world},
      integration_{world, settings.adapter},
      opencps_{settings.opencps, settings.opencps_group},
      wso2_{settings.lgsp, world.seed} {
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
    Reply reply = spoil(route(request, tamper_of(*fault)), *fault, request.path);
    reply.delay = faults_.slowness();
    return reply;
}

Reply Service::steer(const Request& request) {
    if (request.path == "/sandbox/clock") {
        return request.method == Method::Post ? set_clock(request.body) : clock_reply();
    }
    if (request.path == "/sandbox/sessions") {
        if (request.method == Method::Post) {
            integration_.sessions().configure(request.body);
        }
        return integration_.sessions().counts();
    }
    if (request.path == "/sandbox/confirm") {
        for (const auto& [key, value] : parse_form(request.query)) {
            if (key == "reference") {
                return platform_.confirmation(value, now_);
            }
        }
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

struct Service::Route {
    std::string_view path;
    Method method;
    Reply (*answer)(Service& self, const Request& request, Tamper tamper);
};

// Two lines a path, or the table could not be read.
// clang-format off
const Service::Route Service::routes[] = {
    // The province's iGate, behind its single sign-on.
    {"/auth/realms/digo/protocol/openid-connect/token", post,
     [](S& at, R& ask, T) { return at.tokens_.issue(ask, at.now_); }},
    {"/pa/dossier/search", get,
     [](S& at, R& ask, T bad) { return at.search_.find(ask.query, at.snapshot(), bad); }},
    {"/pa/dossier-fee/--by-dossiers", get,
     [](S& at, R& ask, T) { return at.search_.fees(ask.query, at.snapshot()); }},
    {"/pa/dossier-statistic/--statistic-agency-kgg", get,
     [](S& at, R& ask, T) { return statistic_by_agency(ask.query, at.snapshot()); }},
    {"/pa/dni-dossier-statistic/--01-2020-percentage", get,
     [](S& at, R& ask, T) { return statistic_01_2020(ask.query, at.snapshot()); }},
    {"/pa/kgg-dossier-statistic/--kgg-dossier-report-online", get,
     [](S& at, R& ask, T) { return statistic_online(ask.query, at.snapshot()); }},
    {"/ba/agency/name+code", get,
     [](S&, R& ask, T) { return list_agencies(ask.query); }},
    // The province's OpenCPS, behind Basic and groupId.
    {"/o/rest/v2/dossiers", get,
     [](S& at, R& ask, T) { return OpenCps::dossiers(ask.query, at.snapshot()); }},
    {"/o/rest/v2/dossiers/*", get,
     [](S& at, R& ask, T) { return OpenCps::payment(ask.path, at.snapshot()); }},
    {"/o/rest/statistics", get,
     [](S& at, R& ask, T) { return at.opencps_.statistics(ask.query, at.snapshot()); }},
    // The national portal: integration, the older gateway, the newer reporting.
    {"/dvcqg/auth", post,
     [](S& at, R& ask, T) { return at.integration_.log_in(ask.body, at.now_); }},
    {"/dvcqg/integration", post,
     [](S& at, R& ask, T bad) { return at.integration_.integrate(ask.body, at.snapshot(), bad); }},
    {"/dvcqg/share", post,
     [](S& at, R& ask, T bad) { return at.integration_.share(ask.body, at.snapshot(), bad); }},
    {"/api/SynsTTHCC/DongBoHoSoMC", post,
     [](S& at, R& ask, T) { return at.integration_.push(ask.query, ask.body, at.snapshot()); }},
    {"/jsp/rest.jsp", post,
     [](S& at, R& ask, T) { return at.rest_jsp_.answer(ask.body, at.snapshot()); }},
    {"/api/v1/reporting/formalities", post,
     [](S&, R& ask, T) { return list_formalities(ask.body); }},
    {"/api/v1/reporting/evaluation/formality-online-payment-tree", post,
     [](S& at, R& ask, T bad) { return report(OnlinePayment, ask.body, at.snapshot(), bad); }},
    {"/api/v1/reporting/evaluation/provide-online-tree", post,
     [](S& at, R& ask, T bad) { return report(ProvideOnline, ask.body, at.snapshot(), bad); }},
    {"/api/v1/reporting/evaluation/dvc-progress-tree", post,
     [](S& at, R& ask, T bad) { return report(Progress, ask.body, at.snapshot(), bad); }},
    {"/api/v1/reporting/evaluation/transparency", post,
     [](S& at, R& ask, T bad) { return evaluate(Transparency, ask.body, at.snapshot(), bad); }},
    {"/api/v1/reporting/evaluation/dossier-digitized", post,
     [](S& at, R& ask, T bad) { return evaluate(Digitisation, ask.body, at.snapshot(), bad); }},
    {"/api/v1/reporting/evaluation/handling-satisfaction", post,
     [](S& at, R& ask, T bad) { return evaluate(Satisfaction, ask.body, at.snapshot(), bad); }},
    {"/api/v1/reporting/evaluation/service-results", post,
     [](S& at, R& ask, T bad) { return evaluate(Results, ask.body, at.snapshot(), bad); }},
    // The Payment Platform, spoken directly and through the LGSP, which gives tokens itself.
    {"/payment/query", post,
     [](S& at, R& ask, T) { return at.platform_.query(ask.body, at.now_); }},
    {"/payment/bill", post,
     [](S& at, R& ask, T) { return at.platform_.bill(ask.body, at.now_); }},
    {"/payment/init", post,
     [](S& at, R& ask, T) { return at.platform_.init(ask.body); }},
    {"/lgsp/payment/query", post,
     [](S& at, R& ask, T) { return at.platform_.query_by_lgsp(ask.body, at.now_); }},
    {"/lgsp/payment/bill", post,
     [](S& at, R& ask, T) { return at.platform_.bill_by_lgsp(ask.body, at.now_); }},
    {"/token", post,
     [](S& at, R& ask, T) { return at.wso2_.issue(ask, at.now_); }},
    {"/api/lgspedoc/login", post,
     [](S& at, R& ask, T) { return at.wso2_.log_in(ask.body); }},
};
// clang-format on

std::optional<Reply> Service::refusal(const Request& request) const {
    const std::string_view path = request.path;
    if (path.starts_with("/pa/") || path.starts_with("/ba/")) {
        return tokens_.admits(request.authorization, now_)
                   ? std::nullopt
                   : std::optional{
                         error_reply(401, "unauthorized", "Full authentication is required")};
    }
    if (path.starts_with("/lgsp/")) {
        return wso2_.refusal(request.authorization, now_);
    }
    if (path.starts_with("/o/rest/")) {
        return opencps_.refusal(request);
    }
    return std::nullopt;
}

Reply Service::route(const Request& request, Tamper tamper) {
    if (auto refused = refusal(request)) {
        return *refused;
    }
    const auto* found = std::ranges::find_if(routes, [&request](const Route& one) {
        return is_path(one.path, request.path);
    });
    if (found == std::end(routes)) {
        return not_found(request.path);
    }
    return found->method == request.method ? found->answer(*this, request, tamper) : wrong_method();
}

}  // namespace thidua::sandbox
