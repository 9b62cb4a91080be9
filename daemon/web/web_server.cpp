// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/web/web_server.hpp"

#include "daemon/web/access.hpp"
#include "daemon/web/http_server.hpp"
#include "daemon/web/site.hpp"

#include <utility>

namespace thidua::daemon::web {

struct WebServer::State {
    State(std::shared_ptr<const config::Settings> of, const DaemonState& daemon, DaemonHooks hooks)
        : settings(of), site(std::move(of), daemon, std::move(hooks), counters) {}

    std::shared_ptr<const config::Settings> settings;
    Counters counters;
    Site site;
    std::unique_ptr<HttpServer> server;  // last: it asks the site until it has gone
};

WebServer::WebServer(
    std::shared_ptr<const config::Settings> settings, const DaemonState& state, DaemonHooks hooks
)
    : state_(std::make_unique<State>(std::move(settings), state, std::move(hooks))) {}

WebServer::~WebServer() = default;

Result<void> WebServer::listen() {
    const config::Web& web = state_->settings->web;
    if (!web.is_on || state_->server) {
        return {};
    }
    if (!web.password_file.empty()) {
        if (const auto lines = read_password_file(web.password_file); !lines) {
            return std::unexpected(lines.error());
        }
    }
    Site& site = state_->site;
    auto server = HttpServer::open(
        web.address,
        web.port,
        {[&site](const Request& request) { return site.at_once(request); },
         [&site](const Request& request) { return site.later(request); }},
        state_->counters,
        {}
    );
    if (!server) {
        return std::unexpected(server.error());
    }
    state_->server = *std::move(server);
    return {};
}

bool WebServer::use(std::shared_ptr<const config::Settings> settings) {
    const config::Web& before = state_->settings->web;
    const config::Web& now = settings->web;
    const bool is_moved =
        before.is_on != now.is_on || before.address != now.address || before.port != now.port;
    state_->settings = settings;
    state_->site.use(std::move(settings));
    return is_moved;
}

void WebServer::stop() {
    state_->server.reset();
}

}  // namespace thidua::daemon::web
