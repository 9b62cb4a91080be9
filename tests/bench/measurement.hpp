// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a command measured, and the one line of JSON it says it in.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thidua::bench {

/// Wall and CPU time of this process, all threads; runs only between start() and stop().
class Stopwatch {
  public:
    void start();
    void stop();
    [[nodiscard]] double wall_seconds() const { return wall_; }
    [[nodiscard]] double cpu_seconds() const { return cpu_; }

  private:
    double wall_ = 0;
    double cpu_ = 0;
    double wall_begin_ = 0;
    double cpu_begin_ = 0;
};

/// One measurement, written as one JSON object on a line of its own.
class Measurement {
  public:
    explicit Measurement(std::string_view name);
    Measurement& add(std::string_view key, std::string_view text);
    Measurement& add(std::string_view key, std::int64_t number);
    Measurement& add(std::string_view key, double number);
    /// wall_s and cpu_s.
    Measurement& add(const Stopwatch& watch);
    /// file_bytes of a store, and of no journal.
    Measurement& add_file(const std::filesystem::path& file);
    /// Adds rss_kib, the most memory this program ever held, and writes the line.
    void print();

  private:
    std::string line_;
};

/// Bytes that this process has handed to write() so far.
[[nodiscard]] std::int64_t written_bytes();

}  // namespace thidua::bench
