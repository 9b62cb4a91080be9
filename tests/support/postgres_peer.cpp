// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/postgres_peer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <vector>

namespace thidua::test {
namespace {

constexpr std::chrono::seconds start_max{60};
constexpr auto init_program = THIDUA_POSTGRES_BIN "/initdb";
constexpr auto server_program = THIDUA_POSTGRES_BIN "/postgres";

struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};

/// PostgreSQL refuses to run as root.
std::optional<passwd> other_user() {
    if (::geteuid() != 0) {
        return std::nullopt;
    }
    const passwd* user = ::getpwnam("postgres");
    if (user == nullptr) {
        throw std::runtime_error("no user postgres: scripts/setup test");
    }
    return *user;
}

/// In a child: becomes the server's user and runs `arguments`; its output goes to `log`.
[[noreturn]] void become(
    const std::optional<passwd>& user,
    std::vector<std::string> arguments,
    const std::filesystem::path& log
) {
    const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
    if (user && (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 ||
                 ::setuid(user->pw_uid) != 0)) {
        ::_exit(126);
    }
    // After setuid, which would clear it. SIGQUIT: PostgreSQL's immediate shutdown.
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    if (::chdir("/") != 0) {
        ::_exit(126);
    }
    std::vector<char*> list;
    for (std::string& argument : arguments) {
        list.push_back(argument.data());
    }
    list.push_back(nullptr);
    ::execv(list[0], list.data());
    ::_exit(127);
}

std::string read_all(const std::filesystem::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Kills the server and all its processes before any of them can notice that another one is gone.
void kill_all(pid_t server) {
    ::kill(server, SIGSTOP);  // makes no more of them
    std::ifstream list(fmt::format("/proc/{0}/task/{0}/children", server));
    const std::vector<pid_t> children{std::istream_iterator<pid_t>(list), {}};
    ::kill(server, SIGKILL);
    for (const pid_t child : children) {
        ::kill(child, SIGKILL);
    }
}

/// The process that holds the server's life: ends it, and removes the folder unless it crashed,
/// when nobody holds the other end of `life_line` any more.
[[noreturn]] void supervise(
    const std::filesystem::path& folder, const std::vector<std::string>& server, int life_line
) {
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    ::setpgid(0, 0);  // an interrupt at the terminal ends the test first
    const auto user = other_user();
    const pid_t process = ::fork();
    if (process == 0) {
        become(user, server, folder / "log");
    }
    char word = 'q';
    while (::read(life_line, &word, 1) < 0 && errno == EINTR) {
    }
    const bool is_crash = word == 'k';
    if (is_crash) {
        kill_all(process);
    } else {
        ::kill(process, SIGQUIT);
    }
    while (::waitpid(-1, nullptr, 0) > 0) {  // its children too
    }
    if (!is_crash) {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    ::_exit(0);
}

}  // namespace

PostgresPeer::PostgresPeer(Sync sync) : sync_(sync) {
    std::string name = (std::filesystem::temp_directory_path() / "thidua-pg-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("mkdtemp " + name);
    }
    folder_ = name;
    if (const auto user = other_user();
        user && ::chown(name.c_str(), user->pw_uid, user->pw_gid) != 0) {
        throw std::runtime_error("chown " + name);
    }
    make_cluster();
    start();
}

PostgresPeer::~PostgresPeer() {
    (void)::close(life_line_);
    if (supervisor_ > 0) {
        ::waitpid(supervisor_, nullptr, 0);
    }
}

PostgresPeer& PostgresPeer::shared() {
    static PostgresPeer peer;
    return peer;
}

void PostgresPeer::make_cluster() const {
    const auto user = other_user();
    const pid_t process = ::fork();
    if (process == 0) {
        become(
            user,
            {init_program,
             "--pgdata=" + (folder_ / "data").string(),
             "--username=postgres",
             "--auth=trust",
             "--encoding=UTF8",
             "--locale=C",
             "--no-sync",
             "--no-instructions"},
            folder_ / "log"
        );
    }
    int status = 0;
    ::waitpid(process, &status, 0);
    if (status != 0) {
        throw std::runtime_error("initdb: " + read_all(folder_ / "log"));
    }
    std::ofstream access(folder_ / "data/pg_hba.conf");
    access << "local all with_password scram-sha-256\nlocal all all trust\n";
}

void PostgresPeer::launch() {
    const std::string sync = sync_ == Sync::Safe ? "on" : "off";
    const std::vector<std::string> server{
        server_program,
        "-D" + (folder_ / "data").string(),
        "-cunix_socket_directories=" + folder_.string(),
        "-clisten_addresses=",
        "-cfsync=" + sync,
        "-cfull_page_writes=" + sync,
        "-cshared_buffers=64MB",
        "-cmax_connections=30",
        "-cautovacuum_naptime=1h"};
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        throw std::runtime_error("pipe2");
    }
    supervisor_ = ::fork();
    if (supervisor_ == 0) {
        (void)::close(ends[1]);
        supervise(folder_, server, ends[0]);
    }
    (void)::close(ends[0]);
    life_line_ = ends[1];
}

void PostgresPeer::start() {
    launch();
    wait_until_ready();
}

void PostgresPeer::crash() {
    if (::write(life_line_, "k", 1) != 1) {
        throw std::runtime_error("the server's supervisor is gone");
    }
    ::waitpid(supervisor_, nullptr, 0);
    (void)::close(life_line_);
    supervisor_ = life_line_ = -1;
}

void PostgresPeer::wait_until_ready() const {
    const auto end = std::chrono::steady_clock::now() + start_max;
    while (PQping(url("postgres").c_str()) != PQPING_OK) {
        if (std::chrono::steady_clock::now() > end) {
            throw std::runtime_error("postgres does not start: " + read_all(folder_ / "log"));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
}

std::string PostgresPeer::url(std::string_view user) const {
    return fmt::format("postgresql:///postgres?host={}&user={}", folder_.string(), user);
}

void PostgresPeer::execute(const std::string& sql) const {
    const std::unique_ptr<PGconn, Finish> connection(PQconnectdb(url("postgres").c_str()));
    (void)PQsetNoticeProcessor(
        connection.get(), [](void*, const char*) {}, nullptr
    );
    PGresult* result = PQexec(connection.get(), sql.c_str());
    const ExecStatusType status = PQresultStatus(result);
    PQclear(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        throw std::runtime_error(sql + ": " + PQerrorMessage(connection.get()));
    }
}

std::string PostgresPeer::fresh_url() {
    const std::string schema = "test_" + std::to_string(++schemas_);
    execute("CREATE SCHEMA " + schema);
    return url("postgres") + "&options=-csearch_path%3D" + schema;
}

}  // namespace thidua::test
