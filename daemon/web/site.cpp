// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/web/site.hpp"

#include "daemon/grounds.hpp"
#include "daemon/log.hpp"
#include "daemon/standings_json.hpp"
#include "daemon/web/gather.hpp"
#include "daemon/web/html.hpp"
#include "daemon/web/machine.hpp"
#include "daemon/web/pages.hpp"
#include "daemon/web/style.hpp"
#include "daemon/web/words_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace thidua::daemon::web {
namespace {

using Kind = Route::Kind;

constexpr std::chrono::seconds kept_for{5};
/// A page that is older is shown once more while a new one is made; a machine is told what is.
constexpr std::chrono::seconds page_kept_for{60};
constexpr std::size_t kept_max = 256;
constexpr std::size_t kept_bytes_max = 256 * 1024;  // each

Words words_for(const Request& request) {
    return Words(language_of(request.accept_language));
}

std::string key_of(const Request& request) {
    return std::string(words_for(request).code()) + request.path;
}

Response html(int status, std::string text) {
    return make_response(status, html_type, std::move(text));
}

Response not_found(const Words& words) {
    return html(404, message_page(words, words(Say::NotFound), words(Say::NotFoundText)));
}

}  // namespace

Site::Site(
    std::shared_ptr<const config::Settings> settings,
    const DaemonState& state,
    DaemonHooks hooks,
    const Counters& counters
)
    : state_(state), hooks_(std::move(hooks)), counters_(counters) {
    use(std::move(settings));
}

void Site::use(std::shared_ptr<const config::Settings> settings) {
    const std::scoped_lock lock(mutex_);
    access_ = std::make_shared<Access>(settings->web.password_file);
    settings_ = std::move(settings);
    kept_.clear();
}

Handlers::AtOnce Site::at_once(const Request& request) {
    const Route route = route_of(request.path);
    const Time now = std::chrono::steady_clock::now();
    const std::scoped_lock lock(mutex_);
    const Door door = settings_->web.password_file.empty() ? Door::Open : Door::Locked;
    if (auto refused = refusal(request, route, door)) {
        return {std::move(refused)};
    }
    if (route.kind == Kind::Healthy) {
        return {say(200, "alive")};
    }
    if (route.kind == Kind::Style) {
        Response style = make_response(200, "text/css; charset=utf-8", std::string(stylesheet));
        style.headers.emplace_back("Cache-Control", "max-age=300");
        return {std::move(style)};
    }
    Access::Answer access = access_->look(request, now);
    if (access.verdict == Access::Verdict::Refused) {
        return {std::move(access.response)};
    }
    if (route.kind == Kind::NotFound) {
        return {not_found(words_for(request))};
    }
    const auto kept = kept_.find(key_of(request));
    if (access.verdict == Access::Verdict::Unknown || route.kind == Kind::Reload ||
        kept == kept_.end()) {
        return {};
    }
    const auto age = now - kept->second.made_at;
    if (age < kept_for) {
        return {kept->second.response};
    }
    if (is_page(route.kind) && age < page_kept_for) {
        return {kept->second.response, renewing_.insert(kept->first).second};
    }
    return {};
}

Response Site::later(const Request& request) {
    const Route route = route_of(request.path);
    std::shared_ptr<Access> access;
    {
        const std::scoped_lock lock(mutex_);
        access = access_;
    }
    if (auto refused = access->check(request, std::chrono::steady_clock::now())) {
        return *std::move(refused);
    }
    if (route.kind == Kind::Reload) {
        return reload();
    }
    const std::string key = key_of(request);
    {
        // Others may have asked for the same while this one waited for its turn.
        const std::scoped_lock lock(mutex_);
        const auto kept = kept_.find(key);
        if (kept != kept_.end() &&
            std::chrono::steady_clock::now() - kept->second.made_at < kept_for) {
            renewing_.erase(key);
            return kept->second.response;
        }
    }
    Response response = answer(request, route);
    const std::scoped_lock lock(mutex_);
    renewing_.erase(key);
    const Time now = std::chrono::steady_clock::now();
    std::erase_if(kept_, [&](const auto& one) {
        return now - one.second.made_at >= page_kept_for;
    });
    // Many made-up paths shall not keep the true ones out.
    if (kept_.size() >= kept_max) {
        kept_.clear();
    }
    const bool is_document = !response.headers.empty();
    if (!is_document && response.body->size() <= kept_bytes_max) {
        kept_[key] = {response, now};
    }
    return response;
}

Response Site::answer(const Request& request, const Route& route) {
    const auto make = [&] {
        return is_page(route.kind) ? page_of(route, words_for(request)) : for_machine(route);
    };
    const bool was_open = reader_ != nullptr;
    Response response = make();
    // A server may have ended the connection that was kept: another one is tried, once.
    if (was_open && !reader_) {
        response = make();
    }
    if (response.status == 200) {
        last_problem_.clear();
    }
    return response;
}

Response Site::reload() {
    const auto in_force = hooks_.reload();
    if (!in_force) {
        return say(500, fmt::format("not taken up: {}", fmt::join(in_force.error(), "\n")));
    }
    return say(200, *in_force);
}

