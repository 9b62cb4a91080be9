// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/measurement.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <ctime>
#include <fstream>
#include <system_error>

namespace thidua::bench {
namespace {

double seconds(clockid_t clock) {
    std::timespec time{};
    (void)::clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// The number behind `key` in a file of /proc/self; 0 if it is not there.
std::int64_t number_of(const char* file, std::string_view key) {
    std::ifstream lines(file);
    std::string word;
    while (lines >> word) {
        if (word == key) {
            std::int64_t number = 0;
            lines >> number;
            return number;
        }
    }
    return 0;
}

}  // namespace

void Stopwatch::start() {
    wall_begin_ = seconds(CLOCK_MONOTONIC);
    cpu_begin_ = seconds(CLOCK_PROCESS_CPUTIME_ID);
}

void Stopwatch::stop() {
    cpu_ += seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu_begin_;
    wall_ += seconds(CLOCK_MONOTONIC) - wall_begin_;
}

Measurement::Measurement(std::string_view name) : line_(fmt::format(R"({{"name":"{}")", name)) {}

Measurement& Measurement::add(std::string_view key, std::string_view text) {
    line_ += fmt::format(R"(,"{}":"{}")", key, text);
    return *this;
}

Measurement& Measurement::add(std::string_view key, std::int64_t number) {
    line_ += fmt::format(R"(,"{}":{})", key, number);
    return *this;
}

Measurement& Measurement::add(std::string_view key, double number) {
    line_ += fmt::format(R"(,"{}":{:.6f})", key, number);
    return *this;
}

Measurement& Measurement::add(const Stopwatch& watch) {
    return add("wall_s", watch.wall_seconds()).add("cpu_s", watch.cpu_seconds());
}

Measurement& Measurement::add_file(const std::filesystem::path& file) {
    std::error_code trouble;
    const auto bytes = std::filesystem::file_size(file, trouble);
    return add("file_bytes", trouble ? std::int64_t{0} : static_cast<std::int64_t>(bytes));
}

void Measurement::print() {
    // Not ru_maxrss: it begins with what the process that started this one held.
    add("rss_kib", number_of("/proc/self/status", "VmHWM:"));
    (void)std::fputs((line_ + "}\n").c_str(), stdout);
    (void)std::fflush(stdout);
}

std::int64_t written_bytes() {
    return number_of("/proc/self/io", "wchar:");
}

}  // namespace thidua::bench
