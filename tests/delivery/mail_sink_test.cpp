// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Our messages against software that is not ours: aiosmtpd with and without TLS takes them in, and
// two MIME parsers read them back (tests/support/mail_sink.py, check_mail.py).
#include "delivery/message.hpp"
#include "delivery/smtp.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace thidua::delivery {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using State = Outcome::State;
using Words = std::vector<std::string>;

const std::string python = "/usr/bin/python3";  // Debian's, which is the one with aiosmtpd
const fs::path support = fs::path(THIDUA_TESTS_DIR) / "support";
constexpr int no_second_parser = 69;

pid_t start(Words words) {
    std::vector<char*> arguments;
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions{};
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = -1;
    const int code =
        ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    return code == 0 ? child : -1;
}

int finish(pid_t child) {
    int status = -1;
    return child > 0 && ::waitpid(child, &status, 0) == child && WIFEXITED(status)
               ? WEXITSTATUS(status)
               : -1;
}

int run(Words words) {
    return finish(start(std::move(words)));
}

class MailSink : public testing::Test {
  protected:
    MailSink() {
        relay_.host = "127.0.0.1";
        relay_.hello = "thidua.example.vn";
        relay_.require_tls = false;
        relay_.timeout = 20s;
    }
    void SetUp() override {
        (void)std::signal(SIGPIPE, SIG_IGN);  // as the daemon does
        if (run({python, "-c", "import aiosmtpd"}) != 0) {
            GTEST_SKIP() << "needs python3-aiosmtpd";
        }
    }

    void TearDown() override { EXPECT_EQ(stop(), 0) << "SIGTERM is a clean end"; }

    void open(const Words& options) {
        Words words = {
            python,
            support / "mail_sink.py",
            "--port-file",
            folder_ / "port",
            "--maildir",
            folder_ / "mail",
            "--log",
            folder_ / "log"};
        words.insert(words.end(), options.begin(), options.end());
        child_ = start(words);
        for (int round = 0; round < 2'000 && !fs::exists(folder_ / "port"); ++round) {
            std::this_thread::sleep_for(10ms);
        }
        std::ifstream(folder_ / "port") >> relay_.port;
    }

    int stop() {
        if (child_ <= 0) {
            return 0;
        }
        (void)::kill(child_, SIGTERM);
        return finish(std::exchange(child_, -1));
    }

    /// A certificate for `name` ("IP:127.0.0.1"), signed by itself.
    [[nodiscard]] Words certificate(const std::string& name) const {
        const std::string key = folder_ / "key.pem";
        const std::string file = folder_ / "cert.pem";
        EXPECT_EQ(
            run(
                {"openssl",
                 "req",
                 "-x509",
                 "-newkey",
                 "ec",
                 "-pkeyopt",
                 "ec_paramgen_curve:prime256v1",
                 "-nodes",
                 "-days",
                 "2",
                 "-subj",
                 "/CN=sink",
                 "-addext",
                 "subjectAltName=" + name,
                 "-keyout",
                 key,
                 "-out",
                 file}
            ),
            0
        );
        return {"--tls-cert", file, "--tls-key", key};
    }

    [[nodiscard]] Outcome hand_over(const Message& message) const {
        return send(relay_, message.from.address, message.to.address, *build_message(message), {});
    }

    [[nodiscard]] std::size_t mail_count() const {
        const fs::directory_iterator files(folder_ / "mail" / "new");
        return static_cast<std::size_t>(std::distance(begin(files), end(files)));
    }

    [[nodiscard]] int check_mail(Words options) const {
        options.insert(options.begin(), {python, support / "check_mail.py", folder_ / "mail"});
        return run(options);
    }

    test::TemporaryFolder temporary_;
    fs::path folder_ = temporary_.path();
    Relay relay_;
    pid_t child_ = -1;
};

