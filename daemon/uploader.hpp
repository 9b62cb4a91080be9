// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Files editions on another machine too, on a thread of its own: no server holds up a mail.
#pragma once

#include "daemon/service.hpp"

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

namespace thidua::daemon {

/// Puts on file that the edition, which lies in `folder`, is to be filed elsewhere; once. Nothing
/// where no other machine is configured.
[[nodiscard]] Result<void> order_upload(
    const Service& service, std::string_view edition, const std::filesystem::path& folder
);

/// `folder` below the configured folder of reports that holds it: 2024/W42.
[[nodiscard]] std::string folder_below(
    const config::Settings& settings, const std::filesystem::path& folder
);

/// Files what is due. What does not go well is tried again with growing pauses, for five days;
/// other bytes under a name are final. Errors: those of the store.
[[nodiscard]] Result<void> upload_due(const Service& service, const std::stop_token& stop);

/// Does that after each cycle and once a minute, until its end, which cuts it short.
class Uploader {
  public:
    explicit Uploader(const Service& service);
    Uploader(const Uploader&) = delete;
    Uploader& operator=(const Uploader&) = delete;

    /// There may be something to do.
    void look();

  private:
    void run(const std::stop_token& stop);

    const Service& service_;
    std::mutex mutex_;
    std::condition_variable_any asked_;
    bool is_asked_ = true;
    std::jthread thread_;  // last: it uses the others
};

}  // namespace thidua::daemon