Result<Reader*> Site::reader() {
    std::shared_ptr<const config::Settings> settings;
    {
        const std::scoped_lock lock(mutex_);
        settings = settings_;
    }
    if (reader_ && read_by_ == settings) {
        return reader_.get();
    }
    snapshots_.forget();
    reader_.reset();
    auto opened = Reader::open(settings);
    if (!opened) {
        return std::unexpected(opened.error());
    }
    reader_ = *std::move(opened);
    read_by_ = std::move(settings);
    return reader_.get();
}

/// The same trouble is told once. The store is opened anew. That the campaign has not begun is
/// none.
void Site::report(const Error& error) {
    if (error.kind == ErrorKind::Usage) {
        return;
    }
    snapshots_.forget();
    reader_.reset();
    if (error.message != last_problem_) {
        last_problem_ = error.message;
        log_warning("web: " + error.message);
    }
}

Response Site::failure(const Words& words, const Error& error) {
    if (error.kind == ErrorKind::Usage) {
        return html(503, message_page(words, words(Say::NotStarted), words(Say::UnavailableText)));
    }
    report(error);
    return html(503, message_page(words, words(Say::Unavailable), words(Say::UnavailableText)));
}

Response Site::page_of(const Route& route, const Words& words) {
    const auto open = reader();
    if (!open) {
        return failure(words, open.error());
    }
    const auto shown = [&](const auto& view, auto make) {
        return view ? html(200, make(words, *view)) : failure(words, view.error());
    };
    if (route.kind == Kind::Sources) {
        return shown(gather_sources(**open), sources_page);
    }
    if (route.kind == Kind::Editions) {
        return shown(gather_editions(**open), editions_page);
    }
    if (route.kind == Kind::Schedule) {
        return shown(gather_schedule(**open), schedule_page);
    }
    return route.kind == Kind::Edition ? edition_or_document(route.name, words, **open)
                                       : page_of_figures(route, words, **open);
}

Response Site::page_of_figures(const Route& route, const Words& words, const Reader& reader) {
    const auto snapshot = snapshots_.get(reader);
    if (!snapshot) {
        return failure(words, snapshot.error());
    }
    const StandingsView view = view_of(**snapshot, reader.settings());
    if (route.kind == Kind::Standings) {
        return html(200, standings_page(words, view));
    }
    if (route.kind == Kind::Unit) {
        std::string text = unit_page(words, view, route.name);
        return text.empty() ? not_found(words) : html(200, std::move(text));
    }
    const auto explanation = gather_explanation(words, reader, **snapshot, route.name);
    if (!explanation) {
        return explanation.error().kind == ErrorKind::Usage ? not_found(words)
                                                            : failure(words, explanation.error());
    }
    return html(200, explain_page(words, *explanation));
}

Response Site::edition_or_document(
    const std::string& name, const Words& words, const Reader& reader
) {
    const auto edition = gather_edition(reader, name);
    if (!edition) {
        return failure(words, edition.error());
    }
    if (*edition) {
        return html(200, edition_page(words, **edition));
    }
    const auto slash = name.rfind('/');
    if (slash == std::string::npos) {
        return not_found(words);
    }
    const std::string file = name.substr(slash + 1);
    auto document = gather_document(reader, name.substr(0, slash), file);
    if (!document) {
        return failure(words, document.error());
    }
    if (!*document) {
        return not_found(words);
    }
    Response response = make_response(200, type_of(file), **std::move(document));
    response.headers.emplace_back(
        "Content-Disposition", fmt::format("attachment; filename=\"{}\"", file)
    );
    return response;
}

Response Site::for_machine(const Route& route) {
    if (route.kind == Kind::Version) {
        return make_response(200, json_type, pretty_json(version_json()));
    }
    const DaemonFacts facts = state_.get();
    const auto open = reader();
    if (!open) {
        report(open.error());
    }
    if (route.kind == Kind::Ready || route.kind == Kind::Status) {
        std::shared_ptr<const config::Settings> settings;
        {
            const std::scoped_lock lock(mutex_);
            settings = settings_;
        }
        const auto missing = missing_parts(facts, *settings, open);
        if (route.kind == Kind::Ready) {
            return missing.empty() ? say(200, "ready")
                                   : say(503, fmt::format("{}", fmt::join(missing, "\n")));
        }
        const auto sources = open ? source_statuses((*open)->store(), *settings, (*open)->now())
                                  : std::unexpected(open.error());
        return make_response(
            200,
            json_type,
            pretty_json(status_json(
                facts, *settings, sources.value_or(std::vector<SourceStatus>{}), missing
            ))
        );
    }
    const auto failed_with = [&](const Error& error) {
        report(error);
        return say(503, error.message);
    };
    if (!open) {
        return failed_with(open.error());
    }
    const auto snapshot = snapshots_.get(**open);
    if (route.kind == Kind::StandingsApi) {
        return snapshot ? make_response(
                              200, json_type, pretty_json(standings_json((*snapshot)->standings))
                          )
                        : failed_with(snapshot.error());
    }
    const auto metrics = gather_metrics(**open, snapshot ? *snapshot : nullptr);
    return metrics ? make_response(
                         200,
                         "text/plain; version=0.0.4; charset=utf-8",
                         metrics_text(facts, counters_, *metrics)
                     )
                   : failed_with(metrics.error());
}

}  // namespace thidua::daemon::web
