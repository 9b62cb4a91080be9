// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/generation.hpp"

#include <utility>

namespace thidua::daemon {

Generation::Generation(
    Session& session,
    std::shared_ptr<const config::Settings> settings,
    const std::stop_token& of_process,
    std::function<void()> progressed
)
    : settings_(std::move(settings)),
      process_stops_(of_process, [this] { stop_.request_stop(); }),
      service_{
          *settings_,
          session.store(),
          session.clock(),
          stop_.get_token(),
          make_wait(session.clock(), stop_.get_token()),
          std::move(progressed)},
      cycle_(service_, Cycle::Pulls::LeftRunning),
      notifier_(service_),
      uploader_(service_) {}

void Generation::follow(const CycleReport& report) {
    notifier_.take(report);
    uploader_.look();
}

CycleReport Generation::finish() {
    stop_.request_stop();
    return cycle_.finish();
}

}  // namespace thidua::daemon
