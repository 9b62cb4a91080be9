// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// libcurl holds the conversation; this file sets its limits, feeds it the message and remembers
// whether all of it was handed over, which is what tells "not accepted" from "not known".
#include "delivery/smtp.hpp"

#include "core/result.hpp"
#include "delivery/curl_call.hpp"
#include "delivery/exchange.hpp"
#include "delivery/message.hpp"
#include "delivery/network.hpp"

#include <curl/curl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <optional>
#include <vector>

namespace thidua::delivery {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds connect_timeout_max{30'000};
constexpr milliseconds steps_timeout_max{300'000};  // RFC 5321, 4.5.3.2: what one command may take
constexpr std::size_t reply_bytes_max = 65'536;     // of all replies; a relay says a few hundred

struct FreeEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeMulti {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// What libcurl's callbacks share with the loop. One thread runs them all.
struct Transfer {
    std::string_view rest;  ///< what libcurl has not taken yet
    milliseconds dot_timeout{};
    Clock::time_point steps_end{};
    Clock::time_point dot_end{};  ///< set when the last byte is taken
    ReplyLog replies;
    std::size_t reply_bytes = 0;
    std::array<char, CURL_ERROR_SIZE> error{};
    std::vector<curl_socket_t> connections;
    bool leaving = false;  ///< QUIT was said: what comes now is no answer to us

    [[nodiscard]] bool handed_over() const { return rest.empty(); }
    void shut(int direction) const {
        for (const curl_socket_t connection : connections) {
            (void)::shutdown(connection, direction);
        }
    }
};

std::size_t give_message(char* buffer, std::size_t size, std::size_t count, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    const std::size_t given = std::min(size * count, transfer.rest.size());
    std::memcpy(buffer, transfer.rest.data(), given);
    transfer.rest.remove_prefix(given);
    if (given > 0 && transfer.handed_over()) {
        transfer.dot_end = Clock::now() + transfer.dot_timeout;
    }
    return given;
}

std::size_t note_reply(char* line, std::size_t size, std::size_t count, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    if (transfer.leaving) {
        return size * count;
    }
    transfer.replies.add({line, size * count});
    transfer.reply_bytes += size * count;
    const bool too_much = transfer.reply_bytes > reply_bytes_max && !transfer.handed_over();
    return too_much ? 0 : size * count;  // 0 ends the transfer
}

// libcurl waits for the reply to the dot inside one call, and calls this once a second meanwhile.
int watch_dot(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto& transfer = *static_cast<const Transfer*>(user);
    return transfer.handed_over() && Clock::now() > transfer.dot_end ? 1 : 0;
}

curl_socket_t open_socket(void* user, curlsocktype, curl_sockaddr* address) {
    const int opened =
        ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    if (opened >= 0) {
        static_cast<Transfer*>(user)->connections.push_back(opened);
    }
    return opened;
}

int close_socket(void* user, curl_socket_t connection) {
    std::erase(static_cast<Transfer*>(user)->connections, connection);
    return ::close(connection);
}

// libcurl says QUIT on its way out and waits for the answer. The outcome is known by then, and a
// caller that learns it late may be killed before it is recorded: so nothing is waited for.
int watch_quit(CURL*, curl_infotype type, char* bytes, std::size_t size, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    if (type == CURLINFO_HEADER_OUT && std::string_view(bytes, size) == "QUIT\r\n") {
        transfer.leaving = true;
        transfer.shut(SHUT_RD);
    }
    return 0;
}

// A host or greeting name that cannot change the meaning of the URL it becomes part of.
bool is_plain_name(std::string_view name) {
    return std::ranges::all_of(name, [](char byte) {
        return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
               (byte >= '0' && byte <= '9') || byte == '.' || byte == '-' || byte == ':';
    });
}

std::string relay_url(const Relay& relay) {
    const bool is_ipv6 = relay.host.find(':') != std::string::npos;
    return fmt::format(
        "{}://{}{}{}:{}/{}",
        relay.tls_from_start ? "smtps" : "smtp",
        is_ipv6 ? "[" : "",
        relay.host,
        is_ipv6 ? "]" : "",
        relay.port,
        relay.hello
    );
}

/// Why a relay is not to be spoken to; nothing if all is well.
std::optional<Outcome> refuse_relay(const Relay& relay) {
    using State = Outcome::State;
    if (relay.host.empty() || !is_plain_name(relay.host) || !is_plain_name(relay.hello)) {
        return Outcome{
            State::Deferred, 0, "not sent: the relay's host or hello is not a plain name"};
    }
    const bool is_plain_text = !relay.require_tls && !relay.tls_from_start;
    if (!relay.username.empty() && is_plain_text && !is_loopback(relay.host)) {
        return Outcome{
            State::Deferred, 0, "not sent: credentials need TLS, and it is switched off"};
    }
    return std::nullopt;
}

/// Why nothing is to be sent at all; nothing if all is well.
std::optional<Outcome> refuse_early(
    const Relay& relay, std::string_view from, std::string_view to, std::string_view message
) {
    using State = Outcome::State;
    if (!is_safe_address(from) || !is_safe_address(to)) {
        return Outcome{State::Refused, 0, "not sent: an address is not one plain mailbox"};
    }
    if (!is_strict_message(message)) {
        return Outcome{State::Refused, 0, "not sent: the message is not strict CRLF and 7-bit"};
    }
    return refuse_relay(relay);
}

void set_security(CURL* easy, const Relay& relay) {
    // Never CURLUSESSL_TRY: whoever can strip STARTTLS from an answer would read the mail.
    const bool wants_starttls = relay.require_tls && !relay.tls_from_start;
    curl_easy_setopt(easy, CURLOPT_USE_SSL, wants_starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    if (!relay.ca_file.empty()) {
        curl_easy_setopt(easy, CURLOPT_CAINFO, relay.ca_file.c_str());
        curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
    }
    if (!relay.username.empty()) {
        curl_easy_setopt(easy, CURLOPT_USERNAME, relay.username.c_str());
        curl_easy_setopt(easy, CURLOPT_PASSWORD, relay.password.c_str());
    }
}

void set_limits(CURL* easy, const Relay& relay, milliseconds steps) {
    const milliseconds margin{60'000};  // ours end first and say more; these are the backstop
    const auto whole = steps + relay.timeout + margin;
    const auto reply = std::chrono::ceil<std::chrono::seconds>(relay.timeout + margin);
    const auto connect = std::min(steps, connect_timeout_max);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(whole.count()));
    curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(reply.count()));
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy, CURLOPT_PROXY, "");  // the environment has no say in where mail goes
}

void set_callbacks(CURL* easy, Transfer& transfer) {
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(transfer.rest.size()));
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, give_message);
    curl_easy_setopt(easy, CURLOPT_READDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, note_reply);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, watch_dot);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);  // for watch_quit; nothing is printed
    curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, watch_quit);
    curl_easy_setopt(easy, CURLOPT_DEBUGDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer.error.data());
}

