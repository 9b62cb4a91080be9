// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A proxy on 127.0.0.1 that knows nothing but CONNECT, as agencies have one at their border.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace thidua::test {

class ConnectProxy {
  public:
    /// Answers every CONNECT with `status`; with 200 it then passes on what both sides say.
    explicit ConnectProxy(int status = 200);
    ConnectProxy(const ConnectProxy&) = delete;
    ConnectProxy& operator=(const ConnectProxy&) = delete;
    ~ConnectProxy();

    /// http://127.0.0.1:PORT
    [[nodiscard]] std::string url() const;
    /// The heads of what it was asked, as they came.
    [[nodiscard]] std::vector<std::string> heads() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace thidua::test
