// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What an SMTP conversation came to, apart from the sockets it was held over.
#pragma once

#include "delivery/smtp.hpp"

#include <string>
#include <string_view>

namespace thidua::delivery {

/// The relay's latest reply, gathered line by line and bounded whatever the relay sends.
class ReplyLog {
  public:
    /// Adds a line of a reply, with its line end. Lines of one reply ("550-", "550 ") are joined.
    void add(std::string_view line);

    /// The words of the latest reply, without codes, as they came.
    [[nodiscard]] const std::string& words() const { return words_; }

  private:
    std::string words_;
    bool complete_ = true;
};

/// What is known of a conversation once it is over.
struct Exchange {
    enum class Trouble {
        None,
        Credentials,  ///< AUTH was refused, or there is no common way of it
        Tls,          ///< no STARTTLS, or a certificate that does not hold
        Stopped,      ///< asked to stop before the message was handed over
        Other,        ///< refused, cut off or too slow: the reply says which
    };
    Trouble trouble = Trouble::None;
    bool handed_over = false;  ///< the last byte of the message is out of our hands
    int reply_code = 0;        ///< of the relay's last reply; 354 means none came after the dot
    std::string reply;         ///< the relay's words
    std::string cause;         ///< libcurl's words, where there are any
};

/// Which outcome an exchange is. The reply code decides wherever there is one: libcurl's own error
/// says the same (55) for "try later" and "never". A trouble after the message was handed over
/// without a reply to it is Unknown, never a reason to send again.
[[nodiscard]] Outcome to_outcome(const Exchange& exchange);

/// Strict CRLF (no bare CR or LF, ends with CRLF), 7-bit without NUL, lines of at most 998 bytes:
/// what every relay reads the same way, so that no body can smuggle a second message.
[[nodiscard]] bool is_strict_message(std::string_view message);

}  // namespace thidua::delivery