CURLcode result_of(CURLM* multi) {
    int left = 0;
    const CURLMsg* note = curl_multi_info_read(multi, &left);
    check(note != nullptr && note->msg == CURLMSG_DONE, "libcurl says how the transfer ended");
    return note->data.result;
}

/// Runs the transfer to its end, or to ours: CURLE_ABORTED_BY_CALLBACK on a stop,
/// CURLE_OPERATION_TIMEDOUT when the steps before the dot took too long.
CURLcode run(CURLM* multi, Transfer& transfer, const std::stop_token& stop) {
    const std::stop_callback wake(stop, [multi] { curl_multi_wakeup(multi); });
    while (true) {
        int running = 0;
        check(curl_multi_perform(multi, &running) == CURLM_OK, "curl_multi_perform");
        if (running == 0) {
            return result_of(multi);
        }
        milliseconds wait{1'000};
        if (!transfer.handed_over()) {
            const auto left = std::chrono::ceil<milliseconds>(transfer.steps_end - Clock::now());
            if (stop.stop_requested() || left <= milliseconds::zero()) {
                transfer.shut(SHUT_RDWR);
                return stop.stop_requested() ? CURLE_ABORTED_BY_CALLBACK : CURLE_OPERATION_TIMEDOUT;
            }
            wait = std::min(wait, left);
        }
        curl_multi_poll(multi, nullptr, 0, static_cast<int>(wait.count()), nullptr);
    }
}

Exchange::Trouble trouble_of(CURLcode code, const Transfer& transfer) {
    using Trouble = Exchange::Trouble;
    constexpr std::array tls_codes = {
        CURLE_USE_SSL_FAILED,
        CURLE_SSL_CONNECT_ERROR,
        CURLE_PEER_FAILED_VERIFICATION,
        CURLE_SSL_CACERT_BADFILE,
        CURLE_SSL_CIPHER,
        CURLE_SSL_ISSUER_ERROR,
    };
    if (code == CURLE_OK) {
        return Trouble::None;
    }
    if (code == CURLE_LOGIN_DENIED) {
        return Trouble::Credentials;
    }
    if (std::ranges::find(tls_codes, code) != tls_codes.end()) {
        return Trouble::Tls;
    }
    return code == CURLE_ABORTED_BY_CALLBACK && !transfer.handed_over() ? Trouble::Stopped
                                                                        : Trouble::Other;
}

Exchange exchange_of(CURL* easy, CURLcode code, const Transfer& transfer) {
    long reply_code = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &reply_code);
    Exchange exchange{
        .trouble = trouble_of(code, transfer),
        .handed_over = transfer.handed_over(),
        .reply_code = static_cast<int>(reply_code),
        .reply = transfer.replies.words(),
        .cause = {},
    };
    if (code != CURLE_OK) {
        exchange.cause =
            transfer.error[0] != '\0' ? transfer.error.data() : curl_easy_strerror(code);
    }
    return exchange;
}

