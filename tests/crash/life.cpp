// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/life.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace thidua::crash {
namespace {

[[noreturn]] void become(const LifePlan& plan, int output) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int errors = ::open(plan.errors.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(errors, STDERR_FILENO);
    const std::string until = std::to_string(plan.until);
    ::execl(
        plan.program.c_str(),
        plan.program.c_str(),
        plan.store.c_str(),
        until.c_str(),
        static_cast<char*>(nullptr)
    );
    ::_exit(127);
}

/// Adds what can be read; false at the end.
bool read_some(int input, std::string& told) {
    std::array<char, 65536> bytes{};
    ssize_t count = -1;
    do {
        count = ::read(input, bytes.data(), bytes.size());
    } while (count < 0 && errno == EINTR);
    told.append(bytes.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    return count > 0;
}

LifeEnd understand(const std::string& told) {
    LifeEnd end;
    std::istringstream lines(told);
    std::string word;
    for (std::int64_t number = 0; lines >> word >> number;) {
        end.in_transaction = word == "publish" || word == "finish";
        end.has_opened = end.has_opened || word == "interrupted";
        if (word == "published") {
            end.published = number;
        } else if (word == "finished") {
            end.finished = number;
        } else if (word == "interrupted") {
            end.interrupted = number;
        } else if (word == "held") {
            ++end.held;
        }
    }
    return end;
}

}  // namespace

LifeEnd live(const LifePlan& plan) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::runtime_error("pipe2");
    }
    const pid_t process = ::fork();
    if (process < 0) {
        throw std::runtime_error("fork");
    }
    if (process == 0) {
        become(plan, ends[1]);
    }
    (void)::close(ends[1]);
    std::string told;
    // Loading the program is of no interest: the time counts from its first word. What it tells
    // meanwhile fits into the pipe.
    bool goes_on = read_some(ends[0], told);
    if (plan.killed_after) {
        std::this_thread::sleep_for(*plan.killed_after);
        plan.before_kill();
        ::kill(process, SIGKILL);
    }
    while (goes_on) {
        goes_on = read_some(ends[0], told);
    }
    (void)::close(ends[0]);
    int status = 0;
    ::waitpid(process, &status, 0);
    LifeEnd end = understand(told);
    end.was_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    end.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return end;
}

}  // namespace thidua::crash
