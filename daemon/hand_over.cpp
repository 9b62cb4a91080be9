// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/hand_over.hpp"

#include "daemon/control_message.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <optional>

namespace thidua::daemon {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Socket = asio::local::stream_protocol::socket;

constexpr std::size_t word_bytes_max = 16UL * 1024 * 1024;

/// A connection whose every step ends within the longest silence.
class Line {
  public:
    explicit Line(std::stop_token stop)
        : stopped_(std::move(stop), [this] { asio::post(loop_, [this] { hang_up(); }); }) {}

    error_code connect(const std::filesystem::path& path) {
        return within([&](auto done) { socket_.async_connect(path.string(), done); });
    }

    error_code say(const std::string& line) {
        return within([&](auto done) { asio::async_write(socket_, asio::buffer(line), done); });
    }

    /// The next line, without its end; or why there is none.
    Result<std::string> hear(error_code& code) {
        code = within([&](auto done) {
            asio::async_read_until(
                socket_, asio::dynamic_buffer(received_, word_bytes_max), '\n', done
            );
        });
        if (code) {
            return fail(ErrorKind::Io, code.message());
        }
        const std::size_t end = received_.find('\n');
        std::string line = received_.substr(0, end);
        received_.erase(0, end + 1);
        return line;
    }

  private:
    template <class Start>
    error_code within(Start start) {
        std::optional<error_code> ended;
        start([&ended](const error_code& code, auto...) { ended = code; });
        loop_.restart();
        (void)loop_.run_for(longest_silence);
        if (ended) {
            return *ended;
        }
        hang_up();
        loop_.restart();
        (void)loop_.run();  // lets the step end, which refers to our variables
        return asio::error::timed_out;
    }

    void hang_up() {
        error_code ignored;
        (void)socket_.close(ignored);
    }

    asio::io_context loop_{1};
    Socket socket_{loop_};
    std::string received_;
    std::stop_callback<std::function<void()>> stopped_;
};

ExitCode give_up(const HandOver& what, const std::string& message) {
    what.output.err("thidua: " + message + "\n");
    return ExitCode::TryLater;
}

/// Why the answer broke off, for people.
ExitCode explain_break(
    const HandOver& what, const store::LockHolder& holder, const error_code& code
) {
    if (what.stop.stop_requested()) {
        what.output.err(fmt::format(
            "thidua: stopped waiting; {} goes on with {}: 'thidua status' shows how it ends\n",
            holder.name,
            what.command
        ));
        return exit_code_of(ErrorKind::Stopped);
    }
    if (code == asio::error::timed_out) {
        return give_up(
            what,
            fmt::format(
                "{} has not answered for {} s; look at it with 'systemctl status thidua'. If it "
                "comes back it may still do what was asked",
                holder.name,
                longest_silence.count()
            )
        );
    }
    return give_up(
        what,
        fmt::format(
            "{} ended before its answer did ({}); what it had published stays: run the command "
            "again",
            holder.name,
            code.message()
        )
    );
}

/// Passes a word on. The exit code, if it was the last.
std::optional<ExitCode> pass_on(const HandOver& what, const ControlWord& word) {
    switch (word.kind) {
        case ControlWord::Kind::Out:
            what.output.out(word.text);
            break;
        case ControlWord::Kind::Err:
            what.output.err(word.text);
            break;
        case ControlWord::Kind::Progress:
            if (word.total > 0) {
                what.output.progress({word.text, word.done, word.total});
                break;
            }
            // As everywhere: only for somebody who sits there. Most are mere signs of life.
            if (!word.text.empty() && !what.options.quiet && ::isatty(STDERR_FILENO) == 1) {
                what.output.err(word.text + "\n");
            }
            break;
        case ControlWord::Kind::Exit:
            return static_cast<ExitCode>(word.exit_code);
    }
    return std::nullopt;
}

}  // namespace

bool takes_commands(const store::LockHolder& holder) {
    return holder.name.starts_with("thidua run,");
}

bool is_listening(const store::LockHolder& holder) {
    if (!takes_commands(holder) || holder.socket.empty()) {
        return false;
    }
    Line line{std::stop_token()};
    return !line.connect(holder.socket);
}

Result<ExitCode> hand_over(const HandOver& what, const store::LockHolder& holder) {
    const std::string request = to_line({what.command, what.configuration, what.options});
    if (request.size() > request_bytes_max) {
        return report_error(
            what.output, {ErrorKind::Usage, what.command + ": more arguments than fit in 64 KiB"}
        );
    }
    Line line(what.stop);
    error_code code = line.connect(holder.socket);
    if (!code) {
        // A daemon that refuses us at first sight has hung up already; its words are still there.
        const error_code said = line.say(request);
        code = said == asio::error::broken_pipe ? error_code() : said;
    }
    bool is_taken = false;
    while (!code) {
        const auto heard = line.hear(code);
        if (!heard) {
            break;
        }
        is_taken = true;
        const auto word = parse_word(*heard);
        if (!word) {
            return give_up(what, holder.name + ": " + word.error().message);
        }
        if (const auto exit_code = pass_on(what, *word)) {
            return *exit_code;
        }
    }
    if (is_taken || code == asio::error::timed_out || what.stop.stop_requested()) {
        return explain_break(what, holder, code);
    }
    return fail(ErrorKind::Io, "socket " + holder.socket.string() + ": " + code.message());
}

}  // namespace thidua::daemon