struct Ended {
    CURLcode code = CURLE_OK;
    Exchange exchange;
};

/// Holds a conversation to its end, with whatever `prepare` asks of libcurl beside the common.
template <class Prepare>
Ended converse(
    const Relay& relay, Transfer& transfer, const std::stop_token& stop, Prepare prepare
) {
    start_curl();
    const auto steps = std::min(relay.timeout, steps_timeout_max);
    transfer.dot_timeout = relay.timeout;
    transfer.steps_end = Clock::now() + steps;
    const std::unique_ptr<CURLM, FreeMulti> multi(curl_multi_init());
    const std::unique_ptr<CURL, FreeEasy> easy(curl_easy_init());
    check(multi != nullptr && easy != nullptr, "libcurl has memory");

    curl_easy_setopt(easy.get(), CURLOPT_URL, relay_url(relay).c_str());
    set_security(easy.get(), relay);
    set_limits(easy.get(), relay, steps);
    set_callbacks(easy.get(), transfer);
    prepare(easy.get());

    check(curl_multi_add_handle(multi.get(), easy.get()) == CURLM_OK, "curl_multi_add_handle");
    const CURLcode code = run(multi.get(), transfer, stop);
    Ended ended{code, exchange_of(easy.get(), code, transfer)};
    transfer.shut(SHUT_RD);  // a connection kept for reuse is left by a handle of libcurl's own
    curl_easy_setopt(easy.get(), CURLOPT_QUICK_EXIT, 1L);  // a name look-up is not waited for
    curl_multi_remove_handle(multi.get(), easy.get());
    return ended;
}

}  // namespace

Outcome send(
    const Relay& relay,
    std::string_view from,
    std::string_view to,
    std::string_view message,
    std::stop_token stop
) {
    if (auto early = refuse_early(relay, from, to, message)) {
        return *early;
    }
    Transfer transfer;
    transfer.rest = message;
    const std::string sender = fmt::format("<{}>", from);
    const std::unique_ptr<curl_slist, FreeList> recipient(
        curl_slist_append(nullptr, fmt::format("<{}>", to).c_str())
    );
    check(recipient != nullptr, "libcurl has memory");
    return to_outcome(converse(relay, transfer, stop, [&](CURL* easy) {
                          curl_easy_setopt(easy, CURLOPT_MAIL_FROM, sender.c_str());
                          curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, recipient.get());
                      }).exchange);
}

Outcome greet(const Relay& relay, std::stop_token stop) {
    if (auto early = refuse_relay(relay)) {
        return *early;
    }
    Transfer transfer;
    transfer.rest = "-";  // never taken, so that nothing counts as handed over
    const Ended ended = converse(relay, transfer, stop, [](CURL* easy) {
        curl_easy_setopt(easy, CURLOPT_UPLOAD, 0L);
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "NOOP");
    });
    Outcome outcome = to_outcome(ended.exchange);
    outcome.state = ended.code == CURLE_OK ? Outcome::State::Sent : outcome.state;
    return outcome;
}

}  // namespace thidua::delivery
