// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Mistakes in configuration files: where, what was given, what is allowed. All are collected, so
// that an administrator mends a file once and not once for each mistake.
#pragma once

#include <filesystem>
#include <list>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::config {

/// One mistake in a configuration file, with its place and its remedy.
struct Problem {
    std::string file;
    int line = 0;         ///< from 1; 0: the file as a whole
    int column = 0;       ///< from 1, in characters
    std::string key;      ///< dotted path, such as sources.tthc.retry.max_attempts
    std::string message;  ///< value given and what is allowed

    friend bool operator==(const Problem&, const Problem&) = default;
};

/// "file:line:column: key: message"
[[nodiscard]] std::string to_text(const Problem& problem);

/// Where something is written. `file` points into the `Problems` that the file was read with.
struct Place {
    const std::string* file = nullptr;
    int line = 0;
    int column = 0;
};

/// Collects problems, and owns the names of the files they are in.
class Problems {
  public:
    Problems() = default;
    Problems(const Problems&) = delete;
    Problems& operator=(const Problems&) = delete;

    /// Registers a file; problems are sorted in the order in which their files were registered.
    /// The place is that of the file as a whole.
    [[nodiscard]] Place add_file(const std::filesystem::path& file);

    /// Adds a problem; the same one twice counts once.
    void add(const Place& place, std::string key, std::string message);

    /// Adds what is no mistake, but hardly what somebody meant. It does not count as a problem.
    void warn(const Place& place, std::string key, std::string message);

    [[nodiscard]] bool empty() const { return found_.empty(); }
    [[nodiscard]] std::size_t size() const { return found_.size(); }

    /// All problems by file, line and column; those of one place in the order they were added.
    [[nodiscard]] std::vector<Problem> sorted() const;
    /// The same of what was only warned of.
    [[nodiscard]] std::vector<Problem> warnings() const;

  private:
    struct Found {
        Place place;
        std::string key;
        std::string message;
    };
    static void add_once(std::vector<Found>& to, Found found);
    [[nodiscard]] std::vector<Problem> by_place(const std::vector<Found>& all) const;

    std::list<std::string> files_;  // a list, since places point at its elements
    std::vector<Found> found_;
    std::vector<Found> warned_;
};

}  // namespace thidua::config
