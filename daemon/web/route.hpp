// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Which paths there are, and which requests are refused whoever asks.
#pragma once

#include "daemon/web/message.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace thidua::daemon::web {

/// A path, taken apart.
struct Route {
    enum class Kind {
        NotFound,
        Style,
        Healthy,
        Ready,
        Reload,
        Version,
        Status,
        Metrics,
        StandingsApi,
        Standings,
        Unit,  ///< `name`: its code
        Sources,
        Editions,
        Edition,  ///< `name`: an edition's id, or that and a document's name
        Schedule,
        Explain,  ///< `name`: a figure's id
    };
    Kind kind = Kind::NotFound;
    std::string name{};

    friend bool operator==(const Route&, const Route&) = default;
};

/// A page for people, whose answer may be a little old.
[[nodiscard]] bool is_page(Route::Kind kind);

/// What `path` leads to; percent signs are decoded in the name.
[[nodiscard]] Route route_of(std::string_view path);

/// Whether visitors have to give a password.
enum class Door { Open, Locked };

/// Why the request is refused before anybody looks who asks: its method, a page of another site
/// behind it, or, where nobody is asked for a password, a host name that is not this machine's.
[[nodiscard]] std::optional<Response> refusal(
    const Request& request, const Route& route, Door door
);

}  // namespace thidua::daemon::web
