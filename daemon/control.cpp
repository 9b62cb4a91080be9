// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/control.hpp"

#include "daemon/control_socket.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <deque>
#include <list>
#include <utility>

namespace thidua::daemon {

namespace asio = boost::asio;
using asio::local::stream_protocol;
using boost::system::error_code;

struct ControlClient {
    enum class Stage {
        Asking,     ///< its request is being read
        Waiting,    ///< for its turn
        Served,     ///< its command runs
        Dismissed,  ///< the last word is being said
        Gone,
    };

    explicit ControlClient(stream_protocol::socket accepted)
        : socket(std::move(accepted)), timer(socket.get_executor()) {}

    stream_protocol::socket socket;
    asio::steady_timer timer;  // deadline of the request or the last word, else the sign of life
    Stage stage = Stage::Asking;
    std::string who;
    std::string received;
    std::deque<std::string> unsaid;
    std::size_t unsaid_bytes = 0;
    const WritingCommand* command = nullptr;
    Options options;
};

using ClientPointer = std::shared_ptr<ControlClient>;
using Stage = ControlClient::Stage;
using Kind = ControlWord::Kind;

struct ControlServer::State {
    State(asio::io_context& event_loop, Set to_set)
        : loop(event_loop), set(std::move(to_set)), acceptor(event_loop), pause(event_loop) {}

    void accept();
    void accept_later();
    void greet(const ClientPointer& client);
    void read_request(const ClientPointer& client);
    void give_up_request(const ClientPointer& client);
    void take_request(const ClientPointer& client);
    void wait_then(
        const ClientPointer& client,
        std::chrono::milliseconds delay,
        void (State::*step)(const ClientPointer&)
    );
    void give_sign_of_life(const ClientPointer& client);
    void say(const ClientPointer& client, const ControlWord& word);
    void say_next(const ClientPointer& client);
    void dismiss(const ClientPointer& client, ExitCode code);
    void refuse(const ClientPointer& client, ExitCode code, const std::string& why);
    void drop(const ClientPointer& client);
    [[nodiscard]] Output output_to(const ClientPointer& client);

