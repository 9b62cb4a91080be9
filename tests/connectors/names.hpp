// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Host names that lead where a test wants, or nowhere for as long as it wants: names.cpp stands in
// for getaddrinfo in the test program.
#pragma once

#include <string>

namespace thidua::test {

/// A name that leads to 127.0.0.1 while this lives.
class Name {
  public:
    explicit Name(std::string name);
    Name(const Name&) = delete;
    Name& operator=(const Name&) = delete;
    ~Name();

  private:
    std::string name_;
};

/// A name that nobody hears about while this lives. Going, it waits for those that still ask.
class SilentName {
  public:
    explicit SilentName(std::string name);
    SilentName(const SilentName&) = delete;
    SilentName& operator=(const SilentName&) = delete;
    ~SilentName();

    /// Waits until somebody asks; false if nobody does within ten seconds.
    [[nodiscard]] bool wait_until_asked() const;
    [[nodiscard]] bool is_being_asked() const;

  private:
    std::string name_;
};

}  // namespace thidua::test
