// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The daemon's ear: a Unix socket at which commands that write are handed over. It hears, checks
// and queues on the event loop; it runs nothing itself. What a client does or fails to do never
// disturbs the daemon, and a client that goes away does not cancel the work.
#pragma once

#include "daemon/control_message.hpp"
#include "daemon/output.hpp"
#include "daemon/writing_commands.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::daemon {

struct ControlLimits {
    std::size_t waiting_max = 8;  ///< commands that wait; further ones are refused
    std::size_t connections_max = 32;
    std::chrono::milliseconds request_deadline{5'000};
    std::chrono::milliseconds sign_of_life{2'000};  ///< well below the client's patience
    std::chrono::milliseconds last_word_deadline{2'000};
    std::size_t unsaid_bytes_max = 4UL * 1024 * 1024;  ///< of one client that does not listen
};

/// One client, from connecting to the last word. Owned by the server and by its pending steps.
struct ControlClient;

/// A command whose turn has come.
struct ControlJob {
    const WritingCommand* command = nullptr;
    Options options;
    Output output;  ///< for the thread that runs it
    std::shared_ptr<ControlClient> client;
};

/// All members on the loop's thread.
class ControlServer {
  public:
    struct Set {
        std::filesystem::path path;
        std::string configuration;  ///< hash of the settings in force
        /// Called when a command was queued, with its name and who asked for it.
        std::function<void(std::string_view command, const std::string& asked_by)> has_job;
        ControlLimits limits;
    };

    /// Listens at the path (daemon/control_socket.hpp). Errors: Io if it cannot be had.
    [[nodiscard]] static Result<std::unique_ptr<ControlServer>> open(
        boost::asio::io_context& loop, Set set
    );
    ControlServer(const ControlServer&) = delete;
    ControlServer& operator=(const ControlServer&) = delete;
    /// Removes the socket.
    ~ControlServer();

    /// The command of that manner that has waited longest; nothing if none does.
    [[nodiscard]] std::optional<ControlJob> next_job(WritingCommand::Manner manner);
    /// The last word to the client of a job that was run.
    void finish(const ControlJob& job, ExitCode code);
    /// Commands must have read this configuration from now on.
    void use_configuration(std::string hash);
    /// From now on refuses, also those who wait.
    void refuse_all();
    /// Stops listening, and calls `is_left` once the last words are said or nobody listens.
    void leave(std::function<void()> is_left);

  private:
    struct State;
    explicit ControlServer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace thidua::daemon
