// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The daemon's socket with clients that misbehave; tests/system/beside_test.py has those that do
// not.
#include "daemon/control.hpp"

#include "core/file.hpp"
#include "daemon/control_socket.hpp"
#include "daemon/hand_over.hpp"
#include "tests/support/temporary_folder.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <filesystem>
#include <future>
#include <latch>
#include <memory>
#include <string>

namespace thidua::daemon {
namespace {

namespace asio = boost::asio;
using asio::local::stream_protocol;
using Manner = WritingCommand::Manner;

TEST(ControlSocket, IsInTheRuntimeDirectoryOrBesideTheStore) {
    EXPECT_EQ(
        *control_socket_path("/var/lib/thidua/thidua.db", "/run/thidua:/run/other"),
        "/run/thidua/control.sock"
    );
    EXPECT_EQ(
        *control_socket_path("/var/lib/thidua/thidua.db", nullptr), "/var/lib/thidua/thidua.db.sock"
    );
}

TEST(ControlSocket, RefusesAPathThatNoUnixSocketCanHave) {
    const std::string folder = "/" + std::string(96, 'x');  // with /store.sock: 108 bytes
    EXPECT_TRUE(control_socket_path(folder + "/stor", nullptr));
    const auto refused = control_socket_path(folder + "/store", nullptr);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Config);
    EXPECT_NE(refused.error().message.find("108 bytes"), std::string::npos);
    EXPECT_NE(refused.error().message.find("state_directory"), std::string::npos) << "the remedy";
}

TEST(ControlSocket, IsForItsOwnerAndRoot) {
    EXPECT_TRUE(may_command(990, 990));
    EXPECT_TRUE(may_command(0, 990));
    EXPECT_FALSE(may_command(991, 990));
    EXPECT_FALSE(may_command(991, 0));
}

class Control : public testing::Test {
  protected:
    void open(ControlLimits limits = {}) {
        auto opened =
            ControlServer::open(loop_, {path_, "c0ffee", [this](auto, auto&) { ++jobs_; }, limits});
        ASSERT_TRUE(opened) << opened.error().message;
        server_ = *std::move(opened);
    }

    stream_protocol::socket& connect(const std::string& text) {
        clients_.emplace_back(loop_);
        clients_.back().connect(path_.string());
        asio::write(clients_.back(), asio::buffer(text));
        return clients_.back();
    }

    stream_protocol::socket& ask() {
        return connect(to_line(ControlRequest{"pull", "c0ffee", {}}));
    }

    template <class Condition>
    void run_until(Condition condition) {
        const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds{20};
        while (!condition()) {
            loop_.restart();
            (void)loop_.run_one_for(std::chrono::milliseconds{50});
            ASSERT_LT(std::chrono::steady_clock::now(), give_up);
        }
    }

    /// All that a client is told until the daemon hangs up.
    std::string hear(stream_protocol::socket& client) {
        std::string heard;
        client.non_blocking(true);
        run_until([&] {
            std::array<char, 4096> data{};
            boost::system::error_code code;
            const std::size_t got = client.read_some(asio::buffer(data), code);
            heard.append(data.data(), got);
            return code && code != asio::error::would_block;
        });
        return heard;
    }