    asio::io_context& loop;
    Set set;
    stream_protocol::acceptor acceptor;
    asio::steady_timer pause;
    std::list<ClientPointer> clients;  // the other owners are the steps pending on the loop
    std::deque<ClientPointer> waiting;
    bool is_stopping = false;
    std::function<void()> is_left;
};

namespace {

constexpr std::string_view stopping_text =
    "the daemon is being stopped; run the command again when it has stopped, or runs again";

}  // namespace

void ControlServer::State::accept() {
    acceptor.async_accept([this](const error_code& code, stream_protocol::socket socket) {
        if (code == asio::error::operation_aborted || !acceptor.is_open()) {
            return;
        }
        if (code) {
            accept_later();
            return;
        }
        if (clients.size() < set.limits.connections_max) {
            clients.push_back(std::make_shared<ControlClient>(std::move(socket)));
            greet(ClientPointer(clients.back()));
        }
        accept();
    });
}

/// No descriptor or no memory: it passes, and must not be asked for in a tight loop.
void ControlServer::State::accept_later() {
    pause.expires_after(set.limits.sign_of_life);
    pause.async_wait([this](const error_code& code) {
        if (!code && acceptor.is_open()) {
            accept();
        }
    });
}

void ControlServer::State::greet(const ClientPointer& client) {
    const auto peer = peer_of(client->socket);
    if (!peer || !may_command(peer->uid, ::geteuid())) {
        refuse(client, ExitCode::Permission, "only the daemon's own user, or root, may command it");
        return;
    }
    client->who = fmt::format("process {} of user {}", peer->pid, peer->uid);
    read_request(client);
}

void ControlServer::State::read_request(const ClientPointer& client) {
    wait_then(client, set.limits.request_deadline, &State::give_up_request);
    asio::async_read_until(
        client->socket,
        asio::dynamic_buffer(client->received, request_bytes_max),
        '\n',
        [this, client](const error_code& code, std::size_t) {
            if (client->stage != Stage::Asking) {
                return;
            }
            if (code == asio::error::not_found) {
                refuse(client, ExitCode::Usage, "the request is longer than 64 KiB");
            } else if (code) {
                drop(client);
            } else {
                take_request(client);
            }
        }
    );
}

void ControlServer::State::give_up_request(const ClientPointer& client) {
    if (client->stage == Stage::Asking) {
        refuse(client, ExitCode::Usage, "no whole request came in time");
    }
}

void ControlServer::State::take_request(const ClientPointer& client) {
    const auto request =
        parse_request(std::string_view(client->received).substr(0, client->received.find('\n')));
    if (!request) {
        refuse(client, ExitCode::Usage, request.error().message);
        return;
    }
    if (is_stopping) {
        refuse(client, ExitCode::TryLater, std::string(stopping_text));
        return;
    }
    const WritingCommand* command = find_writing_command(request->command);
    if (command == nullptr || !command->writes(request->options)) {
        refuse(client, ExitCode::Usage, "the daemon does not run '" + request->command + "'");
        return;
    }
    if (request->options.now) {
        refuse(
            client,
            ExitCode::Usage,
            request->command +
                ": the daemon works on the real clock; --now is for a store made "
                "for simulation"
        );
        return;
    }
    const bool needs_same_settings = command->manner == WritingCommand::Manner::InTurn;
    if (needs_same_settings && request->configuration != set.configuration) {
        refuse(
            client,
            ExitCode::Config,
            fmt::format(
                "the daemon runs configuration {}, this command has read {}: let the daemon take "
                "it "
                "up with 'thidua reload', or name its configuration with --config",
                set.configuration.substr(0, 12),
                request->configuration.substr(0, 12)
            )
        );
        return;
    }
    if (waiting.size() >= set.limits.waiting_max) {
        refuse(
            client,
            ExitCode::TryLater,
            fmt::format("{} commands wait for the daemon already; try later", waiting.size())
        );
        return;
    }
    client->command = command;
    client->options = request->options;
    client->stage = Stage::Waiting;
    waiting.push_back(client);
    // The first word says that the command is taken: from here on it will be done.
    say(client, {Kind::Progress, "the daemon has it, and does it after the step in hand", 0});
    wait_then(client, set.limits.sign_of_life, &State::give_sign_of_life);
    set.has_job(command->name, client->who);
}

void ControlServer::State::wait_then(
    const ClientPointer& client,
    std::chrono::milliseconds delay,
    void (State::*step)(const ClientPointer&)
) {
    client->timer.expires_after(delay);
    client->timer.async_wait([this, client, step](const error_code& code) {
        if (!code && client->stage != Stage::Gone) {
            (this->*step)(client);
        }
    });
}

void ControlServer::State::give_sign_of_life(const ClientPointer& client) {
    if (client->stage == Stage::Waiting || client->stage == Stage::Served) {
        say(client, {Kind::Progress, "", 0});
        wait_then(client, set.limits.sign_of_life, &State::give_sign_of_life);
    }
}

void ControlServer::State::say(const ClientPointer& client, const ControlWord& word) {
    if (client->stage == Stage::Gone) {
        return;
    }
    client->unsaid.push_back(to_line(word));
    client->unsaid_bytes += client->unsaid.back().size();
    if (client->unsaid_bytes > set.limits.unsaid_bytes_max) {
        drop(client);
    } else if (client->unsaid.size() == 1) {
        say_next(client);
    }
}

void ControlServer::State::say_next(const ClientPointer& client) {
    asio::async_write(
        client->socket,
        asio::buffer(client->unsaid.front()),
        [this, client](const error_code& code, std::size_t) {
            if (client->stage == Stage::Gone) {
                return;
            }
            client->unsaid_bytes -= client->unsaid.front().size();
            client->unsaid.pop_front();
            const bool is_all_said = client->unsaid.empty();
            if (code || (is_all_said && client->stage == Stage::Dismissed)) {
                drop(client);
            } else if (!is_all_said) {
                say_next(client);
            }
        }
    );
}

void ControlServer::State::dismiss(const ClientPointer& client, ExitCode code) {
    if (client->stage == Stage::Gone) {
        return;
    }
    client->stage = Stage::Dismissed;
    wait_then(client, set.limits.last_word_deadline, &State::drop);
    say(client, {Kind::Exit, "", static_cast<int>(code)});
}

void ControlServer::State::refuse(
    const ClientPointer& client, ExitCode code, const std::string& why
) {
    say(client, {Kind::Err, "thidua: " + why + "\n", 0});
    dismiss(client, code);
}

/// Closes the connection. A command that waits keeps its place: its work is done all the same.
void ControlServer::State::drop(const ClientPointer& client) {
    if (client->stage == Stage::Gone) {
        return;
    }
    client->stage = Stage::Gone;
    client->timer.cancel();
    error_code ignored;
    (void)client->socket.close(ignored);
    clients.remove(client);
    if (is_left && clients.empty()) {
        is_left();
    }
}

Output ControlServer::State::output_to(const ClientPointer& client) {
    const auto sink = [this, client](Kind kind) {
        return [this, client, kind](std::string_view text) {
            asio::post(loop, [this, client, kind, words = std::string(text)] {
                say(client, {kind, words, 0});
            });
        };
    };
    // A word for each hundredth is enough.
    const auto progress = [this, client, told = std::int64_t{-1}](const WorkProgress& work
                          ) mutable {
        const std::int64_t hundredth = work.total > 0 ? work.done * 100 / work.total : 0;
        if (hundredth == told) {
            return;
        }
        told = hundredth;
        asio::post(loop, [this, client, work] {
            say(client, {Kind::Progress, work.title, 0, work.done, work.total});
        });
    };
    return {sink(Kind::Out), sink(Kind::Err), progress};
}

ControlServer::ControlServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

ControlServer::~ControlServer() {
    error_code ignored;
    if (state_->acceptor.is_open()) {
        std::filesystem::remove(state_->set.path, ignored);
    }
}

Result<std::unique_ptr<ControlServer>> ControlServer::open(asio::io_context& loop, Set set) {
    auto state = std::make_unique<State>(loop, std::move(set));
    if (auto listens = listen_at(state->acceptor, state->set.path); !listens) {
        return std::unexpected(listens.error());
    }
    state->accept();
    return std::unique_ptr<ControlServer>(new ControlServer(std::move(state)));
}

std::optional<ControlJob> ControlServer::next_job(WritingCommand::Manner manner) {
    const auto next = std::ranges::find(state_->waiting, manner, [](const ClientPointer& client) {
        return client->command->manner;
    });
    if (next == state_->waiting.end()) {
        return std::nullopt;
    }
    const ClientPointer client = std::move(*next);
    state_->waiting.erase(next);
    if (client->stage == Stage::Waiting) {
        client->stage = Stage::Served;
    }
    return ControlJob{client->command, client->options, state_->output_to(client), client};
}

void ControlServer::finish(const ControlJob& job, ExitCode code) {
    state_->dismiss(job.client, code);
}

void ControlServer::use_configuration(std::string hash) {
    state_->set.configuration = std::move(hash);
}

void ControlServer::refuse_all() {
    state_->is_stopping = true;
    for (const ClientPointer& client : std::exchange(state_->waiting, {})) {
        state_->refuse(client, ExitCode::TryLater, std::string(stopping_text));
    }
}

void ControlServer::leave(std::function<void()> is_left) {
    refuse_all();
    error_code ignored;
    (void)state_->acceptor.close(ignored);
    std::filesystem::remove(state_->set.path, ignored);
    state_->pause.cancel();
    const std::list<ClientPointer> clients = state_->clients;
    for (const ClientPointer& client : clients) {
        if (client->stage == Stage::Asking) {
            state_->drop(client);  // nothing was promised
        }
    }
    if (state_->clients.empty()) {
        is_left();
    } else {
        state_->is_left = std::move(is_left);
    }
}

}  // namespace thidua::daemon
