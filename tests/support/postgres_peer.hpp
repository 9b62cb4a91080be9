// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace thidua::test {

/// A PostgreSQL of the test's own, reached through a Unix socket in a folder of its own. It ends
/// and its folder goes with the test process, however that ends.
class PostgresPeer {
  public:
    /// What a cut of power would leave: `Unsafe` is faster, and enough unless a test kills it.
    enum class Sync { Unsafe, Safe };

    /// Throws std::runtime_error, with the server's log, if it cannot be started.
    explicit PostgresPeer(Sync sync = Sync::Unsafe);
    PostgresPeer(const PostgresPeer&) = delete;
    PostgresPeer& operator=(const PostgresPeer&) = delete;
    ~PostgresPeer();

    /// One for the whole test process, started when it is first asked for.
    static PostgresPeer& shared();

    /// URL of a new and empty schema; every call makes another one.
    [[nodiscard]] std::string fresh_url();
    /// URL of the server's own database, for the user `user`.
    [[nodiscard]] std::string url(std::string_view user) const;
    /// Runs statements as the superuser. Throws std::runtime_error with the server's words.
    void execute(const std::string& sql) const;

    /// Kills the server as a crash does, all its processes at once.
    void crash();
    /// Starts it again after crash().
    void start();

  private:
    void make_cluster() const;
    void launch();
    void wait_until_ready() const;

    std::filesystem::path folder_;
    Sync sync_;
    int supervisor_ = -1;  ///< process id
    int life_line_ = -1;   ///< closed when we end, however we end: the supervisor notices
    int schemas_ = 0;
};

}  // namespace thidua::test
