// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/opened_edition.hpp"

#include <utility>

namespace thidua::daemon {

Result<OpenedEdition> open_edition(const Options& options, const config::Settings& settings) {
    auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return std::unexpected(session.error());
    }
    auto edition = (*session)->store().call([&](store::Store& store) {
        return store.find_edition(options.edition);
    });
    if (!edition) {
        return std::unexpected(edition.error());
    }
    if (!*edition) {
        return fail(
            ErrorKind::Usage,
            "report: there is no edition " + options.edition + "; `thidua report list` lists them"
        );
    }
    return OpenedEdition{*std::move(session), **std::move(edition)};
}

}  // namespace thidua::daemon