Message digest(int week, const std::string& recipient) {
    Message message;
    message.from = {
        "Sở Tài nguyên và Môi trường tỉnh Lạng Sơn – Văn phòng Sở, tổ \"Thi đua\"",
        "thidua@so.example.vn",
    };
    message.to = {week % 2 == 0 ? "Nguyễn Thị Ánh, \"VP\"" : "Van phong, \"VP\"", recipient};
    message.subject = fmt::format(
        "[Thi đua] Tuần {}/2024: 3/12 đơn vị đạt chỉ tiêu thanh toán trực tuyến, còn 9 đơn vị dưới "
        "45% — đề nghị đôn đốc trước ngày 25/10/2024",
        week
    );
    message.message_id = message_id(fmt::format("2024-W{}", week), recipient, "so.example.vn");
    message.date = parse_instant("2024-10-21T07:30:00+07:00").value();
    message.text = "Kính gửi các đơn vị,\n.\n\n..\nĐơn vị còn thiếu 1 hồ sơ.\n";
    message.html = "<p>Kính gửi các đơn vị,</p>\n<p>Đơn vị còn thiếu 1 hồ sơ.</p>\n";
    message.attachments = {
        {"ban-tin-2024-W42.pdf", "application/pdf", "%PDF-1.4\n\xff\r\n.\r\n"},
        {"so-lieu.csv", "text/csv", "a,b\n1,2\r\n.\n"},
    };
    return message;
}

TEST_F(MailSink, KeepsMailOnWhichTwoParsersAgree) {
    open({"--refuse", "nghi-viec@example.vn:550", "--refuse", "day@example.vn:452"});
    for (int week = 40; week < 43; ++week) {
        EXPECT_EQ(hand_over(digest(week, "nghi-viec@example.vn")).state, State::Refused);
        EXPECT_EQ(hand_over(digest(week, "day@example.vn")).state, State::Deferred);
        for (const char* recipient : {"a@example.vn", "b@example.vn", "c@example.vn"}) {
            EXPECT_EQ(hand_over(digest(week, recipient)).state, State::Sent);
        }
    }
    EXPECT_EQ(mail_count(), 9U);
    const int checked = check_mail({"--expect-recipients", "3", "--expect-weeks", "3"});
    if (checked == no_second_parser) {
        GTEST_SKIP() << "mail was kept, but reading it back needs libmime-tools-perl";
    }
    EXPECT_EQ(checked, 0);
    EXPECT_EQ(check_mail({"--expect-recipients", "4"}), 1);
    EXPECT_EQ(check_mail({"--expect-weeks", "2"}), 1);
}

