// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <utility>

namespace thidua {

/// An open file's number, closed with its owner; below 0 where the file could not be opened.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (number_ >= 0) {
            (void)::close(number_);
        }
    }

    [[nodiscard]] int number() const { return number_; }

    /// Closes it now; what close(2) says, which after a write may be an error.
    [[nodiscard]] int close() { return ::close(std::exchange(number_, -1)); }

  private:
    int number_;
};

}  // namespace thidua
