// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A scripted HTTP/1.1 server on 127.0.0.1, port 0: what a source does on its bad days.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::test {

struct PeerRequest {
    std::string method;
    std::string target;                          ///< as it came
    std::string path;                            ///< without the query
    std::map<std::string, std::string> query;    ///< decoded
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;
};

struct PeerReply {
    enum class Manner {
        Whole,       ///< with Content-Length
        CutShort,    ///< half of what Content-Length says, then the end
        Unmeasured,  ///< no Content-Length: the end of the connection is the end of the body
        Silent,      ///< nothing at all until the client goes away
        Raw,         ///< `body` is all that is sent, head and all; then the end
        Dripping,    ///< `body` a byte at a time, each after `drip`
    };
    int status = 200;
    std::string body;
    std::string content_type = "application/json";
    std::vector<std::string> headers;  ///< further lines, without line ends
    Manner manner = Manner::Whole;
    std::chrono::milliseconds drip{0};
};

/// `body` as JSON with 200.
[[nodiscard]] PeerReply json(std::string body);

/// An answer with a status and nothing else.
[[nodiscard]] PeerReply status(int number, std::vector<std::string> headers = {});

class HttpPeer {
  public:
    using Answer = std::function<PeerReply(const PeerRequest&)>;

    /// `answer` is called by one thread at a time.
    explicit HttpPeer(Answer answer);
    HttpPeer(const HttpPeer&) = delete;
    HttpPeer& operator=(const HttpPeer&) = delete;
    ~HttpPeer();

    /// http://127.0.0.1:PORT
    [[nodiscard]] std::string url() const;
    [[nodiscard]] std::vector<PeerRequest> requests() const;
    [[nodiscard]] int connections() const;
    /// The most requests that were being answered at a time.
    [[nodiscard]] int most_at_once() const;

    /// Waits until `count` requests have come; false if they do not within ten seconds.
    [[nodiscard]] bool wait_for(std::size_t count) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Gives the replies in order, and the last one ever after.
[[nodiscard]] HttpPeer::Answer script(std::vector<PeerReply> replies);

/// A URL on 127.0.0.1 where nobody listens.
[[nodiscard]] std::string refused_url();

}  // namespace thidua::test
