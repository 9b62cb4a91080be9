// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua run
#include "daemon/commands.hpp"
#include "daemon/daemon.hpp"
#include "daemon/edition_job.hpp"
#include "daemon/log.hpp"

#include <fmt/format.h>

#include <csignal>
#include <optional>

namespace thidua::daemon {

ExitCode run_daemon(const Options& options, const config::Settings& settings) {
    if (options.now) {
        return report_error({ErrorKind::Usage, "run: works on the real clock; --now is for others"}
        );
    }
    // Until there is a configuration to change: standing by, or while the store is opened.
    (void)std::signal(SIGHUP, SIG_IGN);
    std::stop_source stop;
    if (const auto documents = check_documents(settings); !documents) {
        return report_error(documents.error());
    }
    auto lock = Session::take_lock(settings, "run");
    if (!lock) {
        return report_error(lock.error());
    }
    auto session = Session::open_for_writing(
        settings, Session::Purpose::Serve, *std::move(lock), std::nullopt, stop.get_token()
    );
    if (!session) {
        return report_error(session.error());
    }
    log_info(fmt::format(
        "thidua {} runs campaign {} with {} sources, configuration {}",
        THIDUA_VERSION,
        settings.campaign.id,
        settings.sources.size(),
        settings.hash.substr(0, 12)
    ));
    Daemon daemon(**session, settings, stop);
    if (auto listens = daemon.listen(); !listens) {
        return report_error(listens.error());
    }
    const bool was_asked = daemon.run();
    log_info("stopped");
    return was_asked ? ExitCode::Done : ExitCode::Io;
}

}  // namespace thidua::daemon