TEST_F(MailSink, ACopyIsAViolation) {
    open({});
    EXPECT_EQ(hand_over(digest(42, "a@example.vn")).state, State::Sent);
    const int checked = check_mail({});
    if (checked == no_second_parser) {
        GTEST_SKIP() << "needs libmime-tools-perl";
    }
    EXPECT_EQ(checked, 0);
    EXPECT_EQ(hand_over(digest(42, "a@example.vn")).state, State::Sent);
    EXPECT_EQ(check_mail({}), 1);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// A check that cannot fail proves nothing: each row is a good message spoilt in one way.
TEST(CheckMail, FindsWhatIsWrong) {
    const Message message = digest(42, "a@example.vn");
    Message decomposed = message;
    decomposed.subject = "Tua\xcc\x82\xcc\x80n 42";
    Message without_html = message;
    without_html.html.clear();
    const std::string good = "Delivered-To: a@example.vn\r\n" + *build_message(message);
    const std::string end = good.substr(good.rfind("--=_"));
    const Words wrong = {
        replaced(good, "\r\n", "\n"),
        replaced(good, "To: a@", "To: b@"),
        replaced(good, "Subject: =?UTF-8?B?", "Subject: =?US-ASCII?B?"),
        replaced(good, "base64\r\n\r\n", "base64\r\n\r\n*"),
        replaced(good, "charset=utf-8", "charset=us-ascii"),
        replaced(good, end, ""),
        "Delivered-To: a@example.vn\r\n" + *build_message(decomposed),
        "Delivered-To: a@example.vn\r\n" + *build_message(without_html),
    };
    const auto check = [](const std::string& content) {
        const test::TemporaryFolder folder;
        fs::create_directory(folder.path() / "cur");
        fs::create_directory(folder.path() / "new");
        std::ofstream(folder.path() / "new" / "1") << content;
        return run({python, support / "check_mail.py", folder.path()});
    };
    const int checked = check(good);
    if (checked == no_second_parser) {
        GTEST_SKIP() << "needs libmime-tools-perl";
    }
    EXPECT_EQ(checked, 0);
    for (std::size_t row = 0; row < wrong.size(); ++row) {
        EXPECT_EQ(check(wrong[row]), 1) << "row " << row;
    }
}

TEST_F(MailSink, DropsItsAnswerToEverySecondMessage) {
    open({"--drop-after-dot", "2"});
    EXPECT_EQ(hand_over(digest(41, "a@example.vn")).state, State::Sent);
    EXPECT_EQ(hand_over(digest(42, "a@example.vn")).state, State::Unknown);
    EXPECT_EQ(hand_over(digest(43, "a@example.vn")).state, State::Sent);
    EXPECT_EQ(mail_count(), 3U) << "what is unknown to us was accepted";
}

TEST_F(MailSink, TakesMailOverStarttlsWithCredentials) {
    Words options = certificate("IP:127.0.0.1");
    std::ofstream(folder_ / "password") << "mat-khau-bi-mat\n";
    options.insert(options.end(), {"--user", "thidua", "--password-file", folder_ / "password"});
    open(options);
    relay_.require_tls = true;
    relay_.ca_file = folder_ / "cert.pem";
    relay_.username = "thidua";
    relay_.password = "mat-khau-bi-mat";
    EXPECT_EQ(hand_over(digest(42, "a@example.vn")).state, State::Sent);

    relay_.password = "mat-khau-sai";
    const Outcome refused = hand_over(digest(43, "a@example.vn"));
    EXPECT_EQ(refused.state, State::Deferred);
    EXPECT_EQ(refused.reply_code, 535);
    EXPECT_EQ(refused.reply.find("mat-khau"), std::string::npos);

    relay_.username.clear();
    EXPECT_EQ(hand_over(digest(43, "a@example.vn")).reply_code, 530);
    EXPECT_EQ(mail_count(), 1U);
}

TEST_F(MailSink, TakesMailOverTlsFromTheStart) {
    Words options = certificate("IP:127.0.0.1");
    options.emplace_back("--tls-from-start");
    open(options);
    relay_.tls_from_start = true;
    relay_.ca_file = folder_ / "cert.pem";
    EXPECT_EQ(hand_over(digest(42, "a@example.vn")).state, State::Sent);
    EXPECT_EQ(mail_count(), 1U);
}

TEST_F(MailSink, GetsNothingUnderACertificateThatNobodyVouchesFor) {
    open(certificate("IP:127.0.0.1"));
    relay_.require_tls = true;
    const Outcome outcome = hand_over(digest(42, "a@example.vn"));
    EXPECT_EQ(outcome.state, State::Deferred);
    EXPECT_NE(outcome.reply.find("TLS"), std::string::npos) << outcome.reply;
    EXPECT_EQ(mail_count(), 0U);
}

TEST_F(MailSink, GetsNothingUnderACertificateForAnotherHost) {
    open(certificate("DNS:relay.example.vn"));
    relay_.require_tls = true;
    relay_.ca_file = folder_ / "cert.pem";
    EXPECT_EQ(hand_over(digest(42, "a@example.vn")).state, State::Deferred);
    EXPECT_EQ(mail_count(), 0U);
}

TEST_F(MailSink, GetsNothingWhenTheCaFileIsMissing) {
    open(certificate("IP:127.0.0.1"));
    relay_.require_tls = true;
    relay_.ca_file = folder_ / "no-such.pem";
    const Outcome outcome = hand_over(digest(42, "a@example.vn"));
    EXPECT_EQ(outcome.state, State::Deferred);
    EXPECT_NE(outcome.reply.find("TLS"), std::string::npos) << outcome.reply;
}

}  // namespace
}  // namespace thidua::delivery