    test::TemporaryFolder folder_;
    std::filesystem::path path_ = folder_.path() / "control.sock";
    asio::io_context loop_;
    std::deque<stream_protocol::socket> clients_;
    int jobs_ = 0;
    std::unique_ptr<ControlServer> server_;
};

TEST_F(Control, IsForItsOwnerOnlyAndGoneAtTheEnd) {
    open();
    struct stat status {};
    ASSERT_EQ(::stat(path_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    server_.reset();
    EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(Control, TakesThePlaceOfADeadDaemonButOfNothingElse) {
    {
        stream_protocol::acceptor dead(loop_, path_.string());
        ControlServer::Set set{path_, "", [](auto, auto&) {}, {}};
        EXPECT_FALSE(ControlServer::open(loop_, set)) << "somebody listens";
    }
    ASSERT_TRUE(std::filesystem::exists(path_));
    open();
    server_.reset();
    ASSERT_TRUE(write_file(path_, "a file"));
    EXPECT_FALSE(ControlServer::open(loop_, {path_, "", [](auto, auto&) {}, {}}));
    EXPECT_EQ(*read_file(path_, 100), "a file");
}

TEST_F(Control, LetsNoMoreThanSoManyWait) {
    ControlLimits limits;
    limits.waiting_max = 2;
    open(limits);
    ask();
    ask();
    run_until([&] { return jobs_ == 2; });
    const std::string refused = hear(ask());
    EXPECT_NE(refused.find("2 commands wait"), std::string::npos) << refused;
    EXPECT_TRUE(refused.ends_with("{\"exit\":75}\n")) << refused;
    EXPECT_TRUE(server_->next_job(Manner::InTurn));
    ask();
    run_until([&] { return jobs_ == 3; });
}

TEST_F(Control, GivesABackupItsTurnBesideWhatWaitsForTheWorker) {
    open();
    ask();
    auto& copies = connect(to_line(ControlRequest{"backup", "another configuration", {}}));
    run_until([&] { return jobs_ == 2; });
    const auto copy = server_->next_job(Manner::Beside);
    ASSERT_TRUE(copy);
    EXPECT_EQ(copy->command->name, "backup");
    EXPECT_FALSE(server_->next_job(Manner::Beside));
    EXPECT_EQ(server_->next_job(Manner::InTurn)->command->name, "pull");
    EXPECT_FALSE(server_->next_job(Manner::InTurn));
    for (std::int64_t page = 0; page <= 1'000; ++page) {
        copy->output.progress({"Copying", page, 1'000});
    }
    loop_.restart();
    (void)loop_.poll();
    server_->finish(*copy, ExitCode::Done);
    const std::string heard = hear(copies);
    EXPECT_NE(heard.find(R"({"progress":"Copying","done":500,"total":1000})"), std::string::npos)
        << heard;
    EXPECT_EQ(std::ranges::count(heard, '\n'), 103)
        << "one for each hundredth, first and last word";
}

TEST_F(Control, DoesTheWorkOfAClientThatIsGone) {
    ControlLimits limits;
    limits.sign_of_life = std::chrono::milliseconds{10};
    open(limits);
    ask().close();
    run_until([&] { return jobs_ == 1; });
    for (int turn = 0; turn < 20; ++turn) {  // signs of life meet the closed connection
        (void)loop_.run_one_for(std::chrono::milliseconds{20});
    }
    const auto job = server_->next_job(Manner::InTurn);
    ASSERT_TRUE(job);
    EXPECT_EQ(job->command->name, "pull");
    job->output.out("words for nobody\n");
    server_->finish(*job, ExitCode::Done);
    (void)loop_.run_for(std::chrono::milliseconds{50});
}

TEST_F(Control, GivesUpAClientThatDoesNotListen) {
    ControlLimits limits;
    limits.unsaid_bytes_max = 1'000'000;
    open(limits);
    auto& client = ask();
    run_until([&] { return jobs_ == 1; });
    const auto job = server_->next_job(Manner::InTurn);
    ASSERT_TRUE(job);
    for (int piece = 0; piece < 30; ++piece) {
        job->output.out(std::string(100'000, 'x'));
    }
    loop_.restart();
    (void)loop_.poll();
    server_->finish(*job, ExitCode::Done);
    EXPECT_EQ(hear(client).find("exit"), std::string::npos) << "it was hung up on before";
}

TEST_F(Control, RefusesThoseWhoWaitWhenItStopsAndSaysTheLastWordsOfWhatWasRun) {
    open();
    auto& served = ask();
    run_until([&] { return jobs_ == 1; });
    const auto job = server_->next_job(Manner::InTurn);
    auto& waits = ask();
    connect(R"({"version":1,)");  // never finished: does not hold up the end
    run_until([&] { return jobs_ == 2; });
    server_->refuse_all();
    const std::string refused = hear(waits);
    EXPECT_NE(refused.find("is being stopped"), std::string::npos) << refused;
    EXPECT_TRUE(refused.ends_with("{\"exit\":75}\n"));
    EXPECT_NE(hear(ask()).find("is being stopped"), std::string::npos) << "whoever comes now, too";
    job->output.out("done\n");
    loop_.restart();
    (void)loop_.poll();
    server_->finish(*job, ExitCode::Done);
    bool is_left = false;
    server_->leave([&] { is_left = true; });
    run_until([&] { return is_left; });
    const std::string answer = hear(served);
    EXPECT_TRUE(answer.ends_with("{\"out\":\"done\\n\"}\n{\"exit\":0}\n")) << answer;
    EXPECT_FALSE(std::filesystem::exists(path_));
}

/// Hands a command to somebody who says `answer` and hangs up, without reading what is asked.
struct HandedOver {
    Result<ExitCode> code;
    std::string said;
};

HandedOver hand_to(const std::filesystem::path& path, const std::string& answer) {
    asio::io_context loop;
    stream_protocol::acceptor daemon(loop, path.string());
    daemon.non_blocking(true);
    std::latch listens(1);
    auto hung_up = std::async(std::launch::async, [&] {
        // Turns without a pause, so as to hang up before the request is written as often as not.
        stream_protocol::socket client(loop);
        boost::system::error_code code = asio::error::would_block;
        listens.count_down();
        while (code == asio::error::would_block) {
            (void)daemon.accept(client, code);
        }
        asio::write(client, asio::buffer(answer));
    });
    listens.wait();
    std::string said;
    const auto hear = [&](std::string_view text) { said += text; };
    const HandOver what{"pull", {}, "c0ffee", {hear, hear, [](const auto&) {}}, {}};
    auto code = hand_over(what, {"thidua run, process 1", path});
    hung_up.get();
    return {code, said};
}

TEST_F(Control, AClientThatNobodyTookMayTryAgain) {
    const HandedOver handed = hand_to(path_, "");
    ASSERT_FALSE(handed.code);
    EXPECT_EQ(handed.code.error().kind, ErrorKind::Io);
    EXPECT_EQ(handed.said, "");
}

// A refusal at first sight was lost: the daemon had hung up before the request was written, and the
// client took the broken pipe for a daemon that is not there.
TEST_F(Control, ARefusalBeforeTheRequestWasReadIsHeard) {
    for (int turn = 0; turn < 200; ++turn) {
        const auto path = folder_.path() / std::to_string(turn);
        const HandedOver handed = hand_to(path, "{\"err\":\"not you\\n\"}\n{\"exit\":77}\n");
        ASSERT_TRUE(handed.code) << handed.code.error().message;
        EXPECT_EQ(*handed.code, ExitCode::Permission);
        EXPECT_EQ(handed.said, "not you\n");
    }
}

TEST_F(Control, AnAnswerThatBreaksOffIsNotTakenForDone) {
    const HandedOver handed = hand_to(path_, "{\"progress\":\"\"}\n{\"out\":\"half\\n\"}\n{\"ex");
    ASSERT_TRUE(handed.code);
    EXPECT_EQ(*handed.code, ExitCode::TryLater);
    EXPECT_NE(
        handed.said.find("half\nthidua: thidua run, process 1 ended before"), std::string::npos
    ) << handed.said;
}

}  // namespace
}  // namespace thidua::daemon
